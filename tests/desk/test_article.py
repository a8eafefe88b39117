from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest
from starlette.testclient import TestClient

from dateline.article import Article
from dateline.desk.app import make_app
from dateline.desk.marks import visible
from dateline.ingest import open_store
from dateline.record import Event


class Text(HTMLParser):
    """The words of the article as a browser would have them, and where each element says that it stands."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words, self.depth = "", 0
        self.starts: dict[int, int] = {}
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id") == "text":
            self.depth = 1
        elif self.depth and tag == "div":
            self.depth += 1
        if self.depth:
            self.tags.add(tag)
            assert not any(name.startswith("on") or name == "style" for name in given)
            if re.fullmatch(r"c\d+", given.get("id") or ""):
                self.starts[int(str(given["id"])[1:])] = len(self.words)

    def handle_endtag(self, tag: str) -> None:
        if self.depth and tag == "div":
            self.depth -= 1

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.words += data


def key_of(client: TestClient, title: str) -> str:
    rows = client.get("/api/articles", params={"title": title}).json()["articles"]
    return str(rows[0]["article"])


def desk_over(folder: Path, *articles: Article, keep_text: bool = True) -> TestClient:
    store = open_store(folder, keep_text=keep_text)
    store.ingest(articles, coder=told)
    return TestClient(make_app(store, author="Ada"), base_url="http://127.0.0.1")


def told(article: Article) -> list[Event]:
    """One record a "shelled", by hand, so that any text at all can be coded."""
    found = []
    for n, m in enumerate(re.finditer("shelled", article.text)):
        start = m.start() - len("Troops ")
        party = {"entity_text": "Troops", "code": "KEN", "sector": "MIL", "start": start, "end": start + 6}
        given = {
            "id": f"dl-{article.id}-{n}",
            "doc": article.id,
            "date": "2024-05-13",
            "enddate": "2024-05-13",
            "date_precision": "day",
            "actor": [party],
            "recipient": [],
            "event": ["ASSAULT"],
            "quad_code": 4,
            "event_scale": -9.0,
            "cameo": "190",
            "size": {"dead": n} if n else {},
            "event_text": "shelled",
            "text": "Troops shelled it.",
            "text_info": {"sequence": n, "start": start, "end": m.end()},
            "mentions": [
                {"start": start, "end": m.end(), "trigger_start": m.start(), "trigger_end": m.end()}
            ],
            "cite_info": {},
            "why": {"event": "by hand"},
            "confidence": 0.5,
            "coder": "test",
            "coded_date": "",
        }
        found.append(msgspec.convert(given, Event))
    return found


def test_the_text_is_shown_with_its_marks_where_the_records_say(client: TestClient) -> None:
    key = key_of(client, "Eleven killed")
    found = client.get(f"/api/article/{key}").json()
    page = client.get(f"/article/{key}").text
    text = Text(page)
    for at, shown in text.starts.items():
        assert text.words[shown : shown + 3].strip() in found["text"][at : at + 3]
    kinds = {(m["kind"], found["text"][m["start"] : m["end"]]) for m in found["marks"]}
    assert {
        ("act", "killed"),
        ("act", "blamed"),
        ("place", "Desaguadero"),
        ("source", "Peruvian police"),
    } <= kinds
    for event in found["events"]:
        assert f'id="{event["telling"]}"' in page
        assert f'href="#{event["telling"]}-record"' in page


def test_every_field_has_its_value_and_what_decided_it(client: TestClient) -> None:
    found = client.get(f"/api/article/{key_of(client, 'Eleven killed')}").json()
    fields = {f["name"]: f for f in found["events"][0]["fields"]}
    assert [v["text"] for v in fields["size"]["values"]] == ["11 dead", "20 injured"]
    assert ".tsv:" in fields["event"]["why"]
    assert found["events"][0]["record"]["why"]["date"] == fields["date"]["why"]
    assert all(f["why"] for f in fields.values() if f["values"])
    assert fields["confidence"]["values"][0]["text"] == f"{found['events'][0]['record']['confidence']:.2f}"


def test_layers_mark_days_numbers_and_speech_too(client: TestClient) -> None:
    key = key_of(client, "Eleven killed")
    found = client.get(f"/api/article/{key}", params={"layers": "all"}).json()
    kinds = {(m["kind"], found["text"][m["start"] : m["end"]]) for m in found["marks"]}
    assert {("day", "Sunday"), ("number", "600 soldiers")} <= kinds
    assert any(kind == "speech" and "its fighters had attacked" in words for kind, words in kinds)
    assert any(kind == "party" and words == "an armed group" for kind, words in kinds)
    page = client.get(f"/article/{key}", params={"layers": "all"}).text
    assert 'id="show-day"' in page
    assert Text(page).words == Text(client.get(f"/article/{key}").text).words


@pytest.mark.parametrize("path", ["/article/a-none", "/api/article/a-none", "/article/..%2f..%2fetc"])
def test_an_article_that_is_not_there_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


HOSTILE = (
    "Troops shelled <script>document.title='run'</script><svg onload=alert(1)>\"><img src=x onerror=alert(2)>"
    "\n\n</p></div></main><style>*{display:none}</style>{{ 7*7 }}{% include 'x' %}&lt;b&gt; &#34; ]]> --> "
    "\u202etxet\u202c \u0000\u0007\u001b[2J\ufeff\r\n\u2028 שלום مرحبا 👩‍👩‍👧 "
    "Troops shelled 'em` javascript:alert(3)"
)


def test_hostile_text_is_only_text(tmp_path: Path) -> None:
    article = Article(
        id='x"><script>1</script>', text=HOSTILE, title="<svg onload=alert(1)>", url="javascript:alert(1)",
        publication='"><script>2</script>',
    )  # fmt: skip
    client = desk_over(tmp_path / "store", article)
    key = client.get("/api/articles").json()["articles"][0]["article"]
    page = client.get(f"/article/{key}", params={"layers": "all"}).text
    text = Text(page)
    assert text.tags <= {"div", "p", "span", "a"}
    assert "javascript:" not in "".join(re.findall(r'href="([^"]*)"', page))
    assert page.count("<script") == 2
    assert not set(page) & set("\u202e\u202c\x00\x07\x1b\ufeff")
    # What the page shows from an element on is what the article has from there on.
    for at, shown in text.starts.items():
        assert text.words[shown : shown + 4].strip()[:1] == visible(HOSTILE[at : at + 4]).strip()[:1]
    assert client.get(f"/api/article/{key}").json()["text"] == HOSTILE


@pytest.mark.parametrize("unit", ["<\"'&>", "Troops shelled <b>.\n\n", "\u202e\U0001f469\u0300"])
def test_a_page_is_light_whatever_the_text(tmp_path: Path, unit: str) -> None:
    client = desk_over(
        tmp_path / "store", Article(id="long", text=unit * (400_000 // len(unit)), title="T" * 5000)
    )
    key = client.get("/api/articles").json()["articles"][0]["article"]
    files = ("desk.css", "desk.js", "article.css", "article.js")
    static = sum(len(client.get(f"/static/{name}").content) for name in files)
    for asked in ({}, {"part": "2"}, {"part": "9999"}):
        answer = client.get(f"/article/{key}", params=asked)
        assert answer.status_code == 200
        assert len(answer.content) + static < 500_000
    assert len(client.get(f"/api/article/{key}", params={"part": 9999}).json()["text"]) > 0


def test_a_store_without_text_shows_its_records(tmp_path: Path) -> None:
    client = desk_over(tmp_path / "store", Article(id="a", text="Troops shelled it."), keep_text=False)
    key = client.get("/api/articles").json()["articles"][0]["article"]
    page = client.get(f"/article/{key}").text
    assert "This store keeps no text" in page
    assert 'id="text"' not in page
    assert "characters 0–14" in page
    assert "KEN MIL" in page
    assert client.get(f"/article/{key}/text").status_code == 404
    found = client.get(f"/api/article/{key}").json()
    assert found["text"] is None
    assert found["marks"] == []
    telling = found["events"][0]["telling"]
    assert "not kept" in client.get(f"/record/{telling}").text
