"""Which pairs of tellings are worth comparing: those that share a block.

A block is a type of event on a day with one of: the two sides' countries and sectors, a place, a named
actor, a named recipient, the same words. A telling meets the earlier ones of its blocks on its day and a
few days around; of a large block the first and the latest before it only, so that the cost grows with
the number of tellings and not with its square. Which it meets depends on nothing that comes after it.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from dateline.linking.across.columns import NO_DAY, Array, Tellings
from dateline.linking.across.levels import TOWN
from dateline.linking.weights import weights

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # Fibonacci hashing (Knuth, TAOCP vol. 3, 6.4)
_SLICE = 250_000  # tellings whose pairs are made at once


def mix(*values: Array) -> Array:
    """One 64-bit hash of several columns."""
    found = np.zeros(len(values[0]), np.uint64)
    for value in values:
        found = (found ^ value.astype(np.int64).view(np.uint64)) * _MULTIPLIER
        found ^= found >> np.uint64(29)
    return found


def keys(t: Tellings) -> list[Array]:
    """For each kind of block the key of each telling, day left out; 0 where it has none of the kind."""
    (one, _), (to, _) = t.parties
    # Where all parties stand on one side, or may be crossed, the order of the two must not matter.
    a, b = mix(one[0], one[1]), mix(to[0], to[1])
    sided = np.where(t.mutual, np.minimum(a, b), a), np.where(t.mutual, np.maximum(a, b), b)
    towns = (t.fine >= TOWN) & (t.place != 0)
    both = (one[0] != 0) | (one[1] != 0) | (to[0] != 0) | (to[1] != 0)
    return [
        np.where(both, mix(t.kind, np.full(len(t), 1), *(s.view(np.int64) for s in sided)), 0),
        np.where(towns, mix(t.kind, np.full(len(t), 2), t.place), 0),
        np.where(one[2] != 0, mix(t.kind, np.full(len(t), 3), one[2], to[0]), 0),
        np.where(to[2] != 0, mix(t.kind, np.full(len(t), 4), to[2], one[0]), 0),
        np.where(t.sketch != 0, mix(t.kind, np.full(len(t), 5), t.sketch.view(np.int64)), 0),
    ]


def pairs(t: Tellings, new: int) -> Iterator[tuple[Array, Array]]:
    """Pairs (later, earlier) that share a block, each pair once, a slice of days at a time.

    Only tellings from number `new` on are the later of a pair.
    """
    reach, all_keys = int(weights()["days"]), keys(t)
    by_day = np.argsort(t.anchor, kind="stable")
    days = t.anchor[by_day]
    start = 0
    while start < len(t):
        # A slice ends with a day, so that each telling is asked for once, with all days around it.
        stop = int(np.searchsorted(days, days[min(start + _SLICE, len(t)) - 1], side="right"))
        low = int(np.searchsorted(days, days[start] - reach))
        high = int(np.searchsorted(days, days[stop - 1] + reach, side="right"))
        near, asked = np.sort(by_day[low:high]), np.sort(by_day[start:stop])
        asked = asked[asked >= new]
        found = [p for key in all_keys for p in _meet(t, key, near, asked, reach)] if len(asked) else []
        if found:
            codes = np.unique(np.concatenate(found))
            yield codes // len(t), codes % len(t)
        start = stop


def _meet(t: Tellings, key: Array, near: Array, asked: Array, reach: int) -> Iterator[Array]:
    """Codes `later * number + earlier` of the pairs that one kind of block gives."""
    near, asked = near[key[near] != 0], asked[key[asked] != 0]
    if not len(near) or not len(asked):
        return
    cells = mix(key[near].view(np.int64), t.anchor[near])
    order = np.argsort(cells, kind="stable")
    cells, rows = cells[order], near[order]
    begins = np.concatenate([[True], cells[1:] != cells[:-1]])
    number = np.cumsum(begins) - 1
    # Cell after cell, in each the tellings in their order: one sorted column to search in.
    place = number * np.int64(len(t)) + rows
    cap = int(weights()["cap"])
    for shift in range(-reach, reach + 1):
        ask = asked[t.anchor[asked] != NO_DAY] if shift else asked
        wanted = mix(key[ask].view(np.int64), t.anchor[ask] + np.int32(shift))
        low = np.searchsorted(cells, wanted)
        hit = (low < len(cells)) & (cells[np.minimum(low, len(cells) - 1)] == wanted)
        ask, low = ask[hit], low[hit]
        before = np.searchsorted(place, number[low] * np.int64(len(t)) + ask) - low
        first = np.minimum(before, cap)
        latest = np.minimum(before - first, cap)
        many = first + latest
        later = np.repeat(np.arange(len(ask)), many)
        step = np.arange(len(later)) - np.repeat(np.cumsum(many) - many, many)
        skipped = np.where(step < first[later], 0, (before - first - latest)[later])
        yield ask[later] * np.int64(len(t)) + rows[low[later] + step + skipped]
