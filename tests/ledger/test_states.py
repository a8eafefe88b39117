"""How a pledge stands on a day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa
import pytest

from dateline.ledger import SCHEMA, states


def day(number: int) -> dt.date:
    """A day of March 2024."""
    return dt.date(2024, 3, number)


def change(on: dt.date, why: str, outcome: str | None = None, due: dt.date | None = None) -> dict[str, Any]:
    return {"on": on, "outcome": outcome, "due_first": due, "due_last": due, "why": why}


def pledge(*changes: dict[str, Any]) -> pa.Table:
    row = dict.fromkeys(SCHEMA.names) | {"event": "ev-1", "telling": "dl-1", "made_on": changes[0]["on"]}
    row |= {"renewed": '[{"event":"ev-2","telling":"dl-2"}]', "changes": list(changes)}
    return pa.Table.from_pylist([row], schema=SCHEMA)


KEPT = pledge(change(day(1), "made", due=day(20)), change(day(5), "renewed"), change(day(25), "kept", "kept"))


@pytest.mark.parametrize(
    ("on", "state", "renewals"),
    [(12, "open", 1), (2, "open", 0), (13, "due", 1), (24, "due", 1), (25, "kept", 1)],
)
def test_what_came_later_does_not_count(on: int, state: str, renewals: int) -> None:
    (row,) = states(KEPT, day(on)).to_pylist()
    assert (row["state"], row["renewals"], row["outcome"]) == (
        state,
        renewals,
        "kept" if state == "kept" else None,
    )


def test_a_pledge_not_made_yet_is_left_out() -> None:
    assert len(states(KEPT, dt.date(2024, 2, 28))) == 0


def test_long_past_due_is_unknown() -> None:
    made = pledge(change(day(1), "made", due=day(10)))
    assert states(made, day(17))["state"].to_pylist() == ["due"]
    assert states(made, day(18))["state"].to_pylist() == ["unknown"]
    undated = pledge(change(day(1), "made"))
    assert states(undated, day(1) + dt.timedelta(180))["state"].to_pylist() == ["open"]
    assert states(undated, day(1) + dt.timedelta(181))["state"].to_pylist() == ["unknown"]


def test_putting_off_moves_the_day() -> None:
    moved = pledge(change(day(1), "made", due=day(10)), change(day(8), "put off", due=day(30)))
    assert states(moved, day(8))["state"].to_pylist() == ["open"]
    assert states(moved, day(7))["due_last"].to_pylist() == [day(10)]


def test_a_pledge_may_be_taken_up_again() -> None:
    again = pledge(
        change(day(1), "made"), change(day(3), "called off", "withdrawn"), change(day(6), "renewed")
    )
    assert [states(again, day(n))["state"].to_pylist() for n in (2, 4, 6)] == [
        ["open"],
        ["withdrawn"],
        ["open"],
    ]


@pytest.mark.parametrize("key", ["ev-1", "dl-1", "ev-2", "dl-2"])
def test_a_persons_word_wins(key: str) -> None:
    (row,) = states(KEPT, day(26), {key: "broken"}).to_pylist()
    assert (row["state"], row["proposed"], row["state_by"]) == ("broken", "kept", "person")


def test_a_person_may_say_only_a_state() -> None:
    with pytest.raises(ValueError, match="'done' is none of open, due"):
        states(KEPT, day(26), {"ev-1": "done"})
