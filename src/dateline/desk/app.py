"""The desk as a web application: its routes, its errors, its guard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from dateline import __version__
from dateline.desk.desk import FOLDER, Desk
from dateline.desk.filters import Filters
from dateline.desk.pages import (
    api,
    article,
    articles,
    corrections,
    events,
    ledger,
    map,
    network,
    record,
    sql,
    timeline,
    today,
)
from dateline.desk.security import Guard
from dateline.errors import DatelineError, Problem
from dateline.ingest import ArticleStore

PAGES = (
    today, timeline, network, map, ledger, events, record, articles, article, corrections, sql, api,
)  # fmt: skip
_STATUS = {Problem.SLOW_QUERY: 503, Problem.BAD_QUERY: 400, Problem.BAD_CORRECTION: 422}


def make_app(
    store: ArticleStore,
    *,
    author: str,
    today: dt.date | None = None,
    names: Iterable[str] = (),
    password: str | None = None,
) -> ASGIApp:
    """The desk over a store, to be served by uvicorn or any ASGI server.

    `author` signs corrections, `today` is the day that "new" is reckoned from (the store's last day of
    publication where it is None), `names` are hosts by which the desk may be called beside loopback ones,
    `password` is asked for where there is one.
    """
    app = FastAPI(
        title="Dateline desk",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.state.desk = Desk(store, author, today)
    for page in PAGES:
        app.include_router(page.router)
    app.mount("/static", StaticFiles(directory=FOLDER / "static"), name="static")
    app.add_exception_handler(DatelineError, _failed)
    app.add_exception_handler(RequestValidationError, _asked_wrongly)
    app.add_exception_handler(HTTPException, _no_page)
    return Guard(app, names, password)


def _answer(request: Request, status: int, title: str, lines: list[str]) -> Response:
    """What went wrong, as a page, or as JSON to who asked the API."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": title, "detail": lines}, status)
    desk: Desk = request.app.state.desk
    return desk.page(
        request, "error.html", Filters.model_validate({}), {"title": title, "lines": lines}, status
    )


async def _failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, DatelineError)
    return _answer(request, _STATUS.get(error.problem, 500), "That could not be done", [str(error)])


async def _asked_wrongly(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    lines = []
    for one in error.errors():
        # A list's item is named by its number, after the list.
        name = [part for part in one["loc"] if isinstance(part, str)][-1]
        lines.append(f"{name}: {one['msg'].removeprefix('Value error, ')}")
    return _answer(request, 422, "The address asks for something that cannot be", lines)


async def _no_page(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _answer(request, error.status_code, "There is nothing here", [str(error.detail)])
