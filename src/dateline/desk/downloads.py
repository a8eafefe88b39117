"""Files of what a view shows: CSV and JSON to keep, CSV line by line so that it may be long."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from fastapi.responses import JSONResponse, StreamingResponse

from dateline.desk.data import PATIENCE, Data
from dateline.exports.files import harmless
from dateline.store.query import timed

MOST = 100_000  # rows of a file
_AT_ONCE = 1_000


def csv_file(name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> StreamingResponse:
    """A CSV file of rows; a text that a spreadsheet would run gets a leading apostrophe."""
    return StreamingResponse(
        _lines(columns, rows), media_type="text/csv; charset=utf-8", headers=_named(f"{name}.csv")
    )


def csv_of(data: Data, name: str, columns: str, sql: str, values: Sequence[object]) -> StreamingResponse:
    """A CSV file of what `SELECT columns sql` gives, at most `MOST` rows. Raises as `Data.rows`."""
    reader = data.store.reader()
    # Asked before the answer begins, so that what is wrong can still be said.
    with timed(reader, PATIENCE):
        found = reader.execute(f"SELECT {columns} {sql} LIMIT {MOST}", list(values))
    names = [column[0] for column in found.description]

    def rows() -> Iterator[Sequence[Any]]:
        while some := found.fetchmany(_AT_ONCE):
            yield from some

    return csv_file(name, names, rows())


def json_file(name: str, content: Mapping[str, Any]) -> JSONResponse:
    """A JSON file to keep."""
    return JSONResponse(dict(content), headers=_named(f"{name}.json"))


def _named(name: str) -> dict[str, str]:
    safe = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "_" for c in name)
    return {"content-disposition": f'attachment; filename="{safe}"'}


def _lines(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
        if buffer.tell() > 50_000:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()
