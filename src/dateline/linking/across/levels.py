"""Compares pairs of tellings field by field, and weighs what is found (`knowledge/linking/across.tsv`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from dateline.knowledge.tables import read_table
from dateline.linking.across.columns import NO_DAY, Array, Tellings
from dateline.linking.weights import weights

FIELDS = ("actor", "recipient", "day", "place", "numbers", "act", "truth", "article", "passage")
TOWN = 4  # the resolution from which a place is a town
EARTH = 6371.0  # km


@dataclass(frozen=True, slots=True)
class Scale:
    """The levels of a field by name, in rising order, and their weights in bits."""

    names: tuple[str, ...]
    bits: Array


@lru_cache(maxsize=1)
def scales() -> Mapping[str, Scale]:
    """The levels and weights of each field. Raises `DatelineError` where a line is wrong."""
    found: dict[str, list[tuple[str, float]]] = {}
    for row in read_table("linking", "across.tsv", required=("field", "level", "weight")):
        try:
            found.setdefault(row["field"], []).append((row["level"], float(row["weight"])))
        except ValueError:
            raise row.bad(f"{row['weight']!r} is no number") from None
    return {
        field: Scale(tuple(n for n, _ in rows), np.array([w for _, w in rows], np.float32))
        for field, rows in found.items()
    }


def level(field: str, name: str) -> int:
    """The number of a level."""
    return scales()[field].names.index(name)


def compare(t: Tellings, i: Array, j: Array) -> Array:
    """For each pair (i, j) the level of each field, a column each in the order of `FIELDS`."""
    actor, recipient = _sides(t, i, j)
    columns = (
        actor, recipient, _days(t, i, j), _places(t, i, j), _numbers(t, i, j), _acts(t, i, j),
        np.where(t.untrue[i] == t.untrue[j], level("truth", "same"), level("truth", "other")),
        np.where(t.article[i] == t.article[j], level("article", "same"), level("article", "other")),
        _passages(t, i, j),
    )  # fmt: skip
    return np.stack([c.astype(np.int8) for c in columns], 1)


def weigh(levels: Array) -> Array:
    """The log odds, in bits, of each pair's being one event."""
    total = np.full(len(levels), scales()["prior"].bits[0], np.float32)
    for n, field in enumerate(FIELDS):
        total += scales()[field].bits[levels[:, n]]
    return total


def _sides(t: Tellings, i: Array, j: Array) -> tuple[Array, Array]:
    """The levels of both sides; where all parties of a telling act alike, also crossed."""
    straight = [_side(t, i, j, side, side) for side in (0, 1)]
    either = np.flatnonzero(t.mutual[i] | t.mutual[j])
    if len(either):
        a, b = i[either], j[either]
        crossed = [_side(t, a, b, 0, 1), _side(t, a, b, 1, 0)]
        bits = [scales()[name].bits for name in ("actor", "recipient")]
        now = bits[0][straight[0][either]] + bits[1][straight[1][either]]
        better = bits[0][crossed[0]] + bits[1][crossed[1]] > now
        for side in (0, 1):
            straight[side][either[better]] = crossed[side][better]
    return straight[0], straight[1]


def _side(t: Tellings, i: Array, j: Array, mine: int, other: int) -> Array:
    nobody = -1
    best = np.full(len(i), nobody, np.int8)
    names = {n: level("actor", n) for n in scales()["actor"].names}
    for slot, (c1, s1, n1) in enumerate(t.parties[mine]):
        for further, (c2, s2, n2) in enumerate(t.parties[other]):
            if slot or further:
                keep = np.flatnonzero(_there(c1, s1, n1, i) & _there(c2, s2, n2, j))
            else:
                keep = np.arange(len(i))
            if not len(keep):
                continue
            a, b = i[keep], j[keep]
            ca, cb, sa, sb, na, nb = c1[a], c2[b], s1[a], s2[b], n1[a], n2[b]
            known, named, sector = (ca != 0) & (cb != 0), (na != 0) & (nb != 0), (sa != 0) & (sb != 0)
            found = np.select(
                [
                    ~(_there(c1, s1, n1, a) & _there(c2, s2, n2, b)),
                    named & (na == nb),
                    known & (ca != cb),
                    named,
                    known & sector & (sa == sb),
                    sector & (sa != sb),
                    known,
                    sector,
                ],
                [
                    nobody, names["name"], names["other country"], names["other name"],
                    names["country and sector"], names["other sector"], names["country"], names["sector"],
                ],
                names["unsaid"],
            ).astype(np.int8)  # fmt: skip
            best[keep] = np.maximum(best[keep], found)
    return np.where(best == nobody, names["unsaid"], best).astype(np.int8)


def _there(code: Array, sector: Array, name: Array, i: Array) -> Array:
    there: Array = (code[i] != 0) | (sector[i] != 0) | (name[i] != 0)
    return there


def _days(t: Tellings, i: Array, j: Array) -> Array:
    f1, l1, f2, l2 = t.first[i], t.last[i], t.first[j], t.last[j]
    gap = np.maximum(f1, f2) - np.minimum(l1, l2)
    return np.select(
        [(f1 == NO_DAY) | (f2 == NO_DAY), (gap <= 0) & (f1 == f2) & (l1 == l2), gap <= 0, gap == 1],
        [level("day", n) for n in ("unsaid", "same day", "overlap", "next day")],
        level("day", "other day"),
    )


def _places(t: Tellings, i: Array, j: Array) -> Array:
    c1, c2, towns = t.country[i], t.country[j], (t.fine[i] >= TOWN) & (t.fine[j] >= TOWN)
    near = np.zeros(len(i), bool)
    far = np.flatnonzero(towns & (t.place[i] != t.place[j]) & (c1 == c2))
    near[far] = kilometres(t, i[far], j[far]) <= weights()["near_km"]
    names = ("unsaid", "other country", "same country", "same town", "near")
    return np.select(
        [(c1 == 0) | (c2 == 0), c1 != c2, ~towns, t.place[i] == t.place[j], near],
        [level("place", n) for n in names],
        level("place", "other town"),
    )


def kilometres(t: Tellings, i: Array, j: Array) -> Array:
    """Great-circle distances of the pairs' places."""
    a, b, c, d = (np.radians(x) for x in (t.lat[i], t.lat[j], t.lon[i], t.lon[j]))
    h = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin((d - c) / 2) ** 2
    found: Array = 2 * EARTH * np.arcsin(np.minimum(1, np.sqrt(h)))
    return found


def _numbers(t: Tellings, i: Array, j: Array) -> Array:
    found = np.full(len(i), level("numbers", "unsaid"), np.int8)
    at = np.flatnonzero(t.counted[i] & t.counted[j])
    if len(at):
        a, b = t.sizes[i[at]], t.sizes[j[at]]
        both, least, most = np.isfinite(a) & np.isfinite(b), np.minimum(a, b), np.maximum(a, b)
        far = (both & (least < most * weights()["far"])).any(1)
        found[at] = np.select(
            [far, (both & (a == b)).any(1), both.any(1)],
            [level("numbers", n) for n in ("far apart", "equal", "close")],
            level("numbers", "unsaid"),
        )
    return found


def _acts(t: Tellings, i: Array, j: Array) -> Array:
    m1, m2 = t.mode[i], t.mode[j]
    return np.select(
        [(m1 != 0) & (m2 != 0) & (m1 != m2), (t.cameo[i] == t.cameo[j]) & (t.cameo[i] != 0)],
        [level("act", "other mode"), level("act", "same act")],
        level("act", "unsaid"),
    )


def _passages(t: Tellings, i: Array, j: Array) -> Array:
    common, shorter = np.bitwise_count(t.bits[i] & t.bits[j]).sum(1), np.minimum(t.words[i], t.words[j])
    w = weights()
    steps = [w["share_some"], w["share_like"], w["share_same"]]
    found = np.searchsorted(steps, common / np.maximum(shorter, 1), side="right")
    # So few words are soon the same.
    found = np.where(shorter < w["few_words"], np.minimum(found, level("passage", "like words")), found)
    # A passage of which nothing is left says nothing.
    return np.where((t.words[i] == 0) | (t.words[j] == 0), level("passage", "some words"), found)
