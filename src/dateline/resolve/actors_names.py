"""Who is meant by a name: an entry of the book, or somebody the article itself brings in."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from spacy.tokens import Token

from dateline.knowledge.actors.book import fold, surname
from dateline.knowledge.actors.entries import Form, Kind, Known, Role
from dateline.mentions.actors import ActorMention
from dateline.resolve.actors_memory import Memory, Referents
from dateline.resolve.actors_owners import Owners
from dateline.resolve.actors_referents import INTERNATIONAL, STATE, Referent, is_body

# How alike (difflib's ratio) two spellings of a first name are.
ALIKE = 0.7
# "Chirac was mayor" tells what he is no more.
PRESENT = frozenset({"VBZ", "VBP"})


class Names:
    """Resolves phrases that are a name, with or without a title."""

    def __init__(self, memory: Memory, owners: Owners, alias: dict[str, int]) -> None:
        self._memory, self._owners, self._alias = memory, owners, alias
        self._doc, self._words = memory.parsed.doc, memory.words
        self._full = self._full_names()
        self._ending = {m.last: m for m in memory.mentions.values()}
        self._beginning = {m.first: m for m in memory.mentions.values()}

    def _full_names(self) -> dict[str, int]:
        """For a last name the first phrase that gives a person's whole name, for headlines come first."""
        full: dict[str, int] = {}
        for mention in self._memory.mentions.values():
            words = (mention.name or "").split()
            if len(words) > 1 and (mention.label == "PERSON" or _is_person(mention)):
                full.setdefault(surname(words), mention.head)
        return full

    def described(self, mention: ActorMention) -> ActorMention | None:
        """The other side of an apposition or a copula: the name of a title, the title of a name."""
        token = self._doc[mention.head]
        near: list[Token] = [c for c in token.rights if c.dep_ == "appos"]
        if token.dep_ == "appos":
            near.append(token.head)
            # "the president of Ghana, John Mensah": the parser hangs the name on Ghana.
            if token.head.dep_ == "pobj" and token.head.head.dep_ == "prep":
                near.append(token.head.head.head)
        for prep in token.rights:
            if prep.dep_ == "prep" and prep.lower_ == "of":
                inner = [c for child in prep.rights for c in child.rights if c.dep_ == "appos"]
                near += [c for c in inner if c.ent_type_ in ("PERSON", "")]
        if token.dep_ in ("nsubj", "attr") and token.head.lemma_ == "be" and token.head.tag_ in PRESENT:
            wanted = "attr" if token.dep_ == "nsubj" else "nsubj"
            near += [c for c in token.head.children if c.dep_ == wanted]
        candidates = [m for other in near if (m := self._memory.mentions.get(other.i)) is not None]
        # "Sudan's army chief General Adam Idris": nothing joins title and name but that they touch.
        touching = (
            self._ending.get(mention.first) if mention.kind == "name" else self._beginning.get(mention.last)
        )
        if touching is not None and "PERSON" in (mention.label, touching.label):
            candidates.append(touching)
        for found in candidates:
            if found.kind == "pronoun":
                continue
            name, title = (mention, found) if mention.kind == "name" else (found, mention)
            if name.kind != "name" or title.kind != "nominal" or title.role is None or title.plural:
                continue
            if name.named is None or name.named.known.kind is not Kind.COUNTRY:
                return found
        return None

    def beside(self, mention: ActorMention) -> ActorMention | None:
        """Who a noun that says only a part is, by its apposition: "the host, Uganda's president"."""
        token = self._doc[mention.head]
        if mention.plural or not self._words.part_of_talks(token.lemma_.lower()):
            return None
        near = (self._memory.mentions.get(c.i) for c in token.rights if c.dep_ == "appos")
        return next((m for m in near if m is not None and m.kind != "pronoun"), None)

    def renamed(self, mention: ActorMention) -> Referent | None:
        """The actor for which the article has given this name as another one."""
        if mention.name is None:
            return None
        main = self._alias.get(mention.name)
        if main is None or main == mention.head:
            return None
        referents = self._memory.resolve(main)
        return referents[0] if len(referents) == 1 else None

    def meaning(self, mention: ActorMention, other: ActorMention | None) -> Referents:
        """Whom a name means; `other` is a title or description that the article gives beside it."""
        hit = mention.named
        if hit is None:
            return self._unknown(mention, other)
        known = hit.known
        if known.kind is Kind.PERSON:
            return (self._person(mention, other, self._memory.likely(hit.hit.known)),)
        if known.kind is Kind.COUNTRY and hit.hit.form in (Form.ADJECTIVE, Form.PEOPLE):
            if self._doc[hit.first - 1].lower_ in self._words.descent and hit.first:
                return (self._people_somewhere(known, mention),)
            elsewhere = self._elsewhere(known, mention)
            return (elsewhere or self._people(known, mention),)
        if known.kind is Kind.PEOPLE and known.terms[0].code is None:
            return (self._people_somewhere(known, mention),)
        if known.kind is Kind.ORGANISATION and self._anothers(known, mention):
            return self._organisation(mention, other)
        return (self._memory.of_known(known),)

    def _anothers(self, known: Known, mention: ActorMention) -> bool:
        """Whether the phrase gives a state's body to another state: "Chile's Defense Department"."""
        code = known.terms[0].code
        if self._memory.book.country(code) is None:
            return False
        hits = [hint.hit for hint in mention.hints if hint.how in ("mod", "poss") and hint.hit is not None]
        countries = [hit.known for hit in hits if hit.known.kind is Kind.COUNTRY]
        return bool(countries) and all(country.terms[0].code != code for country in countries)

    def _people(self, known: Known, mention: ActorMention) -> Referent:
        """ "Brazilians" are people; "the French" who do something stand for their country."""
        country = self._memory.of_known(known)
        token = self._doc[mention.head]
        adjective = token.pos_ == "ADJ" or token.dep_ in ("npadvmod", "amod", "compound", "nmod")
        if mention.definite or adjective:
            return country
        referent = self._memory.keyed(("people", known.name), Kind.PEOPLE)
        referent.name, referent.code, referent.sector = known.name, country.code, "CVL"
        return referent

    def _elsewhere(self, known: Known, mention: ActorMention) -> Referent | None:
        """A people at home in another country: "the Albanians of southern Serbia"."""
        if mention.named is None or mention.named.hit.form is not Form.PEOPLE:
            return None
        if not any(hint.how == "of" for hint in mention.hints):
            return None
        owners = self._owners.of(mention)
        abroad = owners and owners[0].code not in (None, known.terms[0].code)
        return self._people_somewhere(known, mention) if abroad else None

    def _people_somewhere(self, known: Known, mention: ActorMention) -> Referent:
        """A people of many countries: "Iraq's Kurds", "Muslims in India"."""
        owners = self._owners.of(mention)
        code = owners[0].code if owners else self._memory.only_country()
        term = known.terms[0]
        referent = self._memory.keyed(("people", known.name, code or ""), Kind.PEOPLE)
        referent.name, referent.code, referent.plural = known.name, code, True
        referent.sector, referent.other_sectors = term.sector, term.other_sectors
        if known.kind is Kind.COUNTRY:
            referent.sector = "CVL"
        return referent

    def _unknown(self, mention: ActorMention, other: ActorMention | None) -> Referents:
        name = mention.name or mention.text
        words = name.split()
        last = surname(words)
        remembered = self._memory.called.get(name) or (
            self._memory.called.get(last) if len(words) <= 2 else None
        )
        addressed = any(m is not None and m.role is not None and m.role.title for m in (mention, other))
        addressed = addressed or self._memory.parsed.word(mention.first) in self._words.honorifics
        if remembered is None and len(words) == 1:
            full = self._full.get(last)
            found = self._memory.resolve(full) if full is not None else ()
            remembered = found[0] if len(found) == 1 else None
        if remembered is not None:
            return (self._person(mention, other, None, remembered),)
        if mention.label not in ("GPE", "LOC") or mention.head not in self._memory.place_code or addressed:
            office = mention.role.office if mention.role is not None else None
            known = self._by_surname(words, addressed, office)
            if known is not None:
                return (self._person(mention, other, known),)
        code = self._memory.place_code.get(mention.head)
        if code is not None and not addressed:
            referent = self._memory.keyed(("place", name), Kind.COUNTRY)
            referent.name, referent.code, referent.sector = name, code, "CVL"
            return (referent,)
        water = code is None and mention.head in self._memory.place_code
        if water and not addressed and (mention.definite or mention.label in ("GPE", "LOC")):
            # A river or sea is of no country and does nothing.
            return ()
        if mention.label == "PERSON" or addressed:
            return (self._person(mention, other, None),)
        if mention.label != "ORG" and mention.role is None:
            return ()
        return self._organisation(mention, other)

    def _by_surname(self, words: Sequence[str], addressed: bool, office: str | None) -> Known | None:
        """The known person with that last name whose first name begins alike.

        Of several it is the one in office on the day, then the one whose office the title is, then
        the one of a country that the article names.
        """
        day, countries = self._memory.parsed.article.date, self._memory.countries
        candidates = [
            k for k in self._memory.book.people_called(surname(words)) if _initials_agree(words, k.name)
        ]
        if len(candidates) == 1 and (addressed or len(words) > 1):
            return candidates[0]
        terms = [(known, *known.term(day)) for known in candidates]
        chosen = [(known, term) for known, term, holds in terms if holds]
        if len(chosen) > 1 and office is not None:
            chosen = [(known, term) for known, term in chosen if term.office == office] or chosen
        if len(chosen) > 1:
            chosen = [(known, term) for known, term in chosen if term.code in countries]
        if not chosen and day is None and len({term.code for _, term, _ in terms}) == 1:
            # Without a day nobody may hold an office any more; the first is the best known.
            return candidates[0]
        return chosen[0][0] if len(chosen) == 1 else None

    def _person(
        self,
        mention: ActorMention,
        other: ActorMention | None,
        known: Known | None,
        referent: Referent | None = None,
    ) -> Referent:
        name = mention.name or mention.text
        if referent is None and known is not None:
            referent = self._memory.of_known(known)
        if referent is None:
            referent = self._memory.keyed((Kind.PERSON, name), Kind.PERSON)
            referent.name = name
            if referent.sector is None:
                referent.sector = "UNK"
        for called in (name, surname(name.split()), surname((referent.name or name).split())):
            self._memory.called.setdefault(called, referent)
        referent.gender = referent.gender or mention.gender
        if not referent.gender and referent.name:
            referent.gender = self._words.first_names.get(referent.name.split()[0], "")
        for said in (mention, other):
            if said is not None and said.role is not None:
                self._tell(referent, said, said.role, said is mention)
        if referent.code is None and mention.role is None:
            told = [h.hit for h in mention.hints if h.how in ("mod", "poss") and h.hit is not None]
            countries = [hit.known for hit in told if hit.known.kind is Kind.COUNTRY]
            referent.code = countries[0].terms[0].code if countries else None
        return referent

    def _tell(self, referent: Referent, said: ActorMention, role: Role, titled: bool) -> None:
        """What a title, or a description beside the name, says of a person.

        A title wins over the book. A description does so only where the book says nothing, for
        "Mr Putin, a former officer" is no former official.
        """
        if self._words.honorifics.get(role.noun.capitalize()) == "" and referent.sector not in (None, "UNK"):
            return
        if not titled and said.former and referent.sector not in (None, "UNK"):
            return
        owners = self._owners.of(said)
        sector, others = self._owners.sector(said, owners)
        known_code = referent.code
        titled = titled or self._of_body(said, owners)
        if owners and owners[0].code and (titled or role.title or referent.code is None):
            referent.code = owners[0].code
        elif referent.code is None:
            referent.code = role.code
            # A president or general of whom nothing else is told is the state's that the article is about.
            if referent.code is None and role.title and role.sector in STATE and not said.owned:
                referent.code = self._memory.only_country()
        if role.title and role.office is not None and role.office == referent.office and not said.former:
            # The book knows the office, and so whether a "chief executive" is a firm's.
            referent.nouns.append(role.noun)
        elif sector is not None and (titled or role.title or referent.sector in (None, "UNK")):
            referent.take(Role(role.noun, sector, others, role.office, None, role.title), said.former)
        else:
            referent.nouns.append(role.noun)
        if known_code != referent.code:
            referent.cameo = None

    def _of_body(self, said: ActorMention, owners: Referents) -> bool:
        """Whether a description gives an office in an international body: "the UN coordinator"."""
        return bool(said.definite and owners and is_body(owners[0]) and owners[0].code in INTERNATIONAL)

    def _organisation(self, mention: ActorMention, other: ActorMention | None) -> Referents:
        name = mention.name or mention.text
        if mention.definite and " " not in name:
            # "the Brotherhood", once the article has named it in full.
            whole = self._memory.body_called(name.lower())
            if whole is not None:
                return (whole,)
        owners = self._owners.of(mention)
        referent = self._memory.keyed((Kind.ORGANISATION, name), Kind.ORGANISATION)
        referent.name = name
        for said in (mention, other):
            if said is None:
                continue
            if said is other:
                owners = owners if any(o.code for o in owners) else self._owners.of(said)
            if said.role is not None:
                referent.take(said.role, said.former)
                referent.code = referent.code or said.role.code
        if referent.code is None and owners:
            referent.code = owners[0].code
        return (referent,)


def _initials_agree(words: Sequence[str], name: str) -> bool:
    """ "G. W. Bush" may be George W. Bush, and Aleksandr an Alexander; Laura Bush is neither."""
    if len(words) == 1:
        return True
    first, known = fold(words[0]).rstrip("."), fold(name.split()[0])
    if first[:1] != known[:1]:
        return False
    return len(first) == 1 or SequenceMatcher(None, first, known).ratio() >= ALIKE


def _is_person(mention: ActorMention) -> bool:
    return mention.named is not None and mention.named.known.kind is Kind.PERSON
