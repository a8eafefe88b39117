"""The commands beside coding: `schema`, `evaluate`, `gazetteer build`, `version`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from dateline import __version__
from dateline.evaluate import evaluate as score
from dateline.record import json_schema


def schema() -> None:
    """Print the JSON schema of an event record."""
    print(json.dumps(json_schema(), indent=2))


def evaluate(
    gold: Annotated[Path, typer.Argument(help="Hand-coded events, JSON lines.")],
    pred: Annotated[Path | None, typer.Argument(help="Records to score; standard input otherwise.")] = None,
) -> None:
    """Score records against hand-coded gold: precision, recall, F1 and the fields' agreement."""
    for name, value in score(gold, pred or Path("-")).items():
        print(f"{name} {value}")


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
