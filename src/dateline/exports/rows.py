"""The CSV and Parquet exports: the flat columns, and how widely the event was reported."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from dateline.errors import reported
from dateline.exports.exported import Exported, cell
from dateline.flat import COLUMNS, Cell, row

if TYPE_CHECKING:
    import pyarrow

KINDS: dict[str, type] = {
    **{name: kind for name, (kind, _) in COLUMNS.items()},
    "articles": int,
    "publishers": int,
    "sources": str,
    "urls": str,
}
GROUP = 20_000


def full_row(item: Exported) -> dict[str, Cell]:
    """The event as one row with the columns of `KINDS`."""
    return {
        **row(item.event),
        "tellings": item.tellings,
        "articles": item.articles,
        "publishers": item.publishers,
        "sources": "; ".join(item.sources),
        "urls": "; ".join(item.urls),
    }


def write_csv(items: Iterator[Exported], out: TextIO) -> None:
    """CSV (RFC 4180) with a head; texts cleaned of line ends, control characters and formulas."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(KINDS)
    for item in items:
        writer.writerow([cell(v) if isinstance(v, str) else v for v in full_row(item).values()])


def schema() -> pyarrow.Schema:
    """The Arrow schema."""
    import pyarrow as pa

    kinds = {str: pa.string(), int: pa.int64(), float: pa.float64()}
    return pa.schema([(name, kinds[kind]) for name, kind in KINDS.items()])


def write_parquet(items: Iterator[Exported], path: Path) -> None:
    """A Parquet file, written in groups of rows, texts as they are. Raises UNWRITABLE."""
    its_schema = schema()
    import pyarrow as pa
    import pyarrow.parquet as pq

    with reported(path), pq.ParquetWriter(path, its_schema, compression="zstd") as writer:
        while group := list(islice(items, GROUP)):
            writer.write_table(pa.Table.from_pylist([full_row(i) for i in group], schema=its_schema))
