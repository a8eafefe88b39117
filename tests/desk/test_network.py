"""The network: which events make ties, their signs, the window of days, the picture."""

from __future__ import annotations

import datetime as dt
import itertools
import math
import re
from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from dateline.desk.names import code_names, party_name
from dateline.desk.placing import bend, place

TODAY = dt.date(2024, 3, 15)
Client = Callable[..., TestClient]


@pytest.fixture
def client(desk_over: Callable[..., TestClient]) -> Client:
    """`client(*rows)`: a browser at the desk over a store of these events, on one day."""
    return lambda *rows: desk_over(*rows, today=TODAY)


def event(actor: str, recipient: str, score: float, day: str = "2024-03-12", **more: Any) -> dict[str, Any]:
    """A row of `events` between parties."""
    date = dt.date.fromisoformat(day)
    sides = {"actor_code": actor, "recipient_code": recipient}
    return {"date": date, "enddate": date, "event_scale": score} | sides | more


def tied(found: dict[str, Any]) -> dict[tuple[str, str], float]:
    """The ties by their parties."""
    return {(tie["one"], tie["other"]): tie["score"] for tie in found["ties"]}


def test_ties_are_sums_of_scores_in_both_directions(client: Client) -> None:
    asked = client(event("KEN", "SOM", -5), event("SOM", "KEN", -2.5), event("KEN", "UGA", 4))
    found = asked.get("/api/network").json()
    assert tied(found) == {("KEN", "SOM"): -7.5, ("KEN", "UGA"): 4}
    [first] = [tie for tie in found["ties"] if tie["other"] == "SOM"]
    assert (first["n"], first["mean"], first["friendly"], first["hostile"]) == (2, -3.75, 0, 2)
    assert {node["party"]: node["n"] for node in found["nodes"]} == {"KEN": 3, "SOM": 2, "UGA": 1}
    assert found["nodes"][0]["name"] == "Kenya"


def test_only_what_happened_between_two_makes_a_tie(client: Client) -> None:
    asked = client(
        event("KEN", "SOM", -5, aux="future"),
        event("KEN", "SOM", -5, aux="hypothetical"),
        event("KEN", "SOM", -5, aux="negation"),
        event("KEN", "", -5),
        event("KEN", "KEN", -5),
        event("KEN", "UGA", 4, aux="historical"),
    )
    assert tied(asked.get("/api/network").json()) == {("KEN", "UGA"): 4}


def test_each_of_several_parties_is_tied(client: Client) -> None:
    found = client(event("KEN; ETH", "SOM; ", -3)).get("/api/network").json()
    assert tied(found) == {("ETH", "SOM"): -3, ("KEN", "SOM"): -3}


def test_sectors_may_be_parties(client: Client) -> None:
    row = event("KEN; ETH", "KEN", -3, actor_sector="GOV; ", recipient_sector="OPP")
    found = client(row).get("/api/network?by=sector").json()
    assert tied(found) == {("ETH", "KEN OPP"): -3, ("KEN GOV", "KEN OPP"): -3}


def test_the_window_ends_on_the_day_and_is_so_many_days_long(client: Client) -> None:
    asked = client(
        event("KEN", "SOM", -1, "2024-01-10"),
        event("KEN", "SOM", -2, "2024-02-10"),
        event("KEN", "SOM", -4, "2024-03-10"),
        event("KEN", "SOM", -8, "2024-04-10"),
    )
    found = asked.get("/api/network").json()
    assert (found["day"], found["days"], tied(found)) == ("2024-03-10", 90, {("KEN", "SOM"): -7})
    assert (found["first"], found["last"]) == ("2024-01-10", "2024-03-10")
    assert tied(asked.get("/api/network?day=2024-02-20&days=30").json()) == {("KEN", "SOM"): -2}
    assert tied(asked.get("/api/network?day=2024-02-10&days=1").json()) == {("KEN", "SOM"): -2}
    assert tied(asked.get("/api/network?since=2024-02-01&until=2024-02-28").json()) == {("KEN", "SOM"): -2}
    assert asked.get("/api/network?day=2024-02-09&days=1").json()["ties"] == []


def test_parties_with_most_events_are_shown(client: Client) -> None:
    rows = [event("KEN", "SOM", -1)] * 3 + [event("KEN", "UGA", 1)] * 2 + [event("UGA", "RWA", 1)]
    found = client(*rows).get("/api/network?top=3").json()
    assert [node["party"] for node in found["nodes"]] == ["KEN", "SOM", "UGA"]
    assert found["nodes"][2]["n"] == 3


def test_blocs_are_found_and_said_to_be_against_each_other(client: Client) -> None:
    friends = [event("KEN", "ETH", 5), event("ETH", "UGA", 5), event("KEN", "UGA", 5), event("ERI", "SOM", 5)]
    foes = [event("KEN", "SOM", -5), event("ERI", "ETH", -5)]
    asked = client(*friends, *foes)
    found = asked.get("/api/network").json()
    assert [sorted(bloc["members"]) for bloc in found["blocs"]] == [["ETH", "KEN", "UGA"], ["ERI", "SOM"]]
    assert [bloc["against"] for bloc in found["blocs"]] == [[1], [0]]
    assert found["fit"] == 1 and found["modularity"] > 0
    page = asked.get("/network").text
    assert page.count('<g class="bloc">') == 2
    assert re.search(r"<dt>Bloc A</dt>\s*<dd>.*Kenya.*<br>.*against</span> B", page)


def test_the_page_draws_each_party_and_tie_and_links_to_the_events(client: Client) -> None:
    asked = client(event("KEN", "SOM", -5), event("KEN", "UGA", 4))
    page = asked.get("/network?quad=4&days=30&day=2024-03-15").text
    links = re.findall(r'<a class="node" [^>]*href="([^"]+)"', page)
    assert (
        links[0] == "/events?actor=KEN&amp;quad=4&amp;aux=happened&amp;since=2024-02-15&amp;until=2024-03-15"
    )
    assert asked.get(links[0].replace("&amp;", "&")).status_code == 200
    assert page.count('<path class="tie against"') == 1 and page.count('<path class="tie with"') == 1
    assert '<input type="hidden" name="quad" value="4">' in page
    filters = page[page.index('aria-label="Filters"') : page.index("</form>")]
    assert re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', filters) == [
        ("day", "2024-03-15"),
        ("days", "30"),
    ]


def test_nothing_between_two_is_said(client: Client) -> None:
    answer = client(event("KEN", "", 1)).get("/network")
    assert answer.status_code == 200 and "Nothing between two parties" in answer.text


@pytest.mark.parametrize(
    "asked", ["day=0001-01-01", "day=9999-12-31&days=36600", "since=9999-12-31", "until=0001-01-01"]
)
def test_the_ends_of_the_calendar_break_nothing(client: Client, asked: str) -> None:
    desk = client(event("KEN", "SOM", -5))
    assert desk.get(f"/network?{asked}").status_code == 200


@pytest.mark.parametrize("asked", ["days=0", "top=41", "by=nothing", "day=soon"])
def test_what_cannot_be_asked_is_refused(client: Client, asked: str) -> None:
    assert client(event("KEN", "SOM", -5)).get(f"/api/network?{asked}").status_code == 422


def test_text_in_a_party_stays_text(client: Client) -> None:
    page = client(event("<b>", "\"'><svg onload=alert(1)>", 1)).get("/network").text
    assert "<b>" not in page and "<svg onload" not in page


def test_circles_do_not_overlap_and_the_picture_is_always_the_same() -> None:
    blocs = [list("ABCDEFGH"), list("IJKL"), list("MN"), ["O"], ["P"]]
    names = [party for bloc in blocs for party in bloc]
    radii = {party: 17 + 2.0 * (n % 6) for n, party in enumerate(names)}
    ties = {pair: math.sin(n) for n, pair in enumerate(itertools.combinations(names, 2))}
    places, circles, (width, height) = place(blocs, ties, radii)
    assert place(blocs, ties, radii) == (places, circles, (width, height))
    for one, other in itertools.combinations(names, 2):
        assert math.dist(places[one], places[other]) >= radii[one] + radii[other]
    for (x, y, r), (u, v, s) in itertools.combinations(circles, 2):
        assert math.dist((x, y), (u, v)) >= r + s
    for bloc, (x, y, r) in zip(blocs, circles, strict=True):
        assert all(math.dist(places[party], (x, y)) <= r + 0.2 - radii[party] for party in bloc)
    assert all(r <= x <= width - r and r <= y <= height - r for x, y, r in circles)


@pytest.mark.parametrize("aside", [-12.0, -1.0, 0.0, 1.0, 12.0])
def test_a_tie_goes_round_a_party_that_it_is_not_of(aside: float) -> None:
    start, end, between, radius = (0.0, 0.0), (400.0, 0.0), (130.0, aside), 20.0
    by = bend(start, end, {between: radius})
    shares = [n / 200 for n in range(201)]
    curve = [(2 * t * (1 - t) * by[0] + t * t * end[0], 2 * t * (1 - t) * by[1]) for t in shares]
    assert min(math.dist(point, between) for point in curve) > radius
    assert bend(start, end, {(130.0, 60.0): radius, (-30.0, 0.0): radius}) == (200, 0)


def test_codes_have_names() -> None:
    assert (party_name("KEN"), party_name("UNO"), party_name("XXX")) == ("Kenya", "United Nations", "XXX")
    assert party_name("KEN MIL").startswith("Kenya: the state's troops")
    assert all(len(code) == 3 and name for code, name in code_names().items())
