"""How the numbers of an event and the sources of its tellings changed, and a drawing of that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dateline.desk.data import Row
from dateline.desk.shown import number
from dateline.flat import SIZES

WIDTH, HEIGHT = 640, 190  # of the drawing, in its own units
_LEFT, _RIGHT, _TOP, _FOOT = 54, 110, 14, 30
_LINES = 4  # sizes that are drawn


@dataclass(frozen=True, slots=True)
class Step:
    """One size over time: `path` draws it, `points` are where it was said, with what each says."""

    name: str
    path: str
    points: list[tuple[float, float, str]]
    label_at: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """Steps with the marks of both axes; `said` is the same in words."""

    steps: list[Step]
    levels: list[tuple[float, str]]
    days: list[tuple[float, str]]
    said: str


def history(tellings: Sequence[Row]) -> dict[str, Any]:
    """What each telling says of sizes and sources, in the order given: `sizes` (the names that any telling
    has), `rows`, each with `changed` (the names whose value is another than the last that was said).

    Tellings have `telling`, `article`, `published`, `publisher`, `attribution`, and their sizes.
    """
    names = [name for name in SIZES if any(row.get(name) is not None for row in tellings)]
    last: dict[str, object] = {}
    rows = []
    for telling in tellings:
        changed = []
        for name in (*names, "attribution"):
            value = telling.get(name)
            if value is None or value == "":
                continue
            if name in last and last[name] != value:
                changed.append(name)
            last[name] = value
        rows.append({**telling, "changed": changed})
    return {"sizes": names, "rows": rows}


def drawing(found: dict[str, Any]) -> Drawing | None:
    """The sizes that several dated tellings give, as steps over days; None where there is none."""
    rows = [row for row in found["rows"] if row["published"] is not None]
    drawn = [name for name in found["sizes"] if sum(row.get(name) is not None for row in rows) > 1][:_LINES]
    if not drawn:
        return None
    first, last = rows[0]["published"], rows[-1]["published"]
    span: int = max((last - first).days + 1, 1)
    most: int = max(row[name] for row in rows for name in drawn if row.get(name) is not None) or 1

    def y(value: float) -> float:
        return round(_TOP + (HEIGHT - _TOP - _FOOT) * (1 - value / most), 1)

    def x(day: float) -> float:
        return round(_LEFT + (WIDTH - _LEFT - _RIGHT) * day / span, 1)

    days: list[dt.date] = [row["published"] for row in rows]
    # Tellings of one day stand beside each other, in their order.
    places = [
        x((day - first).days + (days[:n].count(day) + 0.5) / days.count(day)) for n, day in enumerate(days)
    ]
    steps = [_step(name, rows, places, y) for name in drawn]
    ends = sorted(steps, key=lambda step: step.label_at)
    placed: list[Step] = []
    for step in ends:
        at = max(step.label_at, placed[-1].label_at + 15) if placed else step.label_at
        placed.append(Step(step.name, step.path, step.points, at))
    order = {step.name: step for step in placed}
    return Drawing(
        steps=[order[name] for name in drawn],
        levels=[
            (y(value), number(value)) for value in dict.fromkeys((0, most / 2, most)) if value == int(value)
        ],
        days=[(x(0), first.isoformat())] + ([(x(span), last.isoformat())] if last != first else []),
        said="; ".join(f"{s.name}: {', then '.join(text for _, _, text in s.points)}" for s in placed),
    )


def _step(name: str, rows: Sequence[Row], places: Sequence[float], y: Any) -> Step:
    said = [
        (at, y(row[name]), f"{number(row[name])} on {row['published']}")
        for row, at in zip(rows, places, strict=True)
        if row.get(name) is not None
    ]
    path = f"M{said[0][0]} {said[0][1]}"
    path += "".join(f"H{at}V{high}" for at, high, _ in said[1:])
    path += f"H{WIDTH - _RIGHT}"
    return Step(name, path, said, said[-1][1])
