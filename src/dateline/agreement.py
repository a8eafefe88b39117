"""How right a store's records are and how far people agree, by their corrections (`evaluate --store`).

What counts as looked at: a record that a person confirmed, corrected or rejected, and every record of an
article that a person marked as reviewed. What nobody corrected in a record looked at counts as right.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from dateline.record import Event
from dateline.store import values
from dateline.store.attach import event_of, rows
from dateline.store.corrections import Correction
from dateline.store.store import Store

NONE = "no such event"
_Z = 1.959964  # the normal distribution's two-sided 95 %
_EMPTY = {values.key(name, None) for name in values.FIELDS} | {values.key("date_precision", "unknown")}
_JUDGING = ("confirm", "correct", "reject", "add")
_TOLD = """
SELECT id, article, record FROM {view}
WHERE id IN (SELECT id FROM judged) OR article IN (SELECT id FROM read)
"""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of `n` are right, and the 95 % interval of their share (Wilson 1927); None where `n` is 0."""

    n: int
    right: int
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Alpha:
    """Krippendorff's alpha (nominal) over `n` units that two judged; None where none varies."""

    n: int
    alpha: float | None


@dataclass(frozen=True, slots=True)
class FieldFigures:
    """A field: its precision where the machine gives a value, how often only people gave one, the agreement
    of the machine with people, and of people with one another where two judged the same record."""

    precision: Share
    missed: int
    machine_people: Alpha
    people: Alpha


@dataclass(frozen=True, slots=True)
class StoreFigures:
    """What people's corrections say of a store.

    `records`: those looked at, right where not rejected. `whole`: right in every field too. `recall`: of the
    events in the articles reviewed, those that the machine found.
    """

    authors: int
    corrections: int
    undone: int
    unattached: int
    articles_reviewed: int
    records: Share
    whole: Share
    recall: Share
    fields: Mapping[str, FieldFigures] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The figures as plain values, for JSON."""
        return asdict(self)


def wilson(right: int, n: int) -> Share:
    """A share with its interval by Wilson's score."""
    if not n:
        return Share(0, 0, None, None, None)
    p, z = right / n, _Z
    middle, half = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    low, high = (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)
    return Share(n, right, p, max(0.0, low), min(1.0, high))


def alpha(units: Iterable[Sequence[str]]) -> Alpha:
    """Krippendorff's alpha for nominal values, each unit the values that its judges gave.

    1 is full agreement, 0 what chance would give (Krippendorff 2011, "Computing Krippendorff's
    Alpha-Reliability"). Units of one judge do not count; None where there is none, or but one value in all.
    """
    pairable = [Counter(unit) for unit in units if len(unit) > 1]
    totals: Counter[str] = Counter()
    apart = []
    for counts in pairable:
        m = counts.total()
        totals += counts
        apart.append(sum(c * (m - c) for c in counts.values()) / (m - 1))
    n, disagreed = totals.total(), math.fsum(apart)
    expected = sum(c * (n - c) for c in totals.values())
    return Alpha(len(pairable), 1 - (n - 1) * disagreed / expected if expected else None)


def evaluate_store(store: Store) -> StoreFigures:
    """The figures of a store. Raises `DatelineError` where it cannot be read."""
    said = store.corrections()
    live = [c for c in said if c.kind != "undo" and not c.undone]
    read = {c.article for c in live if c.kind == "reviewed" and c.method == "article"}
    judging = [c for c in live if c.kind in _JUDGING and c.attached]
    machine, final = _records(store, {c.attached for c in judging}, read)
    by_telling: dict[str, list[Correction]] = {}
    for correction in judging:
        by_telling.setdefault(correction.attached or "", []).append(correction)
    whole = {
        id for id, given in by_telling.items() if any(c.field is None or c.kind != "confirm" for c in given)
    }
    looked_at = [id for id, (article, _) in machine.items() if id in whole or article in read]
    kept = [id for id in looked_at if id in final]
    exact = sum(all(_same(name, machine[id][1], final[id][1]) for name in values.FIELDS) for id in kept)
    missed = [id for id, (article, _) in final.items() if id not in machine and article in read]
    found = sum(machine[id][0] in read for id in kept)
    people = {id: _by_author(given) for id, given in by_telling.items() if id in machine}
    extra = [id for id in by_telling if id in machine and id in final and id not in set(looked_at)]
    fields = {}
    for name in values.FIELDS:
        judged = kept + [id for id in extra if any(c.field == name for c in by_telling[id])]
        pairs = [(_key(name, machine[id][1]), _key(name, final[id][1])) for id in judged]
        given = [(mine, theirs) for mine, theirs in pairs if mine not in _EMPTY]
        both = list(pairs)
        if name == "event":
            both += [(_key(name, machine[id][1]), NONE) for id in looked_at if id not in final]
            both += [(NONE, _key(name, final[id][1])) for id in missed]
        units = [
            [said_by[name] for said_by in theirs.values() if name in said_by] for theirs in people.values()
        ]
        seen = {key for pair in pairs for key in pair}.union(*units)
        if seen - _EMPTY:
            fields[name] = FieldFigures(
                wilson(sum(mine == theirs for mine, theirs in given), len(given)),
                sum(mine in _EMPTY and theirs not in _EMPTY for mine, theirs in pairs),
                alpha(both),
                alpha(units),
            )
    return StoreFigures(
        authors=len({c.author for c in live}),
        corrections=len(said),
        undone=sum(c.undone for c in said),
        unattached=sum(c.method is None for c in live),
        articles_reviewed=len(read),
        records=wilson(len(kept), len(looked_at)),
        whole=wilson(exact, len(looked_at)),
        recall=wilson(found, found + len(missed)),
        fields=fields,
    )


_Records = dict[str, tuple[str, Event]]


def _records(
    store: Store, judged: Iterable[str | None], read: Iterable[str | None]
) -> tuple[_Records, _Records]:
    """The machine's records and those that hold, by id: what was judged, and all of the articles reviewed."""
    found = []
    with store.connect() as connection:
        for view in ("machine_tellings", "tellings"):
            told = rows(connection, _TOLD.format(view=view), judged=judged, read=read)
            found.append({r["id"]: (r["article"], event_of(r["record"])) for r in told})
    return found[0], found[1]


def _key(name: str, event: Event) -> str:
    return values.key(name, values.value(event, name))


def _same(name: str, one: Event, other: Event) -> bool:
    return _key(name, one) == _key(name, other)


def _by_author(given: Sequence[Correction]) -> dict[str, dict[str, str]]:
    """For each author the values that he or she stated, by field; of several the last."""
    found: dict[str, dict[str, str]] = {}
    for correction in given:
        theirs = found.setdefault(correction.author, {})
        if correction.kind == "reject":
            theirs.clear()
            theirs["event"] = NONE
            continue
        stated = {correction.field: correction.new} if correction.kind == "correct" else correction.new
        if theirs.get("event") == NONE:
            theirs.clear()
        theirs |= {str(n): values.key(str(n), v) for n, v in dict(stated or {}).items()}
    return found
