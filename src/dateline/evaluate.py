"""Scores records against hand-coded gold (`dateline evaluate`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dateline.errors import DatelineError, Problem
from dateline.sources.objects import read_objects

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Standard:
    """A gold event: where it stands, the types and codes accepted, whether it must be found."""

    doc: str | None
    spans: tuple[tuple[int, int], ...]
    types: frozenset[str]
    actors: frozenset[str]
    recipients: frozenset[str]
    optional: bool
    fields: Mapping[str, object] = field(default_factory=dict)


def _rows(path: Path) -> Iterator[tuple[str, Json]]:
    for place, row in read_objects(path):
        if isinstance(row, DatelineError):
            raise row
        yield place, row


def _codes(side: object) -> frozenset[str]:
    """Codes of a side: entity objects, or lists of accepted codes."""
    found: set[str] = set()
    for item in side if isinstance(side, list) else ():
        if isinstance(item, dict):
            found |= {str(c) for c in (item.get("code"), item.get("sector")) if c}
        elif isinstance(item, list):
            found |= {str(c) for c in item}
        else:
            found.add(str(item))
    return frozenset(found)


def _spans(row: Json) -> tuple[tuple[int, int], ...]:
    spans = [(m["start"], m["end"]) for m in row.get("mentions") or ()]
    if not spans and "start" in row:
        spans = [(row["start"], row["end"]), *((a, b) for a, b in row.get("also") or ())]
    if not all(isinstance(n, int) for span in spans for n in span):
        raise TypeError("start and end are whole numbers")
    return tuple(spans)


def _standard(place: str, row: Json) -> Standard:
    try:
        if not isinstance(row["event"], list):
            raise TypeError("event is a list of types")
        return Standard(
            doc=row.get("doc"),
            spans=_spans(row),
            types=frozenset(row["event"]),
            actors=_codes(row.get("actor")),
            recipients=_codes(row.get("recipient")),
            optional=bool(row.get("optional")),
            fields={k: row[k] for k in ("date", "enddate", "mode", "aux", "size") if k in row},
        )
    except KeyError as error:
        raise DatelineError(Problem.BAD_LINE, place, f"not an event: {error} is missing") from error
    except (TypeError, ValueError) as error:
        raise DatelineError(Problem.BAD_LINE, place, f"not an event: {error}") from error


def _fits(gold: Standard, record: Standard) -> bool:
    if gold.doc is not None and record.doc is not None and gold.doc != record.doc:
        return False
    touch = any(s < e2 and s2 < e for s, e in gold.spans for s2, e2 in record.spans)
    if not touch or not gold.types & record.types:
        return False
    return all(
        not wanted or not found or wanted & found
        for wanted, found in ((gold.actors, record.actors), (gold.recipients, record.recipients))
    )


def _agree(gold: Standard, record: Standard, name: str) -> bool:
    wanted, found = gold.fields[name], record.fields.get(name)
    if name == "date" and isinstance(wanted, list):
        last = record.fields.get("enddate") or found
        return bool(found) and str(wanted[0]) <= str(found) and str(last) <= str(wanted[1])
    if isinstance(wanted, list) and isinstance(found, list):
        return set(map(str, wanted)) == set(map(str, found))
    return wanted == found


def evaluate(gold_path: Path, pred_path: Path) -> dict[str, str]:
    """Precision, recall and F1 of the records, and per field the share of matched events that agree.

    Gold lines are records, or have `event` (types accepted), `actor` and `recipient` (lists of codes
    accepted), `start`, `end` and optionally `doc`, `optional`, `also`, `date` ([first, last]), `aux`,
    `size`. A record is right when its passage touches the gold event's, a type is accepted, and no
    side that both name has other codes; each matches once. Records that only match optional gold
    count neither way. Raises `DatelineError` where a file is missing or a line malformed.
    """
    gold = [_standard(*row) for row in _rows(gold_path)]
    records = [_standard(*row) for row in _rows(pred_path)]
    pairs = _pairs(gold, records)
    taken = {j for _, j in pairs}
    right = [(gold[i], records[j]) for i, j in pairs if not gold[i].optional]
    required = sum(not g.optional for g in gold)
    false = len(records) - len(taken)
    precision = len(right) / (len(right) + false) if right else 0.0
    recall = len(right) / required if required else 0.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    figures = {
        "right": str(len(right)),
        "missed": str(required - len(right)),
        "false": str(false),
        "precision": f"{precision:.3f}",
        "recall": f"{recall:.3f}",
        "f1": f"{f1:.3f}",
    }
    for name in ("date", "mode", "aux", "size"):
        asked = [(g, r) for g, r in right if g.fields.get(name)]
        if asked:
            agreed = sum(_agree(g, r, name) for g, r in asked)
            figures[f"{name}_agreement"] = f"{agreed}/{len(asked)}"
    return figures


def _pairs(gold: Sequence[Standard], records: Sequence[Standard]) -> list[tuple[int, int]]:
    """Gold and record numbers matched, required events before optional ones."""
    taken: set[int] = set()
    pairs = []
    for i in sorted(range(len(gold)), key=lambda i: gold[i].optional):
        for j, record in enumerate(records):
            if j not in taken and _fits(gold[i], record):
                taken.add(j)
                pairs.append((i, j))
                break
    return pairs
