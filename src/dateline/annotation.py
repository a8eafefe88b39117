"""Every layer of one article as one object (`dateline annotate`)."""

from __future__ import annotations

from typing import Any

import msgspec

from dateline.record import Event


class SpanOut(msgspec.Struct, kw_only=True):
    """A stretch `[start, end)` of the article's text."""

    start: int
    end: int


class ZoneOut(SpanOut):
    """A paragraph and what it is: body, headline, caption, dateline, furniture."""

    kind: str


class ActorOut(SpanOut):
    """A phrase that names an actor; `entity` is its id in `entities`."""

    text: str
    code: str | None
    sector: str | None
    entity: int | None


class PlaceOut(SpanOut):
    """A place name and where it is; coordinates are degrees."""

    text: str
    lat: float | None
    lon: float | None
    geonameid: int | None
    country_code: str | None


class TimeOut(SpanOut):
    """A time expression with its TimeML type and value."""

    text: str
    value: str
    type: str


class QuantityOut(SpanOut):
    """A number, what it counts and in which role."""

    text: str
    value: float | None
    unit: str | None
    role: str | None


class QuoteOut(SpanOut):
    """What somebody is said to have said, with the speaker and the cue."""

    speaker_start: int | None
    speaker_end: int | None
    cue_start: int | None
    cue_end: int | None


class PredicateOut(SpanOut):
    """A predicate and whether it happened, from -3 (certainly not) to 3 (certainly so)."""

    text: str
    aux: list[str]
    factuality: float


class EntityOut(msgspec.Struct, kw_only=True):
    """A party of the article and the spans that mention it."""

    id: int
    name: str
    code: str | None
    sector: str | None
    mentions: list[SpanOut]


class Annotation(msgspec.Struct, kw_only=True):
    """All layers of an article; every offset refers to `text`."""

    doc: str
    title: str | None
    text: str
    date: str | None
    zones: list[ZoneOut]
    sentences: list[SpanOut]
    actors: list[ActorOut]
    places: list[PlaceOut]
    dates: list[TimeOut]
    quantities: list[QuantityOut]
    quotes: list[QuoteOut]
    predicates: list[PredicateOut]
    entities: list[EntityOut]
    events: list[Event]
    warnings: list[str] = []

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts and lists, ready for JSON."""
        result: dict[str, Any] = msgspec.to_builtins(self)
        return result
