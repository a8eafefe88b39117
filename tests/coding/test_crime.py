"""What crime reports say of violence, with its doer left out, and what only sounds like it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.knowledge.actors.book import ActorBook
from dateline.language.parsed import Parsed
from dateline.resolve.layers import find_layers

ASSAULTS = [
    ("explosion", "A bomb exploded outside the town hall on Friday."),
    ("explosion", "Two devices went off near the station."),
    ("happening", "The shooting happened shortly before midnight."),
    ("happening", "A double homicide occurred on Elm Street."),
    ("wound", "The boy died of a gunshot wound at the scene."),
    ("wound", "Deputies found the clerk with a stab wound to the chest."),
    ("wound", "A teenager suffered a gunshot wound to the leg."),
    ("wound", "Two men were treated for gunshot wounds."),
    ("outcome", "The drive-by shooting left three men dead."),
    ("noun", "Detectives are looking into the shooting death of a student."),
    ("noun", "Police mourned the fatal stabbing of a colleague."),
]


@pytest.mark.parametrize(("_construction", "text"), ASSAULTS)
def test_assault(parse_text: Callable[..., Parsed], _construction: str, text: str) -> None:
    engine = find_layers(parse_text(text), ActorBook.load()).engine
    assert "ASSAULT" in {reading.event for reading in engine.readings()}


NONE = [
    ("plan", "The senator killed the budget bill."),
    ("war ended", "The president ended the civil war."),
    ("picture", "The police shot a video of the parade."),
    ("growth", "The crowd erupted in cheers."),
]


@pytest.mark.parametrize(("_construction", "text"), NONE)
def test_no_assault(parse_text: Callable[..., Parsed], _construction: str, text: str) -> None:
    engine = find_layers(parse_text(text), ActorBook.load()).engine
    assert "ASSAULT" not in {reading.event for reading in engine.readings()}
