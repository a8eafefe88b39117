"""A day as a dateline or a time stamp writes it: "Nov 25", "6 NOV 89", "2015-11-25"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from dateline.sources.words import months


@dataclass(frozen=True, slots=True)
class Day:
    """A day as a dateline states it: often without a year."""

    year: int | None
    month: int
    day: int

    def date(self, year: int | None = None) -> dt.date | None:
        """The date, in the stated year or else the given one; None where there is no such day."""
        stated = self.year or year
        try:
            return dt.date(stated, self.month, self.day) if stated else None
        except ValueError:
            return None


@lru_cache(maxsize=1)
def _day() -> re.Pattern[str]:
    month = "|".join(sorted(months(), key=lambda m: (-len(m), m)))
    long = r"(?:1[89]|20)\d\d"
    day = r"\d{1,2})(?:st|nd|rd|th)?"
    return re.compile(
        r"(?<![\w.])(?:"
        rf"(?P<d1>{day}\s+(?P<m1>{month})\b\.?(?:,?\s+(?P<y1>{long}|'?\d\d)(?![\d:]))?"
        rf"|(?P<m2>{month})\b\.?\s*(?P<d2>{day}(?![\w:])(?:,?\s+(?P<y2>{long})(?!\d))?"
        rf"|(?P<y3>{long})-(?P<m3>\d\d)-(?P<d3>\d\d)"
        r")(?!\w)",
        re.IGNORECASE,
    )


def find_day(text: str) -> tuple[Day, int, int] | None:
    """The first day of a month in a short text, and its span; None where there is none.

    A year of two digits is 1950 to 2049.
    """
    for match in _day().finditer(text):
        groups = {k[0]: v for k, v in match.groupdict().items() if v is not None}
        month = int(groups["m"]) if groups["m"].isdigit() else months()[groups["m"].lower()]
        written = groups.get("y", "").lstrip("'")
        year = int(written) if written else None
        if year is not None and year < 100:
            year += 1900 if year >= 50 else 2000
        day = Day(year, month, int(groups["d"]))
        if day.date(2000 if year is None else None):
            return day, match.start(), match.end()
    return None
