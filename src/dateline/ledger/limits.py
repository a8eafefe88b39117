"""The ledger's figures (`knowledge/ledger/limits.tsv`)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from dateline.knowledge.tables import read_table


@lru_cache(maxsize=1)
def limits() -> Mapping[str, float]:
    """The figures by name. Raises `DatelineError` (BAD_KNOWLEDGE) where one is no number."""
    found = {}
    for row in read_table("ledger", "limits.tsv", required=("name", "value")):
        try:
            found[row["name"]] = float(row["value"])
        except ValueError:
            raise row.bad(f"{row['value']!r} is no number") from None
    return found
