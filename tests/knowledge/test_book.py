"""The book of actors: what it finds, what it takes from a user, what it refuses."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import DatelineError
from dateline.knowledge.actors.book import ActorBook, fold
from dateline.knowledge.actors.entries import Form, Kind, Known, Term, first_day, last_day
from dateline.knowledge.reference import reference


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Germany and Saudi\nArabia met.", ["Germany", "Saudi\nArabia"]),
        ("Nigeria is not Niger.", ["Nigeria", "Niger"]),
        ("The Syria-Turkey border", ["Syria", "Turkey"]),
        ("The U.S.-led force", ["U.S."]),
        ("Irangate", []),
        ("It is us who lost.", []),
        ("IRAN PROTESTS", ["IRAN"]),
        ("turkey for dinner", []),
        ("Côte d’Ivoire", ["Côte d’Ivoire"]),
        ("", []),
    ],
)
def test_names_are_found(text: str, expected: list[str]) -> None:
    assert [text[hit.start : hit.end] for hit in ActorBook.load().find(text)] == expected


@pytest.mark.parametrize(
    ("text", "form"),
    [("France", Form.NAME), ("Frenchmen", Form.PEOPLE), ("Belgian", Form.ADJECTIVE), ("Nairobi", Form.SEAT)],
)
def test_forms(text: str, form: Form) -> None:
    (hit,) = ActorBook.load().find(text)
    assert hit.form is form


@pytest.mark.parametrize(
    ("words", "sector"),
    [
        ("soldier", "MIL"),
        ("soldiers", "MIL"),
        ("policewomen", "COP"),
        ("Prime Minister", "GOV"),
        ("prime ministers", "GOV"),
        ("PM", "GOV"),
        ("pm", None),
        ("Lt. Gen.", "MIL"),
        ("farmers ' union", "AGR"),
        ("sofa", None),
    ],
)
def test_titles_and_kinds(words: str, sector: str | None) -> None:
    role = ActorBook.load().role(words.split())
    assert (role.sector if role else None) == sector


TERMS = (
    Term("XXA", "GOV", start=dt.date(2001, 1, 1), end=dt.date(2004, 12, 31)),
    Term("XXA", "PTY", start=dt.date(2010, 6, 1)),
)


@pytest.mark.parametrize(
    ("day", "sector", "holds"),
    [
        ("2002-05-05", "GOV", True),
        ("2007-05-05", "GOV", False),
        ("2015-05-05", "PTY", True),
        ("1990-05-05", "GOV", False),
        (None, "PTY", True),
    ],
)
def test_term_of_a_day(day: str | None, sector: str, holds: bool) -> None:
    known = Known("Somebody", Kind.PERSON, None, TERMS)
    term, held = known.term(dt.date.fromisoformat(day) if day else None)
    assert (term.sector, held) == (sector, holds)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2016", "2016-01-01", "2016-12-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2016-02-03", "2016-02-03", "2016-02-03"),
    ],
)
def test_days_of_a_cell(text: str, first: str, last: str) -> None:
    assert (str(first_day(text)), str(last_day(text))) == (first, last)
    assert first_day("") is None and last_day("") is None


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(line.replace("|TAB|", "\t") for line in lines) + "\n", encoding="utf-8")
    return path


def test_a_users_file_adds_people_and_bodies(tmp_path: Path) -> None:
    file = write(
        tmp_path / "mine.tsv",
        "# our own",
        "name|TAB|code|TAB|sector|TAB|office|TAB|aliases|TAB|start|TAB|end",
        "Ada Novak|TAB|SVN|TAB|GOV|TAB|mayor of Ljubljana|TAB|A. Novak|TAB|2010|TAB|2014-06",
        "River Watch|TAB|NGO|TAB|SOC|MED",
    )
    book = ActorBook.load([file])
    ada, watch = book.named("Ada Novak")[0], book.named("River Watch")[0]
    assert (ada.kind, ada.terms[0].office, ada.terms[0].end) == (
        Kind.PERSON,
        "mayor of Ljubljana",
        dt.date(2014, 6, 30),
    )
    assert (watch.kind, watch.terms[0].sector, watch.terms[0].other_sectors) == (
        Kind.ORGANISATION,
        "SOC",
        ("MED",),
    )
    assert ada in book.people_called("Novak")
    assert not ActorBook.load().named("River Watch")


def test_a_users_row_wins(tmp_path: Path) -> None:
    file = write(tmp_path / "mine.tsv", "name|TAB|code|TAB|sector", "Hamas|TAB|PSE|TAB|GOV")
    assert ActorBook.load([file]).named("Hamas")[0].terms[0].sector == "GOV"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("|TAB|SVN|TAB|GOV", "the name is missing"),
        ("Ada Novak|TAB|Slovenia|TAB|GOV", "Slovenia is not a code"),
        ("Ada Novak|TAB|SVN|TAB|gov", "gov is not a code"),
        ("Ada Novak|TAB|SVN|TAB|GOV|TAB|soon", "start and end are written"),
        ("Ada Novak|TAB|SVN|TAB|GOV|TAB|2014|TAB|2010", "before it starts"),
        ("Ada Novak|TAB|SVN|TAB|GOV|TAB||TAB||TAB|robot", "robot is not a kind"),
    ],
)
def test_a_bad_row_is_named(row: str, reason: str, tmp_path: Path) -> None:
    file = write(tmp_path / "mine.tsv", "name|TAB|code|TAB|sector|TAB|start|TAB|end|TAB|kind", row)
    with pytest.raises(DatelineError, match=reason) as caught:
        ActorBook.load([file])
    assert caught.value.place.endswith("mine.tsv:2")


def test_a_users_file_needs_its_columns(tmp_path: Path) -> None:
    with pytest.raises(DatelineError, match="sector is missing"):
        ActorBook.load([write(tmp_path / "mine.tsv", "name|TAB|code", "Ada|TAB|SVN")])


def test_entries_can_be_added() -> None:
    known = Known("Blue Guard", Kind.GROUP, None, (Term("SVN", "PRM", cameo="SVNPRM"),))
    book = ActorBook.load().with_entries([("Blue Guard", Form.NAME, known)])
    assert book.named("Blue Guard") == (known,)


def test_reference_tables_are_whole() -> None:
    words = reference()
    assert words.pronouns["she"].gender == "f"
    assert not words.staff & words.members
    assert all(" " not in noun for noun in words.nouns)


@given(st.text(max_size=60))
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet="US IranA'’-é\n", max_size=40))
def test_hits_lie_in_order_inside_the_text(text: str) -> None:
    reached = 0
    for hit in ActorBook.load().find(text):
        assert reached <= hit.start < hit.end <= len(text)
        reached = hit.end
