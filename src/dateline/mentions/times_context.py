"""What a rule matched and what its value is read against."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from dateline.mentions import times_calendar as cal
from dateline.mentions.times_numbers import count_of, year_of
from dateline.mentions.times_tables import Tables


def open_value(step: int) -> str:
    """TimeML's value of a time that is known only to lie before (negative), at or after now."""
    return "PAST_REF" if step < 0 else "FUTURE_REF" if step else "PRESENT_REF"


@dataclass(frozen=True, slots=True)
class Hit:
    """The words a rule matched, by class."""

    groups: dict[str, str]
    tables: Tables

    def word(self, name: str) -> str:
        """What was matched as `name`, "" where nothing was."""
        return self.groups.get(name, "")

    def value(self, name: str, kind: str | None = None) -> str:
        """The table value of what was matched as `name`, "" where nothing was."""
        return self.tables.values[kind or name].get(self.word(name), "")

    def count(self, name: str = "count") -> str:
        """The number matched as `name`; "X" where it is unknown, "" where nothing was matched."""
        if not (word := self.word(name)):
            return ""
        return count_of(word, self.tables.values["numword"], self.tables.values["someword"])


@dataclass(slots=True)
class Context:
    """What values are read against: the publication day, the last dated time, the last period reported
    on ("" where none is) and whether that was a moment ago, the word before, the clause's direction.
    """

    date: dt.date | None
    reference: str
    period: str
    fresh: bool
    before: str
    way: Callable[[], int]


Make = Callable[[Hit, Context, str], str | None]


def clock_of(hit: Hit) -> str:
    """The time of day as a TIMEX3 suffix, "" where the words hold none."""
    if noon := hit.value("noon"):
        return "T" + noon
    if hhmm := hit.word("hhmm"):
        return f"T{hhmm[:2]}:{hhmm[2:]}"
    if clock := hit.word("clock") or hit.word("hour"):
        hour, _, rest = clock.replace(".", ":").partition(":")
        number, half = int(hit.count("hour") if hour and not hour.isdigit() else hour), hit.value("am")
        if half or hit.word("part"):
            afternoon = half == "PM" or hit.value("part") in ("AF", "EV")
            number = number % 12 + (12 if afternoon else 0)
        return f"T{number:02}:{rest[:2] or '00'}"
    if part := hit.value("part") or hit.value("part", "parts"):
        return "T" + part
    return "TNI" if hit.word("tonight") else ""


def year_of_hit(hit: Hit, context: Context) -> int | None:
    """The year the words name, in figures, in words or as "last year"; None where they name none."""
    if word := hit.word("year"):
        return int(word.removeprefix("mid-"))
    if word := hit.word("shortyear"):
        short = int(word[1:])
        limit = (context.date.year if context.date else 2030) % 100 + 10
        return short + (2000 if short <= limit else 1900)
    if word := hit.word("spelledyear"):
        spelled = year_of(word, hit.tables.values["numword"])
        return int(spelled) if spelled else None
    for name in ("lastword", "priorword", "thisword", "nextword"):
        if hit.word(name) and hit.word("ofyear"):
            return context.date.year + int(hit.value(name)) if context.date else None
    return None


def reference_day(context: Context) -> dt.date | None:
    """The first day of the last dated time, or the day of publication."""
    days = cal.days_of(context.reference)
    return days.first if days else context.date
