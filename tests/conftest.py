"""Fixtures that many tests share."""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dateline.article import Article, Zone, ZoneKind
from dateline.cli import main
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


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def complaints(self) -> list[str]:
        return self.err.splitlines()


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """`run(*arguments, stdin=b"")` runs `dateline` in this process."""

    def call(*arguments: str | Path, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "argv", ["dateline", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        with pytest.raises(SystemExit) as done:
            main()
        out, err = capsys.readouterr()
        return Ran(done.value.code if isinstance(done.value.code, int) else 0, out, err)

    return call
