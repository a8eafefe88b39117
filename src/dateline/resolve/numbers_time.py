"""Whether a number tells of what happened lately, or of another time, a threat or a denial."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import lru_cache

from dateline.frames.auxiliary import judge
from dateline.knowledge.tables import read_table
from dateline.language.parsed import Parsed
from dateline.mentions.quantities import Quantity
from dateline.sources.words import months

UNREAL = frozenset({"hypothetical", "future", "negation"})
NEAR = 3
# Days in a month and a year, roughly, and how old news may be.
DAYS, YEAR, NEWS = 31, 372, 40


def real(parsed: Parsed, quantity: Quantity) -> bool:
    """Whether a quantity tells of what happened, and lately."""
    if quantity.governor is not None and UNREAL.intersection(judge(parsed, quantity.governor).aux):
        return False
    return not _elsewhen(parsed, quantity)


@lru_cache(maxsize=1)
def _background() -> tuple[frozenset[str], Mapping[str, frozenset[str]]]:
    """Words that by themselves put a clause elsewhere in time, and those that do before others."""
    alone: set[str] = set()
    before: dict[str, frozenset[str]] = {}
    for row in read_table("quantities", "background.tsv", required=("kind", "words", "what")):
        if row["kind"] == "anywhere":
            alone.update(row.many("words"))
        elif row["kind"] == "before":
            for word in row.many("words"):
                before[word] = before.get(word, frozenset()) | frozenset(row.many("what"))
        else:
            raise row.bad(f"there is no kind {row['kind']!r}")
    return frozenset(alone), before


def _elsewhen(parsed: Parsed, quantity: Quantity) -> bool:
    """Whether a quantity's clause speaks of another time than the news: "last year", "ago", "in 2010"."""
    alone, before = _background()
    tree, at = parsed.tree, quantity.governor if quantity.governor is not None else quantity.first
    day = parsed.article.date
    year = day.year if day else 0
    for i in tree.subtree(at):
        word = tree.lower[i]
        if word in alone:
            return True
        if word in before and not before[word].isdisjoint(tree.lemma[i + 1 : i + 1 + NEAR]):
            return True
        if len(word) == 4 and word.isdigit() and 1900 <= int(word) < year and tree.dep[i] != "nummod":
            return True
        if (
            day is not None
            and word.rstrip(".") in months()
            and _distant(day, word, tree.lower[i + 1 : i + 2])
        ):
            return True
    return False


def _distant(published: dt.date, month: str, after: Sequence[str]) -> bool:
    """Whether a month and the day of the month after it lie further back than news does."""
    if not after or not after[0].isdigit() or not 0 < int(after[0]) <= DAYS:
        return False
    number = months()[month.rstrip(".")]
    away = (published.month - number) * DAYS + published.day - int(after[0])
    return abs((away + YEAR // 2) % YEAR - YEAR // 2) > NEWS
