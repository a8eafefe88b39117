"""Which phrases fill a role: who was killed, hurt, arrested, sent, by the words of roles.tsv."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.language.tree import NOMINAL, Tree
from dateline.mentions.quantities_counts import Counts
from dateline.mentions.quantities_tables import words

SUBJECT = ("nsubj", "nsubjpass")
VERBAL = frozenset({"VERB", "AUX"})
PREDICATE = frozenset({"acomp", "oprd", "attr", "xcomp", "ccomp"})
MAX_DEPTH = 6


@dataclass(frozen=True, slots=True)
class Claim:
    """The phrases headed by `heads` fill `role` by the word at token `governor`."""

    role: str
    governor: int
    heads: tuple[int, ...]
    negated: bool


class Roles:
    """The claims of one article."""

    def __init__(self, tree: Tree, counts: Counts) -> None:
        self._tree, self._counts = tree, counts

    def find(self) -> Iterator[Claim]:
        """All claims, in text order of their governing words."""
        tree, known = self._tree, words()
        for i, lemma in enumerate(tree.lemma):
            verb = tree.pos[i] in VERBAL
            if verb and (lemma in known.objects or lemma in known.subjects):
                if lemma in known.objects:
                    yield from self._claim(known.objects[lemma], i, self._objects(i))
                if lemma in known.subjects:
                    yield from self._claim(known.subjects[lemma], i, self._subjects(i))
            elif tree.lower[i] in known.adjectives:
                yield from self._claim(known.adjectives[tree.lower[i]], i, self._described(i))
            elif not verb and lemma in known.acts:
                yield from self._claim(known.acts[lemma], i, self._suffering(i))
            elif lemma in known.tolls:
                yield from self._claim(known.tolls[lemma], i, self._toll(i))
            elif lemma in known.losses:
                yield from self._claim(known.losses[lemma], i, self._lost(i))

    def _claim(self, role: str, governor: int, heads: list[int]) -> Iterator[Claim]:
        if heads:
            negated = bool(self._tree.kids(governor, "neg"))
            yield Claim(role, governor, tuple(dict.fromkeys(heads)), negated)

    def _antecedent(self, i: int) -> int:
        tree = self._tree
        if tree.tag[i] in ("WP", "WDT") or (tree.lower[i] == "that" and tree.pos[i] == "PRON"):
            return next((tree.head[a] for a in tree.ancestors(i) if tree.dep[a] == "relcl"), i)
        return i

    def _passive(self, v: int) -> bool:
        return bool(self._tree.kids(v, "auxpass", "nsubjpass"))

    def _subjects(self, v: int, depth: int = 0) -> list[int]:
        """The subject of v, found up the tree where it shows none."""
        tree = self._tree
        own = tree.kids(v, *SUBJECT)
        if own:
            return [self._antecedent(own[-1])]
        up, label = tree.head[v], tree.dep[v]
        if up == v or depth > MAX_DEPTH:
            return []
        if label in ("acl", "relcl") and tree.pos[up] in NOMINAL:
            return [up]
        if label == "pcomp":
            up = tree.head[up]
        if label in ("conj", "xcomp", "advcl", "pcomp") and tree.pos[up] in VERBAL:
            return self._subjects(up, depth + 1)
        return []

    def _objects(self, v: int) -> list[int]:
        """The logical object of v."""
        tree = self._tree
        objects = tree.kids(v, "dobj")
        if objects:
            return objects
        if self._passive(v):
            return self._subjects(v)
        label, up = tree.dep[v], tree.head[v]
        participle = tree.tag[v] in ("VBN", "VBD")
        if label in ("acl", "amod") and participle and tree.pos[up] in NOMINAL:
            return [up]
        if label == "relcl" and tree.kids(v, *SUBJECT) and tree.head[v] != self._subjects(v)[0]:
            return [up]
        if participle and not tree.kids(v, "aux", "ccomp", "prt"):
            if (
                label in ("conj", "xcomp", "oprd", "ccomp")
                and tree.pos[up] in VERBAL
                and not tree.kids(v, *SUBJECT)
            ):
                return self._subjects(v) if self._passive(up) or label != "conj" else []
            return tree.kids(v, *SUBJECT)[-1:]
        return []

    def _described(self, i: int) -> list[int]:
        """Whom a predicate or attribute such as "dead" describes."""
        tree, counts = self._tree, self._counts
        if i in counts.by_head and counts.by_head[i].last <= i:
            return [i]
        for h in (i - 1, i - 2, i - 3):
            if h in counts.by_head and max(h + 1, counts.by_head[h].last) in (i, i - 1):
                if max(h + 1, counts.by_head[h].last) == i or tree.lemma[i - 1] == "be":
                    return [h]
        label, up = tree.dep[i], tree.head[i]
        if label in ("amod", "acl") and tree.pos[up] in NOMINAL:
            return [up]
        own = tree.kids(i, *SUBJECT)
        if own:
            return [self._antecedent(own[-1])]
        if label == "conj" and tree.pos[up] == "ADJ":
            return self._described(up) if up < i else []
        if label in PREDICATE and tree.pos[up] in VERBAL:
            objects = [o for o in tree.kids(up, "dobj") if o < i]
            return objects or self._subjects(up)
        return []

    def _suffering(self, i: int) -> list[int]:
        """Whom an act such as "killing" or "death" befell; the noun itself where it is counted."""
        tree = self._tree
        if i in self._counts.by_head:
            return [i]
        found = [o for p in tree.kids(i, "prep") if tree.lower[p] == "of" for o in tree.kids(p, "pobj")]
        return found or [p for p in tree.kids(i, "poss") if tree.tag[p] != "PRP$"]

    def _toll(self, i: int) -> list[int]:
        """The figure of a toll: "a toll of 41", "the toll rose to 41"."""
        tree = self._tree
        inside = [i, tree.head[i]] if tree.dep[i] in (*SUBJECT, "dobj") else [i]
        for v in inside:
            found = tree.kids(v, "dobj", "attr", "appos", "acomp") if v != i else tree.kids(i, "appos")
            found = [
                o
                for p in tree.kids(v, "prep")
                for o in tree.kids(p, "pobj")
                if tree.lower[p] in ("of", "to", "at")
            ] + found
            figures = [t for t in found if t in self._counts.by_head]
            if figures:
                return figures[:1]
        return []

    def _lost(self, i: int) -> list[int]:
        """Who lost their lives; the lives themselves where they are counted."""
        tree = self._tree
        if i in self._counts.by_head:
            return [i]
        if tree.dep[i] != "dobj":
            return []
        of = [o for p in tree.kids(i, "prep") if tree.lower[p] == "of" for o in tree.kids(p, "pobj")]
        if of or not tree.kids(i, "poss"):
            return of
        return self._subjects(tree.head[i]) if tree.lemma[tree.head[i]] == "lose" else []
