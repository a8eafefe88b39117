"""The encoder: how pairs are marked, and what it answers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.coding.encoder import (
    FOLDER,
    LONGEST,
    NONE,
    SOURCE,
    SOURCE_END,
    TARGET,
    TARGET_END,
    Encoder,
    Marker,
    load,
)
from dateline.errors import DatelineError, Problem
from dateline.knowledge import codebook

SENTENCE = "Kenya accused Somalia of arming the raiders who burned two villages."
MARKS = (SOURCE, SOURCE_END, TARGET, TARGET_END)


@pytest.fixture(scope="module")
def marker() -> Marker:
    return Marker(FOLDER / "tokenizer.json")


def test_the_two_parties_stand_between_their_marks(marker: Marker) -> None:
    pieces = marker.pieces("Kenya accused Somalia.")
    kenya, accused, somalia, stop = pieces.ids
    marked = marker.mark(pieces, (0, 5), (14, 21))
    assert marked[1:-1] == [SOURCE, kenya, SOURCE_END, accused, TARGET, somalia, TARGET_END, stop]


def test_a_party_unsaid_is_marked_empty_at_the_end(marker: Marker) -> None:
    marked = marker.mark(marker.pieces("Kenya accused Somalia."), (0, 5), None)
    assert marked[-3:-1] == [TARGET, TARGET_END]


def test_a_party_inside_another_is_marked_inside_it(marker: Marker) -> None:
    text = "The Kenyan army withdrew."
    inner = [m for m in marker.mark(marker.pieces(text), (0, 15), (4, 10)) if m in MARKS]
    assert inner == [SOURCE, TARGET, TARGET_END, SOURCE_END]


@given(st.text(min_size=1, max_size=900), st.data())
@settings(max_examples=80, deadline=None)
def test_any_text_has_each_mark_once_in_a_short_window(text: str, data: st.DataObject) -> None:
    marker = Marker(FOLDER / "tokenizer.json")
    ends = st.integers(0, len(text))
    spans = [tuple(sorted((data.draw(ends), data.draw(ends)))) for _ in range(2)]
    marked = marker.mark(marker.pieces(text), spans[0], spans[1])
    assert [marked.count(mark) for mark in MARKS] == [1, 1, 1, 1]
    assert marked.index(SOURCE) < marked.index(SOURCE_END)
    assert marked.index(TARGET) < marked.index(TARGET_END)
    assert len(marked) <= LONGEST + 6


@pytest.mark.parametrize(
    ("sentence", "source", "target", "event"),
    [
        (SENTENCE, "Kenya", "Somalia", "ACCUSE"),
        ("Rebels shelled the town of Goma overnight.", "Rebels", "the town of Goma", "ASSAULT"),
        ("Norway expelled three Russian diplomats.", "Norway", "three Russian diplomats", "SANCTION"),
        (
            "Chad's president met Mali's foreign minister.",
            "Chad's president",
            "Mali's foreign minister",
            "CONSULT",
        ),
        ("Teachers marched through Lima against the government.", "Teachers", "the government", "PROTEST"),
    ],
)
def test_plain_acts_are_typed(sentence: str, source: str, target: str, event: str) -> None:
    encoder = load()
    spans = [(sentence.index(p), sentence.index(p) + len(p)) for p in (source, target)]
    opinion = encoder.judge(sentence, [(spans[0], spans[1])])[0]
    assert encoder.labels.types[int(opinion.types.argmax())] == event


def test_the_direction_counts() -> None:
    encoder = load()
    there, back = encoder.judge(SENTENCE, [((0, 5), (14, 21)), ((14, 21), (0, 5))])
    accuse = encoder.labels.types.index("ACCUSE")
    assert there.types[accuse] > back.types[accuse]


def test_an_answer_does_not_depend_on_its_neighbours() -> None:
    encoder = load()
    alone = encoder.judge(SENTENCE, [((0, 5), (14, 21))])[0]
    third = encoder.judge(SENTENCE, [((0, 5), None), ((14, 21), (0, 5)), ((0, 5), (14, 21))])[2]
    assert np.array_equal(alone.types, third.types)
    assert np.array_equal(alone.modes, third.modes)


def test_the_labels_are_the_codebooks() -> None:
    labels = load().labels
    assert labels.types == [*codebook.event_types(), NONE]
    assert labels.modes == [f"{t} {m}" for t in codebook.event_types() for m in codebook.modes(t)]


def test_the_weights_are_small() -> None:
    assert (FOLDER / "model.onnx").stat().st_size < 30_000_000


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatelineError) as caught:
        Encoder(tmp_path)
    assert caught.value.problem is Problem.NO_ENCODER
    assert str(tmp_path) in str(caught.value)
