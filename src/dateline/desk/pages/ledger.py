"""The ledger of pledges: what was promised, offered, planned, threatened, demanded, and what became of it."""

from __future__ import annotations

import datetime as dt
import json
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BeforeValidator, Field

from dateline.desk.data import Data, Row, paged
from dateline.desk.desk import TheDesk
from dateline.desk.filters import Day, Filters, Whole, many, one_of, where
from dateline.ledger.columns import KINDS, STATES

router = APIRouter()
PAGE = 40  # pledges on a page
_COLUMNS = (
    "event, telling, article, kind, who, who_code, who_sector, to_whom, to_whom_code, to_whom_sector, what, "
    "how_much, condition, due_text, due_first, due_last, said_by, place, publisher, made_on, publishers, "
    "renewals, renewed_on, outcome_on, evidence, state, proposed, state_by"
)
# Of pledges that may still come about the nearest first, then what became of the others, latest first.
_ORDER = """
CASE state WHEN 'due' THEN 0 WHEN 'open' THEN 1 ELSE 2 END,
CASE WHEN state IN ('due', 'open') THEN due_last END NULLS LAST,
outcome_on DESC NULLS LAST, made_on DESC, event
"""
State = Annotated[str, BeforeValidator(one_of(STATES))]
Kind = Annotated[str, BeforeValidator(one_of(KINDS))]


class LedgerQuery(Filters):
    """The filters, of the pledge's own event, and what the ledger asks beside."""

    state: Annotated[list[State], BeforeValidator(many)] = Field(
        [], description=f"How the pledge stands: {', '.join(STATES)}."
    )
    kind: Annotated[list[Kind], BeforeValidator(many)] = Field(
        [], description=f"What was given: {', '.join(KINDS)}."
    )
    as_of: Day = Field(None, description="The day on which the states are asked for.")
    page: Whole = 1


def pledges(asked: Filters, as_of: dt.date, extra: str, *values: object) -> tuple[str, list[object]]:
    """The rows of the ledger on a day that the filters and one more condition leave: SQL and its values."""
    condition, own = where(asked), [as_of, *values]
    if not condition.parts:
        # Of all events none need be looked for.
        return f"FROM ledger_on(?::DATE) WHERE {extra}", own
    chosen = f"event IN (SELECT id FROM events WHERE {condition.sql})"
    return f"FROM ledger_on(?::DATE) WHERE ({extra}) AND {chosen}", [*own, *condition.values]


def ledger(data: Data, asked: LedgerQuery) -> dict[str, Any]:
    """One page of the ledger: `as_of`, `counts` (pledges by state), `total`, `page`, `pages`, `pledges`."""
    as_of = asked.as_of or data.today
    kinds = "list_contains(?, kind)" if asked.kind else "TRUE"
    rows, values = pledges(asked, as_of, kinds, *([asked.kind] if asked.kind else []))
    counts = {
        row["state"]: row["n"]
        for row in data.rows(f"SELECT state, count(*) AS n {rows} GROUP BY state", values)
    }
    if asked.state:
        rows, values = f"{rows} AND list_contains(?, state)", [*values, asked.state]
    total = sum(n for state, n in counts.items() if not asked.state or state in asked.state)
    found = data.rows(
        f"SELECT {_COLUMNS} {rows} ORDER BY {_ORDER} LIMIT {PAGE} OFFSET ?",
        [*values, (asked.page - 1) * PAGE],
    )
    return {
        "as_of": as_of,
        "counts": {state: counts.get(state, 0) for state in STATES},
        **paged(total, asked.page, PAGE),
        "pledges": list(map(_read, found)),
    }


def falling_due(data: Data, asked: Filters, shown: int) -> list[Row]:
    """The pledges that are due on the desk's day, the nearest first."""
    rows, values = pledges(asked, data.today, "state = 'due'")
    found = data.rows(f"SELECT {_COLUMNS} {rows} ORDER BY due_last, event LIMIT {shown}", values)
    return list(map(_read, found))


def _read(row: Row) -> Row:
    """A row with its JSON columns read."""
    return row | {
        name: json.loads(row[name] or empty) for name, empty in (("evidence", "[]"), ("how_much", "{}"))
    }


@router.get("/ledger", include_in_schema=False)
def page(request: Request, desk: TheDesk, asked: Annotated[LedgerQuery, Query()]) -> HTMLResponse:
    """The ledger as a page."""
    context = ledger(desk.data, asked) | {"states": STATES, "kinds": KINDS}
    return desk.page(request, "ledger.html", asked, context)


@router.get("/api/ledger", tags=["ledger"])
def api(desk: TheDesk, asked: Annotated[LedgerQuery, Query()]) -> dict[str, Any]:
    """Pledges and how they stand, with the evidence, 40 a page."""
    return ledger(desk.data, asked)
