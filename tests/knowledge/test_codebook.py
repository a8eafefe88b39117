"""The codebook's tables agree with one another and with the PLOVER manual."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.knowledge import codebook
from dateline.knowledge.codebook.contexts import contexts_of
from dateline.knowledge.codebook.rules import rule_tests, rules
from dateline.knowledge.tables import read_table

SIZES = [("types", 16), ("contexts", 37), ("sectors", 25), ("modes", 67)]


@pytest.mark.parametrize(("table", "rows"), SIZES)
def test_tables_are_complete(table: str, rows: int) -> None:
    assert len(read_table("codebook", f"{table}.tsv")) == rows


TYPES = [
    ("AGREE", 1, 2.5, False),
    ("CONCEDE", 1, 4.5, False),
    ("COOPERATE", 2, 9.5, True),
    ("AID", 2, 10, True),
    ("RETREAT", 2, 6.5, False),
    ("ACCUSE", 3, -3, False),
    ("THREATEN", 3, -3.5, False),
    ("SANCTION", 4, -6, True),
    ("ASSAULT", 4, -9, False),
]


@pytest.mark.parametrize(("name", "quad", "score", "needs"), TYPES)
def test_type(name: str, quad: int, score: float, needs: bool) -> None:
    kind = codebook.event_types()[name]
    assert (kind.quad, kind.score, kind.needs_recipient) == (quad, score, needs)
    assert codebook.quad_code(name) == quad and codebook.material(name) == (quad in (2, 4))


def test_quad_codes_have_the_manual_s_sizes() -> None:
    quads = [t.quad for t in codebook.event_types().values()]
    assert [quads.count(q) for q in (1, 2, 3, 4)] == [4, 3, 4, 5]


SCALES = [
    ("ASSAULT", [], -9),
    ("ASSAULT", ["aerial"], -9.5),
    ("ASSAULT", ["beat", "primitive"], -7.75),
    ("PROTEST", ["vandalize"], -5),
    ("AGREE", ["visit"], 2.5),
    ("SANCTION", ["convict", "arrest"], -6),
]


@pytest.mark.parametrize(("kind", "modes", "score"), SCALES)
def test_scale(kind: str, modes: list[str], score: float) -> None:
    assert codebook.scale(kind, modes) == score


def test_modes_belong_to_their_types() -> None:
    assert all(codebook.known_mode("CONSULT", m) for m in ("visit", "third-party", "multilateral", "phone"))
    assert not codebook.known_mode("AID", "visit")
    assert codebook.scale("REJECT", ["meet"]) == -2
    assert codebook.known_mode("COERCE", "martial-law")
    assert not codebook.known_mode("ASSAULT", "massacre")


CONVERSIONS = [
    ("010", None, (), ()),
    ("0252", None, (), ()),
    ("036", "AGREE", (), ("diplomatic",)),
    ("0356", "AGREE", (), ("military",)),
    ("042", "CONSULT", ("visit",), ()),
    ("055", "CONCEDE", (), ("diplomatic",)),
    ("073", "AID", (), ("human_security",)),
    ("0811", "CONCEDE", (), ("pro_democracy",)),
    ("0813", "CONCEDE", (), ("legal",)),
    ("0841", "RETREAT", ("release",), ("legal",)),
    ("112", "ACCUSE", ("allege",), ()),
    ("116", "SANCTION", ("convict",), ("legal",)),
    ("163", "SANCTION", ("discontinue",), ("diplomatic",)),
    ("1722", "COERCE", ("restrict",), ("pro_autocracy",)),
    ("186", "ASSAULT", ("targeted",), ()),
    ("195", "ASSAULT", ("aerial",), ("military",)),
    ("202", "ASSAULT", ("targeted",), ("religion_ethnicity",)),
    ("0419", "CONSULT", ("phone",), ()),
    ("19", "ASSAULT", (), ()),
    ("199", "ASSAULT", (), ()),
]


@pytest.mark.parametrize(("code", "event", "modes", "contexts"), CONVERSIONS)
def test_convert(code: str, event: str | None, modes: tuple[str, ...], contexts: tuple[str, ...]) -> None:
    assert codebook.convert(code) == (event, modes, contexts)


@pytest.mark.parametrize("code", ["", "9", "99", "21", "---", "USA", "१२"])
def test_no_such_code(code: str) -> None:
    with pytest.raises(KeyError):
        codebook.convert(code)


def test_every_code_has_its_parent_and_all_but_statements_and_appeals_an_event() -> None:
    codes = codebook.cameo_codes()
    assert [c for c in codes if len(c) == 2] == [f"{n:02}" for n in range(1, 21)]
    assert all((c.event is None) == (c.code[:2] in ("01", "02")) for c in codes.values())
    assert {c.event for c in codes.values()} - {None} == set(codebook.event_types())


CONTEXTS = [
    ("the minister sign a trade deal", ["economic"]),
    ("rebel release five hostage", ["terrorism"]),
    (
        "anti - terrorism police arrest a drug trafficker",
        ["terrorism", "crime", "illegal_drugs", "trafficking"],
    ),
    ("the committee condemn the weather", []),
    ("peacekeeper watch the border", ["territory", "peacekeeping"]),
    ("WHO warn of a Cholera outbreak", ["health"]),
]


@pytest.mark.parametrize(("lemmas", "contexts"), CONTEXTS)
def test_contexts_by_words(lemmas: str, contexts: list[str]) -> None:
    assert contexts_of(lemmas.split()) == contexts


def test_contexts_given_are_kept_in_order() -> None:
    assert contexts_of(["tariff"], ["cyber", "military"]) == ["military", "economic", "cyber"]


@given(st.lists(st.sampled_from(["army", "human", "right", "-", "visa", "x", "free", "and", "fair"])))
def test_contexts_are_of_the_codebook_and_grow_with_the_passage(lemmas: list[str]) -> None:
    found = contexts_of(lemmas)
    assert set(found) <= set(codebook.context_meanings())
    assert set(contexts_of(lemmas[:-1])) <= set(found)


RULES = [
    ("CONSULT", "046", "future", "", "AGREE", "036"),
    ("AID", "072", "future", "", "AGREE", "0332"),
    ("RETREAT", "0872", "future", "", "CONCEDE", "0356"),
    ("SUPPORT", "057", "future", "", "AGREE", "032"),
    ("CONCEDE", "081", "future", "", "", ""),
    ("CONSULT", "040", "", "recipient_is_ambassador", "ACCUSE", "114"),
    ("SANCTION", "166", "", "recipient_is_private_person", "COERCE", "174"),
    ("COERCE", "173", "", "captive_is_combatant", "ASSAULT", "181"),
    ("MOBILIZE", "154", "", "forces_for_disaster_relief", "AID", "073"),
]


@pytest.mark.parametrize(("event", "cameo", "aux", "test", "becomes", "code"), RULES)
def test_first_rule_that_holds(event: str, cameo: str, aux: str, test: str, becomes: str, code: str) -> None:
    rule = next(
        r for r in rules() if r.test == test and r.holds(event, cameo, frozenset([aux] if aux else []))
    )
    assert (rule.event, rule.cameo_out) == (becomes, code)
    assert rule.keeps == (not becomes)


def test_a_rule_s_new_code_converts_to_its_new_type() -> None:
    odd = {
        r.id
        for r in rules()
        if r.event and r.cameo_out and codebook.convert(r.cameo_out).event not in (r.event,)
    }
    # CAMEO has no code of its own for a resignation, nor for a withdrawal that is only announced.
    announced = {r.id for r in rules() if r.event == "CONCEDE" and r.cameo_out.startswith("035")}
    assert odd == {"resignation"} | announced


def test_rules_have_results_tests_and_notes() -> None:
    assert len({r.id for r in rules()}) == len(rules()) > 80
    assert rule_tests() == tuple(dict.fromkeys(rule_tests()))
    assert all(r.note for r in rules() if r.test and r.test not in ("offered_or_promised",))
    assert next(r for r in rules() if r.id == "conviction-imprisoned").add_event == "COERCE"
    assert next(r for r in rules() if r.id == "incidental-damage").cut_modes == ("destroy",)
    assert next(r for r in rules() if r.id == "future-consult").modes == ()
    assert next(r for r in rules() if r.id == "future-aid").modes is None


def test_groups_are_of_one_kind() -> None:
    assert codebook.group("actorless") < set(codebook.event_types())
    assert codebook.group("state") | codebook.group("armed") < set(codebook.sectors())
    assert not codebook.group("state") & codebook.group("with officials")
    assert not codebook.group("international") & set(codebook.sectors())
