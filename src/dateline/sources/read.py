"""Reads one article from a file or from standard input: plain text or a saved web page."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import BinaryIO

from dateline.article import Article
from dateline.errors import DatelineError, Problem
from dateline.sources.encoding import decode, refuse_binary
from dateline.sources.html import is_html, read_page
from dateline.sources.language import foreign_language
from dateline.sources.text import LONGEST_TEXT, as_article, as_date, check_text, has_text

MOST_BYTES = 8_000_000  # of a file: room for a page's markup, or a million characters in any encoding
STDIN = "-"


def _unreadable(path: str | Path, error: Exception) -> DatelineError:
    place = str(path)
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return DatelineError(Problem.MISSING, place)
    # Some systems say of a folder that permission is denied.
    if isinstance(error, IsADirectoryError) or (isinstance(error, PermissionError) and Path(path).is_dir()):
        return DatelineError(Problem.FOLDER, place)
    detail = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return DatelineError(Problem.UNREADABLE, place, detail.lower())


def open_file(path: str | Path) -> BinaryIO:
    """A file opened for reading its bytes. Raises MISSING, FOLDER or UNREADABLE."""
    try:
        return Path(path).open("rb")
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None


def load(path: str | Path) -> bytes:
    """The bytes of a file, or of standard input for "-": never more than `MOST_BYTES` and one, so
    that a file of any size costs no more than that.

    Raises MISSING, FOLDER or UNREADABLE.
    """
    if str(path) == STDIN:
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    with open_file(path) as source:
        try:
            return source.read(MOST_BYTES + 1)
        except OSError as error:
            raise _unreadable(path, error) from None


def read_bytes(
    data: bytes,
    name: str,
    *,
    date: dt.date | str | None = None,
    url: str | None = None,
    publication: str | None = None,
    title: str | None = None,
    place: str | None = None,
) -> Article:
    """An article from a file's bytes; `name` is its file name, whose stem is the article's id.

    Plain text is kept character for character, without a byte order mark. Of a page the text is
    what trafilatura takes for the article. What is given (date, url, publication, title) wins over
    what the page says. Raises `DatelineError` (`place` or else `name` is what it names): EMPTY,
    BINARY, ENCODING, TOO_LONG, NO_MAIN_TEXT, LANGUAGE, BAD_DATE.
    """
    where = name if place is None else place
    given = as_date(date, where)
    if len(data) > MOST_BYTES:
        refuse_binary(data, where)
        detail = f"over {MOST_BYTES // 1_000_000} MB; an article has {LONGEST_TEXT:,} characters at most"
        raise DatelineError(Problem.TOO_LONG, where, detail)
    decoded = decode(data, where)
    author = None
    text = decoded.text
    is_page = is_html(text, name)
    if is_page:
        page = read_page(text, where, url)
        text, author = page.text, page.author
        title = title or page.title
        given = given or page.date
        url, publication = url or page.url, publication or page.publication
    check_text(text, where)
    if foreign := foreign_language(text):
        raise DatelineError(Problem.LANGUAGE, where, foreign)
    article = as_article(
        _stem(name),
        text,
        title,
        given,
        url,
        publication,
        author=author,
        language="en",
        warnings=decoded.warnings,
        place=where,
    )
    if is_page and not has_text(article.zones):
        raise DatelineError(Problem.NO_MAIN_TEXT, where)
    return article


def _stem(name: str) -> str:
    return "stdin" if name == STDIN else Path(name).stem or name


def read(
    path: str | Path,
    *,
    date: dt.date | str | None = None,
    url: str | None = None,
    publication: str | None = None,
) -> Article:
    """An article from a text file, a saved web page, or standard input ("-").

    `date` is the day of publication; a page's metadata or a dateline in the text serve where it is
    not given. The article's id is the file's stem, "stdin" for "-". At most 8 MB are read; text
    over a million characters is refused. Raises `DatelineError`: what `load` and `read_bytes` raise.
    """
    name = str(path)
    given = as_date(date, name)
    return read_bytes(load(path), name, date=given, url=url, publication=publication)
