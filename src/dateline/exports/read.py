"""Reads the records of `dateline code --format jsonl`, and checks what anybody may have written."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from pathlib import Path

import msgspec

from dateline.errors import DatelineError, Problem
from dateline.record import Event
from dateline.sources.objects import read_objects

# What Arrow and the field's formats hold in an integer column.
LARGEST = 2**63 - 1


def read_events(path: str | Path) -> Iterator[Event | DatelineError]:
    """The records of a file of JSON lines ("-": standard input), in their order.

    A line that holds none, or one with days, numbers or letters that no format can hold, gives a
    `DatelineError` in its stead. Raises MISSING, FOLDER, UNREADABLE.
    """
    for place, given in read_objects(path):
        if isinstance(given, DatelineError):
            yield given
            continue
        try:
            event = msgspec.convert(given, Event)
            _check(event)
        except (ValueError, RecursionError) as error:
            yield DatelineError(Problem.BAD_LINE, place, f"not an event record: {error}")
            continue
        yield event


def _check(event: Event) -> None:
    """Raises `ValueError` for what is of the right type and yet nothing that can be written."""
    # Half a pair of surrogates is no text in UTF-8.
    msgspec.json.encode(event)
    published, coded = (event.cite_info.date or "")[:10] or None, event.coded_date[:10] or None
    for day in (event.date, event.enddate, published, coded):
        if day is not None and dt.date.fromisoformat(day).isoformat() != day:
            raise ValueError(f"{day!r} is not a day as YYYY-MM-DD")
    if event.cameo and not (event.cameo.isascii() and event.cameo.isdecimal()):
        raise ValueError(f"{event.cameo!r} is no CAMEO code")
    reals, wholes = [event.event_scale, event.confidence], [*event.size.values()]
    wholes += [event.text_info.sequence, event.text_info.start, event.text_info.end]
    wholes += [n for told in event.mentions for n in (told.start, told.end)]
    if event.event_loc is not None:
        place = event.event_loc
        reals += [place.lat or 0.0, place.lon or 0.0]
        wholes += [place.geonameid or 0, place.resolution or 0]
        if abs(place.lat or 0) > 90 or abs(place.lon or 0) > 180:
            raise ValueError("the coordinates are not on the globe")
    if not all(map(math.isfinite, reals)) or any(abs(n) > LARGEST for n in wholes):
        raise ValueError("a number is too large")
