"""GeoJSON (RFC 7946): one feature an event.

A point is drawn only where the event is known to a district or better (resolution 3 to 5). An event that
is known to a country or province has no geometry (RFC 7946 calls it unlocated): a point in the capital or
in the middle would say what nobody said. The property `resolution` says how precise the place is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from dateline.exports.exported import Exported
from dateline.exports.rows import full_row
from dateline.record import Place

RESOLUTIONS = {1: "country", 2: "province", 3: "district", 4: "city", 5: "sub-city"}
DRAWN = 3
HEAD = '{"type": "FeatureCollection", "features": [\n'
TAIL = "\n]}\n"
# They are the geometry and the resolution in words.
NO_PROPERTIES = ("lat", "lon", "resolution")


def _geometry(place: Place | None) -> dict[str, Any] | None:
    if place is None or place.lat is None or place.lon is None or (place.resolution or 0) < DRAWN:
        return None
    return {"type": "Point", "coordinates": [place.lon, place.lat]}


def feature(item: Exported) -> dict[str, Any]:
    """The event as a feature; its properties are the columns of the CSV export, the place's spelt out."""
    event = item.event
    place = event.event_loc
    properties: dict[str, Any] = {k: v for k, v in full_row(item).items() if k not in NO_PROPERTIES}
    properties["resolution"] = RESOLUTIONS.get(place.resolution or 0) if place else None
    return {"type": "Feature", "id": event.id, "geometry": _geometry(place), "properties": properties}


def pieces(items: Iterator[Exported]) -> Iterator[str]:
    """The collection as text, piece by piece."""
    yield HEAD
    for place, item in enumerate(items):
        yield (",\n" if place else "") + json.dumps(feature(item), ensure_ascii=False)
    yield TAIL
