"""Writes the ledger of pledges of a generation (docs/ledger.md)."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from dateline.ledger.ledger import COLUMNS, pledges
from dateline.store.likeness import by_likeness
from dateline.store.views import scan

_OWN = {
    "article": "t.article",
    "publisher": "e.first_publisher AS publisher",
    "signature": "t.signature",
    "trigger": 'substring(a.text, t.trigger_start + 1, t.trigger_end - t.trigger_start) AS "trigger"',
}
_ARTICLES = """
SELECT article, published, title, text FROM articles
WHERE superseded_by IS NULL AND tells = article AND text IS NOT NULL AND published IS NOT NULL
ORDER BY published, article
"""
_BATCH = 2_000  # articles whose text is held at once
# DuckDB counts the table of events among what it holds: a million take one gigabyte.
_MEMORY = "3GB"


def events_and_ledger(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """The usual linker: events by likeness, and the ledger of their pledges."""
    by_likeness(connection, folder)
    write_ledger(connection, folder)


def write_ledger(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Writes `pledges.parquet` beside a generation's `events.parquet`, from it and the store's views."""
    connection.execute(f"SET memory_limit = '{_MEMORY}'")
    columns = ", ".join(_OWN.get(name, f'e."{name}"') for name in COLUMNS)
    events = connection.sql(
        f"SELECT {columns} FROM {scan([folder / 'events.parquet'])} AS e "
        "LEFT JOIN tellings AS t ON t.id = e.telling LEFT JOIN stored_articles AS a ON a.article = t.article "
        "ORDER BY e.first_published, e.id"
    ).to_arrow_table()
    articles = connection.cursor().sql(_ARTICLES).to_arrow_reader(_BATCH)
    pq.write_table(pledges(events, articles), folder / "pledges.parquet", compression="zstd")
