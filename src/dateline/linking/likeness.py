"""How alike articles and passages are: words that few articles have weigh more (TF-IDF; Salton 1988)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np

CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})


class Rarity:
    """The weight of words by how few of some texts have them: log((n + 1) / number of texts with it)."""

    def __init__(self, bags: Sequence[Collection[str]]) -> None:
        self._number = len(bags)
        self._texts = Counter(word for bag in bags for word in set(bag))

    def __call__(self, word: str) -> float:
        """The weight of a word; that of a word of one text for a word of none."""
        return math.log((self._number + 1) / self._texts.get(word, 1))

    def cosine(self, one: Collection[str], other: Collection[str]) -> float:
        """Cosine of two sets of words, 0 to 1; 0 where either has none."""
        common = sum(self(w) ** 2 for w in sorted(set(one) & set(other)))
        if not common:
            return 0.0
        return common / math.sqrt(
            math.prod(math.fsum(self(w) ** 2 for w in sorted(words)) for words in (one, other))
        )


def cosines(bags: Sequence[Mapping[str, int]]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The matrix of cosines of bags of words, each word weighed by 1 + log of its count, times its rarity.

    Only pairs that share a word cost time; a word that all texts have weighs next to nothing.
    """
    rarity = Rarity(bags)
    weights = [{w: (1 + math.log(n)) * rarity(w) for w, n in sorted(bag.items())} for bag in bags]
    lengths = [math.sqrt(math.fsum(v * v for v in w.values())) or 1.0 for w in weights]
    texts: dict[str, list[int]] = {}
    values: dict[str, list[float]] = {}
    for n, (words, length) in enumerate(zip(weights, lengths, strict=True)):
        for word, value in words.items():
            texts.setdefault(word, []).append(n)
            values.setdefault(word, []).append(value / length)
    found = np.zeros((len(bags), len(bags)))
    for word in texts:
        if len(texts[word]) > 1:
            at, v = np.array(texts[word]), np.array(values[word])
            found[np.ix_(at, at)] += np.outer(v, v)
    return found
