"""Lexicon and encoder together."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.coding.combine import (
    BOTH_SIDES,
    FILE,
    Weights,
    combination,
    lexicon_features,
    likely,
    shares,
)
from dateline.errors import DatelineError, Problem
from dateline.knowledge import codebook

NAMES = list(codebook.event_types())


def test_the_lexicons_first_choice_is_told_apart() -> None:
    found = lexicon_features([("AID", 2.0), ("CONSULT", BOTH_SIDES), ("AID", 3.0)])
    assert found[NAMES.index("AID")].tolist() == [3.0, 0.0, 0.0]
    assert found[NAMES.index("CONSULT")].tolist() == [BOTH_SIDES, 1.0, 1.0]


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.floats(0, 9)), max_size=6))
def test_shares_sum_to_one(candidates: list[tuple[str, float]]) -> None:
    found = shares(lexicon_features(candidates), None, combination().lexicon)
    assert set(found) == set(NAMES)
    assert sum(found.values()) == pytest.approx(1, abs=1e-5)


def test_the_encoder_can_overrule_and_the_lexicon_can() -> None:
    features = lexicon_features([("AID", 4.0)])
    encoder = np.full(len(NAMES), -5.0, dtype=np.float32)
    encoder[NAMES.index("ACCUSE")] = -0.01
    by_encoder = shares(features, encoder, Weights(2.0, 0.1, 0.0, 0.0))
    by_lexicon = shares(features, encoder, Weights(0.1, 2.0, 0.0, 0.0))
    assert max(by_encoder, key=lambda n: by_encoder[n]) == "ACCUSE"
    assert max(by_lexicon, key=lambda n: by_lexicon[n]) == "AID"


def test_only_the_types_own_modes_are_likely() -> None:
    names = ["PROTEST strike", "ASSAULT aerial", "PROTEST demo", "PROTEST riot"]
    assert likely(names, np.array([0.6, 0.99, 0.9, 0.1], dtype=np.float32), "PROTEST") == ["demo", "strike"]


def test_weights_that_are_none_are_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"together": 3}')
    with pytest.raises(DatelineError) as caught:
        combination(tmp_path)
    assert caught.value.problem is Problem.BAD_KNOWLEDGE
