"""Whether an event happened: PLOVER's auxiliary modes and factuality on -3…3."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import lru_cache

from dateline.frames.auxiliary_judge import Judge, Judgement
from dateline.frames.auxiliary_tables import happenings
from dateline.language.parsed import Parsed
from dateline.language.tree import Tree

__all__ = ["Judgement", "Predicate", "judge", "predicates"]

STATED = frozenset({"acomp", "oprd", "attr", "ccomp", "xcomp", "advcl", "conj", "relcl", "ROOT"})


@lru_cache(maxsize=2)
def _judge_of(tree: Tree) -> Judge:
    """The judge of an article, kept while the article is worked on (trees compare by identity)."""
    return Judge(tree)


def judge(parsed: Parsed, head: int) -> Judgement:
    """The auxiliary modes and factuality of the event whose predicate is token `head`.

    `historical` is not judged here: it follows from the event's day (`resolve.days`).
    """
    return _judge_of(parsed.tree).judge(head)


@dataclass(frozen=True, slots=True)
class Predicate:
    """A word that tells of something happening, at characters `[start, end)`, and whether it did."""

    start: int
    end: int
    text: str
    aux: tuple[str, ...]
    factuality: float


def _eventive(tree: Tree, event_nouns: Container[str]) -> Iterator[int]:
    known = happenings()
    for i, pos in enumerate(tree.pos):
        if pos == "VERB":
            yield i
        elif pos == "AUX":
            if tree.dep[i] not in ("aux", "auxpass"):
                yield i
        elif pos == "NOUN":
            if tree.lemma[i] in event_nouns or tree.lemma[i] in known:
                yield i
        elif pos == "PROPN":
            if tree.lemma[i] in event_nouns:
                yield i
        elif pos == "ADJ" and tree.dep[i] in STATED:
            yield i


def predicates(parsed: Parsed, event_nouns: Container[str]) -> list[Predicate]:
    """Every verb that is no auxiliary, predicate adjective and noun of a happening, in text order.

    `event_nouns` are the lemmas of nouns that may tell of an event, beside those of happenings.tsv.
    """
    found, judge_of = [], _judge_of(parsed.tree)
    for i in _eventive(parsed.tree, event_nouns):
        judgement = judge_of.judge(i)
        start, end = parsed.chars(i, i + 1)
        aux = tuple(sorted(judgement.aux))
        found.append(Predicate(start, end, parsed.word(i), aux, round(judgement.factuality, 2)))
    return found
