"""Batches: what is committed together, as a folder of Parquet files that appears whole or not at all."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from dateline.errors import DatelineError, Problem
from dateline.store.arrivals import Compared, Index, Known, address
from dateline.store.disk import write_tables
from dateline.store.rows import Rows
from dateline.store.schema import BATCH_TABLES

_INDEXED = ("article", "doc", "version_of", "copy_of", "published", "url", "publication", "source")


def batches(folder: Path) -> list[str]:
    """The names of the committed batches, in their order."""
    if not folder.is_dir():
        return []
    return sorted(p.name for p in folder.iterdir() if p.name[:1].isdigit() and p.is_dir())


def write_batch(folder: Path, number: int, run: str, rows: Rows) -> str:
    """Commits rows as the batch of that number and gives its name. Raises UNWRITABLE."""
    found = rows.articles
    digest = hashlib.sha256("".join(r["article"] for r in found).encode()).hexdigest()[:8]
    name = f"{number:08d}-{digest}"
    about = {
        "batch": name,
        "run": run,
        "committed": dt.datetime.now(dt.UTC),
        "articles": len(found),
        "tellings": len(rows.tellings),
        "first_seq": found[0]["seq"],
        "last_seq": found[-1]["seq"],
    }
    lists = {
        "articles": found,
        "tellings": rows.tellings,
        "mentions": rows.mentions,
        "entities": rows.entities,
        "sketches": rows.sketches,
        "batch": [about],
    }
    tables = {n: pa.Table.from_pylist(lists[n], schema=schema) for n, schema in BATCH_TABLES.items()}
    write_tables(folder / name, tables)
    return name


def read(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """A table of a batch. Raises BAD_STORE where the file is missing or damaged."""
    try:
        # As a file, not a data set: a folder's name must not become a column.
        return pq.ParquetFile(path).read(columns=list(columns) if columns else None)
    except (OSError, pa.ArrowException) as error:
        detail = " ".join(str(error).split())[:200]
        raise DatelineError(Problem.BAD_STORE, str(path), detail) from error


class Sketches:
    """Reads the shingles and numbers of committed articles, the latest batches kept in memory."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._batch = lru_cache(maxsize=64)(self._load)

    def _load(self, batch: str) -> pa.Table:
        return read(self._folder / batch / "sketches.parquet", ("shingles", "numbers"))

    def __call__(self, batch: str, row: int) -> Compared:
        """The shingles and numbers of a row of a batch's `sketches.parquet`."""
        table = self._batch(batch)
        return tuple(table[c][row].values.to_numpy() for c in ("shingles", "numbers"))


def load_index(index: Index, folder: Path, names: Sequence[str]) -> int:
    """Adds the articles of batches to an index and gives their number. Raises BAD_STORE."""
    count = 0
    for name in names:
        sketches = read(folder / name / "sketches.parquet", ("article", "words_hash", "bands"))
        rows = {article: n for n, article in enumerate(sketches["article"].to_pylist())}
        for row in read(folder / name / "articles.parquet", _INDEXED).to_pylist():
            place = rows.get(row["article"])
            index.add(
                Known(
                    row["article"],
                    row["doc"],
                    row["version_of"] or row["article"],
                    row["copy_of"],
                    row["published"],
                    address(row["url"]),
                    row["publication"],
                    row["source"],
                    place=None if place is None else (name, place),
                ),
                None if place is None else sketches["words_hash"][place].as_py(),
                None if place is None else sketches["bands"][place].values.to_numpy(),
            )
            count += 1
    return count
