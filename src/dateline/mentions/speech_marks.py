"""Stretches in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.article import Zone
from dateline.language.parsed import Parsed

DOUBLE = re.compile("[\"“”„«»]|'{2,3}|``")
SINGLE = re.compile("['‘’]")
OPENING = "“„«``"
CLOSING = "”»"
LEADS = (":", ",", ".", "?", "!")


@dataclass(frozen=True, slots=True)
class Marked:
    """Tokens `[first, last)` in quotation marks, the marks with them.

    `goes_on` tells that the marks were not closed in the paragraph; `resumes` that the stretch
    opens its paragraph and goes on with one that was not closed.
    """

    first: int
    last: int
    start: int
    end: int
    goes_on: bool = False
    resumes: bool = False


def find_marked(parsed: Parsed) -> list[Marked]:
    """Quoted stretches in text order; they do not overlap.

    Single marks count only in texts without double ones. An opened quotation that is not closed
    counts only if it opens its paragraph or a sentence or follows a colon or comma, and then runs
    to the paragraph's end.
    """
    text = parsed.article.text
    marks = DOUBLE if DOUBLE.search(text) else SINGLE
    found: list[Marked] = []
    for zone in parsed.article.zones:
        for start, end, closed in _stretches(text, zone, marks):
            first, last = parsed.tokens(start, end)
            if first >= last:
                continue
            resumes = bool(found) and found[-1].goes_on and start == zone.start
            found.append(Marked(first, last, start, end, not closed, resumes))
    return found


def _stretches(text: str, zone: Zone, marks: re.Pattern[str]) -> Iterator[tuple[int, int, bool]]:
    opened: int | None = None
    for mark in marks.finditer(text, zone.start, zone.end):
        at, end, sign = mark.start(), mark.end(), mark.group()
        before = text[at - 1] if at > zone.start else " "
        after = text[end] if end < zone.end else " "
        opens = sign in OPENING or (
            sign not in CLOSING and (before.isspace() or before in "([—-–/") and not after.isspace()
        )
        if marks is SINGLE and not opens and (after.isalnum() or before in "sS"):
            continue
        if opened is not None and after.isspace() and not before.isspace():
            opens = False
        if opens and (opened is None or sign in OPENING):
            opened = at
        elif opened is not None:
            yield opened, end, True
            opened = None
    if opened is not None and (opened == zone.start or text[zone.start : opened].rstrip()[-1:] in LEADS):
        yield opened, zone.end, False
