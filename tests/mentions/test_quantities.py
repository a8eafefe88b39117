"""Quantities: numbers, bounds, units, what is counted and in which role."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.language.parsed import Parsed
from dateline.mentions.quantities import find_quantities
from dateline.mentions.quantities_tables import ROLES, event_roles, words
from dateline.mentions.quantities_values import Numbers, figure

Parse = Callable[..., Parsed]


def roles(parsed: Parsed) -> list[tuple[str, float | None, str | None]]:
    """Text, value and role of each quantity."""
    return [(q.text, q.value, q.role) for q in find_quantities(parsed)]


VALUES = [
    ("224", 224, "exact"),
    ("3,000", 3000, "exact"),
    ("twenty - two", 22, "exact"),
    ("one hundred and fifty", 150, "exact"),
    ("a hundred", 100, "exact"),
    ("half a million", 500000, "exact"),
    ("two dozen", 24, "exact"),
    ("half a dozen", 6, "exact"),
    ("dozens", 24, "about"),
    ("hundreds", 200, "about"),
    ("tens of thousands", 20000, "about"),
    ("hundreds of thousands", 200000, "about"),
    ("several", None, "about"),
    ("several hundred", 300, "about"),
    ("15 to 20", 15, "range"),
    ("between 3,000 and 5,000", 3000, "range"),
    ("two or three", 2, "range"),
    ("2 to 3 million", 2000000, "range"),
    ("at least 12", 12, "at least"),
    ("more than a thousand", 1000, "at least"),
    ("no fewer than 40", 40, "at least"),
    ("up to 300", 300, "at most"),
    ("no more than 10", 10, "at most"),
    ("about 650", 650, "about"),
    ("an estimated 20,000", 20000, "about"),
    ("60 or so", 60, "about"),
    ("100 or more", 100, "at least"),
    ("a total of 9", 9, "exact"),
    ("no one", 0, "exact"),
    ("1.5m", 1500000, "exact"),
]


@pytest.mark.parametrize(("text", "value", "bound"), VALUES)
def test_number_expressions(text: str, value: float | None, bound: str) -> None:
    found = Numbers(text.split()).find()
    assert [(n.value, n.bound, n.first, n.last) for n in found] == [(value, bound, 0, len(text.split()))]


@pytest.mark.parametrize(
    ("text", "value"),
    [("7", 7), ("12.5", 12.5), ("1,200", 1200), ("2bn", 2 * 10**9), ("1st", None), ("x2", None)],
)
def test_figures(text: str, value: float | None) -> None:
    assert figure(text) == value


VICTIMS = [
    ("The bomb killed 12 soldiers.", [("12 soldiers", 12, "dead")]),
    ("The plane crashed, killing all 224 people on board.", [("all 224 people", 224, "dead")]),
    ("Gunmen killed 130 people in Paris.", [("130 people", 130, "dead")]),
    ("A soldier was killed near the border.", [("A soldier", 1, "dead")]),
    ("The gunman killed two men and a woman.", [("two men and a woman", 3, "dead")]),
    ("The attack killed him and his two bodyguards.", [("him and his two bodyguards", 3, "dead")]),
    ("Karim Haddad was killed on Monday.", [("Karim Haddad", 1, "dead")]),
    (
        "The bomber struck at noon, killing 12 and wounding 40.",
        [("12", 12, "dead"), ("40", 40, "injured")],
    ),
    ("The blast left 3 dead and 5 hurt.", [("3", 3, "dead"), ("5", 5, "injured")]),
    ("The death toll rose to 41.", [("41", 41, "dead")]),
    ("The quake had a death toll of 900.", [("900", 900, "dead")]),
    ("At least 34 others were wounded.", [("At least 34 others", 34, "injured")]),
    ("No one was hurt in the fire.", [("No one", 0, "injured")]),
    ("Both men died in hospital.", [("Both men", 2, "dead")]),
    ("Dozens of people were injured.", [("Dozens of people", 24, "injured")]),
    ("Two miners perished underground.", [("Two miners", 2, "dead")]),
    ("The shelling claimed 17 lives.", [("17 lives", 17, "dead")]),
    ("Nine villagers lost their lives.", [("Nine villagers", 9, "dead")]),
    ("Three people were found dead in the house.", [("Three people", 3, "dead")]),
    ("Officials reported 15 deaths.", [("15 deaths", 15, "dead")]),
    ("The raid led to the death of four children.", [("four children", 4, "dead")]),
    ("He was convicted of the murder of two nuns.", [("two nuns", 2, "dead")]),
    ("Police are investigating a triple homicide.", [("triple homicide", 3, "dead")]),
    ("The bodies of six fishermen were recovered.", [("six fishermen", 6, "dead")]),
    ("Man killed, 3 injured in Lagos market", [("Man", 1, "dead"), ("3", 3, "injured")]),
    ("2 dead, 7 wounded in Aden", [("2", 2, "dead"), ("7", 7, "injured")]),
    ("The two wounded officers were flown to Nairobi.", [("The two wounded officers", 2, "injured")]),
    ("A woman is in critical condition.", [("A woman", 1, "injured")]),
    ("The driver suffered serious burns.", [("The driver", 1, "injured")]),
]
SHOOTINGS = [
    ("A clerk was shot and killed.", [("A clerk", 1, "dead")]),
    ("Four students were shot to death.", [("Four students", 4, "dead")]),
    ("Police fatally shot a man.", [("a man", 1, "dead")]),
    ("A guard was fatally wounded.", [("A guard", 1, "dead")]),
    ("Five people were shot in a bar.", [("Five people", 5, "injured")]),
    ("A nurse died after being shot.", [("A nurse", 1, "dead")]),
    ("Officers found a boy with a gunshot wound.", [("a boy", 1, "injured")]),
    ("The farmer shot himself.", [("The farmer", 1, "injured")]),
    ("The farmer killed himself.", [("The farmer", 1, "dead")]),
    ("A cyclist was hit by a bullet.", [("A cyclist", 1, "injured")]),
    ("The minister was hit by criticism.", []),
    ("The rebels shot down the jet.", []),
]
OTHERS = [
    ("Police arrested 20 protesters.", [("20 protesters", 20, "arrested")]),
    ("Police made five arrests.", [("five arrests", 5, "arrested")]),
    ("Three hostages were released.", [("Three hostages", 3, "released")]),
    ("Tens of thousands of people fled.", [("Tens of thousands of people", 20000, "displaced")]),
    ("The flood displaced 8,000 families.", [("8,000 families", 8000, "displaced")]),
    ("Twelve people are still missing.", [("Twelve people", 12, "missing")]),
    ("Russia deployed 3,000 troops.", [("3,000 troops", 3000, "troops")]),
    ("Dozens of demonstrators marched in Cairo.", [("Dozens of demonstrators", 24, "protesters")]),
    ("Some 2,000 teachers marched in Lima.", [("Some 2,000 teachers", 2000, "protesters")]),
    ("Gunmen kidnapped six engineers.", [("six engineers", 6, "hostages")]),
    ("The army sent 40 tanks to the border.", [("40 tanks", 40, "vehicles")]),
    ("The base holds 12 helicopters.", [("12 helicopters", 12, "aircraft")]),
    ("France pledged $500 million in aid.", [("$500 million", 500000000, "money")]),
    ("Germany gave 5 million euros.", [("5 million euros", 5000000, "money")]),
    ("The minister lost two votes.", [("two votes", 2, None)]),
]


@pytest.mark.parametrize(("text", "expected"), [*VICTIMS, *SHOOTINGS, *OTHERS])
def test_roles(text: str, expected: list[tuple[str, float | None, str | None]], parse_text: Parse) -> None:
    assert roles(parse_text(text)) == expected


NOTHING = [
    "The 11-year-old girl waved.",
    "He was born on 3 March 1975.",
    "The talks began at 10 a.m. on Monday.",
    "Ahmed Saleh, 53, spoke first.",
    "Call 704-334-1600 for details.",
    "In 2010 the border was closed.",
    "Cyprus protested to the council.",
    "Shares recovered from the fall.",
    "He spoke of his 2016 arrest.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_numbers_that_count_nothing(text: str, parse_text: Parse) -> None:
    assert [q for q in find_quantities(parse_text(text)) if q.role] == []


UNITS = [
    ("France pledged $500 million.", "USD"),
    ("Britain gave £20m to the fund.", "GBP"),
    ("Japan lent 300 million yen.", "JPY"),
    ("The ship carried 40 tonnes of rice.", "tonnes"),
    ("The army sent 3,000 soldiers.", "troops"),
    ("They killed 12 villagers.", "people"),
    ("Exports fell by 12 percent.", "percent"),
]


@pytest.mark.parametrize(("text", "unit"), UNITS)
def test_units(text: str, unit: str, parse_text: Parse) -> None:
    assert [q.unit for q in find_quantities(parse_text(text))] == [unit]


def test_negated_role_is_none(parse_text: Parse) -> None:
    assert all(q.role is None for q in find_quantities(parse_text("The two pilots were not injured.")))


def test_governor_and_counted_are_tokens(parse_text: Parse) -> None:
    parsed = parse_text("The bomb killed 12 soldiers.")
    (quantity,) = find_quantities(parsed)
    assert quantity.governor is not None and parsed.word(quantity.governor) == "killed"
    assert quantity.counted is not None and parsed.word(quantity.counted) == "soldiers"


def test_shot_is_not_sure(parse_text: Parse) -> None:
    assert [q.sure for q in find_quantities(parse_text("Five people were shot in a bar."))] == [False]


def test_tables_load() -> None:
    known = words()
    assert known.numbers["dozens"].value == 24
    assert all(rule.role for rules in known.rules.values() for rule in rules)
    assert all(found <= ROLES for found in event_roles().values())


PIECES = st.sampled_from(
    ["12", "three", "dozens", "of", "people", "were", "killed", "and", "a", "man", "shot", "$", "million",
     "no", "between", "to", "-", "at least", "wounded", "The", "Ali", ",", "hundred", "half", "toll"]
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=14))
def test_any_text_gives_spans_inside_it(parse_text: Parse, pieces: list[str]) -> None:
    parsed = parse_text(" ".join(pieces))
    for q in find_quantities(parsed):
        assert 0 <= q.first < q.last <= len(parsed.doc)
        assert (q.start, q.end) == parsed.chars(q.first, q.last)
        assert q.role is None or q.role in ROLES
        assert q.value is None or q.value >= 0


def test_capitals_do_not_crash(parse_text: Parse) -> None:
    found = roles(parse_text("THE BOMB KILLED 12 SOLDIERS AND WOUNDED 30 CIVILIANS IN KABUL."))
    assert any(value == 12 for _, value, _ in found)


def test_shots_fired_are_no_victims(parse_text: Callable[..., Parsed]) -> None:
    found = find_quantities(parse_text("At least nine shots were fired at the porch."))
    assert [q.role for q in found if q.role in ("dead", "injured")] == []
