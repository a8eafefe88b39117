"""The weights of linking, from `knowledge/linking/weights.tsv`, where each has its reason."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from dateline.knowledge.tables import read_table


@lru_cache(maxsize=4)
def weights(table: str = "weights.tsv") -> Mapping[str, float]:
    """The weights by name. Raises `DatelineError` where one is no number."""
    found = {}
    for row in read_table("linking", table, required=("name", "weight", "reason")):
        try:
            found[row["name"]] = float(row["weight"])
        except ValueError:
            raise row.bad(f"{row['weight']!r} is no number") from None
    return found
