"""`dateline ingest` and `dateline query`, as they are typed."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from dateline.ingest import open_store

Run = Callable[..., Any]
FIRST = "Kenya accused Somalia of piracy on Monday. Police arrested 20 people in Garissa."
SECOND = "Turkish warplanes bombed a village in northern Syria on Monday, killing four people."


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sources")
    (folder / "a.txt").write_text(FIRST, encoding="utf-8")
    rows = [{"key": "s", "body": SECOND}, {"key": "t", "body": SECOND}, {"key": "u"}]
    (folder / "b.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with nothing in it, which is enough to be refused."""
    return open_store(tmp_path_factory.mktemp("empty")).folder


def fill(run: Run, sources: Path, store: Path, *more: str) -> Any:
    given = ("--date", "2019-03-06", "--columns", "text=body,id=key")
    return run("ingest", sources / "a.txt", sources / "b.jsonl", "--store", store, *given, *more)


def test_ingest_names_what_is_set_aside_and_is_quiet(run: Run, sources: Path, tmp_path: Path) -> None:
    done = fill(run, sources, tmp_path / "s")
    assert (done.status, done.out) == (1, "")
    (line,) = done.complaints
    assert line.startswith(f"set aside: E202 {sources / 'b.jsonl'}:3: ")
    again = fill(run, sources, tmp_path / "s")
    assert (again.status, again.complaints) == (1, done.complaints)
    counts = run(
        "query", "--store", tmp_path / "s", "SELECT count(*) AS n FROM articles", "--format", "jsonl"
    )
    assert counts.lines == [{"n": 3}]


def test_query_in_every_format(run: Run, sources: Path, tmp_path: Path) -> None:
    store, sql = tmp_path / "s", "SELECT event_type, actor, date, publishers FROM events ORDER BY ALL"
    fill(run, sources, store, "--no-text")
    found = run("query", "--store", store, sql, "--format", "jsonl").lines
    assert found[0] == {"event_type": "ACCUSE", "actor": "KEN", "date": "2019-03-04", "publishers": 1}
    assert [row["event_type"] for row in found] == ["ACCUSE", "ASSAULT", "COERCE"]
    table = list(csv.DictReader(io.StringIO(run("query", "--store", store, sql).out)))
    assert [row["event_type"] for row in table] == ["ACCUSE", "ASSAULT", "COERCE"]
    assert "ASSAULT" in run("query", "--store", store, sql, "--format", "table").out
    out = tmp_path / "out.parquet"
    assert run("query", "--store", store, sql, "--format", "parquet", "--out", out).status == 0
    assert pq.read_table(out).num_rows == 3


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("SELECT 1; SELECT 2",), "E405"),
        (("DROP VIEW events",), "E405"),
        (("SELECT * FROM read_text('/etc/passwd')",), "E405"),
        (("SELECT count(*) FROM range(1000000000) a, range(1000000) b", "--timeout", "0.2"), "E406"),
        (("SELECT 1", "--format", "xml"), "E203"),
        (("SELECT 1", "--format", "parquet"), "E203"),
    ],
)
def test_a_query_that_is_refused(run: Run, empty: Path, arguments: tuple[str, ...], code: str) -> None:
    done = run("query", "--store", empty, *arguments)
    assert (done.status, done.out, len(done.complaints)) == (2, "", 1)
    assert done.err.startswith(code)


def test_cells_cannot_hurt_a_terminal_or_a_spreadsheet(run: Run, empty: Path) -> None:
    sql = "SELECT chr(27) || '[31m' AS a, '=1+1' AS b"
    assert "'=1+1" in run("query", "--store", empty, sql).out
    assert "\x1b" not in run("query", "--store", empty, sql, "--format", "table").out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("x.txt", "--columns", "text"), "E203"),
        (("x.txt", "--columns", "body=text"), "E203"),
        (("x.txt", "--date", "someday"), "E201"),
        (("none.txt",), "set aside: E101"),
    ],
)
def test_an_ingest_that_cannot_be_done(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], code: str
) -> None:
    done = run("ingest", *arguments, "--store", tmp_path / "s")
    assert (done.status, done.out, len(done.complaints)) == (2, "", 1)
    assert done.err.startswith(code)


def test_there_is_no_store_to_ask(run: Run, tmp_path: Path) -> None:
    assert run("query", "--store", tmp_path, "SELECT 1").err.startswith("E401")
