from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from dateline import __version__
from dateline.article import Article
from dateline.desk.app import make_app
from dateline.desk.history import drawing, history
from dateline.ingest import open_store
from dateline.sources.text import as_article

TOLD = (
    ("Andean Post", "2024-06-03", "Bombs killed 4 people and injured 9 in Juliaca on Monday, police said."),
    ("Lima Ledger", "2024-06-03", "Bombs killed 6 people and injured 12 in Juliaca on Monday, a mayor said."),
    ("Alto Radio", "2024-06-04", "Bombs killed 9 people and injured 12 in Juliaca on Monday, doctors said."),
    ("Rio Herald", "2024-06-06", "Bombs killed 11 people in Juliaca on Monday, police said."),
)  # fmt: skip


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    store = open_store(tmp_path_factory.mktemp("record") / "store")
    store.ingest(
        as_article(
            f"b{n}", text, title=f'=HYPERLINK("x") {publication}', date=day, publication=publication,
            url=f"https://{publication.replace(' ', '').lower()}.example/{n}",
        )
        for n, (publication, day, text) in enumerate(TOLD)
    )  # fmt: skip
    with TestClient(make_app(store, author="Ada"), base_url="http://127.0.0.1") as found:
        yield found


@pytest.fixture
def event(client: TestClient) -> dict[str, Any]:
    rows: list[dict[str, Any]] = client.get("/api/events").json()["events"]
    assert len(rows) == 1
    return rows[0]


def test_tellings_stand_side_by_side_oldest_first(client: TestClient, event: dict[str, Any]) -> None:
    found = client.get(f"/api/record/{event['id']}").json()
    assert [one["row"]["publisher"] for one in found["tellings"]] == [
        "andeanpost.example", "limaledger.example", "altoradio.example", "rioherald.example",
    ]  # fmt: skip
    for one, (_, _, text) in zip(found["tellings"], TOLD, strict=True):
        assert "".join(piece["text"] for piece in one["sentence"]) == text
        assert "killed" in [piece["text"] for piece in one["sentence"] if piece["act"]]
    numbers = {f["name"]: f for f in found["fields"]}["size"]
    assert [v["text"] for v in numbers["values"]] == ["11 dead", "12 injured"]
    assert [one["fields"]["size"]["differs"] for one in found["tellings"]] == [True] * 4
    assert [one["fields"]["place"]["differs"] for one in found["tellings"]] == [False] * 4
    assert found["status"]["is"] == "reported"
    assert "Several independent publishers" in found["status"]["because"]


def test_numbers_and_sources_are_followed_over_time(client: TestClient, event: dict[str, Any]) -> None:
    found = client.get(f"/api/record/{event['id']}").json()["history"]
    assert [row["dead"] for row in found["rows"]] == [4, 6, 9, 11]
    assert [("dead" in row["changed"], "injured" in row["changed"]) for row in found["rows"]] == [
        (False, False), (True, True), (True, False), (True, False),
    ]  # fmt: skip
    page = client.get(f"/record/{event['id']}").text
    assert 'aria-label="injured: 9 on 2024-06-03' in page or 'aria-label="dead: 4 on 2024-06-03' in page
    assert page.count("<circle") == 7


def test_a_drawing_needs_two_numbers() -> None:
    row = {"telling": "t", "article": "a", "publisher": "p", "attribution": None}
    day = dt.date(2024, 6, 3)
    one = history([{**row, "published": day, "dead": 4}, {**row, "published": day, "dead": None}])
    assert one["sizes"] == ["dead"]
    assert drawing(one) is None
    two = drawing(history([{**row, "published": day, "dead": 4}, {**row, "published": day, "dead": 0}]))
    assert two is not None
    assert [said for _, _, said in two.steps[0].points] == ["4 on 2024-06-03", "0 on 2024-06-03"]
    assert two.steps[0].points[0][0] < two.steps[0].points[1][0]


def test_a_telling_leads_to_its_event(client: TestClient, event: dict[str, Any]) -> None:
    telling = client.get(f"/api/record/{event['id']}").json()["event"]["telling"]
    answer = client.get(f"/record/{telling}?actor=PER", follow_redirects=False)
    assert answer.headers["location"] == f"/record/{event['id']}?actor=PER"
    assert client.get("/record/ev-none").status_code == client.get("/api/record/dl-none").status_code == 404


def test_what_is_shown_can_be_kept_as_csv_that_runs_nothing(
    client: TestClient, event: dict[str, Any]
) -> None:
    answer = client.get(f"/record/{event['id']}.csv")
    assert answer.headers["content-disposition"] == f'attachment; filename="{event["id"]}.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["row"] for row in rows] == ["event", *["telling"] * 4]
    assert [row["dead"] for row in rows] == ["11", "4", "6", "9", "11"]
    assert all(row["title"].startswith("'=") for row in rows)
    assert client.get(f"/record/{event['id']}.json").json()["event"]["id"] == event["id"]


def test_a_citation_names_version_run_record_and_articles(client: TestClient, event: dict[str, Any]) -> None:
    found = client.get(f"/api/record/{event['id']}").json()["citation"]
    run = client.get("/api/sql", params={"sql": "SELECT run FROM runs"}).json()["rows"][0][0]
    for said in (f"Dateline {__version__}", "plover-2.0-draft", event["id"], run, dt.date.today().isoformat(),
                 "https://rioherald.example/3"):  # fmt: skip
        assert said in found["text"]
        assert said.replace("_", r"\_") in found["bibtex"]
    assert found["bibtex"].count("{") == found["bibtex"].count("}")


def test_a_copy_stands_with_the_record(tmp_path: Path) -> None:
    text = " ".join(
        f"Bolivia accused Peru of theft number {n} on Monday in the hall of La Paz." for n in range(9)
    )
    store = open_store(tmp_path / "store")
    given = [
        Article("one", text, title="First", date=dt.date(2024, 5, 6), publication="Post"),
        Article("two", text, title="Second", date=dt.date(2024, 5, 7), publication="Radio"),
    ]
    store.ingest(
        [as_article(a.id, a.text, title=a.title, date=a.date, publication=a.publication) for a in given]
    )
    client = TestClient(make_app(store, author="Ada"), base_url="http://127.0.0.1")
    event = client.get("/api/events").json()["events"][0]
    found = client.get(f"/api/record/{event['id']}").json()
    assert [copy["title"] for copy in found["copies"]] == ["Second"]
    listed = client.get("/api/articles").json()["articles"]
    assert [(row["title"], row["copies"]) for row in listed] == [("First", 1)]
    copy = client.get(f"/article/{found['copies'][0]['article']}").text
    assert "A copy of" in copy
    assert found["copies"][0]["copy_of"] in copy
