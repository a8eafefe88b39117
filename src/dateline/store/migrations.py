"""Brings a store of an earlier layout up to the present one.

A migration changes the tables of one batch. The batches are written anew beside the old ones and put in
their place by renaming; killed at any moment, the next opening ends what was begun.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from dateline.errors import DatelineError, Problem
from dateline.store import disk
from dateline.store.arrivals import publisher
from dateline.store.batches import batches
from dateline.store.schema import BATCH_TABLES, VERSION

Tables = dict[str, pa.Table]
SETTINGS = "store.json"


def _publishers(tables: Tables) -> Tables:
    """1 → 2: `publisher`, by which independent reports are counted, in articles and tellings."""
    found = dict(tables)
    for name in ("articles", "tellings"):
        table = tables[name]
        pairs = zip(table["url"].to_pylist(), table["publication"].to_pylist(), strict=True)
        column = [publisher(url, publication) for url, publication in pairs]
        table = table.append_column("publisher", pa.array(column, pa.string()))
        found[name] = table.select(BATCH_TABLES[name].names)
    return found


MIGRATIONS: Mapping[int, Callable[[Tables], Tables]] = {1: _publishers}


def migrate(folder: Path, version: int) -> None:
    """Migrates the batches of a store from a version to `VERSION`; the caller holds the store's lock.

    Raises BAD_STORE where there is no way from that version, UNWRITABLE where the disk is full.
    """
    missing = [v for v in range(version, VERSION) if v not in MIGRATIONS]
    if missing:
        raise DatelineError(Problem.BAD_STORE, str(folder), f"schema version {version}")
    present, past = folder / "batches", folder / f"batches-{version}"
    coming = folder / f"batches-to-{VERSION}"
    with disk.reported(folder):
        if not past.exists():
            shutil.rmtree(coming, ignore_errors=True)
            coming.mkdir()
            for name in batches(present):
                disk.write_tables(coming / name, _migrated(present / name, version))
            disk.sync(coming)
            present.rename(past)
        if coming.exists():
            coming.rename(present)
        disk.sync(folder)
    settings = json.loads((folder / SETTINGS).read_text(encoding="utf-8"))
    disk.write_text(folder / SETTINGS, json.dumps({**settings, "schema": VERSION}, indent=1) + "\n")
    shutil.rmtree(past, ignore_errors=True)


def _migrated(batch: Path, version: int) -> Tables:
    try:
        tables = {path.stem: pq.ParquetFile(path).read() for path in sorted(batch.glob("*.parquet"))}
    except (OSError, pa.ArrowException) as error:
        raise DatelineError(Problem.BAD_STORE, str(batch), str(error)) from error
    for step in range(version, VERSION):
        tables = MIGRATIONS[step](tables)
    return tables
