"""JSON lines of articles: {"id", "text", "title"?, "date"?, "url"?, "publication"?}."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from dateline.article import Article
from dateline.errors import DatelineError, Problem
from dateline.sources.language import foreign_language
from dateline.sources.read import STDIN, open_file
from dateline.sources.rows import article_of
from dateline.sources.text import as_article

_LONGEST_LINE = 13_000_000  # bytes: a million characters, each as two \uXXXX escapes, and a million over


class _Line(msgspec.Struct):
    id: str | int
    text: str
    title: str | None = None
    date: str | None = None
    url: str | None = None
    publication: str | None = None


_DECODER = msgspec.json.Decoder(_Line)
_OBJECT = msgspec.json.Decoder(dict[str, Any])


def read_line(line: bytes, place: str) -> Article:
    """The article of one JSON line, its text kept character for character.

    Raises `DatelineError` naming `place` (file:line): BAD_LINE, BAD_DATE, EMPTY, TOO_LONG, LANGUAGE.
    """
    try:
        item = _DECODER.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        what = str(error) if isinstance(error, msgspec.MsgspecError) else "it is not UTF-8 JSON"
        raise DatelineError(Problem.BAD_LINE, place, what) from None
    article = as_article(
        str(item.id),
        item.text,
        item.title,
        item.date,
        item.url,
        item.publication,
        language="en",
        place=place,
    )
    if foreign := foreign_language(item.text):
        raise DatelineError(Problem.LANGUAGE, place, foreign)
    return article


def read_stream(source: BinaryIO, name: str, columns: Mapping[str, str]) -> Iterator[Article | DatelineError]:
    """The articles of an open file of JSON lines whose keys are mapped (`rows.checked`), ids or none."""

    def read(line: bytes, place: str) -> Article:
        return article_of(_object(line, place), columns, place)

    return _lines(source, name, read)


def _object(line: bytes, place: str) -> dict[str, Any]:
    try:
        return _OBJECT.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        what = str(error) if isinstance(error, msgspec.MsgspecError) else "it is not UTF-8 JSON"
        raise DatelineError(Problem.BAD_LINE, place, what) from None


def _lines(
    source: BinaryIO, name: str, read: Callable[[bytes, str], Article] = read_line
) -> Iterator[Article | DatelineError]:
    number = 0
    while line := source.readline(_LONGEST_LINE):
        number += 1
        place = f"{name}:{number}"
        if len(line) == _LONGEST_LINE and not line.endswith(b"\n"):
            while (more := source.readline(_LONGEST_LINE)) and not more.endswith(b"\n"):
                pass
            yield DatelineError(Problem.TOO_LONG, place, f"a line of over {_LONGEST_LINE // 1_000_000} MB")
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        try:
            yield read(line, place)
        except DatelineError as error:
            yield error


def _close_after(source: BinaryIO, name: str) -> Iterator[Article | DatelineError]:
    with source:
        yield from _lines(source, name)


def read_jsonl(path: str | Path) -> Iterator[Article | DatelineError]:
    """The articles of a file of JSON lines ("-": standard input), in order, one at a time.

    A bad line gives a `DatelineError` that names file and line in its article's stead, and the
    rest goes on; empty lines are passed over. The file itself is opened at once: raises MISSING,
    FOLDER or UNREADABLE.
    """
    name = str(path)
    if name == STDIN:
        return _lines(sys.stdin.buffer, "stdin")
    return _close_after(open_file(path), name)
