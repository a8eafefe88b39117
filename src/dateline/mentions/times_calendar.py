"""TIMEX3 date values and the days they stand for.

A value is written as TimeML writes it (TIMEX3 `value`, ISO 8601 weeks): `2015-11-24`, `2015-W48`,
`2015-W48-WE`, `2015-11`, `2015-Q4`, `2015-FA`, `2015`, `201` (a decade), `20` (a century).
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import NamedTuple

from dateline.record import Precision

DAY = dt.timedelta(days=1)
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_HALF = re.compile(r"(\d{4})-H([12])")
_SEASON = re.compile(r"(\d{4})-(SP|SU|FA|WI)")
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


class Days(NamedTuple):
    """The days from `first` to `last`, both included, and how finely they are known."""

    first: dt.date
    last: dt.date
    precision: Precision


def _months(year: int, month: int, count: int, precision: Precision) -> Days:
    last = month + count - 1
    end_year, end_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    end = dt.date(end_year, end_month, calendar.monthrange(end_year, end_month)[1])
    return Days(dt.date(year, month, 1), end, precision)


def days_of(value: str) -> Days | None:
    """The days a TIMEX3 value stands for; None where it names none (`PAST_REF`, `P3D`, `XXXX-05`).

    A time of day counts as its day. Seasons are whole months (spring is March to May, winter
    December to February and named for the year it begins in). Quarters and seasons have precision
    "year", decades and centuries "unknown": PLOVER's records know nothing between.
    """
    day = value.partition("T")[0]
    try:
        if found := _DATE.fullmatch(day):
            date = dt.date(int(found[1]), int(found[2]), int(found[3]))
            return Days(date, date, "day")
        if found := _MONTH.fullmatch(day):
            return _months(int(found[1]), int(found[2]), 1, "month")
        if found := _WEEK.fullmatch(day):
            monday = dt.date.fromisocalendar(int(found[1]), int(found[2]), 1)
            first = monday + 5 * DAY if found[3] else monday
            return Days(first, monday + 6 * DAY, "week")
        if found := _QUARTER.fullmatch(day):
            return _months(int(found[1]), 3 * int(found[2]) - 2, 3, "year")
        if found := _HALF.fullmatch(day):
            return _months(int(found[1]), 6 * int(found[2]) - 5, 6, "year")
        if found := _SEASON.fullmatch(day):
            return _months(int(found[1]), SEASONS[found[2]], 3, "year")
        if day.isdigit() and len(day) <= 4:
            span = 10 ** (4 - len(day))
            year = int(day) * span
            return Days(
                dt.date(year, 1, 1), dt.date(year + span - 1, 12, 31), "year" if span == 1 else "unknown"
            )
    except ValueError:
        return None
    return None


def named(date: dt.date, grain: str) -> str:
    """The value of the day (D), week (W), weekend (E), month (M), quarter (Q), half year (H), year (Y),
    decade (T) or century (C) that holds `date`.
    """
    if grain in "WE":
        iso = date.isocalendar()
        return f"{iso.year}-W{iso.week:02}" + ("-WE" if grain == "E" else "")
    year = f"{date.year:04}"
    return {
        "D": date.isoformat(),
        "M": year + date.isoformat()[4:7],
        "Q": f"{year}-Q{(date.month + 2) // 3}",
        "H": f"{year}-H{(date.month + 5) // 6}",
        "Y": year,
        "T": year[:3],
        "C": year[:2],
    }[grain]


def add_months(date: dt.date, months: int) -> dt.date:
    """The same day `months` later, or the month's last day where it has no such day.

    Raises ValueError outside the years 1..9999.
    """
    number = date.year * 12 + date.month - 1 + months
    year, month = divmod(number, 12)
    return dt.date(year, month + 1, min(date.day, calendar.monthrange(year, month + 1)[1]))


def moved(date: dt.date, grain: str, count: int) -> dt.date:
    """The date `count` days, weeks, months, … away from `date`. Raises as `add_months`."""
    try:
        if grain in "DWE":
            return date + dt.timedelta(days=count * (1 if grain == "D" else 7))
        return add_months(date, count * {"M": 1, "Q": 3, "H": 6, "Y": 12, "T": 120, "C": 1200}[grain])
    except OverflowError as error:
        raise ValueError(str(error)) from error


def grain_of(value: str) -> str:
    """The grain (D, W, E, M, Q, H, Y, T, C) of a dated value, "" where it is none."""
    day = value.partition("T")[0]
    if _DATE.fullmatch(day):
        return "D"
    if _MONTH.fullmatch(day):
        return "M"
    if _WEEK.fullmatch(day):
        return "E" if day.endswith("E") else "W"
    if _QUARTER.fullmatch(day) or _SEASON.fullmatch(day):
        return "Q"
    if _HALF.fullmatch(day):
        return "H"
    return {4: "Y", 3: "T", 2: "C"}.get(len(day), "") if day.isdigit() else ""


def weekday_near(date: dt.date, weekday: int, way: int) -> dt.date:
    """The day of that name (1 Monday … 7 Sunday) on or before `date` (`way` -1), or on or after it (1)."""
    gap = (date.isoweekday() - weekday) % 7
    return date - gap * DAY if way < 0 else date + (-gap % 7) * DAY


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> dt.date:
    """The nth day of that name in the month; the last where `nth` is -1."""
    if nth < 0:
        last = dt.date(year, month, calendar.monthrange(year, month)[1])
        return weekday_near(last, weekday, -1)
    return weekday_near(dt.date(year, month, 1), weekday, 1) + 7 * (nth - 1) * DAY
