"""The commands of the store: `ingest`, `query`."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import json
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from dateline import __version__
from dateline.coder import Coder
from dateline.commands.shared import (
    Actors,
    Day,
    Dictionaries,
    GazetteerFile,
    Model,
    NoModel,
    OutFile,
    Workers,
    complain,
    finish,
    make_coder,
    output,
)
from dateline.errors import DatelineError, Problem, reported
from dateline.exports.files import harmless, parquet_path
from dateline.exports.table import clean
from dateline.language.parse import DEFAULT_MODEL

if TYPE_CHECKING:
    from dateline.scale.ray_engine import RayEngine
    from dateline.sources.articles import Progress as Reading
    from dateline.store.query import Result
    from dateline.store.runs import Counts

ENGINES = ("local", "ray")
FORMATS = ("table", "csv", "jsonl", "parquet")
SHOWN = 1000  # rows of a table on a terminal

Folder = Annotated[Path, typer.Option("--store", help="The store's folder.")]


def ingest(
    sources: Annotated[
        list[str],
        typer.Argument(help="Files, folders, patterns, feeds (file or http), archives; - is standard input."),
    ],
    store: Folder,
    date: Day = None,
    columns: Annotated[
        str | None,
        typer.Option("--columns", help="Columns of tables and keys of JSON, as text=body,date=published."),
    ] = None,
    no_text: Annotated[
        bool, typer.Option("--no-text", help="Keep offsets and hashes, no text; for a new store.")
    ] = False,
    batch: Annotated[int, typer.Option("--batch", min=1, help="Articles committed at once.")] = 200,
    actors: Actors = None,
    dictionaries: Dictionaries = None,
    gazetteer: GazetteerFile = None,
    model: Model = DEFAULT_MODEL,
    no_model: NoModel = False,
    workers: Workers = 1,
    engine: Annotated[
        str, typer.Option("--engine", help="Where to code: local (processes here), ray (a cluster).")
    ] = "local",
    address: Annotated[
        str | None, typer.Option("--address", help="The Ray cluster: auto, HOST:6379, ray://HOST:10001.")
    ] = None,
) -> None:
    """Read articles from any sources into a store, code them and link their events."""
    from dateline.ingest import open_store
    from dateline.sources.articles import Progress as Reading

    mapping = _mapping(columns)
    if engine not in ENGINES:
        raise DatelineError(Problem.BAD_OPTION, "--engine", f"{engine!r} is none of {', '.join(ENGINES)}")
    if address and engine != "ray":
        raise DatelineError(Problem.BAD_OPTION, "--address", "it goes with --engine ray")
    coder = make_coder(model, actors, dictionaries, gazetteer, no_model)
    opened = open_store(store, keep_text=False if no_text else None)
    reading = Reading()
    with _shown(reading) as watch, _engine(engine, store, coder, address, workers) as where:
        counts = opened.ingest(
            sources,
            coder=coder,
            workers=workers,
            engine=where,
            date=date,
            columns=mapping,
            batch=batch,
            aside=lambda error: complain(f"set aside: {error}"),
            watch=watch,
            progress=reading,
        )
    if sys.stderr.isatty():
        complain(_summary(counts))
    finish(counts.articles + counts.known, counts.set_aside)


def _engine(
    name: str, store: Path, coder: Coder, address: str | None, workers: int
) -> contextlib.AbstractContextManager[RayEngine | None]:
    """The engine of that name; None is the local one. Its folder lies in the store, which all nodes see."""
    if name != "ray":
        return contextlib.nullcontext()
    from dateline.scale.ray_engine import RayEngine

    about = f"{__version__} {coder.options}"
    return RayEngine(store / "ray", about, address=address, workers=workers)


def _summary(counts: Counts) -> str:
    return (
        f"{counts.articles:,} articles in ({counts.copies:,} copies, {counts.versions:,} later versions), "
        f"{counts.tellings:,} tellings; {counts.known:,} known before, {counts.set_aside:,} set aside"
    )


def _mapping(columns: str | None) -> dict[str, str]:
    """`text=body,date=published` as a dict. Raises BAD_OPTION."""
    found = {}
    for pair in (columns or "").split(","):
        field, sign, column = pair.partition("=")
        if pair.strip() and not (sign and field.strip() and column.strip()):
            raise DatelineError(Problem.BAD_OPTION, "--columns", f"{pair!r} is not field=column")
        if pair.strip():
            found[field.strip()] = column.strip()
    return found


@contextlib.contextmanager
def _shown(reading: Reading) -> Iterator[Callable[[Counts], None]]:
    """A progress bar on a terminal's standard error; nothing in a pipe."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda counts: None
        return
    columns = (BarColumn(), TextColumn("{task.fields[counts]}"), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None, counts="")
        begun = dt.datetime.now()

        def watch(counts: Counts) -> None:
            done = counts.articles + counts.known + counts.set_aside
            seconds = max((dt.datetime.now() - begun).total_seconds(), 0.001)
            words = (
                f"{counts.articles:,} articles, {counts.tellings:,} events, {counts.set_aside:,} set aside, "
                f"{done / seconds:,.1f} a second"
            )
            bar.update(task, completed=reading.done, total=reading.total or None, counts=words)

        yield watch


def query(
    sql: Annotated[str, typer.Argument(help="One SELECT over the views of docs/store.md.")],
    store: Folder,
    form: Annotated[str | None, typer.Option("--format", help=f"One of {', '.join(FORMATS)}.")] = None,
    out: OutFile = None,
    timeout: Annotated[
        float | None, typer.Option("--timeout", min=0.001, help="Seconds it may take.")
    ] = None,
) -> None:
    """Ask a store with SQL; it can read the store and nothing else, and change nothing."""
    from dateline.store.store import open_folder

    form = form or ("table" if out is None and sys.stdout.isatty() else "csv")
    if form not in FORMATS:
        raise DatelineError(Problem.BAD_OPTION, "--format", f"{form!r} is none of {', '.join(FORMATS)}")
    path = parquet_path(out) if form == "parquet" else None
    found = open_folder(store).query(sql, timeout)
    if path is not None:
        _write_parquet(found, path)
        return
    write_rows(found, form, out)


def write_rows(found: Result, form: str, out: Path | None) -> None:
    """Writes rows as a table, CSV or JSON lines to a file or standard output; control characters and
    formulas in them are made harmless. Raises UNWRITABLE."""
    with output(out) as stream:
        if form == "table":
            _table(found, Console(file=stream, highlight=False, width=None if stream.isatty() else 120))
        elif form == "csv":
            writer = csv.writer(stream)
            writer.writerow([harmless(name) for name in found.columns])
            for row in found:
                writer.writerow([harmless(_text(value)) for value in row])
        else:
            for given in found.to_dict():
                stream.write(json.dumps(given, ensure_ascii=False, default=_plain) + "\n")


def _table(found: Result, console: Console) -> None:
    grid = Table(box=None, pad_edge=False)
    for name in found.columns:
        grid.add_column(Text(clean(name)), overflow="fold")
    for number, row in enumerate(found):
        if number == SHOWN:
            break
        grid.add_row(*(Text("" if value is None else clean(str(_text(value)))) for value in row))
    console.print(grid)
    if len(found) > SHOWN:
        complain(f"note: {len(found) - SHOWN:,} more rows; --out FILE writes them all")


def _text(value: Any) -> Any:
    """A cell's value for CSV: lists and structures as JSON."""
    if isinstance(value, list | dict | tuple):
        return json.dumps(value, ensure_ascii=False, default=_plain)
    return value


def _plain(value: Any) -> Any:
    """What JSON has no form for, as text; whole numbers of any size as numbers."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)


def _write_parquet(found: Result, path: Path) -> None:
    import pyarrow.parquet as pq

    with reported(path):
        pq.write_table(found.to_arrow(), path)
