"""The code lists of the field's data sets."""

from __future__ import annotations

import pycountry
import pytest

from dateline.errors import DatelineError
from dateline.flat import COLUMNS
from dateline.knowledge import exchange, tables
from dateline.knowledge.codebook import cameo_codes, event_types, quad_code, sectors


def test_every_country_code_of_the_actors_is_there() -> None:
    found = exchange.countries()
    assert len(found) > 195
    for row in tables.read_table("actors", "countries.tsv"):
        assert row["code"] in found


def test_iso_codes_are_isos() -> None:
    for code, country in exchange.countries().items():
        if code != "KOS":
            assert pycountry.countries.get(alpha_3=code).alpha_2 == country.iso2


@pytest.mark.parametrize(
    ("code", "fips", "cameo", "cow", "name"),
    [
        ("DEU", "GM", "DEU", "255", "Germany"),
        ("ROU", "RO", "ROM", "360", "Romania"),
        ("TLS", "TT", "TMP", "860", "Timor-Leste"),
        ("SRB", "RI", "SRB", "345", "Serbia"),
        ("RUS", "RS", "RUS", "365", "Russian Federation"),
        ("SSD", "OD", "SSD", "626", "South Sudan"),
        ("PSE", "WE", "PSE", "", "Occupied Palestinian Territory"),
        ("KOS", "KV", "KSV", "347", "Kosovo"),
    ],
)
def test_a_countrys_codes(code: str, fips: str, cameo: str, cow: str, name: str) -> None:
    found = exchange.countries()[code]
    assert (found.fips, found.cameo, found.cow, found.icews) == (fips, cameo, cow, name)


def test_every_cameo_code_has_scores_a_name_and_classes() -> None:
    for code in cameo_codes():
        for data_set in exchange.SETS:
            assert exchange.score(code, data_set) is not None
        assert exchange.cameo_name(code)
        assert exchange.root_class(code, "gdelt") in (1, 2, 3, 4)
        assert exchange.root_class(code, "phoenix") in (0, 1, 2, 3, 4)


@pytest.mark.parametrize(
    ("code", "gdelt", "icews", "phoenix"),
    [("190", -10, -10, -10), ("163", -8, -8, -6.5), ("022", 3.2, 3.4, 3.4), ("1951", -10, -10, -10)],
)
def test_scores(code: str, gdelt: float, icews: float, phoenix: float) -> None:
    scores = [exchange.score(code, data_set) for data_set in exchange.SETS]
    assert scores == [gdelt, icews, phoenix]


def test_what_is_no_cameo_code_has_nothing() -> None:
    assert exchange.score("", "gdelt") is None and exchange.cameo_name("99") == ""
    assert exchange.root_class("x", "gdelt") is None and not exchange.mutual("")


def test_talks_are_mutual_and_accusations_are_not() -> None:
    assert exchange.mutual("046") and exchange.mutual("057")
    assert not exchange.mutual("112") and not exchange.mutual("042")


def test_sectors_and_quads_are_the_codebooks() -> None:
    assert set(exchange.icews_sectors()) == set(sectors())
    assert set(exchange.quad_names()) == {quad_code(kind) for kind in event_types()}


def test_gdelts_and_phoenix_codes() -> None:
    assert {"GOV", "MIL", "REB"} <= exchange.gdelt_codes("type")
    assert "UNO" in exchange.gdelt_codes("group") and "PSE" not in exchange.gdelt_codes("group")
    assert not exchange.gdelt_codes("type") & exchange.gdelt_codes("group")
    assert exchange.phoenix_codes("entity") == {"IGO", "NGO", "IMG", "MNC"} < exchange.gdelt_codes("type")
    assert "CVL" in exchange.phoenix_codes("role")


def test_every_column_has_a_meaning() -> None:
    assert list(exchange.column_meanings())[: len(COLUMNS)] == list(COLUMNS)


@pytest.mark.parametrize(
    "line",
    [
        "KEN\tKE\tK\t\t501\tKenya",
        "KEN\tKE\tKE\t\tx\tKenya",
        "KEN\tKE\tKE\t\t501\t",
        "UGA\tUG\tKE\t\t500\tUganda",
    ],
)
def test_a_bad_country_is_refused(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    given = iter(["code\tiso2\tfips\tcameo\tcow\ticews", "TZA\tTZ\tKE\t\t510\tTanzania", line])
    monkeypatch.setattr(
        exchange, "read_table", lambda *n, required: list(tables._rows(given, n[-1], required))
    )
    exchange.countries.cache_clear()
    try:
        with pytest.raises(DatelineError, match=r"countries\.tsv:3"):
            exchange.countries()
    finally:
        exchange.countries.cache_clear()
