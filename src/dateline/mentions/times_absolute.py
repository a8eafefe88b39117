"""Values of times that name their own day, length or repetition: the functions of rules.tsv's `make`.

Each takes the words matched, the context of the article so far and the rule's argument, and gives a
TIMEX3 value, or None where the words are no time after all. Without a date of publication, values are
as far open as TimeML has them (`XXXX-WXX-3`, `PAST_REF`).
"""

from __future__ import annotations

import datetime as dt

from dateutil.easter import easter

from dateline.mentions import times_calendar as cal
from dateline.mentions.times_context import Context, Hit, clock_of, reference_day, year_of_hit
from dateline.mentions.times_numbers import UNKNOWN
from dateline.mentions.times_tense import AHEAD, PAST

# Of a day less far off than this one says the bare name: "next Friday" is then a week later.
NOT_NEXT = 4


def fixed(hit: Hit, context: Context, argument: str) -> str | None:
    """The argument or the value of the class it names; what was "soon" in the past is no time ahead."""
    value = hit.value(argument) if argument in hit.groups else argument
    return (
        None
        if value == "FUTURE_REF" and hit.word("futuretime") == "soon" and context.way() == PAST
        else value
    )


def calendar(hit: Hit, context: Context, argument: str) -> str | None:
    """A date by month, day, year, weekday, with a time of day where there is one."""
    suffix = clock_of(hit)
    if argument == "W" and context.date is not None:
        monday = calendar(hit, context, "")
        return cal.named(dt.date.fromisoformat(monday), "W") if monday else None
    month = int(hit.value("month")) if hit.word("month") else None
    day = _day(hit)
    year = year_of_hit(hit, context)
    if month:
        year = (
            year if year is not None else _near(context, month, day, int(hit.value("weekday") or 0) or None)
        )
        start = f"{year:04}" if year is not None else "XXXX"
        if not day:
            return f"{start}-{month:02}"
        if _date(year or 2000, month, day) is None:
            return None
        return f"{start}-{month:02}-{day:02}{suffix}"
    if weekday := hit.value("weekday"):
        return _weekday(hit, context, int(weekday)) + suffix
    if year is not None:
        return f"{year:04}"
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
    soon = behind >= (10 if way == PAST else 8)
    ahead = soon or (way == AHEAD and (behind > 0 or day is None))
    if ahead:
        return date.year + (month < date.month or (behind == 0 and bool(day)))
    return date.year - (month > date.month or behind == 12)


def _is_weekday(year: int, month: int, day: int, weekday: int) -> bool:
    date = _date(year, month, day)
    return date is not None and date.isoweekday() == weekday


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
        start = date + (NOT_NEXT if hit.word("nextword").lower() == "next" else 1) * cal.DAY
        return cal.weekday_near(start, weekday, AHEAD).isoformat()
    if hit.word("priorword") or hit.word("followword"):
        way = -1 if hit.word("priorword") else 1
        base = reference_day(context) or date
        return cal.weekday_near(base + way * cal.DAY, weekday, way).isoformat()
    way = AHEAD if hit.word("thisword") or context.way() > 0 else PAST
    return cal.weekday_near(date, weekday, way).isoformat()


def figures(hit: Hit, context: Context, argument: str) -> str | None:
    """A date in figures: ISO, or day and month in the order that brings it nearer to publication."""
    if iso := hit.word("iso"):
        orders = [iso.split("-")]
    elif hit.word("mm"):
        orders = [[hit.word("year"), hit.word("mm"), hit.word("dd")]]
    else:
        first, second, year = hit.word("slash").replace(".", "/").split("/")
        century = "" if len(year) == 4 else "20" if int(year) <= 69 else "19"
        orders = [[century + year, second, first], [century + year, first, second]]
    days = [day for order in orders if (day := _date(*(int(part) for part in order)))]
    if not days:
        return None
    today = context.date or days[0]
    return min(days, key=lambda day: abs((day - today).days)).isoformat()


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def overnight(hit: Hit, context: Context, argument: str) -> str | None:
    """The night before the day of publication, or the one that follows in a coming clause."""
    if context.date is None:
        return "XXXX-XX-XXTNI"
    return (context.date - (context.way() != AHEAD) * cal.DAY).isoformat() + "TNI"


def timeofday(hit: Hit, context: Context, argument: str) -> str | None:
    """A time of day on the day last spoken of, or on the day of publication."""
    if context.date is None:
        return "XXXX-XX-XX" + clock_of(hit)
    day = reference_day(context) if argument == "reference" else context.date
    return (day or context.date).isoformat() + clock_of(hit)


def year(hit: Hit, context: Context, argument: str) -> str | None:
    """A year by itself."""
    found = year_of_hit(hit, context)
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
    whole, smaller = (
        int(number),
        {"Y": ("M", 12), "M": ("D", 30), "H": ("M", 60), "D": ("TH", 24), "W": ("D", 7)},
    )
    if unit.letter not in smaller or (unit.prefix == "PT" and unit.letter == "M"):
        return f"{unit.prefix}{number:g}{unit.letter}"
    letter, per = smaller[unit.letter]
    head = f"{unit.prefix}{whole}{unit.letter}" if whole else unit.prefix
    rest = round((number - whole) * per)
    return head + (f"T{rest}H" if letter == "TH" else f"{rest}{letter}")


def every(hit: Hit, context: Context, argument: str) -> str | None:
    """What comes again and again."""
    if often := hit.value("often"):
        return often
    if day := hit.value("weekdays") or hit.value("weekday"):
        return f"XXXX-WXX-{day}" + clock_of(hit)
    if hit.word("month"):
        return f"XXXX-{hit.value('month')}"
    if hit.word("season"):
        return f"XXXX-{hit.value('season')}"
    if hit.word("unit"):
        return length(hit, context, hit.value("everyword"))
    return "P1D" if hit.word("part") else None


def holiday(hit: Hit, context: Context, argument: str) -> str | None:
    """A named day of a year, given or near."""
    when = hit.tables.holidays[hit.word("holiday")]
    if when[:4].isdigit():
        return when
    if (year := year_of_hit(hit, context)) is not None:
        return _holiday(when, year).isoformat()
    if context.date is None:
        return f"XXXX-{when}" if when[0].isdigit() and len(when) == 5 else "XXXX-XX-XX"
    way, date = context.way(), context.date
    near = [
        day for y in (-1, 0, 1) if (day := _holiday(when, date.year + y)) and (day - date).days * way >= 0
    ]
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
