"""Fixtures that many tests share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from dateline.article import Article, Zone, ZoneKind
from dateline.language.parse import parse
from dateline.language.parsed import Parsed


def as_article(text: str, date: str | None = None) -> Article:
    """An article whose paragraphs (parted by blank lines) are all running text."""
    zones, at = [], 0
    for part in text.split("\n\n"):
        body = part.strip()
        if body:
            start = text.index(body, at)
            zones.append(Zone(start, start + len(body), ZoneKind.BODY))
        at += len(part) + 2
    day = dt.date.fromisoformat(date) if date else None
    return Article("test", text, date=day, zones=tuple(zones))


@pytest.fixture(scope="session")
def parse_text() -> Callable[..., Parsed]:
    """`parse_text(text, date=None) -> Parsed`; each text is parsed once a session."""
    known: dict[tuple[str, str | None], Parsed] = {}

    def parse_once(text: str, date: str | None = None) -> Parsed:
        key = (text, date)
        if key not in known:
            known[key] = parse(as_article(text, date))
        return known[key]

    return parse_once
