from __future__ import annotations

import base64
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dateline.desk.app import make_app
from dateline.desk.security import LARGEST_BODY
from dateline.ingest import open_store

CHANGES = ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8765", "", "[::1", "10.0.0.7"]
)
def test_another_host_is_not_answered(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:1", "LOCALHOST", "[::1]:8765"])
def test_a_name_of_this_machine_is_answered(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


def test_two_hosts_are_not_answered(client: TestClient) -> None:
    answer = client.get("/", headers=[("host", "127.0.0.1"), ("host", "evil.example")])  # type: ignore[arg-type]
    assert answer.status_code == 421


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:9999", "http://127.0.0.1:8765.evil.example"]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_another_origin_is_let_neither_read_nor_write(client: TestClient, origin: str, method: str) -> None:
    assert client.request(method, "/api/events", headers={"origin": origin}).status_code == 403


def test_a_cross_site_form_changes_nothing(client: TestClient) -> None:
    assert client.post("/", headers={"sec-fetch-site": "cross-site"}).status_code == 403


@pytest.mark.parametrize("path", ["/", "/api/events", "/api/sql", "/nowhere"])
def test_every_change_needs_the_sessions_token(client: TestClient, path: str) -> None:
    client.get("/")
    for form in ({}, {"csrf": "0" * 64}):
        assert client.post(path, data=form).status_code == 403
    assert client.post(path, json={}, headers={"x-csrf-token": "0" * 64}).status_code == 403


def test_a_token_of_another_session_does_not_serve(coded_week: Path) -> None:
    app = make_app(open_store(coded_week), author="Ada")
    ours, theirs = (TestClient(app, base_url="http://127.0.0.1") for _ in range(2))
    for browser in (ours, theirs):
        browser.get("/")
    assert ours.cookies["dateline_session"] != theirs.cookies["dateline_session"]


@pytest.mark.parametrize("method", CHANGES)
def test_no_other_method_is_let_in(client: TestClient, method: str) -> None:
    assert client.request(method, "/").status_code in (403, 405)


def test_a_large_body_is_refused(client: TestClient) -> None:
    assert client.post("/", content=b"x" * (LARGEST_BODY + 1)).status_code == 413


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e%2f%2e%2e%2f%2e%2e%2fetc/passwd",
        "/static//etc/passwd",
        "/static/....//app.py",
        "/static/..\\app.py",
        "/static/%00",
    ],
)
def test_no_path_climbs_out_of_the_static_folder(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (404, 405)
    assert "import" not in answer.text
    assert "root:" not in answer.text


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM events",
        "INSERT INTO events SELECT * FROM events",
        "CREATE TABLE t AS SELECT 1",
        "COPY events TO '/tmp/out.csv'",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "ATTACH '/tmp/x.duckdb'",
        "INSTALL httpfs",
        "SET memory_limit = '1GB'",
        "PRAGMA database_list; SELECT 1",
        "SELECT 1; DROP VIEW events",
        "SELECT getenv('HOME')",
        "EXPLAIN ANALYZE DELETE FROM events",
    ],
)
def test_sql_neither_writes_nor_reaches_files(client: TestClient, sql: str) -> None:
    answer = client.get("/api/sql", params={"sql": sql})
    assert answer.status_code == 400
    assert "root:" not in answer.text
    assert client.get("/sql", params={"sql": sql}).status_code == 400
    assert client.get("/api/events").json()["total"] > 0


def test_sql_that_takes_too_long_is_ended(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.desk.pages.sql.SECONDS", 0.05)
    answer = client.get("/api/sql", params={"sql": "SELECT count(*) FROM range(1000000000) a, range(1000) b"})
    assert answer.status_code == 503


def test_the_password_is_asked_for(coded_week: Path) -> None:
    app = make_app(open_store(coded_week), author="Ada", password="pässword")
    browser = TestClient(app, base_url="http://127.0.0.1")
    assert browser.get("/").status_code == 401
    for given in ("x:wrong", "nonsense", "x:"):
        coded = base64.b64encode(given.encode()).decode()
        assert browser.get("/", headers={"authorization": f"Basic {coded}"}).status_code == 401
    assert browser.get("/", headers={"authorization": "Basic ***"}).status_code == 401
    right = base64.b64encode("anyone:pässword".encode()).decode()
    assert browser.get("/", headers={"authorization": f"Basic {right}"}).status_code == 200
    assert browser.get("/static/desk.css").status_code == 401


@pytest.mark.parametrize("path", ["/", "/events", "/sql", "/api/events", "/static/desk.css", "/nowhere"])
def test_every_answer_says_what_a_page_may_do(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in headers
