"""Reads the knowledge files: tab-separated tables with a commented head, checked when loaded.

A table's lines that begin with `#` say what it is and where it comes from; its first other line
names the columns. A cell may be empty; `|` separates several values in one cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from dateline.errors import DatelineError, Problem


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its cells by column name, and where it stands."""

    cells: Mapping[str, str]
    file: str
    line: int

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def many(self, column: str) -> tuple[str, ...]:
        """The cell's values, split at `|`; empty where the cell is."""
        return tuple(v for part in self.cells[column].split("|") if (v := part.strip()))

    def bad(self, what: str) -> DatelineError:
        """The error that says what is wrong with this line."""
        return DatelineError(Problem.BAD_KNOWLEDGE, f"{self.file}:{self.line}", what)


def _rows(lines: Iterator[str], name: str, required: tuple[str, ...]) -> Iterator[Row]:
    columns: list[str] | None = None
    for number, line in enumerate(lines, 1):
        line = line.rstrip("\n\r")
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if columns is None:
            columns = cells
            missing = [c for c in required if c not in columns]
            if missing:
                raise DatelineError(
                    Problem.BAD_KNOWLEDGE, f"{name}:{number}", f"the column {missing[0]} is missing"
                )
            continue
        if len(cells) > len(columns):
            raise DatelineError(
                Problem.BAD_KNOWLEDGE,
                f"{name}:{number}",
                f"{len(cells)} cells where there are {len(columns)} columns",
            )
        cells += [""] * (len(columns) - len(cells))
        yield Row(dict(zip(columns, cells, strict=True)), name, number)


def read_file(path: Path, required: tuple[str, ...] = ()) -> list[Row]:
    """The rows of a user's table. Raises `DatelineError` where it is missing or malformed."""
    try:
        with path.open(encoding="utf-8") as lines:
            return list(_rows(lines, str(path), required))
    except FileNotFoundError as error:
        raise DatelineError(Problem.MISSING, str(path)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise DatelineError(Problem.UNREADABLE, str(path), str(error)) from error


def shipped(*names: str) -> Traversable:
    """A file of the shipped knowledge, by its path below `knowledge/`."""
    return files("dateline.knowledge").joinpath(*names)


def read_table(*names: str, required: tuple[str, ...] = ()) -> list[Row]:
    """The rows of a shipped table, as in `read_table("lexicon", "verbs.tsv")`."""
    text = shipped(*names).read_text(encoding="utf-8")
    return list(_rows(iter(text.split("\n")), "/".join(names), required))


@lru_cache(maxsize=32)
def read_mapping(*names: str) -> Mapping[str, str]:
    """A shipped table's first column mapped to its second."""
    rows = read_table(*names)
    return {r.cells[c[0]]: r.cells[c[1]] for r in rows if (c := list(r.cells))}
