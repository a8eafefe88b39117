"""The views over a store's Parquet files, as docs/store.md describes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pyarrow as pa

from dateline.ledger.states import ledger_sql
from dateline.store.schema import BATCH_TABLES, LINKED_TABLES, SQL_TYPES

# What a batch's tables are called as they lie; the views of docs/store.md are made of these.
_STORED = {
    "articles": "stored_articles",
    "tellings": "all_tellings",
    "mentions": "all_mentions",
    "entities": "all_entities",
    "sketches": "sketches",
    "batch": "batches",
}

# A later version is one published later; one without a day, as late as what came before it.
_VERSIONS = """
WITH rooted AS (
  SELECT article, seq, published, coalesce(version_of, article) AS root FROM stored_articles
), many AS (
  SELECT * FROM rooted WHERE root IN (SELECT version_of FROM stored_articles WHERE version_of IS NOT NULL)
), dated AS (
  SELECT *, coalesce(published, max(published) OVER (PARTITION BY root ORDER BY seq)) AS day FROM many
)
SELECT article, lead(article) OVER later AS superseded_by, last_value(article) OVER whole AS current
FROM dated
WINDOW later AS (PARTITION BY root ORDER BY day NULLS FIRST, seq), whole AS (
  PARTITION BY root ORDER BY day NULLS FIRST, seq ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
)
"""
# A copy tells what the current version of its original tells, or what that is a copy of.
_ARTICLES = """
WITH counted AS (
  SELECT stored.article, coalesce(versions.current, stored.copy_of, stored.article) AS counted
  FROM stored_articles AS stored LEFT JOIN versions ON versions.article = coalesce(copy_of, stored.article)
)
SELECT stored.*, versions.superseded_by, coalesce(original.copy_of, counted.counted) AS tells
FROM stored_articles AS stored JOIN counted USING (article) LEFT JOIN versions USING (article)
  LEFT JOIN (SELECT article, copy_of FROM stored_articles WHERE copy_of IS NOT NULL) AS original
  ON original.article = counted.counted
"""
_CURRENT = """
SELECT * FROM {stored} WHERE article NOT IN (SELECT article FROM versions WHERE superseded_by IS NOT NULL)
"""
# Over the columns of `events`: neither announced, possible nor denied.
HAPPENED = "NOT regexp_matches(coalesce(aux, ''), 'future|hypothetical|negation')"
_DYADS = f"""
WITH told AS (
  SELECT id, date, quad_code, event_scale, dead, actor_code, recipient_code
  FROM events WHERE date IS NOT NULL AND date_precision = 'day' AND {HAPPENED}
), sided AS (
  SELECT *, unnest(list_distinct(string_split(actor_code, '; '))) AS actor FROM told
), paired AS (
  SELECT *, unnest(list_distinct(string_split(recipient_code, '; '))) AS recipient FROM sided
)
SELECT date, actor, recipient, count(*) AS events,
  count(*) FILTER (quad_code = 1) AS verbal_cooperation,
  count(*) FILTER (quad_code = 2) AS material_cooperation,
  count(*) FILTER (quad_code = 3) AS verbal_conflict,
  count(*) FILTER (quad_code = 4) AS material_conflict,
  avg(event_scale) AS mean_scale, sum(dead)::BIGINT AS dead
FROM paired WHERE actor <> '' AND recipient <> '' GROUP BY date, actor, recipient
"""
_PLEDGES = """
SELECT * FROM events
WHERE regexp_matches(coalesce(aux, ''), 'future') AND NOT regexp_matches(coalesce(aux, ''), 'negation')
"""
# How the linked table of pledges is called as it lies; `pledges` is every event that was announced.
LEDGER = "stored_pledges"
_LATEST = "SELECT max(published) FROM stored_articles"
# The states of pledges that people have set: the last one counts.
_PERSONS = """
SELECT key, arg_max(state, "at") AS state FROM (
  SELECT unnest([event, telling, attached, attached_event]) AS key, trim("new", '"') AS state, "at"
  FROM corrections WHERE kind = 'state' AND NOT undone
) WHERE key IS NOT NULL GROUP BY key
"""
DERIVED: Mapping[str, str] = {
    "versions": _VERSIONS,
    "articles": _ARTICLES,
    "tellings": _CURRENT.format(stored="all_tellings"),
    "mentions": _CURRENT.format(stored="all_mentions"),
    "entities": _CURRENT.format(stored="all_entities"),
    "dyads_daily": _DYADS,
    "pledges": _PLEDGES,
    "ledger": ledger_sql(_LATEST, LEDGER, _PERSONS),
}
# Table functions: name, parameter, and the SELECT that they stand for.
FUNCTIONS = (("ledger_on", "that_day", ledger_sql("that_day", LEDGER, _PERSONS)),)


def literal(text: str | Path) -> str:
    """A text as an SQL literal."""
    return "'" + str(text).replace("'", "''") + "'"


def scan(paths: Sequence[str | Path]) -> str:
    """The SQL that reads Parquet files; the names of folders are no columns."""
    return f"read_parquet([{', '.join(map(literal, paths))}], hive_partitioning = false)"


def nothing(schema: pa.Schema) -> str:
    """The SQL of no rows in a schema's columns."""
    columns = (f'NULL::{kind} AS "{name}"' for name, kind in column_types(schema))
    return f"SELECT {', '.join(columns)} WHERE false"


def _columns(schema: pa.Schema) -> str:
    return ", ".join(f'"{f.name}"' for f in schema)


def views(batches: Mapping[str, Sequence[Path]], linked: Path | None) -> Iterator[tuple[str, str]]:
    """The views by name, in an order in which they can be made.

    `batches` are the files of each table of the batches, `linked` is the folder of the current generation.
    """
    for table, schema in BATCH_TABLES.items():
        paths = batches[table]
        select = f"SELECT {_columns(schema)} FROM {scan(paths)}" if paths else nothing(schema)
        yield _STORED[table], select
    for table, schema in LINKED_TABLES.items():
        path = linked and linked / f"{table}.parquet"
        name = LEDGER if table == "pledges" else table
        # Linking may add columns, so that all are shown; a generation of earlier times has no pledges.
        yield name, f"SELECT * FROM {scan([path])}" if path and path.exists() else nothing(schema)
    yield from DERIVED.items()


def statements(found: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The statements that make the views and the table functions."""
    for name, select in found:
        yield f"CREATE OR REPLACE VIEW {name} AS {select}"
    for name, parameter, select in FUNCTIONS:
        yield f"CREATE OR REPLACE MACRO {name}({parameter}) AS TABLE {select}"


def column_types(schema: pa.Schema) -> list[tuple[str, str]]:
    """The columns of a schema with DuckDB's names of their types."""
    return [(f.name, SQL_TYPES[f.type]) for f in schema]


def create(schema: pa.Schema, table: str) -> str:
    """The statement that makes an empty table of a schema."""
    columns = ", ".join(f'"{name}" {kind}' for name, kind in column_types(schema))
    return f"CREATE OR REPLACE TABLE {table} ({columns})"
