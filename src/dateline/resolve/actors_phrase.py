"""One actor phrase by itself, as `dateline resolve` reads it."""

from __future__ import annotations

import datetime as dt

from dateline.article import Article, Zone, ZoneKind
from dateline.knowledge.actors.book import ActorBook
from dateline.language.parse import parse
from dateline.record import Entity
from dateline.resolve.actors_article import ArticleActors


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
