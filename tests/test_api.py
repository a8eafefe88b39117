"""The Python face: what the package offers, and what results turn into."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import dateline
from dateline import Coder, DatelineError
from dateline.article import Article
from dateline.errors import Problem
from dateline.flat import COLUMNS
from dateline.record import Event
from dateline.sources import as_article, read

TEXT = "Kenya recalled its ambassador from Somalia on Tuesday."
STRIKE = "Turkish warplanes bombed a village in northern Syria on Monday, killing four people."


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def test_what_the_package_names_is_there() -> None:
    for name in dateline.__all__:
        assert getattr(dateline, name) is not None
    assert {"Coder", "read", "DatelineError"} <= set(dateline.__all__)


@pytest.mark.parametrize("date", ["2024-03-13", dt.date(2024, 3, 13), dt.datetime(2024, 3, 13, 8, 30)])
def test_a_date_in_any_form(coder: Coder, date: str | dt.date) -> None:
    assert [e.date for e in coder.code(TEXT, date=date)] == ["2024-03-12"]


def test_an_articles_own_date_and_a_given_one(coder: Coder) -> None:
    article = as_article("one", TEXT, date="2020-01-08")
    assert [e.date for e in coder.code(article)] == ["2020-01-07"]
    assert [e.date for e in coder.code(article, date="2024-03-13")] == ["2024-03-12"]


def test_a_file(coder: Coder, tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_text(TEXT, encoding="utf-8")
    (event,) = coder.code(read(path, date="2024-03-13"))
    assert (event.doc, event.cite_info.date) == ("one", "2024-03-13")


def test_results_turn_into_tables(coder: Coder) -> None:
    events = coder.code(TEXT, date="2024-03-13")
    assert events.to_dict()[0]["event"] == ["SANCTION"]
    assert json.loads(events.to_jsonl()) == events.to_dict()[0]
    assert events.to_arrow().column_names == list(COLUMNS)
    frame = events.to_pandas()
    assert list(frame["id"]) == [events[0].id]
    assert {"actor", "recipient", "event", "date"} <= set(frame.columns)


def test_results_without_events(coder: Coder) -> None:
    events = coder.code("The town was quiet.")
    assert (list(events), events.to_dict(), events.to_jsonl()) == ([], [], "")
    assert events.to_arrow().num_rows == len(events.to_pandas()) == 0


def test_text_that_may_not_be_kept() -> None:
    (event,) = Coder(keep_text=False).code(TEXT, date="2024-03-13")
    assert event.text == "" and event.text_info.end == len(TEXT)


def test_annotation_holds_the_events(coder: Coder) -> None:
    found = coder.annotate(TEXT, date="2024-03-13")
    assert [e.id for e in found.events] == [e.id for e in coder.code(TEXT, date="2024-03-13")]
    assert found.to_dict()["text"] == TEXT


def test_actors_of_ones_own(tmp_path: Path) -> None:
    text = "The Zorvian Compact bombed a village in Syria on Monday."
    head = "name\taliases\tcode\tsector\n"
    path = tmp_path / "mine.tsv"
    path.write_text(f"{head}Zorvian Compact\t\tIMG\tREB\n", encoding="utf-8")
    (event,) = Coder(actors=[path]).code(text, date="2024-03-13")
    assert (event.actor[0].code, event.actor[0].identifier_text) == ("IMG", "Zorvian Compact")


def test_relate(coder: Coder) -> None:
    sentence = "France condemned the Russian attack on Odesa."
    found = coder.relate(sentence, "Russian", (39, 44))
    assert (found.event, found.quad_code) == ("ASSAULT", 4)
    assert sum(found.scores.values()) == pytest.approx(1, abs=0.01)
    nothing = coder.relate("France and Spain.", "France", "Spain")
    assert nothing.confidence < 0.5
    unread = Coder(use_model=False).relate("France and Spain.", "France", "Spain")
    assert (unread.event, unread.confidence) == ("CONSULT", pytest.approx(1 / 16, abs=0.001))


def test_resolve(coder: Coder) -> None:
    found = coder.resolve("French police")
    assert found is not None and (found.code, found.sector) == ("FRA", "COP")
    assert coder.resolve("a cup of tea") is None


@pytest.mark.parametrize(
    ("text", "date", "problem"),
    [
        ("", None, Problem.EMPTY),
        (" \n", None, Problem.EMPTY),
        ("x" * 1_000_001, None, Problem.TOO_LONG),
        (TEXT, "2015-13-45", Problem.BAD_DATE),
        (TEXT + "\ud800", None, Problem.ENCODING),
    ],
    ids=["empty", "white space", "too long", "no date", "half a character"],
)
def test_errors(coder: Coder, text: str, date: str | None, problem: Problem) -> None:
    with pytest.raises(DatelineError) as raised:
        coder.code(text, date=date)
    assert raised.value.problem is problem
    assert "\n" not in str(raised.value) and problem.code in str(raised.value)
    with pytest.raises(DatelineError):
        coder.resolve(text, date=date)


def test_errors_of_the_set_up(tmp_path: Path) -> None:
    bad = tmp_path / "bad.tsv"
    bad.write_text("name\n", encoding="utf-8")
    for options, problem in (
        ({"model": "no_such_model"}, Problem.NO_MODEL),
        ({"actors": [tmp_path / "none.tsv"]}, Problem.MISSING),
        ({"actors": [bad]}, Problem.BAD_KNOWLEDGE),
    ):
        with pytest.raises(DatelineError) as raised:
            Coder(**options)
        assert raised.value.problem is problem


def without_day(events: list[Event]) -> list[dict[str, object]]:
    return [{k: v for k, v in e.to_dict().items() if k != "coded_date"} for e in events]


def test_pipe_keeps_order_whatever_the_workers(coder: Coder) -> None:
    articles: list[Article | DatelineError] = [
        as_article(str(n), TEXT if n % 2 else STRIKE, date="2024-03-13") for n in range(9)
    ]
    articles.insert(3, DatelineError(Problem.MISSING, "none.txt"))
    alone, together = list(coder.pipe(articles)), list(coder.pipe(articles, workers=2))
    assert [o.doc for o in alone] == [o.doc for o in together] == ["0", "1", "2", "none.txt", *"345678"]
    assert alone[3].annotation is None and alone[3].error is not None
    for one, other in zip(alone, together, strict=True):
        if one.annotation is not None and other.annotation is not None:
            assert without_day(one.annotation.events) == without_day(other.annotation.events)
    backwards = list(coder.pipe(articles[::-1]))[::-1]
    for one, other in zip(alone, backwards, strict=True):
        if one.annotation is not None and other.annotation is not None:
            assert one.annotation.to_dict() == other.annotation.to_dict()


def test_pipe_reads_ahead_only_a_little(coder: Coder) -> None:
    taken = []

    def articles() -> Iterator[Article]:
        for n in range(100):
            taken.append(n)
            yield as_article(str(n), TEXT)

    next(coder.pipe(articles(), workers=2))
    assert len(taken) < 40
