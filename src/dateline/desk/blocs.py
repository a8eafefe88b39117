"""Blocs of a signed network: who stands with whom.

Source: Traag and Bruggeman, "Community detection in networks with positive and negative links", Physical
Review E 80, 036115 (2009), doi 10.1103/PhysRevE.80.036115, with gamma+ = 1 and gamma- = 0. With w+ and w- the
sums of positive and negative weights, and w+_i the positive weights of party i, what is made largest is

    Q = 1 / (2w+ + 2w-) * sum over i, j in one bloc of [w_ij - w+_i w+_j / 2w+]

Friendly ties inside a bloc count as far as they are stronger than those of parties as friendly would be by
chance; hostile ones always count against it, so that two who share nothing but enemies are in no bloc
together, as they may be where gamma- = 1 (Gómez, Jensen and Arenas 2009, doi 10.1103/PhysRevE.80.016114).
Without hostile ties it is Newman and Girvan's modularity.

Single parties are moved to the bloc that gains most and whole blocs joined where that gains, in a fixed order
until nothing gains (the local moving of Blondel and others, 2008, doi 10.1088/1742-5468/2008/10/P10008),
from several starts; the best result counts. So the same ties give the same blocs, a local maximum of Q.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

Ties = Mapping[tuple[str, str], float]
SEEDS = 8  # strong parties from whose friends a search starts
_LEAST = 1e-12  # a gain; less is rounding


def _gains(ties: Ties) -> dict[str, dict[str, float]]:
    """For each two parties what their being in one bloc adds to Q, the shared factor left out."""
    parties = sorted({party for pair in ties for party in pair})
    tied = {party: dict.fromkeys(parties, 0.0) for party in parties}
    for (one, other), weight in ties.items():
        tied[one][other] += weight
        tied[other][one] += weight
    plus = {party: sum(max(0.0, weight) for weight in tied[party].values()) for party in parties}
    total = sum(plus.values()) or 1.0
    return {
        one: {other: tied[one][other] - plus[one] * plus[other] / total for other in parties}
        for one in parties
    }


def modularity(ties: Ties, blocs: Sequence[Sequence[str]]) -> float:
    """Q of a division of the parties into blocs; 0 where there is no tie. `ties` holds each pair once."""
    gains = _gains(ties)
    total = 2 * sum(map(abs, ties.values()))
    inside = sum(gains[one][other] for bloc in blocs for one in bloc for other in bloc)
    return inside / total if total else 0.0


def find_blocs(ties: Ties) -> list[list[str]]:
    """The blocs of the parties that `ties` joins, largest first, members by name; some have one member.

    `ties` maps each pair, once, to a weight: positive for friendly, negative for hostile. A pair of a
    party with itself is not allowed.
    """
    gains = _gains({pair: weight for pair, weight in ties.items() if weight})
    parties = list(gains)
    best: list[list[str]] = []
    highest = float("-inf")
    for start in _starts(gains):
        found = _climb(gains, start)
        reached = sum(gains[a][b] for bloc in found for a in bloc for b in bloc)
        if reached > highest + _LEAST:
            best, highest = found, reached
    alone = sorted({party for pair in ties for party in pair} - set(parties))
    blocs = [sorted(bloc) for bloc in best] + [[party] for party in alone]
    return sorted(blocs, key=lambda bloc: (-len(bloc), bloc))


def _starts(gains: Mapping[str, Mapping[str, float]]) -> Iterator[list[list[str]]]:
    """All apart, all together, and a strong party with its friends, all others apart."""
    yield [[party] for party in gains]
    yield [list(gains)]
    strongest = sorted(gains, key=lambda party: (gains[party][party], party))[:SEEDS]
    for party in strongest:
        friends = [other for other, gain in gains[party].items() if gain > 0 or other == party]
        yield [friends, *([other] for other in gains if other not in friends)]


def _climb(gains: Mapping[str, Mapping[str, float]], blocs: list[list[str]]) -> list[list[str]]:
    """Moves and joins until nothing gains."""
    while _move(gains, blocs) or _join(gains, blocs):
        blocs[:] = [bloc for bloc in blocs if bloc]
    return [bloc for bloc in blocs if bloc]


def _move(gains: Mapping[str, Mapping[str, float]], blocs: list[list[str]]) -> bool:
    """Moves each party once to where it gains most, or to a bloc of its own; whether any moved."""
    moved = False
    home = {party: n for n, bloc in enumerate(blocs) for party in bloc}
    for party in gains:
        row, here = gains[party], home[party]
        worth = [sum(row[other] for other in bloc if other != party) for bloc in blocs]
        best = max(range(len(blocs)), key=lambda n: (worth[n], -n))
        if worth[best] < 0:
            # Alone it is worth nothing, which is more.
            if worth[here] > -_LEAST:
                continue
            best = len(blocs)
            blocs.append([])
        elif worth[best] <= worth[here] + _LEAST:
            continue
        blocs[here].remove(party)
        blocs[best].append(party)
        home[party], moved = best, True
    return moved


def _join(gains: Mapping[str, Mapping[str, float]], blocs: list[list[str]]) -> bool:
    """Joins the two blocs that gain most by it; whether there were any."""
    best, pair = _LEAST, None
    for n, one in enumerate(blocs):
        for m in range(n):
            worth = sum(gains[a][b] for a in one for b in blocs[m])
            if worth > best:
                best, pair = worth, (m, n)
    if pair is None:
        return False
    blocs[pair[0]] += blocs.pop(pair[1])
    return True


def fit(ties: Ties, blocs: Sequence[Sequence[str]]) -> float | None:
    """The share of the weight of all ties that blocs leave in its place: positive inside, negative between.

    One less the line index of imbalance over all weight (Doreian and Mrvar, Social Networks 18, 1996, doi
    10.1016/0378-8733(95)00259-6). None where there is no tie.
    """
    home = {party: n for n, bloc in enumerate(blocs) for party in bloc}
    total = sum(map(abs, ties.values()))
    right = sum(abs(w) for (one, other), w in ties.items() if (w > 0) == (home[one] == home[other]))
    return right / total if total else None
