"""Who did what to whom, counted: pairs of parties by day, week or month, and the network they make.

What counts is what happened (no `future`, `hypothetical`, `negation`). An event counts once for each
distinct pair of an actor's and a recipient's code, as in the store's view `dyads_daily`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from dateline.exports.exported import happened
from dateline.exports.table import clean
from dateline.record import Entity, Event

Period = Literal["day", "week", "month"]
Party = Literal["code", "sector"]
PERIODS: tuple[Period, ...] = ("day", "week", "month")
PARTIES: tuple[Party, ...] = ("code", "sector")
# An event whose day is known to the month cannot be put into a week.
PRECISE: dict[Period, frozenset[str]] = {
    "day": frozenset({"day"}),
    "week": frozenset({"day", "week"}),
    "month": frozenset({"day", "week", "month"}),
}
QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")


@dataclass(frozen=True, slots=True)
class Deed:
    """What counting needs of an event that happened; `actors` and `recipients` are distinct and sorted."""

    date: str | None
    precision: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    quad: int
    scale: float
    dead: int | None


@dataclass(slots=True)
class Tally:
    """What a pair of parties did: events in all and by quad class, the sum of their scores, the dead."""

    events: int = 0
    quads: tuple[int, int, int, int] = (0, 0, 0, 0)
    total: float = 0.0
    dead: int | None = None

    def add(self, deed: Deed) -> None:
        """Counts one event."""
        self.events += 1
        counts = list(self.quads)
        counts[deed.quad - 1] += 1
        self.quads = (counts[0], counts[1], counts[2], counts[3])
        self.total += deed.scale
        if deed.dead is not None:
            self.dead = (self.dead or 0) + deed.dead

    @property
    def mean(self) -> float:
        """The mean PLOVER score."""
        return self.total / self.events

    def columns(self) -> dict[str, int | float | None]:
        """The tally as columns."""
        return {
            "events": self.events,
            **dict(zip(QUADS, self.quads, strict=True)),
            "mean_scale": self.mean,
            "dead": self.dead,
        }


def name(code: str | None, sector: str | None, party: Party) -> str | None:
    """What a party is counted under: its code, or code and sector ("KEN MIL"); None without a code."""
    if not code:
        return None
    # Cleaned, since XML cannot hold control characters.
    return clean(f"{code} {sector}" if party == "sector" and sector else code) or None


def _names(entities: Iterable[Entity], party: Party) -> tuple[str, ...]:
    return tuple(sorted({n for e in entities if (n := name(e.code, e.sector, party))}))


def deed(event: Event, party: Party) -> Deed | None:
    """What counting needs of a record; None for what did not happen."""
    if not happened(event):
        return None
    return Deed(
        event.date,
        event.date_precision,
        _names(event.actor, party),
        _names(event.recipient, party),
        event.quad_code,
        event.event_scale,
        event.size.get("dead"),
    )


def first_day(date: str, period: Period) -> str:
    """The first day of the period a day lies in; weeks begin on Monday (ISO 8601)."""
    if period == "day":
        return date
    if period == "month":
        return f"{date[:7]}-01"
    found = dt.date.fromisoformat(date)
    # The first days of the year 1 belong to a week that the calendar does not hold.
    return (found - dt.timedelta(days=min(found.weekday(), found.toordinal() - 1))).isoformat()


def series(deeds: Iterable[Deed], period: Period) -> list[dict[str, str | int | float | None]]:
    """Rows by period, actor and recipient, in that order: counts by quad class, mean score, dead.

    An event without a day, or whose day is less precise than the period, is in none.
    """
    found: dict[tuple[str, str, str], Tally] = {}
    for one in deeds:
        if one.date is None or one.precision not in PRECISE[period]:
            continue
        start = first_day(one.date, period)
        for actor in one.actors:
            for recipient in one.recipients:
                found.setdefault((start, actor, recipient), Tally()).add(one)
    return [
        {"date": date, "actor": actor, "recipient": recipient, **found[date, actor, recipient].columns()}
        for date, actor, recipient in sorted(found)
    ]


@dataclass(frozen=True, slots=True)
class Network:
    """Parties and who did what to whom: edges by (actor, recipient)."""

    nodes: tuple[str, ...]
    edges: dict[tuple[str, str], Tally]


def network(deeds: Iterable[Deed]) -> Network:
    """The directed network: an edge for each pair, weighted by its events, signed by their mean score.

    Parties that act on nobody, or are acted on by nobody named, are nodes too.
    """
    edges: dict[tuple[str, str], Tally] = {}
    nodes: set[str] = set()
    for one in deeds:
        nodes.update(one.actors, one.recipients)
        for actor in one.actors:
            for recipient in one.recipients:
                edges.setdefault((actor, recipient), Tally()).add(one)
    return Network(tuple(sorted(nodes)), dict(sorted(edges.items())))


def edge_rows(found: Network) -> Iterator[dict[str, str | int | float | None]]:
    """The edges as rows: source, target, weight (events), sign (-1, 0, 1), and the tally."""
    for (source, target), tally in found.edges.items():
        sign = (tally.mean > 0) - (tally.mean < 0)
        columns = tally.columns()
        weight = columns.pop("events")
        yield {"source": source, "target": target, "weight": weight, "sign": sign, **columns}
