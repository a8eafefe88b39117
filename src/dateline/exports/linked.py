"""Reads the linked events of a store for the exporters.

It asks for a DuckDB connection that has the store's views (`Store.connect`), and reads `events` with what
`links` and `tellings` say of how widely each was reported (docs/store.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from dateline.errors import DatelineError, Problem
from dateline.exports.dyads import Deed, Party, name
from dateline.exports.exported import UNREAL, Exported
from dateline.record import Event

if TYPE_CHECKING:
    import duckdb

AT_ONCE = 5_000
# Publishers and addresses stand in the order in which they reported.
_EVENTS = """
SELECT e.record, e.articles, e.publishers, told.passages, told.sources, told.urls,
  strftime(coded.started, '%Y-%m-%d')
FROM events AS e LEFT JOIN (
  SELECT l.event, sum(t.passages)::BIGINT AS passages,
    list(t.publisher ORDER BY t.published NULLS LAST, t.id) FILTER (t.publisher IS NOT NULL) AS sources,
    list(t.url ORDER BY t.published NULLS LAST, t.id) FILTER (t.url IS NOT NULL) AS urls
  FROM links AS l JOIN tellings AS t ON t.id = l.telling GROUP BY l.event
) AS told ON told.event = e.id
LEFT JOIN (
  SELECT t.id, r.started FROM tellings AS t JOIN articles AS a USING (article)
  JOIN batches AS b ON a.seq BETWEEN b.first_seq AND b.last_seq JOIN runs AS r USING (run)
) AS coded ON coded.id = e.telling
ORDER BY e.date NULLS LAST, e.id
"""
_DEEDS = """
SELECT CAST(date AS VARCHAR), date_precision, actor_code, actor_sector, recipient_code, recipient_sector,
  quad_code, event_scale, dead, aux
FROM events ORDER BY date NULLS LAST, id
"""


class Connects(Protocol):
    """What is asked of a store."""

    def connect(self) -> duckdb.DuckDBPyConnection:
        """A connection that has the store's views."""


def _rows(store: Connects, sql: str) -> Iterator[tuple[Any, ...]]:
    with store.connect() as connection:
        found = connection.execute(sql)
        while rows := found.fetchmany(AT_ONCE):
            yield from rows


def read_linked(store: Connects) -> Iterator[Exported]:
    """The store's events by day and key, with their tellings. Raises BAD_STORE for a damaged record."""
    decoder = msgspec.json.Decoder(Event)
    for record, articles, publishers, passages, sources, urls, coded in _rows(store, _EVENTS):
        try:
            event = decoder.decode(record)
            event = msgspec.structs.replace(event, coded_date=event.coded_date or coded or "")
        except msgspec.MsgspecError as error:
            raise DatelineError(Problem.BAD_STORE, "events", str(error)) from error
        distinct = list(dict.fromkeys(sources or ())), list(dict.fromkeys(urls or ()))
        yield Exported(event, passages or len(event.mentions), publishers, *distinct, articles)


def _parties(codes: str | None, sectors: str | None, party: Party) -> tuple[str, ...]:
    many = (codes or "").split("; ")
    theirs = (sectors or "").split("; ") + [""] * len(many)
    return tuple(sorted({n for c, s in zip(many, theirs, strict=False) if (n := name(c, s, party))}))


def read_deeds(store: Connects, party: Party) -> Iterator[Deed]:
    """What counting needs of the store's events that happened."""
    for date, precision, actor, by, recipient, to, quad, scale, dead, aux in _rows(store, _DEEDS):
        if UNREAL.isdisjoint((aux or "").split("; ")):
            sides = _parties(actor, by, party), _parties(recipient, to, party)
            yield Deed(date, precision, *sides, quad, scale, dead)
