"""Average-link clustering, exact, of things of which few are alike.

Two groups are joined as long as the mean likeness between their members reaches a threshold (Sokal and
Michener 1958). A group never reaches beyond a connected part of the graph of pairs that reach the
threshold by themselves, so each part is clustered by itself and the cost follows the size of the parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

Matrix = np.ndarray[Any, np.dtype[np.float64]]


def parts(n: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The connected parts of a graph over 0..n-1, each sorted, in the order of their first members."""
    up = list(range(n))

    def top(i: int) -> int:
        while up[i] != i:
            up[i] = up[up[i]]
            i = up[i]
        return i

    for i, j in pairs:
        a, b = top(i), top(j)
        up[max(a, b)] = min(a, b)
    found: dict[int, list[int]] = {}
    for i in range(n):
        found.setdefault(top(i), []).append(i)
    return list(found.values())


def average_link(likeness: Matrix, threshold: float) -> list[list[int]]:
    """Groups of 0..n-1, each sorted, in the order of their first members.

    `likeness` is a symmetric matrix; its diagonal is not read. Of equal pairs the first is joined first.
    """
    n = len(likeness)
    reach = np.argwhere(np.triu(likeness >= threshold, 1))
    groups = [
        [part[k] for k in group]
        for part in parts(n, ((int(i), int(j)) for i, j in reach))
        for group in _join(likeness[np.ix_(part, part)], threshold)
    ]
    return sorted(groups)


def _join(likeness: Matrix, threshold: float) -> Sequence[list[int]]:
    """Average link over one part: the best partner of each row is kept, so a step costs about one row."""
    mean = np.array(likeness, np.float64)
    np.fill_diagonal(mean, -np.inf)
    groups: dict[int, list[int]] = {i: [i] for i in range(len(mean))}
    best = mean.argmax(axis=1)
    value = mean[np.arange(len(mean)), best]
    while len(groups) > 1:
        i = int(value.argmax())
        if value[i] < threshold:
            break
        i, j = sorted((i, int(best[i])))
        a, b = len(groups[i]), len(groups[j])
        joined = (mean[i] * a + mean[j] * b) / (a + b)
        groups[i] += groups.pop(j)
        mean[i], mean[:, i] = joined, joined
        mean[j], mean[:, j], mean[i, i] = -np.inf, -np.inf, -np.inf
        value[j] = -np.inf
        for row in groups:
            if row == i or best[row] in (i, j):
                best[row] = mean[row].argmax()
                value[row] = mean[row, best[row]]
            elif mean[row, i] > value[row]:
                best[row], value[row] = i, mean[row, i]
    return [sorted(members) for members in groups.values()]
