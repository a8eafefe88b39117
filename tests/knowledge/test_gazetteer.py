"""The gazetteer's index and the tables beside it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.knowledge.gazetteer import names
from dateline.knowledge.gazetteer.index import fold, gazetteer
from dateline.knowledge.tables import read_table, shipped

# (name as written, GeoNames id of a place it may mean, its country, its feature code)
KNOWN = [
    ("Paris", 2988507, "FR", "PPLC"),
    ("KABUL", 1138958, "AF", "PPLC"),
    ("Kiev", 703448, "UA", "PPLC"),
    ("Kyiv", 703448, "UA", "PPLC"),
    ("St. Petersburg", 498817, "RU", "PPL"),
    ("São Paulo", 3448433, "BR", "ADM1"),
    ("Sao Paulo", 3448433, "BR", "ADM1"),
    ("U.S.", 6252001, "US", "PCLI"),
    ("West Bank", 285153, "PS", "ADM1"),
    ("Black Sea", 630673, "", "SEA"),
    ("Europe", 6255148, "", "CONT"),
]


@pytest.mark.parametrize(("name", "number", "country", "kind"), KNOWN)
def test_bearer(name: str, number: int, country: str, kind: str) -> None:
    assert (number, country, kind) in {(e.id, e.country, e.kind) for e in gazetteer().find(name)}


def test_all_bearers_are_kept() -> None:
    springfields = gazetteer().find("Springfield")
    assert len({e.admin1 for e in springfields if e.country == "US"}) > 10
    assert [e.population for e in springfields] == sorted((e.population for e in springfields), reverse=True)


def test_regions_lead_to_their_country() -> None:
    index = gazetteer()
    town = next(e for e in index.find("Latakia") if e.group == "P")
    assert index.entry(town.admin1).name == "Latakia"
    assert index.entry(town.admin1).kind == "ADM1"


def test_unknown_names_have_no_bearers() -> None:
    assert gazetteer().find("Qwertzuiop upon Nowhere") == ()
    assert gazetteer().find("") == ()


def test_size_and_notice() -> None:
    data = shipped("gazetteer", "index.bin").read_bytes()
    assert len(data) < 15_000_000
    assert b"CC BY 4.0" in data[:500]


def test_opens_and_answers_fast() -> None:
    gazetteer.cache_clear()
    begin = time.perf_counter()
    index = gazetteer()
    index.find("Timbuktu")
    assert time.perf_counter() - begin < 0.3
    begin = time.perf_counter()
    for number in range(2_000):
        index.has(f"no such place {number}")
    assert time.perf_counter() - begin < 0.2


FOLDED = [
    ("𝑨den™", "adentm"),
    ("Aleppo", "aleppo"),
    ("N'Djamena", "ndjamena"),
    ("Deir al-Zour", "deir al zour"),
    ("St. Louis", "saint louis"),
    ("Mt. Vernon", "mount vernon"),
    ("İstanbul", "istanbul"),
    ("Łódź", "lodz"),
    ("U.S.", "us"),
]


@pytest.mark.parametrize(("name", "folded"), FOLDED)
def test_fold(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(st.text(max_size=30))
def test_any_text_may_be_looked_up(name: str) -> None:
    index = gazetteer()
    assert bool(index.find(name)) == index.has(fold(name))


def test_countries_have_codes_and_places() -> None:
    index = gazetteer()
    for country in names.countries().values():
        entry = index.entry(country.row)
        assert -90 <= entry.lat <= 90
        assert -180 <= entry.lon <= 180
    assert names.countries()["XK"].code == "KOS"
    assert names.countries()["GL"].code == "DNK"
    assert names.countries()["HK"].code == "HKG"
    assert names.countries()["PS"].code == "PSE"


def test_tables_load() -> None:
    assert gazetteer().entry(names.adjectives()["syrian"]).country == "SY"
    assert gazetteer().entry(names.abbreviations()["Ill."]).name == "Illinois"
    assert names.capitals()["FR"].name == "Paris"
    assert names.not_places()["march"] == "never"
    assert "police" in names.beside().body
    assert {r["role"] for r in read_table("gazetteer", "prepositions.tsv")} == {
        "at", "near", "above", "target", "goal", "from", "other",
    }  # fmt: skip
    assert {r["means"] for r in read_table("gazetteer", "common.tsv")} == {
        "capital", "city", "country", "province", "border",
    }  # fmt: skip


@pytest.mark.parametrize("table", ["world.tsv", "centres.tsv", "news_names.tsv"])
def test_names_of_the_tables_are_in_the_index(table: str) -> None:
    column = {"world.tsv": "names", "centres.tsv": "region", "news_names.tsv": "names"}[table]
    for row in read_table("gazetteer", table):
        for name in row.many(column):
            assert gazetteer().has(fold(name)), (table, row.line, name)


def test_the_shipped_index_has_every_capital_and_every_region_with_an_abbreviation():
    shorts = {s for row in read_table("gazetteer", "centres.tsv") for s in row.many("short")}

    assert set(names.abbreviations()) == shorts
    assert set(names.capitals()) == {row["iso2"] for row in read_table("gazetteer", "capitals.tsv")}
