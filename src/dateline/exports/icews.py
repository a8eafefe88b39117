"""ICEWS events: 20 columns between tabs, with a head (doi.org/10.7910/DVN/28075).

ICEWS's keys are whole numbers of 31 bits that may repeat: with the day they are one row's (its data do the
same). "NULL" stands for text that is missing, an empty cell for a number.
"""

from __future__ import annotations

from collections.abc import Iterator

from dateline.exports.exported import Exported, cell, day, figure, number, pairs
from dateline.knowledge import exchange
from dateline.record import Entity, Event

COLUMNS: tuple[str, ...] = (
    *("Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text"),
    *("CAMEO Code", "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID"),
    *("Sentence Number", "Publisher", "City", "District", "Province", "Country", "Latitude", "Longitude"),
)
MISSING = "NULL"
BITS = 31


def _country(code: str | None) -> str:
    found = exchange.countries().get(code or "")
    return found.icews if found else ""


def _name(entity: Entity) -> str:
    """A name, or as ICEWS writes those without one: "Police (Kenya)", and a country for its government."""
    country = _country(entity.code)
    whole = (entity.cameo or "") == (entity.code or "")
    if country and whole:
        return country
    if entity.identifier_text and entity.identifier_text != country:
        return entity.identifier_text
    sector = exchange.icews_sectors().get(entity.sector or "")
    if country and sector:
        return f"{sector} ({country})"
    return country or entity.entity_text


def _party(entity: Entity | None) -> tuple[str, str, str]:
    if entity is None:
        return MISSING, MISSING, MISSING
    names = exchange.icews_sectors()
    whole = entity.cameo is not None and entity.cameo == entity.code
    codes = [] if whole else [entity.sector or "", *entity.other_sectors]
    sectors = ",".join(dict.fromkeys(names[c] for c in codes if c in names))
    return cell(_name(entity)) or MISSING, sectors or MISSING, _country(entity.code) or MISSING


def _place(event: Event) -> tuple[str, ...]:
    place = event.event_loc
    if place is None:
        return (*[MISSING] * 4, "", "")
    names = (place.city, place.district, place.province, _country(place.country_code) or place.country)
    return (*(cell(name) or MISSING for name in names), figure(place.lat), figure(place.lon))


def rows(item: Exported) -> Iterator[tuple[str, ...]]:
    """The event's rows, one a pair of actors."""
    event = item.event
    for place, (actor, recipient) in enumerate(pairs(event)):
        yield (
            str(number(event.id, place, bits=BITS)),
            day(event),
            *_party(actor),
            exchange.cameo_name(event.cameo) or MISSING,
            event.cameo,
            figure(exchange.score(event.cameo, "icews")),
            *_party(recipient),
            str(number(event.doc, bits=BITS)),
            str(event.text_info.sequence + 1),
            cell(item.sources[0] if item.sources else None) or MISSING,
            *_place(event),
        )
