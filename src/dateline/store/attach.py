"""Finds for each correction the record it applies to now, after recoding and in later versions too.

A record is found by its id; else in the same article, or in the version of it that counts now where the
passage's text is still there, by a trigger that overlaps and the type that was seen or that a person gave it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import duckdb
import msgspec
import pyarrow as pa

from dateline.knowledge import codebook
from dateline.record import Event
from dateline.store.corrections import Correction

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Attached:
    """Where a correction applies: the telling (None: nowhere), how it was found, the article that counts now,
    and by how much its offsets have moved."""

    telling: str | None = None
    method: str | None = None
    article: str | None = None
    shift: int = 0


@dataclass(slots=True)
class Found:
    """What the machine has now where people corrected: `articles` by key, its `tellings` by id, and the place
    of each correction by the correction's id."""

    articles: dict[str, Row] = field(default_factory=dict)
    tellings: dict[str, Row] = field(default_factory=dict)
    places: dict[str, Attached] = field(default_factory=dict)


@lru_cache(maxsize=50_000)
def event_of(record: str) -> Event:
    """A record from its JSON; not to be changed in place."""
    return msgspec.json.decode(record, type=Event)


def rows(connection: duckdb.DuckDBPyConnection, sql: str, **lists: Iterable[str | None]) -> list[Row]:
    """The rows of a query that reads lists of texts as tables NAME(id)."""
    for name, values in lists.items():
        connection.register(name, pa.table({"id": pa.array(sorted({v for v in values if v}), pa.string())}))
    found: list[Row] = connection.sql(sql).to_arrow_table().to_pylist()
    for name in lists:
        connection.unregister(name)
    return found


def attach(connection: duckdb.DuckDBPyConnection, given: Sequence[Correction]) -> Found:
    """Places corrections; `connection` has the machine's own views."""
    found = Found()
    current = _current(connection, given)
    keys = set(current.values())
    found.articles = {r["article"]: r for r in rows(connection, _ARTICLES, keys=keys)}
    found.tellings = {r["id"]: r for r in rows(connection, _TELLINGS, keys=keys)}
    by_article: dict[str, list[Row]] = {}
    for row in sorted(found.tellings.values(), key=lambda r: r["number"]):
        by_article.setdefault(row["article"], []).append(row)
    groups: dict[str, list[Correction]] = {}
    for correction in given:
        groups.setdefault(correction.telling or correction.id, []).append(correction)
    taken: set[str] = set()
    for group in groups.values():
        first = _first(group)
        article = current.get(first.article or "")
        place = _place(group, article, found, by_article.get(article or "", ()), taken)
        if place.telling:
            taken.add(place.telling)
        found.places |= {c.id: place for c in group}
    return found


_ARTICLES = "SELECT * EXCLUDE (signature, zones) FROM stored_articles WHERE article IN (SELECT id FROM keys)"
_TELLINGS = "SELECT * FROM tellings WHERE article IN (SELECT id FROM keys)"
_TELLS = "SELECT article, tells FROM articles WHERE article IN (SELECT id FROM given)"
_BY_DOC = (
    "SELECT doc, arg_max(tells, seq) AS tells FROM articles WHERE doc IN (SELECT id FROM docs) GROUP BY doc"
)


def _current(connection: duckdb.DuckDBPyConnection, given: Sequence[Correction]) -> dict[str, str]:
    """For each article of a correction the one that counts now; by its `doc` where the store has it not."""
    keys = {c.article for c in given if c.article}
    current: dict[str, str] = {r["article"]: r["tells"] for r in rows(connection, _TELLS, given=keys)}
    strange = {c.article: c.doc for c in given if c.article and c.article not in current and c.doc}
    if strange:
        by_doc = {r["doc"]: r["tells"] for r in rows(connection, _BY_DOC, docs=strange.values())}
        current |= {article: by_doc[doc] for article, doc in strange.items() if doc in by_doc}
    return current


def _first(group: Sequence[Correction]) -> Correction:
    """The correction that says where a record stands: the one that added it, else the first."""
    return next((c for c in group if c.kind == "add"), group[0])


def _place(
    group: Sequence[Correction],
    article: str | None,
    found: Found,
    candidates: Sequence[Row],
    taken: set[str],
) -> Attached:
    first = _first(group)
    if article is None or (first.kind == "add" and first.event_type not in codebook.event_types()):
        return Attached()
    if first.kind == "reviewed":
        # Who has read one version has not read another.
        return Attached(None, "article", article) if article == first.article else Attached()
    if first.telling in found.tellings:
        return Attached(first.telling, "id", found.tellings[first.telling]["article"])
    shift, method = _moved(first, found.articles.get(article))
    if shift is None:
        near = [r for r in candidates if first.words and r["signature"] == first.words] if not method else []
    else:
        span = (first.trigger_start or 0) + shift, (first.trigger_end or 0) + shift
        near = sorted((r for r in candidates if _overlap(r, span)), key=lambda r: -_overlap(r, span))
    types = _types(group)
    near = [r for r in near if types & set(event_of(r["record"]).event)]
    adds = first.kind == "add"
    if near and not (adds and first.old):
        chosen = next((r for r in near if r["id"] not in taken), near[0])
        # The words moved with the record's own passage.
        moved = shift if shift is not None else chosen["start"] - (first.start or 0)
        return Attached(chosen["id"], method or "words", article, moved)
    if adds and shift is not None:
        return Attached(first.telling, "added" if article == first.article else "version", article, shift)
    return Attached()


def _moved(correction: Correction, article: Row | None) -> tuple[int | None, str | None]:
    """By how much a passage has moved in the article that counts now, and how that is known; None: unknown.

    With no method the words of the record may still be compared, where the store keeps no text.
    """
    if article is None or correction.trigger_start is None:
        return None, "lost"
    if article["article"] == correction.article:
        return 0, "passage"
    if correction.passage is None or article["text"] is None:
        return None, None
    start = correction.start or 0
    places = _occurrences(article["text"], correction.passage)
    if not places:
        return None, "lost"
    return min((at - start for at in places), key=abs), "version"


def _occurrences(text: str, passage: str) -> list[int]:
    found, at = [], text.find(passage) if passage else -1
    while at >= 0:
        found.append(at)
        at = text.find(passage, at + 1)
    return found


def _overlap(row: Row, span: tuple[int, int]) -> int:
    """How many characters a telling's triggers have in common with a span."""
    common = (
        min(m.trigger_end, span[1]) - max(m.trigger_start, span[0]) for m in event_of(row["record"]).mentions
    )
    return max(0, max(common, default=0))


def _types(group: Sequence[Correction]) -> set[str]:
    """The types that the record may have: the one that was seen, and those that people gave it."""
    types: set[str] = set()
    for correction in group:
        if correction.event_type:
            types.add(correction.event_type)
        if correction.field == "event":
            types.update(correction.new or ())
        elif isinstance(correction.new, Mapping):
            types.update(correction.new.get("event") or ())
    return types
