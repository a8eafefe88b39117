"""The overlay: what people's corrections change, as small tables that the views lay over the machine's.

It is made from the log of corrections, the batches and the generation of events, and made anew when one of
them has changed. `DIR/corrected/N/` holds one, whole; `DIR/corrected/CURRENT` names the one that counts.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from msgspec.structs import replace

from dateline.errors import DatelineError
from dateline.store import corrections, disk
from dateline.store.attach import Attached, Row, attach
from dateline.store.corrections import Correction, Log
from dateline.store.judge import Judged, judge
from dateline.store.merged import linked_events, relink
from dateline.store.rows import parties, passages
from dateline.store.schema import CORRECTIONS, OVERLAY_TABLES

if TYPE_CHECKING:
    from dateline.store.store import Store

FOLDER, CURRENT, ABOUT = "corrected", "CURRENT", "overlay.json"
FORMAT = 1  # of the tables; an overlay of another one is made anew
_KEPT = 3
# Which version of an article counts is asked for in many queries, and reckoned once.
_ONCE = (
    "CREATE TABLE reckoned AS SELECT * FROM versions",
    "DROP VIEW versions",
    "ALTER TABLE reckoned RENAME TO versions",
)
Present = tuple[tuple[str, ...], str | None, "Overlay | None"]


@dataclass(frozen=True, slots=True)
class Overlay:
    """An overlay on the disk.

    It is of a log of `size` bytes, of the first `batches` of the store's (`digest` of their names) and of a
    `generation` of events. `changes` says whether any row differs from the machine's, `relinked` whether the
    generation was linked with corrections; `tellings` are the ids of those that differ, `content` a digest
    of how.
    """

    folder: Path
    size: int
    batches: int
    digest: str
    generation: str | None
    changes: bool
    relinked: bool
    tellings: tuple[str, ...]
    content: str

    def file(self, table: str) -> Path:
        """The Parquet file of a table of `schema.OVERLAY_TABLES`."""
        return self.folder / f"{table}.parquet"

    def files(self) -> Iterator[Path]:
        """All its files."""
        yield from map(self.file, OVERLAY_TABLES)

    def at_linking(self) -> dict[str, Any]:
        """What a generation that is linked with it says of it; nothing where no telling differs."""
        return {"corrected": list(self.tellings), "corrections": self.content} if self.tellings else {}


def current(folder: Path) -> Overlay | None:
    """The overlay of a store's folder that counts; None where there is none that can be read."""
    try:
        name = (folder / FOLDER / CURRENT).read_text(encoding="utf-8").strip()
        where = folder.resolve() / FOLDER / name
        about = json.loads((where / ABOUT).read_text(encoding="utf-8"))
        if about.pop("format") != FORMAT:
            return None
        return Overlay(where, **{**about, "tellings": tuple(about["tellings"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _digest(names: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:16]


def _fits(known: Overlay, size: int, batches: Sequence[str], generation: str | None) -> bool:
    there = known.size, known.batches, known.digest, known.generation
    return there == (size, len(batches), _digest(batches), generation)


def _usable(store: Store, known: Overlay | None, batches: Sequence[str]) -> Present | None:
    """The state that an overlay was made of, while all of it is still there."""
    if known is None or _digest(batches[: known.batches]) != known.digest:
        return None
    if known.generation and not (store.linked_folder / known.generation).is_dir():
        return None
    return tuple(batches[: known.batches]), known.generation, known


def present(store: Store, wait: bool) -> Present:
    """The batches, the generation and the overlay that are to be read together.

    An overlay that is out of date is made anew; where another process is at that, or nothing can be written,
    the state before is given, unless `wait`. Raises UNWRITABLE where there is none.
    """
    size, batches, generation = corrections.size(store.folder), store.batches(), store.generation()
    if not size:
        return tuple(batches), generation, None
    known = current(store.folder)
    if known is not None and _fits(known, size, batches, generation):
        return tuple(batches), generation, known
    before = None if wait else _usable(store, known, batches)
    try:
        with store.lock(corrections.LOCK, wait=before is None):
            return renewed(store)
    except DatelineError:
        if before is None:
            raise
        return before


def renewed(store: Store) -> Present:
    """As `present`; the caller holds the lock of the corrections."""
    size, batches, generation = corrections.size(store.folder), store.batches(), store.generation()
    if not size:
        return tuple(batches), generation, None
    known = current(store.folder)
    if known is None or not _fits(known, size, batches, generation):
        known = _renew(store, corrections.read(store.folder), batches, generation)
    return tuple(batches), generation, known


def _renew(store: Store, log: Log, batches: Sequence[str], generation: str | None) -> Overlay:
    """Makes the overlay and puts it in its place: the folder, `dateline.duckdb`, and last the name."""
    from dateline.store.store import State  # the store reads overlays

    machine = State(tuple(batches), generation, None, ())
    before = _corrected_at_linking(store, generation)
    with store.connect(machine) as connection:
        tables, judged = _tables(connection, log, before, store.keep_text)
    about: dict[str, Any] = {
        "size": log.size,
        "batches": len(batches),
        "digest": _digest(batches),
        "generation": generation,
        "changes": bool(judged.touched or before),
        "relinked": bool(before),
        "tellings": sorted(judged.touched),
        "content": _content(judged),
    }
    folder = store.folder / FOLDER
    with disk.reported(folder):
        folder.mkdir(exist_ok=True)
        disk.sweep(folder)
        numbers = sorted(int(p.name) for p in folder.iterdir() if p.name.isdigit())
    name = f"{max(numbers, default=0) + 1:06d}"
    found = {n: pa.Table.from_pylist(tables.get(n, []), schema=s) for n, s in OVERLAY_TABLES.items()}
    disk.write_tables(folder / name, found, {ABOUT: json.dumps({"format": FORMAT, **about})})
    known = Overlay(folder.resolve() / name, **{**about, "tellings": tuple(about["tellings"])})
    store.write_views(machine._replace(overlay=known))
    disk.write_text(folder / CURRENT, name + "\n")
    # Who has begun to read the overlay before may go on.
    for number in numbers[: -_KEPT + 1]:
        shutil.rmtree(folder / f"{number:06d}", ignore_errors=True)
    return known


def _corrected_at_linking(store: Store, generation: str | None) -> list[str]:
    """The tellings that were not the machine's when a generation was linked."""
    try:
        path = store.linked_folder / str(generation) / "generation.json"
        return list(json.loads(path.read_text(encoding="utf-8")).get("corrected", ()))
    except (OSError, ValueError, AttributeError):
        return []


def _content(judged: Judged) -> str:
    """A digest of all in which the tellings differ from the machine's."""
    found = sorted(row["record"] for row in judged.tellings.values()), sorted(judged.rejected)
    return hashlib.sha256(json.dumps(found).encode()).hexdigest()[:16]


def _tables(
    connection: duckdb.DuckDBPyConnection, log: Log, before: Sequence[str], keep_text: bool
) -> tuple[dict[str, list[Row]], Judged]:
    """The rows of each table; `before` are the tellings that were corrected when the events were linked."""
    for statement in _ONCE:
        connection.execute(statement)
    given = log.effective()
    # What people said of an event that somebody added falls with it.
    fallen = {c.telling for c in log.corrections if c.kind == "add"}
    fallen -= {c.telling for c in given if c.kind == "add"}
    found = attach(connection, [c for c in given if c.telling not in fallen])
    found.places |= {c.id: Attached() for c in given if c.telling in fallen}
    judged = judge(given, found, keep_text)
    tables, event_of_telling = relink(connection, judged, before)
    wanted = {p.telling for p in found.places.values() if p.telling} - set(event_of_telling)
    event_of_telling |= linked_events(connection, wanted)
    tables["tellings"] = list(judged.tellings.values())
    tables["gone_tellings"] = [{"id": id} for id in sorted(judged.touched)]
    for name, make in (("mentions", passages), ("entities", parties)):
        told = ((event, judged.tellings[id]["article"]) for id, event in judged.events.items())
        tables[name] = [row for event, article in told for row in make(event, article)]
    tables["corrected"] = [
        {"telling": id, "event": event_of_telling.get(id), "field": field, **_who(c), "correction": c.id}
        for id, fields in judged.personal.items()
        for field, c in fields.items()
    ]
    now = [_as_it_stands(c, found.places.get(c.id), event_of_telling) for c in log.corrections]
    tables["corrections"] = [_row(c) for c in now]
    return tables, judged


def _who(correction: Correction) -> Row:
    return {"author": correction.author, "at": dt.datetime.fromisoformat(correction.at)}


def _as_it_stands(correction: Correction, place: Attached | None, events: Mapping[str, str]) -> Correction:
    if place is None or correction.undone:
        return correction
    event = events.get(place.telling or "")
    method = place.method if place.telling or place.method == "article" else None
    return replace(correction, attached=place.telling, attached_event=event, method=method)


def _row(correction: Correction) -> Row:
    row = {name: getattr(correction, name) for name in CORRECTIONS.names} | _who(correction)
    for name in ("old", "new"):
        row[name] = None if row[name] is None else json.dumps(row[name], ensure_ascii=False)
    return row


def read_corrections(folder: Path, overlay: Overlay | None) -> list[Correction]:
    """The corrections of a store's log as they stand by its overlay."""
    if overlay is None:
        return []
    columns = ("id", "attached", "attached_event", "method")
    table = pq.ParquetFile(overlay.file("corrections")).read(columns=list(columns)).to_pylist()
    now = {row.pop("id"): row for row in table}
    return [replace(c, **now.get(c.id, {})) for c in corrections.read(folder).corrections]
