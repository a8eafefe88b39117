"""The day in a dateline."""

from __future__ import annotations

import pytest

from dateline.mentions.dateline_days import dateline_days
from dateline.sources import as_article


@pytest.mark.parametrize(
    ("opening", "date", "expected"),
    [
        ("NAIROBI, March 12 (Reuters) - ", "2024-03-13", [("March 12", "2024-03-12")]),
        ("NAIROBI, Dec 31 (Reuters) - ", "2025-01-02", [("Dec 31", "2024-12-31")]),
        ("NAIROBI, 12 March 2023 (Reuters) - ", None, [("12 March 2023", "2023-03-12")]),
        ("NAIROBI (Reuters) - ", "2024-03-13", []),
    ],
)
def test_the_day_of_a_dateline(opening: str, date: str | None, expected: list[tuple[str, str]]):
    article = as_article(
        "a", opening + "Kenya recalled its ambassador from Somalia, officials said.", date=date
    )

    found = [(article.text[a:b], str(day)) for a, b, day in dateline_days(article)]

    assert found == expected
