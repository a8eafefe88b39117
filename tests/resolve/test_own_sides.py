"""Who is another side, and who only the actor itself."""

from __future__ import annotations

import pytest

from dateline import Coder

SIDES = [
    ("Latvia shut its border with Belarus on Monday.", "SANCTION", "LVA", "BLR"),
    ("The Kenyan president went back on his promise to the Somali people.", "REJECT", "KEN", "SOM"),
    ("Ghana's parliament accused the Ghanaian police of torture.", "ACCUSE", "GHA", "GHA"),
    ("Chad's president on Sunday urged the government to free the prisoners.", "REQUEST", "TCD", "TCD"),
    ("Fiji has rejected as a farce Tonga's demand for a vote.", "REJECT", "FJI", "TON"),
]


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


@pytest.mark.parametrize(("text", "event", "actor", "recipient"), SIDES)
def test_sides(coder: Coder, text: str, event: str, actor: str, recipient: str) -> None:
    found = next(e for e in coder.code(text, date="2012-04-16") if event in e.event)
    assert ([a.code for a in found.actor], [r.code for r in found.recipient]) == ([actor], [recipient])


@pytest.mark.parametrize(
    "text",
    [
        "Mali promised that the country would hold talks.",
        "Mali's president warned that his government would close the camps.",
    ],
)
def test_a_state_is_no_recipient_of_its_own_promise(coder: Coder, text: str) -> None:
    (event,) = coder.code(text, date="2012-04-16")
    assert event.recipient == []
