"""How linking a whole store grows: made-up tellings with their records, linked and merged as ingest does.

Half the tellings and then all of them, each in a process of its own; time and peak memory of each. The
tellings are those of `linking-scale`, with a record and a sentence of usual length.
"""

from __future__ import annotations

import multiprocessing
import tempfile
import time
from collections.abc import Mapping, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from bench.linking_scale import EVENTS, STEP, peak, tellings
from bench.synthetic import article_stream, cheap
from dateline.record import to_json
from dateline.store.likeness import bound, by_likeness
from dateline.store.schema import TELLINGS
from dateline.store.views import column_types, scan

_WORDS = "array_to_string(list_transform(range(40), lambda x: hash(id, x) % 50000), ' ')"
_MADE = {
    "publisher": "'paper' || hash(id, 1) % 500 || '.org'",
    "attribution": "CASE WHEN hash(id, 2) % 3 = 0 THEN 'GOV' END",
    "event": "event_type",
    "quad_code": "4",
    "event_scale": "-5.0",
    "text": _WORDS,
    "event_text": f"substr({_WORDS}, 1, 30)",
    "confidence": "0.5",
    "coder": "'synthetic'",
}


def make(folder: Path, first: int, events: int) -> None:
    """Writes the tellings of some events as one file in the columns of a store."""
    given = tellings(first, events).drop_columns(["truth"])
    record = to_json(cheap(next(article_stream(1)))[0]).replace("'", "''")
    made = _MADE | {"record": f"replace('{record}', 'dl-', 'dl-' || {_WORDS})"}
    columns = ", ".join(
        f'{name if name in given.column_names else made.get(name, "NULL")}::{kind} AS "{name}"'
        for name, kind in column_types(TELLINGS)
    )
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.register("given", given)
        connection.execute(f"COPY (SELECT {columns} FROM given) TO '{folder}/{first:09d}.parquet'")


def link(files: Sequence[Path], folder: Path, told: Connection) -> None:
    """Links the tellings of the files and tells the seconds, the peak in GB and the number of events."""
    folder.mkdir()
    begun = time.perf_counter()
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute(f"CREATE VIEW tellings AS SELECT * FROM {scan(files)}")
        none = "NULL::VARCHAR AS article, NULL::VARCHAR AS tells, NULL::VARCHAR AS superseded_by"
        connection.execute(f"CREATE VIEW articles AS SELECT {none} WHERE false")
        bound(connection, folder / "overflow")
        by_likeness(connection, folder)
    seconds = time.perf_counter() - begun
    told.send((seconds, peak(), pq.ParquetFile(folder / "events.parquet").metadata.num_rows))


def measure(number: str | None = None) -> Mapping[str, float]:
    """Seconds of half and of all, what all took beyond half over half, peak memory in GB of each."""
    events = int(number) if number else EVENTS
    spawn = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as place:
        made = Path(place) / "made"
        made.mkdir()
        step = min(STEP, events // 2)
        for first in range(0, events, step):
            maker = spawn.Process(target=make, args=(made, first, min(step, events - first)))
            maker.start()
            maker.join()
        files, results = sorted(made.iterdir()), []
        for name, count in (("half", len(files) // 2), ("all", len(files))):
            told, telling = spawn.Pipe(duplex=False)
            linker = spawn.Process(target=link, args=(files[:count], Path(place) / name, telling))
            linker.start()
            telling.close()
            results.append(told.recv())
            linker.join()
            print(f"# {name}: {results[-1][0]:.1f} s, peak {results[-1][1]:.2f} GB", flush=True)
        size = sum(path.stat().st_size for path in files) / 1e9
    (half, half_peak, _), (whole, whole_peak, found) = results
    return {
        "seconds_half": half,
        "seconds_all": whole,
        "ratio": (whole - half) / half,
        "peak_gb_half": half_peak,
        "peak_gb_all": whole_peak,
        "tellings_gb_on_disk": size,
        "events_made": float(events),
        "events_found": float(found),
    }
