"""Events of a store by weighed agreement (docs/linking.md), in a memory that hardly grows with the store.

Comparing needs a few numbers of each telling, which are held. Merging needs the whole rows, so events are
merged a part at a time: the tellings are laid out on the disk by their event's part first.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from dateline.linking.across import link_from, merge
from dateline.store.schema import EVENTS, LINKS, TELLINGS
from dateline.store.views import literal

PART = 50_000  # tellings whose events are merged at once, about
_MOST_PARTS = 200  # files that are open at once
# Columns of tellings that merging does not ask for, so that they take no memory.
_UNUSED = frozenset(
    ("number", "doc", "start", "end", "trigger_start", "trigger_end", "passages", "signature")
) | frozenset(("title", "url", "publication", "why"))
_COLUMNS = ", ".join(f't."{name}"' for name in TELLINGS.names if name not in _UNUSED)
_COPIES = "SELECT article, tells AS copy_of FROM articles WHERE superseded_by IS NULL AND tells <> article"


def bound(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Holds a new connection to a gigabyte; what does not fit goes into a folder, which may be missing."""
    connection.execute(f"SET temp_directory = {literal(folder)}")
    connection.execute("SET memory_limit = '1GB'")


def by_likeness(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Joins the tellings of one event: writes `links.parquet` and `events.parquet` into the folder."""
    spill = folder / "spill"
    spill.mkdir()
    try:
        links = folder / "links.parquet"
        count = _write(links, link_from(connection, "tellings"), LINKS)
        told = f"tellings AS t JOIN read_parquet({literal(links)}) AS l ON l.telling = t.id"
        copies = connection.sql(_COPIES).to_arrow_table()
        parts = min(-(-count // PART), _MOST_PARTS)
        if parts <= 1:
            events = _merged(connection.sql(f"SELECT {_COLUMNS}, l.event AS linked FROM {told}"), copies)
            _write(folder / "events.parquet", [events], EVENTS)
        else:
            _merge_parts(connection, told, copies, parts, spill)
            _sort(connection, spill, folder / "events.parquet")
    finally:
        shutil.rmtree(spill, ignore_errors=True)


def _merge_parts(
    connection: duckdb.DuckDBPyConnection, told: str, copies: pa.Table, parts: int, spill: Path
) -> None:
    """Writes the events a part at a time, `events-*.parquet` in the folder."""
    laid = spill / "tellings"
    # Whole rows, which each thread holds for all parts until so many are together.
    connection.execute("SET partitioned_write_flush_threshold = 50000")
    connection.execute(
        f"COPY (SELECT {_COLUMNS}, l.event AS linked, hash(l.event) % {parts} AS part FROM {told}) "
        f"TO {literal(laid)} (FORMAT parquet, PARTITION_BY (part))"
    )
    for part in laid.iterdir():
        files = literal(part / "*.parquet")
        rows = connection.sql(f"SELECT * FROM read_parquet({files}, hive_partitioning = false)")
        _write(spill / f"events-{part.name}.parquet", [_merged(rows, copies)], EVENTS)
        shutil.rmtree(part)


def _sort(connection: duckdb.DuckDBPyConnection, spill: Path, path: Path) -> None:
    """Writes the events of all parts into one file, ordered by day and name."""
    files = literal(spill / "events-*.parquet")
    connection.execute(
        f"COPY (SELECT * FROM read_parquet({files}, hive_partitioning = false) ORDER BY date, id) "
        f"TO {literal(path)} (FORMAT parquet, COMPRESSION zstd)"
    )


def _merged(rows: duckdb.DuckDBPyRelation, copies: pa.Table) -> pa.Table:
    """The events of tellings that have their event's name in `linked`."""
    given = rows.to_arrow_table()
    links = pa.table({"telling": given["id"], "event": given["linked"]})
    return merge(given.drop_columns(["linked"]), links, copies)


def _write(path: Path, tables: Iterable[pa.Table], schema: pa.Schema) -> int:
    """Writes tables into one file, their columns by name, and gives the number of rows."""
    count = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for table in tables:
            writer.write_table(table.select(schema.names).cast(schema))
            count += len(table)
    return count
