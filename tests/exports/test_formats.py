"""The field's formats: columns, order, values."""

from __future__ import annotations

import csv
import io
import json

import pytest

from dateline.errors import DatelineError
from dateline.exports import formats, gdelt, geojson, icews, phoenix, polecat
from dateline.exports.exported import Exported, exported, number, pairs
from dateline.exports.rows import KINDS
from dateline.knowledge.exchange import column_meanings
from dateline.record import Event

GDELT_COLUMNS, ICEWS_COLUMNS, POLECAT_COLUMNS, PHOENIX_COLUMNS = 61, 20, 40, 26


def written(items: list[Exported], form: str, everything: bool = False) -> tuple[str, formats.Written]:
    out = io.StringIO()
    done = formats.write(items, form, out, None, everything)
    return out.getvalue(), done


def table(text: str, columns: tuple[str, ...], head: bool) -> list[dict[str, str]]:
    lines = text.split("\n")
    assert lines.pop() == "", "the last line ends"
    if head:
        assert tuple(lines.pop(0).split("\t")) == columns
    rows = [line.split("\t") for line in lines]
    assert all(len(row) == len(columns) for row in rows)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def named(events: list[Event], cameo_pairs: int) -> list[tuple[str | None, str | None]]:
    found = list(pairs(events[cameo_pairs]))
    return [(a and a.code, b and b.code) for a, b in found]


def test_the_columns_are_as_many_as_published() -> None:
    assert len(gdelt.COLUMNS) == len(set(gdelt.COLUMNS)) == GDELT_COLUMNS
    assert len(icews.COLUMNS) == len(set(icews.COLUMNS)) == ICEWS_COLUMNS
    assert len(polecat.COLUMNS) == len(set(polecat.COLUMNS)) == POLECAT_COLUMNS
    assert len(phoenix.COLUMNS) == len(set(phoenix.COLUMNS)) == PHOENIX_COLUMNS


def test_pairs_are_every_actor_with_every_recipient(events: list[Event]) -> None:
    assert named(events, 1) == [("KEN", "ROU"), ("KEN", None), ("UNO", "ROU"), ("UNO", None)]
    assert [b and b.entity_text for _, b in pairs(events[1])][1] == "villagers"


def test_talks_go_both_ways(events: list[Event]) -> None:
    assert named(events, 2) == [("KEN", "UNO"), ("UNO", "KEN")]


def test_an_empty_side_is_none(events: list[Event]) -> None:
    assert named(events, 5) == [("KEN", None)]


def test_numbers_are_stable_and_differ() -> None:
    assert number("dl-1", 0) == 7358829708442636664
    assert len({number("dl-1", i, bits=31) for i in range(100)}) == 100
    assert all(0 <= number("x", i, bits=31) < 2**31 for i in range(100))
    assert number("a", "b") != number("ab")


@pytest.mark.parametrize("form", ["gdelt", "icews", "polecat", "phoenix"])
def test_what_did_not_happen_is_left_out(items: list[Exported], form: str) -> None:
    _, done = written(items, form)
    assert (done.events, done.left_out) == (5, 2)
    text, done = written(items, form, everything=True)
    assert (done.events, done.left_out) == (7, 0)
    head = form in ("icews", "polecat")
    assert text.count("\n") == done.rows + head == (7 if form == "polecat" else 11) + head


def test_gdelt(items: list[Exported]) -> None:
    rows = table(written(items, "gdelt", everything=True)[0], gdelt.COLUMNS, head=False)
    first = rows[0]
    assert (first["SQLDATE"], first["MonthYear"], first["Year"]) == ("20240312", "202403", "2024")
    # (3 - 1) * 30 + 12 = 72; 72 / 365 = 0.19726, as GDELT's files round it.
    assert first["FractionDate"] == "2024.1973"
    assert [first[f"Actor1{n}"] for n in ("Code", "Name", "CountryCode", "Type1Code")] == [
        "KEN",
        "KENYA",
        "KEN",
        "",
    ]
    # CAMEO's Romania is ROM, FIPS's Kenya KE.
    names = ("Code", "Name", "CountryCode", "Type1Code")
    assert [first[f"Actor2{n}"] for n in names] == ["ROMMIL", "ROMANIAN TROOPS", "ROM", "MIL"]
    codes = ("EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "IsRootEvent")
    assert [first[n] for n in codes] == ["112", "112", "11", "3", "-2", "1"]
    assert [first[n] for n in ("NumMentions", "NumSources", "NumArticles", "AvgTone")] == ["5", "2", "3", ""]
    geo = [first[f"ActionGeo_{n}"] for n in ("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long")]
    assert geo == ["4", "Mandera, Mandera County, Kenya", "KE", "", "3.93726", "41.85688"]
    assert first["Actor1Geo_Type"] == first["Actor2Geo_Type"] == "0"
    assert (first["DATEADDED"], first["SOURCEURL"]) == ("20240314000000", "https://www.paper.example/a1")
    assert [r["Actor1KnownGroupCode"] for r in rows[1:5]] == ["", "", "UNO", "UNO"]
    assert [r["Actor1Type1Code"] for r in rows[1:5]] == ["", "", "IGO", "IGO"]
    country = [
        rows[1][f"ActionGeo_{n}"] for n in ("Type", "FullName", "CountryCode", "ADM1Code", "FeatureID")
    ]
    assert country == ["1", "Kenya", "KE", "KE", "KE"]
    state = [rows[8][f"ActionGeo_{n}"] for n in ("Type", "FullName", "CountryCode", "ADM1Code")]
    assert state == ["2", "Texas, United States", "US", ""]
    assert rows[9]["ActionGeo_Type"] == "0" and rows[9]["SQLDATE"] == "20240313", "the day of publication"
    assert rows[9]["Actor2Code"] == "" == rows[9]["Actor2Name"]
    assert len({r["GLOBALEVENTID"] for r in rows}) == len(rows)


def test_icews(items: list[Exported]) -> None:
    rows = table(written(items, "icews", everything=True)[0], icews.COLUMNS, head=True)
    first = rows[0]
    assert [first[n] for n in ("Source Name", "Source Sectors", "Source Country")] == [
        "Kenya",
        "NULL",
        "Kenya",
    ]
    target = [first[n] for n in ("Target Name", "Target Sectors", "Target Country")]
    assert target == ["Military (Romania)", "Military,Government", "Romania"]
    assert [first[n] for n in ("Event Text", "CAMEO Code", "Intensity")] == ["Accuse", "112", "-2"]
    assert (first["Event Date"], first["Sentence Number"], first["Publisher"]) == (
        "2024-03-12",
        "2",
        "paper.example",
    )
    place = [first[n] for n in ("City", "District", "Province", "Country", "Latitude")]
    assert place == ["Mandera", "NULL", "Mandera County", "Kenya", "3.93726"]
    assert rows[2]["Target Name"] == "villagers" and rows[2]["Target Country"] == "NULL"
    assert rows[9]["Target Name"] == "NULL" and rows[9]["Latitude"] == ""
    assert len({r["Event ID"] for r in rows}) == len(rows) and len({r["Story ID"] for r in rows}) == 1


def test_polecat(items: list[Exported]) -> None:
    rows = table(written(items, "polecat", everything=True)[0], polecat.COLUMNS, head=True)
    assert [r["Event ID"] for r in rows] == [f"dl-{n}" for n in range(1, 8)]
    many = rows[1]
    assert many["Actor Country"] == "KEN; UNO" and many["Actor COW"] == "501; None"
    assert many["Recipient Sectors"] == "MIL; GOV; CVL" and many["Primary Recipient Sector"] == "MIL; CVL"
    assert (many["Event Mode"], many["Quad Code"], many["Intensity"]) == ("None", "MATERIAL CONFLICT", "-9")
    assert rows[0]["Contexts"] == "legal; economic" and rows[0]["Recipient Name"] == "None"
    assert rows[5]["Recipient Name Raw"] == "None" == rows[5]["Latitude"]
    assert all(cell for row in rows for cell in row.values()), "nothing is empty"


def test_phoenix(items: list[Exported]) -> None:
    rows = table(written(items, "phoenix", everything=True)[0], phoenix.COLUMNS, head=False)
    first = rows[0]
    assert [first[n] for n in ("Date", "Year", "Month", "Day")] == ["20240312", "2024", "03", "12"]
    parts = ("Full", "Entity", "Role", "Attribute")
    assert [first[f"TargetActor{n}"] for n in parts] == ["ROUMIL", "ROU", "MIL", ""]
    assert [rows[3][f"SourceActor{n}"] for n in parts] == ["IGOUNOGOV", "IGO", "", "UNO;GOV"]
    assert [rows[2][f"TargetActor{n}"] for n in parts] == ["CVL", "", "", ""]
    codes = [first[n] for n in ("EventCode", "EventRootCode", "PentaClass", "GoldsteinScore", "Issues")]
    assert codes == ["112", "11", "3", "-2", "LEGAL,1;ECONOMIC,1"]
    assert first["URLs"].split(";") == ["https://www.paper.example/a1", "https://other.example/b%3B2"]
    assert first["NewsSources"] == "paper.example;other.example" and first["SentenceID"] == "a1_1"


def test_a_point_is_drawn_only_where_the_place_is_known(items: list[Exported]) -> None:
    found = json.loads(written(items, "geojson")[0])
    shapes = {f["id"]: (f["geometry"], f["properties"]["resolution"]) for f in found["features"]}
    assert shapes["dl-1"] == ({"type": "Point", "coordinates": [41.85688, 3.93726]}, "city")
    assert shapes["dl-2"] == (None, "country") and shapes["dl-5"] == (None, "province")
    assert shapes["dl-6"] == (None, None)
    assert not {"lat", "lon"} & set(found["features"][1]["properties"])


def test_an_empty_collection_is_one() -> None:
    assert json.loads(written([], "geojson")[0]) == {"type": "FeatureCollection", "features": []}
    assert list(geojson.pieces(iter([]))) == [geojson.HEAD, geojson.TAIL]


def test_plover_is_the_record(items: list[Exported], events: list[Event]) -> None:
    lines = written(items, "plover")[0].splitlines()
    assert [json.loads(line) for line in lines] == [event.to_dict() for event in events]


def test_csv_says_how_widely_it_was_reported(items: list[Exported]) -> None:
    rows = list(csv.DictReader(io.StringIO(written(items, "csv")[0])))
    assert list(rows[0]) == list(KINDS) == list(column_meanings())
    names = ("tellings", "articles", "publishers", "sources")
    assert [rows[0][n] for n in names] == ["5", "3", "2", "paper.example; other.example"]
    assert [rows[1][n] for n in ("dead", "hostages", "vehicles", "released")] == ["3", "2", "1", ""]


@pytest.mark.parametrize("form", ["gdelt", "icews", "polecat", "phoenix", "csv"])
def test_hostile_text_stays_in_its_cell(items: list[Exported], form: str) -> None:
    text, _ = written([items[6]], form)
    for row in csv.reader(
        io.StringIO(text), delimiter="," if form == "csv" else "\t", quoting=csv.QUOTE_MINIMAL
    ):
        for cell in row:
            # A number may begin with a minus.
            assert not cell.startswith(("=", "+", "@")) and not (cell.startswith("-") and "tab" in cell)
    assert "\x1b" not in text and "\u202e" not in text and "\r" not in text
    assert text.count("\n") == (1 if form in ("gdelt", "phoenix") else 2)


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(DatelineError, match="'x' is none of plover, gdelt"):
        formats.write([], "x", io.StringIO(), None)
    with pytest.raises(DatelineError, match="Parquet needs a file"):
        formats.write([], "parquet", io.StringIO(), None)


def test_a_single_record_is_one_article(events: list[Event]) -> None:
    assert exported(events[0]) == Exported(
        events[0], 1, 1, ["The Paper"], ["https://www.paper.example/a1"], 1
    )
