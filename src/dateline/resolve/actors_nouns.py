"""Who is meant by a common noun: a title, a kind of people, or a noun that refers back."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from dateline.knowledge import codebook
from dateline.knowledge.actors.entries import Kind, Known, Role
from dateline.mentions.actors import ActorMention
from dateline.resolve.actors_memory import Memory, Referents
from dateline.resolve.actors_owners import Owners
from dateline.resolve.actors_pairs import CHALLENGERS, Pairs, side_of
from dateline.resolve.actors_referents import STATE, Referent, is_body
from dateline.resolve.actors_topic import Topic
from dateline.resolve.coreference import distinct

PAIRED = frozenset({"pair-country", "pair-any"})
# Of whose bodies an article speaks without saying whose they are.
BODIES_AT_HOME = STATE | codebook.group("parties")


class Nouns:
    """Resolves phrases whose head is a common noun."""

    def __init__(
        self,
        memory: Memory,
        owners: Owners,
        home: str | None = None,
        speaker_of: Callable[[int], int | None] | None = None,
    ) -> None:
        self._memory, self._owners = memory, owners
        self._pairs, self._topic = Pairs(memory.discourse), Topic(memory, home, speaker_of)
        self._doc, self._words = memory.parsed.doc, memory.words

    def meaning(self, mention: ActorMention) -> Referents:
        """Whom the phrase means: those it refers back to, or a kind of people of whoever it tells."""
        token = self._doc[mention.head]
        lemma = token.lemma_.lower()
        classes = self._words.nouns.get(lemma, frozenset())
        if mention.role is not None and mention.role.facility and self._made(token):
            return ()
        region = self._region(mention)
        if region is not None:
            return (region,)
        owners = self._owners.of(mention)
        if mention.plural and not owners and self._two(mention, classes):
            pair = self._pair(mention, classes)
            if pair or classes & PAIRED:
                return pair
        if owners and self._words.opposite(lemma) and any(h.how in ("poss", "of") for h in mention.hints):
            return self._opposite(mention, owners[0])
        if mention.plural and mention.definite and not owners and "pair-person" in classes:
            several = self._memory.discourse.several(mention.head) or self._pairs.best(token, _person)
            if several:
                return several
        if "country" in classes and all(o.kind is Kind.COUNTRY or o.code for o in owners):
            return self._country(mention, owners)
        if not owners and mention.definite:
            earlier = self._earlier(mention, lemma, classes)
            if earlier is not None:
                return (earlier,)
        if not owners and lemma in self._words.voices and self._unowned(mention):
            voice = self._same_voice(mention, lemma) or self._topic.voice(mention)
            owners = (voice,) if voice is not None else ()
        if mention.role is None and (not owners or not self._belongs(lemma)):
            return ()
        if len(owners) > 1 and not all(o.kind is Kind.COUNTRY for o in owners):
            owners = owners[:1]
        return distinct(self._kind(mention, lemma, owner) for owner in (owners or (None,)))

    def _region(self, mention: ActorMention) -> Referent | None:
        """The place that a phrase names whose last word is a noun for a body: "West Darfur State"."""
        code, name = self._memory.place_code.get(mention.head), mention.text
        if code is None or mention.role is None or " " not in name or not name.istitle():
            return None
        referent = self._memory.keyed(("place", name), Kind.COUNTRY)
        referent.name, referent.code, referent.sector = name, code, "CVL"
        return referent

    def _lemma(self, mention: ActorMention) -> str:
        return self._doc[mention.head].lemma_.lower()

    def _belongs(self, lemma: str) -> bool:
        return lemma in self._words.staff or lemma in self._words.members or lemma in self._words.things

    def _kind(self, mention: ActorMention, lemma: str, owner: Referent | None) -> Referent:
        """The referent for a title or a kind of people, of an owner where one is told."""
        role = mention.role
        if owner is not None and lemma in self._words.peers:
            return self._counterpart(mention, owner)
        if owner is not None and not mention.plural:
            holder = self._holder(mention, lemma, role, owner)
            if holder is not None:
                return holder
        sector, others = self._owners.sector(mention, (owner,) if owner else ())
        code = owner.code if owner else None
        if code is None and role is not None:
            code = self._same_noun(mention, role.noun) or role.code
            if code is None and (self._at_home(mention, role) or self._speaks(mention, lemma)):
                code = self._memory.only_country()
                plain = mention.definite or self._speaks(mention, lemma) or self._bare(mention, role.noun)
                if code is None and plain and role.sector in BODIES_AT_HOME:
                    code = self._topic.code(mention)
        key = ("kind", lemma, code or "", sector or "", *others)
        bare = mention.definite or owner is not None
        referent = self._memory.keyed(key if bare else (*key, str(mention.head)), self._kind_of(mention))
        referent.code, referent.plural = code, mention.plural
        if "woman" in self._words.nouns.get(lemma, frozenset()):
            referent.gender = "f"
        referent.sector, referent.other_sectors = sector, others
        if role is not None and role.office and not mention.former:
            referent.office = role.office
        if mention.former:
            referent.former(role.sector if role else None)
        if owner is not None and owner.kind in (Kind.GROUP, Kind.ORGANISATION):
            referent.name, referent.wikidata = owner.name, owner.wikidata
        referent.nouns.append(lemma)
        if code is not None:
            self._memory.said[role.noun if role else lemma] = referent
        if lemma in self._words.staff:
            # "The officials" are the ministry officials told of before.
            self._memory.said[lemma] = referent
        return referent

    def _kind_of(self, mention: ActorMention) -> Kind:
        role, lemma = mention.role, self._lemma(mention)
        if mention.plural or (role is not None and role.facility):
            return Kind.PEOPLE
        if (role is not None and role.title) or lemma in self._words.voices:
            return Kind.PERSON
        return Kind.GROUP

    def _same_noun(self, mention: ActorMention, noun: str) -> str | None:
        """The code of the article's last mention of the same noun, for one that is not newly brought in."""
        said = self._memory.said.get(noun)
        if said is None or noun in self._words.anyone:
            return None
        again = mention.definite or self._bare(mention, noun)
        return said.code if again else None

    def _at_home(self, mention: ActorMention, role: Role) -> bool:
        """Whether a noun without a country is that of an article's only one."""
        if mention.owned:
            return False
        institution = role.sector == "GOV" and not role.title and not self._belongs(self._lemma(mention))
        if mention.plural and institution and not mention.definite:
            # "Governments" are those of anywhere.
            return False
        return mention.definite or (role.title and not mention.plural) or self._bare(mention, role.noun)

    def _speaks(self, mention: ActorMention, lemma: str) -> bool:
        """Whether a spokesman of a body comes without its country: "a ministry spokesman"."""
        return lemma in self._words.voices and not mention.owned

    def _bare(self, mention: ActorMention, noun: str) -> bool:
        """Whether the phrase is the noun alone: "police said", unlike "a policeman" or "40 policemen"."""
        words = [self._memory.parsed.word(i) for i in range(mention.first, mention.last)]
        return sum(word != "-" for word in words) == noun.count(" ") + 1

    def _made(self, token: Token) -> bool:
        """Whether a place is only built, opened or visited, so that no people are meant by it."""
        above = token.head
        if token.dep_ == "pobj":
            above = above.head
        return (
            above.pos_ == "VERB"
            and above.lemma_ in self._words.making
            and token.dep_ not in ("nsubj", "conj")
        )

    def _same_voice(self, mention: ActorMention, lemma: str) -> Referent | None:
        """For whom "another official" speaks: for whom the last one did."""
        if self._memory.parsed.word(mention.first).lower() not in self._words.further:
            return None
        said = self._memory.said.get(lemma)
        return self._memory.country(said.code) if said is not None else None

    def _unowned(self, mention: ActorMention) -> bool:
        """Whether a spokesman or official comes without any word of whose he is."""
        token = self._doc[mention.head]
        plain = mention.role is None or mention.role.noun in self._words.voices
        return plain and not mention.hints and not any(c.dep_ in ("prep", "compound") for c in token.children)

    def _two(self, mention: ActorMention, classes: frozenset[str]) -> bool:
        token, words = self._doc[mention.head], self._words
        if not mention.definite:
            # "Two women" are new.
            return False
        if token.lower_ in words.pairs or any(child.lower_ in words.pairs for child in token.lefts):
            return True
        paired = bool(classes) and any(child.lower_ in words.opposed for child in token.lefts)
        return paired or "pair-self" in classes

    def _pair(self, mention: ActorMention, classes: frozenset[str]) -> Referents:
        """ "The two leaders": the two persons, or else two actors of any kind, that stand out most."""

        def countries(r: Referent) -> bool:
            return r.kind is Kind.COUNTRY

        token = self._doc[mention.head]

        def salient(fits: Callable[[Referent], bool]) -> Referents:
            return self._pairs.best(token, fits) or self._memory.discourse.salient(mention.head, fits, 2)

        found: Referents = ()
        if "pair-person" in classes:
            found = salient(_person)
        if "pair-country" in classes:
            found = self._countries_of(salient(_anybody)) or salient(countries)
        if not found and ("pair-person" in classes or "pair-any" in classes or mention.role is None):
            found = salient(_anybody)
        return found

    def _opposite(self, mention: ActorMention, owner: Referent) -> Referents:
        """ "Its neighbour", "his foes": who stands with or against the owner in the article."""
        side = side_of(owner)
        pair = self._pairs.best(self._doc[mention.head], _anybody, side) if side is not None else None
        return tuple(r for r in pair if side_of(r) != side) if pair is not None else ()

    def _countries_of(self, referents: Referents) -> Referents:
        known = [self._memory.country(r.code) for r in referents]
        found = distinct(k for k in known if k is not None)
        return found if len(found) == len(referents) else ()

    def _country(self, mention: ActorMention, owners: Referents) -> Referents:
        codes = [o.code for o in owners if o.code]
        if not codes and (not mention.definite or any(h.how == "poss" for h in mention.hints)):
            return ()
        if not codes:
            meant = self._topic.country(mention.head)
            return (meant,) if meant is not None else ()
        known = [self._memory.book.country(code) for code in codes]
        return distinct(self._memory.of_known(k) for k in known if k is not None)

    def _earlier(self, mention: ActorMention, lemma: str, classes: frozenset[str]) -> Referent | None:
        """The actor that a definite phrase speaks of again."""
        role = mention.role
        recent = self._memory.discourse.recent
        if not mention.plural:
            named = self._memory.body_called(lemma)
            if named is not None and role is not None and role.sector in STATE and named.sector not in STATE:
                # "The army" is not the Liberation Army.
                named = None
            if named is None and "group" in classes:
                named = recent(mention.head, is_body)
            if named is not None or "group" in classes:
                return named
        if role is None:
            return None
        if not mention.plural and (role.title or classes & {"man", "woman"}):
            holder = self._person(mention, lemma, role, None)
            if holder is not None:
                return holder
        said = self._memory.said.get(role.noun)
        if said is not None and said.plural == mention.plural:
            return said
        if mention.plural and lemma in self._words.members:
            return recent(mention.head, lambda r: is_body(r) and r.sector == role.sector)
        return None

    def _person(self, mention: ActorMention, lemma: str, role: Role, code: str | None) -> Referent | None:
        """The person spoken of last who holds the office, of a country where one is told."""
        recent = self._memory.discourse.recent

        def of_code(r: Referent) -> bool:
            return r.kind is Kind.PERSON and (code is None or r.code == code)

        found = recent(mention.head, lambda r: of_code(r) and _holds(r.office, role.office))
        if found is None and "chief" in self._words.nouns.get(lemma, frozenset()):
            found = recent(mention.head, lambda r: of_code(r) and _chief(r.office, self._words.chiefs))
        if found is None and lemma in self._words.called:
            offices = self._words.called[lemma]
            found = recent(mention.head, lambda r: of_code(r) and _chief(r.office, offices))
        if found is None:
            found = recent(
                mention.head,
                lambda r: (
                    of_code(r) and (role.noun in r.nouns or (r.office or "").endswith(f" {role.office}"))
                ),
            )
        return found

    def _counterpart(self, mention: ActorMention, owner: Referent) -> Referent:
        """ "His Ivorian counterpart" holds his office in another country."""
        poss = next((h for h in mention.hints if h.how == "poss"), None)
        peers = self._memory.resolve(poss.head) if poss is not None else ()
        peer = peers[0] if peers else None
        sector, office = (peer.sector, peer.office) if peer is not None else ("GOV", None)
        if office is not None:
            office = office.split(" of ")[0].lower()
            role = Role(office, sector, (), office, None, True)
            holder = self._holder(mention, office, role, owner)
            if holder is not None:
                return holder
        referent = self._memory.keyed(("peer", owner.code or "", sector or "", office or ""), Kind.PERSON)
        referent.code, referent.sector, referent.office = owner.code, sector, office
        return referent

    def _holder(
        self, mention: ActorMention, lemma: str, role: Role | None, owner: Referent
    ) -> Referent | None:
        """Who holds the office: a person of the article, or the one of the book on the day."""
        day = self._memory.parsed.article.date
        if role is None or not role.title or owner.code is None or mention.former:
            return None
        if (
            owner.kind in (Kind.ORGANISATION, Kind.GROUP)
            and self._memory.book.country(owner.code) is not None
        ):
            # The president of a state's parliament is not the state's.
            return None
        found = self._person(mention, lemma, role, owner.code)
        if found is not None or day is None or not mention.definite or role.office not in self._words.sole:
            return found
        holders: list[Known] = []
        for known in self._memory.book.people_of(owner.code):
            term, holds = known.term(day)
            if holds and term.code == owner.code and _holds(term.office, role.office):
                holders.append(known)
        return self._memory.of_known(holders[0]) if len(holders) == 1 else None


def _person(referent: Referent) -> bool:
    return referent.kind is Kind.PERSON


def _anybody(referent: Referent) -> bool:
    """Whether an actor may be one of two sides; people of whom nothing is told are none, but rebels are."""
    return referent.kind is not Kind.PEOPLE or referent.code is not None or referent.sector in CHALLENGERS


def _holds(office: str | None, wanted: str | None) -> bool:
    """Whether an office is the wanted one: "President of France" is that of a president."""
    if not office or not wanted:
        return False
    office, wanted = office.lower(), wanted.lower()
    return office == wanted or office.startswith((f"{wanted} of ", f"{wanted},"))


def _chief(office: str | None, chiefs: frozenset[str]) -> bool:
    return office is not None and office.lower().split(" of ")[0] in chiefs
