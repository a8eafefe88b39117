"""Values of times told from another: from publication, or from the time or period last spoken of.

The functions are as those of `times_absolute`.
"""

from __future__ import annotations

import datetime as dt

from dateline.mentions import times_calendar as cal
from dateline.mentions.times_absolute import length
from dateline.mentions.times_context import Context, Hit, clock_of, open_value, reference_day, year_of_hit
from dateline.mentions.times_numbers import UNKNOWN
from dateline.mentions.times_tense import AHEAD, PAST, signals


def dayshift(hit: Hit, context: Context, argument: str) -> str | None:
    """A day so many days from publication: "yesterday", "tonight", "last night"."""
    step = int(argument or hit.value("dayword") or 0)
    if context.date is None:
        return open_value(step)
    return (context.date + step * cal.DAY).isoformat() + clock_of(hit)


def shift(hit: Hit, context: Context, argument: str) -> str | None:
    """The unit, month or season before, at or after that of publication: "last month", "this spring"."""
    step = int(argument)
    if context.date is None:
        return open_value(step)
    if season := hit.value("season"):
        return _season(context.date, season, step)
    if hit.word("month"):
        month = int(hit.value("month"))
        gap = (month - context.date.month) * (step or 1)
        return f"{context.date.year + (step if step and gap <= 0 else 0)}-{month:02}"
    unit = hit.tables.units[hit.value("unit")]
    if unit.grain == "-":
        return None
    return cal.named(cal.moved(context.date, unit.grain, step), unit.grain) + clock_of(hit)


def _season(date: dt.date, season: str, step: int) -> str:
    year = date.year
    if season == "WI" and date.month <= 2:
        year -= 1
    if step < 0 and date.month < cal.SEASONS[season] + 3 and not (season == "WI" and date.month <= 2):
        year -= 1
    if step < 0 and season == "WI" and date.month <= 2:
        year -= 1
    if step > 0 and date.month >= cal.SEASONS[season]:
        year += 1
    return f"{year}-{season}"


def season(hit: Hit, context: Context, argument: str) -> str | None:
    """A season with a year, or the nearest one that the tense allows."""
    name, year = hit.value("season"), year_of_hit(hit, context)
    if year is not None:
        return f"{year}-{name}"
    if context.date is None:
        return f"XXXX-{name}"
    started = context.date.month >= cal.SEASONS[name]
    step = (
        (0 if started else -1)
        if context.way() == PAST
        else (0 if context.date.month < cal.SEASONS[name] + 3 else 1)
    )
    return f"{context.date.year + step}-{name}"


def quarter(hit: Hit, context: Context, argument: str) -> str | None:
    """A numbered quarter (argument Q) or half (H) of a year, given or near; "Q-1" is a year before."""
    number, letter = int(hit.value("ordinal")), argument[0]
    if number > (4 if letter == "Q" else 2):
        return None
    if (year := year_of_hit(hit, context)) is None:
        if context.date is None:
            return f"XXXX-{letter}{number}"
        current = int(cal.named(context.date, letter)[-1])
        year = context.date.year + int(argument[1:] or 0)
        # Results "for the third quarter" are those of the last one, though still to be told.
        if context.before in signals()["told"] and context.way() == AHEAD:
            year += number < current
        else:
            year -= number > current
    return f"{year:04}-{letter}{number}"


def weekend(hit: Hit, context: Context, argument: str) -> str | None:
    """The weekend nearest in the clause's direction; the last one in a weekend's own tale."""
    if context.date is None:
        return "XXXX-WXX-WE"
    step = 0 if context.way() == AHEAD or context.date.isoweekday() >= 6 else -1
    return cal.named(context.date + 7 * step * cal.DAY, "E")


def ago(hit: Hit, context: Context, argument: str) -> str | None:
    """So many units before (argument -) or after (+) publication; with "reference", the last time told."""
    step = -1 if argument.startswith("-") else 1
    count, unit = hit.count(), hit.tables.units[hit.value("unit")]
    if unit.grain == "-":
        # "Two hours ago" moves no day: it is told as a length.
        return length(hit, context, "")
    by_reference = argument.endswith("reference")
    base, grain = (reference_day(context) if by_reference else context.date), unit.grain
    if count in ("", UNKNOWN) or base is None:
        return open_value(step)
    if grain == "Y" and context.fresh and (days := cal.days_of(context.period)):
        # Results are set against the same quarter "a year ago".
        return cal.named(cal.moved(days.first, "Y", step * int(float(count))), cal.grain_of(context.period))
    if by_reference and grain == "Y" and cal.grain_of(context.reference) == "M":
        return cal.named(cal.moved(base, "Y", step * int(float(count))), "M")
    number = float(count) * (2 if unit.times == 2 else 1)
    if not number.is_integer():
        moved = base + step * dt.timedelta(days=int(number * unit.days))
        return cal.named(moved, {"Y": "M", "M": "D", "W": "D"}.get(grain, grain))
    try:
        return cal.named(cal.moved(base, grain, step * int(number)), "Y" if grain in "TC" else grain)
    except ValueError:
        return open_value(step)


def beside(hit: Hit, context: Context, argument: str) -> str | None:
    """The unit before, at or after the last time told: "the previous day", "that year", "the quarter"."""
    step = int(argument)
    base = reference_day(context)
    if base is None:
        return open_value(step)
    if season := hit.value("season"):
        return f"{base.year + step}-{season}"
    if hit.word("month"):
        return f"{base.year + step}-{int(hit.value('month')):02}"
    unit = hit.tables.units[hit.value("unit")] if hit.word("unit") else hit.tables.units["D"]
    if unit.grain == "-":
        return open_value(step)
    if unit.grain == "D" and cal.grain_of(context.reference) not in ("D", ""):
        base = context.date or base  # No day was told to count from.
    return cal.named(cal.moved(base, unit.grain, step), unit.grain) + clock_of(hit)


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
        return f"{year_of_hit(hit, context) or context.date.year + years:04}"
    else:
        base, grain = cal.moved(context.date, "Q", -1), "Q"
    found = (year_of_hit(hit, context) or base.year) if hit.word("year") else base.year + years
    return cal.named(base.replace(year=found, day=1), grain)
