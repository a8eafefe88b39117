"""RSS and Atom feeds, by feedparser: an entry's content or summary is the article's text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from dateline.article import Article
from dateline.errors import DatelineError, Problem
from dateline.sources.language import foreign_language
from dateline.sources.text import as_article

_FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|RDF)\b")
_MARKUP = re.compile(r"<[a-zA-Z/!][^<>]*>")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BLOCKS = "p div br li ul ol h1 h2 h3 h4 h5 h6 blockquote tr table section article figure"
_LONGEST = 200  # characters of what feedparser says of a fault


def is_feed(head: bytes) -> bool:
    """Whether a file that begins so is a feed."""
    return _FEED.search(head) is not None


def read_feed(data: bytes, place: str) -> Iterator[Article | DatelineError]:
    """The articles of a feed, in its order; an entry is named by its number, from 1."""
    import feedparser

    try:
        # Never the name: feedparser would fetch what looks like an address.
        found: Any = feedparser.parse(data)
    except Exception as error:
        # Its looser parser fails in many ways on what is no XML.
        yield DatelineError(Problem.BAD_FEED, place, type(error).__name__)
        return
    if not found.entries:
        why = found.get("bozo_exception") if found.get("bozo") else None
        yield DatelineError(Problem.BAD_FEED, place, str(why)[:_LONGEST] if why else "it has no entries")
        return
    for number, entry in enumerate(found.entries, 1):
        where = f"{place}:{number}"
        try:
            yield _article(entry, found.feed, where)
        except DatelineError as error:
            yield error
    if found.get("bozo") and isinstance(found.get("bozo_exception"), SyntaxError | ValueError):
        yield DatelineError(Problem.BAD_FEED, place, str(found.bozo_exception)[:_LONGEST])


def _article(entry: Any, feed: Any, place: str) -> Article:
    contents = [c.get("value") or "" for c in entry.get("content") or ()]
    text = max((*map(plain, contents), plain(entry.get("summary") or "")), key=len)
    url = entry.get("link") or None
    title = " ".join(plain(entry.get("title") or "").split()) or None
    article = as_article(
        entry.get("id") or url or title or place,
        text,
        title,
        _day(dict.get(entry, "published_parsed") or dict.get(entry, "updated_parsed")),
        url,
        " ".join(plain((entry.get("source") or feed).get("title") or "").split()) or None,
        author=entry.get("author") or None,
        language="en",
        place=place,
    )
    if foreign := foreign_language(text):
        raise DatelineError(Problem.LANGUAGE, place, foreign)
    return replace(article, source=place)


def _day(moment: Any) -> dt.date | None:
    try:
        return dt.date(*moment[:3]) if moment else None
    except (TypeError, ValueError):
        return None


def plain(html: str) -> str:
    """The text of a piece of HTML, a blank line between its blocks; text without tags as it is."""
    if not _MARKUP.search(html):
        return html.strip()
    from lxml import etree
    from lxml import html as pages

    try:
        root = pages.fragment_fromstring(_CONTROL.sub(" ", html), create_parent="div")
    except (etree.LxmlError, ValueError, AssertionError):
        return _MARKUP.sub(" ", html).strip()
    blocks, parts = frozenset(_BLOCKS.split()), []
    for action, element in etree.iterwalk(root, events=("start", "end")):
        parts += ["\n"] if element.tag in blocks else []
        if action == "end":
            parts.append(element.tail or "")
        elif element.tag not in ("script", "style"):
            parts.append(element.text or "")
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n\n".join(line for line in lines if line)
