"""Where the parties of a network stand in the picture: each bloc in a circle of its own.

Friends inside a bloc, and blocs among each other, are placed by the spring layout of Fruchterman and
Reingold (1991) as networkx has it, from fixed places, so that the same network always looks the same.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

Point = tuple[float, float]
SEED = 1
_GAP, _NAME, _MARGIN = 12.0, 14.0, 30.0  # between circles, for a bloc's letter, around all
_FLAT = 0.62  # height by width of the picture
_LEAST = (900.0, 420.0)  # width and height, so that a small network is not drawn large
_CLEAR, _BENT = 8.0, 220.0  # between a tie and a party it is not of; how far a tie may be bent


def _ring(names: Sequence[str]) -> dict[str, Point]:
    step = 2 * math.pi / max(1, len(names))
    return {name: (math.cos(n * step), math.sin(n * step)) for n, name in enumerate(names)}


def _springs(names: Sequence[str], pulls: Mapping[tuple[str, str], float]) -> dict[str, Point]:
    """Places within about 1 of the middle; what pulls more comes nearer."""
    if len(names) < 3:
        return {name: (2.0 * n - (len(names) - 1), 0.0) for n, name in enumerate(names)}
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(names)
    most = max(pulls.values(), default=1.0)
    for (one, other), pull in pulls.items():
        graph.add_edge(one, other, weight=0.2 + pull / most)
    found = networkx.spring_layout(graph, pos=_ring(names), seed=SEED, iterations=60, method="force")
    return {name: (float(x), float(y)) for name, (x, y) in found.items()}


def _apart(places: Mapping[str, Point], radii: Mapping[str, float]) -> dict[str, Point]:
    """The places moved as little as is needed for the circles not to overlap."""
    found = {name: [x, y] for name, (x, y) in places.items()}
    names = list(found)
    for _ in range(400):
        moved = False
        for n, one in enumerate(names):
            for other in names[:n]:
                dx, dy = (found[one][axis] - found[other][axis] for axis in (0, 1))
                far, needed = math.hypot(dx, dy), radii[one] + radii[other] + _GAP
                if far >= needed - 0.01:
                    continue
                # Two at one place part along a line that depends on their order only.
                ux, uy = (dx / far, dy / far) if far > 1e-6 else (math.cos(n), math.sin(n))
                push = (needed - far) / 2
                for axis, unit in enumerate((ux, uy)):
                    found[one][axis] += unit * push
                    found[other][axis] -= unit * push
                moved = True
        if not moved:
            break
    return {name: (x, y) for name, (x, y) in found.items()}


def place(
    blocs: Sequence[Sequence[str]], ties: Mapping[tuple[str, str], float], radii: Mapping[str, float]
) -> tuple[dict[str, Point], list[tuple[float, float, float]], Point]:
    """Places of the parties, the circle of each bloc (x, y, radius), and width and height of the picture.

    `ties` are signed weights, `radii` those of the parties' circles, all in one unit of length.
    """
    inner: list[dict[str, Point]] = []
    around: dict[str, float] = {}
    for number, bloc in enumerate(blocs):
        pulls = {pair: w for pair, w in ties.items() if w > 0 and pair[0] in bloc and pair[1] in bloc}
        size = sum(radii[party] for party in bloc)
        spread = {name: (x * size / 2, y * size / 2) for name, (x, y) in _springs(bloc, pulls).items()}
        apart = _apart(spread, radii)
        mx, my = (sum(point[axis] for point in apart.values()) / len(bloc) for axis in (0, 1))
        inner.append({name: (x - mx, y - my) for name, (x, y) in apart.items()})
        around[str(number)] = max(math.hypot(x, y) + radii[name] for name, (x, y) in inner[-1].items())
        around[str(number)] += _GAP if len(bloc) > 1 else 0
    home = {party: str(number) for number, bloc in enumerate(blocs) for party in bloc}
    between: dict[tuple[str, str], float] = {}
    for (one, other), weight in ties.items():
        pair = (min(home[one], home[other], key=int), max(home[one], home[other], key=int))
        if weight > 0 and pair[0] != pair[1]:
            between[pair] = between.get(pair, 0.0) + weight
    size = sum(around.values()) / 2
    spread = {n: (x * size, y * size * _FLAT) for n, (x, y) in _springs(list(around), between).items()}
    middles = _apart(spread, {n: radius + _NAME for n, radius in around.items()})
    least = [min(middles[n][axis] - around[n] for n in middles) - _MARGIN for axis in (0, 1)]
    size_of = [max(middles[n][axis] + around[n] for n in middles) + _MARGIN - least[axis] for axis in (0, 1)]
    spare = [max(0.0, _LEAST[axis] - size_of[axis]) for axis in (0, 1)]
    left, top = (least[axis] - spare[axis] / 2 for axis in (0, 1))
    width, height = (size_of[axis] + spare[axis] for axis in (0, 1))
    circles = [
        (round(middles[n][0] - left, 1), round(middles[n][1] - top, 1), round(around[n], 1)) for n in around
    ]
    places = {
        party: (round(circles[n][0] + x, 1), round(circles[n][1] + y, 1))
        for n, bloc in enumerate(inner)
        for party, (x, y) in bloc.items()
    }
    return places, circles, (round(width, 1), round(height, 1))


def bend(start: Point, end: Point, others: Mapping[Point, float]) -> Point:
    """The control point of a quadratic curve from `start` to `end` that keeps clear of other circles.

    `others` maps their middles to their radii. The curve goes round the circle that lies most in the way;
    where none does it is straight, and the control point lies in its middle.
    """
    (ax, ay), (bx, by) = start, end
    length = math.dist(start, end) or 1.0
    ux, uy = (bx - ax) / length, (by - ay) / length
    aside = 0.0
    for (x, y), radius in others.items():
        along = ((x - ax) * ux + (y - ay) * uy) / length
        if not 0.05 < along < 0.95:
            continue
        off = (x - ax) * -uy + (y - ay) * ux
        # At that share of its length the curve is 2 t (1 - t) of the control point's distance aside.
        needed = (radius + _CLEAR - abs(off)) / (2 * along * (1 - along))
        if needed > abs(aside):
            aside = min(needed, _BENT) * (1 if off <= 0 else -1)
    return round((ax + bx) / 2 - uy * aside, 1), round((ay + by) / 2 + ux * aside, 1)
