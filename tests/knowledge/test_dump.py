"""A gazetteer index built from a dump in GeoNames' format; the places are invented."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from dateline.errors import DatelineError
from dateline.knowledge.gazetteer.dump import build_from_dump
from dateline.knowledge.gazetteer.index import Gazetteer


def row(number: int, name: str, group: str, kind: str, admin1: str, population: int, others: str = "") -> str:
    """A line of the dump, in Kenya at 1° N 2° E."""
    cells = [str(number), name, name, others, "1.0", "2.0", group, kind, "KE", "", admin1, "", "", ""]
    return "\t".join([*cells, str(population), "", "", "Africa/Nairobi", "2020-01-01"])


LINES = [
    row(1, "Republic of Kenya", "A", "PCLI", "00", 50_000_000),
    row(2, "Upper Tansa", "A", "ADM1", "77", 90_000),
    row(3, "Tansaville", "P", "PPL", "77", 20_000, "Tansa Town,Танса"),
    row(4, "Nobodys Ford", "P", "PPL", "77", 0),
    row(5, "Tansa Air Base", "S", "AIRB", "77", 0),
    row(6, "Tansa Well", "S", "WLL", "77", 0),
]


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "allCountries.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("allCountries.txt", "\n".join(LINES) + "\n")
    return path


def test_the_index_finds_towns_regions_and_sites_by_all_their_names(dump: Path, tmp_path: Path):
    out = tmp_path / "own.bin"

    build_from_dump(dump, out)

    index = Gazetteer(out.read_bytes())
    town = index.find("Tansa Town")[0]
    assert (town.id, town.name, town.population, index.entry(town.admin1).name) == (
        3,
        "Tansaville",
        20_000,
        "Upper Tansa",
    )
    assert index.find("Tansa Air Base")[0].kind == "AIRB"
    assert not index.find("Nobodys Ford")
    assert not index.find("Tansa Well")


def test_every_town_is_taken_where_that_is_asked(dump: Path, tmp_path: Path):
    build_from_dump(dump, tmp_path / "own.bin", every_town=True)

    assert Gazetteer((tmp_path / "own.bin").read_bytes()).find("Nobodys Ford")[0].id == 4


@pytest.mark.parametrize(
    ("line", "what"),
    [("1\tToo\tshort", "3 cells"), (LINES[2].replace("\t1.0\t", "\tnorth\t"), "north")],
)
def test_a_malformed_dump_is_refused_with_its_line(tmp_path: Path, line: str, what: str):
    path = tmp_path / "dump.txt"
    path.write_text(f"{LINES[0]}\n{line}\n", encoding="utf-8")

    with pytest.raises(DatelineError, match=r"dump\.txt:2") as caught:
        build_from_dump(path, tmp_path / "own.bin")

    assert what in str(caught.value)


def test_an_article_s_places_are_read_from_the_index_of_one_s_own(dump: Path, tmp_path: Path):
    article = tmp_path / "article.txt"
    article.write_text("Police arrested nine protesters in Tansaville on Monday.", encoding="utf-8")
    script = (
        "import sys; from dateline import Coder\n"
        "coder = Coder(gazetteer=sys.argv[1])\n"
        "print([p.geonameid for p in coder.annotate(open(sys.argv[2]).read(), date='2020-01-08').places])"
    )
    build_from_dump(dump, tmp_path / "own.bin")

    command = [sys.executable, "-c", script, str(tmp_path / "own.bin"), str(article)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.stdout.strip() == "[3]", done.stderr
