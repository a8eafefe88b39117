"""Which tellings of different articles tell of one event.

Each telling, in the order (published, id), is compared with the earlier ones of its blocks. The sum of
the fields' weights is the log odds of one event (Fellegi and Sunter 1969). It joins the event of the
telling that it is most probably one with, unless it contradicts that event's first telling; else it
begins an event, which bears a name made from its id. So what a telling is linked to never changes when
later ones come, and linking in parts gives what linking at once gives.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Mapping

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dateline.linking.across.blocks import pairs
from dateline.linking.across.columns import COLUMNS, Array, Tellings, read, read_from
from dateline.linking.across.levels import FIELDS, compare, level, scales, weigh
from dateline.linking.weights import weights

SCHEMA = pa.schema(
    [("telling", pa.string()), ("event", pa.string()), ("score", pa.float64()), ("why", pa.string()),
     ("with", pa.string())]
)  # fmt: skip
_NEEDED = ("id", "published", *COLUMNS)
_AT_ONCE = 1_000_000
FIRST = "first report"
# What two tellings of one event never contradict each other in; an event's first telling stands for it.
_VETO = {
    "actor": ("other country",),
    "recipient": ("other country",),
    "day": ("other day",),
    "place": ("other country", "other town"),
    "truth": ("other",),
}


def link(tellings: pa.Table, known: pa.Table | None = None) -> pa.Table:
    """The event of each telling: `telling`, `event`, `score` (probability, 1 for a first report), `why`
    (the fields' levels and weights in bits) and `with` (the telling that it was linked by).

    `tellings` has `id`, `published` and `COLUMNS` as docs/store.md has them, of articles that are no
    copies. `known` has the same columns and `event`: tellings linked before, whose events stay. Where all
    of `known` come before all of `tellings` by (published, id) the result is that of linking all at once;
    otherwise the known go first, whatever their days. Rows come in the order (published, id).
    """
    new = tellings.select(_NEEDED)
    if known is None or not len(known):
        return pa.concat_tables(_link(read(new), None))
    old = known.select([*_NEEDED, "event"]).sort_by([("published", "ascending"), ("id", "ascending")])
    whole = _joined(read(old.select(_NEEDED)), read(new))
    return pa.concat_tables(_link(whole, old["event"].to_pylist()))


def link_from(connection: duckdb.DuckDBPyConnection, table: str) -> Iterator[pa.Table]:
    """What `link` gives for a table or view of a connection, in slices, for tellings too many to be held as
    a table."""
    return _link(read_from(connection, table), None)


def _joined(old: Tellings, new: Tellings) -> Tellings:
    def both(a: object, b: object) -> object:
        if isinstance(a, tuple) and isinstance(b, tuple):
            return tuple(both(x, y) for x, y in zip(a, b, strict=True))
        if isinstance(a, pa.ChunkedArray) and isinstance(b, pa.ChunkedArray):
            return pa.chunked_array([*a.chunks, *b.chunks])
        return np.concatenate([a, b])

    names = Tellings.__slots__
    return Tellings(**{n: both(getattr(old, n), getattr(new, n)) for n in names})  # type: ignore[arg-type]


def _link(t: Tellings, events: list[str] | None) -> Iterator[pa.Table]:
    new = len(events) if events else 0
    later, earlier, bits, levels = _likely(t, new)
    first = _firsts(events)
    label, chosen = np.arange(len(t)), np.full(len(t), -1, np.int64)
    label[:new] = first
    _assign(t, later, earlier, label, chosen)
    ids = t.ids.combine_chunks()
    for start in range(new, max(len(t), new + 1), _AT_ONCE // 4):
        rows = np.arange(start, min(start + _AT_ONCE // 4, len(t)))
        yield _table(ids, rows, new, events, label, chosen, earlier, bits, levels)


def _firsts(events: list[str] | None) -> Array:
    """For each known telling the number of its event's first."""
    seen: dict[str, int] = {}
    return np.array([seen.setdefault(e, n) for n, e in enumerate(events or ())], np.int64)


def _likely(t: Tellings, new: int) -> tuple[Array, Array, Array, Array]:
    """The pairs that are probably one event: later, earlier, log odds in bits, levels.

    Ordered by the later, for each the most probable first, of equals the earliest.
    """
    least = math.log2(weights()["one_event"] / (1 - weights()["one_event"]))
    kept: list[tuple[Array, Array, Array, Array]] = []
    for later, earlier in pairs(t, new):
        for start in range(0, len(later), _AT_ONCE):
            i, j = later[start : start + _AT_ONCE], earlier[start : start + _AT_ONCE]
            levels = compare(t, i, j)
            total = weigh(levels)
            good = (total >= least) & ~_vetoed(levels)
            kept.append((i[good].astype(np.int32), j[good].astype(np.int32), total[good], levels[good]))
    if not kept:
        none = np.zeros(0, np.int32)
        return none, none, none.astype(np.float32), np.zeros((0, len(FIELDS)), np.int8)
    i, j, total, levels = (np.concatenate([k[n] for k in kept]) for n in range(4))
    kept.clear()
    order = np.lexsort((j, -total, i))
    return i[order], j[order], total[order], levels[order]


def _assign(t: Tellings, later: Array, earlier: Array, label: Array, chosen: Array) -> None:
    """Sets each later telling's event, and the pair by which it joined, in the order of the tellings."""
    if not len(later):
        return
    begins = np.flatnonzero(np.concatenate([[True], later[1:] != later[:-1]]))
    for start, stop in zip(begins.tolist(), [*begins[1:].tolist(), len(later)], strict=True):
        one = int(later[start])
        partners = earlier[start:stop].tolist()
        for n, other in enumerate(partners):
            event = int(label[other])
            # A partner is never contradicted, so most events need no further look at their first telling.
            if event in partners or not contradicts(t, one, event):
                label[one], chosen[one] = event, start + n
                break


def contradicts(t: Tellings, one: int, other: int) -> bool:
    """Whether two tellings cannot be one event, whatever else agrees."""
    return bool(_vetoed(compare(t, np.array([one]), np.array([other])))[0])


def _vetoed(levels: Array) -> Array:
    found = np.zeros(len(levels), bool)
    for field, names in _VETO.items():
        found |= np.isin(levels[:, FIELDS.index(field)], [level(field, n) for n in names])
    return found


def explain(one: Mapping[str, object], other: Mapping[str, object]) -> dict[str, tuple[str, float]]:
    """Why two tellings, given as rows of a table of tellings, are one event or not.

    For the prior and each field its level and weight in bits; the sum gives the probability.
    """
    table = pa.Table.from_pylist([dict(one), dict(other)]).select(_NEEDED)
    levels = compare(read(table), np.array([1]), np.array([0]))[0]
    found = {"prior": ("pair", float(scales()["prior"].bits[0]))}
    for field, n in zip(FIELDS, levels, strict=True):
        found[field] = (scales()[field].names[n], float(scales()[field].bits[n]))
    return found


def event_id(telling: str) -> str:
    """The name of the event whose first telling this is: `ev-` and 16 hex digits."""
    return "ev-" + hashlib.sha256(telling.encode()).hexdigest()[:16]


def probability(bits: Array) -> Array:
    """Probability from log odds in bits."""
    found: Array = 1 / (1 + np.exp2(-bits.astype(np.float64)))
    return found


def _table(
    ids: pa.Array,
    rows: Array,
    new: int,
    events: list[str] | None,
    label: Array,
    chosen: Array,
    earlier: Array,
    bits: Array,
    levels: Array,
) -> pa.Table:
    pair = chosen[rows]
    joined = pair >= 0
    firsts, at = np.unique(label[rows], return_inverse=True)
    named = ids.take(pa.array(firsts)).to_pylist()
    names = pa.array(
        [
            events[n] if events and n < new else event_id(i)
            for n, i in zip(firsts.tolist(), named, strict=True)
        ],
        pa.string(),
    )
    score = np.ones(len(rows))
    score[joined] = probability(bits[pair[joined]])
    # Few kinds of reasons serve many links: each is written once.
    shapes, shape = np.unique(levels[pair[joined]], axis=0, return_inverse=True)
    reasons = pa.array([FIRST, *map(_reason, shapes)], pa.string())
    number = np.zeros(len(rows), np.int32)
    number[joined] = shape.reshape(-1) + 1
    partner = np.full(len(rows), -1, np.int64)
    partner[joined] = earlier[pair[joined]]
    mask = pa.array(partner < 0)
    return pa.Table.from_arrays(
        [
            ids.take(pa.array(rows)),
            names.take(pa.array(at)),
            pa.array(score),
            reasons.take(pa.array(number)),
            ids.take(pc.if_else(mask, None, pa.array(partner))),
        ],
        schema=SCHEMA,
    )


def _reason(levels: Array) -> str:
    """What spoke for and against, in words: "day: same day +2; place: same town +4"."""
    parts = []
    for field, n in zip(FIELDS, levels, strict=True):
        scale = scales()[field]
        if scale.bits[n]:
            parts.append(f"{field}: {scale.names[n]} {scale.bits[n]:+g}")
    return "; ".join(parts)
