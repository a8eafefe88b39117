"""The index of bands finds what was put in, however much that is, and like texts by it."""

from __future__ import annotations

import random

import numpy as np
import pytest

from dateline.article import Article
from dateline.store import bands as module
from dateline.store.bands import BandIndex
from dateline.store.sketch import sketch


def test_it_finds_all_through_every_merge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_FRESH", 16)
    index, chance = BandIndex(), random.Random(3)
    given = [[chance.randrange(2**64) % 997 for _ in range(4)] for _ in range(200)]
    for number, bands in enumerate(given):
        index.add(bands, number)
    for bands in given:
        expected = {n for n, other in enumerate(given) if set(bands) & set(other)}
        assert index.find(np.array(bands, np.uint64)) == expected


def test_like_texts_meet_and_others_hardly_ever() -> None:
    chance = random.Random(4)
    words = [f"w{n}" for n in range(5000)]
    index = BandIndex()
    texts = [[chance.choice(words) for _ in range(300)] for _ in range(60)]
    for number, text in enumerate(texts):
        index.add(sketch(Article("a", " ".join(text))).bands.tolist(), number)
    for number, text in enumerate(texts):
        changed = [*text]
        for at in (40, 120, 200):
            changed[at] = "changed"
        assert index.find(sketch(Article("a", " ".join(changed))).bands) == {number}
