"""Verb dictionaries of the PETRARCH family: what is read, and what is coded by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline import Coder
from dateline.knowledge.petrarch.codes import combined, negated
from dateline.knowledge.petrarch.verbs import VerbBook, read_verbs

ACTORS = """VELDANIA [VEL]
+VELDANIAN
ORMUND [ORM]
+ORMUNDIAN
KESTREL_COAST [KES]
TARRAN_SCHOOL
\t[TAR < 20050101]
\t[TARGOV 20050101 - 20100101]
"""
AGENTS = """POLICE {} [~COP]
PRESIDENT [~GOV]
FISHERMAN {FISHERMEN} [~LAB]
RELIEF_MISSION [NGO~]
"""
VERBS = """# VERSION: 2.0
&PACT
+PACT
+TREATY

--- SCOLD [111] ---
SCOLD
CHIDE

--- MEET [040:040] ---
MEET {MEETS MET MEETING}
- % * [040:040]

--- SIGN [---] ---
SIGN
- * &PACT [057]
- * {TRADE &PACT} [061]

--- PUSH [112] ---
+PUSH_BACK {+PUSHES_BACK +PUSHED_BACK +PUSHING_BACK}
PUSH [120]
- * (FOR {EARLY ELECTIONS}) [0241]

--- PLEDGE [030] ---
PLEDGE

--- HELP [070] ---
HELP

--- SHELL [190] ---
SHELL

--- SAY [010] ---
SAY {SAYS SAID SAYING}

--- RECEIVE [080] ---
RECEIVE
- + * BLANKETS (FROM $) [073]

--- WELCOME [043:042] ---
WELCOME

~ a (b . SHELL) SAY = a b 112
"""


@pytest.fixture(scope="module")
def coder(tmp_path_factory: pytest.TempPathFactory) -> Coder:
    folder = tmp_path_factory.mktemp("dictionaries")
    for name, text in (("own.actors", ACTORS), ("own.agents", AGENTS), ("own.verbs", VERBS)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return Coder(dictionaries=[folder])


def triples(coder: Coder, sentence: str, date: str | None = "2008-05-06") -> set[tuple[str, str, str]]:
    return {
        (s.cameo or "", t.cameo or "", e.cameo)
        for e in coder.code(sentence, date=date)
        for s in e.actor
        for t in e.recipient or [t for t in e.actor if t is not s]
    }


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Veldania scolded Ormund on Monday.", {("VEL", "ORM", "111")}),
        # A passive reads as its active.
        ("Ormund was scolded by Veldania on Monday.", {("VEL", "ORM", "111")}),
        # Both actors are asked for.
        ("Veldania scolded its critics on Monday.", set()),
        # Agents add their code to the actor's; without one they stand alone.
        ("Veldanian police scolded the president of Ormund.", {("VELCOP", "ORMGOV", "111")}),
        ("Fishermen scolded Ormund.", {("---LAB", "ORM", "111")}),
        ("A Veldanian relief mission scolded Ormund.", {("NGOVEL", "ORM", "111")}),
        # Compound actors are multiplied.
        (
            "Veldania and Kestrel Coast scolded Ormund.",
            {("VEL", "ORM", "111"), ("KES", "ORM", "111")},
        ),
        # % makes the members of a compound act on each other; so does a code both ways.
        ("Veldania and Ormund met in the capital.", {("VEL", "ORM", "040"), ("ORM", "VEL", "040")}),
        ("Veldania met Ormund in the capital.", {("VEL", "ORM", "040"), ("ORM", "VEL", "040")}),
        # Two codes are two events.
        ("Veldania welcomed Ormund on Friday.", {("VEL", "ORM", "043"), ("ORM", "VEL", "042")}),
        # The null code is no event; a pattern with more words wins.
        ("Veldania signed a letter to Ormund.", set()),
        ("Veldania signed a treaty with Ormund.", {("VEL", "ORM", "057")}),
        ("Veldania signed a trade pact with Ormund.", {("VEL", "ORM", "061")}),
        # Verbs of several words, prepositional phrases.
        ("Veldania pushed Ormund back.", {("VEL", "ORM", "112")}),
        ("Veldania pushed Ormund for early elections.", {("VEL", "ORM", "0241")}),
        ("Veldania pushed Ormund for an answer.", {("VEL", "ORM", "120")}),
        # $ and + say where the sides stand.
        ("Ormund received blankets from Veldania.", {("VEL", "ORM", "073")}),
        # A verb over a verb: added up, or as a transformation says.
        ("Veldania pledged to help Ormund.", {("VEL", "ORM", "033")}),
        ("Veldania said Ormund shelled a village.", {("VEL", "ORM", "112")}),
        ("Veldania said that Ormund shelled Kestrel Coast.", {("VEL", "ORM", "112")}),
        # What is not done.
        ("Veldania did not help Ormund.", {("VEL", "ORM", "120")}),
        # Where a dictionary has verbs, the lexicon's are not coded.
        ("Veldania bombed Ormund.", set()),
    ],
)
def test_coded(coder: Coder, sentence: str, expected: set[tuple[str, str, str]]):
    assert triples(coder, sentence) == expected


@pytest.mark.parametrize(("date", "code"), [("2001-01-01", "TAR"), ("2008-01-01", "TARGOV")])
def test_an_actor_s_code_is_that_of_the_day(coder: Coder, date: str, code: str):
    assert triples(coder, "The Tarran School scolded Ormund.", date) == {(code, "ORM", "111")}


def test_the_type_follows_from_the_code_and_why_names_the_line(coder: Coder):
    (event,) = coder.code("Veldania scolded Ormund.", date="2008-05-06")

    assert event.event == ["ACCUSE"]
    assert "own.verbs.txt:" in event.why["event"]


def test_events_of_one_verb_have_identifiers_of_their_own(coder: Coder):
    events = coder.code("Veldania welcomed Ormund on Friday.", date="2008-05-06")

    assert len({e.id for e in events}) == len(events) == 2


def read(tmp_path: Path, text: str) -> VerbBook:
    path = tmp_path / "x.verbs.txt"
    path.write_text(text, encoding="utf-8")
    return read_verbs(path)


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("- * &NOWHERE [010]", "&NOWHERE"),
        ("- * (WITH [010]", "not closed"),
        ("- * WORD", "no code"),
        ("- WORD [010]", "one *"),
        ("- * WORD [+++]", "no code"),
        ("TWO WORDS", "joined with _"),
        ("~ a b", "transformation"),
    ],
)
def test_a_bad_line_is_set_aside_with_its_place(tmp_path: Path, line: str, what: str):
    book = read(tmp_path, f"--- SCOLD [111] ---\nSCOLD\n{line}\n- * LOUDLY [112]\n")

    (fault,) = book.faults
    assert "x.verbs.txt:3" in str(fault) and what in str(fault)
    assert [p.active for p in book.patterns[1]] == ["112"]


def test_a_synset_may_hold_another(tmp_path: Path):
    book = read(tmp_path, "&A\n+ONE\n&B\n+&A\n+TWO_THREE\n--- X [010] ---\nX\n- * &B [020]\n")

    (pattern,) = book.patterns[1]
    assert pattern.after[0].phrases == {("one",), ("two", "three")}


@pytest.mark.parametrize(
    ("upper", "lower", "code"),
    [
        ("030", "070", "033"),
        ("020", "070", "023"),
        ("010", "190", "190"),
        ("120", "070", "120"),
        ("903", "040", "040"),
    ],
)
def test_codes_are_added_up(upper: str, lower: str, code: str):
    assert combined(upper, lower) == code


@pytest.mark.parametrize(
    ("code", "refused"), [("040", "120"), ("060", "121"), ("190", "050"), ("903", "903")]
)
def test_codes_are_negated(code: str, refused: str):
    assert negated(code) == refused
