"""Which numbers belong to which event.

A number belongs where the word that gives it its role is one of the event's predicates, hangs below
one without a clause of its own in between, or has a predicate noun in its clause. What other
sentences tell of the victims of the same happening is added by `article_sizes`.
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.language.parsed import Parsed
from dateline.language.tree import Tree
from dateline.mentions.quantities import Quantity
from dateline.mentions.quantities_tables import event_roles
from dateline.resolve.numbers_persons import Crowd, persons_of, refers, tally
from dateline.resolve.numbers_time import real

ACROSS = frozenset({"ccomp", "parataxis"})
NOMINAL_PATH = frozenset({"prep", "pobj", "nsubj", "nsubjpass", "dobj", "agent", "compound", "conj", "acl"})
VICTIMS = frozenset({"dead", "injured"})
REACH = 4

Event = tuple[Sequence[int], str]


def event_size(
    parsed: Parsed, heads: Sequence[int], event_type: str, quantities: Sequence[Quantity]
) -> dict[str, int]:
    """The numbers of the event of type `event_type` with the predicates `heads`, by role.

    Only numbers told in the predicates' own clauses count; of several for one role the largest.
    """
    return tally(parsed, _own(parsed.tree, heads, event_type, quantities))


def article_sizes(
    parsed: Parsed, events: Sequence[Event], quantities: Sequence[Quantity]
) -> list[dict[str, int]]:
    """The numbers of each event of an article, given as its predicates and its type, in their order.

    Assaults whose victims are the same persons or point back to each other ("the victim", "one of
    the men") share their numbers. So do the victims of the next sentences that belong to no event:
    "The blast hit a market. At least 12 people were killed."
    """
    owned = [_own(parsed.tree, heads, kind, quantities) for heads, kind in events]
    sizes = [tally(parsed, own) for own in owned]
    groups = _groups(parsed, events, owned)
    taken = {q.first for own in owned for q in own}
    for quantity in quantities:
        if quantity.role in VICTIMS and quantity.first not in taken and real(parsed, quantity):
            group = _nearest(parsed, events, groups, quantity)
            if group is not None:
                group.victims.append(quantity)
    for group in groups:
        shared = tally(parsed, sorted(group.victims, key=lambda q: q.first))
        for n in group.events:
            sizes[n] = {k: v for k, v in sizes[n].items() if k not in VICTIMS} | shared
    return sizes


def incident(parsed: Parsed, quantities: Sequence[Quantity]) -> dict[str, int]:
    """The dead and injured of the one incident that an article tells of, past ones left out."""
    return tally(parsed, [q for q in quantities if q.role in VICTIMS and real(parsed, q)])


class _Group:
    """Assaults on the same victims: the events' numbers and the victims' quantities."""

    def __init__(self, event: int, victims: list[Quantity]) -> None:
        self.events = [event]
        self.victims = victims


def _groups(parsed: Parsed, events: Sequence[Event], owned: Sequence[list[Quantity]]) -> list[_Group]:
    """The article's assaults, those on the same victims together, in text order."""
    groups: list[_Group] = []
    order = [n for n, (heads, kind) in enumerate(events) if kind == "ASSAULT" and heads]
    for n in sorted(order, key=lambda n: (min(events[n][0]), n)):
        all_victims = [q for q in owned[n] if q.role in VICTIMS]
        victims = [q for q in all_victims if real(parsed, q)]
        if all_victims and not victims:
            continue
        same = next((g for g in reversed(groups) if _same(parsed, g.victims, victims)), None)
        if same is None:
            groups.append(_Group(n, victims))
        else:
            same.events.append(n)
            same.victims += [q for q in victims if q not in same.victims]
    return groups


def _same(parsed: Parsed, before: Sequence[Quantity], victims: Sequence[Quantity]) -> bool:
    """Whether some victims are among those told before."""
    tree, crowd = parsed.tree, Crowd(parsed, before)
    for q in victims:
        if q in before:
            return True
        persons = persons_of(parsed, q)
        if crowd.holds(persons):
            return True
        if before and q.counted is not None and refers(tree, q.counted):
            return True
        for b in before:
            if q.value != b.value or q.counted is None or b.counted is None:
                continue
            if tree.lemma[q.counted] == tree.lemma[b.counted] or (q.value != 1 and q.role == b.role):
                return True
            if persons.names and not persons_of(parsed, b).names:
                return True
    return False


def _nearest(
    parsed: Parsed, events: Sequence[Event], groups: Sequence[_Group], quantity: Quantity
) -> _Group | None:
    """The assaults that a quantity of no event tells of: the only ones, or the last before it, if near."""
    if len(groups) < 2:
        return groups[0] if groups else None
    same = next((g for g in groups if _same(parsed, g.victims, [quantity])), None)
    if same is not None:
        return same
    best: tuple[int, int] | None = None
    for number, group in enumerate(groups):
        for n in group.events:
            head = max(events[n][0])
            if head < quantity.first and (best is None or head > best[0]):
                best = head, number
    if best is None:
        return groups[0]
    near = parsed.sentence_of[quantity.first] - parsed.sentence_of[best[0]] <= REACH
    return groups[best[1]] if near else None


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
