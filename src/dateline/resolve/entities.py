"""When two entities are one."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.knowledge import codebook
from dateline.record import Entity
from dateline.resolve.actors_referents import STATE

UNTOLD = frozenset({"UNK", None})
# Kinds of parties that a nameless phrase may stand for (manual, "Sector Codes").
ARMED = codebook.group("armed") | UNTOLD
PEOPLE = codebook.group("nameless people") | UNTOLD
OFFICIALS = STATE | {None}


def same(one: Entity, other: Entity) -> bool:
    """Whether two entities are one: the same name, or the same code and sector and not two names."""
    if one.identifier_text and other.identifier_text:
        return one.identifier_text == other.identifier_text
    if (one.code, one.sector) != (other.code, other.sector):
        return False
    return one.code is not None or one.entity_text.lower() == other.entity_text.lower()


def among(entity: Entity, entities: Iterable[Entity]) -> bool:
    """Whether an entity is one of several."""
    return any(same(entity, e) for e in entities)


def may_be_same(one: Entity, other: Entity) -> bool:
    """Whether two tellings may mean one party: the same country, or one is nameless, of a like kind, and
    no two countries conflict."""
    if one.code is not None and one.code == other.code:
        return True
    nameless = [e for e in (one, other) if e.identifier_text is None]
    if not nameless or (one.code is not None and other.code is not None and not _armed(one, other)):
        return False
    return any(one.sector in kind and other.sector in kind for kind in (ARMED, PEOPLE, OFFICIALS))


def _armed(one: Entity, other: Entity) -> bool:
    """Nameless armed people take the country of the place, a named group its own code."""
    return one.sector in ARMED and other.sector in ARMED
