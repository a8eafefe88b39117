"""Pledges that are made again: one pledge with its renewals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from dateline.ledger.found import Pledge
from dateline.ledger.limits import limits
from dateline.ledger.words import is_number

_LATEST = 64  # earlier pledges of one party that a later one is compared with


def renewed(pledges: Iterable[Pledge]) -> list[Pledge]:
    """One pledge for all that make it, in the order in which they were first made.

    `pledges` come in the order of days. A later one joins the earlier of the same parties that it is likest,
    where it names what that pledged, or says that it repeats it. Pledges that are only recalled ("the grain
    that it had promised") join without being a renewal, and are kept only where nothing else tells of them.
    """
    found: list[Pledge] = []
    by_party: dict[tuple[str, str], list[Pledge]] = {}
    for pledge in pledges:
        keys = [(pledge.group, key) for key in keys_of(pledge)]
        known = {id(p): p for key in keys for p in by_party.get(key, ())[-_LATEST:]}
        likest = max(known.values(), key=lambda p: (likeness(p, pledge), p.made), default=None)
        if likest is not None and likeness(likest, pledge) > 0:
            if not pledge.recalled and pledge.made > likest.made:
                likest.renewals.append(pledge)
            likest.thing |= pledge.thing if pledge.made == likest.made else frozenset()
            if likest.due is None and pledge.made == likest.made:
                likest.due = pledge.due
            continue
        found.append(pledge)
        for key in keys:
            by_party.setdefault(key, []).append(pledge)
    return found


def keys_of(pledge: Pledge) -> list[str]:
    """By what a pledge's doer is found: its codes, or else the words that name it."""
    return sorted(pledge.doers) or sorted(f"w:{w}" for w in pledge.party)


def likeness(one: Pledge, later: Pledge) -> float:
    """How alike two pledges of one party are; 0 where they are not one."""
    if one.receivers and later.receivers and not one.receivers & later.receivers:
        return 0
    if one.name and later.name and one.name != later.name and not one.act.names_object:
        return 0
    reach = dt.timedelta(limits()["reach_days"])
    until = one.due.last + dt.timedelta(limits()["due_days"]) if one.due else one.made + reach
    if later.made > max([until, *(p.due.last for p in one.renewals if p.due)]):
        return 0
    shared = one.thing & later.thing
    said = {w for w in shared if not is_number(w)}
    same_day = one.due is not None and later.due is not None and _meet(one, later)
    if one.due and later.due and not same_day and one.made == later.made:
        return 0
    alike = one.act.fulfil[0] == later.act.fulfil[0]
    points = len(said) + 0.5 * len(shared - said) + alike + same_day
    if said and (
        len(shared) > 1 or same_day or later.again or len(said) == min(len(one.thing), len(later.thing))
    ):
        return points
    same_side = bool(one.receivers & later.receivers) or one.receivers == later.receivers
    if not one.act.names_object and alike and same_side and (same_day or later.again or not later.due):
        return points
    if later.row["article"] == one.row["article"] and alike and same_side and (same_day or later.recalled):
        return points
    # "renewed its promise", "as it had promised" name nothing else.
    bare = later.again and not {w for w in later.thing if not is_number(w)}
    return max(points, 0.5) if (bare or later.recalled) and (same_side or not later.receivers) else 0


def _meet(one: Pledge, later: Pledge) -> bool:
    a, b = one.due, later.due
    return a is not None and b is not None and a.first <= b.last and b.first <= a.last
