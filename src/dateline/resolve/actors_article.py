"""The actors of one article, read once from front to back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from spacy.tokens import Token

from dateline.knowledge.actors.book import ActorBook
from dateline.knowledge.actors.entries import Kind
from dateline.language.parsed import Parsed
from dateline.mentions.actor_hints import Hints
from dateline.mentions.actor_names import NameHit, name_hits
from dateline.mentions.actors import ActorMention, find_actors
from dateline.record import Entity, Place
from dateline.resolve.actors_learn import aliases
from dateline.resolve.actors_memory import Memory, Referents
from dateline.resolve.actors_names import Names
from dateline.resolve.actors_nouns import Nouns
from dateline.resolve.actors_owners import Owners
from dateline.resolve.actors_referents import Referent
from dateline.resolve.coreference import Discourse, antecedent, distinct
from dateline.resolve.places_dateline import dateline_place

Speaker = Callable[[int], int | None]


class ArticleActors:
    """The actors of an article; everything is resolved once, when this is made.

    `speaker_of` gives, for a token inside a quotation, the head token of who is speaking;
    `places` are the article's resolved places, which tell the country of a town.
    `mentions` are the phrases that may name an actor, in the order of their heads.
    """

    def __init__(
        self,
        parsed: Parsed,
        book: ActorBook,
        speaker_of: Speaker | None = None,
        places: Sequence[Place] = (),
    ) -> None:
        hits = name_hits(parsed, book)
        self.mentions: list[ActorMention] = find_actors(parsed, book, hits)
        self._memory = Memory(
            parsed,
            book,
            hits,
            {m.head: m for m in self.mentions},
            {parsed.tokens(p.start, p.end)[1] - 1: p.country_code for p in places},
            self._resolve,
            Discourse(parsed.doc, parsed.sentence_of),
        )
        self._hints = Hints(parsed, hits, parsed.tree.lower)
        self._memory.countries = self._countries(hits)
        owners = Owners(self._memory)
        self._names = Names(self._memory, owners, aliases(parsed, self.mentions))
        home = dateline_place(parsed, places)
        self._nouns = Nouns(self._memory, owners, home.country_code if home else None, speaker_of)
        self._speaker_of = speaker_of
        self._at: dict[int, Referents] = {}
        self._open: set[int] = set()
        self._read()

    @cached_property
    def heads(self) -> frozenset[int]:
        """The tokens for which `at` gives an entity: heads of phrases, and adjectives and names in them."""
        hits, mentions = self._memory.hits, self._memory.mentions
        named = {i for i in hits if i not in mentions}
        return frozenset(named.union(head for head, referents in self._at.items() if referents))

    def at(self, head: int) -> tuple[Entity, ...]:
        """The entities that the noun phrase headed by token `head` means; () for what is no actor.

        `head` may also be a word inside a name, or an adjective such as "French".
        """
        memory = self._memory
        mention = memory.mentions.get(head)
        if mention is not None:
            return tuple(r.entity(mention) for r in self._at[head])
        hit = memory.hits.get(head)
        if hit is None:
            return ()
        inner = memory.mentions.get(memory.parsed.doc[head].head.i)
        if inner is not None and inner.named is hit:
            return self.at(inner.head)
        return tuple(r.entity(_mention_of(memory.parsed, hit)) for r in memory.of_hit(hit))

    def is_country(self, entity: Entity) -> bool:
        """Whether it is a state itself, not a body or official of its."""
        known = self._memory.book.country(entity.code)
        return known is not None and known.name == entity.identifier_text

    def entities(self) -> list[tuple[Referent, list[ActorMention]]]:
        """The article's actors, each with its mentions, both in the order of the text."""
        mentions: dict[int, list[ActorMention]] = {}
        for mention in self.mentions:
            for referent in self._at[mention.head]:
                mentions.setdefault(referent.id, []).append(mention)
        return [(self._memory.referents[number], found) for number, found in mentions.items()]

    def _countries(self, hits: dict[int, NameHit]) -> list[str]:
        """The codes of the countries that it tells of; "anti-Syrian" and "ethnic Turks" tell of none.

        An article that names no country by itself tells of those in the names of bodies: "the National
        Union of Teachers of Ghana".
        """
        told = [hit for hit in hits.values() if self._hints.tells(hit)]
        named = {hit.known.terms[0].code for hit in told if hit.known.kind is Kind.COUNTRY}
        found = named or {code for hit in told if (code := self._in_name(hit)) is not None}
        return sorted(code for code in found if code is not None)

    def _in_name(self, hit: NameHit) -> str | None:
        """The country whose name stands in a longer one, where the body is of that country."""
        code, places = hit.known.terms[0].code, self._memory.place_code
        return code if code in {places.get(i) for i in range(hit.first, hit.last)} else None

    def _read(self) -> None:
        memory = self._memory
        for token in memory.parsed.doc:
            mention = memory.mentions.get(token.i)
            if mention is not None:
                referents = self._resolve(token.i)
                plural = mention.plural or token.dep_ == "conj"
                memory.discourse.add(token.i, self._joined(token, referents), plural)
            elif token.pos_ == "NOUN" and token.dep_ not in ("compound", "nmod", "npadvmod"):
                memory.discourse.add(token.i, (), token.tag_ == "NNS", self._authors(token))

    def _authors(self, token: Token) -> Referents | None:
        """Whose a plan or decision is, by its own phrase: "a Ugandan plan"; None for any other thing."""
        memory = self._memory
        if token.lemma_.lower() not in memory.words.proposals:
            return None
        for child in token.lefts:
            if child.dep_ == "poss":
                return self._resolve(child.i)
            hit = memory.hits.get(child.i)
            if hit is not None and child.dep_ in ("amod", "compound", "nmod") and self._hints.tells(hit):
                return memory.of_hit(hit)
        return ()

    def _joined(self, token: Token, referents: Referents) -> Referents:
        """The last of "X and Y" speaks of both, so that they can be one "they"."""
        if token.dep_ != "conj":
            return referents
        first = token.head
        while first.dep_ == "conj":
            first = first.head
        return distinct([*self._at.get(first.i, ()), *referents])

    def _resolve(self, head: int) -> Referents:
        if head in self._at:
            return self._at[head]
        mention = self._memory.mentions.get(head)
        if mention is None or head in self._open:
            return ()
        self._open.add(head)
        referents = self._meaning(mention)
        self._open.discard(head)
        self._at[head] = referents
        return referents

    def _meaning(self, mention: ActorMention) -> Referents:
        if mention.kind == "pronoun":
            return self._pronoun(mention)
        if mention.part is not None:
            whole = self._resolve(mention.part)
            if whole or mention.role is None:
                return whole
        renamed = self._names.renamed(mention)
        if renamed is not None:
            return (renamed,)
        other = self._names.described(mention)
        if mention.kind == "name":
            return self._names.meaning(mention, other)
        if other is not None and other.head not in self._open:
            return self._resolve(other.head)
        beside = self._names.beside(mention)
        found = self._resolve(beside.head) if beside is not None and beside.head not in self._open else ()
        return found or self._nouns.meaning(mention)

    def _pronoun(self, mention: ActorMention) -> Referents:
        memory = self._memory
        pronoun = memory.words.pronouns[memory.parsed.word(mention.head).lower()]
        if pronoun.person == "r":
            noun = antecedent(memory.parsed.doc[mention.head])
            return self._resolve(noun) if noun is not None and noun < mention.head else ()
        if pronoun.person == "1":
            speaker = self._speaker_of(mention.head) if self._speaker_of else None
            return self._resolve(speaker) if speaker is not None else ()
        found = memory.discourse.pronoun(mention.head, pronoun.gender, pronoun.number == "p")
        return found or self._ahead(mention.head, pronoun.gender)

    def _ahead(self, head: int, gender: str) -> Referents:
        """The subject that a possessive looks forward to: "In his speech, President Mbeki said"."""
        token = self._memory.parsed.doc[head]
        verb = token.sent.root
        if token.tag_ != "PRP$" or verb.i < head:
            return ()
        subject = next((c for c in verb.lefts if c.dep_ == "nsubj" and c.i > head), None)
        if subject is None or subject.pos_ == "PRON":
            return ()
        found = self._resolve(subject.i)
        person = len(found) == 1 and found[0].kind is Kind.PERSON
        return found if person == (gender in ("m", "f")) else ()


def _mention_of(parsed: Parsed, hit: NameHit) -> ActorMention:
    start, end = parsed.chars(hit.first, hit.last)
    text = parsed.text(hit.first, hit.last)
    return ActorMention(start, end, hit.first, hit.last, hit.last - 1, text, "name", text, hit)
