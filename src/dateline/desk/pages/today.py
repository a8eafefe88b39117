"""What is new, what has changed, what nobody else confirms, and what is falling due."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BeforeValidator, Field

from dateline.desk.data import Data, Row
from dateline.desk.desk import TheDesk
from dateline.desk.filters import Filters, where
from dateline.desk.pages.events import COLUMNS
from dateline.desk.pages.ledger import falling_due
from dateline.ledger.columns import STATES

router = APIRouter()
SHOWN = 12  # rows of a part of the page
USUAL = 8  # spans of days before, whose mean is what is usual
# The log of the ratio of rates, in standard errors of counts (both raised by a half, so that zero has one).
_CHANGES = f"""
WITH told AS (
  SELECT first_published AS day, quad_code, event_scale,
    unnest(list_distinct(string_split(actor_code, '; '))) AS actor, recipient_code
  FROM events WHERE ({{where}}) AND first_published > ? AND first_published <= ?
), paired AS (
  SELECT *, unnest(list_distinct(string_split(recipient_code, '; '))) AS recipient FROM told
), counted AS (
  SELECT actor, recipient, count(*) FILTER (day > ?) AS now, count(*) FILTER (day <= ?) / {USUAL} AS usual,
    avg(event_scale) FILTER (day > ?) AS score_now, avg(event_scale) FILTER (day <= ?) AS score_usual
  FROM paired WHERE actor <> '' AND recipient <> '' AND actor <> recipient GROUP BY actor, recipient
)
SELECT *, (ln(now + 0.5) - ln(usual + 0.5)) / sqrt(1 / (now + 0.5) + 1 / ({USUAL} * usual + 0.5)) AS z
FROM counted ORDER BY abs(z) DESC, now DESC, actor, recipient LIMIT {SHOWN}
"""


class TodayQuery(Filters):
    """The filters, and how many days "new" reaches back."""

    days: Annotated[int, BeforeValidator(lambda v: 1 if v == "" else v), Field(ge=1, le=366)] = Field(
        1, description="How many days count as new."
    )


def _reported(data: Data, asked: Filters, since: dt.date, extra: str, order: str) -> list[Row]:
    condition = where(asked)
    condition.add("first_published > ? AND first_published <= ?", since, data.today)
    condition.add(extra)
    return data.rows(
        f"SELECT {COLUMNS} FROM events WHERE {condition.sql} ORDER BY {order}, id LIMIT {SHOWN}",
        condition.values,
    )


def today(data: Data, asked: TodayQuery) -> dict[str, Any]:
    """The parts of the page: `day`, `since`, `counts` (new events by quad class), `new`, `changes`, `claims`,
    `due` (pledges).

    `changes` are pairs of parties whose number of events in the span differs most from the mean of the
    eight spans before, by `z`, the difference of the logarithms in standard errors (Poisson counts).
    """
    day, span = data.today, dt.timedelta(days=asked.days)
    since = day - span
    condition = where(asked)
    counts = data.rows(
        f"SELECT quad_code, count(*) AS n FROM events WHERE {condition.sql} AND first_published > ? "
        "AND first_published <= ? GROUP BY quad_code ORDER BY quad_code",
        [*condition.values, since, day],
    )
    weighty = "publishers DESC, abs(event_scale) DESC, confidence DESC"
    return {
        "day": day,
        "since": since + dt.timedelta(days=1),
        "days": asked.days,
        "counts": {row["quad_code"]: row["n"] for row in counts},
        "new": _reported(data, asked, since, "TRUE", weighty),
        "changes": data.rows(
            _CHANGES.format(where=condition.sql),
            [*condition.values, since - USUAL * span, day, since, since, since, since],
        ),
        "claims": _reported(
            data,
            asked,
            day - 7 * span,
            "status = 'claimed' AND attribution <> ''",
            f"first_published DESC, {weighty}",
        ),
        "due": falling_due(data, asked, SHOWN),
    }


@router.get("/", include_in_schema=False)
def page(request: Request, desk: TheDesk, asked: Annotated[TodayQuery, Query()]) -> HTMLResponse:
    """The first page."""
    return desk.page(request, "today.html", asked, today(desk.data, asked) | {"states": STATES})


@router.get("/api/today", tags=["today"])
def api(desk: TheDesk, asked: Annotated[TodayQuery, Query()]) -> dict[str, Any]:
    """What is new, what has changed, what is claimed by one side only, what is falling due."""
    return today(desk.data, asked)
