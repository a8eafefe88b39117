"""The commands beside coding: `schema`, `evaluate`, `gazetteer build`, `version`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline import __version__
from dateline.commands.shared import complain
from dateline.errors import DatelineError, Problem
from dateline.evaluate import evaluate as score
from dateline.record import json_schema

if TYPE_CHECKING:
    from dateline.agreement import Share

FORMATS = ("table", "json")


def schema() -> None:
    """Print the JSON schema of an event record."""
    print(json.dumps(json_schema(), indent=2))


def evaluate(
    gold: Annotated[
        Path | None, typer.Argument(help="Hand-coded events, JSON lines.", show_default=False)
    ] = None,
    pred: Annotated[
        Path | None, typer.Argument(help="Records to score; standard input otherwise.", show_default=False)
    ] = None,
    store: Annotated[
        Path | None,
        typer.Option("--store", help="Score a store's records by people's corrections.", show_default=False),
    ] = None,
    form: Annotated[str, typer.Option("--format", help=f"One of {', '.join(FORMATS)}.")] = "table",
) -> None:
    """Score records against hand-coded gold, or a store by people's corrections."""
    if form not in FORMATS:
        raise DatelineError(Problem.BAD_OPTION, "--format", f"{form!r} is none of {', '.join(FORMATS)}")
    if (gold is None) == (store is None):
        raise DatelineError(Problem.BAD_OPTION, detail="give a file of gold events or --store, one of them")
    if store is not None:
        _evaluate_store(store, form)
        return
    found = score(gold or Path(), pred or Path("-"))
    if form == "json":
        print(json.dumps(found))
        return
    for name, value in found.items():
        print(f"{name} {value}")


def _evaluate_store(folder: Path, form: str) -> None:
    from dateline.agreement import evaluate_store
    from dateline.store.store import open_folder

    opened = open_folder(folder)
    for fault in opened.correction_faults():
        complain(f"note: {fault}")
    found = evaluate_store(opened)
    if form == "json":
        print(json.dumps(found.to_dict()))
        return
    for name in ("authors", "corrections", "undone", "unattached", "articles_reviewed"):
        print(f"{name} {getattr(found, name)}")
    for name, share in (("precision", found.records), ("whole", found.whole), ("recall", found.recall)):
        print(f"{name} {_share(share)}")
    print("field: precision where the machine has a value; had by people only; alpha with them, among them")
    for name, figures in found.fields.items():
        alphas = " ".join(f"{_number(a.alpha)} ({a.n})" for a in (figures.machine_people, figures.people))
        print(f"{name}: {_share(figures.precision)}; {figures.missed}; {alphas}")


def _share(share: Share) -> str:
    """A share as "0.913 (21/23, 0.732-0.976)", the interval of 95 %."""
    if share.share is None:
        return "- (0/0)"
    return f"{share.share:.3f} ({share.right}/{share.n}, {share.low:.3f}-{share.high:.3f})"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


places = typer.Typer(help="Make a place index of your own.", no_args_is_help=True)


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


def version() -> None:
    """Print the version."""
    print(f"dateline {__version__}")
