"""The command line: parses arguments, calls the API, prints.

Exit status: 0 done; 1 some inputs were set aside, each named on standard error; 2 the call was
wrong or nothing could be done.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, NoReturn, TextIO

import typer
from rich.console import Console
from rich.text import Text

from dateline import __version__
from dateline.annotation import Annotation
from dateline.article import Article
from dateline.coder import Coder, Outcome
from dateline.errors import DatelineError, Problem
from dateline.evaluate import evaluate as score
from dateline.exports import files, table
from dateline.language.parse import DEFAULT_MODEL
from dateline.lookup import lookup
from dateline.record import json_schema, to_json
from dateline.relate import Relation
from dateline.sources import read, read_jsonl
from dateline.sources.objects import read_objects
from dateline.sources.text import as_date

JSON_LINES = (".jsonl", ".ndjson")

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Dateline reads news and writes who did what to whom, where and when: PLOVER event records,\n"
    "every field traced to the characters that say it.",
)

Paths = Annotated[list[str] | None, typer.Argument(help="Text, HTML or .jsonl files; - is standard input.")]
InFile = Annotated[Path | None, typer.Option("--in", help="JSON lines to read.", show_default=False)]
OutFile = Annotated[Path | None, typer.Option("--out", help="File to write; standard output otherwise.")]
Day = Annotated[str | None, typer.Option("--date", help="Day of publication, YYYY-MM-DD.")]
Actors = Annotated[list[Path] | None, typer.Option("--actors", help="An actor file of your own; repeatable.")]
Dictionaries = Annotated[
    list[Path] | None,
    typer.Option("--dictionaries", help="A folder of PETRARCH/Phoenix dictionaries; repeatable."),
]
GazetteerFile = Annotated[
    Path | None, typer.Option("--gazetteer", help="An index made by `dateline gazetteer build`.")
]
Model = Annotated[str, typer.Option("--model", help="spaCy pipeline: a package or a path.")]
Workers = Annotated[int, typer.Option("--workers", min=1, max=64, help="Number of processes.")]
NoModel = Annotated[bool, typer.Option("--no-model", help="Code with the lexicon alone.")]


def main() -> NoReturn:
    """The entry point: runs a command and exits with its status."""
    try:
        status = app(standalone_mode=False)
        sys.stdout.flush()
    except DatelineError as error:
        _complain(str(error))
        sys.exit(2)
    except (typer.Abort, KeyboardInterrupt):
        _complain("stopped")
        sys.exit(130)
    except (BrokenPipeError, SystemExit) as error:
        # Click and Rich exit with 1 where a pipe is closed, but its reader has only seen enough.
        if not isinstance(error, BrokenPipeError) and not isinstance(error.__context__, BrokenPipeError):
            raise
        # Python would complain again when it writes out what is left.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno())  # type: ignore[union-attr]
        sys.exit(0)
    except Exception as error:
        if type(error).__module__.startswith(("typer", "click")):
            # A bare `dateline` has printed its help and has no message.
            what = error.format_message() if hasattr(error, "format_message") else str(error)
            if what:
                _complain(str(DatelineError(Problem.BAD_OPTION, detail=what.rstrip("."))))
            sys.exit(2)
        raise
    # A command that ends with `typer.Exit` comes back as its status.
    sys.exit(status if isinstance(status, int) else 0)


def _complain(line: str) -> None:
    print(table.clean(line), file=sys.stderr)


def _finish(done: int, aside: int) -> None:
    """Ends with the status that the counts call for."""
    if aside:
        raise typer.Exit(1 if done else 2)


@contextlib.contextmanager
def _output(path: Path | None) -> Iterator[TextIO]:
    if path is None:
        yield sys.stdout
        return
    try:
        out = path.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise DatelineError(Problem.UNWRITABLE, str(path), str(error.strerror).lower()) from error
    with out:
        yield out


def _articles(
    paths: Iterable[str], lines: Path | None, date: str | None
) -> Iterator[Article | DatelineError]:
    day = as_date(date)
    for path in paths:
        if Path(path).suffix in JSON_LINES:
            yield from _lines(Path(path), day)
            continue
        try:
            yield read(path, date=day)
        except DatelineError as error:
            yield error
    if lines is not None:
        yield from _lines(lines, day)


def _lines(path: Path, day: dt.date | None) -> Iterator[Article | DatelineError]:
    """The articles of a file of JSON lines; `day` serves those that have none of their own."""
    try:
        for article in read_jsonl(path):
            if isinstance(article, Article) and article.date is None:
                article = replace(article, date=day)
            yield article
    except DatelineError as error:
        yield error


def _outcomes(
    coder: Coder, paths: list[str] | None, lines: Path | None, date: str | None, workers: int
) -> Iterator[Outcome]:
    if not paths and lines is None:
        raise DatelineError(Problem.BAD_OPTION, detail="no article is named")
    as_date(date, "--date")
    return coder.pipe(_articles(paths or (), lines, date), workers)


def _coder(
    model: str,
    actors: list[Path] | None,
    dictionaries: list[Path] | None,
    gazetteer: Path | None = None,
) -> Coder:
    """The coder; lines of dictionaries that are set aside are named on standard error."""
    coder = Coder(model=model, actors=actors or (), dictionaries=dictionaries or (), gazetteer=gazetteer)
    for fault in coder.faults:
        _complain(f"note: {fault}")
    return coder


def _report(outcome: Outcome) -> Annotation | None:
    """Names what was set aside, and what the reader should know of the rest."""
    if outcome.error is not None:
        _complain(f"set aside: {outcome.error}")
    elif outcome.annotation is not None:
        for warning in outcome.annotation.warnings:
            _complain(f"note: {outcome.doc}: {warning}")
    return outcome.annotation


@app.command()
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
    if form == "parquet" and out is None:
        raise DatelineError(Problem.BAD_OPTION, "--format parquet", "Parquet needs a file, --out PATH")
    coder = _coder(model, actors, dictionaries, gazetteer)
    outcomes = _outcomes(coder, paths, None, date, workers)
    counts: Counter[bool] = Counter()

    def coded() -> Iterator[Annotation]:
        for outcome in outcomes:
            annotation = _report(outcome)
            counts[annotation is not None] += 1
            if annotation is not None:
                yield annotation

    with _output(out if form != "parquet" else None) as stream:
        if form == "table":
            console = Console(file=stream, highlight=False, width=None if stream.isatty() else 120)
            done = list(coded())
            for annotation in done:
                if counts.total() > 1:
                    console.rule(Text(table.clean(annotation.doc)))
                table.show(annotation.events, annotation.text if evidence else None, console)
        else:
            files.write((e for a in coded() for e in a.events), form, stream, out)
    _finish(counts[True], counts[False])


@app.command()
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
    coder = _coder(model, actors, dictionaries, gazetteer)
    done = aside = 0
    with _output(out) as stream:
        for outcome in _outcomes(coder, paths, lines, date, workers):
            annotation = _report(outcome)
            if annotation is None:
                aside += 1
            else:
                done += 1
                stream.write(to_json(annotation) + "\n")
    _finish(done, aside)


def _each(lines: Path, out: Path | None, answer: Any) -> None:
    """Answers each JSON line with one; a line that cannot be answered is named and left out."""
    done = aside = 0
    with _output(out) as stream:
        for place, given in read_objects(lines):
            try:
                if isinstance(given, DatelineError):
                    raise given
                stream.write(json.dumps(answer(place, given), ensure_ascii=False) + "\n")
                done += 1
            except DatelineError as error:
                aside += 1
                _complain(f"set aside: {error}")
    _finish(done, aside)


def _mention(place: str, given: dict[str, Any], key: str) -> str | tuple[int, int]:
    value = given.get(key)
    if isinstance(value, str):
        return value
    if isinstance(value, list) and len(value) == 2 and all(isinstance(n, int) for n in value):
        return value[0], value[1]
    raise DatelineError(Problem.BAD_LINE, place, f"{key} is neither text nor [start, end]")


@app.command()
def relate(
    lines: Annotated[Path, typer.Option("--in", help="JSON lines: id, sentence, source, target.")],
    out: OutFile = None,
    actors: Actors = None,
    dictionaries: Dictionaries = None,
    model: Model = DEFAULT_MODEL,
    no_model: NoModel = False,
) -> None:
    """Type the relation between two given mentions of each sentence."""
    coder = _coder(model, actors, dictionaries)

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

    _each(lines, out, answer)


@app.command()
def resolve(
    lines: Annotated[Path, typer.Option("--in", help="JSON lines: id, text, context, date.")],
    out: OutFile = None,
    actors: Actors = None,
    dictionaries: Dictionaries = None,
    model: Model = DEFAULT_MODEL,
    no_model: NoModel = False,
) -> None:
    """Resolve actor phrases to codes, sectors and names."""
    coder = _coder(model, actors, dictionaries)

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

    _each(lines, out, answer)


@app.command()
def lexicon(
    sentence: Annotated[str, typer.Argument(help="A sentence.")], model: Model = DEFAULT_MODEL
) -> None:
    """List the lexicon entries that match a sentence, best first, and what they make of it."""
    for line in lookup(sentence, Coder(model=model).options):
        print(" " * (len(line) - len(line.lstrip())) + table.clean(line))


@app.command()
def schema() -> None:
    """Print the JSON schema of an event record."""
    print(json.dumps(json_schema(), indent=2))


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(help="Hand-coded events, JSON lines.")],
    pred: Annotated[Path | None, typer.Argument(help="Records to score; standard input otherwise.")] = None,
) -> None:
    """Score records against hand-coded gold: precision, recall, F1 and the fields' agreement."""
    for name, value in score(gold, pred or Path("-")).items():
        print(f"{name} {value}")


places = typer.Typer(help="Make a place index of your own.", no_args_is_help=True)
app.add_typer(places, name="gazetteer")


@places.command("build")
def build_gazetteer(
    dump: Annotated[Path, typer.Argument(help="GeoNames' allCountries.zip, or its table.")],
    out: Annotated[Path, typer.Option("--out", help="The index to write.")] = Path("gazetteer.bin"),
    every_town: Annotated[bool, typer.Option("--every-town", help="Towns without people too.")] = False,
) -> None:
    """Build a place index from GeoNames' full dump, for `--gazetteer`."""
    from dateline.knowledge.gazetteer.dump import build_from_dump

    places_written = build_from_dump(dump, out, every_town)
    print(f"{places_written:,} places in {out}")


@places.callback()
def _gazetteer() -> None:
    """Keeps `build` a command of its own."""


@app.command()
def version() -> None:
    """Print the version."""
    print(f"dateline {__version__}")
