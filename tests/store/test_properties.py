"""What holds for any articles: they come out as they went in, in any batches, and comparison is sound."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.article import Article
from dateline.ingest import open_store
from dateline.linking.across.signature import signature
from dateline.record import to_json
from dateline.store.sketch import bands, sketch

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
NAMES = st.text("abc/.:?ä'\"", min_size=1, max_size=5)
ARTICLES = st.lists(
    st.builds(
        Article,
        id=NAMES,
        text=TEXTS,
        title=st.none() | TEXTS,
        date=st.none() | st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
        url=st.none() | NAMES.map(lambda name: f"https://x.org/{name}"),
        publication=st.none() | NAMES,
        author=st.none() | TEXTS,
    ),
    max_size=8,
)


@settings(max_examples=10, deadline=None)
@given(articles=ARTICLES, batch=st.integers(1, 4))
def test_articles_come_out_as_they_went_in(
    cheap: Callable[..., Any], rows_of: Callable[..., Any], articles: list[Article], batch: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store, other = open_store(Path(folder) / "a"), open_store(Path(folder) / "b")
        store.ingest(articles, coder=cheap)
        other.ingest(articles, coder=cheap, batch=batch)
        assert rows_of(store) == rows_of(other)
        found = store.query(
            "SELECT doc, text, title, published, url, publication, author FROM articles ORDER BY seq"
        )
        unique = dict.fromkeys(
            (a.id, a.text, a.title, a.date, a.url, a.publication, a.author) for a in articles
        )
        assert list(found) == list(unique)
        coded = store.query("SELECT doc, text FROM articles WHERE copy_of IS NULL AND superseded_by IS NULL")
        told = sorted(r.event_text for a in coded for r in cheap(Article(*a)))
        assert sorted(record.event_text for record in store.records()) == told
        assert all(to_json(record) for record in store.records())


@given(TEXTS)
def test_a_signature_knows_no_case_and_no_order(text: str) -> None:
    assert signature(text) == sorted(set(signature(text)))
    assert signature(" ".join(reversed(text.split()))) == signature(" ".join(text.split()))


@given(TEXTS, TEXTS)
def test_likeness_is_that_of_sets(one: str, other: str) -> None:
    a, b = sketch(Article("a", one)), sketch(Article("b", other))
    sets = set(a.shingles.tolist()), set(b.shingles.tolist())
    assert a.jaccard(b.shingles) == len(sets[0] & sets[1]) / len(sets[0] | sets[1])
    assert a.jaccard(a.shingles) == 1.0
    assert np.array_equal(a.bands, bands(a.shingles))
