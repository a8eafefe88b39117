"""Finds which articles share a band of their MinHash, in little memory: sorted arrays that merge."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from dateline.store.sketch import Hashes

_FRESH = 65_536  # bands kept in a dict before they become a sorted array


class BandIndex:
    """Band hashes and the numbers of the articles that have them; twelve bytes a band."""

    def __init__(self) -> None:
        self._fresh: dict[int, list[int]] = {}
        self._count = 0
        self._runs: list[tuple[Hashes, Hashes]] = []

    def add(self, bands: Iterable[int], number: int) -> None:
        """Adds the bands of the article of that number."""
        for band in bands:
            self._fresh.setdefault(band, []).append(number)
            self._count += 1
        if self._count >= _FRESH:
            self._settle()

    def find(self, bands: Hashes) -> set[int]:
        """The numbers of the articles that share one of the bands."""
        found = {n for band in bands.tolist() for n in self._fresh.get(band, ())}
        for keys, numbers in self._runs:
            first = np.searchsorted(keys, bands, "left")
            last = np.searchsorted(keys, bands, "right")
            for start, end in zip(first.tolist(), last.tolist(), strict=True):
                found.update(numbers[start:end].tolist())
        return found

    def _settle(self) -> None:
        pairs = [(band, n) for band, numbers in self._fresh.items() for n in numbers]
        keys = np.array([p[0] for p in pairs], np.uint64)
        numbers = np.array([p[1] for p in pairs], np.uint32)
        self._fresh, self._count = {}, 0
        # Runs double in length, so that each band is sorted a logarithmic number of times.
        while self._runs and len(self._runs[-1][0]) <= 2 * len(keys):
            more = self._runs.pop()
            keys, numbers = np.concatenate((keys, more[0])), np.concatenate((numbers, more[1]))
        order = np.argsort(keys, kind="stable")
        self._runs.append((keys[order], numbers[order]))
