"""Which later events and sentences are worth weighing for which pledge, so that work grows with their number.

Both are laid out by country in the order of days. Of those after a pledge was made the first few hundred are
looked at, and of these the likest in words are weighed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from dateline.ledger.found import Pledge
from dateline.ledger.limits import limits
from dateline.ledger.renew import keys_of
from dateline.ledger.words import BITS, Bits

Array = npt.NDArray[Any]


class Blocks:
    """Rows by key, each with its day, in the order of days; rows are numbers from 0."""

    def __init__(self, keys: Iterable[Sequence[str]], days: Sequence[dt.date], bits: Iterable[Bits]) -> None:
        self.days = np.array([d.toordinal() for d in days], np.int32)
        self.bits = np.zeros((len(days), BITS // 64), np.uint64)
        for row, own in enumerate(bits):
            self.bits[row] = own
        rows: dict[str, list[int]] = {}
        for row, its in enumerate(keys):
            for key in its:
                rows.setdefault(key, []).append(row)
        self._rows: dict[str, Array] = {}
        for key, found in rows.items():
            ordered = np.array(found, np.int64)
            self._rows[key] = ordered[np.argsort(self.days[ordered], kind="stable")]

    def near(self, pledge: Pledge, free: Array | None = None) -> list[int]:
        """The rows to weigh for a pledge, the likest first, of equals the earliest.

        They share words with it, or are of `free`: a mask of rows that need not.
        """
        first, last = span(pledge)
        found: list[Array] = []
        for key in keys_of(pledge):
            rows = self._rows.get(key)
            if rows is not None:
                low, high = np.searchsorted(self.days[rows], [first, last + 1])
                found.append(rows[low : min(high, low + int(limits()["range"]))])
        if not found:
            return []
        rows = np.unique(np.concatenate(found))
        common = np.bitwise_count(self.bits[rows] & pledge.bits).sum(1)
        good = common > 0 if free is None else (common > 0) | free[rows]
        rows, common = rows[good], common[good]
        order = np.lexsort((self.days[rows], -common.astype(np.int32)))
        return [int(r) for r in rows[order][: int(limits()["candidates"])]]


def span(pledge: Pledge) -> tuple[int, int]:
    """The days, as ordinals, within which something may be said of a pledge."""
    every = (pledge, *pledge.renewals)
    dues = [p.due.last for p in every if p.due]
    last = max(p.made for p in every) + dt.timedelta(limits()["reach_days"])
    if dues:
        last = max(dues) + dt.timedelta(limits()["late_days"])
    return pledge.made.toordinal(), last.toordinal()
