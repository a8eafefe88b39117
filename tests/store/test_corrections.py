"""People's corrections: they win in every view and every export, at once, and can be taken back."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline import flat
from dateline.article import Article
from dateline.errors import DatelineError, Problem
from dateline.exports import dyads, formats
from dateline.exports.linked import read_deeds, read_linked
from dateline.ingest import ArticleStore, open_store
from dateline.record import Event
from dateline.store import values
from dateline.store.corrections import Correction
from dateline.store.rows import recorded, scalars, value_of
from dateline.store.schema import FIELDS

Code = Callable[[Article], list[Event]]
DAY = dt.date(2020, 5, 4)
TEXT = "Kenya accused Somalia over the convoy at the border post of Garissa"
OTHER = "The harbour was closed. The bridge was guarded by soldiers. The court will open."
TURKEY = {"code": "TUR", "sector": "MIL", "text": "Turkish troops"}


def make_store(folder: Path, cheap: Code, **options: Any) -> ArticleStore:
    """Two papers that tell of one event, and an article of three records."""
    store = open_store(folder, **options)
    given = [
        Article("p", TEXT, date=DAY, url="https://one.org/p"),
        Article("q", f"{TEXT}, he said", date=DAY + dt.timedelta(1), url="https://two.org/q"),
        Article("r", OTHER, date=DAY, url="https://three.org/r"),
    ]
    store.ingest(given, coder=lambda a: [msgspec.structs.replace(e, date="2020-05-04") for e in cheap(a)])
    return store


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, cheap: Code) -> Path:
    """A store to copy."""
    return make_store(tmp_path_factory.mktemp("made") / "store", cheap).folder


@pytest.fixture
def store(made: Path, folder: Path) -> ArticleStore:
    return open_store(shutil.copytree(made, folder))


def telling(store: ArticleStore, doc: str, number: int = 0) -> str:
    sql = f"SELECT id FROM tellings WHERE doc = '{doc}' AND number = {number}"
    (row,) = store.query(sql).to_dict()
    return str(row["id"])


def correct(store: ArticleStore, id: str, field: str, new: object, author: str = "Ada") -> Correction:
    return store.review(Correction(kind="correct", author=author, telling=id, field=field, new=new))


def one(store: ArticleStore, sql: str) -> dict[str, Any]:
    (row,) = store.query(sql).to_dict()
    return row


def everything(store: ArticleStore) -> dict[str, list[str]]:
    """The rows of every view that shows events."""
    names = ("events", "links", "tellings", "mentions", "entities", "dyads_daily", "pledges")
    rows = {name: store.query(f"SELECT * FROM {name}").to_dict() for name in names}
    return {name: sorted(json.dumps(r, default=str, sort_keys=True) for r in rows[name]) for name in names}


def test_a_correction_is_filled_in_and_shown(store: ArticleStore) -> None:
    id = telling(store, "q")
    made = correct(store, id, "dead", 4)
    assert (made.old, made.new, made.doc, made.event_type) == (len(TEXT) + 9, 4, "q", "ACCUSE")
    assert (made.start, made.trigger_start, made.trigger_end) == (0, 0, 1)
    assert made.passage == f"{TEXT}, he said" and dt.datetime.fromisoformat(made.at).tzinfo is dt.UTC
    row = one(store, f"SELECT * FROM tellings WHERE id = '{id}'")
    record = json.loads(row["record"])
    assert row["dead"] == record["size"]["dead"] == 4
    assert record["why"]["dead"] == made.by == f"person: Ada, {made.at}"
    assert one(store, f"SELECT dead FROM machine_tellings WHERE id = '{id}'") == {"dead": made.old}
    event = one(store, "SELECT * FROM events WHERE tellings = 2")
    assert event["dead"] == 4 and json.loads(event["support"])["dead"] == [id]
    assert one(store, "SELECT dead FROM machine_events WHERE tellings = 2") == {"dead": made.old}
    said = one(store, "SELECT * FROM corrections")
    assert (said["author"], said["old"], said["new"], said["method"]) == ("Ada", str(made.old), "4", "id")
    field = {"telling": id, "event": event["id"], "field": "dead", "author": "Ada"}
    assert one(store, "SELECT telling, event, field, author FROM corrected") == field
    (listed,) = store.corrections()
    assert (listed.attached, listed.attached_event, listed.undone) == (id, event["id"], False)


def test_a_persons_value_wins_over_the_other_tellings(store: ArticleStore) -> None:
    # The first telling's number loses to the latest report's, unless a person gave it.
    correct(store, telling(store, "p"), "dead", 2)
    assert one(store, "SELECT dead FROM events WHERE tellings = 2") == {"dead": 2}
    correct(store, telling(store, "q"), "dead", 3, author="Bea")
    assert one(store, "SELECT dead FROM events WHERE tellings = 2") == {"dead": 3}


CHANGES: list[tuple[str, object, dict[str, object]]] = [
    ("event", "ASSAULT", {"event_type": "ASSAULT", "quad_code": 4, "cameo": "175"}),
    ("mode", ["allege"], {"mode": "allege", "cameo": "112"}),
    ("context", ["legal"], {"context": "legal"}),
    ("aux", "negation", {"aux": "negation"}),
    ("date", "2020-05-02", {"date": dt.date(2020, 5, 2)}),
    ("enddate", "2020-05-06", {"enddate": dt.date(2020, 5, 6)}),
    ("date_precision", "month", {"date_precision": "month"}),
    ("actor", TURKEY, {"actor": "TUR", "actor_sector": "MIL", "actor_cameo": "TURMIL"}),
    ("recipient", [], {"recipient": None, "recipient_code": None}),
    ("place", {"name": "Izmir", "lat": 38.4, "lon": 27.1, "country": "TUR"}, {"place": "Izmir", "lat": 38.4}),
    ("place", None, {"place": None, "place_country": None}),
    ("injured", 7, {"injured": 7}),
    ("dead", None, {"dead": None}),
    ("attribution", [{"text": "the UN", "code": "UNO"}], {"attribution": "the UN"}),
]


def columns(row: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a row's columns say and what its record says."""
    record = msgspec.json.decode(row["record"], type=Event)
    cells = flat.row(record)
    said = scalars(record) | {name: value_of(name, cells[name]) for name in FIELDS}
    return {name: row[name] for name in said}, said


@pytest.mark.parametrize(("field", "new", "shown"), CHANGES)
def test_every_field_can_be_put(cheap: Code, field: str, new: object, shown: dict[str, object]) -> None:
    event = msgspec.structs.replace(cheap(Article("p", TEXT, date=DAY))[0], date="2020-05-04")
    event = values.put(event, field, values.check(field, new, event), "person: Ada")
    row = recorded(event, True)
    assert {name: row[name] for name in shown} == shown
    assert event.why[{"place": "event_loc"}.get(field, field)] == "person: Ada"
    assert {f for f, _, _ in CHANGES} | set(flat.SIZES) == set(values.FIELDS)


def test_every_field_is_shown_in_telling_and_event(store: ArticleStore) -> None:
    id, last = telling(store, "p"), {field: (field, new, shown) for field, new, shown in CHANGES}
    # A mode is one of its type, and so comes before the type is another here.
    order = sorted(last.values(), key=lambda change: change[0] == "event")
    store.review_all(
        [Correction(kind="correct", author="Ada", telling=id, field=f, new=new) for f, new, _ in order]
    )
    told = one(store, f"SELECT * FROM tellings WHERE id = '{id}'")
    event = one(store, "SELECT * FROM events WHERE tellings = 2")
    assert event["status"] == "denied"
    for row in (told, event):
        mine, records = columns(row)
        assert mine == records
        for field, _, shown in order:
            if field != "mode":
                assert {name: row[name] for name in shown} == shown
        assert row["mode"] is None, "it was one of another type"
    fields = store.query("SELECT field FROM corrected").to_dict()
    assert sorted(row["field"] for row in fields) == sorted(last)


def test_parties_and_counts_follow(store: ArticleStore) -> None:
    id = telling(store, "p")
    correct(store, id, "actor", TURKEY)
    sql = f"SELECT code, sector, entity_text FROM entities WHERE telling = '{id}' AND side = 'actor'"
    assert one(store, sql) == {"code": "TUR", "sector": "MIL", "entity_text": "Turkish troops"}
    assert {"actor": "TUR", "recipient": "SOM"} in store.query(
        "SELECT actor, recipient FROM dyads_daily"
    ).to_dict()
    assert len(store.query(f"SELECT * FROM mentions WHERE telling = '{id}'")) == 1


def test_a_rejected_record_is_gone(store: ArticleStore) -> None:
    first, second = telling(store, "p"), telling(store, "q")
    store.review(Correction(kind="reject", author="Ada", telling=first))
    event = one(store, "SELECT * FROM events WHERE dead > 70")
    counts = ("telling", "tellings", "articles", "publishers")
    assert [event[name] for name in counts] == [second, 1, 1, 1]
    for name, key in (
        ("tellings", "id"),
        ("mentions", "telling"),
        ("entities", "telling"),
        ("links", "telling"),
    ):
        assert len(store.query(f"SELECT * FROM {name} WHERE {key} = '{first}'")) == 0
    store.review(Correction(kind="reject", author="Ada", telling=second))
    assert len(store.query(f"SELECT * FROM events WHERE id = '{event['id']}'")) == 0
    assert len(store.query(f"SELECT * FROM machine_events WHERE id = '{event['id']}'")) == 1
    # Somebody who knows better brings it back.
    store.review(Correction(kind="confirm", author="Bea", telling=second))
    assert one(store, f"SELECT tellings FROM events WHERE id = '{event['id']}'") == {"tellings": 1}


def test_an_added_event_is_there(store: ArticleStore) -> None:
    at = OTHER.index("guarded")
    article = one(store, "SELECT article FROM articles WHERE doc = 'r'")["article"]
    made = store.review(
        Correction(
            kind="add",
            author="Ada",
            article=article,
            trigger_start=at,
            trigger_end=at + len("guarded"),
            event_type="MOBILIZE",
            new={"actor": [{"sector": "MIL", "text": "soldiers"}], "date": "2020-05-03", "mode": "troops"},
        )
    )
    assert made.passage == "The bridge was guarded by soldiers."
    row = one(store, f"SELECT * FROM tellings WHERE id = '{made.telling}'")
    assert (row["event_type"], row["event_text"], row["coder"]) == ("MOBILIZE", "guarded", "person: Ada")
    record = msgspec.json.decode(row["record"], type=Event)
    (soldiers,) = record.actor
    assert OTHER[soldiers.start : soldiers.end] == "soldiers" and record.why["event"] == made.by
    event = one(store, "SELECT * FROM events WHERE event_type = 'MOBILIZE'")
    assert (event["telling"], event["actor_sector"], event["tellings"]) == (made.telling, "MIL", 1)
    (linked,) = (item for item in read_linked(store) if item.event.id == event["id"])
    assert linked.event.coded_date == made.at[:10] and linked.urls == ["https://three.org/r"]
    assert made.telling in {e.id for e in store.records()}
    # It can be corrected and rejected like any other, and falls with its undoing.
    correct(store, str(made.telling), "aux", ["future"], author="Bea")
    assert event["id"] in {r["id"] for r in store.query("SELECT id FROM pledges").to_dict()}
    store.undo(made.id, "Ada")
    assert len(store.query("SELECT * FROM events WHERE event_type = 'MOBILIZE'")) == 0
    assert [c.attached for c in store.corrections()] == [None, None, None]


def exported(store: ArticleStore, form: str, folder: Path) -> str:
    """An export as text; of Parquet its rows."""
    path, out = folder / "out.parquet", io.StringIO()
    formats.write(read_linked(store), form, out, path, everything=True)
    if form == "parquet":
        return str(duckdb.sql(f"SELECT * FROM '{path}'").fetchall())
    return out.getvalue()


@pytest.fixture(scope="module")
def corrected(made: Path, tmp_path_factory: pytest.TempPathFactory) -> ArticleStore:
    """A copy of the store in which an actor and a place are corrected and a record is rejected."""
    store = open_store(shutil.copytree(made, tmp_path_factory.mktemp("corrected") / "store"))
    told = Correction(kind="correct", author="Ada", telling=telling(store, "p"))
    text = {"text": "Wolf Brigade", "code": "TUR", "sector": "MIL"}
    where = {"name": "Izmir", "lat": 38.4192, "lon": 27.1287, "country": "TUR"}
    store.review_all(
        [
            msgspec.structs.replace(told, field="actor", new=[text]),
            msgspec.structs.replace(told, field="place", new=where),
            Correction(kind="reject", author="Ada", telling=telling(store, "r", 1)),
        ]
    )
    return store


@pytest.mark.parametrize("form", formats.FORMATS)
def test_every_export_shows_it(
    shared: ArticleStore, corrected: ArticleStore, form: str, tmp_path: Path
) -> None:
    before, after = (exported(store, form, tmp_path) for store in (shared, corrected))
    assert "38.4192" in after and "38.4192" not in before
    word = {"plover": "Wolf Brigade", "csv": "Wolf Brigade", "parquet": "Wolf Brigade", "icews": "Turkey"}
    assert word.get(form, "TUR") in after and word.get(form, "TUR") not in before
    events = [len(list(read_linked(store))) for store in (shared, corrected)]
    assert events == [4, 3]


def test_series_network_and_database_show_it(store: ArticleStore) -> None:
    correct(store, telling(store, "p"), "actor", TURKEY)
    deeds = list(read_deeds(store, "sector"))
    assert "TUR MIL" in {row["actor"] for row in dyads.series(deeds, "month")}
    assert "TUR MIL" in dyads.network(deeds).nodes
    with duckdb.connect(str(store.folder / "dateline.duckdb"), read_only=True) as connection:
        (count,) = connection.sql("SELECT count(*) FROM events WHERE actor = 'TUR'").fetchall()
        assert count == (1,)
        assert connection.sql("SELECT author FROM corrections").fetchall() == [("Ada",)]


def test_what_is_undone_leaves_no_trace(store: ArticleStore) -> None:
    before = everything(store)
    made = correct(store, telling(store, "p"), "event", ["PROTEST"])
    assert everything(store) != before
    undone = store.undo(made.id, "Bea", note="no")
    assert everything(store) == before
    assert [c.undone for c in store.corrections()] == [True, False]
    store.undo(undone.id, "Ada")
    assert one(store, "SELECT event FROM events WHERE tellings = 2") == {"event": "PROTEST"}
    assert one(store, "SELECT count(*) FILTER (undone) AS n FROM corrections") == {"n": 1}


def test_confirming_and_reading_change_nothing(store: ArticleStore) -> None:
    before = everything(store)
    store.review(Correction(kind="confirm", author="Ada", telling=telling(store, "p")))
    article = one(store, "SELECT article FROM articles WHERE doc = 'r'")["article"]
    store.review(Correction(kind="reviewed", author="Ada", article=article))
    assert everything(store) == before
    assert [c.method for c in store.corrections()] == ["id", "article"]


def test_a_pledge_has_a_state(store: ArticleStore) -> None:
    pledge = one(store, "SELECT id, telling FROM pledges")
    made = store.review(Correction(kind="state", author="Ada", event=pledge["id"], new="kept"))
    assert (made.telling, made.event) == (pledge["telling"], pledge["id"])
    row = one(store, "SELECT event, new, attached, attached_event FROM corrections WHERE kind = 'state'")
    assert row == {
        "event": pledge["id"],
        "new": '"kept"',
        "attached": pledge["telling"],
        "attached_event": pledge["id"],
    }


def test_a_type_and_its_mode_go_together(store: ArticleStore) -> None:
    id = telling(store, "p")
    store.review_all(
        [
            Correction(kind="correct", author="Ada", telling=id, field="event", new="PROTEST"),
            Correction(kind="correct", author="Ada", telling=id, field="mode", new="riot"),
        ]
    )
    assert one(store, f"SELECT event, mode, cameo FROM tellings WHERE id = '{id}'") == {
        "event": "PROTEST",
        "mode": "riot",
        "cameo": "145",
    }


BAD: list[tuple[dict[str, Any], str]] = [
    ({"kind": "praise"}, "praise"),
    ({"author": "  "}, "author"),
    ({"author": "A\nB"}, "author"),
    ({"telling": "dl-0"}, "dl-0"),
    ({"field": None}, "field"),
    ({"field": "mood"}, "mood"),
    ({"kind": "confirm", "field": "mood"}, "mood"),
    ({"kind": "undo", "undoes": "c-0"}, "c-0"),
    ({"kind": "reviewed", "article": "a-0"}, "a-0"),
    ({"kind": "state", "event": "ev-0", "new": "kept"}, "ev-0"),
    ({"kind": "state", "new": "forgotten"}, "forgotten"),
    ({"kind": "add", "article": "a-0"}, "a-0"),
]

BAD_VALUES: list[tuple[str, Any, str]] = [
    ("event", "HUG", "HUG"),
    ("event", [], "reject"),
    ("event", 3, "3"),
    ("mode", "riot", "riot"),
    ("aux", ["perhaps"], "perhaps"),
    ("context", [["legal"]], "legal"),
    ("date", "4 May", "4 May"),
    ("date", 20200504, "20200504"),
    ("enddate", "2020-05-01", "before"),
    ("date_precision", "hour", "hour"),
    ("dead", -1, "-1"),
    ("dead", True, "True"),
    ("dead", 2**70, "dead"),
    ("actor", [{"code": "ZZZ", "text": "x"}], "ZZZ"),
    ("actor", [{"code": "KEN", "sector": "XYZ", "text": "x"}], "XYZ"),
    ("actor", [{"text": " "}], "text"),
    ("actor", [{"code": "KEN", "colour": "red"}], "colour"),
    ("actor", [{"code": "KEN", "start": 5, "end": 2}], "offsets"),
    ("actor", 5, "5"),
    ("place", "Nowhereville-upon-Nothing", "gazetteer"),
    ("place", {"name": "X", "lat": 91.0, "lon": 0.0}, "globe"),
    ("place", {"name": "X", "lat": 9.0}, "together"),
    ("place", {"name": "X", "country": "QQQ"}, "QQQ"),
    ("place", {"title": "X"}, "title"),
    ("attribution", [7], "7"),
]


@pytest.mark.parametrize(("field", "new", "word"), BAD_VALUES)
def test_a_value_that_cannot_stand_is_refused(cheap: Code, field: str, new: Any, word: str) -> None:
    event = msgspec.structs.replace(cheap(Article("p", TEXT, date=DAY))[0], date="2020-05-04")
    with pytest.raises(DatelineError) as raised:
        values.check(field, new, event)
    assert raised.value.problem is Problem.BAD_CORRECTION
    assert word in str(raised.value) and "\n" not in str(raised.value)


@pytest.fixture(scope="module")
def shared(made: Path) -> ArticleStore:
    return open_store(made)


@pytest.mark.parametrize(("changes", "word"), BAD)
def test_what_cannot_be_is_refused_in_one_line(
    shared: ArticleStore, changes: dict[str, Any], word: str
) -> None:
    fields = {"kind": "correct", "author": "Ada", "telling": telling(shared, "p"), "field": "dead", "new": 1}
    with pytest.raises(DatelineError) as raised:
        shared.review(Correction(**{**fields, **changes}))
    assert raised.value.problem is Problem.BAD_CORRECTION
    assert word in str(raised.value) and "\n" not in str(raised.value)
    assert shared.corrections() == [] and not (shared.folder / "corrections.jsonl").exists()


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"trigger_end": 5000}, "inside"),
        ({"trigger_start": 9, "trigger_end": 9}, "inside"),
        ({"event_type": "HUG"}, "HUG"),
        ({"new": {"mood": 1}}, "mood"),
        ({"new": {"mode": "riot"}}, "riot"),
        ({"new": [1]}, "object"),
        ({"start": 6, "end": 20}, "hold"),
    ],
)
def test_what_cannot_be_added_is_refused(shared: ArticleStore, changes: dict[str, Any], word: str) -> None:
    article = one(shared, "SELECT article FROM articles WHERE doc = 'r'")["article"]
    fields = {"article": article, "trigger_start": 4, "trigger_end": 11, "event_type": "COERCE"}
    with pytest.raises(DatelineError, match=word):
        shared.review(Correction(kind="add", author="Ada", **{**fields, **changes}))


def test_nothing_of_several_is_taken_where_one_is_wrong(shared: ArticleStore) -> None:
    id = telling(shared, "p")
    good = Correction(kind="correct", author="Ada", telling=id, field="dead", new=1)
    with pytest.raises(DatelineError):
        shared.review_all([good, msgspec.structs.replace(good, field="mood")])
    assert shared.corrections() == []


def test_a_store_without_text_can_be_corrected(folder: Path, cheap: Code) -> None:
    store = make_store(folder, cheap, keep_text=False)
    made = correct(store, telling(store, "p"), "dead", 4)
    assert made.passage is None and made.words
    assert one(store, "SELECT dead, text FROM events WHERE tellings = 2") == {"dead": 4, "text": None}
    article = one(store, "SELECT article FROM articles WHERE doc = 'r'")["article"]
    store.review(
        Correction(kind="add", author="A", article=article, trigger_start=4, trigger_end=11, event_type="AID")
    )
    assert one(store, "SELECT text, event_text FROM events WHERE event_type = 'AID'") == {
        "text": None,
        "event_text": None,
    }
    assert "convoy" not in (store.folder / "corrections.jsonl").read_text(encoding="utf-8")


def test_csv_is_harmless(store: ArticleStore, tmp_path: Path) -> None:
    correct(store, telling(store, "p"), "actor", [{"text": "=cmd|x", "code": "KEN"}], author="=cmd")
    cells = [cell for row in csv.reader(io.StringIO(exported(store, "csv", tmp_path))) for cell in row]
    assert any("cmd|x" in cell for cell in cells)
    assert not any(cell.startswith(("=", "+", "@")) for cell in cells)


CHOICES: dict[str, st.SearchStrategy[Any]] = {
    "event": st.sampled_from(values.choices("event")),
    "context": st.lists(st.sampled_from(values.choices("context")), max_size=3),
    "aux": st.lists(st.sampled_from(values.choices("aux")), max_size=2),
    "date": st.none() | st.dates().map(dt.date.isoformat),
    "dead": st.none() | st.integers(0, 2**63 - 1),
    "actor": st.lists(
        st.fixed_dictionaries(
            {"code": st.sampled_from(values.choices("actor")), "text": st.text(min_size=1).filter(str.strip)}
        ),
        max_size=3,
    ),
}


@given(
    st.lists(
        st.sampled_from(sorted(CHOICES)).flatmap(lambda f: st.tuples(st.just(f), CHOICES[f])), max_size=6
    )
)
@settings(max_examples=100, deadline=None)
def test_any_values_in_any_order_give_a_whole_record(cheap: Code, changes: list[tuple[str, Any]]) -> None:
    event = cheap(Article("x", TEXT, date=DAY))[0]
    for field, given_value in changes:
        checked = values.check(field, given_value, event)
        event = values.put(event, field, checked, "person")
        assert values.key(field, values.value(event, field)) == values.key(field, checked)
        assert values.check(field, checked, event) == checked, "what was checked stands"
    again = msgspec.json.decode(msgspec.json.encode(event), type=Event)
    assert again == event and flat.row(again) == flat.row(event)
    assert event.enddate is None or event.date is None or event.date <= event.enddate


@pytest.mark.parametrize("relinks", ["", "p"])
def test_undoing_all_restores_all(store: ArticleStore, relinks: str) -> None:
    """Also where the corrected tellings were linked in the meantime."""
    before, machine = everything(store), store.query("SELECT * FROM machine_events").to_dict()
    made = []
    for doc, changes in (("p", {"dead": 5, "event": "ASSAULT"}), ("q", {"dead": 6})):
        told = Correction(kind="correct", author="Ada", telling=telling(store, doc))
        given = [msgspec.structs.replace(told, field=field, new=new) for field, new in changes.items()]
        made += store.review_all(given)
        if doc in relinks:
            store.link()
    made.append(store.review(Correction(kind="reject", author="Ada", telling=telling(store, "r", 1))))
    shown = store.query("SELECT * FROM machine_tellings").to_dict()
    assert {row["event_type"] for row in shown} == {"ACCUSE"}, "the machine's rows stay the machine's"
    if relinks:
        store.link()
        assert len(store.query("SELECT * FROM events WHERE tellings = 2")) == 0, "two types are two events"
    store.review_all([Correction(kind="undo", author="Ada", undoes=c.id) for c in made])
    if not relinks:
        assert everything(store) == before, "at once"
    store.link()
    assert everything(store) == before
    assert store.query("SELECT * FROM machine_events").to_dict() == machine
