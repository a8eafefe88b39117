"""The views of a store with people's corrections laid over the machine's rows.

Rows that a correction changes are left out and those of the overlay put in their place. Without corrections
the views are those of `views.py` and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from dateline.store.schema import CORRECTED, CORRECTIONS
from dateline.store.views import LEDGER, nothing, scan

if TYPE_CHECKING:
    from dateline.store.overlay import Overlay

# The views laid over, with the column by which their rows are left out and the table that lists what is.
OVER: Mapping[str, tuple[str, str]] = {
    "events": ("id", "gone_events"),
    "links": ("telling", "gone_links"),
    "tellings": ("id", "gone_tellings"),
    "mentions": ("telling", "gone_tellings"),
    "entities": ("telling", "gone_tellings"),
}
_NAMED = ("tellings", "events")


def lay(found: Iterable[tuple[str, str]], overlay: Overlay | None) -> Iterator[tuple[str, str]]:
    """The views in an order in which they can be made, corrections laid over them.

    `machine_NAME` are the machine's own rows; `corrections` all that people said, `corrected` the fields
    that are a person's.
    """
    for name, schema in (("corrections", CORRECTIONS), ("corrected", CORRECTED)):
        yield name, f"SELECT * FROM {scan([overlay.file(name)])}" if overlay else nothing(schema)
    for name, select in found:
        if overlay is not None and overlay.changes and name == LEDGER:
            # A pledge that a person has rejected is none.
            gone, put = (scan([overlay.file(table)]) for table in ("gone_events", "events"))
            rejected = f"SELECT id AS event FROM {gone} EXCEPT SELECT id FROM {put}"
            select = f"SELECT * FROM ({select}) ANTI JOIN ({rejected}) USING (event)"
        if name not in OVER or overlay is None or not overlay.changes:
            yield name, select
            continue
        key, gone = OVER[name]
        if name == "events" and overlay.relinked:
            yield "linked_events", select
            select = _laid(overlay, "linked_events", key, "gone_machine_events", "machine_events")
        yield f"machine_{name}", select
        yield name, _laid(overlay, f"machine_{name}", key, gone, name)
    if overlay is None or not overlay.changes:
        yield from ((f"machine_{name}", f"SELECT * FROM {name}") for name in _NAMED)


def _laid(overlay: Overlay, below: str, key: str, gone: str, table: str) -> str:
    """The rows below that are not listed as gone, and those of a table of the overlay."""
    listed = f'SELECT id AS "{key}" FROM {scan([overlay.file(gone)])}'
    put = f"SELECT * FROM {scan([overlay.file(table)])}"
    return f'SELECT * FROM {below} ANTI JOIN ({listed}) USING ("{key}") UNION ALL BY NAME {put}'
