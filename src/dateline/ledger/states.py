"""How each pledge stands on a day.

The last change up to that day decides: an outcome (kept, broken, withdrawn) is the state; otherwise the
pledge is `due` around its last day, `unknown` long after it, else `open`. What a person says wins.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import duckdb
import pyarrow as pa

from dateline.ledger.columns import SCHEMA, STATES
from dateline.ledger.limits import limits

NOBODY = "SELECT NULL::VARCHAR AS key, NULL::VARCHAR AS state WHERE false"
_FOUND = ("due_first", "due_last", "renewals", "renewed_on", "outcome", "outcome_on")

_SQL = """
WITH asked AS (SELECT ({day})::DATE AS as_of), persons AS ({persons}), known AS (
  SELECT pledge.*, as_of, list_filter(changes, lambda c: c."on" <= as_of) AS so_far
  FROM {pledges} AS pledge, asked WHERE made_on <= as_of
), placed AS (
  SELECT *, list_last(so_far) AS latest,
    list_last(list_filter(so_far, lambda c: c.due_last IS NOT NULL)) AS due,
    list_last(list_filter(so_far, lambda c: c.outcome IS NULL)) AS repeated
  FROM known
), proposed AS (
  SELECT {kept}, due.due_first AS due_first, due.due_last AS due_last, latest.outcome AS outcome,
    CASE WHEN latest.outcome IS NOT NULL THEN latest."on" END AS outcome_on,
    len(list_filter(so_far, lambda c: c.why = 'renewed')) AS renewals,
    list_last(list_filter(so_far, lambda c: c.why = 'renewed'))."on" AS renewed_on,
    CASE WHEN latest.outcome IS NOT NULL THEN latest.outcome
      WHEN as_of > coalesce(due.due_last + {due_days}, repeated."on" + {open_days}) THEN 'unknown'
      WHEN as_of >= due.due_last - {due_days} THEN 'due' ELSE 'open' END AS proposed,
    as_of
  FROM placed
)
SELECT {columns}, coalesce(said.state, proposed) AS state, proposed,
  CASE WHEN said.state IS NULL THEN 'proposed' ELSE 'person' END AS state_by, as_of
FROM proposed LEFT JOIN LATERAL (
  SELECT last(persons.state) AS state FROM persons
  WHERE persons.key IN (proposed.event, proposed.telling)
    OR contains(proposed.renewed, '"' || persons.key || '"')
) AS said ON true
"""


def ledger_sql(day: str, pledges: str, persons: str = NOBODY) -> str:
    """The SELECT that gives the ledger as of a day.

    `day` is SQL for a DATE, `pledges` the name of a table with the columns of `SCHEMA`, `persons` a SELECT
    of `key` (id of a pledge's event or telling, or of a renewal's) and `state`, the last of a key counting.
    Adds `state`, `proposed` (what the evidence says), `state_by` (`proposed` or `person`) and `as_of`;
    `due_first`, `due_last`, `renewals`, `renewed_on`, `outcome` and `outcome_on` are as they were known on
    that day. Pledges made later are left out.
    """
    names = [f'"{name}"' for name in SCHEMA.names]
    return _SQL.format(
        day=day,
        pledges=pledges,
        persons=persons,
        kept=", ".join(name for name in names if name.strip('"') not in _FOUND),
        columns=", ".join(names),
        due_days=int(limits()["due_days"]),
        open_days=int(limits()["open_days"]),
    )


def states(pledges: pa.Table, as_of: dt.date, persons: Mapping[str, str] | None = None) -> pa.Table:
    """The ledger as of a day, ordered by (made_on, event): `ledger_sql` on a table of pledges.

    `persons` maps ids (of a pledge's event or telling, or of a renewal's) to the state that a person has set.
    Raises `ValueError` where one is none of `STATES`.
    """
    wrong = sorted(set((persons or {}).values()) - set(STATES))
    if wrong:
        raise ValueError(f"{wrong[0]!r} is none of {', '.join(STATES)}")
    keys, values = list(persons or {}), list((persons or {}).values())
    said = pa.table({"key": pa.array(keys, pa.string()), "state": pa.array(values, pa.string())})
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.register("given", pledges)
        connection.register("said_by_persons", said)
        sql = ledger_sql(f"'{as_of.isoformat()}'", "given", "SELECT key, state FROM said_by_persons")
        return connection.sql(f"{sql} ORDER BY made_on, event").to_arrow_table()
