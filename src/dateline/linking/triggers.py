"""What a given mention of an event tells: its kind of happening, and the words around it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from dateline.knowledge.tables import read_table
from dateline.language.parsed import Parsed
from dateline.linking.likeness import CONTENT
from dateline.linking.weights import weights

Family = tuple[str, str]
# The columns of the table, each with the parts of speech whose words it holds.
_COLUMNS = {"verbs": ("VERB", "AUX"), "nouns": (), "adjectives": ("ADJ", "ADV")}
_SHORTEST_STEM = 4
_FAR_DOWN = 30  # the sentence number of a mention outside the running text


@dataclass(frozen=True, slots=True)
class Trigger:
    """A mention of an event: its article's number, its kinds of happening, its head's lemma, whether all
    its kinds are light, the content words around it, and how far down its article it stands (log)."""

    article: int
    start: int
    families: frozenset[Family]
    lemma: str
    light: bool
    around: frozenset[str]
    depth: float


@lru_cache(maxsize=1)
def _families() -> tuple[Mapping[tuple[str, str], frozenset[str]], frozenset[str]]:
    """Families by column and word, and those that are light."""
    found: dict[tuple[str, str], set[str]] = {}
    light = set()
    for row in read_table("linking", "families.tsv", required=("family", "light", *_COLUMNS)):
        if row["light"]:
            light.add(row["family"])
        for column in _COLUMNS:
            for word in row.many(column):
                found.setdefault((column, word), set()).add(row["family"])
    return {k: frozenset(v) for k, v in found.items()}, frozenset(light)


@lru_cache(maxsize=1)
def _endings() -> tuple[str, ...]:
    return tuple(row["ending"] for row in read_table("linking", "endings.tsv", required=("ending",)))


def stem(word: str) -> str:
    """A word without its ending, where enough is left.

    >>> stem("vaccinations"), stem("vaccinate"), stem("king")
    ('vaccin', 'vaccinat', 'king')
    """
    for ending in _endings():
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def trigger(parsed: Parsed, article: int, start: int, end: int) -> Trigger:
    """The mention at characters `[start, end)` of an article, whose number among all is `article`.

    A mention outside what was parsed is known by its words alone.
    """
    first, last = parsed.tokens(start, end)
    if first == last:
        text = " ".join(parsed.article.text[start:end].lower().split())
        return Trigger(
            article, start, frozenset({("word", stem(text))}), text, False, frozenset(), math.log1p(_FAR_DOWN)
        )
    doc = parsed.doc
    head = doc[parsed.tree.root(first, last)]
    families = _kinds(list(doc[first:last]), head)
    sentence = parsed.sentences[parsed.sentence_of[first]]
    reach = int(weights()["window"])
    around = doc[max(sentence.start, first - reach) : min(sentence.end, last + reach)]
    light = _families()[1]
    return Trigger(
        article=article,
        start=start,
        families=families,
        lemma=head.lemma_.lower(),
        light=all(kind == "family" and name in light for kind, name in families),
        around=frozenset(t.lemma_.lower() for t in around if t.pos_ in CONTENT and not first <= t.i < last),
        depth=math.log1p(parsed.sentence_of[first]),
    )


def _kinds(tokens: Sequence[Token], head: Token) -> frozenset[Family]:
    """The families of a mention: those of its words together, of its head as the part of speech that it
    is, of its head as any other, of any of its words; else the stem of its head."""
    table, _ = _families()
    lemmas, words = ([getattr(t, kind).lower() for t in tokens] for kind in ("lemma_", "text"))
    own = next((c for c, tags in _COLUMNS.items() if head.pos_ in tags), "nouns")
    together = ["_".join(w).replace("_-_", "-") for w in (lemmas, words) if len(w) > 1]
    tries = [
        [(c, w) for w in together for c in _COLUMNS],
        [(own, head.lemma_.lower())],
        [(c, w) for c in _COLUMNS for w in (head.lemma_.lower(), head.lower_)],
        *([(c, w) for c in _COLUMNS] for w in lemmas),
    ]
    for keys in tries:
        found = frozenset(("family", name) for key in keys for name in table.get(key, ()))
        if found:
            return found
    return frozenset({("word", stem(head.lemma_.lower()))})
