"""Tells an article that is clearly in another language than English."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from dateline.knowledge.tables import read_mapping, read_table

_SAMPLE = 3_000  # characters looked at
_LETTERS = 80  # fewer say too little
_FOREIGN = 0.04  # more than that is too much for another language
_DOUBT = 0.01  # a greater probability of English keeps the text
_SURE = 0.5  # probability of the likeliest language below which the identifier is not believed

_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1)
def _english() -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("furniture", "english.tsv", required=("word",)))


@lru_cache(maxsize=1)
def _identifier() -> Any:
    # Imported only when a text does not look English: the model takes a quarter of a second.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def foreign_language(text: str) -> str | None:
    """The English name of the language the text is clearly in, or None where that is English or
    cannot be told: a text with fewer than 80 letters, of names, or one the identifier doubts.

    Only the first 3,000 characters count. A text with the usual share of frequent English words
    is English without further ado, however many foreign names it holds.
    """
    # In capitals the identifier knows no words.
    sample = text[:_SAMPLE].lower()
    words = _WORD.findall(sample)
    letters = sum(map(len, words))
    if letters < _LETTERS:
        return None
    english = _english()
    share = sum(w in english for w in words) / len(words)
    if share >= _FOREIGN:
        return None
    ranked = _identifier().rank(" ".join(words))
    code, probability = ranked[0]
    # Close kin share the probability between them (Malay and Indonesian), so what counts is how
    # little of it is left to English.
    if probability < _SURE or dict(ranked)["en"] > _DOUBT:
        return None
    return read_mapping("furniture", "languages.tsv").get(code)
