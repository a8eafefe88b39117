"""Reads events to export: from the records of `dateline code --format jsonl`, or from a store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from dateline.errors import DatelineError, Problem
from dateline.record import Event
from dateline.sources.objects import read_objects


def read_events(path: str | Path) -> Iterator[Event | DatelineError]:
    """The records of a file of JSON lines ("-": standard input), in their order.

    A line that holds none gives a `DatelineError` in its stead. Raises MISSING, FOLDER, UNREADABLE.
    """
    for place, given in read_objects(path):
        if isinstance(given, DatelineError):
            yield given
            continue
        try:
            yield msgspec.convert(given, Event)
        except msgspec.ValidationError as error:
            yield DatelineError(Problem.BAD_LINE, place, f"not an event record: {error}")
