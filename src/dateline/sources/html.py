"""A saved web page → its article, by trafilatura (Barbaresi, ACL 2021): text, title, author, date."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from dateline.errors import DatelineError, Problem

_DOCUMENT = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*|<\?xml\b[^>]{0,200}>\s*){0,5}<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_TAG = re.compile(
    r"</?(?:p|div|article|section|body|h1|h2|br|span|table|ul|li|a|script|meta)\b[^<>]{0,500}>", re.I
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff]")
_CANONICAL = re.compile(r"<(?:link|meta)\b[^>]{0,1000}>", re.I)
_PRE = re.compile(r"(<pre\b.*?(?:</pre>|$))", re.I | re.S)
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")
_ARTICLE_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds of an article; None where it does not say."""

    text: str
    title: str | None = None
    author: str | None = None
    date: dt.date | None = None
    url: str | None = None
    publication: str | None = None


def is_html(text: str, name: str = "") -> bool:
    """Whether a text is a web page: it opens as one, or is full of a page's tags."""
    if _DOCUMENT.match(text):
        return True
    tags = len(_TAG.findall(text[:5000]))
    named = name.lower().endswith((".html", ".htm", ".xhtml"))
    return tags >= (1 if named else 4)


def page_url(html: str) -> str | None:
    """The address a page gives for itself: its canonical link, else og:url."""
    found: dict[str, str] = {}
    for match in _CANONICAL.finditer(html[:200_000]):
        values = {k.lower(): a or b or c for k, a, b, c in _ATTRIBUTE.findall(match.group())}
        if values.get("rel", "").lower() == "canonical":
            found.setdefault("canonical", values.get("href", ""))
        elif values.get("property", values.get("name", "")).lower() == "og:url":
            found.setdefault("og", values.get("content", ""))
    return next((u for u in (found.get("canonical"), found.get("og")) if u and u.startswith("http")), None)


def _one_line(html: str) -> str:
    """The page without line ends, which mean nothing but in `pre`, so that none parts a paragraph."""
    parts = _PRE.split(html)
    return "".join(p if n % 2 else " ".join(p.splitlines()) for n, p in enumerate(parts))


def _extract(html: str, url: str | None) -> Any:
    # Imported here: it takes a third of a second that plain text need not pay.
    from trafilatura import bare_extraction

    dates = {"original_date": True, "extensive_search": False}
    try:
        return bare_extraction(
            html,
            url=url,
            include_comments=False,
            include_tables=False,
            date_extraction_params=dates,
            with_metadata=True,
        )
    except Exception:
        # No page may break a run, and the parsers below trafilatura fail in many ways on broken ones.
        return None


def read_page(html: str, place: str, url: str | None = None) -> Page:
    """The article of a page; raises NO_MAIN_TEXT where there is none.

    `url` is the page's address; the page's own serves where it is not given. A day is taken from
    the page's metadata or address only: one guessed from its text could be any day.
    """
    clean = _one_line(_CONTROL.sub(" ", html))
    if not re.search(r"<body\b|<html\b", clean, re.I):
        clean = f"<html><body><article>{clean}</article></body></html>"
    address = url or page_url(clean)
    found = _extract(clean, address)
    text = found.text.strip() if found is not None and found.text else ""
    if not text:
        raise DatelineError(Problem.NO_MAIN_TEXT, place)
    day = found.date if found.date and _ARTICLE_DAY.fullmatch(found.date) else None
    return Page(
        text=text,
        title=" ".join(found.title.split()) if found.title else None,
        author=found.author or None,
        date=dt.date.fromisoformat(day) if day else None,
        url=address,
        publication=found.sitename or None,
    )
