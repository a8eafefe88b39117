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
_BLOCKS = "p div br li ul ol h1 h2 h3 h4 h5 h6 blockquote tr table section article figure"
_LONGEST = 200  # characters of what feedparser says of a fault


def is_feed(head: bytes) -> bool:
    """Whether a file that begins so is a feed."""
    return _FEED.search(head) is not None


def read_feed(data: bytes, place: str) -> Iterator[Article | DatelineError]:
    """The articles of a feed, in its order; an entry is named by its number, from 1."""
    try:
        import feedparser
    except ImportError:
        yield DatelineError(Problem.MISSING_EXTRA, place, "feedparser")
        return
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
        _day(entry.get("published_parsed") or entry.get("updated_parsed")),
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
        root = pages.fragment_fromstring(html, create_parent="div")
    except (etree.LxmlError, ValueError, AssertionError):
        return _MARKUP.sub(" ", html).strip()
    for gone in root.xpath("//script|//style"):
        gone.drop_tree()
    blocks = frozenset(_BLOCKS.split())
    for element in root.iter():
        if element.tag in blocks:
            element.tail = "\n" + (element.tail or "")
            element.text = "\n" + (element.text or "")
    lines = (" ".join(line.split()) for line in root.text_content().split("\n"))
    return "\n\n".join(line for line in lines if line)
