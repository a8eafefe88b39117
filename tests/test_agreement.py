"""What people's corrections say of a store's records: precision, recall, agreement."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.agreement import alpha, evaluate_store, wilson
from dateline.article import Article
from dateline.ingest import ArticleStore, open_store
from dateline.record import CiteInfo, Entity, Event, Telling, TextInfo
from dateline.store.corrections import LOG, Correction

Run = Callable[..., Any]
TEXT = "One came. Two went. Three stayed. Four left."


def cheap(article: Article) -> list[Event]:
    """A record for each sentence but the last."""
    found, at = [], 0
    for n, sentence in enumerate(article.text.split(". ")[:3]):
        end = at + len(sentence)
        party = Entity(code="KEN", entity_text="x", start=at, end=at + 1)
        found.append(
            Event(
                id=f"dl-{article.id}-{n}",
                doc=article.id,
                date="2020-05-04",
                enddate=None,
                date_precision="day",
                actor=[party],
                recipient=[],
                event=["ACCUSE"],
                quad_code=3,
                event_scale=-3.0,
                cameo="110",
                size={"dead": n + 1} if n else {},
                event_text=sentence,
                text=sentence,
                text_info=TextInfo(sequence=n, start=at, end=end),
                mentions=[Telling(start=at, end=end, trigger_start=at, trigger_end=at + 3)],
                cite_info=CiteInfo(),
                confidence=0.5,
                coder="test",
                coded_date="",
            )
        )
        at = end + 2
    return found


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> ArticleStore:
    """One article that Ada has read and corrected, one of which Bea looked at a record; a third untouched."""
    found = open_store(tmp_path_factory.mktemp("agreement") / "store")
    day = dt.date(2020, 5, 4)
    texts = {"a": TEXT, "b": TEXT.replace("came", "fell"), "c": TEXT.replace("came", "rose")}
    given = [Article(doc, text, date=day, url=f"https://{doc}.org") for doc, text in texts.items()]
    found.ingest(given, coder=cheap)
    article = found.query("SELECT article FROM articles WHERE doc = 'a'").to_dict()[0]["article"]
    at = TEXT.index("left")
    found.review_all(
        [
            Correction(kind="reviewed", author="Ada", article=article),
            Correction(kind="confirm", author="Ada", telling="dl-a-0"),
            Correction(kind="correct", author="Ada", telling="dl-a-1", field="dead", new=5),
            Correction(kind="reject", author="Ada", telling="dl-a-2"),
            Correction(
                kind="add",
                author="Ada",
                article=article,
                trigger_start=at,
                trigger_end=at + 4,
                event_type="RETREAT",
            ),
            Correction(kind="confirm", author="Bea", telling="dl-a-0"),
            Correction(kind="correct", author="Bea", telling="dl-a-0", field="event", new="PROTEST"),
            Correction(kind="confirm", author="Bea", telling="dl-b-1"),
            Correction(kind="confirm", author="Bea", telling="dl-b-2", field="event"),
        ]
    )
    return found


def test_figures(store: ArticleStore) -> None:
    found = evaluate_store(store)
    assert (found.authors, found.corrections, found.undone, found.unattached) == (2, 9, 0, 0)
    assert (found.records.right, found.records.n) == (3, 4), "dl-a-2 is none"
    assert (found.whole.right, found.whole.n) == (1, 4), "of dl-a-0 the type, of dl-a-1 the number"
    assert (found.recall.right, found.recall.n, found.articles_reviewed) == (2, 3, 1)
    event, dead = found.fields["event"], found.fields["dead"]
    assert (event.precision.right, event.precision.n) == (3, 4), "one field confirmed counts for that field"
    assert (dead.precision.right, dead.precision.n, dead.missed) == (1, 2, 0)
    assert event.machine_people.n == 4 + 2 and event.people.n == 1
    assert event.people.alpha == 0.0 and found.fields["actor"].people.alpha is None
    assert set(found.fields) == {"event", "date", "date_precision", "actor", "dead"}


def test_the_command(store: ArticleStore, run: Run) -> None:
    done = run("evaluate", "--store", store.folder)
    assert done.status == 0 and "precision 0.750 (3/4, 0.301-0.954)" in done.out.splitlines()
    assert "recall 0.667 (2/3, 0.208-0.939)" in done.out.splitlines()
    found = json.loads(run("evaluate", "--store", store.folder, "--format", "json").out)
    assert found["records"]["right"] == 3 and found["fields"]["dead"]["precision"]["n"] == 2
    with (store.folder / LOG).open("ab") as log:
        log.write(b'{"kind": "conf')
    torn = run("evaluate", "--store", store.folder)
    assert torn.out == done.out and torn.complaints[0].startswith("note: E202")


def test_the_command_takes_one_of_two(run: Run, tmp_path: Path) -> None:
    for call in ((), ("gold.jsonl", "--store", tmp_path), ("gold.jsonl", "--format", "xml")):
        assert run("evaluate", *call).status == 2
    assert "E401" in run("evaluate", "--store", tmp_path).err


def test_an_empty_store_has_empty_figures(tmp_path: Path, run: Run) -> None:
    open_store(tmp_path / "s")
    done = run("evaluate", "--store", tmp_path / "s")
    assert done.status == 0 and "precision - (0/0)" in done.out.splitlines()


def test_wilsons_interval() -> None:
    # Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3.
    for right, n, low, high in ((81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611)):
        found = wilson(right, n)
        assert (round(found.low or 0, 4), round(found.high or 0, 4)) == (low, high)
    assert wilson(0, 0).share is None


# Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", part C: four observers, twelve units.
KRIPPENDORFF = ["111", "2232", "3333", "3333", "2222", "1234", "4444", "1121", "2222", "555", "11", "3"]


def test_alpha_of_the_worked_example() -> None:
    found = alpha(KRIPPENDORFF)
    assert found.n == 11 and found.alpha == pytest.approx(0.743, abs=0.0005)
    assert alpha(["aa", "aa"]).alpha is None and alpha([]).n == 0
    assert alpha(["aa", "bb"]).alpha == 1.0


@given(st.lists(st.lists(st.sampled_from("abc"), max_size=4), min_size=1, max_size=12))
def test_alpha_is_the_librarys(units: list[list[str]]) -> None:
    library = pytest.importorskip("krippendorff")
    found = alpha(units)
    if found.alpha is not None:
        counts = [[unit.count(v) for v in "abc"] for unit in units]
        theirs = library.alpha(value_counts=counts, level_of_measurement="nominal")
        assert found.alpha == pytest.approx(theirs)
    assert found == alpha([unit[::-1] for unit in reversed(units)])
