"""The commands that get data out: `export`, `series`, `network`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from dateline import __version__
from dateline.commands.shared import OutFile, complain, finish, output
from dateline.errors import DatelineError, Problem
from dateline.exports import describe, dyads, formats, graphs
from dateline.exports.exported import Exported, exported
from dateline.exports.files import parquet_path
from dateline.exports.read import read_events
from dateline.record import Event

StoreFolder = Annotated[Path | None, typer.Option("--store", help="A store that `dateline ingest` made.")]
Records = Annotated[Path | None, typer.Option("--in", help="Records of `dateline code --format jsonl`.")]
By = Annotated[
    str, typer.Option("--party", help="Count parties by their code, or by code and sector: code, sector.")
]


@dataclass(slots=True)
class _Records:
    """The records of a file; those that cannot be read are named and counted."""

    path: Path
    counts: Counter[bool] = field(default_factory=Counter)

    def __iter__(self) -> Iterator[Event]:
        for found in read_events(self.path):
            self.counts[isinstance(found, Event)] += 1
            if isinstance(found, Event):
                yield found
            else:
                complain(f"set aside: {found}")

    def finish(self) -> None:
        """Ends with the status that the counts call for."""
        finish(self.counts[True], self.counts[False])


def _one_of(option: str, value: str, known: Iterable[str]) -> None:
    if value not in known:
        raise DatelineError(Problem.BAD_OPTION, option, f"{value!r} is none of {', '.join(known)}")


def _one_source(store: Path | None, records: Path | None) -> None:
    if (store is None) == (records is None):
        raise DatelineError(Problem.BAD_OPTION, detail="give either --store DIR or --in EVENTS.jsonl")


def export(
    form: Annotated[str, typer.Option("--format", help=f"One of {', '.join(formats.FORMATS)}.")],
    store: StoreFolder = None,
    records: Records = None,
    out: OutFile = None,
    everything: Annotated[
        bool,
        typer.Option(
            "--all",
            help="Write announced, possible and denied events too where the format cannot say that they are.",
        ),
    ] = False,
) -> None:
    """Write events in a format of the field; CSV and Parquet files get a description beside them."""
    _one_source(store, records)
    _one_of("--format", form, formats.FORMATS)
    if form == "parquet":
        parquet_path(out)
    read = _Records(records) if records is not None else None
    with output(out if form != "parquet" else None) as stream:
        done = formats.write(_items(store, read), form, stream, out, everything)
    if out is not None and form in formats.DESCRIBED:
        describe.write(out, form, done.rows, f"dateline {__version__}")
    if done.left_out:
        complain(
            f"note: left out, since {form} cannot say that they are announced, possible or denied: "
            f"{done.left_out:,} event{'s' * (done.left_out != 1)}; --all writes them"
        )
    if read is not None:
        read.finish()


def _items(store: Path | None, read: _Records | None) -> Iterator[Exported]:
    if read is not None:
        yield from map(exported, read)
    elif store is not None:
        # DuckDB is an extra, which records from a file do not need.
        from dateline import open_store
        from dateline.exports.linked import read_linked

        yield from read_linked(open_store(store, create=False))


def _deeds(store: Path | None, read: _Records | None, party: dyads.Party) -> Iterator[dyads.Deed]:
    if read is not None:
        yield from (found for event in read if (found := dyads.deed(event, party)))
    elif store is not None:
        from dateline import open_store
        from dateline.exports.linked import read_deeds

        yield from read_deeds(open_store(store, create=False), party)


def series(
    store: StoreFolder = None,
    records: Records = None,
    by: Annotated[str, typer.Option("--by", help="The period: day, week (from Monday), month.")] = "day",
    party: By = "code",
    form: Annotated[
        str, typer.Option("--format", help=f"One of {', '.join(graphs.SERIES_FORMATS)}.")
    ] = "csv",
    out: OutFile = None,
) -> None:
    """Count what each party did to each other by day, week or month, with the mean PLOVER score."""
    _one_source(store, records)
    _one_of("--by", by, dyads.PERIODS)
    _one_of("--party", party, dyads.PARTIES)
    _one_of("--format", form, graphs.SERIES_FORMATS)
    if form == "parquet":
        parquet_path(out)
    read = _Records(records) if records is not None else None
    rows = dyads.series(_deeds(store, read, _party(party)), _period(by))
    with output(out if form != "parquet" else None) as stream:
        graphs.write_series(rows, form, stream, out)
    if read is not None:
        read.finish()


def network(
    store: StoreFolder = None,
    records: Records = None,
    party: By = "code",
    form: Annotated[
        str, typer.Option("--format", help=f"One of {', '.join(graphs.NETWORK_FORMATS)}.")
    ] = "json",
    out: OutFile = None,
) -> None:
    """Write who did what to whom as a directed network, weighted by events and signed by PLOVER score."""
    _one_source(store, records)
    _one_of("--party", party, dyads.PARTIES)
    _one_of("--format", form, graphs.NETWORK_FORMATS)
    read = _Records(records) if records is not None else None
    found = dyads.network(_deeds(store, read, _party(party)))
    with output(out) as stream:
        graphs.write_network(found, form, stream)
    if read is not None:
        read.finish()


def _party(given: str) -> dyads.Party:
    return "sector" if given == "sector" else "code"


def _period(given: str) -> dyads.Period:
    return "week" if given == "week" else "month" if given == "month" else "day"
