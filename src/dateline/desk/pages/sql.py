"""SQL over the store, read-only and with a time limit."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BeforeValidator, Field

from dateline.desk.desk import Desk, TheDesk
from dateline.desk.filters import Filters
from dateline.errors import DatelineError

router = APIRouter()
SHOWN = 500  # rows
SECONDS = 10.0
LONGEST = 10_000  # characters

Sql = Annotated[str | None, BeforeValidator(lambda v: v.strip() or None), Field(max_length=LONGEST)]


def answer(desk: Desk, sql: str) -> dict[str, Any]:
    """The rows of one SELECT: `columns`, `rows` (500 at most), `more` (how many more there are).

    Raises BAD_QUERY, SLOW_QUERY.
    """
    found = desk.store.query(sql, SECONDS)
    rows = [list(row) for row, _ in zip(found, range(SHOWN), strict=False)]
    return {"columns": found.columns, "rows": rows, "more": len(found) - len(rows)}


class SqlQuery(Filters):
    """The filters are kept for the menu's links; `sql` is what is asked."""

    sql: Sql = None


@router.get("/sql", include_in_schema=False)
def page(request: Request, desk: TheDesk, asked: Annotated[SqlQuery, Query()]) -> HTMLResponse:
    """A box for SQL and what it gives."""
    context: dict[str, Any] = {"sql": asked.sql or "", "found": None, "fault": None}
    status = 200
    if asked.sql:
        try:
            context["found"] = answer(desk, asked.sql)
        except DatelineError as error:
            context["fault"], status = str(error), 400
    return desk.page(request, "sql.html", asked, context, status)


@router.get("/api/sql", tags=["sql"])
def api(desk: TheDesk, sql: Annotated[str, Query(max_length=LONGEST)]) -> dict[str, Any]:
    """The rows of one SELECT over the views of docs/store.md: read-only, 10 seconds, 500 rows."""
    return answer(desk, sql)
