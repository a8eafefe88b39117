"""CPU time of the whole coder against the bare spaCy pipeline, on the same articles in one run."""

from __future__ import annotations

import time
from collections.abc import Mapping
from itertools import islice
from pathlib import Path

from bench.data import rows
from dateline.coder import Coder
from dateline.language.parse import load
from dateline.sources import as_article

ARTICLES, ROUNDS, WARM = 200, 3, 20


def measure(path: Path) -> Mapping[str, float]:
    """The ratio of CPU seconds, and words a second of either.

    Both read the same articles one at a time in one process, in alternating rounds after a warm-up,
    and the least time of each counts.
    """
    texts = [(row["text"], row.get("pubdate") or row.get("date")) for row in islice(rows(path), ARTICLES)]
    articles = [as_article(str(n), text, date=date) for n, (text, date) in enumerate(texts)]
    nlp, coder = load(), Coder()
    for article in articles[:WARM]:
        nlp(article.text)
        coder.code(article)
    bare, whole = [], []
    for _ in range(ROUNDS):
        start = time.process_time()
        for article in articles:
            nlp(article.text)
        bare.append(time.process_time() - start)
        start = time.process_time()
        for article in articles:
            coder.code(article)
        whole.append(time.process_time() - start)
    words = sum(len(text.split()) for text, _ in texts)
    return {
        "ratio": min(whole) / min(bare),
        "spacy_words_a_second": words / min(bare),
        "dateline_words_a_second": words / min(whole),
        "articles": float(len(articles)),
        "words": float(words),
    }
