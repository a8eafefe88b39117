"""Examples to train on: pairs of marked parties with their codes, from `data/plover-sentences`."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.coding.encoder import NONE, Marker, Pieces, Span
from dateline.knowledge import codebook

AUX = ("historical", "future", "hypothetical", "negation")
MASK = 103
# How a party is disturbed when a sentence is read again: its first word left out of the marks (an
# article, a title), only its last word kept, or its name hidden, so that names teach no types.
DROP_FIRST, KEEP_LAST, HIDE = 0.25, 0.1, 0.1
# A pair of marked parties that nobody coded is mostly no relation, but was not said to be one.
UNCODED_WEIGHT, UNCODED_SHARE = 0.3, 0.1


@dataclass(frozen=True, slots=True)
class Example:
    """One pair: `types` share the probability, `modes` are `TYPE mode`, `weight` is in 0..1."""

    sentence: str
    pieces: Pieces
    source: Span
    target: Span
    types: tuple[str, ...]
    modes: tuple[str, ...]
    aux: tuple[str, ...]
    weight: float = 1.0


def label_names() -> tuple[list[str], list[str], list[str]]:
    """Types with NONE last, modes as `TYPE mode`, auxiliary modes: the order of the outputs."""
    types = list(codebook.event_types())
    modes = [f"{event} {mode}" for event in types for mode in codebook.modes(event)]
    return [*types, NONE], modes, list(AUX)


def sentences(path: Path, split: str, share: float = 1.0) -> list[dict[str, Any]]:
    """The coded sentences of a split; `share` keeps the first part of a fixed shuffling of scenarios."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["split"] == split]
    scenarios = sorted({row["scenario"] for row in rows})
    random.Random(20).shuffle(scenarios)
    kept = set(scenarios[: round(share * len(scenarios))])
    return [row for row in rows if row["scenario"] in kept]


def examples(rows: Iterable[dict[str, Any]], marker: Marker, uncoded: bool) -> Iterator[Example]:
    """The coded pairs of sentences and, where `uncoded`, some of the pairs that nobody coded, as NONE."""
    chance = random.Random(21)
    for row in rows:
        pieces = marker.pieces(row["text"])
        pairs: dict[tuple[Span, Span], list[dict[str, Any]]] = {}
        for relation in row["relations"]:
            pairs.setdefault((tuple(relation["source"]), tuple(relation["target"])), []).append(relation)
        for (source, target), coded in pairs.items():
            yield Example(
                row["text"],
                pieces,
                source,
                target,
                tuple(dict.fromkeys(r["event"] for r in coded)),
                tuple(f"{r['event']} {m}" for r in coded for m in r["mode"]),
                tuple(dict.fromkeys(a for r in coded for a in r["aux"])),
            )
        parties = sorted({party for pair in pairs for party in pair})
        for source in parties if uncoded else ():
            for target in parties:
                if source != target and (source, target) not in pairs and chance.random() < UNCODED_SHARE:
                    yield Example(row["text"], pieces, source, target, (NONE,), (), (), UNCODED_WEIGHT)


def disturbed(example: Example, marker: Marker, chance: random.Random) -> list[int]:
    """The marked word pieces of an example, its parties disturbed by chance."""
    pieces = example.pieces
    source, target = (_trimmed(example.sentence, s, chance) for s in (example.source, example.target))
    if chance.random() < HIDE:
        hidden = [
            MASK if any(start < s[1] and end > s[0] for s in (source, target)) else piece
            for piece, (start, end) in zip(pieces.ids, pieces.spans, strict=True)
        ]
        pieces = Pieces(hidden, pieces.spans)
    return marker.mark(pieces, source, target)


def _trimmed(sentence: str, span: Span, chance: random.Random) -> Span:
    words = sentence[span[0] : span[1]].split(" ")
    drawn = chance.random()
    if len(words) == 1 or drawn > DROP_FIRST + KEEP_LAST:
        return span
    kept = words[1:] if drawn < DROP_FIRST else words[-1:]
    return span[1] - len(" ".join(kept)), span[1]


def batches(lengths: Sequence[int], size: int, chance: random.Random) -> list[list[int]]:
    """Indices in batches of like length, the batches in random order."""
    order = sorted(range(len(lengths)), key=lambda i: (lengths[i] + chance.uniform(-3, 3), i))
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    chance.shuffle(groups)
    return groups
