"""Tellings as numbers: a table becomes arrays that whole blocks of pairs are compared in.

Words become 32-bit hashes (0: none), days day numbers, a passage's signature 256 bits.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from dateline.flat import SIZES
from dateline.knowledge.tables import read_table

Array = np.ndarray[Any, Any]

SIDES, SLOTS = ("actor", "recipient"), (1, 2)
BITS = 256
_SLICE = 100_000  # rows that are taken in at once
# What `link` reads of a table of tellings (docs/store.md, tellings), beside `id` and `published`.
COLUMNS = (
    "article", "event_type", "date", "enddate", "date_precision", "mode", "aux", "cameo",
    *(f"{side}_{part}" for side in SIDES for part in ("code", "sector", "name", "id")),
    "place_country", "geonameid", "lat", "lon", "resolution", *SIZES, "signature",
)  # fmt: skip
NO_DAY = np.int32(-(2**30))


@dataclass(frozen=True, slots=True)
class Tellings:
    """Tellings as arrays, one entry each, in the order in which they are linked.

    `parties[side][slot]` are hashes of country, sector and name; `mutual` that all its parties stand on
    one side; `anchor` is the day by which it is blocked: its own, else that of publication. `untrue` tells
    announced and feared from done; `sizes` has a column for each of `SIZES`, NaN where uncounted,
    `counted` says whether there is any.
    """

    ids: pa.ChunkedArray
    article: Array
    kind: Array
    first: Array
    last: Array
    anchor: Array
    mode: Array
    cameo: Array
    untrue: Array
    parties: tuple[tuple[tuple[Array, Array, Array], ...], ...]
    mutual: Array
    country: Array
    place: Array
    lat: Array
    lon: Array
    fine: Array
    sizes: Array
    counted: Array
    bits: Array
    words: Array
    sketch: Array

    def __len__(self) -> int:
        return len(self.article)


def _hash(value: str) -> str:
    return f"CASE WHEN coalesce({value}, '') = '' THEN 0 ELSE hash({value}) & 4294967295 END::UINTEGER"


def _party(side: str, slot: int) -> str:
    part = "split_part({}, '; ', {})"
    code, sector, name, key = (
        part.format(f"{side}_{column}", slot) for column in ("code", "sector", "name", "id")
    )
    # A country's own name says no more than its code.
    own = f"coalesce(nullif({key}, ''), {name})"
    named = f"CASE WHEN {name} NOT IN (SELECT country FROM countries) THEN {own} END"
    return (
        f"{_hash(code)} AS {side}{slot}_code, {_hash(sector)} AS {side}{slot}_sector,"
        f"{_hash(named)} AS {side}{slot}_name"
    )


_SELECT = f"""
SELECT id, {_hash("article")} AS article, {_hash("event_type")} AS kind,
  date::DATE - DATE '1970-01-01' AS first, coalesce(enddate, date)::DATE - DATE '1970-01-01' AS last,
  CASE WHEN date IS NOT NULL AND date_precision = 'day' THEN date ELSE coalesce(published, date) END::DATE
    - DATE '1970-01-01' AS anchor,
  {_hash("split_part(mode, '; ', 1)")} AS mode, {_hash("cameo")} AS cameo,
  (CASE WHEN contains(aux, 'future') THEN 1 ELSE 0 END + CASE WHEN contains(aux, 'hypothetical') THEN 2
    ELSE 0 END)::UTINYINT AS untrue,
  {", ".join(_party(side, slot) for side in SIDES for slot in SLOTS)},
  {_hash("place_country")} AS country, coalesce(geonameid, 0) AS place,
  coalesce(lat, 'nan')::FLOAT AS lat, coalesce(lon, 'nan')::FLOAT AS lon,
  coalesce(resolution, 0)::TINYINT AS fine,
  {", ".join(f"coalesce({size}, 'nan'::FLOAT)::FLOAT AS {size}" for size in SIZES)}, signature
FROM {{table}} ORDER BY published NULLS LAST, id
"""


def read(tellings: pa.Table) -> Tellings:
    """The arrays of a table of tellings, in the order (published, id)."""
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.register("given", tellings)
        return read_from(connection, "given")


def read_from(connection: duckdb.DuckDBPyConnection, table: str) -> Tellings:
    """The same of a table or view of a connection, of which no more than a slice is held as it is."""
    countries = [r["name"] for r in read_table("actors", "countries.tsv", required=("name",))]
    connection.register("countries", pa.table({"country": countries}))
    reader = connection.sql(_SELECT.format(table=table)).to_arrow_reader(_SLICE)
    nothing = pa.RecordBatch.from_pylist([], schema=reader.schema)
    parts: dict[str, list[Array]] = {}
    ids: list[pa.Array] = []
    for batch in chain([nothing], reader):
        # Copied, since a column of a batch keeps the whole of it in memory.
        ids.append(batch["id"].take(pa.array(np.arange(len(batch)))))
        for name, array in _arrays(batch).items():
            parts.setdefault(name, []).append(array)
    connection.unregister("countries")

    def column(name: str) -> Array:
        found: Array = np.concatenate(parts.pop(name))
        return found

    parties = tuple(
        tuple(
            (column(f"{side}{slot}_code"), column(f"{side}{slot}_sector"), column(f"{side}{slot}_name"))
            for slot in SLOTS
        )
        for side in SIDES
    )
    parties, mutual = _mutual(parties)
    sizes = column("sizes")
    return Tellings(
        ids=pa.chunked_array(ids),
        parties=parties,
        mutual=mutual,
        sizes=sizes,
        counted=np.asarray(np.isfinite(sizes).any(1)),
        **{name: column(name) for name in tuple(parts)},
    )


def _arrays(batch: pa.RecordBatch) -> dict[str, Array]:
    """The columns of a slice of what `_SELECT` gives."""
    found: dict[str, Array] = {}
    for name in batch.schema.names:
        if name in ("first", "last", "anchor"):
            days = batch[name].cast(pa.float64()).fill_null(float(NO_DAY))
            found[name] = days.to_numpy(zero_copy_only=False).astype(np.int32)
        elif name not in ("id", "signature", *SIZES):
            found[name] = np.array(batch[name].to_numpy(zero_copy_only=False))
    found["sizes"] = np.stack([batch[size].to_numpy(zero_copy_only=False) for size in SIZES], 1)
    found["bits"], found["words"], found["sketch"] = _signatures(batch["signature"])
    return found


def _mutual(parties: Any) -> tuple[Any, Array]:
    """Where all parties are actors ("X and Y met"), the second is put on the other side."""
    (one, two), (to, to_two) = parties
    nobody = (to[0] == 0) & (to[1] == 0) & (to[2] == 0)
    mutual = nobody & ((two[0] != 0) | (two[2] != 0))
    moved = tuple(np.where(mutual, a, b) for a, b in zip(two, to, strict=True))
    left = tuple(np.where(mutual, 0, a).astype(a.dtype) for a in two)
    return ((one, left), (moved, to_two)), mutual


def _signatures(lists: pa.Array) -> tuple[Array, Array, Array]:
    """For each signature 256 bits of which its words set some, how many they are, and a hash of its two
    least words by another order (a sketch that tellings in the same words share; Broder 1997)."""
    values = lists.flatten().to_numpy(zero_copy_only=False).astype(np.uint32)
    lengths = lists.value_lengths().fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64)
    row = np.repeat(np.arange(len(lengths)), lengths)
    bits = np.zeros((len(lengths), BITS // 64), np.uint64)
    place = values % np.uint32(BITS)
    at = row * (BITS // 64) + place // 64
    np.bitwise_or.at(bits.reshape(-1), at, np.uint64(1) << (place % 64).astype(np.uint64))
    mixed = (values.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32)
    order = np.lexsort((mixed, row))
    many = lengths > 1
    begins = (np.cumsum(lengths) - lengths)[many]
    sketch = np.zeros(len(lengths), np.uint64)
    sketch[many] = mixed[order[begins]] << np.uint64(32) | mixed[order[begins + 1]]
    return bits, np.bitwise_count(bits).sum(1).astype(np.int16), sketch
