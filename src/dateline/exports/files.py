"""Writes records to a stream or a file: JSON lines, JSON, CSV, Parquet."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from dateline.errors import DatelineError, Problem, reported
from dateline.flat import COLUMNS, row
from dateline.record import Event, to_json

if TYPE_CHECKING:
    import pyarrow

FORMATS = ("table", "jsonl", "json", "csv", "parquet")
# A spreadsheet would take a cell that begins so for a formula (OWASP, "CSV Injection").
FORMULA = ("=", "+", "-", "@")


def write_jsonl(events: Iterable[Event], out: TextIO) -> None:
    """One record a line."""
    for event in events:
        out.write(to_json(event) + "\n")


def write_json(events: Iterable[Event], out: TextIO) -> None:
    """One JSON list, indented."""
    json.dump([event.to_dict() for event in events], out, ensure_ascii=False, indent=2)
    out.write("\n")


def write_csv(events: Iterable[Event], out: TextIO) -> None:
    """One row a record, with a head. A text that a spreadsheet would run gets a leading apostrophe."""
    writer = csv.DictWriter(out, list(COLUMNS))
    writer.writeheader()
    for event in events:
        writer.writerow({k: harmless(v) for k, v in row(event).items()})


def harmless(value: Any) -> Any:
    """A cell for CSV, with an apostrophe before what would be run, white space before it or not."""
    return f"'{value}" if isinstance(value, str) and value.lstrip().startswith(FORMULA) else value


def to_arrow(events: Iterable[Event]) -> pyarrow.Table:
    """An Arrow table, one row a record."""
    import pyarrow as pa

    kinds = {str: pa.string(), int: pa.int64(), float: pa.float64()}
    schema = pa.schema([(name, kinds[kind]) for name, (kind, _) in COLUMNS.items()])
    return pa.Table.from_pylist([row(event) for event in events], schema=schema)


def parquet_path(path: Path | None) -> Path:
    """The file that Parquet is written to. Raises BAD_OPTION where none is named."""
    if path is None:
        raise DatelineError(Problem.BAD_OPTION, "--format parquet", "Parquet needs a file, --out PATH")
    return path


def write_parquet(events: Iterable[Event], path: Path) -> None:
    """A Parquet file with the columns of `flat.COLUMNS`. Raises `DatelineError` where there can be none."""
    table = to_arrow(events)
    import pyarrow.parquet as pq

    with reported(path):
        pq.write_table(table, path)


def write(events: Iterable[Event], form: str, out: TextIO, path: Path | None) -> None:
    """Writes records in one of `FORMATS` but "table"; Parquet needs `path`.

    Raises `DatelineError` where Parquet has no file to go to.
    """
    if form == "parquet":
        write_parquet(events, parquet_path(path))
        return
    {"jsonl": write_jsonl, "json": write_json, "csv": write_csv}[form](events, out)
