from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.desk.marks import KINDS, PART, PART_EVENTS, Mark, paragraphs, part_of, parts, pieces, visible

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(texts)
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    found = draw(
        st.lists(st.tuples(spans, st.sampled_from(sorted(KINDS)), st.sampled_from("abc")), max_size=8)
    )
    return text, [Mark(a, b, kind, (event,)) for (a, b), kind, event in found if a < b]


@given(marked())
def test_pieces_are_the_text_each_with_all_its_marks(given_: tuple[str, list[Mark]]) -> None:
    text, marks = given_
    found = pieces(text, 0, len(text), marks)
    assert "".join(one.text for one in found) == visible(text)
    for one in found:
        for at in range(one.at, one.at + len(one.text)):
            here = {(m.kind, e) for m in marks if m.start <= at < m.end for e in m.events}
            assert {(layer.kind, e) for layer in one.layers for e in layer.events} == here
        assert [layer.kind for layer in one.layers] == [k for k in KINDS if k in {x.kind for x in one.layers}]


def test_marks_that_overlap_are_cut_where_they_do() -> None:
    text = "the army of Chad shelled"
    marks = [Mark(0, 16, "actor", ("e",)), Mark(12, 16, "place", ("e",)), Mark(9, 24, "speech", (), "says")]
    found = [(one.text, [layer.kind for layer in one.layers]) for one in pieces(text, 0, len(text), marks)]
    assert found == [
        ("the army ", ["actor"]),
        ("of ", ["speech", "actor"]),
        ("Chad", ["speech", "place", "actor"]),
        (" shelled", ["speech"]),
    ]


def test_a_stretch_of_a_text_has_the_marks_that_reach_into_it() -> None:
    found = pieces("abcdef", 2, 4, [Mark(0, 3, "act", ("x",)), Mark(4, 6, "day")])
    assert [(one.at, one.text, len(one.layers)) for one in found] == [(2, "c", 1), (3, "d", 0)]


@given(texts)
def test_what_is_shown_has_as_many_characters_and_none_that_acts(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert not set(shown) & set("\r\x00\x0b\x0c\x1b\x7f\u202a\u202e\u2066\u2069\u200f\ufeff\u2028")


@given(texts, st.lists(st.integers(0, 119), max_size=60))
def test_parts_leave_nothing_out(text: str, starts: list[int]) -> None:
    found = parts(text, [start for start in starts if start < len(text)])
    assert found[0][0] == 0
    assert found[-1][1] == len(text)
    assert all(a[1] == b[0] for a, b in pairwise(found))


def test_a_long_text_has_parts_that_end_with_paragraphs() -> None:
    text = "\n\n".join(f"Paragraph {n}. " + "word " * 300 for n in range(60))
    found = parts(text, [])
    assert len(found) > 4
    assert all(last - first <= PART + 1600 for first, last in found)
    ends = {end for _, end in paragraphs(text)} | {len(text)}
    assert all(last in ends for _, last in found)


def test_a_text_without_paragraphs_or_spaces_has_parts_too() -> None:
    found = parts("x" * 5_000_000, [])
    assert max(last - first for first, last in found) <= PART


@pytest.mark.parametrize("between", ["\n\n", " "])
def test_many_events_make_parts(between: str) -> None:
    text = between.join("Troops shelled a town." for _ in range(100))
    starts = [m.start() for m in re.finditer("shelled", text)]
    found = parts(text, starts)
    assert all(sum(first <= s < last for s in starts) <= PART_EVENTS for first, last in found)
    assert [part_of(found, s) for s in starts] == sorted(part_of(found, s) for s in starts)
    assert part_of(found, starts[-1]) == len(found) - 1
