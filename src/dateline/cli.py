"""The command line: every command by name, and what a failure says.

Exit status: 0 done; 1 some inputs were set aside, each named on standard error; 2 the call was
wrong or nothing could be done.
"""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import typer

from dateline.commands import coding, desk, exporting, ledger, linking, store, tools
from dateline.commands.shared import complain
from dateline.errors import DatelineError, Problem

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Dateline reads news and writes who did what to whom, where and when: PLOVER event records,\n"
    "every field traced to the characters that say it.",
)

for command in (
    coding.code,
    coding.annotate,
    coding.relate,
    coding.resolve,
    coding.lexicon,
    store.ingest,
    store.query,
    ledger.ledger,
    linking.link,
    linking.group,
    exporting.export,
    exporting.series,
    exporting.network,
    desk.desk,
    tools.schema,
    tools.evaluate,
    tools.version,
):
    app.command()(command)
app.add_typer(tools.places, name="gazetteer")


def main() -> NoReturn:
    """The entry point: runs a command and exits with its status."""
    try:
        status = app(standalone_mode=False)
        sys.stdout.flush()
    except DatelineError as error:
        complain(str(error))
        sys.exit(2)
    except (typer.Abort, KeyboardInterrupt):
        complain("stopped")
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
                complain(str(DatelineError(Problem.BAD_OPTION, detail=what.rstrip("."))))
            sys.exit(2)
        raise
    # A command that ends with `typer.Exit` comes back as its status.
    sys.exit(status if isinstance(status, int) else 0)
