"""The record of an event from its tellings: the best value of each field, who gave it, who contradicts.

- Sides, place, day and act: the finest value (a name over a country, a town over a country, a day over a
  month); of equally fine ones that of most independent publishers, of these the earliest.
- Numbers: the latest report's, since tolls are corrected; `conflicts` keeps their history.
- A publisher is counted once, and not at all for a copy of another's article.
- An event that is told and denied stays as it is told: the first telling that does not deny it stands for it,
  and denials have no part in its values. `conflicts` has who denied it and when. What is only denied is the
  record of a denial.
- Status: `denied` where a telling denies it; else `reported` where several independent publishers tell of
  it and not all of them by the word of one and the same source; else `claimed`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from dateline.flat import SIZES
from dateline.linking.across.columns import SIDES
from dateline.record import Event

_PARTY = ("{0}", "{0}_code", "{0}_sector", "{0}_text", "{0}_name", "{0}_id", "{0}_cameo")


@dataclass(frozen=True, slots=True)
class Group:
    """Columns that are taken from one telling together.

    `key` is the value by which tellings agree, `shown` what a conflict shows, `fine` how fine a value is.
    """

    name: str
    columns: tuple[str, ...]
    key: str
    shown: str
    fine: str


def _party(side: str) -> Group:
    named = f"nullif(trim({side}_name, '; '), '')"
    coded = f"nullif(coalesce({side}_code, '') || coalesce({side}_sector, ''), '')"
    return Group(
        side,
        tuple(column.format(side) for column in _PARTY),
        f"coalesce({named}, {coded})",
        f"coalesce({named}, {coded})",
        f"CASE WHEN {named} IS NOT NULL THEN 2 WHEN trim({side}_code, '; ') <> '' THEN 1 ELSE 0 END",
    )


GROUPS = (
    Group("date", ("date", "enddate", "date_precision"), "date", "date::VARCHAR",
          "CASE date_precision WHEN 'day' THEN 3 WHEN 'week' THEN 2 WHEN 'month' THEN 1 ELSE 0 END"),
    *map(_party, SIDES),
    Group("place", ("place", "place_country", "geonameid", "lat", "lon", "resolution"),
          "coalesce(geonameid::VARCHAR, place_country)", "coalesce(place, place_country)", "resolution"),
    Group("act", ("mode", "cameo", "event_scale"), "cameo", "cameo",
          "CASE WHEN coalesce(mode, '') <> '' THEN 1 ELSE 0 END"),
)  # fmt: skip
# What the telling that stands for the event gives.
_FIRST = ("event_type", "event", "context", "aux", "quad_code", "attribution", "event_text", "text", "coder")
_NEEDED = ("id", "article", "publisher", "published", "aux", "attribution")


def merge(tellings: pa.Table, links: pa.Table, copies: pa.Table | None = None) -> pa.Table:
    """One row an event, ordered by `date` and `id`.

    `tellings` has the columns that docs/store.md names, as far as there are any (`id`, `article`,
    `publisher`, `published`, `aux` and `attribution` must be); `links` is what `link` gave; `copies`
    has `article` and `copy_of` of the articles that are copies. The columns of `tellings` keep their
    names; `id` is the event's. Added: `telling` (the first that does not deny it, else the first),
    `first_published`, `first_publisher` (of the first report, of whatever kind), `tellings`, `articles`
    (copies included), `publishers` (independent ones), `status`, `support` and
    `conflicts` (JSON: field → the ids of the tellings behind the best value; field → what each telling
    says, in order, where they disagree; `denied` → each denial, its `value` who denies it, as far as said).
    """
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.register("given", tellings)
        connection.register("links", links.select(["telling", "event"]))
        copied = copies if copies is not None else pa.table({"copy_of": pa.array([], pa.string())})
        connection.register("copies", copied.select(["copy_of"]))
        return connection.sql(_sql(tellings.column_names)).to_arrow_table()


def _sql(columns: Sequence[str]) -> str:
    there = frozenset(columns)
    groups = [g for g in GROUPS if there & set(g.columns)]
    sizes = [s for s in SIZES if s in there]
    parts = [_TOLD, _FACTS, *(_votes(g) for g in groups), _said(groups, sizes)]
    chosen = [f"b_{g.name}.{c}" for g in groups for c in g.columns if c in there]
    first = [f"f.{c}" for c in _FIRST if c in there]
    latest = [f"e.{s}" for s in sizes]
    # Where no telling has a value to vote for, the first one's words stand, as "gunmen" without a code.
    joins = [
        f"JOIN told AS b_{g.name} ON b_{g.name}.number = coalesce(v_{g.name}.telling, e.stands)"
        for g in groups
    ]
    votes = [f"LEFT JOIN v_{g.name} ON v_{g.name}.ev = e.ev" for g in groups]
    confidence = ["e.confidence"] if "confidence" in there else []
    record = [_record(groups, sizes, bool(confidence))] if "record" in there else []
    facts = _facts(sizes, "confidence" in there)
    missing = [f", NULL::VARCHAR AS {c}" for g in groups for c in g.columns if c not in there]
    with_ = ", ".join(parts).replace("FACTS", facts).replace("MISSING", "".join(missing))
    return f"""
WITH {with_}
SELECT {", ".join(["e.ev AS id", *first, *chosen, *latest])},
  f.id AS telling, r.published AS first_published, r.publisher AS first_publisher,
  e.tellings, e.articles, e.publishers, e.status,
  coalesce(s.support, '{{}}') AS support, coalesce(s.conflicts, '{{}}') AS conflicts
  {"".join(", " + c for c in [*confidence, *record])}
FROM facts AS e JOIN told AS f ON f.number = e.stands JOIN told AS r ON r.number = e.first
{" ".join(votes)} {" ".join(joins)} LEFT JOIN said AS s ON s.ev = e.ev
ORDER BY {"date, " if any(g.name == "date" for g in groups) else ""}e.ev
"""


_TOLD = """
numbered AS (
  SELECT given.*MISSING, links.event AS ev, coalesce(publisher, article) AS voice,
    contains(coalesce(aux, ''), 'negation') AS negated,
    row_number() OVER (ORDER BY published NULLS LAST, id) AS number
  FROM given JOIN links ON links.telling = given.id
),
told AS (SELECT *, negated AND NOT bool_and(negated) OVER (PARTITION BY ev) AS denies FROM numbered)"""

_FACTS = """
copied AS (SELECT copy_of AS article, count(*) AS copies FROM copies GROUP BY ALL),
papers AS (
  SELECT ev, (count(*) + sum(coalesce(copies, 0)))::BIGINT AS articles
  FROM (SELECT DISTINCT ev, article FROM told) LEFT JOIN copied USING (article) GROUP BY ev
),
facts AS (
  SELECT ev, min(number) AS first, min(number) FILTER (NOT denies) AS stands, count(*) AS tellings,
    any_value(articles) AS articles,
    count(DISTINCT voice) AS publishers,
    CASE WHEN bool_or(negated) THEN 'denied'
      WHEN count(DISTINCT voice) > 1 AND (count(*) > count(nullif(attribution, ''))
        OR count(DISTINCT nullif(attribution, '')) > 1) THEN 'reported'
      ELSE 'claimed' END AS status FACTS
  FROM told JOIN papers USING (ev) GROUP BY ev
)"""


def _facts(sizes: Sequence[str], confidence: bool) -> str:
    latest = [f", arg_max({s}, number) FILTER ({s} IS NOT NULL AND NOT denies) AS {s}" for s in sizes]
    return "".join(latest) + (", max(confidence) FILTER (NOT denies) AS confidence" if confidence else "")


def _votes(group: Group) -> str:
    """For each event the telling whose value of a group is best, and that value."""
    return f"""
v_{group.name} AS (
  SELECT ev, arg_max(telling, rank) AS telling, arg_max(key, rank) AS key FROM (
    SELECT ev, key, telling, {{'fine': fine, 'voices': voices, 'first': -telling}} AS rank FROM (
      SELECT ev, {group.key} AS key, max({group.fine}) AS fine, count(DISTINCT voice) AS voices,
        arg_min(number, {{'fine': -coalesce({group.fine}, 0), 'number': number}}) AS telling
      FROM told WHERE ({group.key}) IS NOT NULL AND NOT denies GROUP BY ALL
    )
  ) GROUP BY ev
)"""


def _said(groups: Sequence[Group], sizes: Sequence[str]) -> str:
    """For each event what is behind its best values, and what its tellings disagree in."""
    rows = [
        f"""SELECT t.ev, '{g.name}' AS field, {g.key} = v.key AND NOT denies AS best,
          ({g.key})::VARCHAR AS key, to_json({g.shown}) AS value, id, voice, published, number
        FROM told AS t JOIN v_{g.name} AS v ON v.ev = t.ev WHERE ({g.key}) IS NOT NULL"""
        for g in groups
    ]
    rows += [
        f"""SELECT t.ev, '{s}', t.{s} = e.{s} AND NOT denies, t.{s}::VARCHAR, to_json(t.{s}), id, voice,
          published, number
        FROM told AS t JOIN facts AS e ON e.ev = t.ev WHERE t.{s} IS NOT NULL"""
        for s in sizes
    ]
    rows.append(
        """SELECT ev, 'denied', false, NULL, to_json(nullif(attribution, '')), id, voice, published, number
        FROM told WHERE denies"""
    )
    return f"""
fields AS (
  SELECT ev, field, list(id ORDER BY number) FILTER (best) AS behind,
    CASE WHEN count(DISTINCT key) > 1 OR field = 'denied' THEN list({{'value': value, 'telling': id,
      'publisher': voice, 'published': published::VARCHAR}} ORDER BY number) END AS history
  FROM ({" UNION ALL ".join(rows)}) AS rows(ev, field, best, key, value, id, voice, published, number)
  GROUP BY ev, field
),
said AS (
  SELECT ev,
    '{{' || string_agg(to_json(field) || ':' || to_json(behind), ',' ORDER BY field)
      FILTER (behind IS NOT NULL) || '}}' AS support,
    '{{' || string_agg(to_json(field) || ':' || to_json(history), ',' ORDER BY field)
      FILTER (history IS NOT NULL) || '}}' AS conflicts
  FROM fields GROUP BY ev
)"""


def _record(groups: Sequence[Group], sizes: Sequence[str], confidence: bool) -> str:
    """The record of the telling that stands for the event with the event's id and the best values put in."""
    given = {g.name: f"b_{g.name}" for g in groups}
    act, place = given.get("act", "f"), given.get("place", "f")
    behind = {**dict.fromkeys(("mode", "cameo", "event_scale"), act), "event_loc": place}
    behind |= {side: given.get(side, "f") for side in SIDES}
    put = {"id": "e.ev"}
    if "date" in given:
        put |= {"date": "b_date.date::VARCHAR", "enddate": "b_date.enddate::VARCHAR"}
        put["date_precision"] = "b_date.date_precision"
    if confidence:
        put["confidence"] = "e.confidence"
    if sizes:
        # A patch leaves out what is NULL: an event has the numbers that a telling gives.
        put["size"] = f"json_merge_patch('{{}}', json_object({', '.join(f'{s!r}, e.{s}' for s in sizes)}))"
    # Key by key, since a patch of the whole record would lose the keys whose value is null.
    parts = (
        f"'{key}', {put.get(key) or _extract(behind.get(key, 'f'), key)}" for key in Event.__struct_fields__
    )
    return f"json_object({', '.join(parts)})::VARCHAR AS record"


def _extract(row: str, key: str) -> str:
    """A key of a row's record; all are asked for at once, so that each record is read once."""
    paths = ", ".join(f"'$.{name}'" for name in Event.__struct_fields__)
    return f"json_extract({row}.record, [{paths}])[{Event.__struct_fields__.index(key) + 1}]"
