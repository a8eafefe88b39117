"""GDELT 2.0 events: 61 columns between tabs, no head.

After the GDELT 2.0 codebook (gdeltproject.org, "GDELT-Event_Codebook-V2.0.pdf") and, where it leaves a
question open, GDELT's own files. FractionDate is (month - 1) * 30 + day over 365, as the files have it
(the codebook prints the month itself).
"""

from __future__ import annotations

from collections.abc import Iterator

from dateline.exports.exported import Exported, cell, day, figure, number, pairs
from dateline.knowledge import exchange
from dateline.record import Entity, Event, Place

_PARTY = (
    "Code",
    "Name",
    "CountryCode",
    "KnownGroupCode",
    "EthnicCode",
    "Religion1Code",
    "Religion2Code",
    "Type1Code",
    "Type2Code",
    "Type3Code",
)
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
COLUMNS: tuple[str, ...] = (
    *("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"),
    *(f"Actor1{name}" for name in _PARTY),
    *(f"Actor2{name}" for name in _PARTY),
    *("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"),
    *("NumMentions", "NumSources", "NumArticles", "AvgTone"),
    *(f"{place}Geo_{name}" for place in ("Actor1", "Actor2", "Action") for name in _GEO),
    *("DATEADDED", "SOURCEURL"),
)
# The title and the opening sentences, for GDELT's "lead paragraph".
LEAD = 2
COUNTRY, PROVINCE = 1, 2
UNPLACED = ("0", "", "", "", "", "", "", "")


def parts(cameo: str) -> list[str]:
    """A CAMEO actor code in its parts of three letters: IGOUNO -> IGO, UNO."""
    return [cameo[i : i + 3] for i in range(0, len(cameo), 3)]


def cameo_actor(entity: Entity) -> list[str]:
    """The parts of an entity's CAMEO code, its country's in CAMEO's spelling (ROU -> ROM)."""
    found = parts(entity.cameo or entity.code or "")
    country = exchange.countries().get(entity.code or "")
    if country and found and found[0] == country.code:
        found[0] = country.cameo
    return found


def _party(entity: Entity | None) -> list[str]:
    """An actor's ten columns; ethnic and religious codes are not ours to give and stay empty."""
    if entity is None:
        return [""] * len(_PARTY)
    codes = cameo_actor(entity)
    country = exchange.countries().get(entity.code or "")
    named = country is not None and country.cameo in codes
    groups = [c for c in codes if c in exchange.gdelt_codes("group")]
    types = [c for c in codes if c in exchange.gdelt_codes("type")][:3]
    return [
        cell("".join(codes)),
        cell((entity.identifier_text or entity.entity_text).upper()),
        country.cameo if country and named else "",
        groups[0] if groups else "",
        *("", "", ""),
        *types,
        *[""] * (3 - len(types)),
    ]


def _place(place: Place | None) -> tuple[str, ...]:
    """A place's eight columns. Codes of provinces and features are FIPS's and GNS's, which we do not hold."""
    country = exchange.countries().get(place.country_code or "") if place else None
    if place is None or country is None:
        return UNPLACED
    inside = country.code == "USA"
    names: tuple[str | None, ...]
    if place.resolution == COUNTRY:
        kind, names = 1, (place.country or place.resolved_place,)
    elif place.resolution == PROVINCE:
        kind, names = (2 if inside else 5), (place.province or place.resolved_place, place.country)
    else:
        kind, names = (3 if inside else 4), (place.resolved_place, place.province, place.country)
    whole = country.fips if place.resolution == COUNTRY else ""
    return (
        str(kind),
        ", ".join(dict.fromkeys(cell(n) for n in names if n)),
        country.fips,
        whole,
        "",
        figure(place.lat),
        figure(place.lon),
        whole,
    )


def _day(event: Event) -> tuple[str, ...]:
    when = day(event)
    if not when:
        return ("", "", "", "")
    year, month, date = when.split("-")
    fraction = ((int(month) - 1) * 30 + int(date)) / 365
    return f"{year}{month}{date}", f"{year}{month}", year, f"{int(year) + fraction:.4f}"


def rows(item: Exported) -> Iterator[tuple[str, ...]]:
    """The event's rows, one a pair of actors."""
    event = item.event
    added = (event.coded_date or event.cite_info.date or "")[:10].replace("-", "")
    url = item.urls[0] if item.urls else event.cite_info.url or event.doc
    klass = exchange.root_class(event.cameo, "gdelt")
    for place, (actor, recipient) in enumerate(pairs(event)):
        yield (
            str(number(event.id, place)),
            *_day(event),
            *_party(actor),
            *_party(recipient),
            "1" if event.text_info.sequence <= LEAD else "0",
            event.cameo,
            event.cameo[:3],
            event.cameo[:2],
            "" if klass is None else str(klass),
            figure(exchange.score(event.cameo, "gdelt")),
            str(item.tellings),
            str(item.publishers),
            str(item.articles),
            "",
            *UNPLACED,
            *UNPLACED,
            *_place(event.event_loc),
            f"{added}000000" if added else "",
            cell(url),
        )
