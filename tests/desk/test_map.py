"""The map: each event as exactly as its place is known, and what is not on it."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from dateline.desk.areas import dependencies, states
from dateline.desk.desk import FOLDER
from dateline.desk.pages import map as map_page
from dateline.knowledge import exchange

TODAY = dt.date(2024, 3, 15)
WORLD = FOLDER / "static" / "vendor" / "world-atlas-2.0.2-countries-110m.json"
Client = Callable[..., TestClient]
MANDERA = {
    "place": "Mandera",
    "place_country": "KEN",
    "geonameid": 187896,
    "lat": 3.94,
    "lon": 41.86,
    "resolution": 4,
}
KENYA = {
    "place": "Kenya",
    "place_country": "KEN",
    "geonameid": 192950,
    "lat": 1.0,
    "lon": 38.0,
    "resolution": 1,
}


@pytest.fixture
def client(desk_over: Callable[..., TestClient]) -> Client:
    """`client(*rows)`: a browser at the desk over a store of these events, on one day."""
    return lambda *rows: desk_over(*rows, today=TODAY)


def event(place: dict[str, Any], quad: int = 4, **more: Any) -> dict[str, Any]:
    """A row of `events` at a place."""
    date = dt.date(2024, 3, 12)
    return {"date": date, "enddate": date, "quad_code": quad} | place | more


def test_a_city_is_a_point_with_its_events_by_class(client: Client) -> None:
    answer = client(event(MANDERA), event(MANDERA), event(MANDERA, 1, aux="future")).get("/api/map")
    assert answer.headers["content-type"] == "application/geo+json"
    [feature] = answer.json()["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [41.86, 3.94]}
    assert feature["properties"] == {
        **{"name": "Mandera", "level": "place", "country": "KEN", "events": 3, "ahead": 1},
        **{"quads": [1, 0, 0, 2], "quad": 4},
    }


def test_what_is_known_by_its_country_alone_is_at_no_point(client: Client) -> None:
    elsewhere = KENYA | {"lat": -1.29, "lon": 36.82, "place": "Republic of Kenya"}
    [feature] = client(event(KENYA), event(elsewhere, 2)).get("/api/map").json()["features"]
    assert feature["geometry"] is None
    assert feature["properties"]["name"] == "Kenya" and feature["properties"]["events"] == 2
    assert feature["properties"]["shapes"] == ["404"]


@pytest.mark.parametrize(
    ("resolution", "level"), [(5, "place"), (4, "place"), (3, "district"), (2, "province")]
)
def test_levels_are_those_of_the_record(client: Client, resolution: int, level: str) -> None:
    [feature] = client(event(MANDERA | {"resolution": resolution})).get("/api/map").json()["features"]
    assert feature["properties"]["level"] == level


def test_a_dependency_is_not_the_state_whose_code_it_bears(client: Client) -> None:
    greenland = {"place": "Greenland", "place_country": "DNK", "lat": 72.0, "lon": -40.0, "resolution": 1}
    denmark = {"place": "Denmark", "place_country": "DNK", "lat": 56.0, "lon": 10.0, "resolution": 1}
    found = client(event(greenland), event(denmark)).get("/api/map").json()["features"]
    shapes = {one["properties"]["name"]: one["properties"]["shapes"] for one in found}
    assert shapes == {"Denmark": ["208"], "Greenland": ["304"]}


def test_a_country_too_small_for_the_base_map_has_a_middle_but_no_shape(client: Client) -> None:
    malta = {"place": "Malta", "place_country": "MLT", "lat": 35.9, "lon": 14.4, "resolution": 1}
    [feature] = client(event(malta)).get("/api/map").json()["features"]
    assert feature["properties"]["shapes"] == [] and len(feature["properties"]["middle"]) == 2


def test_what_is_not_on_the_map_is_counted_and_said(client: Client) -> None:
    asked = client(
        event(MANDERA),
        event({}),
        event({"place": "Freedom Park"}),
        event({"place": "Freedom Park", "resolution": 4}),
        event(MANDERA, aux="negation"),
    )
    left = asked.get("/api/map").json()["left_out"]
    assert left == {"denied": 1, "nowhere": 1, "unresolved": 2, "further": 0, "further_places": 0}
    page = asked.get("/map").text
    assert "1 event at 1 place," in page and "1 event without a place is not on the map" in page
    assert (
        "2 at a place that is in no gazetteer are not" in page
        and "1 said not to have happened</a> is" in page
    )


def test_places_beyond_those_drawn_are_counted(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(map_page, "PLACES", 2)
    towns = [MANDERA | {"place": f"Town {n}", "geonameid": n, "lat": float(n)} for n in range(4)]
    rows = [event(town) for n, town in enumerate(towns) for _ in range(4 - n)]
    found = client(*rows, event({})).get("/api/map").json()
    assert [one["properties"]["name"] for one in found["features"]] == ["Town 0", "Town 1"]
    assert (found["left_out"]["further"], found["left_out"]["further_places"]) == (3, 2)
    assert found["left_out"]["nowhere"] == 1


def test_filters_hold_and_places_link_to_their_events(client: Client) -> None:
    asked = client(event(MANDERA), event(MANDERA, 1), event(KENYA, 4))
    page = asked.get("/map?quad=4").text
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    links = re.findall(r'<th scope="row"><a href="([^"]+)"><bdi>([^<]+)', table)
    assert sorted(links) == [
        ("/events?quad=4&amp;place=KEN", "Kenya"),
        ("/events?quad=4&amp;place=Mandera", "Mandera"),
    ]
    assert asked.get("/api/events?quad=4&place=Mandera").json()["total"] == 1


def test_text_in_a_place_stays_text(client: Client) -> None:
    name = "</script><script>alert(1)</script>"
    page = client(event(MANDERA | {"place": name})).get("/map").text
    assert "<script>alert" not in page
    data = page[page.index('id="places-data">') + 17 :]
    assert json.loads(data[: data.index("</script>")])["features"][0]["properties"]["name"] == name


def test_nothing_to_draw_is_said(client: Client) -> None:
    answer = client(event({})).get("/map")
    assert (
        answer.status_code == 200
        and "No event that fits" in answer.text
        and "leaflet" not in answer.text.lower().split("</head>")[1]
    )


def test_every_shape_of_the_base_map_is_somebodys_and_every_country_has_a_middle() -> None:
    geometries = json.loads(Path(WORLD).read_text(encoding="utf-8"))["objects"]["countries"]["geometries"]
    drawn = {one.get("id") or one["properties"]["name"] for one in geometries}
    known = [shape for area in (*states().values(), *dependencies().values()) for shape in area.shapes]
    assert sorted(known) == sorted(drawn)
    assert set(states()) >= set(exchange.countries())
    assert states()["KEN"].shapes == ("404",) and states()["KOS"].shapes == ("Kosovo",)
