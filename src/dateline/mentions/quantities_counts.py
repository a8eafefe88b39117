"""How many a noun phrase is: by its number, or by its form ("a soldier", "Ali Hassan", "no one")."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.language.parsed import Parsed
from dateline.mentions.quantities_tables import words
from dateline.mentions.quantities_values import Number, Value

BEFORE_NOUN = frozenset({"nummod", "quantmod", "amod", "compound", "nmod", "det", "predet"})
PERSONAL = frozenset({"PERSON", "NORP", ""})
GENERIC = frozenset({"any", "every", "each"})


@dataclass(frozen=True, slots=True)
class Count:
    """How many the phrase with head `head` is; None where the text does not say."""

    head: int
    value: Value | None
    bound: str
    number: Number | None


class Counts:
    """The numbers of a parsed article by the head of the phrase that they count."""

    def __init__(self, parsed: Parsed, numbers: list[Number]) -> None:
        self._doc, self._tree = parsed.doc, parsed.tree
        tree = self._tree
        self.by_head: dict[int, Number] = {}
        self.counted: dict[int, int | None] = {}
        for number in numbers:
            host = self._host(number)
            head = tree.head[host]
            if tree.dep[host] in BEFORE_NOUN and head >= number.last - 1 and head != host:
                self.by_head.setdefault(head, number)
                self.counted[number.first] = head
            else:
                self.by_head.setdefault(host, number)
                self.counted[number.first] = self._of(number.last)

    def _host(self, number: Number) -> int:
        """The token of the expression that hangs outside it."""
        inside = range(number.core, number.last)
        out = [t for t in inside if self._tree.head[t] not in inside or self._tree.head[t] == t]
        return out[-1] if out else number.core

    def _of(self, i: int) -> int | None:
        """What "of" at token i governs."""
        tree = self._tree
        if i < len(tree) and tree.lower[i] == "of":
            return next(iter(tree.kids(i, "pobj")), None)
        return None

    def phrase(self, head: int) -> list[Count]:
        """The counts of a phrase and all that is coordinated with it.

        A list after a number that is its sum only says who they are ("two people, a man and a woman").
        """
        heads = self._tree.conjuncts(head)
        if head not in self.by_head:
            heads = self._names(heads)
        found = [self.one(t) for t in heads]
        rest = [c.value for c in found[1:]]
        if len(rest) > 1 and None not in rest and sum(v for v in rest if v is not None) == found[0].value:
            return found[:1]
        return found

    def _names(self, heads: list[int]) -> list[int]:
        """The heads and the persons' names that stand beside them in a list with ages."""
        tree = self._tree
        for h in heads:
            if tree.pos[h] == "PROPN":
                said = {tree.lower[t] for t in heads}
                beside = [a for a in tree.kids(h, "appos") if self._person(a) and not tree.kids(a, "det")]
                beside = [a for a in beside if tree.lower[a] not in said]
                heads += [c for a in beside for c in tree.conjuncts(a) if c not in heads]
        return heads

    def one(self, head: int) -> Count:
        """How many people are meant by the phrase with that head, coordination apart."""
        tree, known = self._tree, words()
        number = self.by_head.get(head)
        if number is not None:
            counted = self.counted.get(number.first)
            people = tree.lemma[head if counted is None else counted] not in known.not_people
            return Count(head, number.value if people else None, number.bound, number)
        if self.single(head):
            return Count(head, 1, "exact", None)
        if tree.pos[head] == "NOUN" and tree.lemma[head] not in known.persons:
            for o in tree.governed(head, "of"):
                return self.one(o)
        return Count(head, None, "exact", None)

    def itself(self, head: int) -> Count:
        """The number of the noun at `head`, whatever it means."""
        number = self.by_head.get(head)
        return Count(head, number.value if number else None, number.bound if number else "exact", number)

    def single(self, head: int) -> bool:
        """Whether the phrase means one person by its form."""
        tree = self._tree
        if tree.lower[head] in words().pronouns:
            return True
        if any(tree.lower[d] in GENERIC for d in tree.kids(head, "det")):
            return False
        if tree.tag[head] == "NNP":
            return self._person(head)
        if tree.lower[head] == "old":
            return head > 1 and "year" in tree.lower[head - 2 : head]
        return tree.tag[head] == "NN" and tree.lemma[head] in words().persons

    def _person(self, head: int) -> bool:
        """Whether a name, or a noun written with a capital, means one person."""
        tree = self._tree
        if tree.tag[head] != "NNP":
            return False
        if tree.lower[head] in words().persons:
            return True
        if any(tree.lower[d] == "the" for d in tree.kids(head, "det")):
            return False
        kind = self._doc[head].ent_type_
        return kind in PERSONAL or (kind == "ORG" and bool(tree.kids(head, "compound")))
