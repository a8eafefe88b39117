"""Turns the layers of a coded article into its annotation."""

from __future__ import annotations

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
from dateline.frames.auxiliary import predicates
from dateline.knowledge import lexicon
from dateline.mentions.dateline_days import dateline_days
from dateline.pipeline import Coded


def annotation(coded: Coded) -> Annotation:
    """The annotation of an article, each layer in text order."""
    layers = coded.layers
    parsed, article = layers.parsed, layers.parsed.article
    entities = layers.actors.entities()
    number = {m.head: referent.id for referent, mentions in entities for m in mentions}
    actors = [
        ActorOut(
            start=m.start,
            end=m.end,
            text=m.text,
            code=found[0].code if found else None,
            sector=found[0].sector if found else None,
            entity=number.get(m.head),
        )
        for m in layers.actors.mentions
        for found in (layers.actors.at(m.head),)
    ]
    return Annotation(
        doc=article.id,
        title=article.title,
        text=article.text,
        date=article.date.isoformat() if article.date else None,
        zones=[ZoneOut(start=z.start, end=z.end, kind=z.kind) for z in article.zones],
        sentences=[
            SpanOut(start=a, end=b) for s in parsed.sentences for a, b in (parsed.chars(s.start, s.end),)
        ],
        actors=actors,
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
        dates=sorted(
            (
                *(
                    TimeOut(start=t.start, end=t.end, text=t.text, value=t.value, type=t.type)
                    for t in layers.times
                ),
                *(
                    TimeOut(
                        start=start, end=end, text=article.text[start:end], value=day.isoformat(), type="DATE"
                    )
                    for start, end, day in dateline_days(article)
                ),
            ),
            key=lambda t: (t.start, t.end),
        ),
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
            for referent, mentions in entities
        ],
        events=coded.events,
        warnings=list(article.warnings),
    )
