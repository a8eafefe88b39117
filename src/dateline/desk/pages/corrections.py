"""Corrections: taken in from forms and from the JSON API, and listed."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote, urlsplit

import msgspec
from fastapi import APIRouter, Body, Depends, Query, Request
from fastapi.responses import RedirectResponse, Response

from dateline.desk.correcting import Form, corrections_of, described
from dateline.desk.data import Data, Row
from dateline.desk.desk import AUTHOR, TheDesk, author_of
from dateline.desk.fields import event_of
from dateline.desk.filters import Words
from dateline.errors import DatelineError, Problem
from dateline.store.corrections import Correction
from dateline.store.schema import CORRECTIONS

router = APIRouter()
LISTED = 1_000
_YEAR = 366 * 24 * 3600  # seconds for which the author's name is remembered
_COLUMNS = ", ".join(f'"{name}"' for name in CORRECTIONS.names)


def listed(data: Data, condition: str, values: list[object]) -> list[Row]:
    """Corrections of which a condition over the view of them holds, and their undoings, oldest first."""
    rows = data.rows(
        f"WITH chosen AS (SELECT * FROM corrections WHERE {condition}) "
        f"SELECT {_COLUMNS} FROM corrections WHERE id IN (SELECT id FROM chosen) "
        f'OR undoes IN (SELECT id FROM chosen) ORDER BY "at", id LIMIT {LISTED}',
        values,
    )
    by_id = {row["id"]: row for row in rows}
    return [described(row, by_id) for row in rows]


def _here(address: str | None) -> str:
    """An address of the desk to go back to; the first page where it is another's."""
    given = address or "/"
    parts = urlsplit(given.replace("\\", "/"))
    ours = not parts.scheme and not parts.netloc and given.startswith("/") and not given.startswith("//")
    return given if ours and given.isprintable() else "/"


async def _form(request: Request) -> Form:
    return Form.read(await request.body())


@router.post("/corrections", include_in_schema=False)
def take(request: Request, desk: TheDesk, form: Annotated[Form, Depends(_form)]) -> Response:
    """Takes in what a form corrects, and goes back to the page that it stands on."""
    author = form.one("author") or author_of(request, desk)
    telling, event = form.one("telling"), None
    back = _here(form.one("back"))
    if form.one("kind") == "author":
        return _signed(RedirectResponse(back, 303), author)
    if telling and form.one("kind") == "correct":
        row = desk.data.row("SELECT record FROM tellings WHERE id = ?", [telling])
        if row is None:
            raise DatelineError(
                Problem.BAD_CORRECTION, "telling", f"there is no current telling {telling!r:.60}"
            )
        event = event_of(row["record"])
    given = corrections_of(form, author, event)
    done = desk.store.review_all(given) if given else []
    if done and done[0].kind == "add":
        telling = done[0].telling
    answer = RedirectResponse(f"{back}#{telling}-record" if telling and "#" not in back else back, 303)
    return _signed(answer, author)


def _signed(answer: Response, author: str) -> Response:
    """An answer that lets the browser remember who corrects."""
    answer.set_cookie(AUTHOR, quote(author[:200], safe=""), max_age=_YEAR, httponly=True, samesite="strict")
    return answer


@router.post("/api/corrections", tags=["corrections"], status_code=201)
def make(
    request: Request,
    desk: TheDesk,
    correction: Annotated[
        dict[str, Any],
        Body(
            description="`kind` (confirm, correct, reject, add, state, reviewed, undo) and what it needs: "
            "`telling`, `field` and `new`; `article`, `trigger_start`, `trigger_end`, `event_type` and "
            "`new`; `undoes`; "
            "`author` and `note` where wanted."
        ),
    ],
) -> dict[str, Any]:
    """Takes in one correction, gives it back with what was filled in; needs the header x-csrf-token."""
    try:
        given = msgspec.convert({"author": author_of(request, desk), **correction}, Correction)
    except msgspec.ValidationError as error:
        raise DatelineError(Problem.BAD_CORRECTION, "body", str(error)) from error
    return desk.store.review(given).to_dict()


@router.get("/api/corrections", tags=["corrections"])
def api(
    desk: TheDesk,
    article: Annotated[Words, Query(description="Only those of the article of this key.")] = None,
    event: Annotated[Words, Query(description="Only those of the event of this id.")] = None,
    author: Annotated[Words, Query(description="Only those by this person.")] = None,
) -> dict[str, Any]:
    """People's corrections, oldest first, undone ones too."""
    parts: list[tuple[str, list[object]]] = [("TRUE", [])]
    if article:
        parts.append(("article = ?", [article]))
    if event:
        parts.append(("(event = ? OR attached_event = ?)", [event, event]))
    if author:
        parts.append(("author = ?", [author]))
    condition = " AND ".join(sql for sql, _ in parts)
    return {"corrections": listed(desk.data, condition, [v for _, values in parts for v in values])}
