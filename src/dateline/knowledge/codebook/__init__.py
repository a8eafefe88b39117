"""PLOVER's codebook as data: types, modes, contexts, sectors, scores, the way from CAMEO, and the rules.

The tables beside this file state the PLOVER 2.0 draft manual (Open Event Data Alliance) in our words and
are checked against one another when they are loaded. `contexts_of` (in `contexts.py`) finds contexts by
their words; `rules()` (in `rules.py`) gives the manual's rules for doubtful cases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from dateline.knowledge.tables import Row, read_table

__all__ = [
    "CameoCode",
    "Conversion",
    "EventType",
    "Mode",
    "Sector",
    "cameo_codes",
    "context_meanings",
    "convert",
    "event_types",
    "group",
    "known_cameo",
    "known_mode",
    "material",
    "quad_code",
    "scale",
    "sectors",
]

MATERIAL = (2, 4)


@dataclass(frozen=True, slots=True)
class EventType:
    """One of PLOVER's 16 types: its quad code (1–4), score (-10..10) and whether it asks for a recipient."""

    name: str
    quad: int
    score: float
    needs_recipient: bool
    meaning: str
    section: str


@dataclass(frozen=True, slots=True)
class Mode:
    """A mode of a type; `score` is the type's own where the manual gives the mode none."""

    type: str
    name: str
    score: float
    meaning: str
    section: str


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector code, and whether the manual counts it among the frequent ones."""

    code: str
    meaning: str
    frequent: bool


@dataclass(frozen=True, slots=True)
class CameoCode:
    """A CAMEO code and what it becomes; `event` is None where PLOVER drops it."""

    code: str
    event: str | None
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    meaning: str
    note: str


class Conversion(NamedTuple):
    """What a CAMEO code becomes: `event, modes, contexts = convert("195")`."""

    event: str | None
    modes: tuple[str, ...]
    contexts: tuple[str, ...]


def _yes(row: Row, column: str) -> bool:
    if row[column] not in ("yes", "no"):
        raise row.bad(f"{column} is {row[column]!r}, not yes or no")
    return row[column] == "yes"


def _score(row: Row) -> float:
    try:
        score = float(row["score"])
    except ValueError as error:
        raise row.bad(f"the score {row['score']!r} is not a number") from error
    if not -10 <= score <= 10:
        raise row.bad(f"the score {score} is not in -10..10")
    return score


@lru_cache(maxsize=1)
def event_types() -> Mapping[str, EventType]:
    """The 16 types by name, in the manual's order. Raises `DatelineError` where the table is wrong."""
    columns = ("type", "quad", "score", "needs_recipient", "meaning", "section")
    types: dict[str, EventType] = {}
    for row in read_table("codebook", "types.tsv", required=columns):
        name = row["type"]
        if not name.isupper() or name in types:
            raise row.bad(f"the type {name!r} is not in capitals or stands twice")
        if row["quad"] not in ("1", "2", "3", "4"):
            raise row.bad(f"the quad code {row['quad']!r} is not 1, 2, 3 or 4")
        types[name] = EventType(
            name, int(row["quad"]), _score(row), _yes(row, "needs_recipient"), row["meaning"], row["section"]
        )
    return types


@lru_cache(maxsize=1)
def _modes() -> Mapping[tuple[str, str], Mode]:
    modes: dict[tuple[str, str], Mode] = {}
    for row in read_table("codebook", "modes.tsv", required=("type", "mode", "score", "meaning", "section")):
        kind, name = row["type"], row["mode"]
        if kind not in event_types():
            raise row.bad(f"there is no type {kind!r}")
        if (kind, name) in modes:
            raise row.bad(f"{kind} {name} stands twice")
        score = _score(row) if row["score"] else event_types()[kind].score
        modes[kind, name] = Mode(kind, name, score, row["meaning"], row["section"])
    return modes


@lru_cache(maxsize=1)
def context_meanings() -> Mapping[str, str]:
    """The 37 contexts and what each means, in the manual's order."""
    rows = read_table("codebook", "contexts.tsv", required=("context", "meaning", "section"))
    return {row["context"]: row["meaning"] for row in rows}


@lru_cache(maxsize=1)
def sectors() -> Mapping[str, Sector]:
    """The 25 sector codes by code, frequent ones first."""
    found: dict[str, Sector] = {}
    for row in read_table("codebook", "sectors.tsv", required=("sector", "meaning", "frequent")):
        code = row["sector"]
        if len(code) != 3 or not code.isupper():
            raise row.bad(f"the sector {code!r} is not three capitals")
        found[code] = Sector(code, row["meaning"], _yes(row, "frequent"))
    return found


@lru_cache(maxsize=1)
def _groups() -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for row in read_table("codebook", "groups.tsv", required=("group", "codes", "meaning", "section")):
        for code in row.many("codes"):
            if code not in event_types() and not (len(code) == 3 and code.isupper()):
                raise row.bad(f"{code!r} is neither a type nor three capitals")
        if not row.many("codes") or row["group"] in found:
            raise row.bad(f"{row['group']!r} is empty or stands twice")
        found[row["group"]] = frozenset(row.many("codes"))
    return found


def group(name: str) -> frozenset[str]:
    """The types, sectors or codes of a group of groups.tsv. Raises `KeyError` where there is none."""
    return _groups()[name]


@lru_cache(maxsize=1)
def cameo_codes() -> Mapping[str, CameoCode]:
    """Every CAMEO code of the conversion table, two to four digits, in order.

    Raises `DatelineError` where a row names a type, mode or context that the codebook has not.
    """
    codes: dict[str, CameoCode] = {}
    columns = ("cameo", "event", "mode", "context", "meaning")
    for row in read_table("codebook", "cameo.tsv", required=columns):
        code, event = row["cameo"], row["event"] or None
        if not (code.isdecimal() and 2 <= len(code) <= 4) or code in codes:
            raise row.bad(f"{code!r} is not two to four digits or stands twice")
        if len(code) > 2 and code[:-1] not in codes:
            raise row.bad(f"{code} comes before its parent {code[:-1]}")
        if event is not None and event not in event_types():
            raise row.bad(f"there is no type {event!r}")
        modes, contexts = row.many("mode"), row.many("context")
        for name in modes:
            if event is None or not known_mode(event, name):
                raise row.bad(f"{event} has no mode {name!r}")
        for name in contexts:
            if name not in context_meanings():
                raise row.bad(f"there is no context {name!r}")
        codes[code] = CameoCode(code, event, modes, contexts, row["meaning"], row["note"])
    return codes


def quad_code(type: str) -> int:
    """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
    return event_types()[type].quad


def material(type: str) -> bool:
    """Whether the type is of deeds, not words: its quad code is 2 or 4."""
    return quad_code(type) in MATERIAL


def modes(type: str) -> list[str]:
    """The modes of a type, in the order of the table."""
    return [mode for of, mode in _modes() if of == type]


def known_mode(type: str, mode: str) -> bool:
    """Whether the type has that mode."""
    return (type, mode) in _modes()


def scale(type: str, modes: Iterable[str] = ()) -> float:
    """The event's place between conflict (-10) and cooperation (10).

    The mean of its modes' scores, or the type's own where it has none (manual, "Numeric
    conflict/cooperation scores"). Modes of another type, as a record of two types has, are left out.
    """
    scores = [m.score for name in modes if (m := _modes().get((type, name)))]
    return sum(scores) / len(scores) if scores else event_types()[type].score


def _nearest(cameo: str) -> CameoCode | None:
    codes = cameo_codes()
    if not cameo.isdecimal():
        return None
    for length in range(min(len(cameo), 4), 1, -1):
        if found := codes.get(cameo[:length]):
            return found
    return None


def known_cameo(cameo: str) -> bool:
    """Whether the code itself, not only a parent of it, is in the table."""
    return cameo in cameo_codes()


def convert(cameo: str) -> Conversion:
    """What a CAMEO code becomes in PLOVER; a code that is not in the table takes its nearest parent's row.

    `event` is None for 01 and 02, which PLOVER drops. Raises `KeyError` where no parent is known either.
    """
    found = _nearest(cameo)
    if found is None:
        raise KeyError(cameo)
    return Conversion(found.event, found.modes, found.contexts)
