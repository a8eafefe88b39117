"""The events that corrections change, merged anew from their tellings, a person's values above all others."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import duckdb
import msgspec
import pyarrow as pa
from msgspec.structs import replace

from dateline import flat
from dateline.linking.across import merge
from dateline.linking.across.link import event_id
from dateline.linking.across.merge import GROUPS
from dateline.record import Event, to_json
from dateline.store import values
from dateline.store.attach import Row, rows
from dateline.store.corrections import Correction
from dateline.store.judge import Judged
from dateline.store.rows import scalars, value_of
from dateline.store.schema import EVENTS, FIELDS, LINKS, TELLINGS

_LINKS = """
SELECT * FROM links WHERE event IN (
  SELECT event FROM links WHERE telling IN (SELECT id FROM touched)
) OR telling IN (SELECT id FROM touched)
"""
_TOLD = "SELECT * FROM all_tellings WHERE id IN (SELECT id FROM linked)"
_COPIES = """
SELECT article, tells AS copy_of FROM articles
WHERE superseded_by IS NULL AND tells <> article AND tells IN (SELECT id FROM told)
"""
# Merging numbers the tellings itself.
_MERGED = pa.schema([column for column in TELLINGS if column.name != "number"])
_GROUP_OF = {column: group.name for group in GROUPS for column in group.columns} | {"cameo": "act"}


def relink(
    connection: duckdb.DuckDBPyConnection, judged: Judged, before: Iterable[str]
) -> tuple[dict[str, list[Row]], dict[str, str]]:
    """The tables of an overlay that hold events and links, and for each telling in them its event.

    `connection` has the machine's own views; `before` are the tellings that were not the machine's when the
    generation was linked: their events are merged anew from what holds now.
    """
    earlier = set(before)
    touched = judged.touched | earlier
    links = rows(connection, _LINKS, touched=touched)
    linked = {row["telling"] for row in links}
    told = {r["id"]: r for r in rows(connection, _TOLD, linked=linked | touched)}
    now = {id: row for id, row in (told | judged.tellings).items() if id not in judged.rejected}
    # A telling that linking has not seen makes an event of its own until the next linking.
    alone = [
        {"telling": id, "event": event_id(id), "score": 1.0, "why": judged.events[id].coder
         if id in judged.added else "first report", "with": None}
        for id in sorted(touched & set(now) - linked)
    ]  # fmt: skip
    kept = [row for row in links if row["telling"] in now] + alone
    copies = connection.sql(
        "SELECT NULL::VARCHAR AS article, NULL::VARCHAR AS copy_of LIMIT 0"
    ).to_arrow_table()
    articles = {now[row["telling"]]["article"] for row in kept}
    copied = rows(connection, _COPIES, told=articles)
    if copied:
        copies = pa.Table.from_pylist(copied)
    events = _events(kept, now, copies, judged)
    tables = {
        "links": alone,
        "gone_links": _ids(linked - set(now)),
        "events": events,
        "gone_events": _ids({row["event"] for row in links} | {row["id"] for row in events}),
        "machine_events": [],
        "gone_machine_events": [],
    }
    if earlier:
        own = {row["event"] for row in links if row["telling"] in earlier}
        theirs = [row for row in links if row["event"] in own and row["telling"] in told]
        tables["machine_events"] = _events(theirs, told, copies, Judged())
        tables["gone_machine_events"] = _ids(own)
    return tables, {row["telling"]: row["event"] for row in kept}


def linked_events(connection: duckdb.DuckDBPyConnection, tellings: Iterable[str]) -> dict[str, str]:
    """The event of each telling, as the machine has linked it."""
    sql = "SELECT telling, event FROM links WHERE telling IN (SELECT id FROM wanted)"
    return {row["telling"]: row["event"] for row in rows(connection, sql, wanted=tellings)}


def _ids(found: Iterable[str]) -> list[Row]:
    return [{"id": id} for id in sorted(found)]


def _events(links: Sequence[Row], told: Mapping[str, Row], copies: pa.Table, judged: Judged) -> list[Row]:
    """The rows of `events` of some links."""
    if not links:
        return []
    personal: dict[str, dict[str, tuple[Correction, str]]] = {}
    for row in links:
        for field, correction in judged.personal.get(row["telling"], {}).items():
            theirs = personal.setdefault(row["event"], {})
            if field not in theirs or judged.order[theirs[field][0].id] < judged.order[correction.id]:
                theirs[field] = correction, row["telling"]
    given = []
    for row in links:
        telling = told[row["telling"]]
        for field in ("aux", "attribution"):
            # Whether an event is denied or only claimed hangs on these in all its tellings.
            if field in personal.get(row["event"], {}):
                telling = {**telling, field: told[personal[row["event"]][field][1]][field]}
        given.append(telling)
    linked = pa.Table.from_pylist(links, schema=LINKS)
    merged = merge(pa.Table.from_pylist(given, schema=_MERGED), linked, copies)
    found: list[Row] = merged.select([n for n in EVENTS.names if n in merged.column_names]).to_pylist()
    return [_with_persons(row, personal.get(row["id"], {}), judged) for row in found]


def _with_persons(row: Row, personal: Mapping[str, tuple[Correction, str]], judged: Judged) -> Row:
    if not personal:
        return row
    event = msgspec.json.decode(row["record"], type=Event)
    support: dict[str, Any] = json.loads(row["support"])
    for field in values.FIELDS:
        if field in personal:
            correction, telling = personal[field]
            event = values.put(event, field, values.value(judged.events[telling], field), correction.by)
            support[_GROUP_OF.get(field, field)] = [telling]
    event = replace(event, size={n: event.size[n] for n in flat.SIZES if n in event.size})
    cells = flat.row(event)
    return {
        **row,
        **scalars(event),
        **{name: value_of(name, cells[name]) for name in FIELDS},
        "support": json.dumps(dict(sorted(support.items())), ensure_ascii=False),
        "record": to_json(event),
    }
