"""Events at their places, each as exactly as its place is known."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse

from dateline.desk.areas import Area, dependencies, states
from dateline.desk.data import Data, Row
from dateline.desk.desk import TheDesk
from dateline.desk.filters import Filters, where
from dateline.desk.names import code_names

router = APIRouter()
PLACES, LISTED = 300, 100  # drawn on the map, and in the table beside it
LONGEST = 100  # characters of a place's name
LEVELS = {
    "place": "city",
    "district": "district",
    "province": "province",
    "country": "country",
}
_NOWHERE = ("denied", "nowhere", "unresolved")
# An event of a country is at no point: all of a country's are one row, save those of its dependencies, which
# are told from it by their middle. Events of one place are added up before it is asked what place it is.
_COUNTS = ("n", "ahead", "q1", "q2", "q3", "q4")
_GROUPS = f"""
WITH told AS (
  SELECT place_country, geonameid, lat, lon, resolution, coalesce(place, '') <> '' AS named,
    contains(coalesce(aux, ''), 'negation') AS denied, min(place) AS place, count(*) AS n,
    count(*) FILTER (contains(aux, 'future') OR contains(aux, 'hypothetical') OR date > ?) AS ahead,
    count(*) FILTER (quad_code = 1) AS q1, count(*) FILTER (quad_code = 2) AS q2,
    count(*) FILTER (quad_code = 3) AS q3, count(*) FILTER (quad_code = 4) AS q4
  FROM events WHERE {{where}} GROUP BY 1, 2, 3, 4, 5, 6, 7
), placed AS (
  SELECT *, CASE WHEN denied THEN 'denied' WHEN NOT named THEN 'nowhere'
      WHEN resolution = 1 AND place_country IS NOT NULL THEN 'country'
      WHEN resolution IS NULL OR resolution = 1 OR lat IS NULL OR lon IS NULL THEN 'unresolved'
      WHEN resolution = 2 THEN 'province' WHEN resolution = 3 THEN 'district' ELSE 'place' END AS level,
    level IN {_NOWHERE} AS nowhere,
    CASE level WHEN 'country' THEN list_contains(?::DOUBLE[][], [lat, lon]) ELSE NOT nowhere END AS pointed
  FROM told
), grouped AS (
  SELECT level, nowhere, CASE WHEN level = 'country' THEN place_country END AS code,
    CASE WHEN pointed THEN lat END AS lat, CASE WHEN pointed THEN lon END AS lon,
    CASE WHEN pointed AND level <> 'country' THEN geonameid END AS geonameid,
    left(min(place), {LONGEST}) AS name, min(place_country) AS country,
    {", ".join(f"sum({name})::BIGINT AS {name}" for name in _COUNTS)}
  FROM placed GROUP BY 1, 2, 3, 4, 5, 6
)
SELECT *, sum(n) OVER (PARTITION BY nowhere)::BIGINT AS drawable, count(*) OVER (PARTITION BY nowhere) AS rows
FROM grouped ORDER BY NOT nowhere, n DESC, level, name, lat, lon, geonameid LIMIT {PLACES + len(_NOWHERE)}
"""


def places(data: Data, asked: Filters) -> dict[str, Any]:
    """The places as GeoJSON (RFC 7946), most events first, 300 at most.

    A feature's properties are `name`, `level` (`place`, `district`, `province`, `country`), `country` (the
    code), `events`, `ahead` (how many of them are future, hypothetical or after today), `quads` (events by
    class 1 to 4), `quad` (the most frequent class). What is known to be in a country only has no geometry,
    but `shapes` (of the base map) and `middle` (longitude and latitude of the country's label). Beside them
    `left_out`: `denied` (said not to have happened), `nowhere` (no place told), `unresolved` (a place told
    that is in no gazetteer), `further` events at `further_places` that are not among the 300.
    """
    condition = where(asked)
    points = [list(point) for point in dependencies()]
    rows = data.rows(_GROUPS.format(where=condition.sql), [data.today, *condition.values, points])
    left_out: dict[str, int] = dict.fromkeys(_NOWHERE, 0)
    features: list[dict[str, Any]] = []
    for row in rows:
        if row["level"] in left_out:
            left_out[row["level"]] = row["n"]
        elif len(features) < PLACES:
            features.append(_feature(row))
    on_map = next((row for row in rows if row["level"] not in _NOWHERE), None)
    drawn = sum(feature["properties"]["events"] for feature in features)
    left_out["further"] = on_map["drawable"] - drawn if on_map else 0
    left_out["further_places"] = on_map["rows"] - len(features) if on_map else 0
    return {"type": "FeatureCollection", "features": features, "left_out": left_out}


def _feature(row: Row) -> dict[str, Any]:
    quads = [row[f"q{quad}"] for quad in (1, 2, 3, 4)]
    properties: dict[str, Any] = {
        "name": row["name"],
        "level": row["level"],
        "country": row["country"],
        "events": row["n"],
        "ahead": row["ahead"],
        "quads": quads,
        "quad": quads.index(max(quads)) + 1,
    }
    geometry: dict[str, Any] | None = None
    if row["level"] != "country":
        geometry = {"type": "Point", "coordinates": [row["lon"], row["lat"]]}
    else:
        area = _area(row)
        if area is not None:
            properties["shapes"] = list(area.shapes)
            properties["middle"] = [area.lon, area.lat]
        if row["lat"] is None:
            properties["name"] = code_names().get(row["code"], row["name"])
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _area(row: Row) -> Area | None:
    """The area of a row of a country's or a dependency's events."""
    if row["lat"] is None:
        return states().get(row["code"])
    return dependencies()[row["lat"], row["lon"]]


def link(asked: Filters, properties: dict[str, Any]) -> str:
    """The address of the events of a place: those in the country, or of that name."""
    state = properties["level"] == "country" and properties["name"] == code_names().get(properties["country"])
    return "/events" + asked.query(place=properties["country"] if state else properties["name"])


@router.get("/map", include_in_schema=False)
def page(request: Request, desk: TheDesk, asked: Annotated[Filters, Query()]) -> HTMLResponse:
    """The map as a page."""
    found = places(desk.data, asked)
    for feature in found["features"]:
        feature["properties"]["link"] = link(asked, feature["properties"])
    context = {"found": found, "listed": found["features"][:LISTED], "levels": LEVELS}
    return desk.page(request, "map.html", asked, context)


@router.get("/api/map", tags=["map"])
def api(desk: TheDesk, asked: Annotated[Filters, Query()]) -> JSONResponse:
    """Places with numbers of events, as GeoJSON; what is known by its country only has no geometry."""
    return JSONResponse(places(desk.data, asked), media_type="application/geo+json")
