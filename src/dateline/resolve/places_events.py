"""Where an event happened: the place that stands closest to its trigger in the parse.

From each place in the event's sentence one climbs to the trigger, or to a word that the trigger
itself hangs from. What is passed on the way (a preposition, a clause) says how well the place
serves. Ranks run from 100, a place said to be where the act is, down to `LOWEST`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from dateline import record
from dateline.knowledge.gazetteer.index import Entry, fold, gazetteer
from dateline.knowledge.gazetteer.names import adjectives, beside, capitals
from dateline.knowledge.tables import read_mapping
from dateline.language.parsed import Parsed
from dateline.mentions.places import PlaceMention
from dateline.resolve.places_dateline import by_dateline, country_of
from dateline.resolve.places_record import as_place

LOWEST = 10
# A finer place elsewhere in the sentence replaces the state it lies in if it ranks at least so.
FINER = 55

# What a step up the parse costs, and what it makes of the place's claim.
GROUND = frozenset({"at", "near", "above"})
SUBJECTS = frozenset({"nsubj", "agent", "csubj"})
WITHIN = frozenset({"compound", "nmod", "poss", "amod", "appos", "conj", "nummod"})
_CLAUSES = frozenset({"relcl", "advcl", "ccomp", "acl", "parataxis", "csubj", "csubjpass", "pcomp"})
_INTO = {
    "relcl": 35,
    "advcl": 25,
    "ccomp": 60,
    "acl": 20,
    "parataxis": 60,
    "conj": 12,
    "xcomp": 5,
    "pcomp": 10,
}
_ABOVE = {"relcl": 20, "acl": 20, "advcl": 40, "ccomp": 75, "parataxis": 75, "csubj": 40, "csubjpass": 40}


@dataclass(frozen=True, slots=True)
class _Seat:
    """A place that may be the event's: how well it serves, the word it comes in by, and why."""

    rank: int
    via: int
    place: record.Place
    why: str


@lru_cache(maxsize=1)
def _roles() -> dict[str, str]:
    return dict(read_mapping("gazetteer", "prepositions.tsv"))


@lru_cache(maxsize=1)
def _common() -> dict[str, str]:
    return dict(read_mapping("gazetteer", "common.tsv"))


def event_place(
    parsed: Parsed,
    head: int,
    places: Sequence[record.Place],
    participants: Sequence[tuple[int, int]] = (),
) -> tuple[record.Place | None, str]:
    """The place of the event whose trigger is token `head`, and why it is that one.

    `places` are the article's, in order (`resolve_places`); `participants` are the characters of
    the event's actors and recipients, which are not where it happened merely by being named. The
    reason is "attached", "modifier", "object", "destination", "origin" (weak: "withdrew from X"),
    "clause" or "sentence"; or "dateline" or "dateline's country" where the sentence names no place and
    the article's dateline is all there is (`by_dateline`), which holds only for what can be seen to
    happen. Without any place, (None, "").
    """
    trigger = parsed.doc[head]
    above = _above(trigger)
    seats = list(_seats(parsed, trigger, above, places, participants))
    if seats:
        best = max(seats, key=lambda s: (s.rank, s.place.resolution or 0, -s.place.start))
        best = _finest(best, seats)
        return best.place, best.why
    return by_dateline(parsed, head, places)


def _above(trigger: Token) -> dict[int, int]:
    """The trigger and the words it hangs from, each with what a place there loses."""
    found, cost, t = {trigger.i: 0}, 0, trigger
    while t.head.i != t.i:
        cost += _ABOVE.get(t.dep_, 4 if t.dep_ != "conj" else 12)
        t = t.head
        found[t.i] = cost
    return found


def _seats(
    parsed: Parsed,
    trigger: Token,
    above: dict[int, int],
    places: Sequence[record.Place],
    participants: Sequence[tuple[int, int]],
) -> Iterator[_Seat]:
    sentence = parsed.sentences[parsed.sentence_of[trigger.i]]
    start, end = parsed.chars(sentence.start, sentence.end)
    here = [p for p in places if start <= p.start < end]
    taken: set[int] = set()
    heads: list[tuple[Token, record.Place, int]] = []
    for place in here:
        first, last = parsed.tokens(place.start, place.end)
        taken.update(range(first, last))
        if first <= trigger.i < last or first == last:
            continue
        heads.append((parsed.doc[first:last].root, place, 0))
    for token, place in _implied(parsed, sentence.start, sentence.end, places, taken):
        if token.i != trigger.i:
            heads.append((token, place, 8))
    for token, place, cost in heads:
        party = any(start <= place.start and place.end <= end for start, end in participants)
        seat = _seat(above, token, place, _is_participant(parsed, place, participants), party)
        if seat is not None and seat.rank - cost >= LOWEST:
            yield _Seat(seat.rank - cost, seat.via, place, seat.why)


def _is_participant(parsed: Parsed, place: record.Place, participants: Sequence[tuple[int, int]]) -> bool:
    """Whether the place is itself an actor or recipient, not merely part of what says who they are."""
    for start, end in participants:
        if start <= place.start and place.end <= end:
            first, last = parsed.tokens(start, end)
            inner, outer = parsed.tokens(place.start, place.end)
            if first < last and inner <= parsed.doc[first:last].root.i < outer:
                return True
    return False


def _seat(
    above: dict[int, int], token: Token, place: record.Place, participant: bool, party: bool
) -> _Seat | None:
    """How well a place serves, by the way from it up to the trigger or a word the trigger hangs from."""
    cost, t, inner = 0, token, ""
    steps: list[Token] = []
    while t.i not in above:
        if t.head.i == t.i:
            return None
        steps.append(t)
        if t.dep_ in _INTO and (t.dep_ != "conj" or t.pos_ in ("VERB", "AUX")):
            cost += _INTO[t.dep_]
            # Within a lower clause the way up to its verb has said what there is to say.
            if not inner and t.dep_ in _CLAUSES:
                inner = "clause"
        t = t.head
    if not steps:
        # "Nairobi, where gunmen killed": the trigger's clause tells of the place itself.
        told = any(c.dep_ == "relcl" and c.i in above for c in token.children)
        return _Seat(75, token.i, place, "clause") if told and not participant else None
    anchor, last = t, steps[-1]
    # A capital among the participants is a government.
    state = place.resolution in (1, None) or (participant and place.feature_code == "PPLC")
    claim = _claim(steps, anchor, state, participant, party)
    if claim is None:
        return None
    points, why = claim
    lost = above[anchor.i]
    if why in ("destination", "origin") and max(lost, cost) >= 20:
        # Where another clause's act leads or comes from is not where this one was.
        return None
    if lost >= 40:
        why = "sentence"
    elif cost >= 20:
        why = "lower clause" if why == "attached" else why
    elif lost:
        why = "clause" if why == "attached" else why
    # "Baghdad's Sadr City": what is possessed is nearer than what possesses it.
    rank = points - cost - lost - (1 if token.dep_ == "poss" else 0)
    return _Seat(rank, last.i, place, why) if rank >= LOWEST else None


def _claim(
    steps: list[Token], anchor: Token, state: bool, participant: bool, party: bool
) -> tuple[int, str] | None:
    """What the words between a place and the event's own word make of it: points and a reason.

    `participant`: the place is an actor or recipient; `party`: its name is part of one's.
    """
    if any(s.head.lower_ in beside().will and (s.dep_ == "poss" or s.lower_ == "of") for s in steps):
        return None
    steps, part = _trimmed(steps)
    preps = [s for s in steps if s.dep_ in ("prep", "agent") or s.pos_ == "ADP"]
    last = steps[-1]
    governed = preps and _governs(preps[0], steps)
    if participant and state and not (governed and _role(preps[0]) in GROUND):
        return None
    if not governed:
        return _bare(steps, state, bool(preps))
    role, subject = _role(preps[0]), last.dep_ in SUBJECTS
    if preps[0].lower_ == "of" and len(preps) > 1:
        # "in the suburbs of X", "during the siege of X"; but not "a ban on the sale of the crops of X"
        if _role(preps[1]) == "from" and preps[1].i == last.i and anchor.pos_ == "VERB":
            return 30, "origin"
        return _by_role(_role(preps[1]), 3, state) if len(preps) == 2 else None
    if preps[0].lower_ == "of":
        if subject or (state and party and last.i != preps[0].i):
            # "Met the president of Uganda" may have been anywhere.
            return None
        return (82, "attached") if last.i == preps[0].i else (62, "clause")
    if part and role == "target":
        # "on the outskirts of X"
        return 97, "attached"
    if subject:
        return (72, "clause") if role in GROUND else None
    if len(preps) > 1 and role not in GROUND and _role(preps[-1]) in ("from", "other"):
        return None
    own = len(preps) == 1 and last.i == preps[0].i
    if role == "from" and anchor.pos_ == "VERB":
        # "withdrew from X", "arrested on his return from X"
        return 30, "origin"
    # "sentenced over a riot in X": what a further preposition brings in happened by itself.
    apart = len(preps) > 1 and _role(preps[-1]) in ("from", "other", "above")
    return _by_role(role, 0 if own else 30 if apart else 6, state)


def _role(prep: Token) -> str:
    return _roles().get(prep.lower_, "other")


def _governs(prep: Token, steps: list[Token]) -> bool:
    """Whether the preposition's own noun phrase is the place or holds it: "in Syria's Homs province"."""
    for step in steps:
        if step.head.i == prep.i:
            return True
        if step.dep_ not in WITHIN:
            return False
    return False


def _bare(steps: list[Token], state: bool, below: bool) -> tuple[int, str] | None:
    """The claim of a place that no preposition governs: noun modifier, object, possessor."""
    last = steps[-1]
    if last.dep_ in SUBJECTS or below:
        # A subject is who acts; "the Aleppo rebels" may act in Aleppo.
        return (25, "sentence") if len(steps) > 1 and not state and not below else None
    if len(steps) > 1:
        # "three US soldiers" says whose, "an Aleppo hospital" says where.
        return (72, "modifier") if not state else None
    if last.dep_ in ("compound", "nmod", "amod", "npadvmod"):
        return (90 if not state else 70), "modifier"
    if last.dep_ == "poss":
        return (70 if not state else 45), "modifier"
    if last.dep_ in ("dobj", "nsubjpass", "pobj", "dative"):
        return (84 if not state else 40), "object"
    return 50, "sentence"


def _trimmed(steps: list[Token]) -> tuple[list[Token], bool]:
    """The way up from the noun that says what a place is ("the village of X"), and whether one did."""
    nouns, part = beside(), False
    while len(steps) > 2:
        one, up = steps[0], steps[1]
        of = one.dep_ == "pobj" and up.lower_ == "of" and up.head.pos_ != "ADP"
        if of and up.head.lower_ in nouns.place:
            steps, part = steps[2:], True
        elif one.dep_ in ("compound", "nmod") and up.lower_ in nouns.kind:
            steps = steps[1:]
        else:
            break
    return steps, part


def _by_role(role: str, cost: int, state: bool) -> tuple[int, str] | None:
    if role in ("at", "above"):
        return 100 - cost, "attached"
    if role == "near":
        return 82 - cost, "attached"
    if role == "target":
        return (55 if state else 92) - cost, "attached"
    if role == "goal":
        return 70 - cost, "destination"
    return None


def _finest(best: _Seat, seats: list[_Seat]) -> _Seat:
    """The finest place of those that say the same: nested in one phrase, or in the state that ranks best."""
    level = best.place.resolution or 0
    if best.why != "sentence" and level == 2 and not gazetteer().has(fold(best.place.extracted_place)):
        # A village the gazetteer lacks stands with its region's coordinates; it is fine enough.
        return best
    same = [
        s
        for s in seats
        if (s.place.resolution or 0) > level
        and (s.place.country_code == best.place.country_code or best.place.country_code is None)
        and (
            (s.via == best.via and s.rank >= best.rank - 30)
            or (level <= 2 and s.rank >= FINER and best.place.province in (None, s.place.province))
        )
    ]
    if not same:
        return best
    return max(same, key=lambda s: (s.via == best.via, s.rank, s.place.resolution or 0, -s.place.start))


def _implied(
    parsed: Parsed, first: int, last: int, places: Sequence[record.Place], taken: set[int]
) -> Iterator[tuple[Token, record.Place]]:
    """Places that common nouns stand for: "the French capital", "the Turkish border", "the city"."""
    common = _common()
    for token in parsed.doc[first:last]:
        means = (
            common.get(token.lemma_.lower())
            if token.pos_ in ("NOUN", "PROPN") and token.i not in taken
            else None
        )
        if means is None or any(t.i in taken and t.dep_ != "poss" for t in token.subtree if t.i != token.i):
            continue
        entry = _meant(parsed, token, means, places)
        if entry is not None:
            begin = min(
                [c.i for c in token.children if c.dep_ in ("amod", "compound") and c.i < token.i] or [token.i]
            )
            start, end = parsed.chars(begin, token.i + 1)
            yield (
                token,
                as_place(
                    PlaceMention(start, end, begin, token.i + 1, parsed.text(begin, token.i + 1)), entry
                ),
            )


def _meant(parsed: Parsed, token: Token, means: str, places: Sequence[record.Place]) -> Entry | None:
    """The place a common noun stands for, by the adjective or possessor beside it or what went before."""
    index = gazetteer()
    country: Entry | None = None
    for child in token.children:
        if child.dep_ in ("amod", "compound", "nmod") and fold(parsed.word(child)) in adjectives():
            country = index.entry(adjectives()[fold(parsed.word(child))])
    at = parsed.starts[token.i]
    owner = next((c for c in token.children if c.dep_ == "poss"), None)
    if country is None and owner is not None:
        start = parsed.starts[owner.i]
        named = next((p for p in places if p.start <= start < p.end), None)
        country = country_of(named)
        if country is None:
            return None
    definite = any(c.dep_ == "det" and c.lower_ in ("the", "this") for c in token.children)
    before = [p for p in places if p.start < at and p.lat is not None]
    if means == "capital":
        country = country or (country_of(before[-1]) if definite and before else None)
        return capitals().get(country.country) if country is not None else None
    if country is not None or means == "border":
        return country if means in ("border", "country") else None
    # "the west African nation" is the one just named; "the eastern city" may well be another.
    told = any(c.dep_ in ("amod", "compound", "prep") for c in token.children) and means != "country"
    if not definite or not before or told:
        return None
    level = {"city": 4, "province": 2, "country": 1}[means]
    for place in reversed(before):
        if place.resolution == level and place.geonameid is not None:
            return next((e for e in index.find(place.resolved_place or "") if e.id == place.geonameid), None)
    return country_of(before[-1]) if means == "country" else None
