"""What a matched time expression stands for: the functions that rules.tsv names in `make`.

Each takes the words matched, the context of the article so far and the rule's argument, and gives a
TIMEX3 value, or None where the words are no time after all. Without a date of publication, values are
as far open as TimeML has them (`XXXX-WXX-3`, `PAST_REF`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from dateutil.easter import easter

from dateline.mentions import times_calendar as cal
from dateline.mentions.times_numbers import UNKNOWN, count_of, year_of
from dateline.mentions.times_tables import Tables
from dateline.mentions.times_tense import AHEAD, PAST

_OPEN = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}


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


def fixed(hit: Hit, context: Context, argument: str) -> str | None:
    """The argument itself, or the value of the class it names; what was "soon" in the past is no time ahead."""
    value = hit.value(argument) if argument in hit.groups else argument
    return None if value == "FUTURE_REF" and hit.word("futuretime") == "soon" and context.way() == PAST else value


def _clock(hit: Hit) -> str:
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


def _year(hit: Hit, context: Context) -> int | None:
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


def _day(hit: Hit) -> int | None:
    if word := hit.word("dom"):
        return int(word)
    if word := hit.word("rank"):
        return int(word[:-2])
    return int(hit.value("ordinal")) if hit.word("ordinal") else None


def _near(context: Context, month: int, day: int | None, weekday: int | None) -> int | None:
    """The year of a month or day given without one."""
    date = context.date
    if date is None:
        return None
    if day and weekday:
        fits = [y for y in range(date.year - 6, date.year + 3) if _is_weekday(y, month, day, weekday)]
        if fits:
            return min(fits, key=lambda y: (abs(y - date.year), y))
    behind = (date.month - month) % 12
    if day and month == date.month and day > date.day:
        behind = 12
    if day and month == date.month and day == date.day:
        return date.year
    way = context.way()
    # News names the year of what is nearly a year gone, so a day soon to come is just that.
    ahead = way == AHEAD or (behind >= (10 if way == PAST else 8)) if behind else day is None and way == AHEAD
    if ahead:
        return date.year + (month < date.month or (behind == 0 and bool(day)))
    return date.year - (month > date.month or behind == 12)


def _is_weekday(year: int, month: int, day: int, weekday: int) -> bool:
    try:
        return dt.date(year, month, day).isoweekday() == weekday
    except ValueError:
        return False


def calendar(hit: Hit, context: Context, argument: str) -> str | None:
    """A date by month, day, year, weekday, with a time of day where there is one."""
    suffix = _clock(hit)
    if argument == "W" and context.date is not None:
        day = calendar(hit, context, "")
        return cal.named(dt.date.fromisoformat(day), "W") if day else None
    month = int(hit.value("month")) if hit.word("month") else None
    day = _day(hit)
    year = _year(hit, context)
    if month:
        year = year if year is not None else _near(context, month, day, int(hit.value("weekday") or 0) or None)
        start = f"{year:04}" if year is not None else "XXXX"
        if not day:
            return f"{start}-{month:02}"
        try:
            dt.date(year or 2000, month, day)
        except ValueError:
            return None
        return f"{start}-{month:02}-{day:02}{suffix}"
    if weekday := hit.value("weekday"):
        return _weekday(hit, context, int(weekday)) + suffix
    if year is not None:
        return f"{year:04}"
    return None


def _weekday(hit: Hit, context: Context, weekday: int) -> str:
    date = context.date
    if date is None:
        return f"XXXX-WXX-{weekday}"
    if hit.word("unit"):  # "Wednesday last week"
        step = next((int(hit.value(n)) for n in ("lastword", "nextword") if hit.word(n)), 0)
        week = date - (date.isoweekday() - weekday) * cal.DAY
        return (week + 7 * step * cal.DAY).isoformat()
    if hit.word("lastword"):
        return cal.weekday_near(date - cal.DAY, weekday, PAST).isoformat()
    if hit.word("nextword"):
        return cal.weekday_near(date + cal.DAY, weekday, AHEAD).isoformat()
    if hit.word("priorword") or hit.word("followword"):
        way = -1 if hit.word("priorword") else 1
        base = _reference_day(context) or date
        return cal.weekday_near(base + way * cal.DAY, weekday, way).isoformat()
    way = AHEAD if hit.word("thisword") or context.way() > 0 else PAST
    return cal.weekday_near(date, weekday, way).isoformat()


def dayshift(hit: Hit, context: Context, argument: str) -> str | None:
    """A day so many days from publication: "yesterday", "tonight", "last night"."""
    step = int(argument or hit.value("dayword") or 0)
    if context.date is None:
        return _OPEN[step]
    return (context.date + step * cal.DAY).isoformat() + _clock(hit)


def overnight(hit: Hit, context: Context, argument: str) -> str | None:
    """The night before the day of publication, or the one that follows in a coming clause."""
    if context.date is None:
        return "XXXX-XX-XXTNI"
    return (context.date - (context.way() != AHEAD) * cal.DAY).isoformat() + "TNI"


def timeofday(hit: Hit, context: Context, argument: str) -> str | None:
    """A time of day on the day last spoken of, or on the day of publication."""
    if context.date is None:
        return "XXXX-XX-XX" + _clock(hit)
    day = _reference_day(context) if argument == "reference" else context.date
    return (day or context.date).isoformat() + _clock(hit)


def figures(hit: Hit, context: Context, argument: str) -> str | None:
    """A date in figures: ISO, or day/month/year (month/day where only that can be)."""
    if iso := hit.word("iso"):
        year, month, day = (int(part) for part in iso.split("-"))
    else:
        first, second, year = (int(part) for part in hit.word("slash").replace(".", "/").split("/"))
        day, month = (first, second) if second <= 12 else (second, first)
        if year < 100:
            year += 2000 if year <= 69 else 1900
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


def shift(hit: Hit, context: Context, argument: str) -> str | None:
    """The unit, month or season before, at or after that of publication: "last month", "this spring"."""
    step = int(argument)
    if context.date is None:
        return _OPEN[step]
    if season := hit.value("season"):
        return _season(context.date, season, step)
    if hit.word("month"):
        month = int(hit.value("month"))
        gap = (month - context.date.month) * (step or 1)
        return f"{context.date.year + (step if step and gap <= 0 else 0)}-{month:02}"
    unit = hit.tables.units[hit.value("unit")]
    if unit.grain == "-":
        return None
    return cal.named(cal.moved(context.date, unit.grain, step), unit.grain) + _clock(hit)


def _season(date: dt.date, season: str, step: int) -> str:
    months = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
    year = date.year
    if season == "WI" and date.month <= 2:
        year -= 1
    if step < 0 and date.month < months[season] + 3 and not (season == "WI" and date.month <= 2):
        year -= 1
    if step < 0 and season == "WI" and date.month <= 2:
        year -= 1
    if step > 0 and date.month >= months[season]:
        year += 1
    return f"{year}-{season}"


def season(hit: Hit, context: Context, argument: str) -> str | None:
    """A season with a year, or the nearest one that the tense allows."""
    name, year = hit.value("season"), _year(hit, context)
    if year is not None:
        return f"{year}-{name}"
    if context.date is None:
        return f"XXXX-{name}"
    months = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
    started = context.date.month >= months[name]
    step = (0 if started else -1) if context.way() == PAST else (0 if context.date.month < months[name] + 3 else 1)
    return f"{context.date.year + step}-{name}"


def quarter(hit: Hit, context: Context, argument: str) -> str | None:
    """A numbered quarter (argument Q) or half (H) of a year, given or near; "Q-1" is a year before."""
    number, letter = int(hit.value("ordinal")), argument[0]
    if number > (4 if letter == "Q" else 2):
        return None
    if (year := _year(hit, context)) is None:
        if context.date is None:
            return f"XXXX-{letter}{number}"
        current = int(cal.named(context.date, letter)[-1])
        year = context.date.year + int(argument[1:] or 0)
        # Results "for the third quarter" are those of the last one, though still to be told.
        if context.before in ("in", "during", "by", "until") and context.way() == AHEAD:
            year += number < current
        else:
            year -= number > current
    return f"{year:04}-{letter}{number}"


def year(hit: Hit, context: Context, argument: str) -> str | None:
    """A year by itself."""
    found = _year(hit, context)
    return f"{found:04}" if found is not None else None


def decade(hit: Hit, context: Context, argument: str) -> str | None:
    """A decade: "the 1990s", "the nineties"."""
    if word := hit.word("decade").removeprefix("mid-").strip("'’‘"):
        digits = word.rstrip("s").rstrip("'’")
        return digits[:3] if len(digits) == 4 else f"19{digits[0]}" if digits[0] > "2" else f"20{digits[0]}"
    return f"19{hit.value('tens')}" if hit.word("tens") else None


def century(hit: Hit, context: Context, argument: str) -> str | None:
    """A century by its number: "the 20th century"."""
    number = int(hit.value("ordinal")) if hit.value("ordinal") else _day(hit) or 0
    return f"{number - 1:02}" if number else None


def weekend(hit: Hit, context: Context, argument: str) -> str | None:
    """The weekend nearest in the clause's direction; the last one in a weekend's own tale."""
    if context.date is None:
        return "XXXX-WXX-WE"
    step = 0 if context.way() == AHEAD or context.date.isoweekday() >= 6 else -1
    return cal.named(context.date + 7 * step * cal.DAY, "E")


def _reference_day(context: Context) -> dt.date | None:
    days = cal.days_of(context.reference)
    return days.first if days else context.date


def ago(hit: Hit, context: Context, argument: str) -> str | None:
    """So many units before (argument -1) or after (1) publication, or, with "reference", the last time told."""
    step = -1 if argument.startswith("-") else 1
    count, unit = hit.count(), hit.tables.units[hit.value("unit")]
    if unit.grain == "-":
        # "Two hours ago" moves no day: it is told as a length.
        return length(hit, context, "")
    if count in ("", UNKNOWN) or context.date is None:
        return _OPEN[step]
    by_reference = argument.endswith("reference")
    base, grain = context.date, unit.grain
    if grain == "Y" and context.fresh and (days := cal.days_of(context.period)):
        # Results are set against the same quarter "a year ago".
        return cal.named(cal.moved(days.first, "Y", step * int(float(count))), cal.grain_of(context.period))
    if by_reference:
        base = _reference_day(context) or base
        if grain == "Y" and cal.grain_of(context.reference) == "M":
            return cal.named(cal.moved(base, "Y", step * int(float(count))), "M")
    number = float(count) * (6 if unit.letter == "M" and unit.times == 6 else 1)
    if not number.is_integer():
        moved = base + step * dt.timedelta(days=int(number * unit.days))
        return cal.named(moved, {"Y": "M", "M": "D", "W": "D"}.get(grain, grain))
    if unit.times == 2:
        number *= 2
    try:
        return cal.named(cal.moved(base, grain, step * int(number)), "Y" if grain in "TC" else grain)
    except ValueError:
        return _OPEN[step]


def beside(hit: Hit, context: Context, argument: str) -> str | None:
    """The unit before, at or after the last time told: "the previous day", "that year", "the quarter"."""
    step = int(argument)
    base = _reference_day(context)
    if base is None:
        return _OPEN[step]
    if season := hit.value("season"):
        return f"{base.year + step}-{season}"
    if hit.word("month"):
        return f"{base.year + step}-{int(hit.value('month')):02}"
    unit = hit.tables.units[hit.value("unit")] if hit.word("unit") else hit.tables.units["D"]
    if unit.grain == "-":
        return _OPEN[step]
    return cal.named(cal.moved(base, unit.grain, step), unit.grain) + _clock(hit)


def period(hit: Hit, context: Context, argument: str) -> str | None:
    """The reporting period spoken of ("the latest quarter"), so many years off; else the last whole one,
    or with "year" the year itself.
    """
    if context.date is None:
        return "XXXX-QX"
    years, fallback = int(argument.split()[0]) if argument != "last" else 0, argument.endswith("year")
    days = cal.days_of(context.period)
    if days and argument != "last" and abs((days.last - context.date).days) <= 400:
        base, grain = days.first, cal.grain_of(context.period)
    elif fallback:
        return f"{_year(hit, context) or context.date.year + years:04}"
    else:
        base, grain = cal.moved(context.date, "Q", -1), "Q"
    found = (_year(hit, context) or base.year) if hit.word("year") else base.year + years
    return cal.named(base.replace(year=found, day=1), grain)


def length(hit: Hit, context: Context, argument: str) -> str | None:
    """A length of time."""
    unit = hit.tables.units[hit.value("unit")]
    if hit.word("count") == "one" and hit.word("unit") == "day" and context.way() == AHEAD:
        return "FUTURE_REF"
    if hit.word("count") == "a" and hit.word("unit") == "quarter":
        return None  # "A quarter" is mostly a fourth part.
    count = hit.count() or argument or UNKNOWN
    if hit.word("half") and count != UNKNOWN:
        count = str(float(count) + 0.5)
    if count == UNKNOWN:
        return "PXC" if unit.grain == "C" else f"{unit.prefix}X{unit.letter}"
    number = float(count) * unit.times
    if number.is_integer():
        return f"{unit.prefix}{int(number)}{unit.letter}"
    whole, smaller = int(number), {"Y": ("M", 12), "M": ("D", 30), "H": ("M", 60), "D": ("TH", 24), "W": ("D", 7)}
    if unit.letter not in smaller or (unit.prefix == "PT" and unit.letter == "M"):
        return f"{unit.prefix}{number:g}{unit.letter}"
    letter, per = smaller[unit.letter]
    head = f"{unit.prefix}{whole}{unit.letter}" if whole else unit.prefix
    return f"{head}{letter.replace('T', 'T')}".removesuffix(letter) + (
        f"T{round((number - whole) * per)}H" if letter == "TH" else f"{round((number - whole) * per)}{letter}"
    )


def every(hit: Hit, context: Context, argument: str) -> str | None:
    """What comes again and again."""
    if often := hit.value("often"):
        return often
    if day := hit.value("weekdays") or hit.value("weekday"):
        return f"XXXX-WXX-{day}" + _clock(hit)
    if hit.word("month"):
        return f"XXXX-{hit.value('month')}"
    if hit.word("season"):
        return f"XXXX-{hit.value('season')}"
    if hit.word("unit"):
        return length(hit, context, hit.value("everyword") or "1")
    return "P1D" if hit.word("part") else None


def holiday(hit: Hit, context: Context, argument: str) -> str | None:
    """A named day of a year, given or near."""
    when = hit.tables.holidays[hit.word("holiday")]
    if when[:4].isdigit():
        return when
    if (year := _year(hit, context)) is not None:
        return _holiday(when, year).isoformat()
    if context.date is None:
        return f"XXXX-{when}" if when[0].isdigit() and len(when) == 5 else "XXXX-XX-XX"
    way, date = context.way(), context.date
    near = [day for y in (-1, 0, 1) if (day := _holiday(when, date.year + y)) and (day - date).days * way >= 0]
    return min(near, key=lambda day: (abs((day - date).days), day)).isoformat()


def _holiday(when: str, year: int) -> dt.date:
    if when.startswith("easter"):
        day: dt.date = easter(year)
        return day + int(when.removeprefix("easter")) * cal.DAY
    month, rest = int(when[:2]), when[3:]
    if len(rest) == 2 and rest.isdigit():
        return dt.date(year, month, int(rest))
    rest, _, plus = rest.partition("+")
    nth, weekday = rest[:-2], rest[-1]
    return cal.nth_weekday(year, month, int(nth), int(weekday)) + int(plus or 0) * cal.DAY


MAKERS: dict[str, Make] = {
    make.__name__: make
    for make in (
        fixed, calendar, dayshift, overnight, timeofday, figures, shift, season, quarter, year, decade,
        century, weekend, ago, beside, period, length, every, holiday,
    )
}  # fmt: skip
