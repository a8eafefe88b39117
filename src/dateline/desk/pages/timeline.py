"""Events by day, week, month or year, coloured by quad class; what lies ahead is shown as such."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from dateline.desk.charts import BINS, bin_end, bin_start, choose_bin, stacked, strip
from dateline.desk.data import Data, Row
from dateline.desk.desk import TheDesk
from dateline.desk.filters import Filters, where
from dateline.desk.shown import number, quad_name

router = APIRouter()
# Shown where no days are asked for: so many days before today and after it, as far as there are events.
BEFORE, AFTER = 90, 30
_NOT = "contains(coalesce(aux, ''), 'negation')"
_AHEAD = "regexp_matches(coalesce(aux, ''), 'future|hypothetical') OR date > ?"
_OVERVIEW = f"""
SELECT date, count(*) FILTER (quad_code <= 2) AS up, count(*) FILTER (quad_code > 2) AS down
FROM events WHERE ({{where}}) AND date IS NOT NULL AND NOT {_NOT} GROUP BY date ORDER BY date
"""
# An event of several days stands at its first day in view; one known less exactly than a bar is in none.
_COUNTS = f"""
WITH sorted AS (
  SELECT quad_code, CASE
    WHEN date IS NULL THEN 'undated' WHEN {_NOT} THEN 'denied'
    WHEN date_precision NOT IN ({{precisions}}) THEN 'coarse'
    WHEN {_AHEAD} THEN 'ahead' ELSE 'happened' END AS kind,
    CASE WHEN kind IN ('ahead', 'happened') THEN date_trunc('{{bin}}', greatest(date, ?))::DATE END AS start
  FROM events WHERE ({{where}}) AND (date IS NULL OR (date <= ? AND coalesce(enddate, date) >= ?))
)
SELECT start, kind, quad_code, count(*) AS n FROM sorted GROUP BY ALL ORDER BY ALL
"""


def timeline(data: Data, asked: Filters) -> dict[str, Any]:
    """The bars of the timeline.

    `bin` is `day`, `week`, `month` or `year` after the length of the span `since` to `until`; `bins` are
    those with events: `start`, `end` (days, both within), `happened` and `ahead`, the numbers of events by
    quad class 1 to 4. Ahead are the future and the hypothetical ones, and all after `today`. In no bar are
    `left_out`: `denied` (said not to have happened), `undated`, `coarse` (known less exactly than a bar is
    wide). `before` and `after` are numbers of events outside the span, `overview` has them by bins too, and
    `whole` is the span of all. Where no days are asked for, those of 90 days before today to 30 days after
    it are shown as far as there are events, or all where there are none.
    """
    open_ended = asked.model_copy(update={"since": None, "until": None})
    condition = where(open_ended)
    days = data.rows(_OVERVIEW.format(where=condition.sql), condition.values)
    first, last = _span(days, asked, data.today)
    bin = choose_bin(first, last)
    found = data.rows(
        _COUNTS.format(where=condition.sql, bin=bin, precisions=", ".join(f"'{p}'" for p in BINS[bin])),
        [data.today, first, *condition.values, last, first],
    )
    bins: dict[dt.date, dict[str, Any]] = {}
    left_out = {"denied": 0, "undated": 0, "coarse": 0}
    for row in found:
        if row["start"] is None:
            left_out[row["kind"]] += row["n"]
            continue
        start = row["start"]
        blank = {"start": start, "end": bin_end(bin, start), "happened": [0] * 4, "ahead": [0] * 4}
        bins.setdefault(start, blank)[row["kind"]][row["quad_code"] - 1] = row["n"]
    sums = [(row["date"], row["up"] + row["down"]) for row in days]
    return {
        "since": first,
        "until": last,
        "today": data.today,
        "bin": bin,
        "bins": [bins[start] for start in sorted(bins)],
        "left_out": left_out,
        "before": sum(n for day, n in sums if day < first),
        "after": sum(n for day, n in sums if day > last),
        "whole": {"since": days[0]["date"], "until": days[-1]["date"]} if days else None,
        "overview": _overview(days, first, last),
    }


def _span(days: list[Row], asked: Filters, today: dt.date) -> tuple[dt.date, dt.date]:
    """The days to show: those asked for, else those around today with events, else all with events."""
    around = [row["date"] for row in days if -BEFORE < (row["date"] - today).days <= AFTER]
    known = around or [row["date"] for row in days] or [asked.until or asked.since or today]
    first, last = known[0], known[-1]
    return asked.since or min(first, asked.until or first), asked.until or max(last, asked.since or last)


def _overview(days: list[Row], first: dt.date, last: dt.date) -> dict[str, Any]:
    """All that there is, in the bins that its span asks for; no wider than ten times what is shown."""
    room = max(30, (last - first).days * 5)
    earliest, latest = _shift(first, -room), _shift(last, room)
    near = [row for row in days if earliest <= row["date"] <= latest] or days[:1]
    if not near:
        return {"bin": "day", "since": first, "until": last, "bins": []}
    begin, end = min(near[0]["date"], first), max(near[-1]["date"], last)
    bin = choose_bin(begin, end)
    sums: dict[dt.date, list[int]] = {}
    for row in near:
        pair = sums.setdefault(bin_start(bin, row["date"]), [0, 0])
        pair[0] += row["up"]
        pair[1] += row["down"]
    return {
        "bin": bin,
        "since": begin,
        "until": end,
        "bins": [{"start": start, "cooperation": up, "conflict": down} for start, (up, down) in sums.items()],
    }


def _shift(day: dt.date, days: int) -> dt.date:
    """A day so many days later, or the calendar's end."""
    return dt.date.fromordinal(min(max(day.toordinal() + days, 1), dt.date.max.toordinal()))


def spans(found: dict[str, Any]) -> dict[str, tuple[dt.date, dt.date]]:
    """Where one may go from the span shown: `earlier`, `later`, `out` (twice as wide), `in` (half)."""
    first, last = found["since"], found["until"]
    length = max(1, (last - first).days + 1)
    half, quarter = -(-length // 2), length // 4
    return {
        "earlier": (_shift(first, -half), _shift(last, -half)),
        "later": (_shift(first, half), _shift(last, half)),
        "out": (_shift(first, -half), _shift(last, half)),
        "in": (_shift(first, quarter), max(_shift(first, quarter), _shift(last, -quarter))),
    }


def bin_name(bin: str, start: dt.date) -> str:
    """A bar's time in words: "12 March 2024", "week of 11 March 2024", "March 2024", "2024"."""
    month = calendar.month_name[start.month]
    if bin == "year":
        return str(start.year)
    if bin == "month":
        return f"{month} {start.year}"
    return f"{'week of ' if bin == 'week' else ''}{start.day} {month} {start.year}"


def words(one: dict[str, Any]) -> str:
    """A bar's numbers in words: "3 material conflict; 1 verbal cooperation ahead"."""
    said = [
        f"{number(n)} {quad_name(quad)}{after}"
        for kind, after in (("happened", ""), ("ahead", " ahead"))
        for quad, n in enumerate(one[kind], 1)
        if n
    ]
    return "; ".join(said)


@router.get("/timeline", include_in_schema=False)
def page(request: Request, desk: TheDesk, asked: Annotated[Filters, Query()]) -> HTMLResponse:
    """The timeline as a page."""
    found = timeline(desk.data, asked)
    for one in found["bins"]:
        one["name"] = bin_name(found["bin"], one["start"])
        one["words"] = words(one)
        one["query"] = asked.query(since=one["start"], until=one["end"])
    context = {
        "found": found,
        "chart": stacked(found),
        "strip": strip(found),
        "spans": spans(found),
        "shown": sum(sum(one["happened"]) + sum(one["ahead"]) for one in found["bins"]),
    }
    return desk.page(request, "timeline.html", asked, context)


@router.get("/api/timeline", tags=["timeline"])
def api(desk: TheDesk, asked: Annotated[Filters, Query()]) -> dict[str, Any]:
    """Numbers of events by day, week, month or year and quad class; what lies ahead counted apart."""
    return timeline(desk.data, asked)
