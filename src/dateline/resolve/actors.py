"""Who the phrases of an article mean: each actor's code, sector, name and office."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import cached_property

from spacy.tokens import Token

from dateline.article import Article, Zone, ZoneKind
from dateline.knowledge.actors.book import ActorBook
from dateline.knowledge.actors.entries import Form, Kind, Known, Role
from dateline.knowledge.reference import reference
from dateline.language.parse import parse
from dateline.language.parsed import Parsed
from dateline.mentions.actors import ActorMention, NameHit, find_actors, name_hits
from dateline.record import Entity, Place
from dateline.resolve.actors_learn import aliases
from dateline.resolve.actors_referents import Referent, known_referent
from dateline.resolve.coreference import Discourse, antecedent, distinct

Speaker = Callable[[int], int | None]
Referents = tuple[Referent, ...]


class ArticleActors:
    """The actors of an article; everything is resolved once, when this is made.

    `speaker_of` gives, for a token inside a quotation, the head token of who is speaking;
    `places` are the article's resolved places, which tell the country of a town.
    """

    def __init__(
        self,
        parsed: Parsed,
        book: ActorBook,
        speaker_of: Speaker | None = None,
        places: Sequence[Place] = (),
    ) -> None:
        self._parsed, self._doc, self._book = parsed, parsed.doc, book
        self._day = parsed.article.date
        self._speaker_of = speaker_of
        self._words = reference()
        self._hits = name_hits(parsed, book)
        self.mentions = find_actors(parsed, book, self._hits)
        self._mention = {m.head: m for m in self.mentions}
        self._place_code = {parsed.tokens(p.start, p.end)[1] - 1: p.country_code for p in places}
        self._referents: list[Referent] = []
        self._by_key: dict[tuple[str, ...], Referent] = {}
        self._called: dict[str, Referent] = {}
        self._said: dict[str, Referent] = {}
        self._at: dict[int, Referents] = {}
        self._open: set[int] = set()
        self._alias = aliases(parsed, self.mentions)
        self._discourse = Discourse(parsed.doc, parsed.sentence_of)
        self._read()

    @cached_property
    def heads(self) -> frozenset[int]:
        """The tokens for which `at` gives an entity: heads of phrases, and adjectives and names in them."""
        named = {i for i, hit in self._hits.items() if i not in self._mention}
        return frozenset(named.union(head for head, referents in self._at.items() if referents))

    def at(self, head: int) -> tuple[Entity, ...]:
        """The entities that the noun phrase headed by token `head` means; () for what is no actor.

        `head` may also be a word inside a name, or an adjective such as "French".
        """
        mention = self._mention.get(head)
        if mention is not None:
            return tuple(r.entity(mention) for r in self._at[head])
        hit = self._hits.get(head)
        if hit is None:
            return ()
        inner = self._mention.get(self._doc[head].head.i)
        if inner is not None and inner.named is hit:
            return self.at(inner.head)
        return tuple(r.entity(_mention_of(self._parsed, hit)) for r in self._hit_referents(hit))

    def entities(self) -> list[tuple[Referent, list[ActorMention]]]:
        """The article's actors that have a name, code or sector, each with its mentions, in order."""
        mentions: dict[int, list[ActorMention]] = {}
        for mention in self.mentions:
            for referent in self._at[mention.head]:
                mentions.setdefault(referent.id, []).append(mention)
        return [(r, mentions[r.id]) for r in self._referents if r.id in mentions]

    def _read(self) -> None:
        heads = iter(sorted(self._mention))
        following = next(heads, None)
        for token in self._doc:
            if token.i == following:
                following = next(heads, None)
                mention = self._mention[token.i]
                referents = self._resolve(token.i)
                for referent in referents:
                    referent.heads.append(token.i)
                plural = mention.plural or any(c.dep_ == "conj" for c in token.rights)
                self._discourse.add(token.i, self._joined(token, referents), plural)
            elif token.pos_ == "NOUN" and token.dep_ not in ("compound", "nmod", "npadvmod"):
                self._discourse.add(token.i, (), token.tag_ == "NNS")

    def _joined(self, token: Token, referents: Referents) -> Referents:
        """With the members of a coordination that come after, once all are read: "X and Y" are one "they"."""
        if token.dep_ != "conj":
            return referents
        first = token.head
        while first.dep_ == "conj":
            first = first.head
        return distinct([*self._at.get(first.i, ()), *referents])

    def _resolve(self, head: int) -> Referents:
        if head in self._at:
            return self._at[head]
        mention = self._mention.get(head)
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
        renamed = self._renamed(mention)
        if renamed is not None:
            return (renamed,)
        other = self._described(mention)
        if other is not None and mention.kind != "name":
            return self._resolve(other.head)
        if mention.named is not None:
            return self._named(mention, other)
        if mention.kind == "name":
            return self._unknown(mention, other)
        return self._nominal(mention)

    # Names.

    def _described(self, mention: ActorMention) -> ActorMention | None:
        """The other side of an apposition or a copula: the name of a title, the title of a name."""
        token = self._doc[mention.head]
        near: list[Token] = [c for c in token.rights if c.dep_ == "appos"]
        if token.dep_ == "appos":
            near.append(token.head)
        if token.dep_ in ("nsubj", "attr") and token.head.lemma_ == "be":
            wanted = "attr" if token.dep_ == "nsubj" else "nsubj"
            near += [c for c in token.head.children if c.dep_ == wanted]
        for other in near:
            found = self._mention.get(other.i)
            if found is None or found.kind == "pronoun" or found.head in self._open:
                continue
            name, title = (mention, found) if mention.kind == "name" else (found, mention)
            if (
                name.kind == "name"
                and title.kind == "nominal"
                and title.role is not None
                and not title.plural
            ):
                if name.named is None or name.named.known.kind is not Kind.COUNTRY:
                    return found
        return None

    def _renamed(self, mention: ActorMention) -> Referent | None:
        """The actor for which the article has given this name as another one."""
        if mention.name is None:
            return None
        main = self._alias.get(mention.name)
        if main is None or main == mention.head:
            return None
        referents = self._resolve(main)
        return referents[0] if len(referents) == 1 else None

    def _named(self, mention: ActorMention, other: ActorMention | None) -> Referents:
        hit = mention.named
        assert hit is not None
        known = hit.known
        if known.kind is Kind.PERSON:
            return (self._person(mention, other, self._likely(hit.hit.known, mention)),)
        if known.kind is Kind.COUNTRY and hit.hit.form in (Form.ADJECTIVE, Form.PEOPLE):
            return (self._people(known, mention),)
        return (self._of_known(known),)

    def _people(self, known: Known, mention: ActorMention) -> Referent:
        """ "Brazilians" are people; "the French" who do something stand for their country."""
        country = self._of_known(known)
        adjective = self._doc[mention.head].pos_ == "ADJ"
        if mention.definite or adjective:
            return country
        referent = self._keyed(("people", known.name), Kind.PEOPLE)
        referent.name, referent.code, referent.sector = known.name, country.code, "CVL"
        return referent

    def _likely(self, known: Sequence[Known], mention: ActorMention | None) -> Known:
        """Of several people with one name the one who holds office on the day."""
        for each in known:
            if each.term(self._day)[1]:
                return each
        return known[0]

    def _of_known(self, known: Known) -> Referent:
        referent = self._by_key.get((known.kind, known.name))
        if referent is None:
            referent = known_referent(len(self._referents), known, self._day)
            self._referents.append(referent)
            self._by_key[known.kind, known.name] = referent
        return referent

    def _keyed(self, key: tuple[str, ...], kind: Kind) -> Referent:
        referent = self._by_key.get(key)
        if referent is None:
            referent = Referent(len(self._referents), kind)
            self._referents.append(referent)
            self._by_key[key] = referent
        return referent

    def _unknown(self, mention: ActorMention, other: ActorMention | None) -> Referents:
        assert mention.name is not None
        words = mention.name.split()
        surname = words[-1]
        remembered = self._called.get(mention.name) or (
            self._called.get(surname) if len(words) <= 2 else None
        )
        addressed = mention.role is not None and mention.role.title
        addressed = addressed or self._parsed.word(mention.first) in self._words.honorifics
        if remembered is not None and (remembered.kind is Kind.PERSON or len(words) == len(remembered.nouns)):
            return (self._person(mention, other, None, remembered),)
        if mention.label in ("PERSON", "") or addressed:
            known = self._by_surname(words, addressed)
            if known is not None:
                return (self._person(mention, other, known),)
            if mention.label == "PERSON" or addressed:
                return (self._person(mention, other, None),)
        if mention.label in ("GPE", "LOC"):
            code = self._place_code.get(mention.head)
            if code is None:
                return ()
            referent = self._keyed(("place", mention.name), Kind.COUNTRY)
            referent.name, referent.code, referent.sector = mention.name, code, "CVL"
            return (referent,)
        if mention.label != "ORG" and mention.role is None:
            return ()
        return self._organisation(mention, other)

    def _by_surname(self, words: Sequence[str], addressed: bool) -> Known | None:
        """The known person with that last name, whose first name begins alike, in office on the day."""
        candidates = [k for k in self._book.people_called(words[-1]) if _initials_agree(words, k.name)]
        holding = [k for k in candidates if k.term(self._day)[1]]
        if len(holding) == 1:
            return holding[0]
        if len(candidates) == 1 and (addressed or len(words) > 1):
            return candidates[0]
        return None

    def _person(
        self,
        mention: ActorMention,
        other: ActorMention | None,
        known: Known | None,
        referent: Referent | None = None,
    ) -> Referent:
        assert mention.name is not None
        if referent is None and known is not None:
            referent = self._of_known(known)
        if referent is None:
            referent = self._keyed((Kind.PERSON, mention.name), Kind.PERSON)
            referent.name = referent.name or mention.name
            if referent.sector is None:
                referent.sector = "UNK"
        self._called.setdefault(mention.name, referent)
        self._called.setdefault(mention.name.split()[-1], referent)
        if referent.name:
            self._called.setdefault(referent.name.split()[-1], referent)
        referent.gender = referent.gender or mention.gender
        if not referent.gender and referent.name:
            referent.gender = self._words.first_names.get(referent.name.split()[0], "")
        for said in (mention, other):
            if said is not None and said.role is not None:
                self._tell(referent, said)
        return referent

    def _tell(self, referent: Referent, said: ActorMention) -> None:
        """What a title or description says of a person."""
        assert said.role is not None
        owners = self._owners(said)
        sector, others = self._sector(said, owners)
        role = said.role
        known_code = referent.code
        if owners and owners[0].code:
            referent.code = owners[0].code
        elif referent.code is None:
            referent.code = role.code
        if sector is not None and (role.title or referent.sector in (None, "UNK")):
            referent.take(Role(role.noun, sector, others, role.office, None, role.title), said.former)
        else:
            referent.nouns.append(role.noun)
        if known_code != referent.code:
            referent.cameo = None

    def _organisation(self, mention: ActorMention, other: ActorMention | None) -> Referents:
        assert mention.name is not None
        owners = self._owners(mention)
        referent = self._keyed((Kind.ORGANISATION, mention.name), Kind.ORGANISATION)
        referent.name = mention.name
        for said in (mention, other):
            if said is None:
                continue
            if said is other:
                owners = owners or self._owners(said)
            if said.role is not None:
                referent.take(said.role, said.former)
                referent.code = referent.code or said.role.code
        if referent.code is None and owners:
            referent.code = owners[0].code
        return (referent,)

    # Common nouns.

    def _nominal(self, mention: ActorMention) -> Referents:
        token = self._doc[mention.head]
        lemma = token.lemma_.lower()
        classes = self._words.nouns.get(lemma, frozenset())
        owners = self._owners(mention)
        if "pair" in classes and mention.plural and self._two(token):
            pair = self._pair(mention, lemma, classes)
            if pair:
                return pair
        if "country" in classes and all(o.kind is Kind.COUNTRY or o.code for o in owners):
            return self._country(mention, owners)
        if mention.role is None and lemma not in self._words.staff:
            return self._group(mention) if "group" in classes and not owners else ()
        if not owners and mention.definite:
            earlier = self._earlier(mention, lemma, classes)
            if earlier is not None:
                return (earlier,)
        if len(owners) > 1 and not all(o.kind is Kind.COUNTRY for o in owners):
            owners = owners[:1]
        return distinct(self._kind(mention, lemma, owner) for owner in (owners or (None,)))

    def _kind(self, mention: ActorMention, lemma: str, owner: Referent | None) -> Referent:
        """The referent for a title or a kind of people, of an owner where one is told."""
        role = mention.role
        if owner is not None and not mention.plural:
            holder = self._holder(mention, lemma, owner)
            if holder is not None:
                return holder
        sector, others = self._sector(mention, (owner,) if owner else ())
        code = owner.code if owner else None
        if code is None and role is not None:
            code = self._same_noun(mention, role.noun) or role.code
        key = ("kind", lemma, code or "", sector or "", *others)
        bare = mention.definite or owner is not None
        referent = self._keyed(key if bare else (*key, str(mention.head)), _kind_of(mention, owner))
        referent.code, referent.plural = code, mention.plural
        referent.sector, referent.other_sectors = sector, others
        if role is not None and role.office and not mention.former:
            referent.office = role.office
        if mention.former:
            referent.former(role.sector if role else None)
        if owner is not None and owner.kind in (Kind.GROUP, Kind.ORGANISATION):
            referent.name, referent.wikidata = owner.name, owner.wikidata
        referent.nouns.append(lemma)
        if code is not None:
            self._said[role.noun if role else lemma] = referent
        return referent

    def _same_noun(self, mention: ActorMention, noun: str) -> str | None:
        """The code of the article's last mention of the same noun, for one that is not newly brought in."""
        said = self._said.get(noun)
        if said is None or noun in self._words.anyone:
            return None
        again = mention.definite or self._bare(mention, noun)
        return said.code if again else None

    def _bare(self, mention: ActorMention, noun: str) -> bool:
        """Whether the phrase is the noun alone: "police said", unlike "a policeman" or "40 policemen"."""
        return mention.last - mention.first == noun.count(" ") + noun.count("-") * 2 + 1

    def _sector(self, said: ActorMention, owners: Sequence[Referent]) -> tuple[str | None, tuple[str, ...]]:
        """The sector of a role, and further ones; those who merely belong take their organisation's."""
        role = said.role
        owner = owners[0] if owners else None
        own = role.sector if role else None
        others = list(role.other_sectors) if role else []
        if owner is not None and owner.sector and owner.kind is not Kind.COUNTRY:
            belongs = own is None or self._doc[said.head].lemma_.lower() in self._words.staff
            if belongs and owner.kind is not Kind.PEOPLE:
                others = [*owner.other_sectors, *others]
                own = owner.sector
            elif owner.sector != own:
                others.append(owner.sector)
        elif owner is not None:
            own = own or owner.sector
            others += owner.other_sectors
        return own, tuple(dict.fromkeys(s for s in others if s and s != own))

    def _owners(self, mention: ActorMention) -> Referents:
        """Whose the actor is, by what the phrase itself says."""
        modifiers: list[Referent] = []
        for hint in mention.hints:
            if hint.how == "mod" and hint.hit is not None:
                modifiers = [*self._hit_referents(hint.hit), *modifiers]
        countries = [r for r in modifiers if r.kind is Kind.COUNTRY]
        rest = [r for r in modifiers if r.kind is not Kind.COUNTRY]
        for how in ("poss", "of", "in"):
            if modifiers and not all(r.kind is Kind.PEOPLE and r.code is None for r in modifiers):
                break
            for hint in mention.hints:
                if hint.how == how:
                    found = self._hinted(hint.head, how)
                    countries += [r for r in found if r.code]
                    modifiers += found
        if rest:
            coded = [r for r in rest if r.code]
            if coded and coded[0].kind is not Kind.PEOPLE:
                return (coded[0],)
            if countries and rest[0].kind is Kind.PEOPLE:
                return tuple(countries)
            return (rest[0],)
        return distinct(countries)

    def _hinted(self, head: int, how: str) -> Referents:
        found = self._resolve(head)
        if found:
            return found
        code = self._place_code.get(head)
        if code is not None:
            country = self._book.country(code)
            if country is not None:
                return (self._of_known(country),)
        token = self._doc[head]
        if how == "in" or token.pos_ == "PROPN":
            # "in the Tunisian town of Sousse": the country is told inside the phrase.
            for i in range(token.left_edge.i, min(token.right_edge.i + 1, head + 6)):
                hit = self._hits.get(i)
                if hit is not None and hit.known.kind is Kind.COUNTRY:
                    return self._hit_referents(hit)
        return ()

    def _hit_referents(self, hit: NameHit) -> Referents:
        known = hit.known
        if known.kind is Kind.PERSON:
            known = self._likely(hit.hit.known, None)
        return (self._of_known(known),)

    def _two(self, token: Token) -> bool:
        return any(c.lower_ in ("two", "both", "2") for c in token.lefts)

    def _pair(self, mention: ActorMention, lemma: str, classes: frozenset[str]) -> Referents:
        if "country" in classes or lemma == "state":

            def fits(r: Referent) -> bool:
                return r.kind is Kind.COUNTRY

        elif "man" in classes or "woman" in classes or mention.role is not None:

            def fits(r: Referent) -> bool:
                return r.kind is Kind.PERSON

        else:

            def fits(r: Referent) -> bool:
                return r.kind in (Kind.COUNTRY, Kind.GROUP, Kind.ORGANISATION, Kind.PERSON)

        return self._discourse.salient(mention.head, fits, 2)

    def _country(self, mention: ActorMention, owners: Referents) -> Referents:
        codes = [o.code for o in owners if o.code]
        if not codes and (not mention.definite or any(h.how == "poss" for h in mention.hints)):
            return ()
        if not codes:
            latest = self._discourse.recent(
                mention.head, lambda r: r.kind is Kind.COUNTRY and r.code is not None
            )
            return (latest,) if latest else ()
        known = [self._book.country(code) for code in codes]
        return distinct(self._of_known(k) for k in known if k is not None)

    def _group(self, mention: ActorMention) -> Referents:
        if not mention.definite:
            return ()
        latest = self._discourse.recent(
            mention.head, lambda r: r.kind in (Kind.GROUP, Kind.ORGANISATION) and r.name is not None
        )
        return (latest,) if latest else ()

    def _earlier(self, mention: ActorMention, lemma: str, classes: frozenset[str]) -> Referent | None:
        """The actor that a definite phrase speaks of again."""
        role = mention.role
        if not mention.plural and role is not None and (role.title or classes & {"man", "woman"}):
            holder = self._discourse.recent(
                mention.head, lambda r: r.kind is Kind.PERSON and _called(r, lemma, role)
            )
            if holder is not None:
                return holder
        said = self._said.get(role.noun if role else lemma)
        if said is not None and said.plural == mention.plural:
            return said
        return None

    def _holder(self, mention: ActorMention, lemma: str, owner: Referent) -> Referent | None:
        """Who holds the office: a person of the article, or the one of the book on the day."""
        role = mention.role
        if role is None or owner.code is None or mention.former:
            return None
        leader = not role.title and "man" not in self._words.nouns.get(lemma, frozenset())
        if not role.title and not leader:
            return None

        def fits(r: Referent) -> bool:
            return r.kind is Kind.PERSON and r.code == owner.code and _called(r, lemma, role)

        found = self._discourse.recent(mention.head, fits)
        if found is not None or not role.office or self._day is None or not mention.definite:
            return found
        office = role.office.lower()
        holders: list[Known] = []
        for known in self._book.people_of(owner.code):
            term, holds = known.term(self._day)
            if holds and term.office and office in term.office.lower() and term.code == owner.code:
                holders.append(known)
        return self._of_known(holders[0]) if len(holders) == 1 else None

    # Pronouns.

    def _pronoun(self, mention: ActorMention) -> Referents:
        word = self._parsed.word(mention.head).lower()
        pronoun = self._words.pronouns[word]
        token = self._doc[mention.head]
        if pronoun.person == "r":
            noun = antecedent(token)
            return self._resolve(noun) if noun is not None and noun < mention.head else ()
        if pronoun.person == "1":
            speaker = self._speaker_of(mention.head) if self._speaker_of else None
            return self._resolve(speaker) if speaker is not None else ()
        return self._discourse.pronoun(mention.head, pronoun.gender, pronoun.number == "p")


def _called(referent: Referent, lemma: str, role: Role) -> bool:
    """Whether the article or the book gives the person that noun or office."""
    if lemma in referent.nouns or role.noun in referent.nouns:
        return True
    return bool(role.office and referent.office and role.office.lower() in referent.office.lower())


def _kind_of(mention: ActorMention, owner: Referent | None) -> Kind:
    if mention.plural:
        return Kind.PEOPLE
    role = mention.role
    if role is not None and role.title:
        return Kind.PERSON
    return Kind.GROUP


def _initials_agree(words: Sequence[str], name: str) -> bool:
    """ "G. W. Bush" may be George W. Bush, and Aleksandr an Alexander; Laura Bush is neither."""
    return len(words) == 1 or words[0][:1] == name[:1]


def _mention_of(parsed: Parsed, hit: NameHit) -> ActorMention:
    start, end = parsed.chars(hit.first, hit.last)
    text = parsed.text(hit.first, hit.last)
    return ActorMention(start, end, hit.first, hit.last, hit.last - 1, text, "name", text, hit)


def resolve_phrase(text: str, context: str | None, date: dt.date | None, book: ActorBook) -> Entity | None:
    """The entity that one actor phrase means, on a day, with a helping text where there is one.

    None where the phrase names no actor. The offsets are the phrase's own.
    """
    whole = text if not context else f"{text}\n\n{context}"
    zones = [Zone(0, len(text), ZoneKind.BODY)]
    if context:
        zones.append(Zone(len(text) + 2, len(whole), ZoneKind.BODY))
    parsed = parse(Article("phrase", whole, date=date, zones=tuple(zones)))
    actors = ArticleActors(parsed, book)
    for token in parsed.doc:
        if parsed.starts[token.i] < len(text) and token.dep_ == "ROOT":
            found = actors.at(token.i)
            if found:
                return found[0]
    for mention in actors.mentions:
        if mention.start < len(text):
            found = actors.at(mention.head)
            if found:
                return found[0]
    return None
