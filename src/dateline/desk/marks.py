"""The text of an article with what stands in it marked: marks that overlap, long texts, hostile ones."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dateline.record import Event

# The kinds of marks, outermost first, and what the legend calls them.
KINDS = {
    "speech": "speech",
    "source": "who says so",
    "place": "place",
    "day": "day",
    "number": "number",
    "party": "other party",
    "recipient": "recipient",
    "actor": "actor",
    "act": "act",
}
PART = 12_000  # characters of a part of a long text
PART_EVENTS = 20  # events of a part
_BREAK = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_SPACE = re.compile(r"\s")
# What a browser would take for something else than one character, or not show at all, or use to turn the
# direction of what stands around it: each is shown as one other character, so that offsets stay.
_TURNS = [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_UNSEEN = [0x2028, 0x2029, 0xFEFF, *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080)]
_SUBSTITUTE = "\u2426"
_AS_SHOWN: dict[int, int | str] = {
    **{code: 0x2400 + code for code in range(0x20)},
    0x7F: 0x2421,
    **dict.fromkeys([*range(0x80, 0xA0), *_TURNS, *_UNSEEN, *range(0xD800, 0xE000)], _SUBSTITUTE),
    # A page's line ends are "\n" alone.
    0x0D: " ",
    0x09: 0x09,
    0x0A: 0x0A,
    0x85: "\n",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `[start, end)` of a kind; `events` are the records whose field it is, `note` says more."""

    start: int
    end: int
    kind: str
    events: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Layer:
    """A kind that a piece of the text is marked with."""

    kind: str
    events: tuple[str, ...]
    note: str
    first: bool  # the piece is where the mark begins


@dataclass(frozen=True, slots=True)
class Piece:
    """Text without a boundary inside, from character `at`, and its marks, outermost first."""

    at: int
    text: str
    layers: tuple[Layer, ...]


def visible(text: str) -> str:
    """A text as a page may show it: as many characters, those that would do something made visible."""
    return text.translate(_AS_SHOWN)


def marks_of(events: Iterable[Event]) -> list[Mark]:
    """The marks of records: acts, sides, places, and who says so."""
    found: list[Mark] = []
    for event in events:
        mine = (event.id,)
        found += [Mark(m.trigger_start, m.trigger_end, "act", mine) for m in event.mentions]
        found += [Mark(e.start, e.end, "actor", mine) for e in event.actor]
        found += [Mark(e.start, e.end, "recipient", mine) for e in event.recipient]
        found += [Mark(a.start, a.end, "source", mine) for a in event.attribution]
        if place := event.event_loc:
            found.append(Mark(place.start, place.end, "place", mine))
    return [mark for mark in found if 0 <= mark.start < mark.end]


def pieces(text: str, first: int, last: int, marks: Iterable[Mark]) -> list[Piece]:
    """The characters `[first, last)` of a text cut where a mark begins or ends.

    Of each kind a piece has one layer, with the events of all its marks of that kind.
    """
    within = sorted(
        (m for m in marks if m.start < last and m.end > first and m.start < m.end),
        key=lambda m: (m.start, m.end, m.kind, m.events),
    )
    cuts = sorted({first, last, *(p for m in within for p in (m.start, m.end) if first < p < last)})
    found: list[Piece] = []
    open_: list[Mark] = []
    n = 0
    for a, b in pairwise(cuts):
        open_ = [m for m in open_ if m.end > a]
        while n < len(within) and within[n].start <= a:
            if within[n].end > a:
                open_.append(within[n])
            n += 1
        found.append(Piece(a, visible(text[a:b]), tuple(_layers(open_, a))))
    return found


def _layers(marks: Sequence[Mark], at: int) -> Iterator[Layer]:
    for kind in KINDS:
        mine = [m for m in marks if m.kind == kind]
        if mine:
            events = tuple(dict.fromkeys(e for m in mine for e in m.events))
            notes = "; ".join(dict.fromkeys(m.note for m in mine if m.note))
            yield Layer(kind, events, notes, any(m.start == at for m in mine))


def paragraphs(text: str, first: int = 0, last: int | None = None) -> list[tuple[int, int]]:
    """The paragraphs within `[first, last)`, white space around them left out."""
    last = len(text) if last is None else last
    found, at = [], first
    ends = [(m.start(), m.end()) for m in _BREAK.finditer(text, first, last)]
    for end, begin in [*ends, (last, last)]:
        a, b = at, end
        while a < b and text[a].isspace():
            a += 1
        while b > a and text[b - 1].isspace():
            b -= 1
        if a < b:
            found.append((a, b))
        at = begin
    return found


def parts(text: str, starts: Sequence[int]) -> list[tuple[int, int]]:
    """The parts `[first, last)` in which a text is shown: one, unless it is long or has many events.

    `starts` are where its events are told. A part ends with a paragraph, or within one that is too long at
    a white space, if there is one; parts leave no character out.
    """
    waiting = sorted(starts)
    found: list[tuple[int, int]] = []
    first = last = n = 0
    for _, end in [*_stretches(text, waiting), (0, len(text))]:
        upto = n
        while upto < len(waiting) and waiting[upto] < end:
            upto += 1
        if last > first and (end - first > PART or upto - n > PART_EVENTS):
            found.append((first, last))
            first = last
            while n < len(waiting) and waiting[n] < first:
                n += 1
        last = end
    return [*found, (first, last)] if last > first or not found else found


def _stretches(text: str, starts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The paragraphs, those that are too long for a part or tell of too many events cut."""
    for start, end in paragraphs(text):
        while True:
            one_more = bisect_left(starts, start) + PART_EVENTS
            cut = min([start + PART, *starts[one_more : one_more + 1]])
            if cut >= end:
                break
            back = next((cut - i for i in range(200) if _SPACE.match(text, cut - i)), cut)
            # Events that stand at one place stay together.
            cut = back if back > start else max(cut, start + 1)
            yield start, cut
            start = cut
        yield start, end


def part_of(found: Sequence[tuple[int, int]], at: int) -> int:
    """The number, from 0, of the part in which a character stands."""
    return next((i for i, (first, last) in enumerate(found) if first <= at < last), len(found) - 1)
