"""CPU time of the whole coder against the bare spaCy pipeline, on the same articles in one run."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path

from bench.data import rows
from dateline.article import Article
from dateline.coder import Coder
from dateline.coding.engine import Engine
from dateline.frames.auxiliary import predicates
from dateline.knowledge import lexicon
from dateline.knowledge.actors.own import own_knowledge
from dateline.language.parse import load, parse
from dateline.mentions.places import find_places
from dateline.mentions.quantities import find_quantities
from dateline.mentions.speech import find_quotes
from dateline.mentions.times import find_times
from dateline.resolve.actors import ArticleActors
from dateline.resolve.places import resolve_places
from dateline.sources import as_article

ARTICLES, ROUNDS, WARM = 200, 3, 20


def measure(path: Path) -> Mapping[str, float]:
    """The ratio of CPU seconds, and words a second of either.

    Both read the same articles one at a time in one process, in alternating rounds after a warm-up,
    and the least time of each counts. `share_…` is a layer's CPU time as a share of bare spaCy's.
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
    layers = _layers(articles)
    words = sum(len(text.split()) for text, _ in texts)
    return {
        "ratio": min(whole) / min(bare),
        "spacy_words_a_second": words / min(bare),
        "dateline_words_a_second": words / min(whole),
        **{f"share_{name}": seconds / min(bare) for name, seconds in layers.items()},
        "articles": float(len(articles)),
        "words": float(words),
    }


def _layers(articles: Sequence[Article]) -> dict[str, float]:
    """CPU seconds of each layer over the articles, parsed beforehand."""
    book = own_knowledge((), ()).book
    seconds: dict[str, float] = {}
    last = time.process_time()

    def lap(name: str) -> None:
        nonlocal last
        now = time.process_time()
        seconds[name] = seconds.get(name, 0.0) + now - last
        last = now

    for article in articles:
        parsed = parse(article)
        _ = parsed.tree, parsed.sentence_of
        last = time.process_time()
        find_quotes(parsed)
        lap("speech")
        places = resolve_places(parsed, find_places(parsed))
        lap("places")
        actors = ArticleActors(parsed, book, places=places)
        lap("actors")
        find_times(parsed)
        lap("times")
        find_quantities(parsed)
        lap("numbers")
        list(Engine(parsed, actors.heads).readings())
        lap("frames_and_lexicon")
        predicates(parsed, lexicon.load().event_nouns)
        lap("factuality")
    return seconds
