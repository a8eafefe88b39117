"""People's corrections of a store: what one is, and the log that keeps them apart from the machine's coding.

The log is `DIR/corrections.jsonl`, one JSON object a line, to which lines are only ever added; an undoing is
a line of its own. docs/store.md, "Corrections", says what each kind does.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import msgspec

from dateline.errors import DatelineError, Problem
from dateline.store import disk

LOG, LOCK = "corrections.jsonl", "corrections.lock"
Kind = Literal["confirm", "correct", "reject", "add", "state", "reviewed", "undo"]
KINDS: tuple[Kind, ...] = get_args(Kind)
State = Literal["open", "kept", "broken", "withdrawn", "unknown"]
STATES: tuple[State, ...] = get_args(State)


class Correction(msgspec.Struct, kw_only=True, frozen=True, omit_defaults=True):
    """What one person said of one record, article or pledge, and when.

    `kind`:
    - `confirm`: the record is right (with `field`: that field is); `new` keeps the values seen;
    - `correct`: one `field` of the record is to be `new`;
    - `reject`: the passage tells of no such event;
    - `add`: an event that the machine missed: `article`, `trigger_start`, `trigger_end`, `event_type`, and in
      `new` any of `values.FIELDS`; its record's id is `telling`;
    - `state`: the pledge `event` stands so: `new` is one of `STATES`;
    - `reviewed`: the person has read the whole `article`, so that what is missing there can be counted;
    - `undo`: the correction `undoes` is taken back.

    Whoever makes one gives `kind`, `author`, what the kind needs, `telling` (for `confirm`, `correct` and
    `reject`) and perhaps `note`; `Store.review` fills in the rest: `id`, `at` (UTC, ISO 8601), the article's
    key and `doc`, the passage (`start`, `end`, and its text as `passage`, or in a store without text its
    hashed `words`), the first trigger's span, the type (`event_type`) and the value before (`old`). By these
    the record is found again after it was coded anew. Offsets are characters of the article's text, end
    exclusive. `old` and `new` are JSON values as `values.check` gives them.

    The last four say how things stand now and are not in the log: `undone`; `attached`, the id of the telling
    it applies to now (None: no telling is found, and it waits), `attached_event`, the event of that telling;
    `method`, how it was found: `id`, `passage` (its trigger overlaps), `version` (the passage is in a later
    version), `words`, `added`, `article`, `event`, None.
    """

    kind: Kind
    author: str
    id: str = ""
    at: str = ""
    article: str | None = None
    doc: str | None = None
    telling: str | None = None
    event: str | None = None
    start: int | None = None
    end: int | None = None
    trigger_start: int | None = None
    trigger_end: int | None = None
    event_type: str | None = None
    field: str | None = None
    old: Any = None
    new: Any = None
    note: str | None = None
    undoes: str | None = None
    passage: str | None = None
    words: list[int] | None = None
    undone: bool = False
    attached: str | None = None
    attached_event: str | None = None
    method: str | None = None

    @property
    def by(self) -> str:
        """Who and when, as a record's `why` and `coder` say it: "person: AUTHOR, TIME"."""
        return f"person: {self.author}, {self.at}"

    def to_dict(self) -> dict[str, Any]:
        """All fields as plain values, for JSON."""
        return {name: getattr(self, name) for name in self.__struct_fields__}


_NOW = {"undone": False, "attached": None, "attached_event": None, "method": None}


@dataclass(frozen=True, slots=True)
class Log:
    """What a log holds: its corrections in their order, what in it cannot be read, and its size in bytes."""

    corrections: Sequence[Correction]
    faults: Sequence[DatelineError]
    size: int

    def effective(self) -> list[Correction]:
        """The corrections that count, undoings and what they have undone left out."""
        return [c for c in self.corrections if c.kind != "undo" and not c.undone]


def size(folder: Path) -> int:
    """The size of a store's log in bytes; 0 where nobody has corrected anything."""
    try:
        return (folder / LOG).stat().st_size
    except FileNotFoundError:
        return 0


def read(folder: Path) -> Log:
    """A store's log by time, so that the logs of two copies of a store may be put together.

    A line that is torn, as a killed writer leaves it, or damaged is among the faults; of two lines with one
    id the first counts. Raises BAD_STORE where the file cannot be read.
    """
    path = folder / LOG
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        data = b""
    except OSError as error:
        raise DatelineError(Problem.BAD_STORE, str(path), str(error.strerror).lower()) from error
    decoder = msgspec.json.Decoder(Correction)
    found: dict[str, tuple[dt.datetime, Correction]] = {}
    faults: list[DatelineError] = []
    for number, line in enumerate(data.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            one = msgspec.structs.replace(decoder.decode(line), **_NOW)
            at = dt.datetime.fromisoformat(one.at)
            found.setdefault(one.id, (at.astimezone(dt.UTC), one))
        except (msgspec.MsgspecError, ValueError):
            faults.append(DatelineError(Problem.BAD_LINE, f"{path}:{number}", "this is no whole correction"))
    in_order = sorted(found.values(), key=lambda pair: pair[0])
    return Log(_flagged([one for _, one in in_order]), faults, len(data))


def _flagged(found: Sequence[Correction]) -> list[Correction]:
    """The corrections, those undone marked; an undoing may be undone in its turn."""
    undone: set[str] = set()
    for correction in reversed(found):
        if correction.kind == "undo" and correction.id not in undone and correction.undoes:
            undone.add(correction.undoes)
    return [msgspec.structs.replace(c, undone=c.id in undone) for c in found]


def append(folder: Path, corrections: Iterable[Correction]) -> None:
    """Adds corrections to a store's log and flushes it to the disk; the caller holds the log's lock.

    A torn line that a killed writer left is closed first, so that it stays one line. Raises UNWRITABLE.
    """
    path = folder / LOG
    lines = b"".join(msgspec.json.encode(msgspec.structs.replace(c, **_NOW)) + b"\n" for c in corrections)
    with disk.reported(path):
        new = not path.exists()
        with path.open("ab+") as file:
            if end := file.seek(0, os.SEEK_END):
                file.seek(end - 1)
                lines = lines if file.read(1) == b"\n" else b"\n" + lines
            file.write(lines)
            file.flush()
            os.fsync(file.fileno())
        if new:
            disk.sync(folder)
