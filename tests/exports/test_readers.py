"""The exports read back by readers that are not ours: no error, the same counts."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from dateline.exports import describe, formats, gdelt, icews, phoenix, polecat
from dateline.exports.exported import Exported

# Rows of the seven events: the second has four pairs of parties, the third two.
PAIRED, EVENTS = 11, 7
MISSING_READER = "{} is not installed: pip install '.[readers]'"


def write(items: list[Exported], form: str, folder: Path) -> Path:
    path = folder / f"events.{form}"
    if form == "parquet":
        formats.write(items, form, None, path)
    else:
        with path.open("w", encoding="utf-8", newline="") as out:
            formats.write(items, form, out, None, everything=True)
    return path


def reader(name: str):  # type: ignore[no-untyped-def]
    return pytest.importorskip(name, reason=MISSING_READER.format(name))


def test_pandas_reads_gdelt(items: list[Exported], tmp_path: Path) -> None:
    path = write(items, "gdelt", tmp_path)
    text = {name: str for name in gdelt.COLUMNS if name.startswith("Event") and name.endswith("Code")}
    found = pd.read_csv(path, sep="\t", header=None, names=list(gdelt.COLUMNS), dtype=text)
    assert found.shape == (PAIRED, len(gdelt.COLUMNS))
    assert found["GLOBALEVENTID"].dtype == "int64" and found["GLOBALEVENTID"].is_unique
    assert found["GoldsteinScale"].between(-10, 10).all() and found["QuadClass"].between(1, 4).all()
    assert found["EventRootCode"].iloc[0] == "11" and found["EventCode"].iloc[5] == "046"


def test_the_gdelt_package_reads_it(
    items: list[Exported], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The package's own parser, on our file zipped as GDELT publishes it, in the place of its download."""
    requests = reader("requests")
    # The package asks for a table of CAMEO's codes when it is imported.
    codes = SimpleNamespace(content=b'{"cameoCode": {}}')
    monkeypatch.setattr(requests, "get", lambda url, **options: codes)
    reader("gdelt")
    from gdelt import parallel

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(write(items, "gdelt", tmp_path), "20240312000000.export.CSV")
    answer = SimpleNamespace(status_code=200, content=packed.getvalue())
    monkeypatch.setattr(requests, "get", lambda url, **options: answer)
    found = parallel._mp_worker("http://x/20240312000000.export.CSV.zip", table="events")
    assert found.shape == (PAIRED, len(gdelt.COLUMNS))
    found.columns = list(gdelt.COLUMNS)
    assert found["EventCode"].tolist()[5] == "046", "codes keep their zero"
    assert set(found["ActionGeo_CountryCode"].dropna()) == {"KE", "US"}


def test_pandas_reads_icews(items: list[Exported], tmp_path: Path) -> None:
    found = pd.read_csv(
        write(items, "icews", tmp_path), sep="\t", dtype={"CAMEO Code": str}, quoting=csv.QUOTE_NONE
    )
    assert list(found.columns) == list(icews.COLUMNS) and len(found) == PAIRED
    assert found["Event ID"].dtype == "int64" and found["Event ID"].max() < 2**31
    assert found["Target Name"].isna().sum() == 1, "pandas takes NULL as missing"
    assert pd.to_datetime(found["Event Date"], format="%Y-%m-%d").notna().all()


def test_pandas_reads_polecat(items: list[Exported], tmp_path: Path) -> None:
    found = pd.read_csv(write(items, "polecat", tmp_path), sep="\t", quoting=csv.QUOTE_NONE)
    assert list(found.columns) == list(polecat.COLUMNS) and len(found) == EVENTS
    assert found["Intensity"].dtype == "float64" and found["Event ID"].is_unique


def test_pandas_reads_phoenix(items: list[Exported], tmp_path: Path) -> None:
    path = write(items, "phoenix", tmp_path)
    found = pd.read_csv(path, sep="\t", header=None, names=list(phoenix.COLUMNS), quoting=csv.QUOTE_NONE)
    assert found.shape == (PAIRED, len(phoenix.COLUMNS)) and found["Lat"].dtype == "float64"


def test_pandas_reads_plover_csv_and_parquet(items: list[Exported], tmp_path: Path) -> None:
    lines = pd.read_json(write(items, "plover", tmp_path), lines=True)
    table = pd.read_csv(write(items, "csv", tmp_path))
    parquet = pd.read_parquet(write(items, "parquet", tmp_path))
    assert len(lines) == len(table) == len(parquet) == EVENTS
    assert list(table.columns) == list(parquet.columns)
    assert lines["id"].tolist() == table["id"].tolist() == parquet["id"].tolist()
    assert parquet["text"].iloc[6].startswith("@tab\there\n"), "Parquet keeps the text as it is"


def test_polars_reads_csv_and_parquet(items: list[Exported], tmp_path: Path) -> None:
    pl = reader("polars")
    table = pl.read_csv(write(items, "csv", tmp_path))
    parquet = pl.read_parquet(write(items, "parquet", tmp_path))
    assert table.height == parquet.height == EVENTS and table.columns == parquet.columns
    assert parquet["dead"].sum() == 3 and parquet["lat"].dtype == pl.Float64


def test_duckdb_reads_parquet(items: list[Exported], tmp_path: Path) -> None:
    duckdb = reader("duckdb")
    path = write(items, "parquet", tmp_path)
    assert duckdb.sql(f"SELECT count(*), sum(articles) FROM '{path}'").fetchall() == [(EVENTS, 9)]


def test_geopandas_reads_geojson(items: list[Exported], tmp_path: Path) -> None:
    reader("pyogrio")
    found = reader("geopandas").read_file(write(items, "geojson", tmp_path), engine="pyogrio")
    assert len(found) == EVENTS and found.crs.to_epsg() == 4326
    assert found.geometry.notna().sum() == 3
    first = found.geometry.iloc[0]
    assert (first.x, first.y) == (41.85688, 3.93726)


def test_frictionless_validates_csv(items: list[Exported], tmp_path: Path) -> None:
    frictionless = reader("frictionless")
    package, _ = describe.write(write(items, "csv", tmp_path), "csv", EVENTS, "dateline 0")
    report = frictionless.validate(str(package))
    assert report.valid, report.flatten(["type", "note"])
    assert report.stats["tasks"] == 1 and report.tasks[0].stats["rows"] == EVENTS
    # A changed file no longer fits its description.
    table = tmp_path / "events.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("dl-2", "dl-1"), encoding="utf-8")
    assert not frictionless.validate(str(package)).valid


def test_frictionless_knows_the_parquet_package(items: list[Exported], tmp_path: Path) -> None:
    frictionless = reader("frictionless")
    package, _ = describe.write(write(items, "parquet", tmp_path), "parquet", EVENTS, "dateline 0")
    found = frictionless.Package(str(package))
    assert [r.format for r in found.resources] == ["parquet"]
    assert found.resources[0].schema.field_names == list(pd.read_parquet(tmp_path / "events.parquet").columns)


def test_croissant_names_the_file_and_its_columns(items: list[Exported], tmp_path: Path) -> None:
    _, path = describe.write(write(items, "csv", tmp_path), "csv", EVENTS, "dateline 0")
    found = json.loads(path.read_text(encoding="utf-8"))
    fields = [f["source"]["extract"]["column"] for f in found["recordSet"][0]["field"]]
    assert fields == list(pd.read_csv(tmp_path / "events.csv").columns)
    assert found["distribution"][0]["contentUrl"] == "events.csv"


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_mlcroissant_reads_the_rows(items: list[Exported], tmp_path: Path, form: str) -> None:
    croissant = reader("mlcroissant")
    _, path = describe.write(write(items, form, tmp_path), form, EVENTS, "dateline 0")
    found = croissant.Dataset(jsonld=str(path))
    assert not found.metadata.ctx.issues.errors
    assert sum(1 for _ in found.records("events")) == EVENTS
