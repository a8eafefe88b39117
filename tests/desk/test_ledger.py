from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from dateline.desk.app import make_app
from dateline.ingest import ArticleStore, open_store
from dateline.store.corrections import Correction


def ledger(client: TestClient, **asked: Any) -> dict[str, Any]:
    answer = client.get("/api/ledger", params=asked)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_the_ledger_says_who_promised_what_to_whom_and_what_became_of_it(client: TestClient) -> None:
    (hospital,) = [p for p in ledger(client)["pledges"] if "hospital" in p["what"]]
    assert (hospital["who"], hospital["to_whom_code"], hospital["kind"]) == ("Chile", "PER", "promise")
    assert (hospital["state"], hospital["outcome_on"]) == ("withdrawn", "2024-05-20")
    assert "withdrew its offer" in hospital["evidence"][0]["quote"]


def test_a_day_in_the_past_knows_nothing_of_later_ones(client: TestClient) -> None:
    then = ledger(client, as_of="2024-05-19")
    (hospital,) = [p for p in then["pledges"] if "hospital" in p["what"]]
    assert (hospital["state"], hospital["outcome_on"]) == ("open", None)
    assert ledger(client, as_of="2024-04-01")["total"] == 0


def test_states_kinds_and_filters_narrow_the_ledger(client: TestClient) -> None:
    everything = ledger(client)
    assert everything["total"] == sum(everything["counts"].values()) == len(everything["pledges"])
    for asked, right in (
        ({"state": "kept"}, lambda p: p["state"] == "kept" and p["evidence"]),
        ({"state": ["open", "due"]}, lambda p: p["state"] in ("open", "due")),
        ({"kind": "threat"}, lambda p: p["kind"] == "threat"),
        ({"actor": "CHL"}, lambda p: "CHL" in p["who_code"]),
        ({"publisher": "rioherald.example"}, lambda p: True),
    ):
        found = ledger(client, **asked)
        assert 0 < found["total"] < everything["total"]
        assert found["total"] == len(found["pledges"])
        assert all(map(right, found["pledges"]))


def test_the_first_page_names_what_is_falling_due(coded_week: Path) -> None:
    store = open_store(coded_week)
    app = make_app(store, author="Ada", today=dt.date(2024, 5, 15))
    client = TestClient(app, base_url="http://127.0.0.1")
    due = client.get("/api/today").json()["due"]
    assert {p["event"] for p in due} == {
        p["event"] for p in ledger(client, state="due", as_of="2024-05-15")["pledges"]
    }
    assert any("600 soldiers" in p["what"] for p in due)


def test_a_persons_state_wins_and_the_proposal_stays_to_be_seen(week: ArticleStore) -> None:
    client = TestClient(make_app(week, author="Ada"), base_url="http://127.0.0.1")
    (offer,) = [p for p in ledger(client)["pledges"] if p["who"] == "United Nations"]
    assert offer["state"] == "open"
    week.review(
        Correction(kind="state", author="Ada", event=offer["event"], telling=offer["telling"], new="broken")
    )
    (now,) = [p for p in ledger(client)["pledges"] if p["event"] == offer["event"]]
    assert (now["state"], now["proposed"], now["state_by"]) == ("broken", "open", "person")


def test_a_pledge_that_a_person_rejects_leaves_the_ledger_until_taken_back(week: ArticleStore) -> None:
    client = TestClient(make_app(week, author="Ada"), base_url="http://127.0.0.1")
    (offer,) = [p for p in ledger(client)["pledges"] if p["who"] == "United Nations"]
    said = week.review(Correction(kind="reject", author="Ada", telling=offer["telling"]))
    assert offer["event"] not in {p["event"] for p in ledger(client)["pledges"]}
    week.undo(said.id, "Ada")
    assert offer["event"] in {p["event"] for p in ledger(client)["pledges"]}
    # A field that is corrected is no rejection.
    week.review(
        Correction(kind="correct", author="Ada", telling=offer["telling"], field="date", new="2024-05-13")
    )
    assert offer["event"] in {p["event"] for p in ledger(client)["pledges"]}
