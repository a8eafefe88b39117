"""The encoder's second opinion on articles."""

from __future__ import annotations

import pytest

from dateline import Coder
from dateline.knowledge import codebook
from dateline.resolve.opinion import general_cameo

NO_EVENTS = [
    "Brazil's coffee crop was attacked by a fungus that has spread from Colombia.",
    "In her new novel a French officer betrays a British spy in Cairo.",
    "France beat Morocco two-nil in the semi-final on Wednesday.",
]


@pytest.fixture(scope="module")
def both() -> Coder:
    return Coder()


@pytest.fixture(scope="module")
def lexicon() -> Coder:
    return Coder(use_model=False)


def test_every_type_has_a_general_code_that_converts_to_it() -> None:
    for event in codebook.event_types():
        assert codebook.convert(general_cameo(event)).event == event


@pytest.mark.parametrize("text", NO_EVENTS)
def test_nothing_is_made_of_sport_fiction_and_pests(both: Coder, text: str) -> None:
    assert both.code(text, date="2020-06-10") == []


def test_a_record_says_what_the_encoder_made_of_it(both: Coder, lexicon: Coder) -> None:
    text = "Kenya accused Somalia of piracy on Monday."
    with_model, without = both.code(text, date="2019-03-06"), lexicon.code(text, date="2019-03-06")
    assert with_model[0].event == without[0].event == ["ACCUSE"]
    assert with_model[0].why["encoder"].startswith("encoder agrees")
    assert "encoder" not in without[0].why


def test_the_encoder_adds_what_the_lexicon_misses(both: Coder, lexicon: Coder) -> None:
    text = "Rwandan troops on Sunday gunned for Congolese soldiers near Goma."
    assert lexicon.code(text, date="2024-05-15") == []
    found = both.code(text, date="2024-05-15")
    assert [e.event for e in found] == [["ASSAULT"]]
    assert (found[0].actor[0].code, found[0].recipient[0].code) == ("RWA", "COD")
    assert found[0].why["event"].startswith("encoder alone")


def test_parties_that_only_stand_together_are_no_event(both: Coder) -> None:
    text = "According to the Kenyan health ministry, nearly all Ugandans in the camps of Moyo had a jab."
    assert both.code(text, date="2022-04-11") == []
