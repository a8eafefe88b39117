"""The desk's speed: each view's server time against the bare DuckDB queries behind it, and its weight."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
from starlette.testclient import TestClient

from bench.synthetic_store import make_store
from dateline.desk import data
from dateline.desk.app import make_app

EVENTS, ROUNDS = 1_000_000, 7
VIEWS = {
    "today": "/",
    "events": "/events?actor=PER&quad=4",
    "timeline": "/timeline",
    "network": "/network",
    "map": "/map",
    "ledger": "/ledger",
    "articles": "/articles",
    "article": "/article/a-0000000000000100",
    "record": "/record/ev-0000000000000080",
}
Asked = tuple[str, Sequence[object]]


def measure(size: str | None) -> Mapping[str, float]:
    """Seconds of each view over that many events, and of its queries on a connection of DuckDB's own that
    has the same views, in turns; medians. The weight is that of the page's HTML, in bytes."""
    figures: dict[str, float] = {"events": float(size or EVENTS)}
    with tempfile.TemporaryDirectory() as folder:
        store = make_store(Path(folder) / "store", int(size or EVENTS))
        browser = TestClient(make_app(store, author="bench"), base_url="http://127.0.0.1")
        with store.connect() as plain:
            for name, path in VIEWS.items():
                ours, theirs, asked = [], [], list[Asked]()
                for _ in range(ROUNDS):
                    seconds, page, asked = _view(browser, path)
                    ours.append(seconds)
                    theirs.append(_bare(plain, asked))
                figures[f"{name}_ratio"] = statistics.median(ours) / statistics.median(theirs)
                figures[f"{name}_ms"] = 1000 * statistics.median(ours)
                figures[f"{name}_bytes"] = float(page)
                figures[f"{name}_queries"] = float(len(asked))
    figures["worst_ratio"] = max(value for name, value in figures.items() if name.endswith("_ratio"))
    return figures


def _view(browser: TestClient, path: str) -> tuple[float, int, list[Asked]]:
    """Seconds and bytes of one view, and what it asked."""
    asked: list[Asked] = []
    rows = data.Data.rows

    def noted(self: data.Data, sql: str, parameters: Sequence[object] = ()) -> list[data.Row]:
        asked.append((sql, parameters))
        return rows(self, sql, parameters)

    data.Data.rows = noted  # type: ignore[method-assign]
    try:
        begun = time.perf_counter()
        answer = browser.get(path)
        seconds = time.perf_counter() - begun
    finally:
        data.Data.rows = rows  # type: ignore[method-assign]
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    return seconds, len(answer.content), asked


def _bare(connection: duckdb.DuckDBPyConnection, asked: Sequence[Asked]) -> float:
    begun = time.perf_counter()
    for sql, parameters in asked:
        connection.execute(sql, parameters).fetchall()
    return time.perf_counter() - begun
