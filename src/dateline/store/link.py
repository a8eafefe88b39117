"""Events from tellings: a generation of `links` and `events` replaces the one before in one step."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb

from dateline import __version__
from dateline.errors import DatelineError, Problem
from dateline.store import disk
from dateline.store.ledger import events_and_ledger
from dateline.store.likeness import bound
from dateline.store.store import CURRENT, Store

# Reads the views of a connection and writes `links.parquet`, `events.parquet` and, if it will,
# `pledges.parquet` into a folder.
Linker = Callable[[duckdb.DuckDBPyConnection, Path], None]
_ABOUT, _OVERFLOW, _KEPT = "generation.json", "overflow", 2
LEDGER = 4  # counts changes of what the ledger holds, after which a generation is made anew


def link_store(store: Store, linker: Linker = events_and_ledger, again: bool = False) -> str:
    """Links all current tellings of a store and makes the result its current generation; gives its name.

    Nothing is done where the same linker of the same version has linked the same batches, unless `again`.
    One process links at a time. `dateline.duckdb` is the caller's to write anew.
    Raises UNWRITABLE, BAD_STORE.
    """
    with store.lock("link.lock"):
        state = store.state(wait=True)
        name = getattr(linker, "__qualname__", type(linker).__qualname__)
        about = {
            "linker": f"{getattr(linker, '__module__', '')}.{name}",
            "version": __version__,
            "batches": list(state.batches),
            **(state.overlay.at_linking() if state.overlay else {}),
            "ledger": LEDGER,
        }
        current = store.generation()
        if current and not again and _about(store.linked_folder / current) == about:
            return current
        with disk.reported(store.linked_folder):
            disk.sweep(store.linked_folder)
            numbers = [int(p.name) for p in store.linked_folder.iterdir() if p.name.isdigit()]
            generation = f"{max(numbers, default=0) + 1:06d}"
            unfinished = store.linked_folder / f"{disk.UNFINISHED}{generation}-{os.getpid()}"
            unfinished.mkdir()
        try:
            with disk.reported(store.linked_folder), store.connect(state) as connection:
                bound(connection, unfinished / _OVERFLOW)
                linker(connection, unfinished)
            shutil.rmtree(unfinished / _OVERFLOW, ignore_errors=True)
            disk.write_text(unfinished / _ABOUT, json.dumps(about))
            with disk.reported(store.linked_folder):
                for path in unfinished.glob("*.parquet"):
                    disk.sync(path)
                disk.sync(unfinished)
                unfinished.rename(store.linked_folder / generation)
        except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
            # Memory runs out where there is no room on the disk for what does not fit into it.
            raise DatelineError(Problem.UNWRITABLE, str(store.linked_folder), str(error)) from error
        except duckdb.Error as error:
            raise DatelineError(Problem.BAD_STORE, str(store.folder), str(error)) from error
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
        disk.write_text(store.linked_folder / CURRENT, generation + "\n")
        # Who has begun to read the generation before may go on.
        old = sorted(p for p in store.linked_folder.iterdir() if p.name.isdigit())[:-_KEPT]
        for folder in old:
            shutil.rmtree(folder, ignore_errors=True)
        return generation


def _about(folder: Path) -> object:
    try:
        return json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
