"""Which numbers belong to which event.

A number belongs where the word that gives it its role is one of the event's predicates, hangs below
one without a clause of its own in between, or has a predicate noun in its clause. What a later
sentence tells of the same happening without naming another event is added by `article_sizes`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dateline.frames.auxiliary import judge
from dateline.knowledge.tables import read_table
from dateline.language.parsed import Parsed
from dateline.language.tree import Tree
from dateline.mentions.quantities import Quantity
from dateline.mentions.quantities_tables import event_roles, words

ACROSS = frozenset({"ccomp", "parataxis"})
NOMINAL_PATH = frozenset({"prep", "pobj", "nsubj", "nsubjpass", "dobj", "agent", "compound", "conj", "acl"})
VICTIMS = frozenset({"dead", "injured"})
UNREAL = frozenset({"hypothetical", "future", "negation"})
REACH = 4
NEAR = 3


def event_size(
    parsed: Parsed, heads: Sequence[int], event_type: str, quantities: Sequence[Quantity]
) -> dict[str, int]:
    """The numbers of the event of type `event_type` with the predicates `heads`, by role.

    Only numbers told in the predicates' own clauses count; of several for one role the largest.
    """
    return tally(parsed, _own(parsed.tree, heads, event_type, quantities))


def article_sizes(
    parsed: Parsed, events: Sequence[tuple[Sequence[int], str]], quantities: Sequence[Quantity]
) -> list[dict[str, int]]:
    """The numbers of each event of an article, given as its predicates and its type, in their order.

    To an event's own numbers are added those of victims in the next sentences that belong to no
    event: "The blast hit a market. At least 12 people were killed."
    """
    owned = [_own(parsed.tree, heads, kind, quantities) for heads, kind in events]
    taken = {q.first for own in owned for q in own}
    for quantity in quantities:
        if quantity.role in VICTIMS and quantity.first not in taken and _real(parsed, quantity):
            at = _nearest(parsed, events, quantity)
            if at is not None:
                owned[at].append(quantity)
    return [tally(parsed, own) for own in owned]


def incident(parsed: Parsed, quantities: Sequence[Quantity]) -> dict[str, int]:
    """The dead and injured of the one incident that an article tells of, past ones left out."""
    told = [q for q in quantities if q.role in VICTIMS and _real(parsed, q)]
    return tally(parsed, told)


def tally(parsed: Parsed, quantities: Sequence[Quantity]) -> dict[str, int]:
    """The size that some quantities of one event add up to, by role.

    For each role the largest number told, or the number of persons told apart by name, age or sex
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
            size[role] = _many(parsed, sure)
    shot = [q for q in told if not q.sure]
    if shot:
        number = size.get("dead", 0)
        crowd = max((int(q.value or 0) for q in shot if q.value != 1), default=0) - number
        left = max(crowd, _alive(parsed, [q for q in shot if q.value == 1], dead, number))
        if left > 0 or not size:
            size["injured"] = max(size.get("injured", 0), left)
    return size


def _alive(parsed: Parsed, shot: Sequence[Quantity], dead: Sequence[Quantity], number: int) -> int:
    """How many of the single persons shot live, where `number` died.

    A dead person without a name may be any of those shot; so may one without an age.
    """
    told, gone = _Crowd(parsed, shot), _Crowd(parsed, dead)
    return max(
        len(told.names) - max(0, number - len(gone.names)),
        len(told.ages) - max(0, number - len(gone.ages)),
        _many(parsed, shot) - number,
    )


def _died(parsed: Parsed, dead: Sequence[Quantity], told: Sequence[Quantity]) -> list[Quantity]:
    """The single injured persons who are told to have died, by name, age, as "he" or "the boy"."""
    hurt = [q for q in told if q.role == "injured" and q.value == 1]
    found: list[Quantity] = []
    for quantity in dead:
        if quantity.value == 1 and quantity.counted is not None and _refers(parsed.tree, quantity.counted):
            before = [q for q in hurt if q.first < quantity.first and _near(parsed, q, quantity)]
            noun = parsed.tree.lemma[quantity.counted]
            if parsed.tree.pos[quantity.counted] != "PRON" and noun not in words().victims:
                before = [q for q in before if q.counted is not None and parsed.tree.lemma[q.counted] == noun]
            found += before[-1:]
    gone = _Crowd(parsed, [*dead, *found])
    return found + [q for q in hurt if q not in found and gone.holds(_persons(parsed, q))]


def _refers(tree: Tree, head: int) -> bool:
    """Whether a phrase points back: a pronoun or "the boy"."""
    return tree.pos[head] == "PRON" or any(tree.lower[d] == "the" for d in tree.kids(head, "det"))


def _near(parsed: Parsed, one: Quantity, other: Quantity) -> bool:
    return parsed.sentence_of[other.first] - parsed.sentence_of[one.first] <= NEAR


def _own(tree: Tree, heads: Sequence[int], event_type: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    roles = event_roles().get(event_type, frozenset())
    found = []
    for quantity in quantities:
        if quantity.role in roles:
            at = quantity.governor if quantity.governor is not None else quantity.first
            if any(at == h or _below(tree, at, h) or _above(tree, at, h) for h in heads):
                found.append(quantity)
    return found


def _below(tree: Tree, at: int, head: int) -> bool:
    """Whether `at` hangs below `head` without a clause of its own in between."""
    while at != head:
        if tree.head[at] == at or tree.dep[at] in ACROSS:
            return False
        if tree.dep[at] == "conj" and tree.kids(at, "nsubj", "nsubjpass"):
            return False
        at = tree.head[at]
    return True


def _above(tree: Tree, at: int, head: int) -> bool:
    """Whether the event noun `head` stands in the clause of `at`."""
    while head != at:
        if tree.head[head] == head or tree.dep[head] not in NOMINAL_PATH:
            return False
        head = tree.head[head]
    return True


def _nearest(parsed: Parsed, events: Sequence[tuple[Sequence[int], str]], quantity: Quantity) -> int | None:
    """The last event before a quantity, where it takes such numbers and is near."""
    before = [(max(heads), n) for n, (heads, _) in enumerate(events) if heads and max(heads) < quantity.first]
    if not before:
        return None
    head, n = max(before)
    if quantity.role not in event_roles().get(events[n][1], frozenset()):
        return None
    return n if parsed.sentence_of[quantity.first] - parsed.sentence_of[head] <= REACH else None


@dataclass(frozen=True, slots=True)
class _Persons:
    """What tells apart the persons of a quantity; a name is the words of it."""

    names: tuple[frozenset[str], ...]
    ages: tuple[str, ...]
    genders: tuple[str, ...]


class _Crowd:
    """The persons told apart in some quantities of one to three people."""

    def __init__(self, parsed: Parsed, quantities: Iterable[Quantity]) -> None:
        self.names: list[frozenset[str]] = []
        self.ages: set[str] = set()
        self.genders: set[str] = set()
        for quantity in quantities:
            value = int(quantity.value or 0)
            if 0 < value <= NEAR:
                persons = _persons(parsed, quantity)
                if len(persons.names) == value:
                    self.names += [n for n in persons.names if not self._named(n)]
                if len(persons.ages) == value:
                    self.ages.update(persons.ages)
                if len(persons.genders) == value:
                    self.genders.update(persons.genders)

    def _named(self, name: frozenset[str]) -> bool:
        return any(name <= n or n <= name for n in self.names)

    def holds(self, persons: _Persons) -> bool:
        """Whether one of the persons is among these by name or age."""
        return any(self._named(n) for n in persons.names) or not self.ages.isdisjoint(persons.ages)


def _many(parsed: Parsed, quantities: Sequence[Quantity]) -> int:
    """The largest number told, or the number of single persons told apart."""
    crowd = _Crowd(parsed, quantities)
    largest = max((int(q.value or 0) for q in quantities), default=0)
    return max(largest, len(crowd.names), len(crowd.ages), len(crowd.genders))


def _persons(parsed: Parsed, quantity: Quantity) -> _Persons:
    tree, head = parsed.tree, quantity.counted
    if head is None:
        return _Persons((), (), ())
    heads = [t for t in tree.conjuncts(head) if quantity.first <= t < quantity.last]
    heads += [t for h in heads for t in tree.kids(h, "appos") if t < quantity.last]
    names = tuple(n for h in heads if tree.tag[h] == "NNP" and (n := _name(tree, h)))
    genders = tuple(g for h in heads if (g := words().persons.get(tree.lemma[h])))
    ages = []
    for i in range(quantity.first, min(quantity.last + NEAR, len(tree) - 2)):
        if tree.lower[i].isdigit() and (
            tree.lower[i + 1 : i + 3] == ["-", "year"]
            or (tree.lower[i - 1] == "," and tree.lower[i + 1] in (",", "."))
        ):
            ages.append(tree.lower[i])
    return _Persons(names, tuple(ages), genders)


def _name(tree: Tree, head: int) -> frozenset[str]:
    """The words of the name at `head`, titles left out."""
    tokens = [*tree.kids(head, "compound"), head]
    return frozenset(
        tree.lower[t]
        for t in tokens
        if tree.tag[t] == "NNP" and tree.lower[t] not in words().persons and not tree.lower[t].endswith(".")
    )


@lru_cache(maxsize=1)
def _background() -> tuple[frozenset[str], Mapping[str, frozenset[str]]]:
    """Words that by themselves put a clause elsewhere in time, and those that do before others."""
    alone: set[str] = set()
    before: dict[str, frozenset[str]] = {}
    for row in read_table("quantities", "background.tsv", required=("kind", "words", "what")):
        if row["kind"] == "anywhere":
            alone.update(row.many("words"))
        elif row["kind"] == "before":
            for word in row.many("words"):
                before[word] = before.get(word, frozenset()) | frozenset(row.many("what"))
        else:
            raise row.bad(f"there is no kind {row['kind']!r}")
    return frozenset(alone), before


def _real(parsed: Parsed, quantity: Quantity) -> bool:
    """Whether a quantity tells of what happened, and lately."""
    if quantity.governor is not None and UNREAL.intersection(judge(parsed, quantity.governor).aux):
        return False
    return not _elsewhen(parsed, quantity)


def _elsewhen(parsed: Parsed, quantity: Quantity) -> bool:
    """Whether a quantity's clause speaks of another time than the news: "last year", "ago", "in 2010"."""
    alone, before = _background()
    tree, at = parsed.tree, quantity.governor if quantity.governor is not None else quantity.first
    year = parsed.article.date.year if parsed.article.date else 0
    for i in tree.subtree(at):
        word = tree.lower[i]
        if word in alone:
            return True
        if word in before and not before[word].isdisjoint(tree.lemma[i + 1 : i + 1 + NEAR]):
            return True
        if len(word) == 4 and word.isdigit() and 1900 <= int(word) < year and tree.dep[i] != "nummod":
            return True
    return False
