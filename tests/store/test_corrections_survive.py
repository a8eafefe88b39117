"""Corrections outlive recoding, later versions, linking, other writers, torn lines and killed processes."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from filelock import FileLock

from dateline.article import Article
from dateline.errors import DatelineError, Problem
from dateline.ingest import ArticleStore, open_store
from dateline.record import Event, Telling
from dateline.store import corrections, disk
from dateline.store.corrections import Correction
from dateline.store.review import sentence

Code = Callable[[Article], list[Event]]
DAY = dt.date(2020, 5, 4)
TEXT = "Rebels shelled the harbour at dawn. The minister blamed the rebels. The court will open."
LATER = f"UPDATE: The market was closed. {TEXT} It rained."


def other_coder(cheap: Code, **changes: Any) -> Code:
    """A coder that gives other ids, other values, and triggers that are wider."""

    def code(article: Article) -> list[Event]:
        found = []
        for n, event in enumerate(cheap(article)):
            (told,) = event.mentions
            wide = Telling(
                start=told.start, end=told.end, trigger_start=told.start, trigger_end=told.start + 9
            )
            new = {"id": f"dl-other-{article.id}-{n}", "mentions": [wide], "coder": "other", **changes}
            found.append(msgspec.structs.replace(event, **new))
        return found

    return code


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, cheap: Code) -> Path:
    """A store to copy."""
    found = open_store(tmp_path_factory.mktemp("made") / "store")
    found.ingest([Article("a", TEXT, date=DAY), Article("b", "Nothing. At all.", date=DAY)], coder=cheap)
    return found.folder


@pytest.fixture
def store(made: Path, folder: Path) -> ArticleStore:
    return open_store(shutil.copytree(made, folder))


def telling(store: ArticleStore, number: int, doc: str = "a") -> str:
    sql = f"SELECT id FROM tellings WHERE doc = '{doc}' AND number = {number}"
    (row,) = store.query(sql).to_dict()
    return str(row["id"])


def says(store: ArticleStore, **more: Any) -> Correction:
    return store.review(Correction(**{"kind": "correct", "author": "Ada", **more}))


def judged(store: ArticleStore) -> None:
    """A number and an actor corrected, a record rejected, one added, one confirmed."""
    told = [telling(store, n) for n in range(3)]
    article = store.query("SELECT article FROM articles WHERE doc = 'a'").to_dict()[0]["article"]
    at = TEXT.index("blamed")
    ada = Correction(kind="correct", author="Ada", telling=told[0])
    add = Correction(kind="add", author="Ada", article=article, event_type="REJECT")
    store.review_all(
        [
            msgspec.structs.replace(ada, field="dead", new=4),
            msgspec.structs.replace(ada, field="actor", new=[{"sector": "REB", "text": "Rebels"}]),
            Correction(kind="confirm", author="Ada", telling=told[2]),
            Correction(kind="reject", author="Ada", telling=told[1]),
            msgspec.structs.replace(add, trigger_start=at, trigger_end=at + 6),
        ]
    )


def shown(store: ArticleStore, doc: str = "a") -> list[dict[str, Any]]:
    sql = (
        f"SELECT event_type, dead, actor_sector, aux FROM tellings WHERE doc = '{doc}' ORDER BY start, number"
    )
    return store.query(sql).to_dict()


EXPECTED = [
    {"event_type": "ACCUSE", "dead": 4, "actor_sector": "REB", "aux": None},
    {"event_type": "REJECT", "dead": None, "actor_sector": None, "aux": None},
    {"event_type": "ACCUSE", "dead": 20, "actor_sector": "GOV", "aux": "future"},
]


def methods(store: ArticleStore) -> list[str | None]:
    return [c.method for c in store.corrections()]


def test_they_hold_for_another_coder(store: ArticleStore, cheap: Code, tmp_path: Path) -> None:
    judged(store)
    assert shown(store) == EXPECTED
    again = open_store(tmp_path / "again")
    changes = {"aux": [], "size": {"dead": 1}}
    given = [Article("z", "First. Of. All.", date=DAY), Article("a", TEXT, date=DAY)]
    shutil.copy(store.folder / corrections.LOG, again.folder)
    again.ingest(given, coder=other_coder(cheap, **changes))
    # What was confirmed holds too: the other coder says otherwise of the third record.
    assert shown(again) == EXPECTED
    assert methods(again) == ["passage", "passage", "passage", "passage", "added"]
    assert {c.attached for c in again.corrections()} >= {"dl-other-a-0", "dl-other-a-1", "dl-other-a-2"}
    assert len(again.query("SELECT * FROM events")) == 3 + 3


def test_what_the_machine_finds_now_is_not_there_twice(
    store: ArticleStore, cheap: Code, tmp_path: Path
) -> None:
    article = store.query("SELECT article FROM articles WHERE doc = 'b'").to_dict()[0]["article"]
    new = {"dead": 9}
    says(store, kind="add", article=article, trigger_start=0, trigger_end=7, event_type="ASSAULT", new=new)
    again = open_store(tmp_path / "again")
    shutil.copy(store.folder / corrections.LOG, again.folder)
    coder = other_coder(cheap, event=["ASSAULT"], size={})
    again.ingest([Article("b", "Nothing. At all.", date=DAY)], coder=coder)
    rows = again.query("SELECT id, event_type, dead FROM tellings ORDER BY number").to_dict()
    assert [(r["id"], r["event_type"], r["dead"]) for r in rows] == [
        ("dl-other-b-0", "ASSAULT", 9),
        ("dl-other-b-1", "ASSAULT", None),
    ]


def test_they_move_with_the_passage_into_a_later_version(store: ArticleStore, cheap: Code) -> None:
    judged(store)
    later = Article("a", LATER, date=DAY + dt.timedelta(1))

    def code(article: Article) -> list[Event]:
        """The records of the passages that were there before, where they stand now."""
        at = LATER.index(TEXT)
        moved = []
        for n, event in enumerate(cheap(Article("a", TEXT, date=DAY))):
            (told,) = event.mentions
            spans = {name: getattr(told, name) + at for name in told.__struct_fields__}
            mentions = [Telling(**spans)]
            moved.append(msgspec.structs.replace(event, id=f"dl-later-{n}", mentions=mentions))
        return moved

    store.ingest([later], coder=code)
    assert shown(store) == EXPECTED
    assert methods(store) == ["version"] * 5
    added = store.query("SELECT record FROM tellings WHERE event_type = 'REJECT'").to_dict()[0]
    (told,) = json.loads(added["record"])["mentions"]
    assert LATER[told["trigger_start"] : told["trigger_end"]] == "blamed"
    assert LATER[told["start"] : told["end"]] == "The minister blamed the rebels."
    actor = json.loads(store.query("SELECT record FROM tellings WHERE dead = 4").to_dict()[0]["record"])
    (rebels,) = actor["actor"]
    assert LATER[rebels["start"] : rebels["end"]] == "Rebels"


def test_what_finds_no_record_waits(store: ArticleStore, cheap: Code) -> None:
    judged(store)
    store.ingest([Article("a", "All of it was wrong.", date=DAY + dt.timedelta(1))], coder=cheap)
    assert methods(store) == [None] * 5
    assert [c.attached for c in store.corrections()] == [None] * 5
    assert [r["event_type"] for r in shown(store)] == ["ACCUSE"], "the new version's own record"
    rows = store.query("SELECT kind, attached, method FROM corrections WHERE NOT undone").to_dict()
    assert len(rows) == 5 and not any(r["attached"] or r["method"] for r in rows)
    store.ingest([Article("a", f"{TEXT} ", date=DAY + dt.timedelta(2))], coder=cheap)
    assert shown(store) == EXPECTED, "they apply again when the passage is back"


def test_without_text_the_words_find_the_record(folder: Path, cheap: Code) -> None:
    store = open_store(folder, keep_text=False)
    store.ingest([Article("a", TEXT, date=DAY)], coder=cheap)
    says(store, telling=telling(store, 1), field="dead", new=4)

    def code(article: Article) -> list[Event]:
        return cheap(Article("a", "The minister blamed the rebels. It rained. It snowed.", date=DAY))

    text = "The minister blamed the rebels. It rained. It snowed."
    store.ingest([Article("a", text, date=DAY + dt.timedelta(1))], coder=code)
    assert methods(store) == ["words"]
    assert store.query("SELECT number FROM tellings WHERE dead = 4").to_dict() == [{"number": 0}]


def test_a_type_that_was_corrected_is_found_by_either(
    store: ArticleStore, cheap: Code, tmp_path: Path
) -> None:
    says(store, telling=telling(store, 0), field="event", new="ASSAULT")
    says(store, telling=telling(store, 0), field="dead", new=4)
    for n, kind in enumerate(("ACCUSE", "ASSAULT", "AID")):
        again = open_store(tmp_path / f"again{n}")
        shutil.copy(store.folder / corrections.LOG, again.folder)
        again.ingest([Article("a", TEXT, date=DAY)], coder=other_coder(cheap, event=[kind]))
        found = again.query("SELECT event_type, dead FROM tellings WHERE number = 0").to_dict()
        if kind == "AID":
            assert methods(again) == [None, None] and found[0]["event_type"] == "AID"
        else:
            assert found == [{"event_type": "ASSAULT", "dead": 4}]


def test_ingest_and_linking_go_on_with_them(store: ArticleStore, cheap: Code) -> None:
    judged(store)
    generation = store.generation()
    assert store.link() != generation, "what is corrected is linked anew"
    assert store.link() == store.generation() and shown(store) == EXPECTED
    store.ingest([Article("c", "One. Two. Three.", date=DAY)], coder=cheap)
    assert shown(store) == EXPECTED and len(shown(store, "c")) == 3
    assert len(store.query("SELECT * FROM links")) == len(store.query("SELECT * FROM tellings")) == 8
    assert len(store.query("SELECT * FROM events WHERE telling NOT IN (SELECT id FROM tellings)")) == 0


def test_two_authors_and_the_later_wins(store: ArticleStore) -> None:
    one, other = open_store(store.folder), open_store(store.folder)
    id = telling(store, 0)
    says(one, telling=id, field="dead", new=4)
    second = says(other, author="Bea", telling=id, field="dead", new=5)
    assert second.old == 4
    sql = f"SELECT dead FROM tellings WHERE id = '{id}'"
    assert one.query(sql).to_dict() == [{"dead": 5}]
    one.undo(second.id, "Ada")
    assert other.query(sql).to_dict() == [{"dead": 4}]
    assert [c.author for c in other.corrections()] == ["Ada", "Bea", "Ada"]


def test_a_reader_does_not_wait_for_a_writer(store: ArticleStore, cheap: Code) -> None:
    says(store, telling=telling(store, 0), field="dead", new=4)
    with FileLock(store.folder / corrections.LOCK):
        line = msgspec.json.encode(
            Correction(kind="reviewed", author="Bea", id="c-1", at="2020-01-01T00:00:00Z")
        )
        with (store.folder / corrections.LOG).open("ab") as log:
            log.write(line + b"\n")
        other = open_store(store.folder)
        assert other.query("SELECT count(*) AS n FROM corrections").to_dict() == [{"n": 1}], "as it was"
    assert other.query("SELECT count(*) AS n FROM corrections").to_dict() == [{"n": 2}]


def test_a_torn_line_is_named_and_harms_nothing(store: ArticleStore) -> None:
    says(store, telling=telling(store, 0), field="dead", new=4)
    path = store.folder / corrections.LOG
    whole = path.read_bytes()
    path.write_bytes(whole + whole[: len(whole) // 2])
    (fault,) = store.correction_faults()
    assert fault.problem is Problem.BAD_LINE and fault.place == f"{path}:2"
    says(store, telling=telling(store, 0), field="dead", new=5)
    assert [c.new for c in store.corrections()] == [4, 5]
    assert [f.place for f in store.correction_faults()] == [f"{path}:2"]


def test_a_full_disk_is_reported(store: ArticleStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    id = telling(store, 0)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DatelineError) as raised:
        says(store, telling=id, field="dead", new=4)
    assert raised.value.problem is Problem.UNWRITABLE


STEPS = [
    (corrections, "append"),
    (os, "fsync"),
    (disk, "sync"),
    (Path, "rename"),
    (Path, "replace"),
    (Path, "write_text"),
]


def killed_at(store: ArticleStore, step: int, id: str) -> bool:
    """Whether a process that corrects was killed at its nth step that reaches the disk."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
    count = iter(range(1000))
    for owner, name in STEPS:
        real = getattr(owner, name)

        def stop(*given: Any, real: Any = real, **named: Any) -> Any:
            if next(count) == step:
                os._exit(9)
            return real(*given, **named)

        setattr(owner, name, stop)
    try:
        says(store, telling=id, field="dead", new=5)
    finally:
        os._exit(0)


def test_killed_at_any_step_it_is_before_or_after(store: ArticleStore) -> None:
    id = telling(store, 0)
    says(store, telling=id, field="dead", new=4)
    log, laid = store.folder / corrections.LOG, store.folder / "corrected"
    before, whole = log.read_bytes(), store.folder.with_name("whole")
    shutil.copytree(store.folder, whole)
    seen, step = set(), 0
    while killed_at(store, step, id):
        opened = open_store(store.folder)
        (row,) = opened.query(f"SELECT dead FROM tellings WHERE id = '{id}'").to_dict()
        (event,) = opened.query("SELECT min(dead) AS dead FROM events").to_dict()
        said = len(opened.corrections())
        assert (row["dead"], event["dead"], said) in {(4, 4, 1), (5, 5, 2)}
        assert not list(laid.glob(f"{disk.UNFINISHED}*")) or said == 1
        seen.add(row["dead"])
        log.write_bytes(before)
        shutil.rmtree(laid)
        shutil.copytree(whole / "corrected", laid)
        step += 5
    assert seen == {4, 5} and step > 10


def test_the_sentence_of_an_act() -> None:
    text = 'Rain fell. "They attacked us!" he said. No end'
    at = text.index("attacked")
    assert text[slice(*sentence(text, at, at + 8))] == '"They attacked us!"'
    assert text[slice(*sentence(text, 0, 4))] == "Rain fell."
    assert text[slice(*sentence(text, 40, 42))] == "No end"


def test_the_logs_of_two_copies_go_together(store: ArticleStore, tmp_path: Path) -> None:
    id, first = telling(store, 0), "2020-01-01T00:00:00+00:00"
    says(store, telling=id, field="dead", new=4)
    copy = open_store(shutil.copytree(store.folder, tmp_path / "copy"))
    says(copy, author="Bea", telling=id, field="dead", new=5)
    says(store, telling=id, field="injured", new=6)
    log = store.folder / corrections.LOG
    log.write_bytes((copy.folder / corrections.LOG).read_bytes() + log.read_bytes())
    assert [(c.author, c.new) for c in store.corrections()] == [("Ada", 4), ("Bea", 5), ("Ada", 6)]
    sql = f"SELECT dead, injured FROM tellings WHERE id = '{id}'"
    assert store.query(sql).to_dict() == [{"dead": 5, "injured": 6}]
    # The day decides and not the line.
    with log.open("ab") as more:
        early = msgspec.structs.replace(store.corrections()[0], id="c-0", at=first, new=1)
        more.write(msgspec.json.encode(early) + b"\n")
    assert store.query(sql).to_dict() == [{"dead": 5, "injured": 6}]


@pytest.mark.parametrize(
    ("field", "new"),
    [("event", ["HUG"]), ("event", []), ("actor", 5), ("place", {"lat": 1}), ("mood", 1), ("dead", [1])],
)
def test_a_value_written_by_hand_that_cannot_stand_is_passed_over(
    store: ArticleStore, field: str, new: object
) -> None:
    id = telling(store, 0)
    made = says(store, telling=id, field="injured", new=4)
    strange = msgspec.structs.replace(made, id="c-0", field=field, new=new)
    with (store.folder / corrections.LOG).open("ab") as log:
        log.write(msgspec.json.encode(strange) + b"\n")
    assert store.query(f"SELECT injured FROM tellings WHERE id = '{id}'").to_dict() == [{"injured": 4}]
    assert [c.method for c in store.corrections()] == ["id", None]
