"""The reader of tables, and what every shipped table must be."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import DatelineError, Problem
from dateline.knowledge.tables import read_file, read_mapping, read_table, shipped

ROOT = Path(str(shipped()))
TABLES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.tsv"))


@pytest.mark.parametrize("name", TABLES)
def test_a_shipped_table(name: str) -> None:
    lines = (ROOT / name).read_bytes().decode("utf-8").splitlines()
    head = [line for line in lines if line.startswith("#")]
    assert head and lines[0].startswith("#"), "it says what it is"
    sources = ("ource", "ritten", " from ")
    assert any(word in line for line in head for word in sources), "it says where it comes from"
    rows = read_table(*name.split("/"))
    assert rows, "it is empty"
    columns = list(rows[0].cells)
    assert len(set(columns)) == len(columns) and all(columns), columns


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "table.tsv"


def test_rows_cells_and_values(table: Path) -> None:
    table.write_text(
        "# what it is\nname\twords\tnote\n\none\t a | b||\n# more\ntwo\t\tsaid\r\n", encoding="utf-8"
    )
    one, two = read_file(table, required=("name", "words"))
    assert (one["name"], one.many("words"), one["note"], one.line) == ("one", ("a", "b"), "", 4)
    assert (two.many("words"), two["note"], two.line) == ((), "said", 6)


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("name\n", ":1", "the column words is missing"),
        ("# head\nname\twords\none\ta\tb\n", ":3", "3 cells where there are 2 columns"),
    ],
)
def test_a_bad_table(table: Path, text: str, place: str, what: str) -> None:
    table.write_text(text, encoding="utf-8")
    with pytest.raises(DatelineError, match=what) as raised:
        read_file(table, required=("name", "words"))
    assert raised.value.place == f"{table}{place}"


def test_files_that_cannot_be_read(table: Path) -> None:
    with pytest.raises(DatelineError) as raised:
        read_file(table)
    assert raised.value.problem is Problem.MISSING
    table.write_bytes(b"name\n\xff\xfe\n")
    with pytest.raises(DatelineError) as raised:
        read_file(table)
    assert raised.value.problem is Problem.UNREADABLE
    with pytest.raises(DatelineError):
        read_file(table.parent)


def test_a_row_names_its_place(table: Path) -> None:
    table.write_text("name\none\n", encoding="utf-8")
    (row,) = read_file(table)
    assert str(row.bad("it is wrong")).startswith(f"E301 {table}:2: it is wrong: ")


def test_a_mapping() -> None:
    assert read_mapping("language", "rewrites.tsv")["IS"] == "ISIS"
