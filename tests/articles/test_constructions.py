"""Each row of constructions.tsv is coded as it says, but for those that constructions_open.tsv names.

An open row is one that the coder does not get right yet. It must fail: once it passes, take it out
with `python tests/articles/test_constructions.py`, which writes the file anew. A row may not
become open again: that is a step back, to be mended.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path

import pytest

from dateline import Coder
from dateline.knowledge.tables import Row, read_file
from dateline.record import Entity, Event

HERE = Path(__file__).parent
OPEN_FILE = HERE / "constructions_open.tsv"
OPEN_HEAD = """\
# Rows of constructions.tsv that the coder does not get right yet, and what is wrong.
# Written by `python tests/articles/test_constructions.py`. The file may only shrink.
# Columns: sentence; event; note.
sentence\tevent\tnote
"""
DATE = "2020-06-10"
COLUMNS = ("construction", "sentence", "event", "actor", "recipient", "aux", "note")
ROWS = read_file(HERE / "constructions.tsv", required=COLUMNS)
OPEN = {(row["sentence"], row["event"]) for row in (read_file(OPEN_FILE) if OPEN_FILE.exists() else ())}


@lru_cache(maxsize=1)
def coder() -> Coder:
    return Coder()


@cache
def events(sentence: str) -> Sequence[Event]:
    return coder().code(sentence, date=DATE)


def side_fits(wanted: str, side: Iterable[Entity], may_be_empty: bool) -> bool:
    codes = {code for entity in side for code in (entity.code, entity.sector) if code}
    if wanted == "" or (may_be_empty and not side):
        return True
    if wanted == "-":
        return not side
    return all(codes & set(part.split("|")) for part in wanted.split("+"))


def aux_fits(wanted: str, aux: Sequence[str]) -> bool:
    accepted = set(wanted.split("|")) if wanted else set()
    return not wanted or bool(accepted & set(aux)) or ("-" in accepted and not aux)


def wrong(row: Row) -> str:
    """What keeps a row from being right, the least of it over its events; "" where nothing does."""
    found = events(row["sentence"])
    if row["event"] == "NONE":
        return "an event" if found else ""
    typed = [e for e in found if set(row.many("event")) & set(e.event)]
    if not typed:
        return "type" if found else "no event"
    faults = [
        [
            name
            for name, fits in (
                ("actor", side_fits(row["actor"], e.actor, "actor may be empty" in row["note"])),
                (
                    "recipient",
                    side_fits(row["recipient"], e.recipient, "recipient may be empty" in row["note"]),
                ),
                ("aux", aux_fits(row["aux"], e.aux)),
            )
            if not fits
        ]
        for e in typed
    ]
    return ", ".join(min(faults, key=len))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['construction']}-{row.line}")
def test_construction(row: Row) -> None:
    fault = wrong(row)
    if (row["sentence"], row["event"]) in OPEN:
        assert fault, f"right now: take it out of {OPEN_FILE.name}"
    else:
        shown = [
            (e.event, [a.code for a in e.actor], [r.code for r in e.recipient], e.aux)
            for e in events(row["sentence"])
        ]
        assert not fault, f"{row['sentence']} coded as {shown}"


def test_open_rows_are_rows() -> None:
    assert {(row["sentence"], row["event"]) for row in ROWS} >= OPEN


def test_sentences_without_events() -> None:
    rows = read_file(HERE / "no_events.tsv", required=("sentence", "why"))
    found = [(row["sentence"], e.event) for row in rows for e in events(row["sentence"])]
    assert len(found) <= 2, found


def write_open_rows() -> None:
    """Writes the rows that fail now to constructions_open.tsv and says how many there are."""
    lines = [f"{row['sentence']}\t{row['event']}\t{fault}\n" for row in ROWS if (fault := wrong(row))]
    OPEN_FILE.write_text(OPEN_HEAD + "".join(lines), encoding="utf-8")
    print(f"{len(ROWS) - len(lines)} of {len(ROWS)} rows are right", file=sys.stderr)


if __name__ == "__main__":
    write_open_rows()
