"""A record: what an event's best values are, who tells it how, how that changed, and how to cite it."""

from __future__ import annotations

import datetime as dt
import json
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.encoders import jsonable_encoder
from fastapi.responses import RedirectResponse, Response

from dateline.desk.citation import citation
from dateline.desk.correcting import choices
from dateline.desk.data import Data, Row
from dateline.desk.desk import Desk, TheDesk
from dateline.desk.downloads import csv_file, json_file
from dateline.desk.fields import event_of, heading, shown
from dateline.desk.filters import Filters, Whole
from dateline.desk.history import drawing, history
from dateline.desk.marks import Mark, pieces
from dateline.desk.pages import corrections
from dateline.flat import COLUMNS, SIZES
from dateline.flat import row as flat_row
from dateline.record import Event

router = APIRouter()
PAGE = 6  # tellings side by side
TOLD = 500  # tellings of which the history is shown
COPIES = 50
_EVENT = """
SELECT id, telling, first_published, first_publisher, tellings, articles, publishers, status, support,
  conflicts, confidence, record
FROM events WHERE id = ?
"""
_TOLD = f"""
SELECT t.id AS telling, t.article, t.doc, t.title, t.url, t.publication, t.publisher, t.published,
  t.attribution, t.aux, {", ".join(f"t.{name}" for name in SIZES)}, l.score, l.why AS link_why,
  l."with" AS linked_with, t.confidence, t.record
FROM links AS l JOIN tellings AS t ON t.id = l.telling WHERE l.event = ?
ORDER BY t.published NULLS LAST, t.id LIMIT {TOLD}
"""
_COPIES = f"""
SELECT article, copy_of, title, publisher, published FROM stored_articles
WHERE copy_of IN (SELECT unnest(?)) ORDER BY published NULLS LAST, seq LIMIT {COPIES}
"""
_RUNS = """
SELECT DISTINCT b.run, r.version, r.started
FROM stored_articles AS a JOIN batches AS b ON a.seq BETWEEN b.first_seq AND b.last_seq
  LEFT JOIN runs AS r ON r.run = b.run
WHERE a.article IN (SELECT unnest(?)) ORDER BY r.started NULLS FIRST, b.run
"""
_REJECTED = """
SELECT t.article FROM machine_events AS e JOIN machine_tellings AS t ON t.id = e.telling WHERE e.id = ?
"""
_HISTORY = ("telling", "article", "published", "publisher", "attribution", "aux", *SIZES)
# By what name `support` and `conflicts` of an event go for a field.
_SUPPORT = {"event": "act", "mode": "act"}
_STATUS = {
    "denied": "A telling denies that it happened.",
    "reported": "Several independent publishers tell of it, and not all of them by one source's word.",
    "claimed": "Only one publisher tells of it, or all that do have it from one and the same source.",
}


class RecordQuery(Filters):
    """The filters go along; which page of the tellings."""

    page: Whole = 1


def record(data: Data, id: str, asked: RecordQuery, retrieved: dt.date) -> dict[str, Any]:
    """A linked event: `event` (its row), `heading`, `fields` (best values, each with the tellings behind it),
    `tellings` of the page, side by side, `history`, `copies`, `corrections`, `status`, `citation`, `record`.

    Raises `HTTPException` 404 where there is no such event.
    """
    row, best, told, records = _read(data, id)
    support: dict[str, list[str]] = json.loads(row.pop("support") or "{}")
    conflicts: dict[str, list[Row]] = json.loads(row.pop("conflicts") or "{}")
    articles = list(dict.fromkeys(one["article"] for one in told))
    copies = data.rows(_COPIES, [articles])
    runs = data.rows(_RUNS, [articles])
    first = (asked.page - 1) * PAGE
    fields = [
        one.to_dict() | {"behind": support.get(_SUPPORT.get(one.name, one.name), [])} for one in shown(best)
    ]
    said = {field["name"]: _said(best, field) for field in fields}
    return {
        "event": row,
        "heading": heading(best),
        "fields": fields,
        "status": {"is": row["status"], "because": _STATUS[row["status"]]},
        "conflicts": conflicts,
        "page": asked.page,
        "pages": max(1, -(-len(told) // PAGE)),
        "shown_of": [len(told), row["tellings"]],
        "tellings": [
            _telling(one, event, said)
            for one, event in list(zip(told, records, strict=True))[first : first + PAGE]
        ],
        "history": history([{name: one[name] for name in _HISTORY} for one in told]),
        "copies": copies,
        "corrections": corrections.listed(data, "attached_event = ? OR event = ?", [id, id]),
        "runs": runs,
        "citation": citation(best, _each(told), runs, _people(best, records), retrieved),
        "record": best.to_dict(),
    }


def _read(data: Data, id: str) -> tuple[Row, Event, list[Row], list[Event]]:
    """An event's row and record, and its tellings' rows and records, oldest first."""
    row = data.row(_EVENT, [id])
    if row is None:
        raise HTTPException(404, "No event of the store has this id.")
    best = event_of(row.pop("record"))
    told = data.rows(_TOLD, [id])
    return row, best, told, [event_of(one.pop("record")) for one in told]


def _said(event: Event, field: dict[str, Any]) -> str:
    """What a field says, to compare tellings by: of the act, the type, not the words that name it."""
    if field["name"] == "event":
        return "; ".join(event.event)
    return "; ".join(value["text"] for value in field["values"])


def _telling(row: Row, event: Event, best: dict[str, str]) -> dict[str, Any]:
    """A telling as a column: `row`, `sentence` (pieces, the act marked), `fields`, each with
    `differs`, `record`."""
    fields = {}
    for one in shown(event):
        field = one.to_dict()
        fields[one.name] = field | {"differs": _said(event, field) != best[one.name]}
    return {"row": row, "sentence": _sentence(event), "fields": fields, "record": event.to_dict()}


def _sentence(event: Event) -> list[dict[str, Any]]:
    """The sentence cut at the acts: `text`, `act`."""
    start = event.text_info.start
    acts = [
        Mark(max(m.trigger_start - start, 0), m.trigger_end - start, "act")
        for m in event.mentions
        if start <= m.trigger_start and m.trigger_end <= start + len(event.text)
    ]
    return [
        {"text": one.text, "act": bool(one.layers)} for one in pieces(event.text, 0, len(event.text), acts)
    ]


def _each(told: list[Row]) -> list[Row]:
    """The articles of tellings, each once."""
    return list({row["article"]: row for row in reversed(told)}.values())[::-1]


def _people(best: Event, records: list[Event]) -> list[str]:
    """Who decided a field of the record or of a telling."""
    found = (why for event in (best, *records) for why in event.why.values() if why.startswith("person: "))
    return sorted({why.removeprefix("person: ").rpartition(", ")[0] for why in found})


def _elsewhere(desk: Desk, id: str, asked: Filters) -> Response | None:
    """Where a telling's id leads: to its event, or, if a person has rejected it, to its article."""
    linked = desk.data.row("SELECT event FROM links WHERE telling = ?", [id])
    if linked:
        return RedirectResponse(f"/record/{linked['event']}{asked.kept()}", 307)
    gone = desk.data.row("SELECT article FROM machine_tellings WHERE id = ?", [id])
    gone = gone or desk.data.row(_REJECTED, [id])
    return RedirectResponse(f"/article/{gone['article']}", 307) if gone else None


@router.get("/record/{id}.csv", include_in_schema=False)
def as_csv(desk: TheDesk, id: str) -> Response:
    """The event and its tellings as rows, in the columns of `dateline code --format csv`."""
    _, best, _, records = _read(desk.data, id)
    rows = (["telling" if n else "event", *flat_row(one).values()] for n, one in enumerate((best, *records)))
    return csv_file(id, ["row", *COLUMNS], rows)


@router.get("/record/{id}.json", include_in_schema=False)
def as_json(desk: TheDesk, id: str, asked: Annotated[RecordQuery, Query()]) -> Response:
    """What the page shows, as a file."""
    return json_file(id, jsonable_encoder(record(desk.data, id, asked, dt.date.today())))


@router.get("/record/{id}", include_in_schema=False)
def page(request: Request, desk: TheDesk, id: str, asked: Annotated[RecordQuery, Query()]) -> Response:
    """The record as a page; a telling's id leads to its event."""
    try:
        found = record(desk.data, id, asked, dt.date.today())
    except HTTPException:
        if elsewhere := _elsewhere(desk, id, asked):
            return elsewhere
        raise
    context = {"drawing": drawing(found["history"]), "choices": choices()}
    return desk.page(request, "record.html", asked, found | context)


@router.get("/api/record/{id}", tags=["events"])
def api(desk: TheDesk, id: str, asked: Annotated[RecordQuery, Query()]) -> dict[str, Any]:
    """A linked event with its tellings side by side, its history, and its citation."""
    return record(desk.data, id, asked, dt.date.today())
