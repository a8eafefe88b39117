"""WARC archives of web pages, such as Common Crawl's News, by fastwarc.

Of each answer with status 200 that is HTML the article is what trafilatura finds; the address and, where
the page does not state its day, the day of the crawl come from the record.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from dateline.article import Article
from dateline.errors import DatelineError, Problem
from dateline.sources.read import MOST_BYTES, read_bytes

_PAGES = ("text/html", "application/xhtml+xml")
_BEGINS = (b"\x1f\x8b\x08", b"WARC/1.")  # a record, packed or not
_MOST_FAULTS = 100  # one after the other: what follows is no archive
_LONGEST_MARK, _PIECE = 6, 1_000_000  # bytes
_DONE = 200  # status of an answer that holds the page


def is_warc(head: bytes) -> bool:
    """Whether a file that begins so, unpacked, is an archive."""
    return head.startswith(b"WARC/")


def read_warc(stream: BinaryIO, place: str) -> Iterator[Article | DatelineError]:
    """The articles of an archive, packed or not, a record named by its offset in bytes (`place@offset`).

    What is damaged gives an error, and reading goes on at the next record that can be found in a file.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    base = given = faults = 0
    while True:
        offset = base
        try:
            for record in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True):
                offset, faults = record.stream_pos, 0
                found = _article(record, f"{place}@{offset}")
                if found is not None:
                    given += 1
                    yield found
            break
        except Exception as error:
            # A damaged archive makes the library fail in many ways.
            given, faults = given + 1, faults + 1
            detail = " ".join(str(error).split())[:120] or type(error).__name__
            yield DatelineError(Problem.BAD_ARCHIVE, f"{place}@{offset}", detail)
            following = _next(stream, offset + 1) if faults < _MOST_FAULTS else None
            if following is None:
                break
            base = following
    if not given:
        yield DatelineError(Problem.EMPTY, place)


def _next(stream: BinaryIO, at: int) -> int | None:
    """Where the first record begins at or after a place, the stream set there; None where there is none."""
    if not stream.seekable():
        return None
    stream.seek(at)
    before = b""
    while piece := stream.read(_PIECE):
        window = before + piece
        places = [place for mark in _BEGINS if (place := window.find(mark)) >= 0]
        if places:
            found = at - len(before) + min(places)
            stream.seek(found)
            return found
        at += len(piece)
        before = window[-_LONGEST_MARK:]
    return None


def _article(record: Any, place: str) -> Article | DatelineError | None:
    headers = record.http_headers
    if headers is None or not isinstance(headers.status_code, int):
        return DatelineError(Problem.BAD_ARCHIVE, place, "the answer has no head")
    if headers.status_code != _DONE:
        return None
    if (record.http_content_type or "").partition(";")[0].strip().lower() not in _PAGES:
        return None
    address = record.headers.get("WARC-Target-URI") or None
    address = address.strip("<>") if address else None
    page = record.reader.read(MOST_BYTES + 1)
    if len(page) < min(record.content_length, MOST_BYTES):
        return DatelineError(Problem.BAD_ARCHIVE, place, "the page ends early")
    try:
        article = read_bytes(page, "page.html", url=address, place=place)
    except DatelineError as error:
        return error
    day = article.date or _day(record.headers.get("WARC-Date"))
    return replace(article, id=address or place, date=day, source=place)


def _day(written: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat((written or "")[:10])
    except ValueError:
        return None
