"""Turns the layers of a coded article into its annotation."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.annotation import (
    ActorOut,
    Annotation,
    EntityOut,
    PlaceOut,
    PredicateOut,
    QuantityOut,
    QuoteOut,
    SpanOut,
    TimeOut,
    ZoneOut,
)
from dateline.article import Article
from dateline.frames.auxiliary import predicates
from dateline.knowledge import lexicon
from dateline.mentions.dateline_days import dateline_days
from dateline.mentions.times import Time
from dateline.pipeline import Coded
from dateline.resolve.actors import ArticleActors


def annotation(coded: Coded) -> Annotation:
    """The annotation of an article, each layer in text order."""
    layers = coded.layers
    parsed, article = layers.parsed, layers.parsed.article
    return Annotation(
        doc=article.id,
        title=article.title,
        text=article.text,
        date=article.date.isoformat() if article.date else None,
        zones=[ZoneOut(start=z.start, end=z.end, kind=z.kind) for z in article.zones],
        sentences=[
            SpanOut(start=a, end=b) for s in parsed.sentences for a, b in (parsed.chars(s.start, s.end),)
        ],
        actors=_actors(layers.actors),
        places=[
            PlaceOut(
                start=p.start,
                end=p.end,
                text=p.extracted_place,
                lat=p.lat,
                lon=p.lon,
                geonameid=p.geonameid,
                country_code=p.country_code,
            )
            for p in layers.places
        ],
        dates=_dates(article, layers.times),
        quantities=[
            QuantityOut(start=q.start, end=q.end, text=q.text, value=q.value, unit=q.unit, role=q.role)
            for q in layers.quantities
        ],
        quotes=[
            QuoteOut(
                start=q.start,
                end=q.end,
                speaker_start=q.speaker_start,
                speaker_end=q.speaker_end,
                cue_start=q.cue_start,
                cue_end=q.cue_end,
            )
            for q in layers.quotes
        ],
        predicates=[
            PredicateOut(start=p.start, end=p.end, text=p.text, aux=list(p.aux), factuality=p.factuality)
            for p in predicates(parsed, lexicon.load().event_nouns)
        ],
        entities=[
            EntityOut(
                id=referent.id,
                name=referent.name or mentions[0].text,
                code=referent.code,
                sector=referent.sector,
                mentions=[SpanOut(start=m.start, end=m.end) for m in mentions],
            )
            for referent, mentions in layers.actors.entities()
        ],
        events=coded.events,
        warnings=list(article.warnings),
    )


def _actors(actors: ArticleActors) -> list[ActorOut]:
    """The phrases that name an actor, each with the first that it means and its number among the entities."""
    number = {m.head: referent.id for referent, mentions in actors.entities() for m in mentions}
    return [
        ActorOut(
            start=m.start,
            end=m.end,
            text=m.text,
            code=found[0].code if found else None,
            sector=found[0].sector if found else None,
            entity=number.get(m.head),
        )
        for m in actors.mentions
        for found in (actors.at(m.head),)
    ]


def _dates(article: Article, times: Sequence[Time]) -> list[TimeOut]:
    """The times of the sentences and the days of datelines, in text order."""
    found = [TimeOut(start=t.start, end=t.end, text=t.text, value=t.value, type=t.type) for t in times]
    found += [
        TimeOut(start=start, end=end, text=article.text[start:end], value=day.isoformat(), type="DATE")
        for start, end, day in dateline_days(article)
    ]
    return sorted(found, key=lambda t: (t.start, t.end))
