"""Phoenix: 26 columns between tabs, no head.

After `create_strings` and `split_process` of postprocess.py of openeventdata/phoenix_pipeline: an actor's
code in whole, its country or kind, its first agent, and the rest; PentaClass 0 to 4; issues as "NAME,count".
"""

from __future__ import annotations

from collections.abc import Iterator

from dateline.exports.exported import Exported, cell, day, figure, number, pairs
from dateline.exports.gdelt import parts
from dateline.knowledge import exchange
from dateline.record import Entity, Event

COLUMNS: tuple[str, ...] = (
    *("EventID", "Date", "Year", "Month", "Day"),
    *(
        f"{side}Actor{name}"
        for side in ("Source", "Target")
        for name in ("Full", "Entity", "Role", "Attribute")
    ),
    *("EventCode", "EventRootCode", "PentaClass", "GoldsteinScore", "Issues", "Lat", "Lon"),
    *("LocationName", "StateName", "CountryCode", "SentenceID", "URLs", "NewsSources"),
)


def _party(entity: Entity | None) -> tuple[str, str, str, str]:
    if entity is None:
        return "", "", "", ""
    full = entity.cameo or entity.code or ""
    codes = parts(full)
    root = role = ""
    if codes and (codes[0] == entity.code or codes[0] in exchange.phoenix_codes("entity")):
        root = codes[0]
    # The agent stands right after the root, as the pipeline looks for it.
    rest = codes[1:]
    if rest and rest[0] in exchange.phoenix_codes("role"):
        role, rest = rest[0], rest[1:]
    return cell(full), cell(root), role, cell(";".join(rest))


def _place(event: Event) -> tuple[str, ...]:
    place = event.event_loc
    if place is None or place.lat is None or place.lon is None:
        return ("",) * 5
    name = place.resolved_place or place.extracted_place
    texts = (cell(name), cell(place.province), cell(place.country_code))
    return figure(place.lat), figure(place.lon), *texts


def _list(values: list[str]) -> str:
    """Values with ";" between them; one inside a value is written as in an address, %3B."""
    return ";".join(cell(value.replace(";", "%3B")) for value in values)


def rows(item: Exported) -> Iterator[tuple[str, ...]]:
    """The event's rows, one a pair of actors."""
    event = item.event
    when = day(event)
    klass = exchange.root_class(event.cameo, "phoenix")
    for place, (actor, recipient) in enumerate(pairs(event)):
        yield (
            str(number(event.id, place)),
            when.replace("-", ""),
            *(when.split("-") if when else ("", "", "")),
            *_party(actor),
            *_party(recipient),
            event.cameo,
            event.cameo[:2],
            "" if klass is None else str(klass),
            figure(exchange.score(event.cameo, "phoenix")),
            ";".join(f"{cell(context).upper()},1" for context in event.context),
            *_place(event),
            cell(f"{event.doc}_{event.text_info.sequence}"),
            _list(item.urls),
            _list(item.sources),
        )
