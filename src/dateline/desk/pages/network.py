"""Who stands with whom and against whom: a signed network of parties over a window of days, and its blocs."""

from __future__ import annotations

import datetime as dt
import math
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BeforeValidator, Field

from dateline.desk.blocs import find_blocs, fit, modularity
from dateline.desk.data import Data, Row
from dateline.desk.desk import TheDesk
from dateline.desk.filters import HAPPENED, Day, Filters, aux_sql, where
from dateline.desk.names import party_name
from dateline.desk.placing import Point, bend, place

router = APIRouter()
USUAL, LONGEST, MOST = 90, 36_600, 40  # days of the window, and the longest; parties
LINES = 150  # ties drawn
WINDOWS = (7, 30, 90, 180, 365, 1_825)  # days offered
SLIDER = 3_660  # days that the slider reaches back
_WITH = f"({aux_sql(HAPPENED)}) AND actor_code <> '' AND recipient_code <> ''"
_REACH = (
    f"SELECT min(date) AS first, max(date) AS last FROM events WHERE ({{where}}) AND {_WITH} AND date <= ?"
)
_PARTIES = {
    "code": "string_split({side}_code, '; ')",
    "sector": (
        "list_transform(list_zip(string_split({side}_code, '; '), string_split(coalesce({side}_sector, ''), "
        "'; ')), lambda p: CASE WHEN p[1] = '' THEN '' ELSE concat_ws(' ', p[1], nullif(p[2], '')) END)"
    ),
}
# Same sides are added up before lists are taken apart: there are far fewer of them than events.
_TIES = f"""
WITH told AS (
  SELECT actor_code, actor_sector, recipient_code, recipient_sector, count(*) AS n, sum(event_scale) AS score,
    count(*) FILTER (event_scale > 0) AS friendly, count(*) FILTER (event_scale < 0) AS hostile
  FROM events WHERE ({{where}}) AND {_WITH} AND date <= ? AND coalesce(enddate, date) >= ? GROUP BY ALL
), sided AS (
  SELECT *, unnest(list_distinct({{actors}})) AS one FROM told
), paired AS (
  SELECT *, unnest(list_distinct({{recipients}})) AS other FROM sided
), ties AS MATERIALIZED (
  SELECT least(one, other) AS one, greatest(one, other) AS other, sum(n)::BIGINT AS n, sum(score) AS score,
    sum(friendly)::BIGINT AS friendly, sum(hostile)::BIGINT AS hostile
  FROM paired WHERE one <> '' AND other <> '' AND one <> other GROUP BY ALL
), ranked AS (
  SELECT party, sum(n)::BIGINT AS n FROM (
    SELECT one AS party, n FROM ties UNION ALL SELECT other, n FROM ties
  ) GROUP BY party ORDER BY n DESC, party LIMIT ?
)
SELECT ties.*, a.n AS one_n, b.n AS other_n
FROM ties JOIN ranked AS a ON a.party = one JOIN ranked AS b ON b.party = other ORDER BY one, other
"""


def _unsaid(value: object) -> object:
    return None if value == "" else value


class NetworkQuery(Filters):
    """The filters, and the window of days, the number of parties, and what a party is."""

    day: Day = Field(None, description="Last day of the window; the latest with events otherwise.")
    days: Annotated[Annotated[int, Field(ge=1, le=LONGEST)] | None, BeforeValidator(_unsaid)] = Field(
        None, description="Days in the window; from `since` where that is given, else 90."
    )
    top: Annotated[int, BeforeValidator(lambda v: 25 if v == "" else v), Field(ge=2, le=MOST)] = Field(
        25, description="How many parties, those with most events."
    )
    by: Literal["code", "sector"] = Field("code", description="A party is a `code`, or a code and `sector`.")


def network(data: Data, asked: NetworkQuery) -> dict[str, Any]:
    """The network of the events that happened within the window.

    `nodes` have `party`, `name`, `n` (events with others; one with two partners counts for each), `bloc`
    (number in `blocs`, or None for one that stands alone). `ties` have `one`, `other`, `n`, `score` (the
    sum of PLOVER's scores, which is the tie's weight and sign), `mean`, `friendly`, `hostile`. `blocs` have
    `members`, `with` and `against` (numbers of blocs by the sign of what lies between them). `modularity`
    and `fit` are of `blocs.py`. The window is `since` to `day`, `first` and `last` are what a slider spans.
    """
    condition = where(asked.model_copy(update={"since": None, "until": None}))
    reach = data.row(_REACH.format(where=condition.sql), [*condition.values, data.today]) or {}
    latest = reach.get("last") or data.today
    last = min(latest, asked.until) if asked.until else latest
    day = asked.day or last
    days = asked.days or (max(1, (day - asked.since).days + 1) if asked.since else USUAL)
    since = dt.date.fromordinal(max(1, day.toordinal() - days + 1))
    parties = _PARTIES[asked.by]
    sql = _TIES.format(
        where=condition.sql, actors=parties.format(side="actor"), recipients=parties.format(side="recipient")
    )
    ties = data.rows(sql, [*condition.values, day, since, asked.top])
    first = max(reach.get("first") or last, dt.date.fromordinal(max(1, last.toordinal() - SLIDER)))
    return {
        "day": day,
        "days": min(days, LONGEST),
        "since": since,
        "first": min(max(first, asked.since or first), day),
        "last": max(last, day),
        "by": asked.by,
        "top": asked.top,
        **_divided(ties),
    }


def _divided(ties: list[Row]) -> dict[str, Any]:
    """The nodes, ties and blocs of the rows of ties."""
    counts = {row[side]: row[f"{side}_n"] for row in ties for side in ("one", "other")}
    weights = {(row["one"], row["other"]): row["score"] for row in ties}
    blocs = find_blocs(weights)
    many = [sorted(bloc, key=lambda party: (-counts[party], party)) for bloc in blocs if len(bloc) > 1]
    home = {party: number for number, bloc in enumerate(many) for party in bloc}
    between: dict[int, dict[int, float]] = {number: {} for number in range(len(many))}
    for (one, other), weight in weights.items():
        a, b = home.get(one), home.get(other)
        if a is not None and b is not None and a != b:
            for here, there in ((a, b), (b, a)):
                between[here][there] = between[here].get(there, 0.0) + weight
    return {
        "nodes": [
            {"party": party, "name": party_name(party), "n": counts[party], "bloc": home.get(party)}
            for party in sorted(counts, key=lambda party: (-counts[party], party))
        ],
        "ties": [
            {name: row[name] for name in ("one", "other", "n", "score", "friendly", "hostile")}
            | {"mean": row["score"] / row["n"]}
            for row in ties
        ],
        "blocs": [
            {
                "members": bloc,
                "with": sorted(there for there, weight in between[number].items() if weight > 0),
                "against": sorted(there for there, weight in between[number].items() if weight < 0),
            }
            for number, bloc in enumerate(many)
        ],
        "modularity": modularity(weights, blocs),
        "fit": fit(weights, blocs),
    }


def sides(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Each party with those it stands with and against, strongest ties first."""
    near: dict[str, list[tuple[float, str]]] = {node["party"]: [] for node in found["nodes"]}
    for tie in found["ties"]:
        near[tie["one"]].append((tie["score"], tie["other"]))
        near[tie["other"]].append((tie["score"], tie["one"]))
    return [
        {
            "node": node,
            "with": sorted((-score, party) for score, party in near[node["party"]] if score > 0),
            "against": sorted((score, party) for score, party in near[node["party"]] if score < 0),
        }
        for node in found["nodes"]
    ]


def drawing(found: dict[str, Any]) -> dict[str, Any] | None:
    """The picture: `nodes`, `lines`, `circles` of blocs, `width`, `height`; None where there is no tie."""
    if not found["ties"]:
        return None
    most = max(node["n"] for node in found["nodes"])
    radii = {node["party"]: 17 + 13 * math.sqrt(node["n"] / most) for node in found["nodes"]}
    weights = {(tie["one"], tie["other"]): tie["score"] for tie in found["ties"]}
    alone = [[node["party"]] for node in found["nodes"] if node["bloc"] is None]
    places, circles, (width, height) = place(
        [*(bloc["members"] for bloc in found["blocs"]), *alone], weights, radii
    )
    strongest = sorted(found["ties"], key=lambda tie: (-abs(tie["score"]), tie["one"], tie["other"]))[:LINES]
    heaviest = abs(strongest[0]["score"]) or 1.0
    circled = {places[party]: radii[party] for party in radii}
    lines = [
        {
            "tie": tie,
            "from": places[tie["one"]],
            "to": places[tie["other"]],
            "by": _way(places[tie["one"]], places[tie["other"]], circled),
            "width": round(1 + 8 * math.sqrt(abs(tie["score"]) / heaviest), 2),
            "sign": "with" if tie["score"] > 0 else "against" if tie["score"] < 0 else "even",
        }
        for tie in strongest
    ]
    return {
        "width": width,
        "height": height,
        "nodes": [
            {**node, "at": places[node["party"]], "r": round(radii[node["party"]], 1)}
            for node in found["nodes"]
        ],
        "lines": lines[::-1],
        "left_out": len(found["ties"]) - len(lines),
        "circles": circles[: len(found["blocs"])],
    }


def _way(start: Point, end: Point, circles: dict[Point, float]) -> Point:
    return bend(start, end, {at: r for at, r in circles.items() if at not in (start, end)})


def bloc_name(number: int) -> str:
    """A bloc's letter; there are at most 20 blocs of two and more among 40 parties."""
    return chr(ord("A") + number)


@router.get("/network", include_in_schema=False)
def page(request: Request, desk: TheDesk, asked: Annotated[NetworkQuery, Query()]) -> HTMLResponse:
    """The network as a page."""
    found = network(desk.data, asked)
    step = max(1, found["days"] // 3)
    ordinal = found["day"].toordinal()
    context = {
        "found": found,
        "picture": drawing(found),
        "sides": sides(found),
        "bloc_name": bloc_name,
        "party_name": party_name,
        "windows": sorted({*WINDOWS, found["days"]}),
        "steps": [
            dt.date.fromordinal(max(1, min(ordinal + n, dt.date.max.toordinal()))) for n in (-step, step)
        ],
    }
    return desk.page(request, "network.html", asked, context)


@router.get("/api/network", tags=["network"])
def api(desk: TheDesk, asked: Annotated[NetworkQuery, Query()]) -> dict[str, Any]:
    """Parties, their signed ties and their blocs over a window of days."""
    return network(desk.data, asked)
