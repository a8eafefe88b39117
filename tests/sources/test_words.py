"""The tables of knowledge/furniture: each line is checked when it is read."""

from __future__ import annotations

import pytest

from dateline.knowledge.tables import read_table
from dateline.sources.days import Day, find_day
from dateline.sources.words import Finder, agencies, cues, line_words, months, phrases

TABLES = ["agencies", "captions", "english", "languages", "months", "phrases", "signatures", "words"]


@pytest.mark.parametrize("name", TABLES)
def test_no_line_comes_twice(name: str) -> None:
    rows = [tuple(row.cells.values()) for row in read_table("furniture", f"{name}.tsv")]
    assert rows
    assert len(set(rows)) == len(rows)


def test_every_table_loads() -> None:
    assert phrases().whole and phrases().start and phrases().end and phrases().has
    assert cues()[1]["(left)"] == 2
    assert all(line_words(k) for k in ("menu", "stamp", "byline", "joining", "no_place", "opener", "tag"))
    assert "reuters" in agencies()
    assert sorted(set(months().values())) == list(range(1, 13))


def test_phrases_are_found_as_whole_words() -> None:
    finder = Finder(["photo:", "ap photo", "(left)"])
    assert list(finder.find("a photo: the king (left) on a map photo")) == ["photo:", "(left)"]


DAYS = [
    ("Nov 25", (None, 11, 25)),
    ("Nov. 25, 2015", (2015, 11, 25)),
    ("25 November 2015", (2015, 11, 25)),
    ("6 NOV 89", (1989, 11, 6)),
    ("6 Nov '07", (2007, 11, 6)),
    ("March 3rd, 2016", (2016, 3, 3)),
    ("2015-11-25 17:52", (2015, 11, 25)),
    ("Feb 29", (None, 2, 29)),
    ("Feb 30", None),
    ("2015-02-30", None),
    ("May 2015", None),
    ("Mayor 5", None),
    ("12:30", None),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_day(text: str, day: tuple[int | None, int, int] | None) -> None:
    found = find_day(text)
    assert (found[0] if found else None) == (Day(*day) if day else None)
