"""Which numbers belong to which event."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.language.parsed import Parsed
from dateline.language.tree import Tree
from dateline.mentions.quantities import Quantity
from dateline.mentions.quantities_tables import event_roles

ACROSS = frozenset({"ccomp", "parataxis"})
NOMINAL_PATH = frozenset({"prep", "pobj", "nsubj", "nsubjpass", "dobj", "agent", "compound", "conj", "acl"})


def event_size(
    parsed: Parsed, heads: Sequence[int], event_type: str, quantities: Sequence[Quantity]
) -> dict[str, int]:
    """The numbers that belong to the event of type `event_type` with the predicates `heads`, by role.

    A number belongs where the word that gives its role is one of the predicates, stands below one
    in the same clause or a participle's or relative clause, or has a predicate noun in its clause.
    """
    roles = event_roles().get(event_type, frozenset())
    size: dict[str, int] = {}
    for quantity in quantities:
        role, value = quantity.role, quantity.value
        if role not in roles or value is None or quantity.bound == "at most":
            continue
        at = quantity.governor if quantity.governor is not None else quantity.first
        if any(_belongs(parsed.tree, at, head) for head in heads):
            size[role] = max(size.get(role, 0), int(value))
    return size


def _belongs(tree: Tree, at: int, head: int) -> bool:
    return at == head or _below(tree, at, head) or _above(tree, at, head)


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
