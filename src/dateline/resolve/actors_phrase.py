"""One actor phrase by itself, as `dateline resolve` reads it."""

from __future__ import annotations

import datetime as dt

from dateline.article import Article, Zone, ZoneKind
from dateline.knowledge.actors.book import ActorBook
from dateline.language.parse import parse
from dateline.language.parsed import Parsed
from dateline.mentions.places import PlaceMention, find_places
from dateline.record import Entity
from dateline.resolve.actors_article import ArticleActors
from dateline.resolve.places import resolve_places


def resolve_phrase(text: str, context: str | None, date: dt.date | None, book: ActorBook) -> Entity | None:
    """The entity that one actor phrase means, on a day, with a helping text where there is one.

    The phrase is read as an article whose next paragraph is the context. Its head decides, then any
    other actor in it, then a town or a title in it. None where the phrase names no actor. The
    offsets are the phrase's own.
    """
    whole = f"{text}\n\n{context}" if context else text
    zones = [Zone(0, len(text), ZoneKind.BODY)]
    if context:
        zones.append(Zone(len(text) + 2, len(whole), ZoneKind.BODY))
    parsed = parse(Article("phrase", whole, date=date, zones=tuple(zones)))
    places = resolve_places(parsed, find_places(parsed))
    actors = ArticleActors(parsed, book, places=places)
    inside = [token for token in parsed.doc if parsed.starts[token.i] < len(text)]
    roots = [token for token in inside if token.dep_ == "ROOT"]
    for root in roots:
        found = actors.at(root.i)
        if found:
            return (_unknown(found[0]) and _place(parsed, text)) or found[0]
    others = [mention.head for mention in actors.mentions if mention.start < len(text)]
    others += [token.i for token in inside if token.i in actors.heads]
    for head in others:
        found = actors.at(head)
        if found:
            # What "regions across Indonesia" are is not told, but whose they are.
            thing = roots[0].pos_ == "NOUN" and found[0].sector == "GOV"
            return _somebodys(found[0], text) if thing else found[0]
    return _place(parsed, text) or _by_words(text, book)


def _unknown(entity: Entity) -> bool:
    """Whether nothing is known of an actor but its name, which may be a place's."""
    return entity.code is None and entity.sector is None


def _place(parsed: Parsed, text: str) -> Entity | None:
    """Where the phrase is nothing but the name of a place: the people there."""
    first, last = parsed.tokens(0, len(text))
    if not text.strip().istitle() or any(token.pos_ == "PRON" for token in parsed.doc[first:last]):
        return None
    start, end = parsed.chars(first, last)
    (place,) = resolve_places(parsed, [PlaceMention(start, end, first, last, parsed.text(first, last))])
    if not place.country_code:
        return None
    return Entity(
        code=place.country_code,
        sector="CVL",
        entity_text=place.extracted_place,
        identifier_text=place.resolved_place,
        start=start,
        end=end,
    )


def _somebodys(owner: Entity, text: str) -> Entity:
    return Entity(code=owner.code, sector="UNK", entity_text=text.strip(), start=0, end=len(text))


def _by_words(text: str, book: ActorBook) -> Entity | None:
    """What the words alone say where the parser sees no noun phrase: the longest role in them."""
    words = text.split()
    for length in range(len(words), 0, -1):
        for first in range(len(words) - length, -1, -1):
            role = book.role(words[first : first + length])
            if role is not None and role.sector is not None:
                return Entity(
                    code=role.code,
                    sector=role.sector,
                    other_sectors=list(role.other_sectors),
                    entity_text=text.strip(),
                    office=role.office,
                    start=0,
                    end=len(text),
                )
    return None
