"""An article: its text with what the records say marked in it, and the records field by field."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BeforeValidator, Field

from dateline.desk.correcting import choices
from dateline.desk.data import Data
from dateline.desk.desk import TheDesk
from dateline.desk.fields import event_of, heading, shown
from dateline.desk.filters import Filters, Whole, Words
from dateline.desk.layers import layer_marks
from dateline.desk.marks import KINDS, Mark, marks_of, paragraphs, part_of, parts, pieces
from dateline.desk.pages import corrections

router = APIRouter()
SIBLINGS = 50  # copies and versions that are listed
_ARTICLE = """
SELECT article, doc, version_of, copy_of, superseded_by, tells, title, published, url, publication, publisher,
  author, language, dateline_place, source, characters, words, events, text
FROM articles WHERE article = ?
"""
_TELLINGS = "SELECT id, number, record FROM {view} WHERE article = ? ORDER BY number, id"
_LINKED = """
SELECT l.telling, e.id, e.status, e.tellings, e.publishers
FROM links AS l JOIN events AS e ON e.id = l.event WHERE l.telling IN (SELECT unnest(?))
"""
_OTHERS = f"""
SELECT article, title, publisher, published, copy_of = ? AS is_copy FROM stored_articles
WHERE article <> ? AND (copy_of = ? OR (copy_of IS NULL AND coalesce(version_of, article) = ?))
ORDER BY published NULLS LAST, seq LIMIT {SIBLINGS}
"""

Layers = Annotated[str | None, BeforeValidator(lambda v: v or None), Field(pattern="^all$")]


class ArticleQuery(Filters):
    """The filters go along; `part` of a long text, or the one in which `event` is told; which `layers`."""

    part: Whole = 1
    event: Words = Field(None, description="The id of a telling: its part of the text is shown.")
    layers: Layers = Field(None, description="`all` marks every party, place, day, number and quotation too.")


def article(data: Data, key: str, asked: ArticleQuery) -> dict[str, Any]:
    """An article with its records: `article`, `text` of the part, `first`, `last` (its characters), `marks`,
    `events`, `others` (copies and versions), `corrections`. Raises `HTTPException` 404 where
    there is none of that key.

    Offsets are characters of the article's whole text. `events` are those told first in the
    part, of `told` in all; each has `telling` (its id), `linked` (the event), `heading`, `fields`, `record`.
    `headings` are of all that are marked, with the `part` where each is told first.
    """
    row = data.row(_ARTICLE, [key])
    if row is None:
        raise HTTPException(404, "No article of the store has this key.")
    text = row.pop("text")
    view = "all_tellings" if row["superseded_by"] else "tellings"
    tellings = [(one["id"], event_of(one["record"])) for one in data.rows(_TELLINGS.format(view=view), [key])]
    starts = [e.mentions[0].trigger_start if e.mentions else e.text_info.start for _, e in tellings]
    cut = parts(text, starts) if text is not None else [(0, row["characters"])]
    at = {id: part_of(cut, start) for (id, _), start in zip(tellings, starts, strict=True)}
    part = at[asked.event] if asked.event in at else min(asked.part, len(cut)) - 1
    first, last = cut[part]
    here = [(id, event) for id, event in tellings if at[id] == part]
    ids = [id for id, _ in here]
    linked = {one["telling"]: one for one in data.rows(_LINKED, [ids])} if ids else {}
    marks = marks_of(event for _, event in tellings)
    marks = [m for m in marks if m.start < last and m.end > first] if text is not None else []
    if asked.layers and text is not None:
        marks += _more(layer_marks(key, text, first, last, row["published"]), marks)
    marked = {id for mark in marks for id in mark.events}
    root = row["version_of"] or key
    return {
        "article": row,
        "text": None if text is None else text[first:last],
        "first": first,
        "last": last,
        "part": part + 1,
        "parts": len(cut),
        "marks": marks,
        "told": len(tellings),
        "headings": {
            id: heading(event) | {"part": at[id] + 1}
            for id, event in tellings
            if at[id] == part or id in marked
        },
        "events": [
            {
                "telling": id,
                "linked": {k: v for k, v in linked[id].items() if k != "telling"} if id in linked else None,
                "heading": heading(event),
                "fields": [one.to_dict() for one in shown(event)],
                "record": event.to_dict(),
            }
            for id, event in here
        ],
        "others": data.rows(_OTHERS, [key, key, key, root]),
        "corrections": corrections.listed(data, "article = ?", [key]),
    }


def _more(found: tuple[Mark, ...], known: list[Mark]) -> list[Mark]:
    """The marks of the layers that say more than the records' own."""
    sides = {(m.start, m.end) for m in known if m.kind in ("actor", "recipient")}
    taken = {(m.start, m.end, m.kind) for m in known}
    return [
        m
        for m in found
        if (m.start, m.end, m.kind) not in taken and not (m.kind == "party" and (m.start, m.end) in sides)
    ]


def _page(found: dict[str, Any]) -> dict[str, Any]:
    """What the template needs beside: the paragraphs in pieces, and the part's own events."""
    text, first = found["text"], found["first"]
    marks = [Mark(m.start - first, m.end - first, m.kind, m.events, m.note) for m in found["marks"]]
    return {
        "paragraphs": [pieces(text, a, b, marks) for a, b in paragraphs(text)] if text is not None else [],
        "kinds": _kinds(found["marks"]),
        "reviewed": [c for c in found["corrections"] if c["kind"] == "reviewed" and not c["undone"]],
    }


def _kinds(marks: list[Mark]) -> dict[str, str]:
    there = {m.kind for m in marks}
    return {kind: name for kind, name in KINDS.items() if kind in there}


@router.get("/article/{key}", include_in_schema=False)
def page(request: Request, desk: TheDesk, key: str, asked: Annotated[ArticleQuery, Query()]) -> HTMLResponse:
    """The article as a page."""
    found = article(desk.data, key, asked)
    # A copy or an old version has no records that count.
    context = {"choices": choices(), "correctable": found["article"]["tells"] == key}
    return desk.page(request, "article.html", asked, found | _page(found) | context)


@router.get("/article/{key}/text", include_in_schema=False)
def text(request: Request, desk: TheDesk, key: str, asked: Annotated[ArticleQuery, Query()]) -> HTMLResponse:
    """The legend and the text alone, which a script puts into the page when all layers are found."""
    found = article(desk.data, key, asked)
    if found["text"] is None:
        raise HTTPException(404, "This store keeps no text.")
    return desk.page(request, "article_text.html", asked, found | _page(found))


@router.get("/api/article/{key}", tags=["articles"])
def api(desk: TheDesk, key: str, asked: Annotated[ArticleQuery, Query()]) -> dict[str, Any]:
    """An article (a part of it, if it is long), what is marked in it, and its records field by field."""
    return article(desk.data, key, asked)
