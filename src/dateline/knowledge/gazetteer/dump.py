"""Builds a gazetteer index from GeoNames' full dump (`dateline gazetteer build allCountries.zip`).

The dump is one tab-separated table of 19 columns (GeoNames, "readme.txt" of the export folder). Regions
and countries have their own coordinates in it; towns name their regions by code.
"""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from dateline.errors import DatelineError, Problem
from dateline.knowledge.gazetteer.build import (
    ALIASES_FROM,
    Place,
    call_by_town,
    latin,
    news_names,
    world,
    write,
)
from dateline.knowledge.gazetteer.index import fold
from dateline.knowledge.tables import read_table

COLUMNS = 19
REGIONS = ("ADM1", "ADM2")


@lru_cache(maxsize=1)
def _features() -> frozenset[str]:
    """The feature codes that news names, beside towns and regions."""
    rows = read_table("gazetteer", "features.tsv", required=("feature",))
    return frozenset(code for row in rows for code in row.many("feature"))


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The dump's lines, numbered from 1, from the zip or the table itself."""
    csv.field_size_limit(sys.maxsize)
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                names = [n for n in archive.namelist() if n.endswith(".txt") and "readme" not in n.lower()]
                if not names:
                    raise DatelineError(Problem.BAD_LINE, str(path), "no table is in the archive")
                with archive.open(names[0]) as raw, io.TextIOWrapper(raw, encoding="utf-8") as text:
                    yield from enumerate(csv.reader(text, delimiter="\t", quoting=csv.QUOTE_NONE), 1)
        else:
            with path.open(encoding="utf-8", newline="") as text:
                yield from enumerate(csv.reader(text, delimiter="\t", quoting=csv.QUOTE_NONE), 1)
    except FileNotFoundError as error:
        raise DatelineError(Problem.MISSING, str(path)) from error
    except (OSError, UnicodeDecodeError, zipfile.BadZipFile) as error:
        raise DatelineError(Problem.UNREADABLE, str(path), str(error)) from error


def _place(cells: list[str]) -> Place:
    population = int(cells[14] or 0)
    names = latin(cells[3].split(",")) if population >= ALIASES_FROM or cells[6] == "A" else []
    return Place(
        int(cells[0]),
        cells[1],
        float(cells[4]),
        float(cells[5]),
        cells[8],
        cells[6],
        cells[7],
        population,
        names=names,
    )


def _kept(cells: list[str], every_town: bool) -> bool:
    """Whether a place is taken: regions, features that news names, towns with people or a seat in them."""
    if cells[6] == "P":
        return every_town or cells[14] not in ("", "0") or cells[7].startswith("PPLA") or cells[7] == "PPLC"
    return cells[7] in REGIONS or cells[7] in _features() or (cells[6] == "A" and cells[7].startswith("PCL"))


def _countries(found: dict[str, list[Place]]) -> dict[str, Place]:
    """The countries in the order of the shipped table, which other tables count by."""
    countries = {}
    for row in read_table("gazetteer", "countries.tsv", required=("iso2", "lat", "lon", "code", "kind")):
        iso, names = row["iso2"], row.many("names")
        held = max(found.get(iso, ()), key=lambda p: p.population, default=None)
        countries[iso] = Place(
            held.id if held else 0,
            held.name if held else (names or (iso,))[0],
            float(row["lat"]),
            float(row["lon"]),
            iso,
            "A",
            row["kind"],
            held.population if held else 0,
            names=[*names, *(held.names if held else ())],
        )
    return countries


def build_from_dump(dump: Path, out: Path, every_town: bool = False) -> int:
    """Writes an index of the dump's places to `out` and returns how many they are.

    Towns without people are left out unless `every_town`: they are four in five of the dump's and
    double the names that mean several places. Raises `DatelineError` with file and line where the dump
    is missing or is not one.
    """
    states: dict[str, list[Place]] = {}
    regions: dict[tuple[str, ...], Place] = {}
    codes: list[tuple[Place, tuple[str, str, str]]] = []
    for number, cells in _rows(dump):
        if len(cells) != COLUMNS:
            raise DatelineError(Problem.BAD_LINE, f"{dump}:{number}", f"{len(cells)} cells, not {COLUMNS}")
        if not _kept(cells, every_town):
            continue
        try:
            place = _place(cells)
        except ValueError as error:
            raise DatelineError(Problem.BAD_LINE, f"{dump}:{number}", str(error)) from error
        if place.kind.startswith("PCL"):
            states.setdefault(place.country, []).append(place)
            continue
        code = (cells[8], cells[10], cells[11])
        if place.kind in REGIONS:
            regions[code[:2] if place.kind == "ADM1" else code] = place
        codes.append((place, code))
    for place, code in codes:
        if place.kind != "ADM1":
            place.admin1 = regions.get(code[:2])
        if place.group != "A":
            place.admin2 = regions.get(code)
    countries = _countries(states)
    places = [place for place, _ in codes if place.country in countries or not place.country]
    by_id = {p.id: p for p in places if p.kind in REGIONS}
    sites = world(by_id, strict=False)
    towns = [p for p in places if p.group == "P"]
    news_names(places, strict=False)
    call_by_town(by_id, towns)
    known = {p.id for p in sites if p.id}
    rest = sorted((p for p in places if p.id not in known), key=lambda p: (fold(p.name), p.id))
    everything = [*countries.values(), *sites, *rest]
    write(everything, out)
    return len(everything)
