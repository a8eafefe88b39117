"""Dictionaries in the PETRARCH/Phoenix format."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline import Coder, DatelineError
from dateline.knowledge.actors.dictionaries import load_dictionaries

ACTORS = """<!-- a comment
over two lines -->
ATLANTIS [ATL]  # invented
+ATLANTEAN
+POSEIDONIS
KING_NEREUS
+OLD_NEREUS
\t[ATL < 19950601]
\t[ATLGOV 19950601 - 20100131]
\t[ATLELI > 20100131]
NAMELESS_ENTRY
"""
AGENTS = """!GUARD! = GUARD, WARDEN
HARBOUR_!GUARD! {} [~COP]
SEA_GOAT {SEA_GOATS} [~REB]
TRITON~
"""
DISCARDS = "REGATTA\n+Poseidon Cup  # sport\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (
        ("own.actors.txt", ACTORS),
        ("own.agents.txt", AGENTS),
        ("own.discards.txt", DISCARDS),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_names_synonyms_and_periods(folder: Path):
    found = load_dictionaries(folder)

    names = {name: known for name, _, known in found.names}
    assert names["Poseidonis"].name == "Atlantis"
    assert [(t.cameo, str(t.start), str(t.end)) for t in names["Old Nereus"].terms] == [
        ("ATL", "None", "1995-05-31"),
        ("ATLGOV", "1995-06-01", "2010-01-31"),
        ("ATLELI", "2010-01-31", "None"),
    ]


def test_agents_with_plurals_and_marks(folder: Path):
    roles = load_dictionaries(folder).roles

    assert {noun: role.sector for noun, role in roles.items()} == {
        "harbour guard": "COP",
        "harbour warden": "COP",
        "sea goat": "REB",
        "sea goats": "REB",
    }


def test_a_bad_line_is_set_aside_with_its_place(folder: Path):
    faults = [str(fault) for fault in load_dictionaries(folder).faults]

    assert any("own.actors.txt:11" in fault and "no code" in fault for fault in faults)
    assert any("own.agents.txt:4" in fault for fault in faults)


@pytest.mark.parametrize(
    ("date", "cameo"), [("1994-03-01", "ATL"), ("2001-03-01", "ATLGOV"), ("2015-03-01", "ATLELI")]
)
def test_an_actor_s_code_is_that_of_the_day(folder: Path, date: str, cameo: str):
    events = Coder(dictionaries=[folder]).code("King Nereus accused Kenya of piracy on Monday.", date=date)

    assert [e.actor[0].cameo for e in events] == [cameo]


def test_discards_leave_out_the_sentence_or_the_article(folder: Path):
    coder = Coder(dictionaries=[folder])
    text = "Kenya accused Somalia of piracy. At the regatta Kenya accused Uganda of piracy."

    assert [e.recipient[0].code for e in coder.code(text, date="2015-03-01")] == ["SOM"]
    whole = coder.annotate(text + " The Poseidon Cup went on.", date="2015-03-01")
    assert not whole.events and any("Poseidon Cup" in warning for warning in whole.warnings)


def test_a_folder_without_dictionaries_is_refused(tmp_path: Path):
    with pytest.raises(DatelineError, match="E203"):
        load_dictionaries(tmp_path)
