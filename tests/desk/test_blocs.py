"""Blocs against divisions that are known, and against all divisions where these can be counted."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

import pytest

from dateline.desk.blocs import find_blocs, fit, modularity

Ties = dict[tuple[str, str], float]


def complete(*blocs: str, inside: float = 1, between: float = -1) -> Ties:
    """Ties of all members of blocs: of one weight inside, of another between."""
    home = {party: n for n, bloc in enumerate(blocs) for party in bloc}
    pairs = itertools.combinations(sorted(home), 2)
    return {pair: inside if home[pair[0]] == home[pair[1]] else between for pair in pairs}


def divisions(parties: list[str]) -> Iterator[list[list[str]]]:
    """All ways to divide parties into blocs."""
    if not parties:
        yield []
        return
    first, *rest = parties
    for found in divisions(rest):
        yield [[first], *found]
        for n, bloc in enumerate(found):
            yield [*found[:n], [first, *bloc], *found[n + 1 :]]


def test_two_hostile_cliques_are_two_blocs() -> None:
    ties = complete("ABCD", "EFG")
    assert find_blocs(ties) == [list("ABCD"), list("EFG")]
    assert fit(ties, find_blocs(ties)) == 1


def test_three_camps_that_are_all_each_others_enemies() -> None:
    assert find_blocs(complete("ABC", "DEF", "GH")) == [list("ABC"), list("DEF"), list("GH")]


def test_all_friends_are_one_bloc() -> None:
    ties = complete("ABCDE")
    assert find_blocs(ties) == [list("ABCDE")]
    assert modularity(ties, [list("ABCDE")]) == pytest.approx(0)


def test_all_enemies_stand_alone() -> None:
    assert find_blocs(complete("A", "B", "C")) == [["A"], ["B"], ["C"]]


def test_friends_in_two_cliques_with_one_tie_between_are_two_blocs() -> None:
    # Where no tie is negative, Q is that of Newman and Girvan.
    ties = complete("ABCD", between=0) | complete("EFGH", between=0) | {("D", "E"): 1.0}
    assert find_blocs(ties) == [list("ABCD"), list("EFGH")]
    # 12 of 13 ties inside; each side has half of all ends.
    assert modularity(ties, find_blocs(ties)) == pytest.approx(12 / 13 - 2 * 0.5**2)


def test_the_great_powers_of_1907_are_the_entente_and_the_alliance() -> None:
    # Antal, Krapivsky, Redner, "Social balance on networks", Physica D 224 (2006).
    entente, alliance = ("GBR", "FRA", "RUS"), ("DEU", "AUT", "ITA")
    ties: Ties = {pair: 1.0 for side in (entente, alliance) for pair in itertools.combinations(side, 2)}
    ties |= {(one, other): -1.0 for one in entente for other in alliance}
    assert sorted(map(sorted, find_blocs(ties))) == [["AUT", "DEU", "ITA"], ["FRA", "GBR", "RUS"]]


def test_a_quarrel_among_friends_leaves_them_together() -> None:
    ties = complete("ABCD", "EFGH") | {("A", "B"): -1.0}
    assert find_blocs(ties) == [list("ABCD"), list("EFGH")]
    assert fit(ties, find_blocs(ties)) == pytest.approx(27 / 28)


def test_modularity_is_that_of_the_formula() -> None:
    # By hand: w+ = 2; A and B have 2 of it each, C none.
    ties = {("A", "B"): 2.0, ("A", "C"): -1.0}
    inside = 2 * (2 - 2 * 2 / 4) + 2 * (0 - 2 * 2 / 4) + 0
    assert modularity(ties, [["A", "B"], ["C"]]) == pytest.approx(inside / 6)
    assert modularity(ties, [["A", "B", "C"]]) == pytest.approx((inside - 2) / 6)


def test_two_who_share_nothing_but_enemies_are_no_bloc() -> None:
    ties = complete("ABC", "D", "E") | {("D", "E"): -0.1}
    assert find_blocs(ties) == [list("ABC"), ["D"], ["E"]]
    assert find_blocs(ties | {("D", "E"): 0.0}) == [list("ABC"), ["D"], ["E"]]


def test_no_division_of_small_networks_is_better() -> None:
    chance, short = random.Random(5), 0
    for _ in range(40):
        pairs = itertools.combinations("ABCDEFG", 2)
        ties = {pair: chance.uniform(-1, 1) for pair in pairs if chance.random() < 0.7}
        parties = sorted({party for pair in ties for party in pair})
        best = max(modularity(ties, blocs) for blocs in divisions(parties))
        reached = modularity(ties, find_blocs(ties))
        assert reached <= best + 1e-9
        short += reached < best - 1e-9
    # A local search: now and then it stays below the best.
    assert short <= 1


def test_the_order_in_which_ties_come_changes_nothing() -> None:
    chance = random.Random(9)
    pairs = list(itertools.combinations("ABCDEFGHIJKL", 2))
    ties = {pair: chance.uniform(-1, 1) for pair in pairs}
    chance.shuffle(pairs)
    assert find_blocs({(b, a): ties[a, b] for a, b in pairs}) == find_blocs(ties)


def test_nothing_and_nothing_that_weighs() -> None:
    assert find_blocs({}) == [] and fit({}, []) is None
    assert find_blocs({("A", "B"): 0.0}) == [["A"], ["B"]]
    assert modularity({("A", "B"): 0.0}, [["A"], ["B"]]) == 0
