"""Adds the leaders of REIGN to `people.tsv`: run by hand, with the path of REIGN's `leaders_reign.jsonl`.

REIGN (Bell, Besaw and Frank 2021, One Earth Future; list of March 2021) gives each country's effective
leader with the days of each spell, mostly by surname. `leader_names.tsv` gives the full names. Lines of
`people.tsv` whose source is `reign` are built anew; the others, written by hand, stay and win where both
tell of the same person and start.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from dateline.knowledge.tables import Row, read_file

HERE = Path(__file__).parent
COLUMNS = ("name", "code", "sector", "office", "aliases", "start", "end", "wikidata", "source")
FIRST_YEAR = 1985
Line = tuple[str, ...]


def spells(reign: Path, names: Path) -> list[Line]:
    """The lines of `people.tsv` for the spells in `reign` whose leader has a full name in `names`."""
    known: dict[tuple[str, str], Row] = {
        (row["country_cow"], row["leader"]): row
        for row in read_file(names, ("country_cow", "leader", "name"))
    }
    found: list[Line] = []
    for text in reign.read_text(encoding="utf-8").splitlines():
        spell = json.loads(text)
        row = known.get((spell["country_cow"], spell["leader"]))
        year, month = spell["end"]
        if row is None or (year is not None and year < FIRST_YEAR):
            continue
        start = "{:04}-{:02}-{:02}".format(*spell["start"])
        end = row["until"] if year is None else f"{year:04}-{month:02}"
        given = (row["name"], row["code"], "GOV", row["office"], row["aliases"])
        found.append((*given, start, end, row["wikidata"], "reign"))
    return found


def merged(people: Path, reign_lines: list[Line]) -> list[Line]:
    """The hand-written lines of `people` and those of REIGN that they do not already hold, sorted."""
    lines = [tuple(row[c] for c in COLUMNS) for row in read_file(people, COLUMNS) if row["source"] != "reign"]
    held = {(line[0], line[5]) for line in lines}
    lines += [line for line in dict.fromkeys(reign_lines) if (line[0], line[5]) not in held]
    return sorted(lines, key=lambda line: (line[1], line[0].lower(), line[5]))


def main(reign: Path) -> None:
    """Writes `people.tsv` anew; its head stays."""
    people = HERE / "people.tsv"
    head = [text for text in people.read_text(encoding="utf-8").splitlines() if text.startswith("#")]
    lines = merged(people, spells(reign, HERE / "leader_names.tsv"))
    body = ["\t".join(line) for line in [COLUMNS, *lines]]
    people.write_text("\n".join([*head, *body]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
