"""The command `ledger`: who promised, offered, planned, threatened or demanded what, and how it stands."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any

import pyarrow as pa
import typer

from dateline.commands.shared import OutFile
from dateline.commands.store import Folder, write_rows
from dateline.errors import DatelineError, Problem
from dateline.ledger.columns import KINDS, STATES
from dateline.sources.text import as_date
from dateline.store.query import Result

FORMATS = ("table", "csv", "jsonl")
SHOWN = ("made_on", "kind", "who", "to_whom", "what", "due_last", "state", "because")


def ledger(
    store: Folder,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="The day, YYYY-MM-DD; else the latest published day.")
    ] = None,
    state: Annotated[
        list[str] | None, typer.Option("--state", help=f"Only {', '.join(STATES)}; repeatable.")
    ] = None,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help=f"Only {', '.join(KINDS)}; repeatable.")
    ] = None,
    form: Annotated[str | None, typer.Option("--format", help=f"One of {', '.join(FORMATS)}.")] = None,
    out: OutFile = None,
) -> None:
    """List promises, offers, plans, threats and demands, with what became of them as of a day."""
    from dateline.store.store import open_folder

    form = form or ("table" if out is None and sys.stdout.isatty() else "csv")
    for option, given, known in (
        ("--format", [form], FORMATS),
        ("--state", state or [], STATES),
        ("--kind", kind or [], KINDS),
    ):
        for value in given:
            if value not in known:
                raise DatelineError(Problem.BAD_OPTION, option, f"{value!r} is none of {', '.join(known)}")
    day = as_date(as_of, "--as-of")
    wanted = [f"{column} IN ({', '.join(repr(v) for v in sorted(set(values)))})"
              for column, values in (("state", state), ("kind", kind)) if values]  # fmt: skip
    source = f"ledger_on(DATE '{day.isoformat()}')" if day else "ledger"
    where = f" WHERE {' AND '.join(wanted)}" if wanted else ""
    found = open_folder(store).query(f"SELECT * FROM {source}{where} ORDER BY made_on, event")
    write_rows(_short(found) if form == "table" else found, form, out)


def _short(found: Result) -> Result:
    """The columns that fit a terminal, with the passage that decided."""
    rows = [{**row, "because": _because(row)} for row in found.to_dict()]
    shown = {
        name: pa.array([None if r[name] is None else str(r[name]) for r in rows], pa.string())
        for name in SHOWN
    }
    return Result(pa.table(shown))


def _because(row: dict[str, Any]) -> str | None:
    """The quote of the evidence that decided the state; for a person's state the word of it."""
    if row["state_by"] == "person":
        return "set by a person"
    decided = [
        e for e in json.loads(row["evidence"]) if e["decides"] and e["day"] <= row["as_of"].isoformat()
    ]
    return f"{decided[-1]['day']}: {decided[-1]['quote']}" if decided else None
