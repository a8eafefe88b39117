"""Anybody's SQL over a store: it reads the views and can reach nothing else."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from dateline.errors import DatelineError, Problem

if TYPE_CHECKING:
    import pandas

_ALLOWED = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN}
# Neither extensions nor Python's own variables are to be had from SQL.
SAFE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
}


class Result:
    """The rows of a query."""

    def __init__(self, table: pa.Table) -> None:
        self._table = table

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return list(self._table.column_names)

    def __len__(self) -> int:
        return int(self._table.num_rows)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        for part in self._table.to_batches(max_chunksize=10_000):
            yield from zip(*(column.to_pylist() for column in part.columns), strict=True)

    def to_dict(self) -> list[dict[str, Any]]:
        """The rows as plain dicts; of two columns of one name the last counts."""
        return [dict(zip(self.columns, row, strict=True)) for row in self]

    def to_arrow(self) -> pa.Table:
        """The rows as an Arrow table."""
        return self._table

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a data frame. Raises `DatelineError` where pandas is not installed."""
        try:
            frame: pandas.DataFrame = self._table.to_pandas()
        except ImportError as error:
            raise DatelineError(Problem.MISSING_EXTRA, detail="pandas") from error
        return frame


def lock(connection: duckdb.DuckDBPyConnection, paths: Sequence[str]) -> None:
    """Leaves a connection with nothing to reach but these files, for reading, and no way to change that."""
    listed = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
    connection.execute(f"SET allowed_paths = [{listed}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def run(
    connection: duckdb.DuckDBPyConnection,
    sql: str,
    timeout: float | None,
    parameters: Sequence[object] | None = None,
) -> Result:
    """The rows of one SELECT; `timeout` is in seconds, `parameters` fill its question marks.

    Raises BAD_QUERY where it is another statement, none, or wrong, and SLOW_QUERY.
    """
    try:
        sql.encode()
        found = duckdb.extract_statements(sql)
    except (duckdb.Error, UnicodeError) as error:
        raise _bad(error) from None
    if len(found) != 1 or found[0].type not in _ALLOWED:
        raise DatelineError(Problem.BAD_QUERY, "query", "only one SELECT may be asked")
    with timed(connection, timeout):
        return Result(connection.sql(sql, params=parameters).to_arrow_table())


@contextlib.contextmanager
def timed(connection: duckdb.DuckDBPyConnection, timeout: float | None) -> Iterator[None]:
    """Ends what a connection is asked after so many seconds. Raises SLOW_QUERY, and BAD_QUERY for a fault."""
    timer = threading.Timer(timeout, connection.interrupt) if timeout else None
    if timer:
        timer.daemon = True
        timer.start()
    try:
        yield
    except duckdb.InterruptException:
        raise DatelineError(Problem.SLOW_QUERY, "query", f"{timeout:g} seconds") from None
    except (duckdb.Error, pa.ArrowException, ValueError, UnicodeError) as error:
        raise _bad(error) from None
    finally:
        if timer:
            timer.cancel()


def _bad(error: Exception) -> DatelineError:
    """The first line of what DuckDB says: the rest shows the query again."""
    lines = [line for line in str(error).splitlines() if line.strip()] or ["the query failed"]
    return DatelineError(Problem.BAD_QUERY, "query", lines[0][:300])
