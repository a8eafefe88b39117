"""Which actor a pronoun or a noun of reference stands for.

Salience as in Lappin and Leass (1994), reduced to what news needs: agreement in number, gender and
kind first; then the nearest sentence, subjects before objects before the rest, what has been
spoken of last. Nothing is looked for further back than three sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from spacy.tokens import Doc, Token

from dateline.knowledge.actors.entries import Kind
from dateline.knowledge.reference import reference
from dateline.resolve.actors_referents import STATE, Referent

Referents = tuple[Referent, ...]

REACH = 3
SENTENCE = 4.0
SUBJECT = 3.0
OBJECT = 1.0
SAME_CLAUSE_SPEAKER = 2.0
KNOWN_GENDER = 2.0
PARALLEL = 0.5
# What one does to "them" who were done something in the clause that it is joined to: parallel roles
# (Smyth 1994, "Grammatical determinants of ambiguous pronoun resolution").
PARALLEL_OBJECT = 2.5
# "They" are rather several than a body.
MANY = 2.0
# A thing that is no actor must stand out more to be what "it" means.
THING = 1.5
# Those who merely report are seldom spoken of again.
OUTLET = 2.5
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
OBJECTS = frozenset({"dobj", "dative", "agent"})
CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "conj", "relcl", "acl", "pcomp"})
BODIES = frozenset({Kind.COUNTRY, Kind.ORGANISATION, Kind.GROUP})
TIMES = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "CARDINAL", "QUANTITY", "ORDINAL"})


@dataclass(frozen=True, slots=True)
class Spoken:
    """A place in the text where actors (or, with none, a thing) are spoken of: its head and its weight.

    `authors` are those whose a plan or decision is; None for any other thing.
    """

    head: int
    token: Token
    sentence: int
    weight: float
    subject: bool
    referents: Referents
    plural: bool
    authors: Referents | None = None


class Discourse:
    """What has been spoken of so far, in the order of the text."""

    def __init__(self, doc: Doc, sentence_of: Sequence[int]) -> None:
        self._doc = doc
        self._sentence_of = sentence_of
        self._spoken: list[Spoken] = []

    def add(self, head: int, referents: Referents, plural: bool, authors: Referents | None = None) -> None:
        """The phrase headed by token `head` speaks of these; of none where it is a thing, and then of
        its `authors` where it is a plan or decision."""
        token = self._doc[head]
        if not referents and token.ent_type_ in TIMES:
            return
        top = first_of(token)
        weight = SUBJECT if top.dep_ in SUBJECTS else OBJECT if top.dep_ in OBJECTS else 0.0
        if not referents:
            weight -= THING
        if any(r.sector == "JRN" for r in referents):
            weight -= OUTLET
        subject = top.dep_ in SUBJECTS
        self._spoken.append(
            Spoken(head, token, self._sentence_of[head], weight, subject, referents, plural, authors)
        )

    def sentence(self, head: int) -> int:
        """The number of a token's sentence."""
        return self._sentence_of[head]

    def before(self, head: int) -> Iterator[tuple[int, list[Spoken]]]:
        """Where actors are spoken of before a token: the number of each sentence, the last one first."""
        spoken = (s for s in reversed(self._spoken) if s.head < head and s.referents)
        for sentence, found in groupby(spoken, key=lambda s: s.sentence):
            yield sentence, list(found)[::-1]

    def several(self, head: int) -> Referents:
        """The people of different countries who were last spoken of together, before token `head`."""
        here = self._sentence_of[head]
        for spoken in reversed(self._spoken):
            if here - spoken.sentence > REACH:
                break
            people = all(r.kind in (Kind.PERSON, Kind.PEOPLE) for r in spoken.referents)
            if spoken.head < head and people and len({r.code for r in spoken.referents} - {None}) > 1:
                return spoken.referents
        return ()

    def recent(self, head: int, fits: Callable[[Referent], bool]) -> Referent | None:
        """The actor spoken of last, before token `head`, that fits."""
        for spoken in reversed(self._spoken):
            if spoken.head < head:
                for referent in spoken.referents:
                    if fits(referent):
                        return referent
        return None

    def salient(self, head: int, fits: Callable[[Referent], bool], wanted: int) -> Referents:
        """The `wanted` most salient different actors before token `head` that fit, in text order."""
        here = self._sentence_of[head]
        best: dict[int, tuple[float, int, Referent]] = {}
        codes: set[str] = set()
        for spoken in self._spoken:
            if spoken.head >= head or here - spoken.sentence > REACH:
                continue
            for referent in spoken.referents:
                if not fits(referent):
                    continue
                score = spoken.weight - SENTENCE * (here - spoken.sentence)
                old = best.get(referent.id)
                if old is None or score >= old[0]:
                    best[referent.id] = (score, spoken.head, referent)
        ranked = sorted(best.values(), key=lambda item: (-item[0], -item[1]))
        chosen: list[tuple[float, int, Referent]] = []
        for item in ranked:
            code = item[2].code
            if code is not None and code in codes:
                continue
            if code is not None:
                codes.add(code)
            chosen.append(item)
        if len(chosen) < wanted:
            return ()
        return tuple(r for _, _, r in sorted(chosen[:wanted], key=lambda item: item[1]))

    def pronoun(self, head: int, gender: str, plural: bool) -> Referents:
        """Whom a pronoun of the third person stands for; () for a thing or nobody."""
        token = self._doc[head]
        if gender == "n" and dummy(token):
            return ()
        here = self._sentence_of[head]
        if gender == "n" and token.dep_ in ("dobj", "nsubjpass", "pobj"):
            words, verb = reference(), (token.head.head if token.dep_ == "pobj" else token.head).lemma_
            judged = self._judged(token) if verb in words.judging | words.deciding else None
            if judged is not None:
                return judged.authors or ()
            if verb in words.deciding | words.making:
                # What is denied, signed or reopened is a thing.
                return ()
        beside = self._beside(token)
        # "It" is a town only where something is done to it.
        place = token.dep_ == "dobj"
        states = self._states(beside.values()) if gender in ("", "n") else frozenset()
        best: tuple[float, int] | None = None
        found: Referents = ()
        for spoken in reversed(self._spoken):
            distance = here - spoken.sentence
            if distance > REACH:
                break
            meant = self._meant(spoken, gender, plural, place) if spoken.head < head else None
            if meant is None or any(r.id in beside for r in meant):
                continue
            if states and any(r.sector in STATE and r.code in states for r in meant):
                # "Troops pursued them": not their own side.
                continue
            other = self._doc[spoken.head]
            if self._inside(token, other) or (spoken.head in beside.values()):
                continue
            score = spoken.weight - SENTENCE * distance
            if distance == 0 and _speaks(other, token):
                score += SAME_CLAUSE_SPEAKER
            if gender in ("m", "f") and any(r.gender == gender for r in meant):
                score += KNOWN_GENDER
            if token.dep_ in SUBJECTS and spoken.subject:
                score += PARALLEL
            if (
                token.dep_ == other.dep_ == "dobj"
                and token.head.dep_ == "conj"
                and token.head.head == other.head
            ):
                score += PARALLEL_OBJECT
            if plural and (spoken.plural or len(meant) > 1):
                score += MANY
            key = (score, spoken.head)
            if best is None or key > best:
                best, found = key, meant
        for referent in found:
            if gender in ("m", "f") and not referent.gender:
                referent.gender = gender
        return found

    def _judged(self, token: Token) -> Spoken | None:
        """The plan or decision that an "it" means which is backed or rejected."""
        here = self._sentence_of[token.i]
        for spoken in reversed(self._spoken):
            if here - spoken.sentence > REACH:
                return None
            if spoken.authors is not None and not spoken.plural and spoken.head < token.i:
                return spoken
        return None

    def _beside(self, token: Token) -> dict[int, int]:
        """The actors that share a verb with a pronoun, which so cannot be them, with their heads."""
        verb = _verb(token)
        if verb is None or token.tag_ != "PRP" or token.lower_.endswith(("self", "selves")):
            return {}
        beside: dict[int, int] = {}
        # "police fired and detained them": the subject is that of both verbs.
        doer = _doer(verb) if token.dep_ not in SUBJECTS else None
        for spoken in reversed(self._spoken):
            if spoken.sentence != self._sentence_of[token.i]:
                break
            other = self._doc[spoken.head]
            if spoken.head != token.i and (
                _verb(other) == verb or (doer is not None and first_of(other) == doer)
            ):
                # A thing has no number of its own.
                beside[-1 - spoken.head] = spoken.head
                beside.update((r.id, spoken.head) for r in spoken.referents)
        return beside

    def _states(self, heads: Iterable[int]) -> frozenset[str]:
        """The countries of which these are the state's bodies."""
        heads = set(heads)
        return frozenset(
            r.code
            for s in self._spoken
            if s.head in heads
            for r in s.referents
            if r.code is not None and r.sector in STATE
        )

    def _meant(self, spoken: Spoken, gender: str, plural: bool, place: bool) -> Referents | None:
        """Those spoken of whom the pronoun can stand for; None where it cannot, () for a thing."""
        referents = spoken.referents
        if plural:
            fits = spoken.plural or len(referents) > 1
            fits = fits or any(r.kind in (Kind.GROUP, Kind.ORGANISATION) for r in referents)
            return referents if fits else None
        if not referents:
            return () if gender == "n" and not spoken.plural else None
        if gender == "n":
            kinds = BODIES | {Kind.PEOPLE} if place else BODIES
            return (
                referents
                if len(referents) == 1 and not spoken.plural and referents[0].kind in kinds
                else None
            )
        people = [r for r in referents if r.kind is Kind.PERSON]
        if len(people) > 1:
            people = [r for r in people if r.gender == gender]
        if len(people) == 1 and people[0].gender in ("", gender):
            return (people[0],)
        return None

    def _inside(self, token: Token, other: Token) -> bool:
        """Whether the pronoun stands inside the other phrase: "the warplane it shot down".

        What is coordinated with a phrase is not inside it: "the president and his wife".
        """
        node = token
        while node.head.i != node.i:
            if node.head.i == other.i:
                return bool(node.dep_ != "conj")
            node = node.head
        return False


def first_of(token: Token) -> Token:
    """The first member of the coordination that the token is in."""
    while token.dep_ == "conj" and token.head.i < token.i:
        token = token.head
    return token


def antecedent(token: Token) -> int | None:
    """The noun that a relative pronoun stands for."""
    for ancestor in token.ancestors:
        if ancestor.dep_ == "relcl":
            return int(ancestor.head.i)
    return None


def dummy(token: Token) -> bool:
    """Whether "it" stands for nothing: "it is clear that", "it remains to be seen"."""
    verb = token.head
    if token.dep_ not in SUBJECTS or verb.lemma_ not in reference().dummy_verbs:
        return False
    if any(c.lower_ in reference().minds for c in verb.rights):
        return False
    if any(c.dep_ in ("ccomp", "xcomp", "csubj") or c.tag_ == "WDT" for c in verb.rights):
        return True
    complements = [c for c in verb.rights if c.dep_ in ("acomp", "attr", "oprd")]
    return any(g.dep_ in ("xcomp", "ccomp", "relcl") for c in complements for g in c.rights) or any(
        c.ent_type_ in TIMES for c in complements
    )


def _verb(token: Token) -> Token | None:
    """The verb whose argument the token is, if it is one."""
    if token.dep_ in SUBJECTS or token.dep_ in OBJECTS:
        return token.head
    if token.dep_ == "pobj":
        above = token.head.head
        if above.pos_ in ("VERB", "AUX"):
            return above
        if token.head.lower_ == "of" and above.i != token.i:
            # "killed two of them"
            return _verb(above)
    return None


def _doer(verb: Token) -> Token | None:
    """The subject of a verb, its own or the one it shares: "began to shell", "came and shelled"."""
    while True:
        own = next((c for c in verb.lefts if c.dep_ in SUBJECTS), None)
        if own is not None or verb.dep_ not in ("conj", "xcomp", "advcl", "pcomp") or verb.head.i == verb.i:
            return own
        above = verb.head
        if verb.dep_ == "xcomp":
            controller = next((c for c in above.rights if c.dep_ == "dobj"), None)
            if controller is not None:
                return controller
        verb = above.head if above.dep_ == "prep" else above


def _speaks(other: Token, token: Token) -> bool:
    """Whether `other` is the subject of the verb whose complement clause holds the token."""
    other = first_of(other)
    if other.dep_ not in SUBJECTS:
        return False
    clause = clause_of(token)
    while clause is not None and clause.dep_ in CLAUSES:
        if clause.dep_ == "ccomp" and (other.head == clause.head or other == _doer(clause.head)):
            return True
        clause = clause.head
    return False


def clause_of(token: Token) -> Token | None:
    """The verb of the clause that the token is in."""
    for ancestor in token.ancestors:
        if ancestor.pos_ in ("VERB", "AUX"):
            return ancestor
    return None


def distinct(referents: Iterable[Referent]) -> Referents:
    """The referents without repetition."""
    return tuple({r.id: r for r in referents}.values())
