"""Any stream of articles: files, folders, patterns, feeds, tables, archives, standard input.

What is wrong with one item gives a `DatelineError` in its stead, with its file and its row or offset, and
the rest goes on.
"""

from __future__ import annotations

import datetime as dt
import io
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dateline.article import Article
from dateline.errors import DatelineError, Problem
from dateline.sources import feeds, rows, warc
from dateline.sources.jsonl import read_stream
from dateline.sources.open import Named, Opened, is_address, named, open_source, size
from dateline.sources.read import MOST_BYTES, STDIN, read_bytes
from dateline.sources.text import as_date

Items = Iterator[Article | DatelineError]
_PARQUET, _MOST_JSON = b"PAR1", 256_000_001


@dataclass(slots=True)
class Progress:
    """How far reading has come, in bytes of the files as they lie on disk; `total` 0: not known."""

    total: int = 0
    done: int = 0


def articles(
    sources: Iterable[str | Path],
    *,
    date: dt.date | str | None = None,
    columns: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Items:
    """The articles of all sources, in their order; a folder's and a pattern's files in order of name.

    A source is a file (.txt, .html, .jsonl, .json, .csv, .tsv, .parquet, .xml, .rss, .atom, .warc; all but
    Parquet also with .gz), a folder, a pattern such as `news/*.html`, the http address of a feed or page,
    or "-", standard input. `columns` maps id, text, title, date, url, publication and author to the
    columns of tables and the keys of JSON. `date` serves for what has none of its own. `source` of each
    article says where it stood. Raises BAD_DATE and BAD_OPTION at once; whatever else is wrong is given
    as an error.
    """
    day = as_date(date, "--date")
    return _all(list(map(str, sources)), day, rows.checked(columns), progress or Progress())


def _all(sources: list[str], day: dt.date | None, columns: Mapping[str, str], progress: Progress) -> Items:
    found = [item for source in sources for item in named(source)]
    progress.total = sum(size(item.name) for item in found if isinstance(item, Named))
    before = 0
    for item in found:
        if isinstance(item, DatelineError):
            yield item
            continue
        try:
            opened = open_source(item.name)
        except DatelineError as error:
            yield error
            continue
        try:
            for article in _guarded(opened, item, columns):
                if isinstance(article, Article) and article.date is None and day is not None:
                    article = replace(article, date=day)
                progress.done = before + opened.position()
                yield article
        finally:
            opened.close()
        before += size(item.name)
        progress.done = before


def _guarded(opened: Opened, item: Named, columns: Mapping[str, str]) -> Items:
    """The articles of an open source; what is damaged in its packing ends it with an error."""
    try:
        yield from _read(opened, item, columns)
    except (OSError, EOFError, zlib.error) as error:
        yield DatelineError(Problem.UNREADABLE, _shown(item), str(error).lower() or type(error).__name__)


def _shown(item: Named) -> str:
    return "stdin" if item.name == STDIN else item.name


def _read(opened: Opened, item: Named, columns: Mapping[str, str]) -> Items:
    place, head, stream = _shown(item), opened.head, opened.stream
    name = item.name.lower().removesuffix(".gz")
    ending = "" if is_address(item.name) else Path(name).suffix
    if warc.is_warc(head) or ending == ".warc":
        yield from warc.read_warc(stream, place)
    elif head.startswith(_PARQUET) or ending == ".parquet":
        if item.name == STDIN or is_address(item.name):
            yield DatelineError(Problem.BAD_TABLE, place, "Parquet is read from a file only")
            return
        yield from rows.read_parquet(Path(item.name), columns, place)
    elif ending in (".csv", ".tsv"):
        yield from rows.read_csv(stream, columns, place, head, ending == ".tsv")
    elif ending == ".json":
        data = stream.read(_MOST_JSON)
        found = rows.read_json(data, columns, place)
        yield from read_stream(io.BytesIO(data), place, columns) if found is None else found
    elif ending in (".jsonl", ".ndjson") or (
        not ending and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    ):
        yield from read_stream(stream, place, columns)
    elif ending in (".xml", ".rss", ".atom") or (ending in ("", ".php") and feeds.is_feed(head)):
        data = stream.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            yield DatelineError(Problem.BAD_FEED, place, f"over {MOST_BYTES // 1_000_000} MB")
            return
        yield from feeds.read_feed(data, place)
    else:
        yield _whole(stream.read(MOST_BYTES + 1), item, place)


def _whole(data: bytes, item: Named, place: str) -> Article | DatelineError:
    """The article that a whole file is."""
    url = item.name if is_address(item.name) else None
    name = item.name.removesuffix(".gz")
    try:
        article = read_bytes(data, name, url=url, place=place)
    except DatelineError as error:
        return error
    return replace(article, id=item.id or url or article.id, source=item.name)
