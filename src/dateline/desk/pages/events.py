"""The events that the filters leave, as a list."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from dateline.desk.data import Data, paged
from dateline.desk.desk import TheDesk
from dateline.desk.downloads import csv_of
from dateline.desk.filters import Filters, Whole, where

router = APIRouter()
PAGE = 50  # events on a page
# What a list shows of an event; templates/parts.html reads these.
COLUMNS = (
    "id, date, enddate, date_precision, event, mode, aux, quad_code, event_scale, actor_code, actor_sector, "
    "actor_name, actor_text, recipient_code, recipient_sector, recipient_name, recipient_text, event_text, "
    "place, place_country, resolution, dead, injured, arrested, troops, attribution, tellings, publishers, "
    "status, confidence, first_published, first_publisher"
)


class EventsQuery(Filters):
    """The filters, and which page of the list."""

    page: Whole = 1


def events(data: Data, asked: EventsQuery) -> dict[str, Any]:
    """One page of the events, latest first: `total`, `page`, `pages`, `events`."""
    condition = where(asked)
    total = data.count(f"events WHERE {condition.sql}", condition.values)
    rows = data.rows(
        f"SELECT {COLUMNS} FROM events WHERE {condition.sql} "
        f"ORDER BY date DESC NULLS LAST, id LIMIT {PAGE} OFFSET ?",
        [*condition.values, (asked.page - 1) * PAGE],
    )
    return paged(total, asked.page, PAGE) | {"events": rows}


@router.get("/events", include_in_schema=False)
def page(request: Request, desk: TheDesk, asked: Annotated[EventsQuery, Query()]) -> HTMLResponse:
    """The list as a page."""
    return desk.page(request, "events.html", asked, events(desk.data, asked))


@router.get("/events.csv", include_in_schema=False)
def as_csv(desk: TheDesk, asked: Annotated[EventsQuery, Query()]) -> Response:
    """The events that the filters leave, latest first, as a file of at most 100,000 rows."""
    condition = where(asked)
    sql = f"FROM events WHERE {condition.sql} ORDER BY date DESC NULLS LAST, id"
    return csv_of(desk.data, "events", COLUMNS, sql, condition.values)


@router.get("/api/events", tags=["events"])
def api(desk: TheDesk, asked: Annotated[EventsQuery, Query()]) -> dict[str, Any]:
    """The events that the filters leave, latest first, 50 a page."""
    return events(desk.data, asked)
