"""The ledger's tables, and the cues of a sentence."""

from __future__ import annotations

import pytest

from dateline.ledger.names import find_names
from dateline.ledger.rules import act_of, acts, cues, cues_in, kinds
from dateline.ledger.words import words


def test_the_tables_are_sound() -> None:
    assert acts() and kinds() and cues()
    assert {cue.outcome for cue in cues()} >= {"kept", "broken", "withdrawn", "postponed", "undone"}


def test_the_longest_code_decides() -> None:
    visit, general = act_of("plan", "036"), act_of("promise", "030")
    assert visit is not None and visit.fulfil == ("CONSULT",) and not visit.names_object
    assert general is not None and "AID" in general.fulfil and general.names_object


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        ("Chad withdrew its offer.", {"withdrawn", "done"}),
        ("The offer was later withdrawn.", {"withdrawn"}),
        ("Chad called off the planned visit to Benin.", {"withdrawn"}),
        ("Chad has not called off the visit.", {"undone"}),
        ("Chad may call off the visit.", set()),
        ("Chad broke its pledge.", {"broken"}),
        ("Chad honoured a long-standing commitment.", {"kept"}),
        ("Chad grows cotton.", set()),
    ],
)
def test_cues_in_a_sentence(text: str, outcomes: set[str]) -> None:
    assert {cue.outcome for cue, _, _ in cues_in(text)} == outcomes


def test_words_meet_across_forms() -> None:
    assert words("12,000 soldiers were sent") & words("send the 12000 troops") == {"12000", "soldier", "send"}


def test_names_are_whole() -> None:
    text = "Guinea-Bissau's premier flew from Bissau to South Sudan."
    assert [n.code for n in find_names(text)][-1] == "SSD"
