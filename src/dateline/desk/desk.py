"""What every view works with: the data, the templates, and the person who sits at the desk."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import unquote

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dateline import __version__
from dateline.desk.data import Data
from dateline.desk.filters import AUXES, STATUSES, Filters
from dateline.desk.shown import day, http_only, number, quad_name, safe, sides
from dateline.ingest import ArticleStore
from dateline.knowledge import codebook

FOLDER = Path(__file__).parent
AUTHOR = "dateline_author"  # the cookie that keeps the name of who corrects
# The views in the order of the menu: path, name.
MENU = (
    ("/", "Today"),
    ("/timeline", "Timeline"),
    ("/network", "Network"),
    ("/map", "Map"),
    ("/ledger", "Ledger"),
    ("/events", "Events"),
    ("/articles", "Articles"),
)


class Desk:
    """A store opened at a desk; `author` signs corrections where the form does not say who does."""

    def __init__(self, store: ArticleStore, author: str, today: dt.date | None = None) -> None:
        self.store, self.author = store, author
        self.data = Data(store, today)
        self._templates = Environment(
            loader=FileSystemLoader(FOLDER / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters |= {
            "safe_text": safe,
            "day": day,
            "number": number,
            "http_only": http_only,
            "quad_name": quad_name,
            "sides": sides,
            "from_json": lambda text: json.loads(text) if text else None,
        }
        self._templates.globals |= {
            "menu": MENU,
            "version": __version__,
            "event_types": codebook.event_types(),
            "auxes": AUXES,
            "statuses": STATUSES,
            "quads": (1, 2, 3, 4),
        }

    def page(
        self, request: Request, template: str, filters: Filters, context: Mapping[str, Any], status: int = 200
    ) -> HTMLResponse:
        """A view as HTML. Templates see `filters`, `path`, `csrf`, `today`, `author`, and the context."""
        text = self._templates.get_template(template).render(
            filters=filters,
            path=request.url.path,
            csrf=request.state.csrf,
            today=self.data.today,
            author=author_of(request, self),
            offered=self.data.offered(),
            **context,
        )
        return HTMLResponse(text, status)


def author_of(request: Request, desk: Desk) -> str:
    """Who signs what this browser corrects: the name last given here, else the desk's own."""
    return unquote(request.cookies.get(AUTHOR, ""))[:200].strip() or desk.author


def _desk(request: Request) -> Desk:
    found: Desk = request.app.state.desk
    return found


# A route's parameter that gives it the desk.
TheDesk = Annotated[Desk, Depends(_desk)]
