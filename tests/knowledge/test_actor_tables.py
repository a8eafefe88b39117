"""Loads each line of the actor tables and checks codes, sectors, days and doubles."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pycountry
import pytest

from dateline.knowledge.tables import Row, read_table

SECTORS = {
    *("COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS"),
    *("CRM", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC"),
}
OTHER_CODES = {"KOS", "IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"}
CODES = {country.alpha_3 for country in pycountry.countries} | OTHER_CODES
TABLES = {
    "countries.tsv": ("code", "name", "adjectives", "people", "other_names", "capital", "seats", "wikidata"),
    "partial.tsv": ("name", "code", "adjectives", "other_names", "wikidata"),
    "organisations.tsv": ("name", "code", "sector", "aliases", "members", "start", "end", "wikidata"),
    "groups.tsv": ("name", "code", "sector", "aliases", "start", "end", "wikidata"),
    "people.tsv": ("name", "code", "sector", "office", "aliases", "start", "end", "wikidata", "source"),
    "leader_names.tsv": ("country_cow", "leader", "code", "office", "name", "aliases", "until", "wikidata"),
    "titles.tsv": ("title", "sector", "office", "other_sectors"),
    "agents.tsv": ("noun", "sector", "other_sectors", "code", "note"),
    "ethnic.tsv": ("name", "adjectives", "code", "sector", "other_names"),
}
KEYS = {
    "countries.tsv": ("code", "name"),
    "groups.tsv": ("name", "code", "start"),
    "people.tsv": ("name", "code", "start"),
    "leader_names.tsv": ("country_cow", "leader"),
    "titles.tsv": ("title",),
    "agents.tsv": ("noun",),
}


def day(text: str, last: bool) -> dt.date:
    """The first or last day that an ISO day, month or year allows, roughly."""
    parts = [int(part) for part in text.split("-")]
    return dt.date(*[*parts, *((12, 28) if last else (1, 1))[len(parts) - 1 :]][:3])


def wrong(row: Row) -> str | None:
    """What is wrong with a line, or None."""
    cells = row.cells
    if cells.get("code") and cells["code"] not in CODES:
        return f"code {cells['code']}"
    sectors = [s for column in ("sector", "other_sectors") if column in cells for s in row.many(column)]
    if bad := [s for s in sectors if s not in SECTORS]:
        return f"sector {bad[0]}"
    if cells.get("start") and cells.get("end") and day(cells["end"], True) < day(cells["start"], False):
        return "ends before it starts"
    wikidata = cells.get("wikidata", "")
    return (
        f"wikidata {wikidata}" if wikidata and not (wikidata[0] == "Q" and wikidata[1:].isdigit()) else None
    )


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_line_holds(table: str) -> None:
    rows = read_table("actors", table, required=TABLES[table])
    assert [(row.line, what) for row in rows if (what := wrong(row))] == []


@pytest.mark.parametrize("table", sorted(TABLES))
def test_no_line_stands_twice(table: str) -> None:
    columns = KEYS.get(table, ("name",))
    keys = [tuple(row[c] for c in columns) for row in read_table("actors", table)]
    counts = Counter(keys)
    assert [key for key, count in counts.items() if count > 1] == []
