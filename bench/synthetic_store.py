"""A store of made-up events as large as one likes, in the layout of a real one, written by SQL alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from dateline.ingest import ArticleStore, open_store
from dateline.knowledge import codebook
from dateline.store.ledger import write_ledger
from dateline.store.link import link_store
from dateline.store.schema import BATCH_TABLES, EVENTS, LINKS
from dateline.store.views import column_types

TELLINGS = 2  # of each event
TEXT = "Made-up force number {n} acted near the made-up town. Nobody confirmed it on the day."
_CODES = (
    *("KEN", "SOM", "ETH", "UGA", "TUR", "SYR", "USA", "RUS", "CHN", "FRA"),
    *("PER", "BOL", "BRA", "CHL", "ARG", "IND", "PAK", "IRN", "IRQ", "ISR"),
)
_SECTORS = ["GOV", "MIL", "REB", "COP", "CVL", "OPP"]
# Each is an expression over `n`, the event's number; {m} is the telling's.
_ENTITY = (
    "json_object('code', {code}, 'sector', {sector}, 'other_sectors', [], 'entity_text', 'force', "
    "'start', 8, 'end', 13)"
)


def _pick(values: Sequence[str], seed: int) -> str:
    return f"{list(values)!r}[1 + (hash(n, {seed}) % {len(values)})::INTEGER]"


def _shared(count: int) -> dict[str, str]:
    types = list(codebook.event_types().values())
    named = _pick([kind.name for kind in types], 1)
    quads = "MAP {" + ", ".join(f"'{kind.name}': {kind.quad}" for kind in types) + "}"
    scores = "MAP {" + ", ".join(f"'{kind.name}': {kind.score}" for kind in types) + "}"
    sides: dict[str, str] = {}
    for seed, side in ((2, "actor"), (3, "recipient")):
        sides |= {
            side: _pick(_CODES, seed),
            f"{side}_code": _pick(_CODES, seed),
            f"{side}_sector": _pick(_SECTORS, seed + 10),
            f"{side}_text": "'force'",
            f"{side}_name": f"'Force ' || hash(n, {seed}) % 200",
        }
    return sides | {
        "event_type": named,
        "event": named,
        "mode": "''",
        "context": "''",
        "aux": "CASE WHEN hash(n, 4) % 9 = 0 THEN 'future' "
        "WHEN hash(n, 4) % 17 = 0 THEN 'negation' ELSE '' END",
        "quad_code": f"{quads}[{named}]",
        "event_scale": f"{scores}[{named}]",
        "cameo": "'190'",
        "date": f"DATE '2015-01-01' + (n * 3650 // {count})::INTEGER",
        "enddate": f"DATE '2015-01-01' + (n * 3650 // {count})::INTEGER",
        "date_precision": "'day'",
        "place": "'Town ' || hash(n, 5) % 3000",
        "place_country": _pick(_CODES, 6),
        "geonameid": "hash(n, 5) % 3000",
        "lat": "(hash(hash(n, 5) % 3000, 1) % 1200)::DOUBLE / 10 - 60",
        "lon": "(hash(hash(n, 5) % 3000, 2) % 3400)::DOUBLE / 10 - 170",
        "resolution": "1 + hash(n, 5) % 5",
        "dead": "CASE WHEN hash(n, 7) % 5 = 0 THEN hash(n, 7) % 40 END",
        "attribution": "CASE WHEN hash(n, 8) % 3 = 0 THEN 'a made-up ministry' ELSE '' END",
        "event_text": "'acted'",
        "text": "'Made-up force number ' || n || ' acted near the made-up town.'",
        "confidence": "0.4 + (hash(n, 9) % 60)::DOUBLE / 100",
        "coder": "'synthetic'",
    }


def _record(shared: Mapping[str, str], key: str) -> str:
    """A whole record as JSON, so that views which open one find what they would in a real store."""
    actor, recipient = (
        _ENTITY.format(code=shared[f"{side}_code"], sector=shared[f"{side}_sector"])
        for side in ("actor", "recipient")
    )
    fields = {
        "id": key,
        "doc": "'doc' || n",
        "date": f"strftime({shared['date']}, '%Y-%m-%d')",
        "enddate": f"strftime({shared['date']}, '%Y-%m-%d')",
        "date_precision": "'day'",
        "actor": f"[{actor}]",
        "recipient": f"[{recipient}]",
        "event": f"[{shared['event']}]",
        "quad_code": shared["quad_code"],
        "event_scale": shared["event_scale"],
        "cameo": "'190'",
        "event_text": "'acted'",
        "text": shared["text"],
        "text_info": "json_object('sequence', 0, 'start', 0, 'end', 53)",
        "mentions": "[json_object('start', 0, 'end', 53, 'trigger_start', 22, 'trigger_end', 27)]",
        "cite_info": "json_object('title', 'Made up')",
        "why": "json_object('event', 'synthetic')",
        "confidence": shared["confidence"],
        "coder": "'synthetic'",
        "coded_date": "''",
    }
    return f"json_object({', '.join(f'{name!r}, {value}' for name, value in fields.items())})::VARCHAR"


def _select(schema: pa.Schema, made: Mapping[str, str], rows: str) -> str:
    columns = ", ".join(
        f'({made.get(name, "NULL")})::{kind} AS "{name}"' for name, kind in column_types(schema)
    )
    return f"SELECT {columns} FROM {rows}"


def make_store(folder: Path, count: int, batches: int = 10) -> ArticleStore:
    """A store of `count` events of ten years, two tellings and two articles each, in `batches` batches.

    Days, parties, types and places are drawn by hashing; the same count gives the same store.
    """
    store = open_store(folder)
    shared = _shared(count)
    with duckdb.connect() as connection:
        for number in range(batches):
            first, last = (count * n // batches for n in (number, number + 1))
            rows = f"range({first}, {last}) AS r(n), range({TELLINGS}) AS s(m)"
            _write_batch(connection, store, number, shared, rows, (first, last))
    link_store(store, lambda connection, place: _write_linked(connection, place, count, shared))
    return store


def _write_batch(
    connection: duckdb.DuckDBPyConnection,
    store: ArticleStore,
    number: int,
    shared: Mapping[str, str],
    rows: str,
    span: tuple[int, int],
) -> None:
    article, telling = f"printf('a-%016x', n * {TELLINGS} + m)", f"printf('dl-%016x', n * {TELLINGS} + m)"
    about = {
        "article": article,
        "doc": "'doc' || n || '-' || m",
        "title": "'Made-up report ' || n",
        "url": "'https://paper' || hash(n, m, 1) % 50 || '.example/' || n",
        "publication": "'Paper ' || hash(n, m, 1) % 50",
        "publisher": "'paper' || hash(n, m, 1) % 50 || '.example'",
        "published": f"{shared['date']} + m::INTEGER",
    }
    text = TEXT.replace("{n}", "' || n || '")
    tables = {
        "articles": about
        | {
            "seq": f"n * {TELLINGS} + m",
            "content_hash": article,
            "text_hash": article,
            "source": "'synthetic'",
            "characters": "90",
            "words": "16",
            "events": "1",
            "zones": "'[[0, 90, \"body\"]]'",
            "text": f"'{text}'",
        },
        "tellings": {**shared, **about, "id": telling, "number": "0", "start": "0", "end": "53"}
        | {"trigger_start": "22", "trigger_end": "27", "passages": "1"}
        | {"why": "'synthetic'", "record": _record(shared, telling)},
        "mentions": {"telling": telling, "article": article, "number": "0", "start": "0", "end": "53"}
        | {"trigger_start": "22", "trigger_end": "27"},
        "entities": {"telling": telling, "article": article, "side": "'actor'", "number": "0"}
        | {"code": shared["actor_code"], "sector": shared["actor_sector"], "entity_text": "'force'"},
        "sketches": {"article": article},
    }
    name = f"{number + 1:08d}-synthetic"
    place = store.batches_folder / name
    place.mkdir()
    for table, schema in BATCH_TABLES.items():
        if table == "batch":
            n = (span[1] - span[0]) * TELLINGS
            made = {"batch": f"'{name}'", "run": "'synthetic'", "articles": str(n), "tellings": str(n)}
            made |= {"first_seq": str(span[0] * TELLINGS), "last_seq": str(span[1] * TELLINGS - 1)}
            select = _select(schema, made, "range(1)")
        else:
            select = _select(schema, tables[table], rows)
        connection.execute(f"COPY ({select}) TO '{place / table}.parquet' (FORMAT parquet, COMPRESSION zstd)")


def _write_linked(
    connection: duckdb.DuckDBPyConnection, place: Path, count: int, shared: Mapping[str, str]
) -> None:
    event = "printf('ev-%016x', n)"
    made = {**shared, "id": event, "telling": f"printf('dl-%016x', n * {TELLINGS})"} | {
        "first_published": shared["date"],
        "first_publisher": "'paper' || hash(n, 0, 1) % 50 || '.example'",
        "tellings": str(TELLINGS),
        "articles": str(TELLINGS),
        "publishers": "1 + (hash(n, 0, 1) % 50 <> hash(n, 1, 1) % 50)::INTEGER",
        "status": _pick(["claimed", "claimed", "reported", "denied"], 11),
        "support": "'{}'",
        "conflicts": "'{}'",
        "record": _record(shared, event),
    }
    links = {"telling": f"printf('dl-%016x', n * {TELLINGS} + m)", "event": event, "score": "1", "why": "''"}
    selects = {
        "events": _select(EVENTS, made, f"range({count}) AS r(n)"),
        "links": _select(LINKS, links, f"range({count}) AS r(n), range({TELLINGS}) AS s(m)"),
    }
    for table, select in selects.items():
        connection.execute(f"COPY ({select}) TO '{place / table}.parquet' (FORMAT parquet, COMPRESSION zstd)")
    write_ledger(connection, place)
