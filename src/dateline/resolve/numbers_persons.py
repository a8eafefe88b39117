"""The persons of an event's numbers: told apart, followed from shot to dead, and added up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dateline.knowledge.tables import read_table
from dateline.language.parsed import Parsed
from dateline.language.tree import Tree
from dateline.mentions.quantities import Quantity
from dateline.mentions.quantities_tables import words

FEW = 3
REACH = 3


@dataclass(frozen=True, slots=True)
class Persons:
    """What tells apart the persons of a quantity; a name is the words of it."""

    names: tuple[frozenset[str], ...]
    ages: tuple[str, ...]
    sorts: tuple[str, ...]


class Crowd:
    """The persons told apart in some quantities of one to three people."""

    def __init__(self, parsed: Parsed, quantities: Iterable[Quantity]) -> None:
        self.names: list[frozenset[str]] = []
        self.ages: set[str] = set()
        self.sorts: set[str] = set()
        for quantity in quantities:
            value = int(quantity.value or 0)
            if 0 < value <= FEW:
                persons = persons_of(parsed, quantity)
                if len(persons.names) == value:
                    self.names += [n for n in persons.names if not self._named(n)]
                if len(persons.ages) == value:
                    self.ages.update(persons.ages)
                if len(persons.sorts) == value:
                    self.sorts.update(persons.sorts)

    def _named(self, name: frozenset[str]) -> bool:
        return any(name <= n or n <= name for n in self.names)

    def holds(self, persons: Persons) -> bool:
        """Whether one of the persons is among these by name or age."""
        return any(self._named(n) for n in persons.names) or not self.ages.isdisjoint(persons.ages)


def many(parsed: Parsed, quantities: Sequence[Quantity]) -> int:
    """The largest number told, or the number of single persons told apart."""
    crowd = Crowd(parsed, quantities)
    largest = max((int(q.value or 0) for q in quantities), default=0)
    return max(largest, len(crowd.names), len(crowd.ages), len(crowd.sorts))


def persons_of(parsed: Parsed, quantity: Quantity) -> Persons:
    """The names, ages and sorts that the phrase of a quantity gives."""
    tree, head = parsed.tree, quantity.counted
    if head is None:
        return Persons((), (), ())
    heads = [t for t in tree.conjuncts(head) if quantity.first <= t < quantity.last]
    heads += [t for h in heads for t in tree.kids(h, "appos") if t < quantity.last]
    names = tuple(n for h in heads if tree.tag[h] == "NNP" and (n := _name(tree, h)))
    sorts = tuple(g for h in heads if (g := words().persons.get(tree.lemma[h])))
    ages = []
    for i in range(quantity.first, min(quantity.last + FEW, len(tree) - 2)):
        if tree.lower[i].isdigit() and (
            tree.lower[i + 1 : i + 3] == ["-", "year"]
            or (tree.lower[i - 1] == "," and tree.lower[i + 1] in (",", "."))
        ):
            ages.append(tree.lower[i])
    return Persons(names, tuple(ages), sorts)


def _name(tree: Tree, head: int) -> frozenset[str]:
    """The words of the name at `head`, titles left out."""
    if tree.lower[head] in words().persons:
        return frozenset()
    tokens = [*tree.kids(head, "compound"), head]
    return frozenset(
        tree.lower[t]
        for t in tokens
        if tree.tag[t] == "NNP" and tree.lower[t] not in words().persons and not tree.lower[t].endswith(".")
    )


def tally(parsed: Parsed, quantities: Sequence[Quantity]) -> dict[str, int]:
    """The size that some quantities of one event add up to, by role.

    For each role the largest number told, or the number of persons told apart by name, age or sort
    where that is more. The injured who are told to have died are no longer injured, and those only
    said to be shot are injured as far as they outnumber the dead.
    """
    told = [q for q in quantities if q.role is not None and q.value is not None and q.bound != "at most"]
    dead = [q for q in told if q.role == "dead"]
    died = _died(parsed, dead, told)
    told = [q for q in told if q not in died]
    size: dict[str, int] = {}
    for role in dict.fromkeys(q.role for q in told if q.role is not None):
        sure = [q for q in told if q.role == role and q.sure]
        if sure:
            size[role] = many(parsed, sure)
    number = size.get("dead", 0)
    shot = [q for q in told if not q.sure]
    least = max((_ordinal(parsed, q) for q in told if q.role == "injured"), default=0)
    if shot or least:
        crowd = max(least, *(int(q.value or 0) for q in shot if q.value != 1), 0) - number
        left = max(crowd, _alive(parsed, [q for q in shot if q.value == 1], dead, number))
        if left > 0 or not size:
            size["injured"] = max(size.get("injured", 0), left)
    return size


@lru_cache(maxsize=1)
def _ordinals() -> Mapping[str, int]:
    found: dict[str, int] = {}
    for row in read_table("quantities", "ordinals.tsv", required=("word", "value")):
        if not row["value"].isdigit():
            raise row.bad(f"{row['value']!r} is not a whole number")
        found[row["word"]] = int(row["value"])
    return found


def _ordinal(parsed: Parsed, quantity: Quantity) -> int:
    """How many persons "a third man" or "another man" makes; 0 where the phrase says no such thing."""
    tree = parsed.tree
    if quantity.value != 1 or "the" in tree.lower[quantity.first : quantity.last]:
        return 0
    return max((_ordinals().get(w, 0) for w in tree.lower[quantity.first : quantity.last]), default=0)


def _alive(parsed: Parsed, shot: Sequence[Quantity], dead: Sequence[Quantity], number: int) -> int:
    """How many of the single persons shot live, where `number` died.

    A dead person without a name may be any of those shot; so may one without an age.
    """
    told, gone = Crowd(parsed, shot), Crowd(parsed, dead)
    return max(
        len(told.names) - max(0, number - len(gone.names)),
        len(told.ages) - max(0, number - len(gone.ages)),
        many(parsed, shot) - number,
    )


def _died(parsed: Parsed, dead: Sequence[Quantity], told: Sequence[Quantity]) -> list[Quantity]:
    """The single injured persons who are told to have died, by name, age, as "he" or "the boy"."""
    hurt = [q for q in told if q.role == "injured" and q.value == 1]
    found: list[Quantity] = []
    for quantity in dead:
        if quantity.value == 1 and quantity.counted is not None and refers(parsed.tree, quantity.counted):
            before = [q for q in hurt if q.first < quantity.first and _near(parsed, q, quantity)]
            noun = parsed.tree.lemma[quantity.counted]
            if parsed.tree.pos[quantity.counted] != "PRON" and noun not in words().victims:
                before = [q for q in before if q.counted is not None and parsed.tree.lemma[q.counted] == noun]
            found += before[-1:]
    gone = Crowd(parsed, [*dead, *found])
    return found + [q for q in hurt if q not in found and gone.holds(persons_of(parsed, q))]


def refers(tree: Tree, head: int) -> bool:
    """Whether a phrase points back: a pronoun or "the boy"."""
    return tree.pos[head] == "PRON" or any(tree.lower[d] == "the" for d in tree.kids(head, "det"))


def _near(parsed: Parsed, one: Quantity, other: Quantity) -> bool:
    return parsed.sentence_of[other.first] - parsed.sentence_of[one.first] <= REACH
