"""Events from tellings: a generation of `links` and `events` replaces the one before in one step."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb

from dateline.errors import DatelineError, Problem
from dateline.store import disk
from dateline.store.schema import FIELDS, LINKED_TABLES
from dateline.store.store import CURRENT, Store
from dateline.store.views import literal

# Reads the views of a connection and writes `links.parquet` and `events.parquet` into a folder.
Linker = Callable[[duckdb.DuckDBPyConnection, Path], None]
_ABOUT, _KEPT = "generation.json", 2

_FIELDS = ", ".join(f't."{name}"' for name in FIELDS)
_EVENTS = f"""
WITH told AS (
  SELECT tells AS article, count(*) AS articles, count(DISTINCT publisher) AS publishers
  FROM articles WHERE superseded_by IS NULL GROUP BY ALL
)
SELECT 'ev-' || substr(sha256(t.id), 1, 16) AS id, t.event_type, t.actor, t.recipient, {_FIELDS},
  t.event_text, t.text, t.id AS telling, t.published AS first_published, t.publisher AS first_publisher,
  1::BIGINT AS tellings, told.articles, told.publishers,
  CASE WHEN regexp_matches(coalesce(t.aux, ''), 'negation') THEN 'denied'
    WHEN t.attribution IS NOT NULL THEN 'claimed' ELSE 'reported' END AS status,
  '{{}}' AS conflicts, t.confidence, t.coder,
  json_merge_patch(t.record, json_object('id', 'ev-' || substr(sha256(t.id), 1, 16)))::VARCHAR AS record
FROM tellings AS t JOIN told USING (article) ORDER BY date, id
"""
_LINKS = """
SELECT id AS telling, 'ev-' || substr(sha256(id), 1, 16) AS event, 1.0::DOUBLE AS score, 'alone' AS why
FROM tellings ORDER BY telling
"""


def each_alone(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """The plainest linker: each telling is an event of its own."""
    for name, select in (("events", _EVENTS), ("links", _LINKS)):
        path = literal(folder / f"{name}.parquet")
        connection.execute(f"COPY ({select}) TO {path} (FORMAT parquet, COMPRESSION zstd)")


def link_store(store: Store, linker: Linker = each_alone, again: bool = False) -> str:
    """Links all current tellings of a store and makes the result its current generation; gives its name.

    Nothing is done where the same linker has linked the same batches, unless `again`. One process links
    at a time. Raises UNWRITABLE, BAD_STORE.
    """
    with store.lock("link.lock"):
        found = store.batches()
        name = getattr(linker, "__qualname__", type(linker).__qualname__)
        about = {"linker": f"{getattr(linker, '__module__', '')}.{name}", "batches": found}
        current = store.generation()
        if current and not again and _about(store.linked_folder / current) == about:
            return current
        with disk.reported(store.linked_folder):
            disk.sweep(store.linked_folder)
            numbers = [int(p.name) for p in store.linked_folder.iterdir() if p.name.isdigit()]
            generation = f"{max(numbers, default=0) + 1:06d}"
            unfinished = store.linked_folder / f"{disk.UNFINISHED}{generation}-{os.getpid()}"
            unfinished.mkdir()
        try:
            with store.connect() as connection:
                linker(connection, unfinished)
            disk.write_text(unfinished / _ABOUT, json.dumps(about))
            with disk.reported(store.linked_folder):
                for table in LINKED_TABLES:
                    disk.sync(unfinished / f"{table}.parquet")
                disk.sync(unfinished)
                unfinished.rename(store.linked_folder / generation)
        except duckdb.IOException as error:
            raise DatelineError(Problem.UNWRITABLE, str(store.linked_folder), str(error)) from error
        except duckdb.Error as error:
            raise DatelineError(Problem.BAD_STORE, str(store.folder), str(error)) from error
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
        disk.write_text(store.linked_folder / CURRENT, generation + "\n")
        store.write_database()
        # Who has begun to read the generation before may go on.
        old = sorted(p for p in store.linked_folder.iterdir() if p.name.isdigit())[:-_KEPT]
        for folder in old:
            shutil.rmtree(folder, ignore_errors=True)
        return generation


def _about(folder: Path) -> object:
    try:
        return json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
