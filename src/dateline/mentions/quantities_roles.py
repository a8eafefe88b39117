"""Which phrases fill a role: who was killed, hurt, arrested, sent, by the words of roles.tsv."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.language.tree import NOMINAL, Tree
from dateline.mentions.quantities_counts import Counts
from dateline.mentions.quantities_tables import DEAD, SHOT, Rule, words

SUBJECT = ("nsubj", "nsubjpass")
VERBAL = frozenset({"VERB", "AUX"})
PREDICATE = frozenset({"acomp", "oprd", "attr", "xcomp", "ccomp"})
CLOSE = frozenset({"prep", "pobj", "dobj", "conj", "agent", "amod", "compound"})
VERB_SLOTS = frozenset({"obj", "subj"})
GOVERNED = frozenset({"loss", "deed"})
MAX_DEPTH = 6
HURT = frozenset({SHOT, "injured"})
WHOLE, ONE, ITSELF, NUMBER = "whole", "one", "itself", "number"


@dataclass(frozen=True, slots=True)
class Claim:
    """The phrases headed by `heads` fill `role` by the word at token `governor`.

    `scope` says what to count: the phrase with all that is coordinated, the one phrase ("two dead
    men and three wounded ones"), the number of the heads themselves ("12 deaths"), or the number
    alone ("12 dead").
    """

    role: str
    governor: int
    heads: tuple[int, ...]
    negated: bool
    scope: str


class Roles:
    """The claims of one article."""

    def __init__(self, tree: Tree, counts: Counts) -> None:
        self._tree, self._counts = tree, counts
        self._finders = {
            "obj": self._objects,
            "subj": self._active,
            "adj": self._described,
            "act": self._suffering,
            "state": self._holders,
            "toll": self._toll,
            "loss": self._lost,
            "deed": self._doers,
        }

    def find(self) -> Iterator[Claim]:
        """All claims, in text order of their governing words."""
        tree, rules = self._tree, words().rules
        for i, lemma in enumerate(tree.lemma):
            found = rules.get(lemma, ())
            if tree.lower[i] != lemma:
                found += rules.get(tree.lower[i], ())
            verb = tree.pos[i] in VERBAL
            acting = verb and any(rule.kind in VERB_SLOTS for rule in found)
            for rule in found:
                if rule.kind in self._finders and acting == (rule.kind in VERB_SLOTS):
                    yield from self._claims(i, rule)

    def _claims(self, i: int, rule: Rule) -> Iterator[Claim]:
        tree = self._tree
        if rule.kind in GOVERNED:
            if rule.needs.isdisjoint(tree.lemma[a] for a in (tree.head[i], tree.head[tree.head[i]])):
                return
        elif rule.needs and rule.needs.isdisjoint(self._near(i)):
            return
        heads = tuple(dict.fromkeys(self._finders[rule.kind](i)))
        if heads:
            role = DEAD if rule.role in HURT and self._fatal(i) else rule.role
            if heads == (i,) and role == SHOT and rule.kind == "act" and not self._folded(i):
                return
            scope = ITSELF if rule.kind == "toll" or heads == (i,) else WHOLE
            if scope == ITSELF and rule.kind == "adj":
                scope = NUMBER
            if tree.dep[i] == "amod":
                scope = ONE
            yield Claim(role, i, heads, bool(tree.kids(i, "neg")), scope)

    def _folded(self, i: int) -> bool:
        """Whether the act at i is a double or triple one."""
        number = self._counts.by_head.get(i)
        return number is not None and number.kind == "fold"

    def _near(self, i: int) -> Iterator[str]:
        """The lemmas close below a token."""
        tree = self._tree
        for c in tree.children[i]:
            yield tree.lemma[c]
            if tree.dep[c] in CLOSE:
                for g in tree.children[c]:
                    yield tree.lemma[g]
                    if tree.dep[g] in CLOSE:
                        yield from (tree.lemma[t] for t in tree.children[g])

    def _fatal(self, i: int) -> bool:
        """Whether the word at i is said to have killed: "fatally", "dead", "to death"."""
        tree, fatal = self._tree, words().fatal
        return any(
            tree.lower[c] in fatal
            or (tree.dep[c] == "dobj" and any(tree.lower[a] in fatal for a in tree.kids(c, "amod")))
            or (tree.lower[c] == "to" and any(tree.lower[o] in fatal for o in tree.kids(c, "pobj")))
            for c in tree.children[i]
        )

    def _antecedent(self, i: int) -> int:
        tree = self._tree
        if tree.tag[i] in ("WP", "WDT") or (tree.lower[i] == "that" and tree.pos[i] == "PRON"):
            noun = tree.described(i)
            return i if noun is None else noun
        return i

    def _passive(self, v: int) -> bool:
        return bool(self._tree.kids(v, "auxpass", "nsubjpass"))

    def _active(self, v: int) -> list[int]:
        """The subject of v where it acts."""
        return [] if self._passive(v) else self._subjects(v)

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
        objects = [o for o in tree.kids(v, "dobj") if tree.lemma[o] not in words().times]
        if objects:
            return [t for o in objects for t in self._meant(o, v)]
        if self._passive(v):
            return self._subjects(v)
        label, up, own = tree.dep[v], tree.head[v], tree.kids(v, *SUBJECT)
        if label == "relcl" and own:
            return [up] if self._subjects(v) != [up] else []
        shared = [o for c in tree.kids(v, "conj") if not tree.kids(c, *SUBJECT) for o in tree.kids(c, "dobj")]
        if shared and not tree.kids(v, "prep"):
            return shared
        if tree.tag[v] not in ("VBN", "VBD") or tree.kids(v, "aux", "ccomp", "prt"):
            return []
        beside = self._beside(v)
        if own or beside:
            return beside or own[-1:]
        if label in ("acl", "amod") and tree.pos[up] in NOMINAL:
            return [up]
        if label == "conj" and tree.pos[up] in VERBAL:
            return [] if tree.kids(up, "dobj") else self._objects(up)
        if label in PREDICATE and tree.pos[up] in VERBAL:
            return tree.kids(up, "dobj") or self._subjects(up)
        return []

    def _meant(self, o: int, v: int) -> list[int]:
        """The object o of v, or what its relative or reflexive pronoun stands for."""
        if self._tree.lower[o].endswith(("self", "selves")):
            return self._subjects(v) or [o]
        return [self._antecedent(o)]

    def _beside(self, i: int) -> list[int]:
        """The number, or the noun with one, right before the word at i ("3 dead", "two men hurt")."""
        counts = self._counts
        for h in (i - 1, i - 2):
            number = counts.by_head.get(h)
            if number is not None and max(h + 1, number.last) == i and number.kind != "fold":
                return [h]
        return []

    def _described(self, i: int) -> list[int]:
        """Whom a predicate or attribute such as "dead" describes."""
        tree, number = self._tree, self._counts.by_head.get(i)
        if tree.lower[i] == tree.lemma[i] + "s":
            # "Nine shots" hit nobody yet.
            return []
        if number is not None and number.last <= i:
            return [i] if tree.pos[i] != "VERB" and number.value != 1 else []
        beside = self._beside(i)
        label, up = tree.dep[i], tree.head[i]
        if beside:
            return beside
        if label in ("amod", "acl") and tree.pos[up] in NOMINAL:
            return [up]
        own = tree.kids(i, *SUBJECT)
        if own:
            return [self._antecedent(own[-1])]
        if label == "conj" and tree.pos[up] == "ADJ":
            return self._described(up)
        if label in PREDICATE and tree.pos[up] in VERBAL:
            objects = [o for o in tree.kids(up, "dobj") if o < i]
            return objects or self._subjects(up)
        return []

    def _suffering(self, i: int) -> list[int]:
        """Whom an act such as "killing" or "death" befell; the noun itself where it is counted."""
        tree = self._tree
        if tree.dep[i] == "compound" and tree.lemma[tree.head[i]] in words().victims:
            return [tree.head[i]]
        number = self._counts.by_head.get(i)
        if number is not None:
            return [i]
        return tree.governed(i, "of") or [p for p in tree.kids(i, "poss") if tree.tag[p] != "PRP$"]

    def _holders(self, i: int) -> list[int]:
        """Who is in a state: "in critical condition", "with a gunshot wound"."""
        tree = self._tree
        if tree.dep[i] == "pobj" and tree.lower[tree.head[i]] in ("in", "with", "from"):
            up = tree.head[tree.head[i]]
            if tree.pos[up] in NOMINAL:
                return [up]
            if tree.lemma[up] not in words().rules:
                return tree.kids(up, "dobj") or self._subjects(up)
        return []

    def _doers(self, i: int) -> list[int]:
        """Who did what the object noun i names."""
        return self._subjects(self._tree.head[i]) if self._tree.dep[i] == "dobj" else []

    def _toll(self, i: int) -> list[int]:
        """The figure of a toll: "a toll of 41", "the toll rose to 41"."""
        tree = self._tree
        inside = [i, tree.head[i]] if tree.dep[i] in (*SUBJECT, "dobj") else [i]
        for v in inside:
            found = tree.kids(v, "dobj", "attr", "appos", "acomp") if v != i else tree.kids(i, "appos")
            found = tree.governed(v, "of", "to", "at") + found
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
        of = tree.governed(i, "of")
        if of or not tree.kids(i, "poss"):
            return of
        return self._subjects(tree.head[i])
