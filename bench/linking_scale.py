"""How linking grows: synthetic events told five times, linked in two halves; time of each, peak memory.

Each event has a type, two sides, a town, a day and a toll; its tellings differ as papers do: other
words, a day later, a toll that has risen, a name left out, a coarser place. The figures also say how well
the tellings come together, which on made-up data says only that the scale was not bought with the result.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

from dateline.flat import SIZES
from dateline.linking.across import link
from dateline.linking.across.columns import COLUMNS

EVENTS, TELLINGS, SEED = 1_000_000, 5, 20260701
EVENTS_A_DAY = 1_000
TYPES, COUNTRIES, TOWNS, NAMES, WORDS = 16, 180, 40_000, 20_000, 50_000
STEP = 50_000  # events made at once
DAYS_KNOWN = 7  # of publication: longer than an event is told or a block reaches

Array = np.ndarray[Any, Any]


def tellings(first: int, events: int, seed: int = SEED) -> pa.Table:
    """The tellings of events `first` up to `first + events`, in random order, with `truth`, their event."""
    parts = [_part(n, min(STEP, first + events - n), seed) for n in range(first, first + events, STEP)]
    return pa.concat_tables(parts)


def _part(first: int, events: int, seed: int) -> pa.Table:
    rng = np.random.default_rng([seed, first])
    number = np.arange(first, first + events)
    told = np.repeat(np.arange(events), TELLINGS)
    n = len(told)
    # Few countries, towns and names make most of the news.
    kind = rng.integers(0, TYPES, events)
    sides = (COUNTRIES * rng.random((events, 2)) ** 2).astype(int)
    names = (NAMES * rng.random((events, 2)) ** 2).astype(int)
    town = (TOWNS * rng.random(events) ** 2).astype(int)
    toll = np.where(rng.random(events) < 0.3, rng.geometric(0.1, events), 0)
    words = rng.integers(0, WORDS, (events, 16))
    day = number // EVENTS_A_DAY + 18_000
    late = rng.integers(0, 3, n)
    told_day = day[told] + (rng.random(n) < 0.1)
    fine = rng.random(n) < 0.8
    keep = rng.random((n, 16)) < 0.6
    own = rng.integers(0, WORDS, (n, 4))
    bags = [sorted({*w[k].tolist(), *o.tolist()}) for w, k, o in zip(words[told], keep, own, strict=True)]
    number_told = first * TELLINGS + np.arange(n)
    columns: dict[str, Any] = {
        "id": pa.array([f"dl-{i:09d}" for i in number_told.tolist()]),
        "published": pa.array((day[told] + late).astype(np.int32), pa.int32()).cast(pa.date32()),
        "article": pa.array([f"a-{i:09d}" for i in number_told.tolist()]),
        "event_type": _words("T", kind[told]),
        "date": pa.array(told_day.astype(np.int32), pa.int32()).cast(pa.date32()),
        "enddate": pa.array(told_day.astype(np.int32), pa.int32()).cast(pa.date32()),
        "date_precision": _words("day", np.zeros(n, int), False),
        "mode": _words("m", (kind * 3 + number % 3)[told]),
        "cameo": _words("", (kind * 10 + number % 3)[told]),
        "geonameid": pa.array(np.where(fine, town[told], 1_000_000 + town[told] // 250)),
        "place_country": _words("C", town[told] // 250),
        "lat": pa.array((town[told] // 250) * 0.5 - 40 + (town[told] % 250) * 0.01),
        "lon": pa.array((town[told] % 250) * 1.0),
        "resolution": pa.array(np.where(fine, 4, 1)),
        "signature": pa.array(bags, pa.list_(pa.uint32())),
    }
    for k, side in enumerate(("actor", "recipient")):
        columns[f"{side}_code"] = _words("C", sides[told, k])
        columns[f"{side}_sector"] = _words("S", names[told, k] % 9)
        columns[f"{side}_name"] = _words("N", names[told, k], mask=rng.random(n) < 0.4)
    risen = (toll[told] * (1 + 0.1 * late)).astype(int)
    columns["dead"] = pa.array(risen, pa.int64(), mask=risen == 0)
    given = {c: columns.get(c, pa.nulls(n, pa.int64() if c in SIZES else pa.string())) for c in COLUMNS}
    table = pa.table({"id": columns["id"], "published": columns["published"], **given})
    return table.append_column("truth", pa.array(number[told])).take(pa.array(rng.permutation(n)))


def _words(letter: str, numbers: Array, number: bool = True, mask: Array | None = None) -> pa.Array:
    distinct, at = np.unique(numbers, return_inverse=True)
    words = pa.array([f"{letter}{d if number else ''}" for d in distinct.tolist()])
    return words.take(pa.array(at, mask=mask))


def measure(number: str | None = None) -> Mapping[str, float]:
    """Seconds of the first and the second half, their ratio, peak memory in GB, pair precision, recall.

    Peak memory is that of the whole process, the made-up tellings included.
    """
    events = int(number) if number else EVENTS
    half = events // 2
    seconds: list[float] = []
    right = wrong = missed = 0
    known: pa.Table | None = None
    for first in (0, half):
        made = tellings(first, half)
        given = made.drop_columns(["truth"])
        start = time.perf_counter()
        links = link(given, known)
        seconds.append(time.perf_counter() - start)
        print(f"# {half:,} events in {seconds[-1]:.1f} s, peak {peak():.2f} GB", flush=True)
        r, w, m = _pairs(made, links)
        right, wrong, missed = right + r, wrong + w, missed + m
        # Only tellings of the last days can meet those to come.
        last = given.append_column("event", _events(given, links))
        known = last.filter(pa.compute.greater_equal(last["published"], _last_days(last)))
        del made, given, links, last
    return {
        "seconds_first_half": seconds[0],
        "seconds_second_half": seconds[1],
        "ratio": seconds[1] / seconds[0],
        "peak_gb": peak(),
        "pair_precision": right / max(right + wrong, 1),
        "pair_recall": right / max(right + missed, 1),
        "events": float(events),
        "tellings": float(events * TELLINGS),
    }


def peak() -> float:
    """Peak resident memory of this process, in GB."""
    scale = 1e9 if sys.platform == "darwin" else 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale


def _last_days(table: pa.Table) -> pa.Scalar:
    newest = pa.compute.max(table["published"]).cast(pa.int32()).as_py()
    return pa.scalar(newest - DAYS_KNOWN, pa.int32()).cast(pa.date32())


def _events(given: pa.Table, links: pa.Table) -> pa.ChunkedArray:
    """The event of each row."""
    at = pa.compute.index_in(given["id"], links["telling"])
    return links["event"].take(at)


def _pairs(made: pa.Table, links: pa.Table) -> tuple[int, int, int]:
    """Pairs of tellings rightly and wrongly put together, and pairs missed."""
    truth = made["truth"].to_numpy()
    _, found = np.unique(
        _events(made, links).dictionary_encode().combine_chunks().indices, return_inverse=True
    )
    both = _couples(truth * np.int64(len(truth)) + found)
    return both, _couples(found) - both, _couples(truth) - both


def _couples(labels: Array) -> int:
    _, counts = np.unique(labels, return_counts=True)
    return int((counts * (counts - 1) // 2).sum())
