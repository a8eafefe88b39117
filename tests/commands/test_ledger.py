"""`dateline ledger`, as it is typed, from articles to states."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dateline import Coder
from dateline.ingest import open_store

Run = Callable[..., Any]
ARTICLES = (
    ("2024-03-04", "Kenya promised to send 40 tankers to Malawi by March 20, a minister said."),
    ("2024-03-04", "Ghana threatened to expel diplomats of Togo within three weeks."),
    ("2024-03-19", "Kenya sent 40 tankers to Malawi on Monday."),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ledger")
    rows = [{"id": str(n), "date": day, "text": text} for n, (day, text) in enumerate(ARTICLES)]
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    store = open_store(folder / "s")
    store.ingest(folder / "a.jsonl", coder=Coder(use_model=False))
    return store.folder


def test_it_is_listed_as_of_the_latest_day(run: Run, store: Path) -> None:
    done = run("ledger", "--store", store)
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert [(r["who_code"], r["kind"], r["state"]) for r in sorted(rows, key=lambda r: r["who_code"])] == [
        ("GHA", "threat", "due"),
        ("KEN", "promise", "kept"),
    ]
    assert {r["as_of"] for r in rows} == {"2024-03-19"}


def test_it_is_listed_as_of_another_day(run: Run, store: Path) -> None:
    done = run("ledger", "--store", store, "--as-of", "2024-03-05", "--kind", "promise", "--format", "jsonl")
    (row,) = map(json.loads, done.out.splitlines())
    assert (row["state"], row["due_last"], row["outcome"]) == ("open", "2024-03-20", None)


def test_a_terminal_sees_what_decided(run: Run, store: Path) -> None:
    done = run("ledger", "--store", store, "--state", "kept", "--format", "table")
    assert "because" in done.out and "tankers" in done.out and "Togo" not in done.out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("--state", "done"), "E203"), (("--kind", "wish"), "E203"), (("--format", "xml"), "E203"),
     (("--as-of", "soon"), "E201")],
)  # fmt: skip
def test_it_refuses_what_it_does_not_know(
    run: Run, store: Path, arguments: tuple[str, str], code: str
) -> None:
    done = run("ledger", "--store", store, *arguments)
    assert done.status == 2 and done.complaints[-1].startswith(code)
