"""The tables of a store: their columns and types, as docs/store.md describes them."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from dateline import flat
from dateline.ledger.columns import CHANGES
from dateline.ledger.columns import SCHEMA as PLEDGES

VERSION = 2  # of the layout; `migrations.py` brings older stores up to it

TEXT, WHOLE, REAL, DAY = pa.string(), pa.int64(), pa.float64(), pa.date32()
HASHES = pa.list_(pa.uint32())
_KINDS = {str: TEXT, int: WHOLE, float: REAL}
_DAYS = frozenset({"date", "enddate", "published"})

_NAMES = tuple(flat.COLUMNS)
# What a telling and an event have alike: `date` to `attribution` of the flat row.
FIELDS = _NAMES[_NAMES.index("date") : _NAMES.index("attribution") + 1]


def _kind(name: str) -> pa.DataType:
    return DAY if name in _DAYS else _KINDS[flat.COLUMNS[name][0]]


def _all(kind: pa.DataType, *names: str) -> list[tuple[str, pa.DataType]]:
    return [(name, kind) for name in names]


_SHARED = _all(TEXT, "event_type", "actor", "recipient") + [(name, _kind(name)) for name in FIELDS]

ARTICLES = pa.schema(
    [
        *_all(TEXT, "article", "doc"),
        ("seq", WHOLE),
        *_all(TEXT, "version_of", "copy_of", "content_hash", "text_hash", "title"),
        ("published", DAY),
        *_all(TEXT, "url", "publication", "author", "language", "publisher", "dateline_place", "source"),
        *_all(WHOLE, "characters", "words", "events"),
        ("signature", HASHES),
        *_all(TEXT, "zones", "text"),
    ]
)
TELLINGS = pa.schema(
    [
        *_all(TEXT, "id", "article", "doc"),
        ("number", WHOLE),
        *_SHARED,
        *_all(TEXT, "event_text", "text"),
        *_all(WHOLE, "start", "end", "trigger_start", "trigger_end", "passages"),
        *_all(TEXT, "title", "url", "publication", "publisher"),
        ("published", DAY),
        ("why", TEXT),
        ("confidence", REAL),
        ("coder", TEXT),
        ("signature", HASHES),
        ("record", TEXT),
    ]
)
MENTIONS = pa.schema(
    [
        *_all(TEXT, "telling", "article"),
        *_all(WHOLE, "number", "start", "end", "trigger_start", "trigger_end"),
    ]
)
ENTITIES = pa.schema(
    [
        *_all(TEXT, "telling", "article", "side"),
        ("number", WHOLE),
        *_all(TEXT, "code", "sector", "other_sectors", "entity_text", "identifier_text", "identifier_id"),
        *_all(TEXT, "office", "cameo"),
        *_all(WHOLE, "start", "end"),
    ]
)
SKETCHES = pa.schema(
    [
        ("article", TEXT),
        ("words_hash", pa.uint32()),
        ("numbers", HASHES),
        ("shingles", HASHES),
        ("bands", pa.list_(pa.uint64())),
    ]
)
BATCH = pa.schema(
    [
        *_all(TEXT, "batch", "run"),
        ("committed", pa.timestamp("us", "UTC")),
        *_all(WHOLE, "articles", "tellings", "first_seq", "last_seq"),
    ]
)
LINKS = pa.schema([*_all(TEXT, "telling", "event"), ("score", REAL), *_all(TEXT, "why", "with")])
EVENTS = pa.schema(
    [
        ("id", TEXT),
        *_SHARED,
        *_all(TEXT, "event_text", "text", "telling"),
        ("first_published", DAY),
        ("first_publisher", TEXT),
        *_all(WHOLE, "tellings", "articles", "publishers"),
        *_all(TEXT, "status", "support", "conflicts"),
        ("confidence", REAL),
        ("coder", TEXT),
        ("record", TEXT),
    ]
)
# What people said (`corrections`), and which fields of which telling and event are a person's (`corrected`).
CORRECTIONS = pa.schema(
    [
        ("id", TEXT),
        ("at", pa.timestamp("us", "UTC")),
        *_all(TEXT, "author", "kind", "article", "doc", "telling", "event"),
        *_all(WHOLE, "start", "end", "trigger_start", "trigger_end"),
        *_all(TEXT, "event_type", "field", "old", "new", "note", "undoes"),
        ("undone", pa.bool_()),
        *_all(TEXT, "attached", "attached_event", "method"),
    ]
)
CORRECTED = pa.schema(
    [
        *_all(TEXT, "telling", "event", "field", "author"),
        ("at", pa.timestamp("us", "UTC")),
        ("correction", TEXT),
    ]
)
RUNS = pa.schema(
    [
        ("run", TEXT),
        *((name, pa.timestamp("us", "UTC")) for name in ("started", "finished")),
        *_all(TEXT, "version", "options", "status"),
        *_all(WHOLE, "articles", "tellings", "copies", "versions", "known", "set_aside"),
    ]
)

# The tables of a batch, by file name without its ending.
BATCH_TABLES: Mapping[str, pa.Schema] = {
    "articles": ARTICLES,
    "tellings": TELLINGS,
    "mentions": MENTIONS,
    "entities": ENTITIES,
    "sketches": SKETCHES,
    "batch": BATCH,
}
IDS = pa.schema([("id", TEXT)])
# The tables of an overlay of corrections: rows to be put in, and the ids of those to be left out.
OVERLAY_TABLES: Mapping[str, pa.Schema] = {
    "corrections": CORRECTIONS,
    "corrected": CORRECTED,
    "tellings": TELLINGS,
    "mentions": MENTIONS,
    "entities": ENTITIES,
    "links": LINKS,
    "events": EVENTS,
    "machine_events": EVENTS,
    **dict.fromkeys(("gone_tellings", "gone_links", "gone_events", "gone_machine_events"), IDS),
}
LINKED_TABLES: Mapping[str, pa.Schema] = {"events": EVENTS, "links": LINKS, "pledges": PLEDGES}
# The SQL names of the types that the tables have.
SQL_TYPES: Mapping[pa.DataType, str] = {
    pa.string(): "VARCHAR",
    pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE",
    pa.bool_(): "BOOLEAN",
    pa.date32(): "DATE",
    pa.uint32(): "UINTEGER",
    pa.timestamp("us", "UTC"): "TIMESTAMPTZ",
    pa.list_(pa.uint32()): "UINTEGER[]",
    pa.list_(pa.uint64()): "UBIGINT[]",
    CHANGES: 'STRUCT("on" DATE, outcome VARCHAR, due_first DATE, due_last DATE, why VARCHAR)[]',
}
