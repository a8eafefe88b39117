"""How a record is written from its tellings."""

from __future__ import annotations

import pytest

from dateline import Coder


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def test_a_deed_told_without_its_doer_is_by_somebody_unknown_of_the_place(coder: Coder) -> None:
    (event,) = coder.code("Two Polish nurses were killed by a mine near Kandahar.", date="2010-05-03")
    (actor,) = event.actor
    assert (actor.code, actor.sector, actor.cameo) == ("AFG", "UNK", "AFGUNK")
    assert [r.code for r in event.recipient] == ["POL"]


def test_who_did_a_deed_that_only_a_noun_names_is_left_open(coder: Coder) -> None:
    (event,) = coder.code("The shelling of the Chadian camp in Adre went on all night.", date="2010-05-03")
    assert event.actor == []
