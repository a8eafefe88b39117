"""The commands that code: `code`, `annotate`, `relate`, `resolve`, `lexicon`."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from dateline.annotation import Annotation
from dateline.coder import Coder
from dateline.commands.shared import (
    Actors,
    Day,
    Dictionaries,
    GazetteerFile,
    InFile,
    Model,
    NoModel,
    OutFile,
    Paths,
    Workers,
    coded_articles,
    each,
    finish,
    make_coder,
    output,
    report,
)
from dateline.errors import DatelineError, Problem
from dateline.exports import files, table
from dateline.language.parse import DEFAULT_MODEL
from dateline.lookup import lookup
from dateline.record import to_json
from dateline.relate import Relation


def code(
    paths: Paths = None,
    date: Day = None,
    form: Annotated[str | None, typer.Option("--format", help=f"One of {', '.join(files.FORMATS)}.")] = None,
    out: OutFile = None,
    evidence: Annotated[bool, typer.Option("--evidence", help="Show the passages coloured.")] = False,
    actors: Actors = None,
    dictionaries: Dictionaries = None,
    gazetteer: GazetteerFile = None,
    model: Model = DEFAULT_MODEL,
    no_model: NoModel = False,
    workers: Workers = 1,
) -> None:
    """Code articles: print their events, a table in a terminal and JSON lines in a pipe."""
    to_terminal = out is None and sys.stdout.isatty()
    form = form or ("table" if to_terminal or evidence else "jsonl")
    if form not in files.FORMATS:
        raise DatelineError(Problem.BAD_OPTION, "--format", f"{form!r} is none of {', '.join(files.FORMATS)}")
    if evidence and form != "table":
        raise DatelineError(Problem.BAD_OPTION, "--evidence", f"it goes with the table, not with {form}")
    if form == "parquet":
        files.parquet_path(out)
    coder = make_coder(model, actors, dictionaries, gazetteer, no_model)
    done = coded_articles(coder, paths, None, date, workers)
    counts: Counter[bool] = Counter()

    def coded() -> Iterator[Annotation]:
        for outcome in done:
            annotation = report(outcome)
            counts[annotation is not None] += 1
            if annotation is not None:
                yield annotation

    with output(out if form != "parquet" else None) as stream:
        if form == "table":
            console = Console(file=stream, highlight=False, width=None if stream.isatty() else 120)
            everything = list(coded())
            for annotation in everything:
                if counts.total() > 1:
                    console.rule(Text(table.clean(annotation.doc)))
                table.show(annotation.events, annotation.text if evidence else None, console)
        else:
            files.write((e for a in coded() for e in a.events), form, stream, out)
    finish(counts[True], counts[False])


def annotate(
    paths: Paths = None,
    lines: InFile = None,
    date: Day = None,
    out: OutFile = None,
    actors: Actors = None,
    dictionaries: Dictionaries = None,
    gazetteer: GazetteerFile = None,
    model: Model = DEFAULT_MODEL,
    no_model: NoModel = False,
    workers: Workers = 1,
) -> None:
    """Print every layer of each article, one JSON object a line."""
    coder = make_coder(model, actors, dictionaries, gazetteer, no_model)
    done = aside = 0
    with output(out) as stream:
        for outcome in coded_articles(coder, paths, lines, date, workers):
            annotation = report(outcome)
            if annotation is None:
                aside += 1
            else:
                done += 1
                stream.write(to_json(annotation) + "\n")
    finish(done, aside)


def _mention(place: str, given: dict[str, Any], key: str) -> str | tuple[int, int]:
    value = given.get(key)
    if isinstance(value, str):
        return value
    if isinstance(value, list) and len(value) == 2 and all(isinstance(n, int) for n in value):
        return value[0], value[1]
    raise DatelineError(Problem.BAD_LINE, place, f"{key} is neither text nor [start, end]")


def relate(
    lines: Annotated[Path, typer.Option("--in", help="JSON lines: id, sentence, source, target.")],
    out: OutFile = None,
    actors: Actors = None,
    dictionaries: Dictionaries = None,
    model: Model = DEFAULT_MODEL,
    no_model: NoModel = False,
) -> None:
    """Type the relation between two given mentions of each sentence."""
    coder = make_coder(model, actors, dictionaries, no_model=no_model)

    def answer(place: str, given: dict[str, Any]) -> dict[str, Any]:
        sentence = given.get("sentence")
        if not isinstance(sentence, str):
            raise DatelineError(Problem.BAD_LINE, place, "sentence is not text")
        try:
            found: Relation = coder.relate(
                sentence, _mention(place, given, "source"), _mention(place, given, "target")
            )
        except DatelineError as error:
            raise DatelineError(error.problem, f"{place}: {error.place}", error.detail) from error
        return {"id": given.get("id"), **json.loads(to_json(found))}

    each(lines, out, answer)


def resolve(
    lines: Annotated[Path, typer.Option("--in", help="JSON lines: id, text, context, date.")],
    out: OutFile = None,
    actors: Actors = None,
    dictionaries: Dictionaries = None,
    model: Model = DEFAULT_MODEL,
    no_model: NoModel = False,
) -> None:
    """Resolve actor phrases to codes, sectors and names."""
    coder = make_coder(model, actors, dictionaries, no_model=no_model)

    def answer(place: str, given: dict[str, Any]) -> dict[str, Any]:
        text = given.get("text")
        if not isinstance(text, str) or not text.strip():
            raise DatelineError(Problem.BAD_LINE, place, "text is not text")
        context, date = given.get("context"), given.get("date")
        if not all(value is None or isinstance(value, str) for value in (context, date)):
            raise DatelineError(Problem.BAD_LINE, place, "context and date are text")
        try:
            found = coder.resolve(text, context, date)
        except DatelineError as error:
            raise DatelineError(error.problem, place, error.detail) from error
        return {
            "id": given.get("id"),
            "code": found.code if found else None,
            "sector": found.sector if found else None,
            "other_sectors": found.other_sectors if found else [],
            "identifier_text": found.identifier_text if found else None,
        }

    each(lines, out, answer)


def lexicon(
    sentence: Annotated[str, typer.Argument(help="A sentence.")], model: Model = DEFAULT_MODEL
) -> None:
    """List the lexicon entries that match a sentence, best first, and what they make of it."""
    for line in lookup(sentence, Coder(model=model).options):
        print(" " * (len(line) - len(line.lstrip())) + table.clean(line))
