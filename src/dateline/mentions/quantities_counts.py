"""How many a noun phrase is: by its number, or by its form ("a soldier", "Ali Hassan", "no one")."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.language.tree import Tree
from dateline.mentions.quantities_tables import words
from dateline.mentions.quantities_values import Number, Value

BEFORE_NOUN = frozenset({"nummod", "quantmod", "amod", "compound", "nmod", "det", "predet"})
ONE = frozenset({"he", "she", "him", "her", "i", "me", "someone", "somebody", "himself", "herself"})


@dataclass(frozen=True, slots=True)
class Count:
    """How many the phrase with head `head` is; None where the text does not say."""

    head: int
    value: Value | None
    bound: str
    number: Number | None


class Counts:
    """The numbers of a parsed article by the head of the phrase that they count."""

    def __init__(self, tree: Tree, numbers: list[Number]) -> None:
        self._tree = tree
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
        """The counts of a phrase and all that is coordinated with it."""
        return [self.one(t) for t in self._tree.conjuncts(head)]

    def one(self, head: int) -> Count:
        """How many are meant by the phrase with that head, coordination apart."""
        number = self.by_head.get(head)
        if number is not None:
            return Count(head, number.value, number.bound, number)
        value = 1 if self._single(head) else None
        return Count(head, value, "exact", None)

    def _single(self, head: int) -> bool:
        """Whether the phrase names one person or thing by its form."""
        tree = self._tree
        if tree.lower[head] in ONE:
            return True
        if tree.tag[head] == "NNP":
            return not any(tree.lower[d] == "the" for d in tree.kids(head, "det"))
        return tree.tag[head] == "NN" and tree.lemma[head] not in words().numbers
