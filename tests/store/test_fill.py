"""Filling a store: exactly once by content, copies, later versions, whatever happens on the way."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock, Timeout

from dateline.article import Article
from dateline.errors import DatelineError, Problem
from dateline.ingest import open_store
from dateline.record import Event
from dateline.store import disk

Make = Callable[..., list[Article]]
Code = Callable[[Article], list[Event]]
RowsOf = Callable[[Any], dict[str, list[str]]]
TEXT = "Troops crossed the river at dawn. The mayor closed the bridge. Nobody was hurt."
LONG = " ".join(f"word{n} went to place{n * 7 % 101}" for n in range(80))
DAY = dt.date(2020, 5, 4)
WAIT = 60.0  # seconds after which a writer hangs


def article(doc: str, text: str = TEXT, **more: Any) -> Article:
    return Article(doc, text, **{"date": DAY, **more})


def one(store: Any, sql: str) -> list[tuple[Any, ...]]:
    return list(store.query(sql))


@pytest.mark.parametrize(("batch", "workers"), [(1, 1), (7, 1), (1000, 1), (5, 2)])
def test_rows_do_not_depend_on_batches_or_workers(
    tmp_path: Path, cheap: Code, make_articles: Make, rows_of: RowsOf, batch: int, workers: int
) -> None:
    given = make_articles(60)
    plain, other = open_store(tmp_path / "a"), open_store(tmp_path / "b")
    plain.ingest(given, coder=cheap, batch=20)
    counts = other.ingest(given, coder=cheap, batch=batch, workers=workers)
    assert rows_of(other) == rows_of(plain)
    assert counts.copies >= 5 and counts.versions >= 3


def test_the_same_again_is_nothing_new(
    folder: Path, cheap: Code, make_articles: Make, rows_of: RowsOf
) -> None:
    given = make_articles(40)
    store, seen = open_store(folder), []
    store.ingest(given, coder=cheap)
    before = rows_of(store)

    def watched(given: Article) -> list[Event]:
        seen.append(given)
        return cheap(given)

    counts = open_store(folder).ingest([*given, *given], coder=watched)
    assert (counts.articles, counts.known, seen) == (0, 80, [])
    assert rows_of(store) == before


def test_a_syndicated_copy_is_not_coded_again(folder: Path, cheap: Code) -> None:
    store = open_store(folder)
    given = [
        article("a", LONG, url="https://one.org/a"),
        article("b", LONG + " the end", url="https://two.org/b"),
        article("c", LONG, url="https://three.org/c"),
    ]
    counts = store.ingest(given, coder=cheap)
    (first, second, third) = one(
        store, "SELECT article, copy_of, events, publisher FROM articles ORDER BY seq"
    )
    assert (counts.copies, first[1]) == (2, None)
    assert [(r[1], r[2]) for r in (second, third)] == [(first[0], 0), (first[0], 0)]
    assert {r[3] for r in (first, second, third)} == {"one.org", "two.org", "three.org"}
    assert one(store, "SELECT DISTINCT articles, publishers FROM events") == [(3, 1)]


@pytest.mark.parametrize(
    ("one_text", "other_text", "other_day", "copies"),
    [
        (TEXT, TEXT, DAY, 1),
        (TEXT, TEXT.upper(), DAY, 1),
        (TEXT, TEXT.replace("dawn", "noon"), DAY, 0),
        (LONG, LONG.replace("word7 ", "nothing "), DAY, 1),
        (LONG, LONG.replace("word7 ", "130 "), DAY, 0),
        (LONG, LONG.replace("word7 ", "twelve "), DAY, 0),
        (LONG, LONG, dt.date(2021, 5, 4), 0),
        (LONG, LONG, dt.date(2020, 5, 8), 1),
        (LONG, LONG, None, 1),
        (LONG, LONG[: len(LONG) // 2], DAY, 0),
    ],
    ids=[
        "same words",
        "other letters",
        "short, one word changed",
        "long, one word changed",
        "a new number",
        "a new number in letters",
        "a year later",
        "days later",
        "no day",
        "half of it",
    ],
)
def test_what_is_a_copy(
    folder: Path, cheap: Code, one_text: str, other_text: str, other_day: dt.date | None, copies: int
) -> None:
    given = [article("a", one_text), article("b", other_text, date=other_day)]
    assert open_store(folder).ingest(given, coder=cheap).copies == copies


@pytest.mark.parametrize(
    ("first", "second", "versions"),
    [
        ({}, {}, 1),
        ({"url": "https://a.org/x"}, {"url": "http://www.a.org/x/#top", "doc": "other"}, 1),
        ({"url": "https://a.org/x?id=1"}, {"url": "https://a.org/x?id=2", "doc": "other"}, 0),
        ({"url": "https://a.org/x?utm_source=z"}, {"url": "https://a.org/x", "doc": "other"}, 1),
        ({"url": "https://a.org/x"}, {"url": "https://a.org/y"}, 0),
        ({"publication": "One"}, {"publication": "Two"}, 0),
        ({"source": "a/1.txt"}, {"source": "b/1.txt"}, 0),
        ({"source": "a/1.txt"}, {"source": "a/1.txt"}, 1),
        ({"source": "a.jsonl:1"}, {"source": "b.jsonl:9"}, 1),
        ({"source": "-"}, {"source": "-"}, 0),
        ({}, {"doc": "other"}, 0),
    ],
)
def test_what_is_a_later_version(
    folder: Path, cheap: Code, first: dict[str, Any], second: dict[str, Any], versions: int
) -> None:
    changed = "Rebels left the town after talks. Shops opened again. Schools stay shut."
    given = [article(**{"doc": "a", **first}), article(**{"doc": "a", "text": changed, **second})]
    store = open_store(folder)
    assert store.ingest(given, coder=cheap).versions == versions
    told = one(store, "SELECT count(*) FROM tellings")[0][0]
    assert (told, one(store, "SELECT count(*) FROM all_tellings")[0][0]) == (3 if versions else 6, 6)
    assert len(one(store, "SELECT DISTINCT id FROM all_tellings")) == 6


@pytest.mark.parametrize(
    ("days", "current"),
    [
        (("2020-05-01", "2020-05-02", "2020-05-03"), 2),
        (("2020-05-03", "2020-05-01", "2020-05-02"), 0),
        (("2020-05-01", None, None), 2),
        ((None, "2020-05-01", None), 2),
        (("2020-05-02", "2020-05-02", "2020-05-01"), 1),
    ],
)
def test_the_version_published_last_counts(
    folder: Path, cheap: Code, days: tuple[str | None, ...], current: int
) -> None:
    given = [
        article("a", f"{TEXT} Report {n}.", date=dt.date.fromisoformat(day) if day else None)
        for n, day in enumerate(days)
    ]
    store = open_store(folder)
    store.ingest(given, coder=cheap)
    assert one(store, "SELECT seq FROM articles WHERE superseded_by IS NULL") == [(current,)]
    assert one(store, "SELECT DISTINCT seq FROM tellings JOIN articles USING (article)") == [(current,)]


def test_a_copy_counts_for_the_current_version_of_its_original(folder: Path, cheap: Code) -> None:
    store = open_store(folder)
    late = LONG.replace("word7 ", "99 ")
    given = [
        article("a", LONG, url="https://one.org/a"),
        article("b", LONG, url="https://two.org/b"),
        article("a", late, url="https://one.org/a"),
    ]
    store.ingest(given, coder=cheap)
    keys = [row[0] for row in one(store, "SELECT article FROM articles ORDER BY seq")]
    assert one(store, "SELECT tells FROM articles ORDER BY seq") == [(keys[2],)] * 3
    assert one(store, "SELECT DISTINCT articles, publishers FROM events") == [(2, 1)]


def test_the_copy_of_what_failed_is_coded_itself(folder: Path, cheap: Code) -> None:
    def fails_on_a(given: Article) -> list[Event]:
        if given.id == "a":
            raise DatelineError(Problem.LANGUAGE, given.id, "French")
        return cheap(given)

    aside: list[DatelineError] = []
    store = open_store(folder)
    counts = store.ingest([article("a"), article("b"), article("c")], coder=fails_on_a, aside=aside.append)
    assert [e.problem for e in aside] == [Problem.LANGUAGE]
    assert (counts.articles, counts.copies, counts.set_aside) == (2, 1, 1)
    assert one(store, "SELECT doc, events, copy_of IS NULL FROM articles ORDER BY seq") == [
        ("b", 3, True),
        ("c", 0, False),
    ]


def test_a_fault_in_one_article_stops_no_other(folder: Path, cheap: Code) -> None:
    def breaks(given: Article) -> list[Event]:
        return cheap(given) if given.id == "b" else [1 / 0]  # type: ignore[list-item]

    aside: list[DatelineError] = []
    other = article("b", "Something else altogether happened far away.")
    counts = open_store(folder).ingest([article("a", source="f:3"), other], coder=breaks, aside=aside.append)
    assert (counts.articles, counts.set_aside) == (1, 1)
    assert (aside[0].problem, aside[0].place) == (Problem.INTERNAL, "f:3")


def test_nothing_of_the_text_is_kept_where_it_may_not_be(folder: Path, cheap: Code) -> None:
    store = open_store(folder, keep_text=False)
    secret = "Zanzibaritis struck the quiet lagoon. Nobody knew the cause. It passed."
    store.ingest([article("a", secret, title="Zanzibaritis strikes")], coder=cheap)
    for path in folder.rglob("*.parquet"):
        assert b"anzibaritis" not in path.read_bytes(), path.name
    with store.connect() as connection:
        for table in ("stored_articles", "all_tellings", "events"):
            assert "anzibaritis" not in json.dumps(
                connection.sql(f"SELECT * FROM {table}").to_arrow_table().to_pylist(), default=str
            )
    assert one(store, 'SELECT start, "end", len(signature) FROM tellings ORDER BY number')[0] == (0, 36, 4)
    with pytest.raises(DatelineError, match=r"E404"):
        open_store(folder, keep_text=True)


@pytest.mark.parametrize("moment", ["mkdir", "write", "sync", "rename"])
def test_a_full_disk_loses_nothing(
    folder: Path,
    cheap: Code,
    make_articles: Make,
    rows_of: RowsOf,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    moment: str,
) -> None:
    given = make_articles(40)
    plain, store = open_store(tmp_path / "plain"), open_store(folder)
    plain.ingest(given, coder=cheap, batch=10)
    calls = 0

    def full(target: Any, name: str, after: int) -> None:
        real = getattr(target, name)

        def fails(*arguments: Any, **more: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls > after:
                raise OSError(28, "No space left on device")
            return real(*arguments, **more)

        patch.setattr(target, name, fails)

    with monkeypatch.context() as patch:
        if moment == "write":
            full(disk.pq, "write_table", 9)
        elif moment == "sync":
            full(disk, "sync", 9)
        else:
            full(Path, moment, 4)
        with pytest.raises(DatelineError, match=r"E110.*no space left"):
            store.ingest(given, coder=cheap, batch=10)
    assert not list(folder.glob("batches/tmp-*"))
    store.ingest(given, coder=cheap, batch=10)
    assert rows_of(store) == rows_of(plain)


def test_killed_at_any_moment_it_ends_with_the_same_rows(
    folder: Path, cheap: Code, make_articles: Make, rows_of: RowsOf, tmp_path: Path
) -> None:
    given, chance = make_articles(80), random.Random(5)
    plain = open_store(tmp_path / "plain")
    begun = time.monotonic()
    plain.ingest(given, coder=cheap, batch=4)
    whole = time.monotonic() - begun
    open_store(folder)
    killed = 0
    for _ in range(5):
        child = os.fork()
        if child == 0:
            try:
                open_store(folder).ingest(given, coder=cheap, batch=4)
            finally:
                os._exit(0)
        time.sleep(chance.uniform(0.02, whole * 0.5))
        os.kill(child, signal.SIGKILL)
        killed += os.WIFSIGNALED(os.waitpid(child, 0)[1])
        rows_of(open_store(folder))  # what is there can be read at any time
    assert killed >= 2
    open_store(folder).ingest(given, coder=cheap, batch=4)
    assert rows_of(open_store(folder)) == rows_of(plain)
    assert not [p for p in folder.rglob("tmp-*") if p.parent.name != "linked"]


def _write(folder: Path, given: list[Article], coder: Code, batch: int) -> None:
    open_store(folder).ingest(given, coder=coder, batch=batch)


def test_two_writers_end_with_the_rows_of_one(
    folder: Path, cheap: Code, make_articles: Make, rows_of: RowsOf, tmp_path: Path
) -> None:
    given = make_articles(60)
    plain = open_store(tmp_path / "plain")
    plain.ingest(given, coder=cheap)
    fork = multiprocessing.get_context("fork")
    writers = [fork.Process(target=_write, args=(folder, given, cheap, n), daemon=True) for n in (3, 5)]
    for writer in writers:
        writer.start()
    reader = open_store(folder)
    end = time.monotonic() + WAIT
    while any(writer.is_alive() for writer in writers) and time.monotonic() < end:
        told = one(reader, "SELECT count(*), count(DISTINCT content_hash), max(seq) + 1 FROM articles")[0]
        assert told in ((0, 0, None), (told[0],) * 3), "each once, without gaps, at any time"
    for writer in writers:
        writer.join(WAIT)
        assert writer.exitcode == 0
    assert rows_of(reader) == rows_of(plain)


def test_two_writers_of_different_articles_lose_none(folder: Path, cheap: Code, make_articles: Make) -> None:
    given = make_articles(40)
    fork = multiprocessing.get_context("fork")
    writers = [fork.Process(target=_write, args=(folder, given[n::2], cheap, 3), daemon=True) for n in (0, 1)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(WAIT)
    store = open_store(folder)
    hashes = one(store, "SELECT count(*), count(DISTINCT content_hash) FROM articles")[0]
    assert hashes == (40, 40)
    orphans = """SELECT count(*) FROM articles WHERE copy_of IS NOT NULL AND copy_of NOT IN
        (SELECT article FROM articles WHERE copy_of IS NULL)"""
    assert one(store, orphans) == [(0,)]
    linked = "SELECT count(*), count(DISTINCT telling) FROM links SEMI JOIN tellings ON telling = id"
    ((told,),) = one(store, "SELECT count(*) FROM tellings")
    assert one(store, linked) == [(told, told)], "who links last has seen what both brought"


def test_another_writer_never_takes_an_unfinished_file_for_a_left_one(
    folder: Path, cheap: Code, make_articles: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, real, swept = open_store(folder), disk.sync, []

    def sync(path: Path) -> None:
        with contextlib.suppress(Timeout), FileLock(folder / "lock").acquire(timeout=0):
            other.sweep()
            swept.append(path)
        real(path)

    monkeypatch.setattr(disk, "sync", sync)
    counts = open_store(folder).ingest(make_articles(9), coder=cheap, batch=4)
    assert counts.articles == 9
    assert swept, "linking holds a lock of its own"


def test_a_run_is_told_of(folder: Path, cheap: Code) -> None:
    store = open_store(folder)
    store.ingest([article("a")], coder=cheap, options={"who": "test"})
    ((status, articles, tellings, options, first, last),) = one(
        store,
        """SELECT status, r.articles, r.tellings, options, first_seq, last_seq
        FROM runs AS r JOIN batches USING (run)""",
    )
    assert (status, articles, tellings, first, last) == ("done", 1, 3, 0, 0)
    assert json.loads(options) == {"coder": "cheap", "who": "test"}
    (started,) = (row[0] for row in one(store, "SELECT started::DATE FROM runs"))
    assert [(r.doc, r.coded_date) for r in store.records()] == [("a", started.isoformat())] * 3
