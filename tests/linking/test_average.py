"""Average link, and the weights of words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.linking.average import average_link, parts
from dateline.linking.likeness import Rarity, cosines


def test_parts_of_a_graph() -> None:
    assert parts(5, [(3, 1), (1, 4)]) == [[0], [1, 3, 4], [2]]


def test_a_chain_is_not_a_group() -> None:
    chain = np.array([[1, 0.9, 0.0], [0.9, 1, 0.8], [0.0, 0.8, 1]])
    assert average_link(chain, 0.5) == [[0, 1], [2]]
    assert average_link(chain, 0.35) == [[0, 1, 2]]


def plain(likeness: np.ndarray, threshold: float) -> list[list[int]]:
    """Average link as it is defined, the whole matrix anew at each step."""
    groups = [[i] for i in range(len(likeness))]
    while len(groups) > 1:
        best = max(
            (round(float(np.mean([likeness[i, j] for i in a for j in b])), 9), -x, -y)
            for x, a in enumerate(groups)
            for y, b in enumerate(groups)
            if x < y
        )
        if best[0] < threshold:
            break
        x, y = -best[1], -best[2]
        groups[x] = sorted(groups[x] + groups.pop(y))
    return sorted(groups)


@given(st.integers(0, 9), st.randoms(use_true_random=False))
def test_it_is_average_link(n: int, rng: object) -> None:
    values = np.array([[rng.random() for _ in range(n)] for _ in range(n)]).reshape(n, n)  # type: ignore[attr-defined]
    likeness = (values + values.T) / 2
    assert average_link(likeness, 0.6) == plain(likeness, 0.6)


def test_rare_words_weigh_more() -> None:
    rarity = Rarity([{"bank", "lima"}, {"bank", "oslo"}, {"bank", "lima"}])
    assert rarity("oslo") > rarity("lima") > rarity("bank") > 0
    assert rarity("unseen") == rarity("oslo")
    assert rarity.cosine({"bank", "lima"}, {"bank", "lima"}) == pytest.approx(1)
    assert rarity.cosine({"lima"}, {"oslo"}) == rarity.cosine(set(), {"oslo"}) == 0


def test_cosines_of_bags() -> None:
    found = cosines([{"lima": 2, "bank": 1}, {"lima": 1, "bank": 2}, {"oslo": 1}])
    assert found[0, 0] == pytest.approx(1)
    assert 0 < found[0, 1] < 1
    assert found[0, 2] == 0
