from __future__ import annotations

import csv
import io

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from dateline.desk import downloads


def rows(client: TestClient, path: str, **asked: str) -> list[dict[str, str]]:
    answer = client.get(path, params=asked)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_events_are_kept_as_they_are_listed(client: TestClient) -> None:
    found = rows(client, "/events.csv", actor="PER", quad="4", page="2")
    listed = client.get("/api/events", params={"actor": "PER", "quad": "4"}).json()
    assert [row["id"] for row in found] == [row["id"] for row in listed["events"]]
    assert len(found) == listed["total"] > 3
    assert found[0]["date"] == listed["events"][0]["date"]


def test_articles_are_kept_as_they_are_listed(client: TestClient) -> None:
    found = rows(client, "/articles.csv", type="ASSAULT")
    listed = client.get("/api/articles", params={"type": "ASSAULT"}).json()["articles"]
    assert [row["article"] for row in found] == [row["article"] for row in listed]
    assert 0 < len(found) < client.get("/api/articles").json()["total"]


def test_a_file_has_an_end(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "MOST", 7)
    monkeypatch.setattr(downloads, "_AT_ONCE", 2)
    assert len(rows(client, "/events.csv")) == 7


def test_no_cell_runs_in_a_spreadsheet() -> None:
    app = FastAPI()
    cells: list[list[object]] = [["=1+1"], ["\t@SUM(A1)"], ["-2"], [-2]]
    app.add_api_route("/x", lambda: downloads.csv_file("x", ["a"], cells), response_model=None)
    answer = TestClient(app).get("/x")
    assert answer.text.splitlines() == ["a", "'=1+1", "'\t@SUM(A1)", "'-2", "-2"]


@pytest.mark.parametrize("name", ['a"\r\nx: y', "../../etc", "ж"])
def test_a_files_name_is_plain(name: str) -> None:
    given = downloads.csv_file(name, [], []).headers["content-disposition"]
    assert given.isascii()
    assert "\n" not in given
    assert given.count('"') == 2
    assert "/" not in given
