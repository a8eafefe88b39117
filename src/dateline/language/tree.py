"""The dependency tree as plain lists: quicker to walk than spaCy's token objects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from spacy.tokens import Doc

from dateline.knowledge.tables import read_mapping

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})


def lemmas() -> Mapping[str, str]:
    """Verb forms whose lemma the parser's table gets wrong ("staged": "stag"), and the right one."""
    return read_mapping("language", "lemmas.tsv")


class Tree:
    """Heads, labels, lemmas and tags of a parsed `Doc`, each a list by token index.

    `head[i]` is i itself at a root; `children[i]` are in text order.
    """

    __slots__ = ("children", "dep", "head", "lemma", "lower", "pos", "tag")

    def __init__(self, doc: Doc) -> None:
        # Read as one array: a token object for each value would take several times as long.
        found, strings = doc.to_array(["HEAD", "DEP", "LEMMA", "POS", "TAG", "LOWER"]), doc.vocab.strings
        known = {int(n): strings[int(n)] for n in np.unique(found[:, 1:])}
        dep, lemma, pos, tag, lower = ([known[n] for n in found[:, c].tolist()] for c in range(1, 6))
        # A head is told by how far it stands from the token.
        self.head: list[int] = (found[:, 0].astype(np.int64) + np.arange(len(doc))).tolist()
        self.dep: list[str] = dep
        self.lower: list[str] = lower
        self.pos: list[str] = pos
        self.tag: list[str] = tag
        mended = lemmas()
        self.lemma: list[str] = [
            mended[w] if p == "VERB" and w in mended else n.lower()
            for w, p, n in zip(lower, pos, lemma, strict=True)
        ]
        self.children: list[list[int]] = [[] for _ in self.head]
        for i, h in enumerate(self.head):
            if h != i:
                self.children[h].append(i)

    def __len__(self) -> int:
        return len(self.head)

    def kids(self, i: int, *labels: str) -> list[int]:
        """Children of token i under one of the labels, in text order."""
        return [c for c in self.children[i] if self.dep[c] in labels]

    def subtree(self, i: int) -> Iterator[int]:
        """Token i and all below it, level by level, each level in text order."""
        level = [i]
        while level:
            yield from level
            level = [c for t in level for c in self.children[t]]

    def ancestors(self, i: int) -> Iterator[int]:
        """The tokens above i, nearest first."""
        while self.head[i] != i:
            i = self.head[i]
            yield i

    def conjuncts(self, i: int) -> list[int]:
        """Nominal token i and the nominals coordinated with it, in text order."""
        found = [i]
        for t in found:
            found += [c for c in self.kids(t, "conj") if self.pos[c] in NOMINAL or self.pos[c] == "ADJ"]
        return found

    def root(self, first: int, last: int) -> int:
        """The token of `[first, last)` that the others hang on."""
        return next(
            (i for i in range(first, last) if not first <= self.head[i] < last or self.head[i] == i), first
        )

    def infinitive(self, i: int) -> bool:
        """Whether token i is an infinitive with "to", unlike "admitted to shooting"."""
        return self.tag[i] != "VBG" and any(self.lower[a] == "to" for a in self.kids(i, "aux"))

    def described(self, i: int) -> int | None:
        """The noun that the relative clause around token i says more of: what its pronoun stands for."""
        return next((self.head[a] for a in self.ancestors(i) if self.dep[a] == "relcl"), None)

    def governed(self, i: int, *prepositions: str) -> list[int]:
        """Heads of the phrases that one of the prepositions joins to token i, in text order."""
        joined = [p for p in self.kids(i, "prep", "agent") if self.lower[p] in prepositions]
        return [o for p in joined for o in self.kids(p, "pobj")]

    def edges(self, i: int) -> tuple[int, int]:
        """First token of i's subtree and one past its last."""
        tokens = list(self.subtree(i))
        return min(tokens), max(tokens) + 1
