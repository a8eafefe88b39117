"""A record as one flat row, for CSV, Arrow and Parquet."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from dateline.record import Entity, Event, Place

Cell = str | int | float | None


def _entities(pick: Callable[[Entity], str | None]) -> Callable[[Iterable[Entity]], str]:
    return lambda entities: "; ".join(pick(e) or "" for e in entities)


def _place(pick: Callable[[Place], Cell]) -> Callable[[Event], Cell]:
    return lambda event: pick(event.event_loc) if event.event_loc else None


def _size(name: str) -> Callable[[Event], Cell]:
    return lambda event: event.size.get(name)


_codes = _entities(lambda e: e.code)
_sectors = _entities(lambda e: e.sector)
_texts = _entities(lambda e: e.entity_text)
_names = _entities(lambda e: e.identifier_text)
_ids = _entities(lambda e: e.identifier_id)
_cameos = _entities(lambda e: e.cameo)

SIZES = (
    "dead",
    "injured",
    "arrested",
    "missing",
    "displaced",
    "hostages",
    "released",
    "troops",
    "protesters",
    "vehicles",
    "aircraft",
    "money",
)

COLUMNS: dict[str, tuple[type, Callable[[Event], Cell]]] = {
    "id": (str, lambda e: e.id),
    "doc": (str, lambda e: e.doc),
    "date": (str, lambda e: e.date),
    "enddate": (str, lambda e: e.enddate),
    "date_precision": (str, lambda e: e.date_precision),
    "event": (str, lambda e: "; ".join(e.event)),
    "mode": (str, lambda e: "; ".join(e.mode)),
    "aux": (str, lambda e: "; ".join(e.aux)),
    "context": (str, lambda e: "; ".join(e.context)),
    "quad_code": (int, lambda e: e.quad_code),
    "event_scale": (float, lambda e: e.event_scale),
    "cameo": (str, lambda e: e.cameo),
    "actor_code": (str, lambda e: _codes(e.actor)),
    "actor_sector": (str, lambda e: _sectors(e.actor)),
    "actor_text": (str, lambda e: _texts(e.actor)),
    "actor_name": (str, lambda e: _names(e.actor)),
    "actor_id": (str, lambda e: _ids(e.actor)),
    "actor_cameo": (str, lambda e: _cameos(e.actor)),
    "recipient_code": (str, lambda e: _codes(e.recipient)),
    "recipient_sector": (str, lambda e: _sectors(e.recipient)),
    "recipient_text": (str, lambda e: _texts(e.recipient)),
    "recipient_name": (str, lambda e: _names(e.recipient)),
    "recipient_id": (str, lambda e: _ids(e.recipient)),
    "recipient_cameo": (str, lambda e: _cameos(e.recipient)),
    "place": (str, _place(lambda p: p.resolved_place or p.extracted_place)),
    "place_country": (str, _place(lambda p: p.country_code)),
    "geonameid": (int, _place(lambda p: p.geonameid)),
    "lat": (float, _place(lambda p: p.lat)),
    "lon": (float, _place(lambda p: p.lon)),
    "resolution": (int, _place(lambda p: p.resolution)),
    **{name: (int, _size(name)) for name in SIZES},
    "attribution": (str, lambda e: "; ".join(a.entity_text for a in e.attribution)),
    "event_text": (str, lambda e: e.event_text),
    "text": (str, lambda e: e.text),
    "start": (int, lambda e: e.mentions[0].start if e.mentions else e.text_info.start),
    "end": (int, lambda e: e.mentions[0].end if e.mentions else e.text_info.end),
    "tellings": (int, lambda e: len(e.mentions)),
    "title": (str, lambda e: e.cite_info.title),
    "url": (str, lambda e: e.cite_info.url),
    "publication": (str, lambda e: e.cite_info.publication),
    "published": (str, lambda e: e.cite_info.date),
    "why": (str, lambda e: e.why.get("event")),
    "confidence": (float, lambda e: e.confidence),
    "coder": (str, lambda e: e.coder),
    "coded_date": (str, lambda e: e.coded_date),
}


def row(event: Event) -> dict[str, Cell]:
    """The record as a flat row: lists are joined with "; ", a side's columns in the same order."""
    return {name: value(event) for name, (_, value) in COLUMNS.items()}
