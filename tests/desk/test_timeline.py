"""The timeline: what a bar counts, what is ahead, what is in no bar, and where one can go from it."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from dateline.desk.charts import bin_end, bin_index, bin_start, choose_bin, nice_step, stacked, strip

TODAY = dt.date(2024, 3, 15)
Client = Callable[..., TestClient]


@pytest.fixture
def client(desk_over: Callable[..., TestClient]) -> Client:
    """`client(*rows)`: a browser at the desk over a store of these events, on one day."""
    return lambda *rows: desk_over(*rows, today=TODAY)


def event(day: str | None, quad: int = 4, **more: Any) -> dict[str, Any]:
    """A row of `events` on a day."""
    date = dt.date.fromisoformat(day) if day else None
    return {"date": date, "enddate": date, "quad_code": quad} | more


def test_bars_count_by_day_and_quad_class(client: Client) -> None:
    asked = client(
        event("2024-03-12", 4), event("2024-03-12", 4), event("2024-03-12", 1), event("2024-03-14", 2)
    )
    found = asked.get("/api/timeline").json()
    assert (found["bin"], found["since"], found["until"]) == ("day", "2024-03-12", "2024-03-14")
    assert [(one["start"], one["happened"]) for one in found["bins"]] == [
        ("2024-03-12", [1, 0, 0, 2]),
        ("2024-03-14", [0, 1, 0, 0]),
    ]


@pytest.mark.parametrize(
    "row",
    [
        event("2024-03-14", aux="future"),
        event("2024-03-14", aux="historical; hypothetical"),
        event("2024-03-20"),
    ],
)
def test_what_is_planned_possible_or_after_today_is_ahead(client: Client, row: dict[str, Any]) -> None:
    [one] = client(row).get("/api/timeline").json()["bins"]
    assert one["ahead"] == [0, 0, 0, 1] and one["happened"] == [0] * 4


def test_what_stands_in_no_bar_is_counted(client: Client) -> None:
    found = (
        client(
            event("2024-03-12"),
            event("2024-03-12", aux="negation"),
            event("2024-03-01", enddate=dt.date(2024, 3, 31), date_precision="month"),
            event(None, date_precision="unknown"),
        )
        .get("/api/timeline")
        .json()
    )
    assert found["left_out"] == {"denied": 1, "undated": 1, "coarse": 1}
    assert [one["start"] for one in found["bins"]] == ["2024-03-12"]


def test_wider_bins_take_what_is_known_less_exactly(client: Client) -> None:
    month = event("2024-03-01", enddate=dt.date(2024, 3, 31), date_precision="month")
    asked = client(month, event("2024-03-12"))
    found = asked.get("/api/timeline?since=2021-01-01&until=2024-12-31").json()
    assert found["bin"] == "month" and found["left_out"]["coarse"] == 0
    assert [(one["start"], one["end"], one["happened"][3]) for one in found["bins"]] == [
        ("2024-03-01", "2024-03-31", 2)
    ]


def test_an_event_that_began_before_the_days_shown_stands_at_the_first(client: Client) -> None:
    found = (
        client(event("2024-03-01", enddate=dt.date(2024, 3, 20))).get("/api/timeline?since=2024-03-10").json()
    )
    assert [one["start"] for one in found["bins"]] == ["2024-03-10"]
    assert found["before"] == 1


def test_around_today_is_shown_unless_days_are_asked_for(client: Client) -> None:
    asked = client(
        event("1998-05-01"), event("2024-03-10"), event("2024-03-18", aux="future"), event("2031-01-01")
    )
    found = asked.get("/api/timeline").json()
    assert (found["since"], found["until"]) == ("2024-03-10", "2024-03-18")
    assert (found["before"], found["after"]) == (1, 1)
    assert found["whole"] == {"since": "1998-05-01", "until": "2031-01-01"}
    whole = asked.get("/api/timeline?since=1998-05-01&until=2031-01-01").json()
    assert whole["bin"] == "year" and sum(map(sum, (one["happened"] for one in whole["bins"]))) == 2


def test_days_far_from_today_are_shown_where_there_are_no_others(client: Client) -> None:
    found = client(event("1998-05-01"), event("1998-05-03")).get("/api/timeline").json()
    assert (found["since"], found["until"]) == ("1998-05-01", "1998-05-03")


def test_filters_hold(client: Client) -> None:
    asked = client(event("2024-03-12", 4, actor_code="KEN"), event("2024-03-12", 1, actor_code="SOM"))
    [one] = asked.get("/api/timeline?actor=SOM").json()["bins"]
    assert one["happened"] == [1, 0, 0, 0]
    [one] = asked.get("/api/timeline?quad=4").json()["bins"]
    assert one["happened"] == [0, 0, 0, 1]


def test_the_page_links_each_bar_to_its_events(client: Client) -> None:
    asked = client(event("2024-03-12", actor_code="KEN"), event("2024-03-14", aux="future", actor_code="KEN"))
    page = asked.get("/timeline?actor=KEN").text
    svg = page[page.index('<svg class="bars"') : page.index("</svg>", page.index('<svg class="bars"'))]
    links = re.findall(r'<a href="([^"]+)" aria-label="([^"]+)"', svg)
    assert [link for link, _ in links] == [
        "/events?actor=KEN&amp;since=2024-03-12&amp;until=2024-03-12",
        "/events?actor=KEN&amp;since=2024-03-14&amp;until=2024-03-14",
    ]
    assert links[0][1].startswith("12 March 2024: 1 material conflict")
    assert links[1][1].startswith("14 March 2024: 1 material conflict ahead")
    assert 'class="part ahead q4"' in svg and ">today<" not in svg
    assert asked.get(links[0][0].replace("&amp;", "&")).status_code == 200


def test_today_is_marked_where_it_is_in_view(client: Client) -> None:
    asked = client(event("2024-03-12"), event("2024-03-20", aux="future"))
    assert ">today<" in asked.get("/timeline").text


def test_nothing_to_show_is_said(client: Client) -> None:
    asked = client(event("2024-03-12"))
    for address in (
        "/timeline?actor=FRA",
        "/timeline?since=2024-03-14&until=2024-03-01",
        "/timeline?until=0001-01-01",
    ):
        answer = asked.get(address)
        assert answer.status_code == 200 and "No event that fits" in answer.text


@pytest.mark.parametrize(
    "days", ["since=0001-01-01", "until=9999-12-31", "since=0001-01-01&until=9999-12-31"]
)
def test_the_ends_of_the_calendar_break_nothing(client: Client, days: str) -> None:
    asked = client(event("2024-03-12"), event("9999-12-31"), event("0001-01-01"))
    assert asked.get(f"/timeline?{days}").status_code == 200


def test_text_in_a_filter_stays_text(client: Client) -> None:
    page = client(event("2024-03-12")).get('/timeline?actor="><script>alert(1)</script>').text
    assert "<script>alert" not in page


def test_bins_are_chosen_by_the_span() -> None:
    first = dt.date(2024, 1, 1)
    chosen = [choose_bin(first, first + dt.timedelta(days=n)) for n in (0, 123, 124, 900, 3_000, 5_000)]
    assert chosen == ["day", "day", "week", "month", "month", "year"]


@pytest.mark.parametrize("bin", ["day", "week", "month", "year"])
def test_a_bin_holds_its_days_and_the_next_begins_after_it(bin: str) -> None:
    for n in range(0, 800, 13):
        day = dt.date(2023, 1, 1) + dt.timedelta(days=n)
        start, end = bin_start(bin, day), bin_end(bin, bin_start(bin, day))
        assert start <= day <= end
        assert bin_index(bin, start) == bin_index(bin, end) == bin_index(bin, day)
        assert bin_index(bin, end + dt.timedelta(days=1)) == bin_index(bin, day) + 1


def test_steps_are_round() -> None:
    assert [nice_step(n, 6) for n in (1, 6, 7, 40, 130, 8_000)] == [1, 1, 2, 10, 50, 2_000]


def test_heights_are_in_proportion_and_nothing_overlaps() -> None:
    day = dt.date(2024, 3, 12)
    one = {"start": day, "end": day, "happened": [3, 2, 1, 4], "ahead": [1, 0, 0, 2]}
    found = {"bin": "day", "since": day, "until": day, "today": day, "bins": [one]}
    chart = stacked(found)
    assert chart is not None
    parts = chart["bars"][0]["parts"]
    scale = {round(p["h"] / n, 1) for p, n in zip(parts, (2, 3, 1, 4, 1, 2), strict=True)}
    assert len(scale) == 1
    edges = sorted((p["y"], p["y"] + p["h"]) for p in parts)
    assert all(above[1] <= below[0] + 0.05 for above, below in itertools.pairwise(edges))
    assert [p["quad"] for p in parts] == [2, 1, 1, 4, 3, 4]


def test_the_strip_frames_what_is_shown() -> None:
    days = [dt.date(2024, 3, n) for n in (1, 2, 3, 4)]
    bins = [{"start": day, "cooperation": 1, "conflict": 2} for day in days]
    overview = {"bin": "day", "since": days[0], "until": days[-1], "bins": bins}
    found = strip({"since": days[1], "until": days[2], "overview": overview})
    assert found is not None and found["starts"] == days
    unit = (found["to"] - found["from"]) / 2
    assert found["from"] == pytest.approx(48 + unit) and unit == pytest.approx(236)
