"""What linking makes of a store: one event from several papers, its record and its columns alike."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pytest

from dateline import flat
from dateline.article import Article
from dateline.errors import DatelineError
from dateline.exports.linked import read_linked
from dateline.ingest import open_store
from dateline.record import Entity, Event
from dateline.store import likeness
from dateline.store.rows import scalars, value_of
from dateline.store.schema import EVENTS, FIELDS, LINKS

Code = Callable[[Article], list[Event]]
Make = Callable[..., list[Article]]
DAY = dt.date(2020, 5, 4)
TEXT = "Kenya accused Somalia over the convoy at the border post of Garissa"


def uncertain(articles: Code) -> Code:
    """A coder whose records lack a day, the parties' codes, or a place and all numbers."""

    def code(article: Article) -> list[Event]:
        gunmen = [Entity(code=None, entity_text="gunmen", start=0, end=3)]
        changes: tuple[dict[str, Any], ...] = (
            {"date": None, "enddate": None, "date_precision": "unknown", "recipient": []},
            {"actor": gunmen, "recipient": [], "enddate": None},
            {"event_loc": None, "size": {}, "actor": []},
        )
        found = articles(article)
        return [msgspec.structs.replace(e, **c) for e, c in zip(found, changes, strict=False)]

    return code


@pytest.fixture
def filled(folder: Path, cheap: Code, make_articles: Make) -> Any:
    store = open_store(folder)
    told_twice = [Article("p", TEXT, date=DAY), Article("q", f"{TEXT}, he said", date=DAY)]
    store.ingest([*make_articles(30), *told_twice], coder=uncertain(cheap))
    return store


def test_an_events_record_says_what_its_columns_say(filled: Any) -> None:
    rows = filled.query("SELECT * FROM events").to_dict()
    assert any(row["tellings"] > 1 for row in rows), "some were joined"
    for row in rows:
        event = msgspec.json.decode(row["record"], type=Event)
        cells = flat.row(event)
        told = scalars(event) | {name: value_of(name, cells[name]) for name in FIELDS}
        told |= {"id": event.id, "confidence": event.confidence, "coder": event.coder}
        assert {name: row[name] for name in told} == told
    assert {"gunmen"} == {r["actor_text"] for r in rows if not r["actor"] and r["actor_text"]}
    assert "unknown" in {row["date_precision"] for row in rows}


def test_its_tables_are_those_of_the_page(filled: Any) -> None:
    with filled.connect() as connection:
        for name, schema in (("events", EVENTS), ("links", LINKS)):
            assert connection.sql(f"SELECT * FROM {name}").to_arrow_table().schema.equals(schema)
    assert len(list(read_linked(filled))) == len(filled.query("SELECT id FROM events"))


@pytest.mark.parametrize("keep_text", [True, False])
def test_two_papers_tell_of_one_event(folder: Path, cheap: Code, keep_text: bool) -> None:
    store = open_store(folder, keep_text=keep_text)
    given = [
        Article("a", TEXT, date=DAY, url="https://one.org/a"),
        Article("b", f"{TEXT}, officials say", date=DAY + dt.timedelta(1), url="https://two.org/b"),
        Article("c", "Rains fell.", date=DAY, url="https://three.org/c"),
    ]
    store.ingest(given, coder=lambda a: [msgspec.structs.replace(e, date="2020-05-04") for e in cheap(a)])
    joined, alone = store.query("SELECT * FROM events ORDER BY tellings DESC").to_dict()
    assert (joined["tellings"], joined["articles"], joined["publishers"]) == (2, 2, 2)
    assert (joined["first_publisher"], joined["dead"]) == ("one.org", len(TEXT) + len(", officials say"))
    assert json.loads(joined["conflicts"])["dead"][0]["value"] == len(TEXT)
    assert alone["tellings"] == 1 and alone["conflicts"] == "{}"
    first, second = store.query(
        f"""SELECT telling, "with", score FROM links WHERE event = '{joined["id"]}' ORDER BY score DESC"""
    )
    assert first[1:] == (None, 1.0) and second[1] == first[0] and second[2] < 1
    (wide,) = (item for item in read_linked(store) if item.articles == 2)
    assert wide.sources == ["one.org", "two.org"]


def test_what_is_superseded_tells_no_more(folder: Path, cheap: Code) -> None:
    store = open_store(folder)
    store.ingest([Article("a", TEXT, date=DAY), Article("b", f"{TEXT}, he said", date=DAY)], coder=cheap)
    assert store.query("SELECT tellings FROM events").to_dict() == [{"tellings": 2}]
    store.ingest([Article("b", "Rains fell.", date=DAY)], coder=cheap)
    assert sorted(r["tellings"] for r in store.query("SELECT tellings FROM events").to_dict()) == [1, 1]


def test_a_store_without_events_has_its_tables(folder: Path) -> None:
    store = open_store(folder)
    for given in ([], [Article("a", "Nothing happened.")]):
        store.ingest(given, coder=lambda _: [])
        assert store.query("SELECT count(*) AS n FROM events, links").to_dict() == [{"n": 0}]
        assert list(read_linked(store)) == []


def test_merging_in_parts_gives_the_same_events(filled: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    sql = "SELECT * FROM events"
    whole, links = filled.query(sql).to_arrow(), filled.query("SELECT * FROM links").to_arrow()
    monkeypatch.setattr(likeness, "PART", 7)
    generation = filled.link(again=True)
    assert filled.query(sql).to_arrow().equals(whole) and len(whole) > 50
    assert filled.query("SELECT * FROM links").to_arrow().equals(links)
    left = {path.name for path in (filled.linked_folder / generation).iterdir()}
    assert left == {"events.parquet", "links.parquet", "pledges.parquet", "generation.json"}


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), duckdb.OutOfMemoryException("failed to offload")]
)
def test_a_full_disk_leaves_the_generation_before(
    filled: Any, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def full(*_: object, **__: object) -> None:
        raise error

    generation, before = filled.generation(), filled.query("SELECT * FROM events").to_arrow()
    with monkeypatch.context() as patch:
        patch.setattr(likeness.pq, "ParquetWriter", full)
        with pytest.raises(DatelineError, match="E110"):
            filled.link(again=True)
    assert filled.generation() == generation
    assert filled.query("SELECT * FROM events").to_arrow().equals(before)
    assert {p.name for p in filled.linked_folder.iterdir()} == {generation, "CURRENT"}


def test_the_same_is_not_linked_twice(filled: Any) -> None:
    generation = filled.generation()
    assert filled.link() == generation
    assert filled.link(again=True) != generation
