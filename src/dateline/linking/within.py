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
ONE_A_SENTENCE = codebook.group("one a sentence")
CITY = 4


def join(tellings: Sequence[Told]) -> list[list[Told]]:
    """Groups of tellings, one group an event, in the order of the article.

    Headlines and captions, which sum up, join last, so that they never bring two events together.
    """
    groups: list[list[Told]] = []
    for told in sorted(tellings, key=lambda t: t.headline):
        fits = [g for g in groups if all(compatible(told, other) for other in g)]
        group = next((g for g in fits if any(alike(told, other) for other in g)), None)
        if group is None:
            groups.append([told])
        else:
            group.append(told)
    return sorted(groups, key=lambda g: min(t.mention.start for t in g))


def compatible(one: Told, other: Told) -> bool:
    """Whether nothing in two tellings keeps them from being one event."""
    if one.event != other.event:
        return False
    if one.own_dictionary:
        return _same_triple(one, other)
    if {"negation", "hypothetical"} & (set(one.aux) ^ set(other.aux)):
        return False
    return (
        _parties_agree(one, other)
        and _days_agree(one, other)
        and (not codebook.material(one.event) or _places_agree(one.place, other.place))
        and all(other.size.get(k, n) == n for k, n in one.size.items())
    )


def _same_triple(one: Told, other: Told) -> bool:
    """Whether a user's dictionary gives two tellings one source, code and target."""
    sides = ([(e.cameo for e in side) for side in (t.actor, t.recipient)] for t in (one, other))
    first, second = ([sorted(c or "" for c in side) for side in pair] for pair in sides)
    return one.cameo == other.cameo and first == second


def alike(one: Told, other: Told) -> bool:
    """Whether something speaks for two compatible tellings being one event."""
    if one.own_dictionary:
        return True
    deed = codebook.quad_code(one.event) == DEED
    same_words = one.content == other.content
    if one.sentence == other.sentence:
        return one.event in ONE_A_SENTENCE or same_words or _overlap(one, other)
    if deed and _sideless(one, other):
        # "The shooting happened on Sunday": which one, the text has said before or says next.
        return _same_age(one, other)
    if deed and _same_town(one.place, other.place):
        return _same_age(one, other) or one.noun or other.noun
    if not _same_age(one, other):
        return False
    if one.headline or other.headline:
        return same_words or one.cameo[:3] == other.cameo[:3]
    if one.size and one.size == other.size:
        return True
    if (one.repeated or other.repeated) and not same_words:
        return False
    if same_words and _same_code(one.cameo, other.cameo):
        return not deed or _both_sided(one, other) or not (one.recipient and other.recipient)
    if not deed:
        return _both_sided(one, other) and one.cameo == other.cameo and not one.cameo.endswith("0")
    return _both_sided(one, other)


def _sideless(one: Told, other: Told) -> bool:
    """Whether a telling names neither doer nor victim."""
    return any(not t.actor and not t.recipient for t in (one, other))


def _same_age(one: Told, other: Told) -> bool:
    """Whether both are told as of these days, or both as of long ago."""
    return ("historical" in one.aux) == ("historical" in other.aux)


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
    if one.event in ONE_A_SENTENCE and one.sentence == other.sentence and _nameless(one, other):
        return _sides_agree(one.actor, other.actor)
    return _sides_agree(one.actor, other.actor) and _sides_agree(one.recipient, other.recipient)


def _nameless(one: Told, other: Told) -> bool:
    """Whether a recipient is only people: "brought down a Russian jet, killing all on board"."""
    return any(e.code is None and e.identifier_text is None for e in (*one.recipient, *other.recipient))


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
