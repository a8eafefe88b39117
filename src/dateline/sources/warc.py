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
_DONE = 200  # status of an answer that holds the page


def is_warc(head: bytes) -> bool:
    """Whether a file that begins so, unpacked, is an archive."""
    return head.startswith(b"WARC/")


def read_warc(stream: BinaryIO, place: str) -> Iterator[Article | DatelineError]:
    """The articles of an archive, packed or not, a record named by its offset in bytes (`place@offset`).

    What is damaged gives an error; reading goes on where the next record can be found.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        yield DatelineError(Problem.MISSING_EXTRA, place, "fastwarc")
        return
    offset = seen = 0
    try:
        records = ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True)
        for record in records:
            offset, seen = record.stream_pos, seen + 1
            found = _article(record, f"{place}@{offset}")
            if found is not None:
                yield found
    except Exception as error:
        # A damaged archive makes the library fail in many ways.
        detail = " ".join(str(error).split())[:120] or type(error).__name__
        yield DatelineError(Problem.BAD_ARCHIVE, f"{place}@{offset}", detail)
        return
    if not seen:
        yield DatelineError(Problem.BAD_ARCHIVE, place, "it holds no answer of a server")


def _article(record: Any, place: str) -> Article | DatelineError | None:
    headers = record.http_headers
    if headers is None or headers.status_code != _DONE:
        return None
    if (record.http_content_type or "").partition(";")[0].strip().lower() not in _PAGES:
        return None
    address = record.headers.get("WARC-Target-URI") or None
    address = address.strip("<>") if address else None
    try:
        article = read_bytes(record.reader.read(MOST_BYTES + 1), "page.html", url=address, place=place)
    except DatelineError as error:
        return error
    day = article.date or _day(record.headers.get("WARC-Date"))
    return replace(article, id=address or place, date=day, source=place)


def _day(written: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat((written or "")[:10])
    except ValueError:
        return None
