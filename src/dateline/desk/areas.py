"""Countries and dependencies as the map knows them: their middles, and their shapes on the base map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from dateline.knowledge import exchange
from dateline.knowledge.tables import read_table


@dataclass(frozen=True, slots=True)
class Area:
    """A country or dependency: ISO 3166 alpha-2, its middle in degrees, and the names of its shapes in the
    base map; none where it is too small to be drawn."""

    iso2: str
    lat: float
    lon: float
    shapes: tuple[str, ...]


@lru_cache(maxsize=1)
def _areas() -> Mapping[str, Area]:
    shapes = {
        row["iso2"]: row.many("shapes")
        for row in read_table("gazetteer", "outlines.tsv", required=("iso2", "shapes"))
    }
    found: dict[str, Area] = {}
    for row in read_table("gazetteer", "countries.tsv", required=("iso2", "lat", "lon")):
        iso2 = row["iso2"]
        try:
            lat, lon = float(row["lat"]), float(row["lon"])
        except ValueError:
            raise row.bad("lat and lon are numbers") from None
        found[iso2] = Area(iso2, lat, lon, shapes.get(iso2, ()))
    return found


@lru_cache(maxsize=1)
def states() -> Mapping[str, Area]:
    """The areas of states by the code that records bear."""
    areas = _areas()
    return {code: areas[known.iso2] for code, known in exchange.countries().items() if known.iso2 in areas}


@lru_cache(maxsize=1)
def dependencies() -> Mapping[tuple[float, float], Area]:
    """The areas of dependencies by their middle, at which a record puts what happened somewhere there."""
    own = {known.iso2 for known in exchange.countries().values()}
    return {(area.lat, area.lon): area for area in _areas().values() if area.iso2 not in own}
