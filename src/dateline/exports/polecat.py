"""POLECAT: 40 columns between tabs, with a head (doi.org/10.7910/DVN/AJGVIT).

One row an event; several values in a cell are joined with "; ", those of a side in the same order, and
"None" stands for what is missing, as in POLECAT's files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from dateline.exports.exported import Exported, cell, day, figure, joined
from dateline.knowledge import exchange
from dateline.record import Entity, Event

_SIDES = (("Actor", "Wikipedia Actor ID"), ("Recipient", "Wikipedia Recipient ID"))
COLUMNS: tuple[str, ...] = (
    *("Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts"),
    *(
        name
        for side, wiki in _SIDES
        for name in (
            *(f"{side} Name", f"{side} Country", f"{side} COW", f"Primary {side} Sector"),
            *(f"{side} Sectors", f"{side} Title", f"{side} Name Raw", wiki),
        )
    ),
    *("Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID"),
    *("Raw Placename", "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations"),
    *("Story Locations", "Language", "Version"),
)
MISSING = "None"


def _cow(entity: Entity) -> str:
    found = exchange.countries().get(entity.code or "")
    return found.cow if found else ""


def _sectors(entity: Entity) -> str:
    return "; ".join(s for s in (entity.sector, *entity.other_sectors) if s)


def _side(entities: Sequence[Entity]) -> tuple[str, ...]:
    def each(pick: Callable[[Entity], str | None]) -> str:
        return joined((pick(e) for e in entities), MISSING)

    return (
        each(lambda e: e.identifier_text),
        each(lambda e: e.code),
        each(_cow),
        each(lambda e: e.sector),
        each(_sectors),
        each(lambda e: e.office),
        each(lambda e: e.entity_text),
        each(lambda e: e.identifier_id),
    )


def _place(event: Event) -> tuple[str, ...]:
    place = event.event_loc
    if place is None:
        return (MISSING,) * 10
    texts = (place.resolved_place, place.city, place.district, place.province, place.country_code)
    return (
        *(cell(text) or MISSING for text in texts),
        figure(place.lat) or MISSING,
        figure(place.lon) or MISSING,
        str(place.geonameid or MISSING),
        cell(place.extracted_place) or MISSING,
        cell(place.feature_code) or MISSING,
    )


def rows(item: Exported) -> Iterator[tuple[str, ...]]:
    """The event's row. People, organisations and places of the whole story are not in a record: "None"."""
    event = item.event
    yield (
        cell(event.id),
        day(event) or MISSING,
        joined(event.event, MISSING),
        joined(event.mode, MISSING),
        figure(event.event_scale),
        exchange.quad_names()[event.quad_code],
        joined(event.context, MISSING),
        *_side(event.actor),
        *_side(event.recipient),
        *_place(event),
        cell(item.sources[0] if item.sources else None) or MISSING,
        (event.cite_info.date or "")[:10] or MISSING,
        *(MISSING, MISSING, MISSING),
        cell(event.cite_info.language) or MISSING,
        cell(event.coder),
    )
