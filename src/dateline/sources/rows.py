"""Articles as rows: CSV, TSV, Parquet, and JSON whose keys are mapped."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from dateline.article import Article
from dateline.errors import DatelineError, Problem
from dateline.sources.language import foreign_language
from dateline.sources.text import LONGEST_TEXT, as_article, as_date

FIELDS = ("id", "text", "title", "date", "url", "publication", "author")
_NAMES = tuple(field for field in FIELDS if field not in ("text", "date"))
_LONGEST_CELL = 4 * LONGEST_TEXT + 1  # characters that csv takes in one cell; a longer one is an error
_LONGEST_JSON = 256_000_000  # bytes of one JSON list; as JSON lines there is no limit
_ROWS = 256  # rows of a Parquet file in memory

Items = Iterator[Article | DatelineError]


def checked(columns: Mapping[str, str] | None) -> dict[str, str]:
    """The column of each field, those not mapped under their own name. Raises BAD_OPTION."""
    for field in columns or ():
        if field not in FIELDS:
            detail = f"{field!r} is none of {', '.join(FIELDS)}"
            raise DatelineError(Problem.BAD_OPTION, "--columns", detail)
    return {field: field for field in FIELDS} | dict(columns or {})


def article_of(row: Mapping[str, Any], columns: Mapping[str, str], place: str) -> Article:
    """The article of a row, its text kept character for character.

    Without an id the address serves, and without one the text's own hash. Raises `DatelineError` naming
    `place`: BAD_LINE, BAD_DATE, EMPTY, TOO_LONG, ENCODING, LANGUAGE.
    """
    text = row.get(columns["text"])
    if text is None:
        raise DatelineError(Problem.BAD_LINE, place, f"it has no {columns['text']}")
    if not isinstance(text, str):
        raise DatelineError(Problem.BAD_LINE, place, f"{columns['text']} is not text")
    cells = {field: _cell(row.get(columns[field]), columns[field], place) for field in _NAMES}
    url = cells["url"]
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
    article = as_article(
        cells["id"] or url or f"t-{digest}",
        text,
        cells["title"],
        _day(row.get(columns["date"]), place),
        url,
        cells["publication"],
        author=cells["author"],
        language="en",
        place=place,
    )
    if foreign := foreign_language(text):
        raise DatelineError(Problem.LANGUAGE, place, foreign)
    return replace(article, source=place)


def _cell(value: object, column: str, place: str) -> str | None:
    if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise DatelineError(Problem.BAD_LINE, place, f"{column} is not text")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    found = str(value)
    try:
        found.encode()
    except UnicodeEncodeError:
        raise DatelineError(Problem.BAD_LINE, place, f"{column} is not text") from None
    return found


def _day(value: object, place: str) -> dt.date | None:
    if value is None or isinstance(value, str | dt.date):
        return as_date(value, place)
    if isinstance(value, float) and math.isnan(value):
        return None
    raise DatelineError(Problem.BAD_DATE, place, repr(value)[:40])


def _given(row: Mapping[str, Any], columns: Mapping[str, str], place: str) -> Article | DatelineError:
    try:
        return article_of(row, columns, place)
    except DatelineError as error:
        return error


def _lacking(names: list[str], columns: Mapping[str, str], place: str) -> DatelineError | None:
    """Why a table cannot be read: it lacks the text, or a column that the user named."""
    needed = [c for field, c in columns.items() if field == "text" or c != field]
    missing = next((c for c in needed if c not in names), None)
    if missing is None:
        return None
    return DatelineError(Problem.NO_COLUMN, place, f"{missing!r} among {', '.join(names)[:200]}")


def read_csv(stream: BinaryIO, columns: Mapping[str, str], place: str, head: bytes, tabs: bool) -> Items:
    """The articles of a table of text, UTF-8 or Windows-1252, with a head; cells parted by commas, or
    by semicolons or tabs where the head has no comma. A row is named by its number, the head being 1."""
    encoding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    lines = io.TextIOWrapper(stream, encoding=encoding, errors="surrogateescape", newline="")
    csv.field_size_limit(_LONGEST_CELL)  # the library's limit of 131,072 is less than an article may have
    first = head.partition(b"\n")[0]
    other = next((mark for mark in ("\t", ";") if mark.encode() in first), ",")
    table = csv.reader(lines, delimiter="\t" if tabs else "," if b"," in first else other)
    names: list[str] | None = None
    number = 0
    while True:
        number += 1
        try:
            cells = [_western(cell) for cell in next(table)]
        except StopIteration:
            return
        except (csv.Error, UnicodeError) as error:
            yield DatelineError(Problem.BAD_TABLE, f"{place}:{number}", str(error))
            if isinstance(error, UnicodeError):
                return
            continue
        if names is None:
            names = [cell.strip() for cell in cells]
            if lacking := _lacking(names, columns, place):
                yield lacking
                return
        elif any(cells):
            yield _given(dict(zip(names, cells, strict=False)), columns, f"{place}:{number}")


def _western(cell: str) -> str:
    """A cell whose bytes are not UTF-8, read as Windows-1252."""
    try:
        cell.encode()
    except UnicodeEncodeError:
        return cell.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
    return cell


def read_parquet(path: Path, columns: Mapping[str, str], place: str) -> Items:
    """The articles of a Parquet file, a row named by its number from 1; only mapped columns are read."""
    import pyarrow.parquet as pq

    number = 0
    try:
        with pq.ParquetFile(path) as file:
            names = list(file.schema_arrow.names)
            if lacking := _lacking(names, columns, place):
                yield lacking
                return
            wanted = [c for c in dict.fromkeys(columns.values()) if c in names]
            for part in file.iter_batches(batch_size=_ROWS, columns=wanted):
                for row in part.to_pylist():
                    number += 1
                    yield _given(row, columns, f"{place}:{number}")
    except Exception as error:
        # A damaged file makes pyarrow fail in many ways.
        after = f" after row {number}" if number else ""
        detail = " ".join(str(error).split())[:120]
        yield DatelineError(Problem.BAD_TABLE, place, f"{detail}{after}")


def read_json(data: bytes, columns: Mapping[str, str], place: str) -> Items | None:
    """The articles of a JSON list of objects, or of one object; None where it is neither (JSON lines?)."""
    if len(data) > _LONGEST_JSON:
        return iter([DatelineError(Problem.TOO_LONG, place, f"a list of over {_LONGEST_JSON:,} bytes")])
    try:
        found = msgspec.json.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        if data.lstrip()[:1] == b"{":
            return None
        return iter([DatelineError(Problem.BAD_LINE, place, str(error) or "it is not JSON")])
    listed = found if isinstance(found, list) else [found]
    return (read_object(row, columns, f"{place}:{n}") for n, row in enumerate(listed, 1))


def read_object(row: object, columns: Mapping[str, str], place: str) -> Article | DatelineError:
    """The article of a JSON object."""
    if not isinstance(row, dict):
        return DatelineError(Problem.BAD_LINE, place, "it is not a JSON object")
    return _given(row, columns, place)
