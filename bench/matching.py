"""What the layers' benchmarks share: coding the articles, pairing spans, counting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

from bench.data import rows
from dateline.annotation import Annotation
from dateline.article import Article
from dateline.coder import Coder
from dateline.errors import DatelineError
from dateline.sources import as_article

Json = Mapping[str, Any]
SHOWN, PHRASE = 10, 40


def coded(path: Path) -> Iterator[tuple[Json, Json]]:
    """Each gold row with the annotation of its text, `{}` where the text was set aside."""
    gold = list(rows(path))
    for row, outcome in zip(gold, Coder().pipe(map(_article, gold)), strict=True):
        yield row, _plain(outcome.annotation)


def _article(row: Json) -> Article | DatelineError:
    try:
        return as_article(str(row["id"]), row["text"], date=row.get("dct") or row.get("pubdate"))
    except DatelineError as error:
        return error


def _plain(annotation: Annotation | None) -> Json:
    return annotation.to_dict() if annotation is not None else {}


def overlap(one: Json, other: Json) -> int:
    """Characters that two spans share."""
    return int(min(one["end"], other["end"]) - max(one["start"], other["start"]))


def touch(one: Json, other: Json) -> bool:
    """Whether two spans share characters; a gold span whose parts stand in another order may end
    before it starts."""
    return bool(one["start"] < other["end"] and other["start"] < one["end"])


def pairs(gold: Sequence[Json], found: Sequence[Json]) -> list[tuple[Json, Json]]:
    """Spans that share characters, one to one, the longest overlaps first."""
    lengths = {
        (i, j): overlap(gold[i], found[j])
        for i, j in product(range(len(gold)), range(len(found)))
        if touch(gold[i], found[j])
    }
    chosen: dict[int, int] = {}
    taken: set[int] = set()
    for i, j in sorted(lengths, key=lambda ij: (lengths[ij], ij), reverse=True):
        if i not in chosen and j not in taken:
            chosen[i] = j
            taken.add(j)
    return [(gold[i], found[j]) for i, j in chosen.items()]


def same_span(one: Json, other: Json) -> bool:
    """Whether two spans are the same characters."""
    return (one["start"], one["end"]) == (other["start"], other["end"])


def share(part: float, whole: float) -> float:
    """A part of a whole; 0 of nothing."""
    return part / whole if whole else 0.0


def f1(right: float, found: float, gold: float) -> float:
    """The harmonic mean of precision and recall."""
    return share(2 * right, found + gold)


def missed_and_false(
    gold: Iterable[Json], found: Iterable[Json], matched: Sequence[tuple[Json, Json]]
) -> Iterator[tuple[str, Json]]:
    """The spans that stand on one side only, with "missed" or "false"."""
    for name, spans, side in (("missed", gold, 0), ("false", found, 1)):
        known = {id(pair[side]) for pair in matched}
        yield from ((name, span) for span in spans if id(span) not in known)


def phrase(text: object) -> str:
    """Words short enough to be shown in a list of errors."""
    folded = " ".join(str(text).lower().split())
    return folded if len(folded) <= PHRASE else folded[:PHRASE] + "…"


def show(errors: Counter[str]) -> None:
    """Prints the commonest errors."""
    for error, n in errors.most_common(SHOWN):
        print(f"# {n} {error}")


Measure = Callable[[Path], Mapping[str, float]]
