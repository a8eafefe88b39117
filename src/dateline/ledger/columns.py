"""The columns of a ledger's rows, as docs/store.md describes them."""

from __future__ import annotations

import pyarrow as pa

KINDS = ("promise", "offer", "plan", "threat", "demand")
STATES = ("open", "due", "kept", "broken", "withdrawn", "unknown")
OUTCOMES = ("kept", "broken", "withdrawn")

_TEXT, _WHOLE, _DAY = pa.string(), pa.int64(), pa.date32()
# What changed a pledge, in the order of days: `outcome` NULL where it was made, renewed or put off.
CHANGES = pa.list_(
    pa.struct([("on", _DAY), ("outcome", _TEXT), ("due_first", _DAY), ("due_last", _DAY), ("why", _TEXT)])
)

SCHEMA = pa.schema(
    [
        *((name, _TEXT) for name in ("event", "telling", "article", "kind")),
        *((name, _TEXT) for name in ("who", "who_code", "who_sector")),
        *((name, _TEXT) for name in ("to_whom", "to_whom_code", "to_whom_sector")),
        *((name, _TEXT) for name in ("what", "text", "event_type", "mode", "cameo", "aux")),
        *((name, _TEXT) for name in ("fulfil_type", "fulfil_mode", "how_much", "condition", "due_text")),
        ("due_first", _DAY),
        ("due_last", _DAY),
        *((name, _TEXT) for name in ("said_by", "place", "place_country", "publisher")),
        ("made_on", _DAY),
        ("publishers", _WHOLE),
        ("renewals", _WHOLE),
        ("renewed_on", _DAY),
        ("renewed", _TEXT),
        ("outcome", _TEXT),
        ("outcome_on", _DAY),
        ("weight", pa.float64()),
        ("evidence", _TEXT),
        ("changes", CHANGES),
    ]
)
