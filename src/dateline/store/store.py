"""The store: one folder of Parquet files, with DuckDB as the engine that reads them."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb
import msgspec
from filelock import FileLock

from dateline import __version__
from dateline.errors import DatelineError, Problem
from dateline.record import Event
from dateline.store import corrections, disk, laid, overlay, query, review, views
from dateline.store.batches import batches
from dateline.store.corrections import Correction
from dateline.store.migrations import SETTINGS, migrate
from dateline.store.runs import read_runs
from dateline.store.schema import BATCH_TABLES, LINKED_TABLES, RUNS, VERSION

DATABASE, CURRENT = "dateline.duckdb", "CURRENT"


class State(NamedTuple):
    """What of a store is read together: batches, generation of events, overlay of corrections, runs."""

    batches: tuple[str, ...]
    generation: str | None
    overlay: overlay.Overlay | None
    runs: tuple[str, ...]


class Store:
    """A store that is there. `open_folder` opens one, or makes it.

    `keep_text` says whether it keeps the articles' text, or offsets and hashes only.
    """

    def __init__(self, folder: Path, keep_text: bool) -> None:
        self.folder, self.keep_text = folder, keep_text
        self.batches_folder, self.linked_folder = folder / "batches", folder / "linked"
        self.runs_folder = folder / "runs"
        self._safe: tuple[State, duckdb.DuckDBPyConnection] | None = None

    @contextlib.contextmanager
    def lock(self, name: str = "lock", wait: bool = True) -> Iterator[None]:
        """Holds the store's lock, or one of another name; the system frees it where a process is killed.

        Raises UNWRITABLE, without `wait` also where another process holds it.
        """
        with disk.reported(self.folder):
            lock = FileLock(self.folder / name)
            lock.acquire(blocking=wait)
        try:
            yield
        finally:
            lock.release()

    def batches(self) -> list[str]:
        """The names of the committed batches, in their order."""
        return batches(self.batches_folder)

    def generation(self) -> str | None:
        """The name of the current generation of linked events; None before the first."""
        try:
            name = (self.linked_folder / CURRENT).read_text(encoding="utf-8").strip()
        except OSError:
            return None
        return name if name and (self.linked_folder / name).is_dir() else None

    def state(self, wait: bool = False) -> State:
        """What is committed now, corrections brought up to date first.

        Where another process is at that, the state before is given, unless `wait`.
        """
        runs = sorted((p.name, p.stat().st_mtime_ns) for p in self.runs_folder.glob("*.json"))
        return State(*overlay.present(self, wait), tuple(f"{name} {at}" for name, at in runs))

    def connect(self, state: State | None = None) -> duckdb.DuckDBPyConnection:
        """A DuckDB connection with the views of docs/store.md, on what is committed now, or on a `state`.

        For code that is trusted: it may read and write files. Anybody's SQL goes to `query`.
        """
        connection = duckdb.connect(":memory:", config=query.SAFE)
        self._fill(connection, state or self.state())
        return connection

    def query(
        self, sql: str, timeout: float | None = None, parameters: Sequence[object] | None = None
    ) -> query.Result:
        """The rows of one SELECT over the views; SQL reaches nothing outside the store and changes nothing.

        `timeout` is in seconds, `parameters` fill the question marks of the SQL in their order. Raises
        `DatelineError`: BAD_QUERY, SLOW_QUERY, BAD_STORE.

        >>> open_store("news").query("SELECT count(*) AS n FROM events").to_dict()  # doctest: +SKIP
        [{'n': 1204}]
        """
        return query.run(self.reader(), sql, timeout, parameters)

    def reader(self) -> duckdb.DuckDBPyConnection:
        """A connection that reads the views on what is committed now and reaches nothing else; for one
        thread. Raises BAD_STORE."""
        state = self.state()
        if self._safe is None or self._safe[0] != state:
            connection = duckdb.connect(":memory:", config=query.SAFE)
            try:
                self._fill(connection, state)
            except duckdb.Error as error:
                raise DatelineError(Problem.BAD_STORE, str(self.folder), str(error)) from error
            query.lock(connection, [str(path) for path in self._files(state)])
            self._safe = state, connection
        return self._safe[1].cursor()

    def records(self) -> Iterator[Event]:
        """The records of all current tellings, in the order of arrival, `coded_date` filled in."""
        sql = """
        SELECT t.record, strftime(r.started, '%Y-%m-%d')
        FROM tellings AS t JOIN stored_articles AS a USING (article)
        JOIN batches AS b ON a.seq BETWEEN b.first_seq AND b.last_seq LEFT JOIN runs AS r USING (run)
        ORDER BY a.seq, t.number
        """
        decoder = msgspec.json.Decoder(Event)
        with self.connect() as connection:
            found = connection.execute(sql)
            while rows := found.fetchmany(1000):
                for record, coded in rows:
                    event = decoder.decode(record)
                    yield msgspec.structs.replace(event, coded_date=event.coded_date or coded or "")

    def review(self, correction: Correction) -> Correction:
        """Takes in what a person says of a record, and gives it back with all that is filled in.

        When it returns, the correction is on the disk and every view, export and `dateline.duckdb` shows it.
        `corrections.Correction` says what each kind needs. Raises `DatelineError`: BAD_CORRECTION, with what
        is wrong (unknown record or field, a value that cannot stand there), UNWRITABLE.

        >>> wrong = Correction(kind="correct", author="Ada", telling="dl-1", field="dead", new=4)
        >>> open_store("news").review(wrong).old  # doctest: +SKIP
        3
        """
        return review.review_all(self, [correction])[0]

    def review_all(self, given: Iterable[Correction]) -> list[Correction]:
        """Takes in several corrections as `review` does, all or none of them; each is checked upon those
        before it, so that a type may be corrected together with a mode of it."""
        return review.review_all(self, list(given))

    def undo(self, id: str, author: str, note: str | None = None) -> Correction:
        """Takes back a correction (or an undoing), by its id; gives the undoing. Raises BAD_CORRECTION."""
        return self.review(Correction(kind="undo", author=author, undoes=id, note=note))

    def corrections(self) -> list[Correction]:
        """All corrections in their order, undone and unattached ones too, with how they stand now."""
        return overlay.read_corrections(self.folder, self.state(wait=True).overlay)

    def correction_faults(self) -> list[DatelineError]:
        """The lines of the log of corrections that cannot be read, each with its place."""
        return list(corrections.read(self.folder).faults)

    def write_database(self) -> None:
        """Writes `dateline.duckdb`: the views, for DuckDB's own tools, R and others. Raises UNWRITABLE."""
        with self.lock(corrections.LOCK):
            self.write_views(State(*overlay.renewed(self), ()))

    def write_views(self, state: State) -> None:
        """Writes `dateline.duckdb` on a state; the caller holds the lock of the corrections."""
        for left in self.folder.glob(f".{DATABASE}*"):
            left.unlink(missing_ok=True)
        path = self.folder / f".{DATABASE}-{os.getpid()}"
        # By pattern, so that batches that come later are seen too.
        found = {name: [self.batches_folder.resolve() / "*" / f"{name}.parquet"] for name in BATCH_TABLES}
        if not state.batches:
            found = {name: [] for name in BATCH_TABLES}
        with disk.reported(path):
            try:
                with duckdb.connect(str(path)) as connection:
                    # At once, since each commit waits for the disk.
                    connection.begin()
                    self._runs(connection)
                    for statement in views.statements(self._views(found, state)):
                        connection.execute(statement)
                    connection.commit()
                path.replace(self.folder / DATABASE)
            except duckdb.Error as error:
                path.unlink(missing_ok=True)
                raise OSError(str(error)) from error

    def sweep(self) -> None:
        """Removes what killed writers left; the caller holds the lock."""
        for folder in (self.folder, self.batches_folder, self.runs_folder):
            disk.sweep(folder)
        for old in self.folder.glob("batches-*"):
            shutil.rmtree(old, ignore_errors=True)

    def _by_table(self, state: State) -> dict[str, list[Path]]:
        return {
            table: [self.batches_folder / name / f"{table}.parquet" for name in state.batches]
            for table in BATCH_TABLES
        }

    def _files(self, state: State) -> Iterator[Path]:
        for paths in self._by_table(state).values():
            yield from paths
        if state.generation:
            linked = self.linked_folder.resolve() / state.generation
            found = (linked / f"{table}.parquet" for table in LINKED_TABLES)
            yield from (path for path in found if path.exists())
        if state.overlay:
            yield from state.overlay.files()

    def _fill(self, connection: duckdb.DuckDBPyConnection, state: State) -> None:
        self._runs(connection)
        for statement in views.statements(self._views(self._by_table(state), state)):
            connection.execute(statement)

    def _views(self, files: Mapping[str, Sequence[Path]], state: State) -> Iterator[tuple[str, str]]:
        linked = self.linked_folder.resolve() / state.generation if state.generation else None
        return laid.lay(views.views(files, linked), state.overlay)

    def _runs(self, connection: duckdb.DuckDBPyConnection) -> None:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET enable_progress_bar = false")
        connection.execute(views.create(RUNS, "runs"))
        rows = [list(row.values()) for row in read_runs(self.runs_folder)]
        if rows:
            connection.executemany(f"INSERT INTO runs VALUES ({', '.join('?' * len(RUNS))})", rows)


def open_folder(folder: str | Path, *, create: bool = False, keep_text: bool | None = None) -> Store:
    """The store in a folder, brought up to the present layout; with `create` made where there is none.

    `keep_text` None takes the store as it is, or makes one that keeps text. Raises NO_STORE,
    NEWER_STORE, BAD_STORE, OTHER_STORE (text kept or not, otherwise than asked), UNWRITABLE.
    """
    folder = Path(folder)
    if not (folder / SETTINGS).exists():
        if not create:
            raise DatelineError(Problem.NO_STORE, str(folder))
        _make(folder, keep_text is not False)
    settings = _settings(folder)
    found = Store(folder, bool(settings["keep_text"]))
    if settings["schema"] < VERSION:
        with found.lock():
            # Another process may have migrated it meanwhile.
            migrate(folder, _settings(folder)["schema"])
    if keep_text is not None and keep_text != found.keep_text:
        how = "with its text" if found.keep_text else "without text"
        raise DatelineError(Problem.OTHER_STORE, str(folder), how)
    return found


def _make(folder: Path, keep_text: bool) -> None:
    with disk.reported(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / "lock"):
            for name in ("batches", "linked", "runs"):
                (folder / name).mkdir(exist_ok=True)
            if not (folder / SETTINGS).exists():
                settings = {"schema": VERSION, "keep_text": keep_text, "made_by": f"dateline {__version__}"}
                disk.write_text(folder / SETTINGS, json.dumps(settings, indent=1) + "\n")


def _settings(folder: Path) -> dict[str, int]:
    try:
        found = json.loads((folder / SETTINGS).read_text(encoding="utf-8"))
        version, keep_text = found["schema"], found["keep_text"]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise DatelineError(Problem.BAD_STORE, str(folder / SETTINGS), "it cannot be read") from error
    if not isinstance(version, int) or not isinstance(keep_text, bool):
        raise DatelineError(Problem.BAD_STORE, str(folder / SETTINGS), "it holds something else")
    if version > VERSION:
        raise DatelineError(Problem.NEWER_STORE, str(folder), f"schema {version}, this one knows {VERSION}")
    return {"schema": version, "keep_text": keep_text}
