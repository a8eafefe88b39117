"""What the desk reads: a store's views, through the connection that can reach nothing else."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from dateline.store.query import timed
from dateline.store.store import Store

Row = dict[str, Any]
T = TypeVar("T")
PATIENCE = 20.0  # seconds a view's query may take
# Names offered while one types, and how many.
_OFFERED = 300
_PARTIES = """
SELECT code, count(*) AS n FROM (
  SELECT unnest(string_split(actor_code, '; ')) AS code FROM events
  UNION ALL SELECT unnest(string_split(recipient_code, '; ')) FROM events
) WHERE code <> '' GROUP BY code ORDER BY n DESC, code LIMIT ?
"""
_PUBLISHERS = """
SELECT publisher, count(*) AS n FROM articles WHERE publisher IS NOT NULL
GROUP BY publisher ORDER BY n DESC, publisher LIMIT ?
"""


def paged(total: int, page: int, size: int) -> dict[str, int]:
    """What a list of pages of `size` rows says of itself: `total`, `page`, `pages` (one at least)."""
    return {"total": total, "page": page, "pages": max(1, -(-total // size))}


class Data:
    """A store as the desk's views ask it; `today` is the day that "new" and "due" are reckoned from.

    Without `today` it is the last day on which an article of the store was published, so that a view of
    an old collection is what it was then, and the same on every day on which one looks.
    """

    def __init__(self, store: Store, today: dt.date | None = None) -> None:
        self.store, self._today = store, today
        self._kept: dict[str, tuple[object, Any]] = {}
        self._lock = threading.Lock()

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """The rows of one SELECT over the store's views. Raises SLOW_QUERY, BAD_QUERY, BAD_STORE."""
        reader = self.store.reader()
        with timed(reader, PATIENCE):
            found = reader.execute(sql, list(parameters))
            names = [column[0] for column in found.description]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def row(self, sql: str, parameters: Sequence[object] = ()) -> Row | None:
        """The first row, or None."""
        found = self.rows(sql, parameters)
        return found[0] if found else None

    def count(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """The number of rows of `FROM sql`. Raises as `rows`."""
        found = self.rows(f"SELECT count(*) AS n FROM {sql}", parameters)
        return int(found[0]["n"])

    def kept(self, name: str, make: Callable[[], T]) -> T:
        """What `make` gives, made anew only where the store has changed since."""
        state = self.store.state()
        with self._lock:
            found = self._kept.get(name)
        if found is None or found[0] != state:
            found = state, make()
            with self._lock:
                self._kept[name] = found
        value: T = found[1]
        return value

    @property
    def today(self) -> dt.date:
        """The day that the views take for the present one."""
        return self._today or self.kept("today", self._last) or dt.date.today()

    def _last(self) -> dt.date | None:
        row = self.row("SELECT max(published) AS day FROM articles")
        day: dt.date | None = row["day"] if row else None
        return day

    def offered(self) -> dict[str, list[str]]:
        """The most frequent codes and publishers, for boxes that complete what one types."""
        return self.kept(
            "offered",
            lambda: {
                "parties": [row["code"] for row in self.rows(_PARTIES, [_OFFERED])],
                "publishers": [row["publisher"] for row in self.rows(_PUBLISHERS, [_OFFERED])],
            },
        )
