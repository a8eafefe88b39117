from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from dateline.desk.filters import Filters, where
from dateline.knowledge import codebook


def shown(client: TestClient, **asked: Any) -> list[dict[str, Any]]:
    answer = client.get("/api/events", params=asked)
    assert answer.status_code == 200, answer.text
    rows: list[dict[str, Any]] = answer.json()["events"]
    return rows


def test_without_filters_all_is_shown_latest_first(client: TestClient) -> None:
    rows = shown(client)
    days = [row["date"] for row in rows if row["date"]]
    assert len(rows) > 30
    assert days == sorted(days, reverse=True)


def test_each_filter_keeps_what_it_says(client: TestClient) -> None:
    everything = len(shown(client))
    tests = {
        ("actor", "BRA"): lambda r: "BRA" in r["actor_code"].split("; "),
        ("actor", "PER COP"): lambda r: "COP" in r["actor_sector"],
        ("actor", "liberation"): lambda r: "liberation" in f"{r['actor_name']}{r['actor_text']}".lower(),
        ("recipient", "BOL"): lambda r: "BOL" in r["recipient_code"].split("; "),
        ("type", "CONSULT"): lambda r: "CONSULT" in r["event"],
        ("quad", "4"): lambda r: r["quad_code"] == 4,
        ("aux", "future"): lambda r: "future" in (r["aux"] or ""),
        ("aux", "happened"): lambda r: (
            not {"future", "hypothetical", "negation"} & set((r["aux"] or "").split("; "))
        ),
        ("place", "desaguadero"): lambda r: r["place"] == "Desaguadero",
        ("place", "BRA"): lambda r: r["place_country"] == "BRA",
        ("since", "2024-05-18"): lambda r: (r["enddate"] or r["date"]) >= "2024-05-18",
        ("until", "2024-05-01"): lambda r: r["date"] <= "2024-05-01",
        ("confidence", "0.9"): lambda r: r["confidence"] >= 0.9,
        ("status", "denied"): lambda r: r["status"] == "denied",
    }
    for (name, value), right in tests.items():
        rows = shown(client, **{name: value})
        assert 0 < len(rows) < everything, (name, value)
        assert all(map(right, rows)), (name, value)


def test_a_publisher_is_one_that_tells_of_the_event(client: TestClient) -> None:
    rows = shown(client, publisher="rioherald.example")
    assert rows
    assert {row["first_publisher"] for row in rows} >= {"rioherald.example"}


def test_filters_hold_together(client: TestClient) -> None:
    rows = shown(client, actor="PER", type=["COERCE", "ASSAULT"], quad=4)
    assert rows
    assert all("PER" in r["actor_code"] and r["event"] in ("COERCE", "ASSAULT") for r in rows)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("type", "FIGHT"),
        ("quad", "5"),
        ("aux", "maybe"),
        ("since", "2024-13-01"),
        ("confidence", "2"),
        ("page", "0"),
    ],
)
@pytest.mark.parametrize("path", ["/events", "/api/events"])
def test_a_filter_that_cannot_be_is_named(client: TestClient, path: str, name: str, value: str) -> None:
    answer = client.get(path, params={name: value})
    assert answer.status_code == 422
    assert name in answer.text


def test_empty_boxes_ask_for_nothing(client: TestClient) -> None:
    boxes = ["actor", "recipient", "place", "since", "until", "publisher", "confidence", "type", "page"]
    assert len(shown(client, **dict.fromkeys(boxes, ""))) == len(shown(client))


@given(st.text(max_size=40).map(lambda text: f"Zq'{text}"))
def test_no_text_gets_into_the_sql(text: str) -> None:
    condition = where(Filters.model_validate({"actor": text, "place": text, "publisher": text}))
    assert condition.sql.count("?") == len(condition.values) == 3
    assert "Zq" not in condition.sql


days = st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1))


@given(
    actor=st.none() | st.text("KENab &=?/%", min_size=1).filter(str.strip),
    types=st.lists(st.sampled_from(sorted(codebook.event_types())), unique=True),
    quads=st.lists(st.integers(1, 4), unique=True),
    since=st.none() | days,
)
def test_an_address_says_its_filters_and_no_more(
    actor: str | None, types: list[str], quads: list[int], since: dt.date | None
) -> None:
    asked = Filters.model_validate({"actor": actor, "type": types, "quad": quads, "since": since})
    again = Filters.model_validate(
        {
            name: values if name in ("type", "quad") else values[0]
            for name, values in parse_qs(asked.query().removeprefix("?")).items()
        }
    )
    assert again == asked
