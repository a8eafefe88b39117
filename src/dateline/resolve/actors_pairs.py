"""Which two "the two sides" are: the pair that the article sets together or against each other.

A pair gains where its members are joined ("X and Y"), where one acts on the other, and where one
speaks of the other; what is nearer counts more. Hosts, mediators and international bodies stand
between the sides and count less.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from spacy.tokens import Token

from dateline.knowledge import codebook
from dateline.knowledge.actors.entries import Kind
from dateline.knowledge.reference import reference
from dateline.resolve.actors_referents import INTERNATIONAL, Referent
from dateline.resolve.coreference import SUBJECTS, Discourse, Spoken, clause_of, first_of

Pair = tuple[Referent, Referent]

JOINED = 3.0
ACTED_ON = 3.0
SAME_CLAUSE = 2.0
SPOKEN_OF = 1.5
SAME_SENTENCE = 0.5
# What a sentence further back is worth of the next one.
FADING = 0.9
# What a pair is worth of which one is an international body or mediates, or that is told to be something.
BETWEEN = 0.3
CHALLENGERS = codebook.group("armed") | codebook.group("parties")
# A pair weaker than this is none.
WEAKEST = 1.0
# More actors than this in one sentence are a list, not a pair.
MOST_IN_SENTENCE = 8


class Pairs:
    """The pairs of an article, weighed when a phrase asks for them."""

    def __init__(self, discourse: Discourse) -> None:
        self._discourse, self._words = discourse, reference()

    def best(self, token: Token, fits: Callable[[Referent], bool], one: str | None = None) -> Pair | None:
        """The pair of fitting actors that stands out most before a token, in text order, or None.

        With `one`, a side, only pairs that it is in count.
        """
        here = self._discourse.sentence(token.i)
        clause = clause_of(token)
        scores: dict[tuple[str, str], float] = {}
        latest: dict[str, tuple[int, Referent]] = {}
        own: set[str] = set()
        for sentence, spoken in self._discourse.before(token.i):
            members = [
                (side, s, r)
                for s in spoken
                for r in s.referents
                if fits(r) and (side := side_of(r)) is not None
            ]
            if sentence == here:
                own.update(side for side, s, _ in members if clause_of(s.token) == clause)
            fading = FADING ** (here - sentence)
            for side, s, r in members:
                known = latest.get(side)
                if known is None or (known[1].kind is not Kind.COUNTRY and sentence == here):
                    latest[side] = (s.head, r)
            for first, second, worth in self._worths(members):
                scores[first, second] = scores.get((first, second), 0.0) + worth * fading
        best: tuple[str, str] | None = None
        for pair, score in scores.items():
            fit = one in pair if one is not None else own.isdisjoint(pair)
            if fit and score >= WEAKEST and (best is None or score > scores[best]):
                best = pair
        if best is None:
            return None
        (_, earlier), (_, later) = sorted((latest[side] for side in best), key=lambda item: item[0])
        return earlier, later

    def _worths(self, members: Sequence[tuple[str, Spoken, Referent]]) -> Iterator[tuple[str, str, float]]:
        """What a sentence says for each two sides in it."""
        worths: dict[tuple[str, str], float] = {}
        if len(members) > MOST_IN_SENTENCE:
            members = members[:MOST_IN_SENTENCE]
        for (side, s, r), (other_side, o, q) in combinations(members, 2):
            if side == other_side:
                continue
            worth = self._worth(s, o)
            if r.code in INTERNATIONAL or q.code in INTERNATIONAL:
                worth *= BETWEEN
            key = (side, other_side) if side < other_side else (other_side, side)
            worths[key] = max(worth, worths.get(key, 0.0))
        yield from ((one, other, worth) for (one, other), worth in worths.items())

    def _worth(self, one: Spoken, other: Spoken) -> float:
        a, b = first_of(one.token), first_of(other.token)
        verb, other_verb = clause_of(a), clause_of(b)
        if {one.token.lemma_, other.token.lemma_} & self._words.mediators:
            return 0.0
        if a.i == b.i:
            worth = JOINED
        elif verb is not None and verb == other_verb:
            worth = ACTED_ON if a.dep_ in SUBJECTS or b.dep_ in SUBJECTS else SAME_CLAUSE
        elif verb is not None and other_verb is not None and _told(verb, other_verb):
            worth = SPOKEN_OF
        else:
            worth = SAME_SENTENCE
        if any(self._mediates(token) for token in (a, b)):
            worth *= BETWEEN
        return worth

    def _mediates(self, token: Token) -> bool:
        """Whether somebody is said to bring others together, or merely to be something."""
        return token.dep_ in SUBJECTS and token.head.lemma_ in self._words.mediating


def side_of(referent: Referent) -> str | None:
    """The side that an actor is of: its country, but for those who may stand against their own."""
    if referent.sector in CHALLENGERS or referent.code in INTERNATIONAL:
        name = referent.name if referent.kind in (Kind.ORGANISATION, Kind.GROUP) else None
        return name or f"{referent.code or ''}/{referent.sector}"
    return referent.code


def _told(verb: Token, other: Token) -> bool:
    """Whether one verb's clause is what the other tells or asks."""
    for inner, outer in ((verb, other), (other, verb)):
        while inner.dep_ in ("ccomp", "xcomp", "advcl", "conj", "relcl", "acl") and inner.head.i != inner.i:
            inner = inner.head
            if inner == outer:
                return True
    return False
