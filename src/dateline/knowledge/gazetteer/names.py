"""What the tables beside the index say of names: adjectives, abbreviations, neighbours, doubtful words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from dateline.knowledge.gazetteer.index import Entry, fold, gazetteer
from dateline.knowledge.tables import read_table

# The readings of beside.tsv, by side, and the field of `Beside` that holds the words of each.
READINGS = {
    ("after", "body"): "body",
    ("after", "other"): "other",
    ("after", "kind"): "kind",
    ("after", "road"): "road",
    ("after", "feature"): "feature",
    ("after", "will"): "will",
    ("within", "joins"): "joins",
    ("before", "other"): "other_before",
    ("before", "person"): "person",
    ("before", "place"): "place",
    ("before", "road"): "road_before",
    ("before", "feature"): "feature_before",
    ("before", "settlement"): "settlement",
    ("before", "ground"): "ground",
    ("before", "toward"): "toward",
    ("before", "leads"): "leads",
}
STRENGTHS = ("never", "doubtful")


@dataclass(frozen=True, slots=True)
class Country:
    """A country: `code` is the alpha-3 code that records bear, a dependency its sovereign's ("" for none)."""

    code: str
    row: int
    adjectives: tuple[str, ...]


@lru_cache(maxsize=1)
def countries() -> Mapping[str, Country]:
    """Countries by ISO 3166 alpha-2 code, in the table's order, which is that of the index's first rows."""
    found = {}
    rows = read_table("gazetteer", "countries.tsv", required=("iso2", "code", "adjectives"))
    for number, row in enumerate(rows):
        iso, code = row["iso2"], row["code"]
        if len(iso) != 2 or len(code) not in (0, 3):
            raise row.bad(f"{iso} {code} are not ISO 3166 codes")
        if gazetteer().entry(number).country != iso:
            raise row.bad("the index was built from another table: run dateline.knowledge.gazetteer.build")
        found[iso] = Country(code, number, row.many("adjectives"))
    return found


@lru_cache(maxsize=1)
def adjectives() -> Mapping[str, int]:
    """Folded adjectives of countries and their people, singular and plural, to the country's row."""
    found: dict[str, int] = {}
    for country in countries().values():
        for word in country.adjectives:
            found[fold(word)] = country.row
            found[fold(word) + "s"] = country.row
    return found


@lru_cache(maxsize=1)
def abbreviations() -> Mapping[str, int]:
    """Abbreviations of regions as written ("Ill.", "IL", "B.C.") to the region's row."""
    found: dict[str, int] = {}
    for row in read_table("gazetteer", "centres.tsv", required=("country", "region", "short")):
        regions = [
            e for e in gazetteer().find(row["region"]) if e.country == row["country"] and e.kind == "ADM1"
        ]
        # An index of one's own may be of one country; the shipped one has them all (tests).
        for short in row.many("short") if regions else ():
            found[short] = regions[0].row
    return found


@lru_cache(maxsize=1)
def not_places() -> Mapping[str, str]:
    """Folded names that are mostly not places, to "never" or "doubtful"."""
    found = {}
    for row in read_table("gazetteer", "not_places.tsv", required=("name", "strength")):
        if row["strength"] not in STRENGTHS:
            raise row.bad(f"{row['strength']} is not one of {', '.join(STRENGTHS)}")
        found[fold(row["name"])] = row["strength"]
    return found


@lru_cache(maxsize=1)
def in_the_news() -> frozenset[str]:
    """Folded names that news_names.tsv lists: places however the tagger takes them."""
    rows = read_table("gazetteer", "news_names.tsv", required=("names",))
    return frozenset(fold(name) for row in rows for name in row.many("names"))


@dataclass(frozen=True, slots=True)
class Beside:
    """Words beside a name, by what they make of it; see beside.tsv."""

    body: frozenset[str]
    other: frozenset[str]
    kind: frozenset[str]
    person: frozenset[str]
    other_before: frozenset[str]
    place: frozenset[str]
    road: frozenset[str]
    road_before: frozenset[str]
    feature: frozenset[str]
    will: frozenset[str]
    feature_before: frozenset[str]
    settlement: frozenset[str]
    ground: frozenset[str]
    toward: frozenset[str]
    leads: frozenset[str]
    joins: frozenset[str]


@lru_cache(maxsize=1)
def beside() -> Beside:
    """The neighbours' table."""
    found: dict[str, set[str]] = {name: set() for name in READINGS.values()}
    for row in read_table("gazetteer", "beside.tsv", required=("word", "side", "reading")):
        name = READINGS.get((row["side"], row["reading"]))
        if name is None:
            raise row.bad(f"{row['side']} {row['reading']} is no known side and reading")
        found[name].add(row["word"])
    return Beside(**{name: frozenset(words) for name, words in found.items()})


@lru_cache(maxsize=1)
def capitals() -> Mapping[str, Entry]:
    """Countries' capitals by ISO 3166 alpha-2 code, where the index knows them."""
    found: dict[str, Entry] = {}
    for row in read_table("gazetteer", "capitals.tsv", required=("iso2", "capital")):
        towns = [e for e in gazetteer().find(row["capital"]) if e.country == row["iso2"] and e.group == "P"]
        if towns:
            found[row["iso2"]] = towns[0]
    return found
