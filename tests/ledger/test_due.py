"""When a pledge is due."""

from __future__ import annotations

import datetime as dt

import pytest

from dateline.ledger.due import find_due

PUBLISHED = dt.date(2024, 3, 6)  # a Wednesday


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("by the end of the month", "2024-03-06", "2024-03-31"),
        ("by the end of 2025", "2024-03-06", "2025-12-31"),
        ("within ten days", "2024-03-06", "2024-03-16"),
        ("before March 20", "2024-03-06", "2024-03-19"),
        ("on 2 April", "2024-04-02", "2024-04-02"),
        ("by Friday", "2024-03-06", "2024-03-08"),
        ("next week", "2024-03-11", "2024-03-17"),
        ("in July", "2024-07-01", "2024-07-31"),
        ("from Friday until Monday", "2024-03-08", "2024-03-11"),
        ("in the next two months", "2024-03-06", "2024-05-06"),
        ("tomorrow", "2024-03-07", "2024-03-07"),
        ("by February", "2024-03-06", "2025-02-28"),
    ],
)
def test_deadlines(words: str, first: str, last: str) -> None:
    found = find_due(f"Kenya promised to pay {words}.", PUBLISHED, 20)
    assert found is not None
    assert (found.first.isoformat(), found.last.isoformat(), found.text) == (first, last, words)


@pytest.mark.parametrize(
    "text",
    [
        "Kenya promised to pay, its treasury said on Tuesday.",
        "On Tuesday Kenya promised to pay.",
        "Kenya promised to pay.",
        "Kenya promised to pay what it owed in January 2023.",
        "Kenya promised to pay on February 31.",
    ],
)
def test_other_days_are_none(text: str) -> None:
    assert find_due(text, PUBLISHED, 22) is None


def test_an_ultimatum() -> None:
    found = find_due("The rebels gave the garrison 48 hours to leave.", PUBLISHED)
    assert found is not None and found.last == dt.date(2024, 3, 8)
