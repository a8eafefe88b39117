"""The network: a BERT encoder and three small heads on the states at the two marks."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel

from dateline.coding.encoder import SOURCE, TARGET


class MarkedPairClassifier(nn.Module):
    """Types, modes and auxiliary modes of a marked pair."""

    def __init__(self, base: Path, types: int, modes: int, aux: int) -> None:
        """`base` is the folder of a BERT model; the others are the numbers of labels."""
        super().__init__()
        self.bert = BertModel.from_pretrained(base, attn_implementation="sdpa", add_pooling_layer=False)
        width = self.bert.config.hidden_size
        self.mix = nn.Sequential(nn.Dropout(0.1), nn.Linear(3 * width, width), nn.GELU(), nn.Dropout(0.1))
        self.types, self.modes, self.aux = (nn.Linear(width, n) for n in (types, modes, aux))

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Logits of the three heads for word pieces `ids` (batch, length), padded with 0."""
        states = self.bert(input_ids=ids, attention_mask=(ids != 0).long()).last_hidden_state
        at_source, at_target = (self._at(states, ids, mark) for mark in (SOURCE, TARGET))
        mixed = self.mix(torch.cat([states[:, 0], at_source, at_target], dim=1))
        return self.types(mixed), self.modes(mixed), self.aux(mixed)

    @staticmethod
    def _at(states: Tensor, ids: Tensor, mark: int) -> Tensor:
        """The state at a mark, which stands once in each row."""
        here = (ids == mark).to(states.dtype)
        return torch.einsum("bl,blh->bh", here, states)


class Answers(nn.Module):
    """The classifier as it is shipped: logarithms of the types' probabilities, probabilities of the rest."""

    def __init__(self, classifier: MarkedPairClassifier) -> None:
        super().__init__()
        self.classifier = classifier

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """What `dateline.coding.encoder.Opinion` holds, a row a pair."""
        types, modes, aux = self.classifier(ids)
        return types.log_softmax(dim=1), modes.sigmoid(), aux.sigmoid()
