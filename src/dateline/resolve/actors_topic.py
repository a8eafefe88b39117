"""Whose a body or a spokesman is of whom nothing is told: "the army", "an official said".

Of the one who speaks of it, then of whom the sentences before are about, then of the country that
the article is written in.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator

from spacy.tokens import Token

from dateline.article import ZoneKind
from dateline.knowledge import codebook
from dateline.knowledge.actors.entries import Form, Kind
from dateline.mentions.actors import ActorMention
from dateline.resolve.actors_memory import Memory
from dateline.resolve.actors_referents import STATE, Referent
from dateline.resolve.coreference import SENTENCE, SUBJECTS

# How many sentences back a topic holds.
REACH = 2
# A country named stands out more than one of whose people or bodies is told.
NAMED_COUNTRY = 1.0
# Where something is done is a place, more likely than who does it.
NAMED_PLACE = 3.0
AGAINST = frozenset({"with", "against", "to"})
WITH_OFFICIALS = STATE | codebook.group("with officials")


class Topic:
    """Finds the owner that an article leaves to be understood; `home` is its dateline's country (code).

    `speaker_of` gives the head token of who says the words in which a token stands.
    """

    def __init__(
        self, memory: Memory, home: str | None, speaker_of: Callable[[int], int | None] | None
    ) -> None:
        self._memory, self._home, self._speaker_of = memory, home, speaker_of
        zones = memory.parsed.article.zones
        self._paragraphs = [z.start for z in zones if z.kind is not ZoneKind.FURNITURE]

    def code(self, mention: ActorMention) -> str | None:
        """The country of a state's body or office: "the army", "the government"."""
        token = self._memory.parsed.doc[mention.head]
        against = self._dealt_with(token)
        for found in (self._governing(token), self._fronted(token), self._opposed(token)):
            if found is not None:
                return found
        home = self._home
        for sentence, referent in self._subjects(mention.head):
            if home is not None and not self._one_paragraph(sentence, mention.head):
                break
            if self._state(referent) and referent.code not in against:
                return referent.code
        return home if home not in against else None

    def voice(self, mention: ActorMention) -> Referent | None:
        """The body for which a spokesman or official of nobody speaks."""
        for _, referent in self._subjects(mention.head):
            named = referent.kind in (Kind.ORGANISATION, Kind.GROUP)
            if named and (referent.code or referent.name) and referent.sector in WITH_OFFICIALS:
                return referent
            if self._state(referent) and referent.sector in STATE:
                return self._memory.country(referent.code)
        return None

    def country(self, head: int) -> Referent | None:
        """The country that "the country" is: of those in the last sentences the one that stands out most."""
        here = self._memory.discourse.sentence(head)
        token = self._memory.parsed.doc[head]
        own, where = self._own(token), token.dep_ == "pobj" and token.head.lower_ == "in"
        best: tuple[float, int] | None = None
        found: Referent | None = None
        for sentence, spoken in self._memory.discourse.before(head):
            if here - sentence > REACH and found is not None:
                break
            for one in spoken:
                for referent in one.referents:
                    weight = one.weight + (NAMED_COUNTRY if referent.kind is Kind.COUNTRY else 0.0)
                    if where and sentence == here and self._memory.parsed.doc[one.head].dep_ == "pobj":
                        # "Sent troops to Mali … in the west African nation": where something goes on.
                        weight += NAMED_PLACE
                    key = (weight - SENTENCE * (here - sentence), one.head)
                    if referent.code in own:
                        continue
                    if self._state(referent) and (best is None or key > best):
                        best, found = key, self._memory.country(referent.code)
        return found

    def _own(self, token: Token) -> frozenset[str | None]:
        """The countries that do something to "the country" in its own clause."""
        for above in token.ancestors:
            if above.pos_ in ("VERB", "AUX"):
                subject = next((c for c in above.lefts if c.dep_ in SUBJECTS and c.i != token.i), None)
                found = self._memory.resolve(subject.i) if subject is not None else ()
                return frozenset(r.code for r in found)
        return frozenset()

    def _state(self, referent: Referent) -> bool:
        return self._memory.book.country(referent.code) is not None

    def _subjects(self, head: int) -> Iterator[tuple[int, Referent]]:
        """The actors spoken of before a token: of the nearest sentence first, and subjects first."""
        here = self._memory.discourse.sentence(head)
        for sentence, spoken in self._memory.discourse.before(head):
            if here - sentence > REACH:
                return
            for one in sorted(spoken, key=lambda s: (-s.weight, s.head)):
                if len(one.referents) == 1 and not (sentence == here and self._quoted(one.head)):
                    yield sentence, one.referents[0]

    def _quoted(self, head: int) -> bool:
        """Whether the words are somebody's own, and so no topic of who says them."""
        return self._speaker_of is not None and self._speaker_of(head) is not None

    def _one_paragraph(self, sentence: int, head: int) -> bool:
        parsed = self._memory.parsed
        begin = parsed.starts[parsed.sentences[sentence].start]
        return bisect_right(self._paragraphs, begin) == bisect_right(self._paragraphs, parsed.starts[head])

    def _dealt_with(self, token: Token) -> frozenset[str | None]:
        """The countries a subject acts on, and so is not of: "the ministry summoned the French envoy"."""
        if token.dep_ not in SUBJECTS:
            return frozenset()
        hits = self._memory.hits
        codes: set[str | None] = set()
        for child in token.head.rights:
            if child.dep_ in ("dobj", "dative") or (child.dep_ == "prep" and child.lower_ in AGAINST):
                inside = (hits[t.i].known for t in child.subtree if t.i in hits)
                codes.update(known.terms[0].code for known in inside if known.kind is Kind.COUNTRY)
        return frozenset(codes)

    def _governing(self, token: Token) -> str | None:
        """The country of who says or orders it: "Niger's president said the army would come"."""
        own = True
        for above in token.ancestors:
            if above.pos_ not in ("VERB", "AUX"):
                continue
            for child in above.lefts:
                if child.dep_ in SUBJECTS and not own:
                    code = self._code_of(child.i)
                    if code is not None:
                        return code
            own = False
        return None

    def _fronted(self, token: Token) -> str | None:
        """The country of a place that opens the clause: "In Lima, parliament …"."""
        verb = token.head
        for prep in verb.lefts if token.dep_ in SUBJECTS else ():
            if prep.dep_ == "prep" and prep.lower_ == "in" and prep.i < token.i:
                for inner in prep.rights:
                    hit = self._memory.hits.get(inner.i)
                    if hit is not None and hit.known.kind is Kind.COUNTRY and hit.hit.form is not Form.PEOPLE:
                        return hit.known.terms[0].code
                    code = self._memory.place_code.get(inner.i)
                    if code is not None:
                        return code
        return None

    def _opposed(self, token: Token) -> str | None:
        """The country of people who deal with their own: "the bishop accused the police"."""
        if token.dep_ in SUBJECTS or token.head.pos_ not in ("VERB", "AUX"):
            return None
        for child in token.head.lefts:
            if child.dep_ in SUBJECTS:
                found = self._memory.resolve(child.i)
                if len(found) == 1 and found[0].kind in (Kind.PERSON, Kind.PEOPLE, Kind.GROUP):
                    return found[0].code if self._state(found[0]) else None
        return None

    def _code_of(self, head: int) -> str | None:
        found = self._memory.resolve(head)
        codes = {r.code for r in found if self._state(r)}
        return codes.pop() if len(codes) == 1 else None
