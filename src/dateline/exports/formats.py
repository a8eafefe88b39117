"""The exports by name, and one function that writes any of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from dateline.errors import DatelineError, Problem
from dateline.exports import gdelt, geojson, icews, phoenix, polecat
from dateline.exports.exported import Exported, happened
from dateline.exports.files import parquet_path
from dateline.exports.rows import write_csv, write_parquet
from dateline.record import to_json


@dataclass(frozen=True, slots=True)
class Tabbed:
    """A format of rows between tabs: its columns, whether they head the file, and what makes the rows."""

    columns: tuple[str, ...]
    head: bool
    rows: Callable[[Exported], Iterator[tuple[str, ...]]]


# These cannot say that an event is announced, possible or denied.
TABBED = {
    "gdelt": Tabbed(gdelt.COLUMNS, False, gdelt.rows),
    "icews": Tabbed(icews.COLUMNS, True, icews.rows),
    "polecat": Tabbed(polecat.COLUMNS, True, polecat.rows),
    "phoenix": Tabbed(phoenix.COLUMNS, False, phoenix.rows),
}
FORMATS = ("plover", *TABBED, "geojson", "csv", "parquet")
DESCRIBED = ("csv", "parquet")


@dataclass(slots=True)
class Written:
    """What was written: events, rows (a pair of actors may have one each), and events left out as unreal."""

    events: int = 0
    rows: int = 0
    left_out: int = 0


def _counted(items: Iterable[Exported], done: Written, real: bool) -> Iterator[Exported]:
    for item in items:
        if real and not happened(item.event):
            done.left_out += 1
            continue
        done.events += 1
        yield item


def write(
    items: Iterable[Exported], form: str, out: TextIO | None, path: Path | None, everything: bool = False
) -> Written:
    """Writes events in one of `FORMATS`, one at a time, so that memory does not grow with their number.

    `path` is needed for Parquet, `out` for the rest. The formats of `TABBED` leave out what is announced,
    possible or denied unless `everything` is asked for. Raises BAD_OPTION, UNWRITABLE.
    """
    done = Written()
    tabbed = TABBED.get(form)
    given = _counted(items, done, tabbed is not None and not everything)
    if form == "parquet":
        write_parquet(given, parquet_path(path))
        done.rows = done.events
        return done
    if out is None or form not in FORMATS:
        raise DatelineError(Problem.BAD_OPTION, "--format", f"{form!r} is none of {', '.join(FORMATS)}")
    if tabbed is None:
        _write_whole(given, form, out)
        done.rows = done.events
        return done
    if tabbed.head:
        out.write("\t".join(tabbed.columns) + "\n")
    for item in given:
        for row in tabbed.rows(item):
            out.write("\t".join(row) + "\n")
            done.rows += 1
    return done


def _write_whole(items: Iterator[Exported], form: str, out: TextIO) -> None:
    """The formats that hold all of a record."""
    if form == "plover":
        for item in items:
            out.write(to_json(item.event) + "\n")
    elif form == "geojson":
        for piece in geojson.pieces(items):
            out.write(piece)
    else:
        write_csv(items, out)
