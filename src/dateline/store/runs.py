"""Runs: when and how articles came into the store. Wall-clock times are kept here and nowhere else."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from dateline import __version__
from dateline.store.disk import reported, write_text
from dateline.store.schema import RUNS


@dataclass(slots=True)
class Counts:
    """What a run has done: articles that came in (copies and versions among them), their tellings,
    those known before, and those set aside."""

    articles: int = 0
    tellings: int = 0
    copies: int = 0
    versions: int = 0
    known: int = 0
    set_aside: int = 0


@dataclass(slots=True)
class Run:
    """One run of ingest; written to `runs/` when it starts and when it ends."""

    folder: Path
    options: Mapping[str, Any]
    counts: Counts = field(default_factory=Counts)
    started: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))
    name: str = ""

    def __post_init__(self) -> None:
        self.name = self.name or f"{self.started:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"

    def write(self, status: str) -> None:
        """Writes the run's file; `status` is "running", "done" or "stopped"; the caller holds the
        store's lock. Raises UNWRITABLE."""
        with reported(self.folder):
            self.folder.mkdir(exist_ok=True)
        finished = None if status == "running" else dt.datetime.now(dt.UTC).isoformat()
        found = {
            "run": self.name,
            "started": self.started.isoformat(),
            "finished": finished,
            "version": f"dateline {__version__}",
            "options": json.dumps(self.options, default=str, sort_keys=True),
            "status": status,
            **asdict(self.counts),
        }
        write_text(self.folder / f"{self.name}.json", json.dumps(found, indent=1) + "\n")


def read_runs(folder: Path) -> list[dict[str, Any]]:
    """The rows of the table `runs`, oldest first; a file that holds none is passed over."""
    rows = []
    for path in sorted(folder.glob("*.json")):
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(found, dict):
            rows.append({name: found.get(name) for name in RUNS.names})
    return rows
