"""What the lexicon and the encoder say together: a share for each type.

A type's standing is a weighted sum of the encoder's logarithmic probability and of what speaks for it
in the lexicon; the shares are its softmax. The few weights are fitted on the development split of
`data/plover-sentences` alone (`python -m training --combine-only`), which makes the shares calibrated there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import msgspec
import numpy as np

from dateline.coding.encoder import FOLDER, NONE, Floats, Labels
from dateline.errors import DatelineError, Problem
from dateline.knowledge import codebook

FILE = "combination.json"
# How much speaks for a reading of two given mentions: each side where it should be, the two sides
# exchanged, its predicate between the mentions in the tree, and the conditions of its entry.
SIDE, SWAPPED, ON_PATH, PER_CONDITION = 3.0, 1.0, 1.5, 0.2
BOTH_SIDES = 2 * SIDE


class Weights(msgspec.Struct, frozen=True):
    """Of the encoder, of a type's best score in the lexicon, of being the lexicon's first choice, of
    being that with both sides in their places."""

    encoder: float
    score: float
    first: float
    both: float


class Combination(msgspec.Struct, frozen=True):
    """The weights with the encoder and those of the lexicon alone."""

    together: Weights
    lexicon: Weights


@lru_cache(maxsize=2)
def combination(folder: Path = FOLDER) -> Combination:
    """The shipped weights. Raises `DatelineError` where the file is missing or wrong."""
    path = folder / FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=Combination)
    except FileNotFoundError as error:
        raise DatelineError(Problem.NO_ENCODER, str(path)) from error
    except msgspec.DecodeError as error:
        raise DatelineError(Problem.BAD_KNOWLEDGE, str(path), str(error)) from error


def lexicon_features(candidates: Iterable[tuple[str, float]]) -> Floats:
    """For each type: its best score, whether it is the first choice, whether that with both sides.

    `candidates` are types with scores. The result has a row a type, in the codebook's order.
    """
    names = list(codebook.event_types())
    found = np.zeros((len(names), 3), dtype=np.float32)
    top = None
    for event, score in candidates:
        i = names.index(event)
        found[i, 0] = max(found[i, 0], score)
        if top is None or score > top[1]:
            top = (i, score)
    if top is not None:
        found[top[0], 1] = 1.0
        found[top[0], 2] = float(top[1] >= BOTH_SIDES)
    return found


def encoder_feature(types: Floats, labels: Labels) -> Floats:
    """The encoder's logarithmic probability of each type, no relation left aside, in the codebook's order."""
    place = {name: i for i, name in enumerate(labels.types) if name != NONE}
    return np.array([types[place[name]] for name in codebook.event_types()], dtype=np.float32)


def shares(features: Floats, encoder: Floats | None, weights: Weights) -> Mapping[str, float]:
    """Each type's share, in 0..1, summing to 1."""
    standing = features @ np.array([weights.score, weights.first, weights.both], dtype=np.float32)
    if encoder is not None:
        standing = standing + weights.encoder * encoder
    share = np.exp(standing - standing.max())
    share /= share.sum()
    return dict(zip(codebook.event_types(), map(float, share), strict=True))


def likely(names: Sequence[str], probabilities: Floats, event: str, threshold: float = 0.5) -> list[str]:
    """The modes of a type that the encoder finds at least `threshold` likely, the likeliest first."""
    mine = [
        (float(p), n.partition(" ")[2])
        for n, p in zip(names, probabilities, strict=True)
        if n.split()[0] == event
    ]
    return [name for p, name in sorted(mine, key=lambda pn: -pn[0]) if p >= threshold]
