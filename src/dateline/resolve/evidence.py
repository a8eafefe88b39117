"""Which characters tell of an event: the clause, without the clauses that hang on it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from dateline.language.parsed import Parsed
from dateline.language.tree import Tree

# A clause under one of these labels tells of something else.
OTHER_CLAUSE = frozenset({"relcl", "advcl", "ccomp", "parataxis", "acl"})


def _inside(tree: Tree, i: int) -> bool:
    """Whether a dependent belongs to its governor's clause."""
    if tree.dep[i] == "conj":
        return tree.pos[i] not in ("VERB", "AUX")
    return tree.dep[i] != "punct" and tree.dep[i] not in OTHER_CLAUSE


def _clause(tree: Tree, head: int, keep: frozenset[int]) -> list[int]:
    """Tokens of a predicate's clause: its subtree without other clauses, those of `keep` excepted."""
    found, level = [], [head]
    while level:
        found += level
        level = [c for t in level for c in tree.children[t] if c in keep or _inside(tree, c)]
    return found


def passage(parsed: Parsed, heads: Iterable[int], sides: Iterable[int]) -> tuple[int, int]:
    """Characters `[start, end)` of the clause of the predicates `heads` and of the phrases `sides`.

    Sides outside the predicates' sentence are left out, so that a passage never spans two.
    """
    tree, heads = parsed.tree, tuple(heads)
    number = parsed.sentence_of[heads[0]]
    keep = frozenset(heads)
    tokens = [t for h in heads for t in _clause(tree, h, keep)]
    tokens += [t for s in sides for t in _clause(tree, s, keep)]
    tokens = [t for t in tokens if parsed.sentence_of[t] == number]
    return parsed.chars(min(tokens), max(tokens) + 1)


def act(parsed: Parsed, heads: Iterable[int]) -> tuple[str, int, int]:
    """The words that name the act and the characters `[start, end)` they span.

    The words are those of the predicates with their particles, "…" between words apart.
    """
    tree = parsed.tree
    tokens = sorted({t for h in heads for t in (h, *tree.kids(h, "prt"))})
    number = parsed.sentence_of[tokens[0]]
    tokens = [t for t in tokens if parsed.sentence_of[t] == number]
    words = [parsed.word(tokens[0])]
    for before, t in pairwise(tokens):
        words.append(parsed.word(t) if t - before == 1 else f"… {parsed.word(t)}")
    start, end = parsed.chars(tokens[0], tokens[-1] + 1)
    return " ".join(words), start, end
