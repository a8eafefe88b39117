"""Joins the tellings of one event within an article.

Two tellings are one event when nothing in them conflicts and something speaks for it: the same
sentence, the same act in the same words, the same two sides of a deed, or the same town.
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.knowledge import codebook
from dateline.record import Entity, Place
from dateline.resolve.entities import may_be_same
from dateline.resolve.told import Told

DEED = 4
CITY = 4


def join(tellings: Sequence[Told]) -> list[list[Told]]:
    """Groups of tellings, one group an event, in the order of the article."""
    groups: list[list[Told]] = []
    for told in tellings:
        for group in groups:
            if all(compatible(told, other) for other in group) and any(alike(told, o) for o in group):
                group.append(told)
                break
        else:
            groups.append([told])
    return groups


def compatible(one: Told, other: Told) -> bool:
    """Whether nothing in two tellings keeps them from being one event."""
    if one.event != other.event:
        return False
    if {"negation", "hypothetical"} & (set(one.aux) ^ set(other.aux)):
        return False
    return (
        _parties_agree(one, other)
        and _days_agree(one, other)
        and _places_agree(one.place, other.place)
        and all(other.size.get(k, n) == n for k, n in one.size.items())
    )


def alike(one: Told, other: Told) -> bool:
    """Whether something speaks for two compatible tellings being one event."""
    if (one.repeated or other.repeated) and one.content != other.content and one.sentence != other.sentence:
        return False
    deed = codebook.quad_code(one.event) == DEED
    if one.sentence == other.sentence:
        return deed or one.content == other.content or _overlap(one, other)
    headline = one.headline or other.headline
    if one.content == other.content and _same_code(one.cameo, other.cameo):
        return not deed or _both_sided(one, other) or headline
    if headline:
        return one.cameo == other.cameo and _both_sided(one, other)
    if not deed:
        return _both_sided(one, other) and one.cameo == other.cameo and not one.cameo.endswith("0")
    return _both_sided(one, other) or _same_town(one.place, other.place)


def _same_code(one: str, other: str) -> bool:
    """Whether two CAMEO codes are one, or one is the general code of the other's class ("030")."""
    general = one[2:] == "0" or other[2:] == "0"
    return one == other or (general and one[:2] == other[:2])


def _overlap(one: Told, other: Told) -> bool:
    a, b = one.mention, other.mention
    return a.trigger_start < b.trigger_end and b.trigger_start < a.trigger_end


def _both_sided(one: Told, other: Told) -> bool:
    return all(len(t.actor) > 1 or (t.actor and t.recipient) for t in (one, other))


def _parties_agree(one: Told, other: Told) -> bool:
    """Whether the sides fit; where one telling has all sides act ("X and Y will meet") any side may."""
    for both, sided in ((one, other), (other, one)):
        if len(both.actor) > 1 and not both.recipient and sided.recipient:
            parties = (*sided.actor, *sided.recipient)
            return all(any(may_be_same(p, a) for a in both.actor) for p in parties)
    return _sides_agree(one.actor, other.actor) and _sides_agree(one.recipient, other.recipient)


def _sides_agree(one: Sequence[Entity], other: Sequence[Entity]) -> bool:
    if not one or not other:
        return True
    return any(may_be_same(a, b) for a in one for b in other)


def _days_agree(one: Told, other: Told) -> bool:
    if not (one.dated and other.dated):
        return True
    if one.first_day is None or other.first_day is None or one.last_day is None or other.last_day is None:
        return True
    return one.first_day <= other.last_day and other.first_day <= one.last_day


def _places_agree(one: Place | None, other: Place | None) -> bool:
    """The same place, or one inside the other as far as their names tell."""
    if one is None or other is None or one.country_code is None or other.country_code is None:
        return True
    if one.country_code != other.country_code:
        return False
    pairs = ((one.province, other.province), (one.city, other.city))
    return all(a is None or b is None or a == b for a, b in pairs)


def _same_town(one: Place | None, other: Place | None) -> bool:
    if one is None or other is None or one.geonameid is None:
        return False
    return one.geonameid == other.geonameid and (one.resolution or 0) >= CITY
