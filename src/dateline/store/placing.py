"""Where a person says that an event took place: a name of the gazetteer, or a name with coordinates."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import msgspec

from dateline.errors import DatelineError, Problem
from dateline.knowledge.gazetteer.index import Entry, fold, gazetteer
from dateline.knowledge.gazetteer.names import countries
from dateline.record import Event, Place

_SHORT = ("name", "country", "lat", "lon", "resolution", "start", "end")
_TOWN, _COUNTRY, _FINEST = 4, 1, 5


def _bad(what: str) -> DatelineError:
    return DatelineError(Problem.BAD_CORRECTION, "place", what)


def place(given: Any, event: Event) -> Place | None:
    """The record of a place from a name, {`name`, `country`, `lat`, `lon`} (`country` alpha-3), a full
    `event_loc`, or None for no place.

    Without coordinates the gazetteer decides: of the places of that name, within `country` where it is given,
    the most populous. Raises BAD_CORRECTION where it knows none, or a code or number is none.
    """
    if given is None:
        return None
    given = {"name": given} if isinstance(given, str) else given
    if not isinstance(given, dict):
        raise _bad(f"{given!r} is no place")
    if "extracted_place" in given:
        return _full(given)
    if unknown := sorted(set(map(str, given)) - set(_SHORT)):
        raise _bad(f"{unknown[0]!r} is not one of {', '.join(_SHORT)}")
    name, country = given.get("name"), given.get("country") or None
    if not isinstance(name, str) or not fold(name):
        raise _bad(f"a name is needed, not {name!r:.60}")
    codes = {found.code for found in countries().values()}
    if country is not None and country not in codes:
        raise _bad(f"{country!r} is no country's code")
    start, end = _span(given, name, event)
    if given.get("lat") is None and given.get("lon") is None:
        return _from_gazetteer(name, country, start, end)
    found = Place(
        extracted_place=name,
        resolved_place=name,
        lat=given.get("lat"),
        lon=given.get("lon"),
        country=_name_of(country),
        country_code=country,
        resolution=given.get("resolution", _TOWN),
        start=start,
        end=end,
    )
    return _full(msgspec.to_builtins(found))


def _full(given: Mapping[str, Any]) -> Place:
    try:
        found = msgspec.convert(given, Place)
    except msgspec.ValidationError as error:
        raise _bad(str(error)) from error
    where = (found.lat, found.lon)
    if any(where) and None in where:
        raise _bad("latitude and longitude go together")
    lat, lon = found.lat or 0.0, found.lon or 0.0
    if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        raise _bad(f"{lat}, {lon} is not on the globe")
    if found.resolution is not None and not _COUNTRY <= found.resolution <= _FINEST:
        raise _bad(f"the resolution {found.resolution} is not in {_COUNTRY}..{_FINEST}")
    if not fold(found.resolved_place or found.extracted_place) or not 0 <= found.start <= found.end:
        raise _bad("the name or its offsets are missing")
    return found


def _span(given: Mapping[str, Any], name: str, event: Event) -> tuple[int, int]:
    start, end = given.get("start"), given.get("end")
    if type(start) is int and type(end) is int and 0 <= start <= end:
        return start, end
    if start is not None or end is not None:
        raise _bad(f"[{start}, {end}) are no offsets")
    at = event.text.find(name)
    first = event.text_info.start + max(at, 0)
    return first, first + (len(name) if at >= 0 else 0)


def _from_gazetteer(name: str, country: str | None, start: int, end: int) -> Place:
    from dateline.mentions.places import PlaceMention  # these load the language model's library
    from dateline.resolve.places_record import as_place

    where = f" in {country}" if country else ""
    for entry in gazetteer().find(name):
        if country is None or _code(entry) == country:
            return as_place(PlaceMention(start, end, 0, 0, name), entry)
    raise _bad(f"the gazetteer knows no {name!r}{where}: give lat and lon")


def _code(entry: Entry) -> str | None:
    found = countries().get(entry.country)
    return found.code if found else None


def _name_of(code: str | None) -> str | None:
    rows = (found.row for found in countries().values() if found.code == code)
    row = next(rows, None) if code else None
    return None if row is None else gazetteer().entry(row).name
