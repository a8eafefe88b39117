"""What codes are called: countries, PLOVER's international codes, sectors."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from dateline.knowledge.codebook import sectors
from dateline.knowledge.tables import read_table


@lru_cache(maxsize=1)
def code_names() -> Mapping[str, str]:
    """Names by the code that records bear."""
    found: dict[str, str] = {}
    for row in read_table("actors", "countries.tsv", required=("code", "name")):
        # A state's line comes before those of its parts and dependencies, which bear its code too.
        found.setdefault(row["code"], row["name"])
    for row in read_table("codebook", "international.tsv", required=("code", "name")):
        found[row["code"]] = row["name"]
    return found


def party_name(party: str) -> str:
    """A party ("KEN", "KEN GOV") in words: "Kenya", "Kenya: the executive, …"; unknown codes stay codes."""
    code, _, sector = party.partition(" ")
    name = code_names().get(code, code)
    if not sector:
        return name
    known = sectors().get(sector)
    return f"{name}: {known.meaning if known else sector}"
