"""Bars over time as shapes: where each stands in the picture, in the units of an SVG's view box.

Cooperation stands above the line and conflict below it, material acts next to the line and verbal ones
outside them, so that the order says the quad class where the colours do not.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from typing import Any

# The bins by width, and how exactly an event's day must be known for it to be in one.
BINS: Mapping[str, Sequence[str]] = {
    "day": ("day",),
    "week": ("day", "week"),
    "month": ("day", "week", "month"),
    "year": ("day", "week", "month", "year"),
}
MOST = 124  # bars before the next wider bins are taken
_DAYS = {"day": 1, "week": 7, "month": 31}
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 1000, 330, 48, 8, 24, 40
STRIP = 56  # height of the overview
_ABOVE, _BELOW = (2, 1), (4, 3)
_TICKS = 8


def choose_bin(first: dt.date, last: dt.date) -> str:
    """The narrowest bins of which the days from `first` to `last` ask for few enough."""
    length = (last - first).days + 1
    return next((bin for bin, days in _DAYS.items() if length <= MOST * days), "year")


def bin_start(bin: str, day: dt.date) -> dt.date:
    """The first day of the bin that a day is in; weeks begin on Monday."""
    if bin == "week":
        return dt.date.fromordinal(max(1, day.toordinal() - day.weekday()))
    if bin == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if bin == "year" else day


def bin_end(bin: str, start: dt.date) -> dt.date:
    """The last day of the bin that begins on `start`."""
    if bin == "week":
        return dt.date.fromordinal(min(start.toordinal() + 6, dt.date.max.toordinal()))
    if bin == "year":
        return start.replace(month=12, day=31)
    if bin == "month":
        days = 31 if start.month == 12 else (start.replace(month=start.month + 1) - start).days
        return start.replace(day=days)
    return start


def bin_index(bin: str, day: dt.date) -> int:
    """The number of a day's bin, counted from some fixed one."""
    if bin == "year":
        return day.year
    if bin == "month":
        return day.year * 12 + day.month - 1
    return (day.toordinal() - 1) // 7 if bin == "week" else day.toordinal()


def _bin_at(bin: str, index: int) -> dt.date:
    """The first day of the bin of a number."""
    if bin == "year":
        return dt.date(index, 1, 1)
    if bin == "month":
        return dt.date(index // 12, index % 12 + 1, 1)
    return dt.date.fromordinal(index * 7 + 1 if bin == "week" else index)


def nice_step(highest: float, steps: int) -> int:
    """A round number of which about `steps` reach `highest`: 1, 2 or 5 times a power of ten."""
    least = max(1.0, highest / steps)
    power = 10 ** math.floor(math.log10(least))
    return int(next(f * power for f in (1, 2, 5, 10) if f * power >= least))


def stacked(found: Mapping[str, Any]) -> dict[str, Any] | None:
    """The main picture of `pages.timeline`: `bars`, each with its `parts`, axes, the line at today.

    None where there is nothing to draw.
    """
    bins, bin = found["bins"], found["bin"]
    if not bins:
        return None
    base, count = bin_index(bin, found["since"]), 1
    count += bin_index(bin, found["until"]) - base
    unit = (WIDTH - LEFT - RIGHT) / count
    gap = min(2.0, unit * 0.15)
    above, below = (
        max(sum(one[kind][quad - 1] for kind in ("happened", "ahead") for quad in quads) for one in bins)
        for quads in (_ABOVE, _BELOW)
    )
    scale = (HEIGHT - TOP - BOTTOM) / (above + below)
    zero = TOP + above * scale
    bars = []
    for one in bins:
        x, wide = _r(LEFT + (bin_index(bin, one["start"]) - base) * unit + gap / 2), _r(unit - gap)
        parts = []
        for quads, sign in ((_ABOVE, -1), (_BELOW, 1)):
            reached = 0
            for kind in ("happened", "ahead"):
                for quad in quads:
                    number = one[kind][quad - 1]
                    if not number:
                        continue
                    top = zero - (reached + number) * scale if sign < 0 else zero + reached * scale
                    y, h = _r(top), _r(number * scale)
                    shape = f"M{x} {y}h{wide}v{h}h-{wide}z"
                    parts.append({"quad": quad, "kind": kind, "y": y, "h": h, "shape": shape})
                    reached += number
        bars.append({"x": x, "w": wide, "parts": parts, "bin": one})
    today = bin_index(bin, found["today"]) - base
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT,
        "right": WIDTH - RIGHT,
        "top": TOP,
        "bottom": HEIGHT - BOTTOM,
        "zero": _r(zero),
        "bars": bars,
        "counts": _counts(above, below, zero, scale),
        "times": _times(bin, base, count, unit),
        "today": _r(LEFT + (today + 1) * unit) if 0 <= today < count else None,
    }


def _counts(above: int, below: int, zero: float, scale: float) -> list[dict[str, Any]]:
    """The lines of the vertical axis, the same step up and down."""
    step = nice_step(above + below, 6)
    up = range(0, above + 1, step)
    down = range(step, below + 1, step)
    return [{"y": _r(zero - n * scale), "n": n} for n in up] + [
        {"y": _r(zero + n * scale), "n": n} for n in down
    ]


def _times(bin: str, base: int, count: int, unit: float) -> list[dict[str, Any]]:
    """The names under the horizontal axis; a year stands where it begins."""
    found, year = [], None
    for n in range(0, count, -(-count // _TICKS)):
        day = _bin_at(bin, base + n)
        name = {"year": f"{day.year}", "month": f"{day:%b}"}.get(bin, f"{day.day} {day:%b}")
        shown = "" if bin == "year" or day.year == year else str(day.year)
        found.append({"x": _r(LEFT + (n + 0.5) * unit), "name": name, "year": shown})
        year = day.year
    return found


def strip(found: Mapping[str, Any]) -> dict[str, Any] | None:
    """The overview under the picture, on which one brushes: `bars`, and the part that is shown above.

    None where there is nothing to draw.
    """
    whole = found["overview"]
    if not whole["bins"]:
        return None
    bin = whole["bin"]
    base = bin_index(bin, whole["since"])
    count = bin_index(bin, whole["until"]) - base + 1
    unit = (WIDTH - LEFT - RIGHT) / count
    above = max(one["cooperation"] for one in whole["bins"])
    below = max(one["conflict"] for one in whole["bins"])
    scale = (STRIP - 4) / (above + below)
    zero = 2 + above * scale

    def at(day: dt.date) -> float:
        return LEFT + (bin_index(bin, day) - base) * unit

    bars = [
        {
            "x": _r(at(one["start"])),
            "w": _r(unit * 0.9),
            "up": _r(one["cooperation"] * scale),
            "top": _r(zero - one["cooperation"] * scale),
            "down": _r(one["conflict"] * scale),
        }
        for one in whole["bins"]
    ]
    return {
        "height": STRIP,
        "zero": _r(zero),
        "bars": bars,
        "from": _r(at(found["since"])),
        "to": _r(at(found["until"]) + unit),
        # For the script: the first day of each bin by its number.
        "starts": [_bin_at(bin, base + n) for n in range(count)],
        "until": bin_end(bin, _bin_at(bin, base + count - 1)),
    }


def _r(value: float) -> float:
    """A length in the picture; hundredths are finer than any screen."""
    return round(value, 2)
