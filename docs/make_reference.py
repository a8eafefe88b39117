"""Writes what in the documents is measured or copied: `python docs/make_reference.py`.

Writes `docs/reference/cli.md` from the commands' help, `docs/reference/record.md` from the schema and
`docs/reference/fields.tsv`, `docs/reference/lexicon.md` from the lexicon, `docs/schema/event.json`, and
the README's example between its `output` marks. `tests/test_docs.py` fails where one is not current.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from rich.console import Console
from typer.testing import CliRunner

from dateline import Coder, json_schema
from dateline.cli import app
from dateline.exports import table
from dateline.knowledge import lexicon
from dateline.sources import read

ROOT = Path(__file__).parent.parent
REFERENCE = ROOT / "docs" / "reference"
README, WIDTH = ROOT / "README.md", 100
BEGIN, END = "<!-- output -->", "<!-- /output -->"
WRITTEN = "<!-- Written by docs/make_reference.py: change that or what it reads, not this page. -->\n"


def commands() -> list[str]:
    """The commands, as they are typed after `dateline`: "code", "gazetteer build"."""
    groups = [("", app), *((f"{g.name} ", g.typer_instance) for g in app.registered_groups)]
    return [
        f"{group}{info.name or info.callback.__name__}"
        for group, its in groups
        if its is not None
        for info in its.registered_commands
        if info.callback
    ]


def help_of(*command: str) -> str:
    """What `dateline COMMAND --help` prints."""
    environment = {"COLUMNS": str(WIDTH), "TERMINAL_WIDTH": str(WIDTH), "NO_COLOR": "1", "TERM": "dumb"}
    done = CliRunner().invoke(app, [*command, "--help"], prog_name="dateline", env=environment)
    return "\n".join(line.rstrip() for line in done.output.strip("\n").splitlines())


def cli_page() -> str:
    """docs/reference/cli.md."""
    parts = ["# The command line\n" + WRITTEN, f"```text\n{help_of()}\n```\n"]
    parts += [f"## dateline {name}\n```text\n{help_of(*name.split())}\n```\n" for name in commands()]
    parts.append(
        "Exit status: 0 done; 1 some inputs were set aside, each named on standard error; 2 the call was\n"
        "wrong or nothing could be done.\n"
    )
    return "\n".join(parts)


def meanings() -> dict[tuple[str, str], str]:
    """What each field of each part of a record means."""
    with (REFERENCE / "fields.tsv").open(encoding="utf-8") as lines:
        rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
        return {(row["part"], row["field"]): row["meaning"] for row in rows}


def kind(schema: dict[str, Any]) -> str:
    """A field's type in words."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " or ".join(kind(s) for s in schema["anyOf"])
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {kind(schema['items'])}"
    if schema.get("type") == "object":
        return f"name → {kind(schema['additionalProperties'])}"
    return {"integer": "whole number", "string": "text", "null": "null"}.get(schema["type"], schema["type"])


def record_page() -> str:
    """docs/reference/record.md."""
    definitions, meaning = json_schema()["$defs"], meanings()
    parts = [
        "# The event record\n" + WRITTEN,
        "One JSON object. Its schema is [event.json](../schema/event.json), or `dateline schema`.\n"
        "`start` and `end` are characters of the article's text, end exclusive. Names are PLOVER's where\n"
        "it has one.\n",
    ]
    for name in ("Event", *(n for n in sorted(definitions) if n != "Event")):
        definition = definitions[name]
        rows = [
            f"| `{field}` | {kind(schema)} | {meaning[name, field]} |"
            for field, schema in definition["properties"].items()
        ]
        says = " ".join(definition.get("description", "").split())
        parts.append(
            "\n".join((f"## {name}\n{says}\n", "| field | type | meaning |", "|---|---|---|", *rows, ""))
        )
    return "\n".join(parts)


def lexicon_page() -> str:
    """docs/reference/lexicon.md: how much the lexicon holds."""
    found = lexicon.load()
    events: dict[str, Counter[str]] = {"verbs": Counter(), "nouns": Counter()}
    for name, entries in (("verbs", found.verbs), ("nouns", found.nouns)):
        lines = {e.source: e.event or e.operator or "no event" for es in entries.values() for e in es}
        for event in lines.values():
            events[name]["operator" if event.startswith("!") else event] += 1
    rows = [
        f"| {event} | {events['verbs'][event]} | {events['nouns'][event]} |"
        for event in sorted({*events["verbs"], *events["nouns"]}, key=lambda e: (not e.isupper(), e))
    ]
    verbs, nouns = (sum(counter.values()) for counter in events.values())
    return "\n".join(
        (
            "# The lexicon in numbers\n" + WRITTEN,
            "How an entry is written: [CONTRIBUTING](../../CONTRIBUTING.md).\n",
            "| lines | verbs | nouns |",
            "|---|---|---|",
            *rows,
            f"| all | {verbs} | {nouns} |",
            "",
            f"Names they are found under: {len(found.verbs)} of verbs, {len(found.nouns)} of nouns.",
            f"Light verbs: {len(found.light)}. Classes of words: {len(found.classes)}.",
            f"Operators: {len(found.composition)}, with {sum(map(len, found.composition.values()))} rows of "
            "what they make of an event.\n",
        )
    )


def example() -> str:
    """What the README's command prints in a terminal."""
    given = re.search(r"`dateline code (\S+) --date (\S+)`", README.read_text(encoding="utf-8"))
    if given is None:
        raise SystemExit("README.md: there is no example command")
    out = io.StringIO()
    events = Coder().code(read(ROOT / given[1], date=given[2]))
    table.show(events, None, Console(file=out, width=WIDTH, highlight=False, color_system=None))
    return "\n".join(line.rstrip() for line in out.getvalue().strip("\n").splitlines())


def readme() -> str:
    """The README with its example as it is now."""
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    return f"{before}{BEGIN}\n```text\n{example()}\n```\n{END}{after}"


PAGES = {
    REFERENCE / "cli.md": cli_page,
    REFERENCE / "record.md": record_page,
    REFERENCE / "lexicon.md": lexicon_page,
    ROOT / "docs" / "schema" / "event.json": lambda: json.dumps(json_schema(), indent=2) + "\n",
    README: readme,
}


def main() -> None:
    """Writes all pages."""
    for path, page in PAGES.items():
        path.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
