"""The event record, with PLOVER's names (manual, "Data Fields"), and its JSON schema.

All `start`/`end` are characters of the article's text, end exclusive.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

Aux = Literal["historical", "future", "hypothetical", "negation"]
Precision = Literal["day", "week", "month", "year", "unknown"]


class Entity(msgspec.Struct, kw_only=True):
    """An actor or recipient.

    `code` is an ISO 3166 alpha-3 code or one of PLOVER's international codes; None where the text
    names nobody that a country or such a code fits. `sector` is PLOVER's primary sector code.
    """

    code: str | None = None
    sector: str | None = None
    other_sectors: list[str] = []
    entity_text: str
    identifier_text: str | None = None
    identifier_id: str | None = None
    office: str | None = None
    cameo: str | None = None
    start: int
    end: int


class Place(msgspec.Struct, kw_only=True):
    """Where an event happened; `resolution` is 5 sub-city, 4 city, 3 district, 2 province, 1 country."""

    extracted_place: str
    resolved_place: str | None = None
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    city: str | None = None
    district: str | None = None
    province: str | None = None
    country: str | None = None
    country_code: str | None = None
    feature_class: str | None = None
    feature_code: str | None = None
    resolution: int | None = None
    start: int
    end: int


class Attribution(msgspec.Struct, kw_only=True):
    """Who says so: the speaker as written and resolved, the cue ("said"), and the speaker's span."""

    entity_text: str
    code: str | None = None
    cue: str
    start: int
    end: int


class Telling(msgspec.Struct, kw_only=True):
    """A passage that tells of the event, and the words in it that name the act."""

    start: int
    end: int
    trigger_start: int
    trigger_end: int


class TextInfo(msgspec.Struct, kw_only=True):
    """The first telling's sentence: its number in the article, from 0, and its characters."""

    sequence: int
    start: int
    end: int


class CiteInfo(msgspec.Struct, kw_only=True):
    """What to cite: the article's own details and the codebook."""

    title: str | None = None
    url: str | None = None
    publication: str | None = None
    author: str | None = None
    language: str | None = None
    date: str | None = None
    codebook: str = "plover-2.0-draft"


class Event(msgspec.Struct, kw_only=True):
    """One event: who did what to whom, where and when, and the characters that say it.

    Days are ISO strings. `why` names, for each field, the rule, lexicon entry or model that
    decided it. `confidence` is in 0..1.
    """

    id: str
    doc: str
    date: str | None
    enddate: str | None
    date_precision: Precision
    actor: list[Entity]
    recipient: list[Entity]
    event: list[str]
    mode: list[str] = []
    context: list[str] = []
    aux: list[Aux] = []
    quad_code: Literal[1, 2, 3, 4]
    event_scale: float
    cameo: str
    event_loc: Place | None = None
    size: dict[str, int] = {}
    attribution: list[Attribution] = []
    event_text: str
    text: str
    text_info: TextInfo
    mentions: list[Telling]
    link: str | None = None
    cite_info: CiteInfo
    why: dict[str, str] = {}
    confidence: float
    coder: str
    coded_date: str

    def to_dict(self) -> dict[str, Any]:
        """The record as plain dicts and lists, ready for JSON."""
        result: dict[str, Any] = msgspec.to_builtins(self)
        return result


def json_schema() -> dict[str, Any]:
    """The JSON schema (2020-12) that every event record validates against."""
    return msgspec.json.schema(Event)


def to_json(record: msgspec.Struct) -> str:
    """A record as one line of JSON, keys in the order of its fields."""
    return msgspec.json.encode(record).decode()
