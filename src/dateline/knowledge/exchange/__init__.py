"""The code lists of the field's data sets: countries, CAMEO scores and classes, names of sectors.

Each table names its sources. All are checked against the codebook when they are loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from dateline.knowledge.codebook import sectors
from dateline.knowledge.tables import Row, read_table

DataSet = Literal["gdelt", "icews", "phoenix"]
SETS: tuple[DataSet, ...] = ("gdelt", "icews", "phoenix")


@dataclass(frozen=True, slots=True)
class Country:
    """A country's codes: ISO 3166-1 alpha-3, alpha-2, FIPS 10-4, CAMEO, Correlates of War; ICEWS's name."""

    code: str
    iso2: str
    fips: str
    cameo: str
    cow: str
    icews: str


@dataclass(frozen=True, slots=True)
class CameoEntry:
    """What the data sets say of a CAMEO code; None where the parent's holds."""

    scores: Mapping[DataSet, float | None]
    mutual: bool
    name: str


@lru_cache(maxsize=1)
def countries() -> Mapping[str, Country]:
    """The countries by the code that records bear. Raises `DatelineError` for a bad or double code."""
    found: dict[str, Country] = {}
    seen: set[tuple[str, str]] = set()
    for row in read_table("exchange", "countries.tsv", required=("code", "iso2", "fips", "cow", "icews")):
        code = row["code"]
        new = Country(code, row["iso2"], row["fips"], row["cameo"] or code, row["cow"], row["icews"])
        lengths = ((new.code, 3), (new.iso2, 2), (new.fips, 2), (new.cameo, 3))
        if any(len(value) != length or not value.isupper() for value, length in lengths):
            raise row.bad("code and cameo are three capitals, iso2 and fips two")
        if not new.icews or (new.cow and not new.cow.isdecimal()):
            raise row.bad("cow is a number or empty, icews a name")
        keys = {("code", code), ("iso2", new.iso2), ("fips", new.fips), ("cow", new.cow or code)}
        if keys & seen:
            raise row.bad(f"{min(keys & seen)[1]!r} stands twice")
        seen |= keys
        found[code] = new
    return found


def _score(row: Row, column: str) -> float | None:
    if not row[column]:
        return None
    try:
        score = float(row[column])
    except ValueError as error:
        raise row.bad(f"{column}: {row[column]!r} is not a number") from error
    if not -10 <= score <= 10:
        raise row.bad(f"{column}: {score} is not in -10..10")
    return score


@lru_cache(maxsize=1)
def _entries() -> Mapping[str, CameoEntry]:
    found: dict[str, CameoEntry] = {}
    for row in read_table("exchange", "cameo_scores.tsv", required=("cameo", *SETS, "mutual", "name")):
        code = row["cameo"]
        if not (code.isdecimal() and 2 <= len(code) <= 4) or code in found:
            raise row.bad(f"{code!r} is not two to four digits or stands twice")
        scores = {name: _score(row, name) for name in SETS}
        if len(code) == 2 and (None in scores.values() or not row["name"]):
            raise row.bad("a root has all scores and a name")
        if row["mutual"] not in ("yes", ""):
            raise row.bad(f"mutual is {row['mutual']!r}, not yes or empty")
        found[code] = CameoEntry(scores, row["mutual"] == "yes", row["name"])
    return found


def _up(cameo: str) -> tuple[CameoEntry, ...]:
    """The code's entry and its parents', finest first. Empty for what is no CAMEO code."""
    entries = _entries()
    return tuple(entries[cameo[:n]] for n in range(len(cameo), 1, -1) if cameo[:n] in entries)


def score(cameo: str, data_set: DataSet) -> float | None:
    """The code's score (-10..10) in a data set, else its parent's; None for what is no CAMEO code."""
    return next((s for e in _up(cameo) if (s := e.scores[data_set]) is not None), None)


def cameo_name(cameo: str) -> str:
    """The code's name as ICEWS has it, else its parent's; empty for what is no CAMEO code."""
    return next((e.name for e in _up(cameo) if e.name), "")


def mutual(cameo: str) -> bool:
    """Whether CAMEO codes the act in both directions where two sides do it together."""
    return any(e.mutual for e in _up(cameo)[:1])


@lru_cache(maxsize=1)
def _roots() -> Mapping[str, Mapping[str, int]]:
    found: dict[str, Mapping[str, int]] = {}
    for row in read_table("exchange", "cameo_roots.tsv", required=("root", "gdelt", "phoenix")):
        if row["root"] not in _entries() or row["gdelt"] not in "1234" or row["phoenix"] not in "01234":
            raise row.bad("no such root or class")
        found[row["root"]] = {"gdelt": int(row["gdelt"]), "phoenix": int(row["phoenix"])}
    return found


def root_class(cameo: str, data_set: Literal["gdelt", "phoenix"]) -> int | None:
    """GDELT's QuadClass (1-4) or Phoenix's PentaClass (0-4) of a code; None for what is no CAMEO code."""
    found = _roots().get(cameo[:2])
    return None if found is None else found[data_set]


@lru_cache(maxsize=8)
def _columns(file: str) -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for row in read_table("exchange", file, required=("column", "codes")):
        codes = row.many("codes")
        if any(len(c) != 3 or not c.isupper() for c in codes) or len(set(codes)) != len(codes):
            raise row.bad("the codes are three capitals each and stand once")
        found[row["column"]] = frozenset(codes)
    return found


def gdelt_codes(column: Literal["type", "group"]) -> frozenset[str]:
    """The CAMEO codes of GDELT's Actor*Type and Actor*KnownGroupCode columns."""
    return _columns("cameo_parts.tsv")[column]


def phoenix_codes(column: Literal["role", "entity"]) -> frozenset[str]:
    """The codes of Phoenix's *ActorRole columns, and those of *ActorEntity that are no countries."""
    return _columns("phoenix_agents.tsv")[column]


@lru_cache(maxsize=1)
def icews_sectors() -> Mapping[str, str]:
    """PLOVER's sectors and what ICEWS calls them."""
    found: dict[str, str] = {}
    for row in read_table("exchange", "sectors.tsv", required=("sector", "icews")):
        if row["sector"] not in sectors() or not row["icews"] or "," in row["icews"]:
            raise row.bad("no sector of the codebook, or a name that is empty or has a comma")
        found[row["sector"]] = row["icews"]
    return found


@lru_cache(maxsize=1)
def quad_names() -> Mapping[int, str]:
    """PLOVER's quad codes and what POLECAT calls them."""
    rows = read_table("exchange", "quads.tsv", required=("quad", "polecat"))
    return {int(row["quad"]): row["polecat"] for row in rows}


@lru_cache(maxsize=1)
def column_meanings() -> Mapping[str, str]:
    """The columns of the CSV and Parquet exports and what each means."""
    rows = read_table("exchange", "columns.tsv", required=("column", "meaning"))
    return {row["column"]: row["meaning"] for row in rows}
