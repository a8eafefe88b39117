"""The record of a place, from its entry in the gazetteer."""

from __future__ import annotations

from dateline import record
from dateline.knowledge.gazetteer.index import Entry, gazetteer
from dateline.knowledge.gazetteer.names import countries
from dateline.mentions.places import PlaceMention


def as_place(mention: PlaceMention, entry: Entry | None) -> record.Place:
    """The record of a mention that means the gazetteer's `entry` (None: not known where it is)."""
    place = record.Place(extracted_place=mention.text, start=mention.start, end=mention.end)
    if entry is None:
        return place
    index = gazetteer()
    country = countries().get(entry.country)
    place.resolved_place = entry.name
    place.geonameid = entry.id or None
    place.lat, place.lon = entry.lat, entry.lon
    place.feature_class, place.feature_code = entry.group, entry.kind
    if country is not None:
        place.country = index.entry(country.row).name
        place.country_code = country.code or None
    if entry.admin1 >= 0:
        place.province = index.entry(entry.admin1).name
    if entry.admin2 >= 0:
        place.district = index.entry(entry.admin2).name
    if entry.group == "P" and entry.kind != "PPLX":
        place.city, place.resolution = entry.name, 4
    elif entry.group in ("P", "S", "R"):
        place.resolution = 5
    elif entry.kind == "ADM1":
        place.province, place.resolution = entry.name, 2
    elif entry.kind == "ADM2":
        place.district, place.resolution = entry.name, 3
    elif entry.group == "A" or entry.row < len(countries()):
        place.resolution = 1
    elif entry.group == "L" and entry.country:
        place.resolution = 2
    return place
