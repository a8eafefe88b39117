"""The store's speed: ingest by two workers against one, a query against plain DuckDB and with corrections."""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import duckdb

from bench.synthetic import article_stream, cheap, write_events
from dateline.coder import Coder
from dateline.ingest import open_store
from dateline.sources import articles
from dateline.store.corrections import Correction
from dateline.store.link import link_store

ARTICLES, EVENTS, ROUNDS, CORRECTED = 200, 5_000_000, 15, 100
BY_DYAD_AND_MONTH = """
SELECT actor, recipient, date_trunc('month', date) AS month, count(*) AS events, avg(event_scale) AS scale
FROM {events} GROUP BY actor, recipient, month ORDER BY actor, recipient, month
"""


def ingest(path: Path) -> Mapping[str, float]:
    """Articles a second of a folder or file by one worker and by two, in turns, the better of two each."""
    given = [a for a, _ in zip(articles([path]), range(ARTICLES), strict=False)]
    coder, best = Coder(), {1: float("inf"), 2: float("inf")}
    for workers in (1, 2, 1, 2):
        with tempfile.TemporaryDirectory() as place:
            store = open_store(Path(place) / "store")
            begun = time.perf_counter()
            counts = store.ingest(given, coder=coder, workers=workers)
            best[workers] = min(best[workers], time.perf_counter() - begun)
    done = counts.articles + counts.set_aside
    return {
        "ratio": best[1] / best[2],
        "articles_a_second_1_worker": done / best[1],
        "articles_a_second_2_workers": done / best[2],
        "articles": float(counts.articles),
        "tellings": float(counts.tellings),
    }


def query(path: Path) -> Mapping[str, float]:
    """Seconds of events by dyad and month through `query` and in plain DuckDB on the same Parquet, in
    turns. `path` is a folder to work in."""

    def made(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
        write_events(folder / "events.parquet", EVENTS)
        links = f"COPY (SELECT telling, event, score, why FROM links) TO '{folder / 'links.parquet'}'"
        connection.execute(links)

    with tempfile.TemporaryDirectory(dir=path) as place:
        store = open_store(Path(place) / "store")
        link_store(store, made)
        file = store.linked_folder / str(store.generation()) / "events.parquet"
        plain = duckdb.connect()
        own_sql = BY_DYAD_AND_MONTH.format(events="events")
        plain_sql = BY_DYAD_AND_MONTH.format(events=f"read_parquet('{file}')")
        ours, theirs, rows = [], [], 0
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            rows = len(store.query(own_sql))
            ours.append(time.perf_counter() - begun)
            begun = time.perf_counter()
            assert plain.sql(plain_sql).to_arrow_table().num_rows == rows
            theirs.append(time.perf_counter() - begun)
    return {
        "ratio": statistics.median(ours) / statistics.median(theirs),
        "dateline_seconds": statistics.median(ours),
        "duckdb_seconds": statistics.median(theirs),
        "rows": float(rows),
        "events": float(EVENTS),
    }


def corrections(size: str | None) -> Mapping[str, float]:
    """Seconds of a query with 100 corrections and without, in turns on one store, and of a correction.

    `size` is the number of made-up tellings, 100,000 unless given.
    """
    wanted = int(size or 100_000)
    with tempfile.TemporaryDirectory() as place:
        store = open_store(Path(place) / "store")
        store.ingest(article_stream(wanted * 3 // 10), coder=cheap)
        plain = open_store(shutil.copytree(store.folder, Path(place) / "plain"), create=False)
        rows = store.query(f"SELECT id FROM tellings ORDER BY hash(id) LIMIT {CORRECTED}").to_dict()
        given = [
            Correction(kind="correct", author="bench", telling=row["id"], field="dead", new=n)
            for n, row in enumerate(rows)
        ]
        store.review_all(given[:-1])
        begun = time.perf_counter()
        store.review(given[-1])
        took = time.perf_counter() - begun
        seconds: dict[str, list[float]] = {"with": [], "without": []}
        for _ in range(ROUNDS):
            for name, asked in (("with", store), ("without", plain)):
                begun = time.perf_counter()
                asked.query(BY_DYAD_AND_MONTH.format(events="events"))
                seconds[name].append(time.perf_counter() - begun)
        (count,) = store.query("SELECT count(*) AS n FROM events").to_dict()
    with_, without = (statistics.median(seconds[name]) for name in ("with", "without"))
    return {
        "ratio": with_ / without,
        "seconds_with": with_,
        "seconds_without": without,
        "seconds_a_correction": took,
        "corrections": float(CORRECTED),
        "events": float(count["n"]),
    }
