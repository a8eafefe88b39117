"""The articles that tell of the events that the filters leave, as a list."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import Field

from dateline.desk.data import Data, paged
from dateline.desk.desk import TheDesk
from dateline.desk.downloads import csv_of
from dateline.desk.filters import Filters, Where, Whole, Words, where

router = APIRouter()
PAGE = 50  # articles on a page
# Superseded versions and copies stand with the article that tells.
_CURRENT = "copy_of IS NULL AND article NOT IN (SELECT article FROM versions WHERE superseded_by IS NOT NULL)"
_COLUMNS = "article, doc, title, publisher, published, events, characters, url"
_OTHERS = """
SELECT coalesce(copy_of, version_of) AS of, count(*) FILTER (copy_of IS NOT NULL) AS copies,
  count(*) FILTER (copy_of IS NULL) AS versions
FROM stored_articles
WHERE copy_of IN (SELECT unnest(?)) OR (copy_of IS NULL AND version_of IN (SELECT unnest(?)))
GROUP BY ALL
"""


class ArticlesQuery(Filters):
    """The filters, words of the title, and which page of the list."""

    title: Words = Field(None, description="Part of the article's title.")
    page: Whole = 1


def _condition(asked: ArticlesQuery) -> Where:
    found = Where()
    found.add(_CURRENT)
    if asked.described():
        fits = where(asked)
        found.add(
            "article IN (SELECT t.article FROM links AS l JOIN tellings AS t ON t.id = l.telling "
            f"WHERE l.event IN (SELECT id FROM events WHERE {fits.sql}))",
            *fits.values,
        )
    if asked.publisher:
        found.add("publisher = ?", asked.publisher)
    if asked.title:
        found.add("contains(lower(title), ?)", asked.title.lower())
    return found


def articles(data: Data, asked: ArticlesQuery) -> dict[str, Any]:
    """One page of the articles, latest first: `total`, `page`, `pages`, `articles`.

    Each with `events` (its tellings), `copies` and `versions` (other articles that are one of it).
    """
    condition = _condition(asked)
    total = data.count(f"stored_articles WHERE {condition.sql}", condition.values)
    rows = data.rows(
        f"SELECT {_COLUMNS}, coalesce(version_of, article) AS root FROM stored_articles "
        f"WHERE {condition.sql} ORDER BY published DESC NULLS LAST, seq DESC LIMIT {PAGE} OFFSET ?",
        [*condition.values, (asked.page - 1) * PAGE],
    )
    keys = [row["article"] for row in rows]
    roots = [row["root"] for row in rows]
    others = {row["of"]: row for row in data.rows(_OTHERS, [keys, roots])} if rows else {}
    for row in rows:
        row["copies"] = others.get(row["article"], {}).get("copies", 0)
        # The first version is not counted among those that are one of it, but this one is, if it is later.
        row["versions"] = others.get(row.pop("root"), {}).get("versions", 0)
    return paged(total, asked.page, PAGE) | {"articles": rows}


@router.get("/articles", include_in_schema=False)
def page(request: Request, desk: TheDesk, asked: Annotated[ArticlesQuery, Query()]) -> HTMLResponse:
    """The list as a page."""
    context = articles(desk.data, asked) | {"kept": desk.store.keep_text}
    return desk.page(request, "articles.html", asked, context)


@router.get("/articles.csv", include_in_schema=False)
def as_csv(desk: TheDesk, asked: Annotated[ArticlesQuery, Query()]) -> Response:
    """The articles that tell of the events that fit, latest first, as a file of at most 100,000 rows."""
    condition = _condition(asked)
    sql = f"FROM stored_articles WHERE {condition.sql} ORDER BY published DESC NULLS LAST, seq DESC"
    return csv_of(desk.data, "articles", _COLUMNS, sql, condition.values)


@router.get("/api/articles", tags=["articles"])
def api(desk: TheDesk, asked: Annotated[ArticlesQuery, Query()]) -> dict[str, Any]:
    """The articles that tell of the events that the filters leave, latest first, 50 a page."""
    return articles(desk.data, asked)
