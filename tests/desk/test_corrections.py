from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from dateline.desk.app import make_app
from dateline.ingest import ArticleStore


@pytest.fixture
def client(week: ArticleStore) -> Iterator[TestClient]:
    """A browser at a desk of one's own."""
    with TestClient(make_app(week, author="Ada"), base_url="http://127.0.0.1") as found:
        yield found


@pytest.fixture
def key(client: TestClient) -> str:
    return str(
        client.get("/api/articles", params={"title": "Eleven killed"}).json()["articles"][0]["article"]
    )


def shown(client: TestClient, key: str, telling: str | None = None) -> dict[str, Any]:
    """A record of the article as it stands: the first, or that of a telling."""
    events = client.get(f"/api/article/{key}").json()["events"]
    found: dict[str, Any] = next(e for e in events if telling in (None, e["telling"]))
    return found


def token(client: TestClient, path: str) -> str:
    found = re.search(r'name="csrf" value="(\w+)"', client.get(path).text)
    assert found
    return found[1]


def post(client: TestClient, key: str, **form: Any) -> Any:
    path = f"/article/{key}"
    sent = {"csrf": token(client, path), "back": path, **form}
    return client.post("/corrections", data=sent, follow_redirects=False)


def fields_of(page: str, telling: str, field: str) -> dict[str, list[str]]:
    """What a browser would send of the form of a field, as the page has it."""
    forms = [
        form
        for form in re.findall(r'<form method="post" action="/corrections">(.*?)</form>', page, re.DOTALL)
        if f'value="{telling}"' in form and f'name="field" value="{field}"' in form
    ]
    assert len(forms) == 1
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", forms[0]):
        given = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if given.get("type") != "checkbox" or tag.rstrip(">").endswith("checked"):
            found.setdefault(given["name"], []).append(html.unescape(given.get("value", "")))
    for name, options in re.findall(r'<select name="(\w+)">(.*?)</select>', forms[0], re.DOTALL):
        chosen = re.search(r"<option(?: value=\"([^\"]*)\")? selected>([^<]*)", options)
        found.setdefault(name, []).append((chosen[1] or chosen[2]) if chosen else "")
    return found


def test_every_form_of_the_page_bears_the_token(client: TestClient, key: str) -> None:
    event = shown(client, key)["linked"]["id"]
    for path in (f"/article/{key}", f"/record/{event}"):
        forms = re.findall(r'<form[^>]*method="post".*?</form>', client.get(path).text, re.DOTALL)
        assert len(forms) > 10
        assert all('name="csrf"' in form and 'name="back"' in form for form in forms)


def test_a_form_left_as_it_is_corrects_nothing(client: TestClient, key: str) -> None:
    page = client.get(f"/article/{key}").text
    events = client.get(f"/api/article/{key}").json()["events"]
    for event in events:
        for field in event["fields"]:
            if field["correctable"]:
                form = fields_of(page, event["telling"], field["name"])
                assert client.post("/corrections", data=form, follow_redirects=False).status_code == 303
    assert client.get("/api/corrections").json()["corrections"] == []


@pytest.mark.parametrize(
    ("field", "form", "says"),
    [
        ("event", {"value": "COERCE"}, "COERCE"),
        ("mode", {"value": ["beat", ""]}, "beat"),
        ("aux", {"value": ["future"]}, "future"),
        ("context", {"value": ["crime", "health", ""]}, "crime; health"),
        ("date", {"date": "2024-05-11", "enddate": "2024-05-12", "date_precision": "day"},
         "2024-05-11 – 2024-05-12"),
        ("actor", {"row": [""], "code": ["bol"], "sector": ["mil"], "words": [""]}, "BOL (BOL MIL)"),
        ("recipient",
         {"row": ["", ""], "code": ["PER", "BRA"], "sector": ["GOV", ""], "words": ["the town", ""]},
         "the town (PER GOV); BRA (BRA)"),
        ("place", {"name": "Puno", "country": "PER", "lat": "", "lon": ""}, "Puno"),
        ("place", {"name": "Camp Seven", "country": "PER", "lat": "-16.5", "lon": "-69"}, "Camp Seven"),
        ("place", {"name": ""}, ""),
        ("size", {"dead": "1,012", "injured": ""}, "1,012 dead"),
        ("attribution", {"words": ["a shepherd", ""], "code": ["", ""]}, "a shepherd"),
    ],
)  # fmt: skip
def test_a_field_is_corrected(
    client: TestClient, key: str, field: str, form: dict[str, Any], says: str
) -> None:
    telling = shown(client, key)["telling"]
    answer = post(client, key, kind="correct", telling=telling, field=field, author="Björk Ó", **form)
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"] == f"/article/{key}#{telling}-record"
    after = {f["name"]: f for f in shown(client, key, telling)["fields"]}[field]
    said = "; ".join(value["text"] for value in after["values"])
    assert said.startswith(says) if says else said == ""
    assert after["person"]
    assert after["why"].startswith("person: Björk Ó, ")
    assert "Björk Ó" in client.get(f"/article/{key}").text


def test_a_last_day_that_stays_is_kept_where_the_first_changes(client: TestClient, key: str) -> None:
    telling = shown(client, key)["telling"]
    form = {"date": "2024-05-11", "enddate": "2024-05-12", "date_precision": "day"}
    post(client, key, kind="correct", telling=telling, field="date", **form)
    post(client, key, kind="correct", telling=telling, field="date", **{**form, "date": "2024-05-10"})
    record = shown(client, key, telling)["record"]
    assert (record["date"], record["enddate"]) == ("2024-05-10", "2024-05-12")


def test_a_corrected_party_keeps_its_place_in_the_text(client: TestClient, key: str) -> None:
    before = shown(client, key)
    recipient = before["record"]["recipient"][0]
    sent = {"row": ["0"], "code": ["BOL"], "sector": ["GOV"], "words": [recipient["entity_text"]]}
    post(client, key, kind="correct", telling=before["telling"], field="recipient", **sent)
    after = shown(client, key)["record"]["recipient"]
    assert [(r["code"], r["start"], r["end"]) for r in after] == [
        ("BOL", recipient["start"], recipient["end"])
    ]


def test_one_click_confirms_or_rejects_and_undo_takes_it_back(client: TestClient, key: str) -> None:
    telling = shown(client, key)["telling"]
    assert post(client, key, kind="confirm", telling=telling).status_code == 303
    assert post(client, key, kind="reject", telling=telling).status_code == 303
    events = client.get(f"/api/article/{key}").json()["events"]
    assert telling not in [event["telling"] for event in events]
    # Its address leads to where it can be taken back.
    assert client.get(f"/record/{telling}", follow_redirects=False).headers["location"] == f"/article/{key}"
    log = client.get("/api/corrections", params={"article": key}).json()["corrections"]
    assert [one["kind"] for one in log] == ["confirm", "reject"]
    assert post(client, key, kind="undo", undoes=log[1]["id"]).status_code == 303
    assert shown(client, key, telling)["telling"] == telling
    log = client.get("/api/corrections", params={"article": key}).json()["corrections"]
    assert [(one["kind"], one["undone"]) for one in log] == [
        ("confirm", False),
        ("reject", True),
        ("undo", False),
    ]


def test_an_event_is_added_where_its_words_stand(client: TestClient, key: str) -> None:
    text = client.get(f"/api/article/{key}").json()["text"]
    start = text.index("demand protection")
    form = {
        "start": start,
        "end": start + 6,
        "event_type": "REQUEST",
        "actor_code": "PER",
        "actor_sector": "CVL",
    }
    answer = post(client, key, kind="add", article=key, **form)
    telling = re.fullmatch(rf"/article/{key}#(dl-\w+)-record", answer.headers["location"])
    assert telling
    found = shown(client, key, telling[1])
    assert found["record"]["event"] == ["REQUEST"]
    assert found["record"]["actor"][0]["cameo"] == "PERCVL"
    marks = client.get(f"/api/article/{key}").json()["marks"]
    assert ("act", start, start + 6) in [(m["kind"], m["start"], m["end"]) for m in marks]
    assert client.get(f"/record/{telling[1]}").status_code == 200


def test_the_whole_article_is_read(client: TestClient, key: str) -> None:
    assert "Read whole by" not in client.get(f"/article/{key}").text
    post(client, key, kind="reviewed", article=key)
    assert re.search("Read whole by <bdi>Ada</bdi>", client.get(f"/article/{key}").text)


def test_the_author_is_remembered(client: TestClient, key: str) -> None:
    assert 'name="author" value="Ada"' in client.get(f"/article/{key}").text
    post(client, key, kind="author", author='Bo "x" <b>')
    assert 'name="author" value="Bo &#34;x&#34; &lt;b&gt;"' in client.get(f"/article/{key}").text
    telling = shown(client, key)["telling"]
    post(client, key, kind="confirm", telling=telling)
    assert client.get("/api/corrections").json()["corrections"][0]["author"] == 'Bo "x" <b>'


@pytest.mark.parametrize(
    ("form", "named"),
    [
        ({"kind": "correct", "field": "dead", "value": "x"}, "dead"),
        ({"kind": "correct", "field": "size", "dead": "many"}, "dead"),
        ({"kind": "correct", "field": "event", "value": "FIGHT"}, "FIGHT"),
        ({"kind": "correct", "field": "date", "date": "yesterday"}, "yesterday"),
        ({"kind": "correct", "field": "actor", "row": "", "code": "QQQ", "sector": "", "words": ""}, "QQQ"),
        ({"kind": "correct", "field": "actor", "code": ["A", "B"], "row": "", "sector": "", "words": ""},
         "form"),
        ({"kind": "correct", "field": "place", "name": "Nowhere At All", "country": "PER"}, "gazetteer"),
        ({"kind": "drop"}, "drop"),
        ({}, "kind"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_named(
    client: TestClient, key: str, form: dict[str, Any], named: str
) -> None:
    answer = post(client, key, telling=shown(client, key)["telling"], **form)
    assert answer.status_code == 422
    assert named in answer.text
    assert client.get("/api/corrections").json()["corrections"] == []


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/\\evil.example", "x", "/a\r\nb", ""]
)
def test_one_is_sent_back_to_the_desk_only(client: TestClient, key: str, back: str) -> None:
    answer = post(client, key, kind="author", author="Ada", back=back)
    assert answer.headers["location"] == "/"


def test_the_api_takes_the_same(client: TestClient, key: str) -> None:
    telling = shown(client, key)["telling"]
    header = {"x-csrf-token": token(client, f"/article/{key}")}
    given = {"kind": "correct", "telling": telling, "field": "dead", "new": 12, "author": "Eve"}
    assert client.post("/api/corrections", json=given).status_code == 403
    answer = client.post("/api/corrections", json=given, headers=header)
    assert answer.status_code == 201
    assert (answer.json()["old"], answer.json()["new"]) == (11, 12)
    assert shown(client, key, telling)["record"]["size"]["dead"] == 12
    for wrong in ({**given, "new": -1}, {**given, "kind": "x"}, {**given, "telling": 4}, {}):
        refused = client.post("/api/corrections", json=wrong, headers=header)
        assert refused.status_code == 422
        assert refused.json()["error"]
    assert [
        c["new"] for c in client.get("/api/corrections", params={"author": "Eve"}).json()["corrections"]
    ] == ["12"]
    assert client.get("/api/corrections", params={"event": "ev-none"}).json()["corrections"] == []


def test_the_state_of_a_pledge_is_set(client: TestClient, key: str) -> None:
    event = client.get("/api/events", params={"aux": "future"}).json()["events"][0]["id"]
    assert post(client, key, kind="state", event=event, new="perhaps").status_code == 422
    assert post(client, key, kind="state", event=event, new="kept").status_code == 303
    log = client.get("/api/corrections", params={"event": event}).json()["corrections"]
    assert [(one["kind"], one["new"]) for one in log] == [("state", '"kept"')]
    assert "state of the pledge" in client.get(f"/record/{event}").text
