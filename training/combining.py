"""Fits how lexicon and encoder are combined, on the development split of the written sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import torch

from dateline.coding.combine import FILE, Combination, Weights, encoder_feature, lexicon_features
from dateline.coding.encoder import NONE, Encoder, Floats
from dateline.knowledge import codebook
from dateline.options import Options
from dateline.relate import lexicon_candidates

STEPS = 300


@dataclass(frozen=True, slots=True)
class Seen:
    """One pair as the two coders see it; `gold` are its types, by their place in the codebook."""

    features: Floats
    encoder: Floats
    gold: tuple[int, ...]


def look(rows: Iterable[dict[str, Any]], encoder: Encoder) -> list[Seen]:
    """The coded pairs of sentences that have a relation."""
    names = list(codebook.event_types())
    options = Options(use_model=False)
    found = []
    for row in rows:
        pairs: dict[tuple[tuple[int, int], tuple[int, int]], list[str]] = {}
        for r in row["relations"]:
            pairs.setdefault((tuple(r["source"]), tuple(r["target"])), []).append(r["event"])
        pairs = {pair: events for pair, events in pairs.items() if NONE not in events}
        for opinion, (pair, events) in zip(encoder.judge(row["text"], pairs), pairs.items(), strict=True):
            features = lexicon_features(lexicon_candidates(row["text"], *pair, options))
            gold = tuple(dict.fromkeys(names.index(e) for e in events))
            found.append(Seen(features, encoder_feature(opinion.types, encoder.labels), gold))
    return found


def _fit(seen: Sequence[Seen], with_encoder: bool) -> Weights:
    features = torch.tensor(np.stack([s.features for s in seen]))
    encoder = torch.tensor(np.stack([s.encoder for s in seen])) * with_encoder
    gold = torch.zeros(len(seen), features.shape[1])
    for i, one in enumerate(seen):
        gold[i, list(one.gold)] = 1 / len(one.gold)
    weights = torch.tensor([1.0, 0.1, 0.1, 0.1], requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=STEPS, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        standing = weights[0] * encoder + features @ weights[1:]
        loss = torch.nn.functional.cross_entropy(standing, gold)
        loss.backward()
        return loss

    optimiser.step(closure)
    fitted = [round(float(w), 4) for w in weights.detach()]
    return Weights(fitted[0] if with_encoder else 0.0, *fitted[1:])


def fit_combination(seen: Sequence[Seen], folder: Path) -> Combination:
    """Fits both sets of weights and writes them beside the encoder."""
    found = Combination(_fit(seen, True), _fit(seen, False))
    (folder / FILE).write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n")
    return found


def calibration_error(confidence: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """Expected calibration error (Guo et al. 2017): in equal bins of confidence, the mean distance
    between confidence and the share that is right, weighted by the bin's size."""
    level, hit = np.array(confidence), np.array(right, dtype=float)
    place = np.minimum((level * bins).astype(int), bins - 1)
    parts = [(place == b) for b in range(bins)]
    return float(sum(abs(level[p].mean() - hit[p].mean()) * p.sum() for p in parts if p.any()) / len(level))
