"""Anybody's SQL: it reads the store, and neither changes it nor reaches anything else."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pytest

from dateline.article import Article
from dateline.errors import DatelineError, Problem
from dateline.ingest import ArticleStore, open_store

TEXT = "Troops crossed the river at dawn. The mayor closed the bridge. Nobody was hurt."


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, cheap: Callable[..., Any]) -> ArticleStore:
    """A store of two articles in a folder whose name is hard on SQL and patterns."""
    found = open_store(tmp_path_factory.mktemp("it's") / "a=b 'c'")
    day = dt.date(2020, 5, 4)
    found.ingest([Article("a", TEXT, date=day), Article("b", "One. Two. Three.", date=day)], coder=cheap)
    return found


def test_results_convert(store: ArticleStore) -> None:
    found = store.query("SELECT doc, count(*) AS n FROM tellings GROUP BY doc ORDER BY doc")
    assert found.to_dict() == [{"doc": "a", "n": 3}, {"doc": "b", "n": 3}]
    assert found.to_arrow().column_names == found.columns == ["doc", "n"]
    assert found.to_pandas()["n"].tolist() == [3, 3]
    assert (len(found), list(found)) == (2, [("a", 3), ("b", 3)])


def test_the_views_of_the_field(store: ArticleStore) -> None:
    # The third sentence of each article is told as future.
    assert store.query("SELECT count(*) FROM pledges").to_dict() == [{"count_star()": 2}]
    (row,) = store.query("SELECT * EXCLUDE dead FROM dyads_daily").to_dict()
    assert row == {
        "date": dt.date(2020, 5, 4),
        "actor": "KEN",
        "recipient": "SOM",
        "events": 4,
        "verbal_cooperation": 0,
        "material_cooperation": 0,
        "verbal_conflict": 4,
        "material_conflict": 0,
        "mean_scale": -3.5,
    }


@pytest.mark.parametrize(
    "sql",
    [
        "COPY events TO '{out}'",
        "COPY (SELECT 1) TO '{out}' (FORMAT parquet)",
        "EXPORT DATABASE '{out}'",
        "ATTACH '{out}'",
        "SELECT * FROM read_text('{secret}')",
        "SELECT * FROM read_csv('{secret}')",
        "SELECT * FROM read_blob('{secret}')",
        "SELECT * FROM '{secret}'",
        "SELECT * FROM parquet_metadata('{secret}')",
        "SELECT * FROM glob('/etc/*')",
        "SELECT * FROM query('COPY (SELECT 1) TO ''{out}''')",
        "SELECT * FROM read_csv('https://example.org/x.csv')",
        "SELECT * FROM sqlite_scan('{secret}', 'x')",
        "SELECT 1; COPY events TO '{out}'",
        "SELECT 1; SELECT 2",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "RESET allowed_paths",
        "PRAGMA database_list",
        "INSTALL httpfs",
        "LOAD httpfs",
        "CALL enable_logging()",
        "CREATE TABLE t AS SELECT 1",
        "CREATE OR REPLACE VIEW events AS SELECT 1",
        "DROP VIEW events",
        "INSERT INTO runs (run) VALUES ('x')",
        "UPDATE runs SET status = 'x'",
        "DELETE FROM runs",
        "CHECKPOINT",
        "BEGIN TRANSACTION",
        "SELECT * FROM secret_frame",
        "SELECT getenv('HOME')",
        "",
        ";",
        "SELECT",
        "SELECT nothing FROM events",
        "SELECT \udcff",
    ],
)
def test_what_is_refused(store: ArticleStore, tmp_path: Path, sql: str) -> None:
    secret_frame = pd.DataFrame({"secret": [1]})
    assert len(secret_frame) == 1, "a variable that DuckDB could find in Python"
    secret, out = tmp_path / "secret.txt", tmp_path / "out"
    secret.write_text("hidden", encoding="utf-8")
    before = store.query("SELECT count(*) FROM runs").to_dict()
    with pytest.raises(DatelineError) as raised:
        store.query(sql.format(secret=secret, out=out))
    assert raised.value.problem is Problem.BAD_QUERY
    assert "hidden" not in str(raised.value)
    assert not out.exists()
    assert store.query("SELECT count(*) FROM runs").to_dict() == before


def test_a_query_may_take_only_so_long(store: ArticleStore) -> None:
    begun = time.monotonic()
    with pytest.raises(DatelineError, match=r"E406.*0.2 seconds"):
        store.query("SELECT count(*) FROM range(1000000000) AS a, range(1000000) AS b", timeout=0.2)
    assert time.monotonic() - begun < 10
    assert len(store.query("SELECT 1", timeout=5)) == 1


def test_there_is_a_store_or_an_error(tmp_path: Path) -> None:
    with pytest.raises(DatelineError, match=r"E401"):
        open_store(tmp_path, create=False)
    (tmp_path / "store.json").write_text("{", encoding="utf-8")
    with pytest.raises(DatelineError, match=r"E403"):
        open_store(tmp_path)
    (tmp_path / "store.json").write_text('{"schema": 99, "keep_text": true}', encoding="utf-8")
    with pytest.raises(DatelineError, match=r"E402"):
        open_store(tmp_path)


def test_an_empty_store_has_all_views(tmp_path: Path) -> None:
    store = open_store(tmp_path / "new")
    names = [row["name"] for row in store.query("SHOW TABLES").to_dict()]
    documented = [
        "articles",
        "tellings",
        "mentions",
        "entities",
        "links",
        "events",
        "runs",
        "batches",
        "dyads_daily",
        "pledges",
        "ledger",
    ]
    assert set(names) >= set(documented)
    assert all(len(store.query(f"SELECT * FROM {name}")) == 0 for name in names)


def test_a_damaged_file_is_told(tmp_path: Path, cheap: Callable[..., Any]) -> None:
    store = open_store(tmp_path / "s")
    store.ingest([Article("a", TEXT)], coder=cheap)
    for path in store.folder.glob("batches/*/tellings.parquet"):
        path.write_bytes(b"PAR1 nothing PAR1")
    with pytest.raises(DatelineError, match=r"E40[35]"):
        open_store(store.folder).query("SELECT * FROM tellings")


def test_others_read_it_as_it_is(tmp_path: Path, cheap: Callable[..., Any]) -> None:
    store = open_store(tmp_path / "s")
    store.ingest([Article("a", TEXT, date=dt.date(2020, 5, 4))], coder=cheap)
    with duckdb.connect(str(store.folder / "dateline.duckdb"), read_only=True) as connection:
        assert connection.sql("SELECT count(*) FROM events").fetchall() == [(3,)]
        assert connection.sql("SELECT count(*) FROM dyads_daily").fetchall() == [(1,)]
        assert connection.sql("SELECT status FROM runs").fetchall() == [("done",)]
    generation = (store.folder / "linked" / "CURRENT").read_text(encoding="utf-8").strip()
    events = store.folder / "linked" / generation / "events.parquet"
    assert len(pd.read_parquet(events)) == len(pl.read_parquet(events)) == 3
    tellings = pl.read_parquet(store.folder / "batches" / "*" / "tellings.parquet")
    assert tellings["date"].to_list() == [dt.date(2020, 5, 4)] * 3
