"""Whose an actor is, by what its own phrase says: possessor, adjective, "of", "in"."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.knowledge.actors.entries import Kind
from dateline.mentions.actors import ActorMention
from dateline.resolve.actors_memory import Memory, Referents
from dateline.resolve.actors_referents import Referent
from dateline.resolve.coreference import distinct

# Stands beside any other sector (PLOVER manual, "Partially recognized (disputed) entities").
PARTIAL = "PRE"
PLACED = frozenset({"in", "near"})


class Owners:
    """Reads the hints of a mention."""

    def __init__(self, memory: Memory) -> None:
        self._memory, self._doc, self._words = memory, memory.parsed.doc, memory.words

    def sector(self, said: ActorMention, owners: Sequence[Referent]) -> tuple[str | None, tuple[str, ...]]:
        """The sector of a role, and further ones; those who merely belong take their organisation's."""
        role = said.role
        owner = owners[0] if owners else None
        own = role.sector if role else None
        others = list(role.other_sectors) if role else []
        if owner is not None and owner.sector and owner.kind is not Kind.COUNTRY:
            if self._takes_sector(said, owner):
                others = [*owner.other_sectors, *others]
                own = owner.sector
            elif owner.kind is not Kind.PERSON and owner.sector not in (own, "UNK"):
                others.append(owner.sector)
        elif owner is not None:
            own = own or owner.sector
            others += [s for s in (owner.sector,) if s == PARTIAL]
        return own, tuple(dict.fromkeys(s for s in others if s and s != own))

    def _takes_sector(self, said: ActorMention, owner: Referent) -> bool:
        """Whether a kind of people is, by sector, what its organisation is: officials, a group's fighters."""
        if said.role is None or said.role.sector is None:
            return True
        if said.role.code is not None or owner.sector == "UNK":
            return False
        lemma = self._doc[said.head].lemma_.lower()
        if owner.kind is Kind.PEOPLE:
            return lemma in self._words.staff and owner.name is None
        return lemma in self._words.staff or (owner.name is not None and lemma in self._words.members)

    def of(self, mention: ActorMention) -> Referents:
        """Whose the actor is, by what the phrase itself says."""
        modifiers: list[Referent] = []
        for hint in mention.hints:
            if hint.how == "mod" and hint.hit is not None:
                modifiers = [*self._memory.of_hit(hint.hit), *modifiers]
        modifiers += self._people_before(mention)
        if not modifiers and not any(hint.how == "poss" for hint in mention.hints):
            modifiers += self._town_before(mention)
        countries = [r for r in modifiers if r.kind is Kind.COUNTRY]
        rest = [r for r in modifiers if r.kind is not Kind.COUNTRY]
        for how in self._ways(mention):
            if modifiers and not all(r.kind is Kind.PEOPLE and r.code is None for r in modifiers):
                break
            if how == "of" and self._doc[mention.head].lemma_.lower() in self._words.against:
                continue
            for hint in mention.hints:
                if hint.how == how:
                    found = self._hinted(hint.head, how)
                    countries += found
                    modifiers += found
        if rest:
            coded = [r for r in rest if r.code]
            if coded and coded[0].kind is not Kind.PEOPLE:
                return (coded[0],)
            if countries and rest[0].kind is Kind.PEOPLE:
                return tuple(countries)
            return (rest[0],)
        if not countries and not modifiers:
            return self._shared(mention)
        return distinct(countries)

    def _ways(self, mention: ActorMention) -> tuple[str, ...]:
        """The kinds of hints that count: what is only near says nothing of those who may be guests."""
        role = mention.role
        if (
            role is not None
            and role.title
            and role.sector == "GOV"
            and mention.plural
            and not mention.definite
        ):
            # "Several ministers in Cairo" may be guests.
            return ("poss", "of")
        if role is None or role.title or role.sector == "GOV":
            return ("poss", "of", "in")
        return ("poss", "of", "in", "near")

    def _people_before(self, mention: ActorMention) -> list[Referent]:
        """People by whose name the actor goes: "the Bush administration"."""
        if mention.kind == "name":
            return []
        found = []
        for child in self._doc[mention.head].lefts:
            if child.dep_ == "compound" and child.pos_ == "PROPN" and child.i not in self._memory.hits:
                referent = self._memory.called.get(child.text) or self._memory.holder_called(child.text)
                if referent is not None and referent.code:
                    found.append(referent)
        return found

    def _town_before(self, mention: ActorMention) -> Referents:
        """The country of a town in the phrase: "Shanghai police"."""
        for i in range(mention.first, mention.head + (mention.kind == "name")):
            country = self._memory.book.country(self._memory.place_code.get(i))
            if i in self._memory.hits:
                continue
            if country is not None and (mention.kind == "nominal" or mention.last - mention.first > 1):
                return (self._memory.of_known(country),)
        return ()

    def _shared(self, mention: ActorMention) -> Referents:
        """The owners of the phrase it is coordinated with: "the Ugandan army and police"."""
        token = self._doc[mention.head]
        if (
            token.dep_ != "conj"
            or mention.role is None
            or any(c.dep_ in ("det", "poss") for c in token.lefts)
        ):
            return ()
        first = self._memory.mentions.get(token.head.i)
        if first is None or first.role is None or first.kind != "nominal":
            return ()
        return self.of(first)

    def _hinted(self, head: int, how: str) -> Referents:
        found = self._memory.resolve(head)
        if found and how not in PLACED:
            return found
        known = [self._memory.book.country(r.code) for r in found]
        if any(known):
            return distinct(self._memory.of_known(k) for k in known if k is not None)
        code = self._memory.place_code.get(head)
        if code is not None:
            country = self._memory.book.country(code)
            if country is not None:
                return (self._memory.of_known(country),)
        token = self._doc[head]
        if how in PLACED or token.pos_ == "PROPN":
            # "in the Tunisian town of Sousse": the country is told inside the phrase.
            for i in range(token.left_edge.i, min(token.right_edge.i + 1, head + 6)):
                hit = self._memory.hits.get(i)
                if hit is not None and hit.known.kind is Kind.COUNTRY:
                    return self._memory.of_hit(hit)
        return ()
