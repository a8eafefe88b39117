"""What the commands share: options, input and output, and what is said of what was set aside."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer

from dateline.annotation import Annotation
from dateline.article import Article
from dateline.coder import Coder, Outcome
from dateline.errors import DatelineError, Problem, reported
from dateline.exports import table
from dateline.sources import read, read_jsonl
from dateline.sources.objects import read_objects
from dateline.sources.text import as_date

JSON_LINES = (".jsonl", ".ndjson")

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


def complain(line: str) -> None:
    """Prints a line on standard error, its control characters made harmless."""
    print(table.clean(line), file=sys.stderr)


def finish(done: int, aside: int) -> None:
    """Ends with the status that the counts call for."""
    if aside:
        raise typer.Exit(1 if done else 2)


@contextlib.contextmanager
def output(path: Path | None) -> Iterator[TextIO]:
    """The file to write to, or standard output where none is named. Raises UNWRITABLE."""
    if path is None:
        yield sys.stdout
        return
    with reported(path):
        out = path.open("w", encoding="utf-8", newline="")
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


def coded_articles(
    coder: Coder, paths: list[str] | None, lines: Path | None, date: str | None, workers: int
) -> Iterator[Outcome]:
    """The outcomes of the articles that a call names. Raises BAD_OPTION, BAD_DATE."""
    if not paths and lines is None:
        raise DatelineError(Problem.BAD_OPTION, detail="no article is named")
    as_date(date, "--date")
    return coder.pipe(_articles(paths or (), lines, date), workers)


def make_coder(
    model: str,
    actors: list[Path] | None,
    dictionaries: list[Path] | None,
    gazetteer: Path | None = None,
    no_model: bool = False,
) -> Coder:
    """The coder; lines of dictionaries that are set aside are named on standard error."""
    coder = Coder(
        model=model,
        actors=actors or (),
        dictionaries=dictionaries or (),
        gazetteer=gazetteer,
        use_model=not no_model,
    )
    for fault in coder.faults:
        complain(f"note: {fault}")
    return coder


def report(outcome: Outcome) -> Annotation | None:
    """Names what was set aside, and what the reader should know of the rest."""
    if outcome.error is not None:
        complain(f"set aside: {outcome.error}")
    elif outcome.annotation is not None:
        for warning in outcome.annotation.warnings:
            complain(f"note: {outcome.doc}: {warning}")
    return outcome.annotation


def read_lines(lines: Path, take: Callable[[str, dict[str, Any]], None]) -> tuple[int, int]:
    """Gives each JSON line with its place to `take`, and names those that it refuses: how many were taken,
    how many set aside."""
    done = aside = 0
    for place, given in read_objects(lines):
        try:
            if isinstance(given, DatelineError):
                raise given
            take(place, given)
            done += 1
        except DatelineError as error:
            aside += 1
            complain(f"set aside: {error}")
    return done, aside


def each(lines: Path, out: Path | None, answer: Callable[[str, dict[str, Any]], Any]) -> None:
    """Answers each JSON line with one; a line that cannot be answered is named and left out."""
    with output(out) as stream:

        def write(place: str, given: dict[str, Any]) -> None:
            stream.write(json.dumps(answer(place, given), ensure_ascii=False) + "\n")

        done, aside = read_lines(lines, write)
    finish(done, aside)
