"""The members of organisations: by any name, in codes of countries, refused where a code is unknown."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import DatelineError, Problem
from dateline.knowledge.actors.book import ActorBook
from dateline.knowledge.actors.read import MEMBER_BODIES, members_of
from dateline.knowledge.tables import Row, read_table


def row(members: str) -> Row:
    """A line of the organisations with those members."""
    return Row({"name": "River Compact", "code": "IGO", "members": members}, "bodies.tsv", 7)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Benelux", ("BEL", "LUX", "NLD")),
        ("Alliance of Sahel States", ("BFA", "MLI", "NER")),
        ("AES", ("BFA", "MLI", "NER")),
        ("aukus", ()),
        ("AUKUS", ("AUS", "GBR", "USA")),
        ("the Quartet", ("EUR", "RUS", "UNO", "USA")),
        ("United Nations", ()),
        ("Belgium", ()),
        ("A body nobody knows", ()),
        ("", ()),
    ],
)
def test_members_by_name(name: str, expected: tuple[str, ...]) -> None:
    assert ActorBook.load().members(name) == expected


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("EU", 27),
        ("NATO", 32),
        ("AU", 54),
        ("ASEAN", 11),
        ("ECOWAS", 12),
        ("Arab League", 22),
        ("OIC", 57),
        ("OSCE", 57),
        ("Council of Europe", 46),
        ("Commonwealth of Nations", 56),
        ("APEC", 21),
        ("OECD", 38),
        ("G7", 7),
        ("G8", 8),
        ("G20", 20),
        ("OPEC", 11),
        ("OPEC+", 21),
    ],
)
def test_as_many_as_the_body_says(name: str, count: int) -> None:
    assert len(ActorBook.load().members(name)) == count


@pytest.mark.parametrize(
    ("name", "gone"),
    [
        ("European Union", "GBR"),
        ("ECOWAS", "MLI"),
        ("ECOWAS", "NER"),
        ("Council of Europe", "RUS"),
        ("OPEC", "ARE"),
        ("OAS", "NIC"),
        ("G7", "RUS"),
    ],
)
def test_who_left_is_no_member(name: str, gone: str) -> None:
    assert gone not in ActorBook.load().members(name)


def test_each_name_of_a_body_gives_its_members() -> None:
    book = ActorBook.load()
    rows = [r for r in read_table("actors", "organisations.tsv") if r["members"]]
    wrong = [
        name
        for r in rows
        for name in (r["name"], *r.many("aliases"))
        if book.members(name) != r.many("members")
    ]
    assert rows and wrong == []


def test_members_are_countries_in_order() -> None:
    book = ActorBook.load()
    for r in read_table("actors", "organisations.tsv"):
        codes = r.many("members")
        assert list(codes) == sorted(codes), r["name"]
        assert all(book.country(code) or code in MEMBER_BODIES for code in codes), r["name"]


@pytest.mark.parametrize(
    ("members", "what"),
    [("FRA|XXX", "XXX"), ("FRA|IGO", "IGO"), ("fra", "fra"), ("FRA|DEU|FRA", "twice")],
)
def test_a_bad_row_is_refused(members: str, what: str) -> None:
    with pytest.raises(DatelineError) as raised:
        members_of([row(members)], {"FRA", "DEU"})
    assert raised.value.problem is Problem.BAD_KNOWLEDGE
    assert "bodies.tsv:7" in str(raised.value) and what in str(raised.value)


def test_a_row_without_members_gives_none() -> None:
    assert members_of([row("")], {"FRA"}) == {}


def test_a_user_file_keeps_the_members(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_text("name\tcode\tsector\nRiver Compact\tIGO\tGOV\nEU\tIGO\tGOV\n", encoding="utf-8")
    book = ActorBook.load([path])
    assert book.members("Benelux") == ("BEL", "LUX", "NLD")
    assert book.members("European Union") == ActorBook.load().members("European Union")
    assert book.members("River Compact") == book.members("EU") == ()
