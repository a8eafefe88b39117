"""When two entities are one."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.record import Entity

# Sectors of people whom the text leaves without a name (manual, "Sector Codes").
NAMELESS = frozenset({"UAF", "UNK", "REB", "CRM", "CVL", None})


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
    """Whether two tellings may mean one party: same country, or one is nameless and nothing conflicts."""
    if one.code is not None and one.code == other.code:
        return True
    nameless = [
        e for e in (one, other) if e.identifier_text is None and (e.code is None or e.sector in NAMELESS)
    ]
    return bool(nameless) and (
        one.code is None or other.code is None or len(nameless) == 2 or _armed(one, other)
    )


def _armed(one: Entity, other: Entity) -> bool:
    """A named armed group and nameless armed people."""
    armed = {"UAF", "REB", "CRM", None}
    return one.sector in armed and other.sector in armed
