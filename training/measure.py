"""What the lexicon, the encoder and both reach on a split of the written sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from dateline.coding.combine import Combination, Weights, shares
from dateline.knowledge import codebook
from training.combining import Seen, calibration_error

ENCODER_ALONE = Weights(1.0, 0.0, 0.0, 0.0)


def measure(seen: Sequence[Seen], fitted: Combination) -> Mapping[str, Mapping[str, float]]:
    """Accuracy, macro-F1 over the types and calibration error of each coder."""
    ways: dict[str, Callable[[Seen], Mapping[str, float]]] = {
        "lexicon": lambda one: shares(one.features, None, fitted.lexicon),
        "encoder": lambda one: shares(one.features, one.encoder, ENCODER_ALONE),
        "both": lambda one: shares(one.features, one.encoder, fitted.together),
    }
    names = list(codebook.event_types())
    result = {}
    for way, answer in ways.items():
        given = [answer(one) for one in seen]
        found = [max(share, key=lambda name: share[name]) for share in given]
        right = [names.index(name) in one.gold for name, one in zip(found, seen, strict=True)]
        # A pair of several types is right with any of them.
        gold = [f if ok else names[one.gold[0]] for f, ok, one in zip(found, right, seen, strict=True)]
        result[way] = {
            "accuracy": float(np.mean(right)),
            "macro_f1": _macro_f1(gold, found),
            "calibration_error": calibration_error([s[f] for s, f in zip(given, found, strict=True)], right),
        }
    return result


def _macro_f1(gold: Sequence[str], found: Sequence[str]) -> float:
    right = Counter(g for g, f in zip(gold, found, strict=True) if g == f)
    wanted, given = Counter(gold), Counter(found)
    return float(np.mean([2 * right[k] / (n + given[k]) for k, n in wanted.items()]))
