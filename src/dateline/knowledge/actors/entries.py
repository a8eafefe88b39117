"""What the actor tables hold: known names with their terms, and kinds of people."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a known name names."""

    COUNTRY = "country"
    ORGANISATION = "organisation"
    GROUP = "group"
    PERSON = "person"
    PEOPLE = "people"


class Form(StrEnum):
    """How a form stands for what it names: by its name, as an adjective, as its people, as its capital."""

    NAME = "name"
    ADJECTIVE = "adjective"
    PEOPLE = "people"
    SEAT = "seat"


@dataclass(frozen=True, slots=True)
class Term:
    """What somebody or something is from `start` to `end` (days, both in; None is open)."""

    code: str | None
    sector: str | None
    other_sectors: tuple[str, ...] = ()
    office: str | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    cameo: str | None = None

    def holds(self, day: dt.date) -> bool:
        """Whether `day` lies in the term."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Known:
    """A name of the tables: its canonical form, its kind, its Wikidata item and its terms."""

    name: str
    kind: Kind
    wikidata: str | None
    terms: tuple[Term, ...]

    def term(self, day: dt.date | None) -> tuple[Term, bool]:
        """The term that holds on `day`, or the nearest one and False.

        Without a day the open term counts as holding, or else the last one, as a reader of today
        would take it. Of several that hold the one that began last is meant.
        """
        if day is None:
            open_terms = [t for t in self.terms if t.end is None]
            return (open_terms or list(self.terms))[-1], bool(open_terms)
        holding = [t for t in self.terms if t.holds(day)]
        if holding:
            return max(holding, key=lambda t: t.start or dt.date.min), True
        past = [t for t in self.terms if t.end is not None and t.end < day]
        if past:
            return max(past, key=lambda t: t.end or dt.date.min), False
        return min(self.terms, key=lambda t: t.start or dt.date.min), False

    def over(self, day: dt.date | None) -> bool:
        """Whether all terms lie before `day` (before today, where no day is given)."""
        return all(t.end is not None and (day is None or t.end < day) for t in self.terms)


@dataclass(frozen=True, slots=True)
class Role:
    """A title or a kind of people: its sector, and the office (a title) or code it implies.

    A `facility` is a place or thing, which stands for people only where something is done to it.
    """

    noun: str
    sector: str | None
    other_sectors: tuple[str, ...] = ()
    office: str | None = None
    code: str | None = None
    title: bool = False
    facility: bool = False


def first_day(text: str) -> dt.date | None:
    """The first day of `2015`, `2015-11` or `2015-11-25`; None of an empty text.

    Raises `ValueError` where it is none of these.
    """
    if not text:
        return None
    parts = [int(part) for part in text.split("-")]
    if len(parts) > 3:
        raise ValueError(text)
    return dt.date(*[*parts, 1, 1][:3])


def last_day(text: str) -> dt.date | None:
    """The last day of `2015`, `2015-11` or `2015-11-25`; None of an empty text."""
    day = first_day(text)
    if day is None:
        return None
    given = text.count("-")
    if given == 0:
        return day.replace(month=12, day=31)
    if given == 1:
        return day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day
