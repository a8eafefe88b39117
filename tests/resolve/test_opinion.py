"""The encoder's second opinion on articles."""

from __future__ import annotations

import pytest

from dateline import Coder
from dateline.knowledge import codebook
from dateline.resolve.opinion import general_cameo

LEXICON_MISSES = [
    # A wording of the act that the lexicon has not, between two states.
    "Kenya on Monday tore into Somalia over the raid, calling it a disgrace.",
]
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
