"""When a pledge is due: the words of its deadline or day, read against the day of the report."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from dateline.knowledge.tables import read_mapping, read_table
from dateline.ledger.words import alternatives, speech
from dateline.mentions.times_calendar import add_months

_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if n} | {
    name.lower(): n for n, name in enumerate(calendar.month_abbr) if n
}
_DAYS = {name.lower(): n for n, name in enumerate(calendar.day_name)}
_MONTH = "|".join(sorted((f"{m}\\.?" for m in _MONTHS), key=len, reverse=True))
_COUNTS = {word: int(value) for word, value in read_mapping("ledger", "numerals.tsv").items()}
_NUMBER = "|".join((r"\d{1,3}", *sorted(_COUNTS, key=len, reverse=True)))
_UNIT = r"(?P<unit>hours?|days?|weeks?|fortnights?|months?|years?)"
_WHEN = (
    rf"(?:the\s+)?(?P<part>end|close|start|beginning|middle|turn)\s+of\s+(?:the\s+)?"
    rf"(?:(?P<pnext>this|next|coming)?\s*(?P<pspan>week|month|year)|(?P<pmonth>{_MONTH})(?:,?\s+(?P<pyear>\d{{4}}))?"
    rf"|(?P<ponly>\d{{4}}))",
    rf"(?:(?P<weekday0>{'|'.join(_DAYS)}),?\s+)?(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<year>\d{{4}}))?",
    rf"(?:the\s+)?(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month2>{_MONTH})(?:,?\s+(?P<year2>\d{{4}}))?",
    rf"(?P<mid>mid|early|late)[-\s](?:in\s+)?(?P<month3>{_MONTH})",
    rf"(?P<month4>{_MONTH})(?:,?\s+(?P<year4>\d{{4}}|next\s+year))?",
    rf"(?P<shift>next|this|the\s+coming|the\s+following)\s+(?P<span>week|month|year|{'|'.join(_DAYS)})",
    rf"(?P<weekday>{'|'.join(_DAYS)})",
    r"(?P<near>tomorrow|tonight|today)",
    r"(?P<alone>20\d{2})",
)  # fmt: skip
_SAYING = 40  # characters before a day in which a verb of speech may stand
_BETWEEN = 3  # words between a verb of speech and its day
_AHEAD = 200  # days: "in July" of a later year is rather the July that was
_LENGTH = rf"(?P<count>{_NUMBER})[-\s]+{_UNIT}"


@dataclass(frozen=True, slots=True)
class Due:
    """The words that say when, and the first and last day."""

    text: str
    first: dt.date
    last: dt.date


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    sides: dict[str, list[str]] = {}
    for row in read_table("ledger", "deadlines.tsv", required=("words", "side")):
        sides.setdefault(row["side"], []).extend(row.many("words"))
    apart = ("within", "given", "bare")
    lead = "|".join(f"(?P<{side}>{alternatives(its)})" for side, its in sides.items() if side not in apart)
    within, given, bare = (alternatives(sides[side]) for side in apart)
    when = "|".join(f"(?:{one})" for one in _WHEN)
    expressions = (
        rf"\b(?:(?:{lead})\s+|(?={bare}))(?:{when})\b",
        rf"\b(?:{within})\s+(?:the\s+(?:next|coming)\s+)?{_LENGTH}\b",
        rf"\b(?:{given})\b[^.;]{{0,60}}?\b{_LENGTH}\b",
    )
    one, two, three = (re.compile(e, re.IGNORECASE) for e in expressions)
    return one, two, three


def find_due(text: str, published: dt.date, begin: int = 0) -> Due | None:
    """The deadline in a passage; the first after character `begin`, else the last before it.

    A day before that of publication is none, since it was not pledged for the past. None where none is said.
    """
    anchored, within, given = _patterns()
    found: list[tuple[int, Due]] = []
    for match in anchored.finditer(text):
        days = _days(match, published)
        if days and days[1] >= published and not _is_of_the_report(match, days, published, begin):
            found.append((match.start(), _sided(match, days, published)))
    for match in (*within.finditer(text), *given.finditer(text)):
        last = _after(match, published)
        if last:
            found.append((match.start(), Due(match.group(), published, last)))
    after = [due for at, due in sorted(found, key=lambda f: f[0]) if at >= begin]
    # "from Friday until Monday" begins with the one and ends with the other.
    if len(after) > 1 and after[0].text.lower().startswith("from") and after[1].first == published:
        last = after[1].last + dt.timedelta(7 if after[1].last < after[0].first else 0)
        return Due(f"{after[0].text} {after[1].text}", after[0].first, max(after[0].last, last))
    if after:
        return after[0]
    return found[-1][1] if found else None


def _is_of_the_report(
    match: re.Match[str], days: tuple[dt.date, dt.date], published: dt.date, begin: int
) -> bool:
    """Whether a day is that of the saying ("said on Tuesday"), or a bare month rather the last one."""
    g = match.groupdict()
    if g["last"] or g["before"]:
        return False
    if (g["month4"] and not g["year4"]) or g["month3"]:
        return (days[0] - published).days > _AHEAD
    # A verb of speech that is the pledge itself does not count: "promised to go on Tuesday".
    low = begin if match.start() >= begin else 0
    before = match.string[max(low, match.start() - _SAYING) : match.start()]
    if not g["weekday"]:
        return False
    # "agreed on Friday to a truce", and whatever day stands before the pledge's own words.
    followed = re.match(r"\s+(?:to|that|with)\b", match.string[match.end() :])
    adjacent = begin > 0 and not match.string[begin : match.start()].strip()
    if match.start() < begin or (adjacent and followed):
        return True
    said = list(speech().finditer(before))
    return bool(said) and len(before[said[-1].end() :].split()) <= _BETWEEN


def _sided(match: re.Match[str], days: tuple[dt.date, dt.date], published: dt.date) -> Due:
    groups = match.groupdict()
    first, last = days
    if groups["last"]:
        return Due(match.group(), published, last)
    if groups["before"]:
        return Due(match.group(), published, max(first - dt.timedelta(1), published))
    return Due(match.group(), max(first, published), last)


def _after(match: re.Match[str], published: dt.date) -> dt.date | None:
    words = match["count"].lower()
    count = int(words) if words.isdigit() else _COUNTS[words]
    unit = match["unit"].lower().rstrip("s")
    if unit == "hour":
        return published + dt.timedelta(-(-count // 24))
    if unit in ("day", "week", "fortnight"):
        return published + dt.timedelta(count * {"day": 1, "week": 7, "fortnight": 14}[unit])
    return add_months(published, count * (12 if unit == "year" else 1))


def _month(name: str) -> int:
    return _MONTHS[name.lower().rstrip(".")]


def _year(month: int, said: str | None, published: dt.date) -> int:
    if said:
        return published.year + 1 if said.lower().startswith("next") else int(said)
    return published.year + (month < published.month)


def _whole(year: int, month: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def _days(match: re.Match[str], published: dt.date) -> tuple[dt.date, dt.date] | None:
    g = match.groupdict()
    try:
        if g["part"]:
            return _part(g, published)
        if g["month"] or g["month2"]:
            month = _month(g["month"] or g["month2"])
            date = dt.date(
                _year(month, g["year"] or g["year2"], published), month, int(g["day"] or g["day2"])
            )
            return date, date
        if g["month3"]:
            month = _month(g["month3"])
            year = _year(month, None, published)
            return _slice(_whole(year, month), {"early": 0, "mid": 1, "late": 2}[g["mid"].lower()])
        if g["month4"]:
            month = _month(g["month4"])
            return _whole(_year(month, g["year4"], published), month)
        if g["alone"]:
            return dt.date(int(g["alone"]), 1, 1), dt.date(int(g["alone"]), 12, 31)
    except ValueError:
        return None
    if match["near"]:
        date = published + dt.timedelta(g["near"].lower() == "tomorrow")
        return date, date
    if g["weekday"]:
        date = published + dt.timedelta((_DAYS[g["weekday"].lower()] - published.weekday()) % 7)
        return date, date
    return _span(g["span"].lower(), g["shift"].lower() != "this", published)


def _span(span: str, coming: bool, published: dt.date) -> tuple[dt.date, dt.date]:
    if span in _DAYS:
        date = published + dt.timedelta((_DAYS[span] - published.weekday()) % 7 + (7 if coming else 0))
        return date, date
    if span == "week":
        monday = published - dt.timedelta(published.weekday()) + dt.timedelta(7 * coming)
        return monday, monday + dt.timedelta(6)
    if span == "month":
        date = add_months(published, int(coming))
        return _whole(date.year, date.month)
    year = published.year + coming
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def _part(g: dict[str, str | None], published: dt.date) -> tuple[dt.date, dt.date]:
    if g["pmonth"]:
        month = _month(g["pmonth"])
        whole = _whole(_year(month, g["pyear"], published), month)
    elif g["ponly"]:
        whole = dt.date(int(g["ponly"]), 1, 1), dt.date(int(g["ponly"]), 12, 31)
    else:
        coming = (g["pnext"] or "").lower() in ("next", "coming")
        whole = _span((g["pspan"] or "").lower(), coming, published)
    which = {"start": 0, "beginning": 0, "turn": 2, "middle": 1, "end": 2, "close": 2}
    return _slice(whole, which[(g["part"] or "").lower()])


def _slice(whole: tuple[dt.date, dt.date], third: int) -> tuple[dt.date, dt.date]:
    """The first, middle or last part of a stretch of days; the last ends with it."""
    length = (whole[1] - whole[0]).days
    begin, end = (whole[0] + dt.timedelta(length * n // 3) for n in (third, third + 1))
    return begin, (whole[1] if third == 2 else end)
