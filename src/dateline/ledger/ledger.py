"""The ledger: pledges from events, what became of each, as a table."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dateline.flat import SIZES
from dateline.ledger.columns import OUTCOMES, SCHEMA
from dateline.ledger.found import Pledge, Row, codes, condition, find_pledge, how_much
from dateline.ledger.match import Blocks
from dateline.ledger.passages import Passage, Sentence, find_sentences
from dateline.ledger.renew import renewed
from dateline.ledger.weigh import VERBAL, Evidence, Later, by_cue, by_event
from dateline.ledger.words import bits, word_bits, words

# What `pledges` reads of events: those of docs/store.md, and of the telling that stands for each its
# `article`, `publisher`, `signature` and the characters of its `trigger`.
COLUMNS = (
    "id", "telling", "article", "event", "event_type", "mode", "aux", "cameo", "date", "enddate",
    "date_precision", "actor_code", "actor_sector", "actor_text", "actor_name", "recipient_code",
    "recipient_sector", "recipient_text", "recipient_name", "place", "place_country", "geonameid", *SIZES,
    "attribution", "event_text", "text", "trigger", "publisher", "publishers", "first_published", "signature",
)  # fmt: skip
_KEPT = ("index", "id", "telling", "article", "publisher", "geonameid")
_AT_ONCE, _WEIGHED = 4096, 1024  # rows that are read at once, pledges that are weighed at once


@dataclass(frozen=True, slots=True)
class _Seen:
    """The events that can be evidence: their rows in the table, and their blocks."""

    rows: np.ndarray[Any, Any]
    kinds: np.ndarray[Any, Any]
    blocks: Blocks


def pledges(events: pa.Table, articles: Iterable[pa.RecordBatch] = ()) -> pa.Table:
    """One row a pledge, in the columns of `SCHEMA`, ordered by (made_on, event).

    `events` has `COLUMNS`, one row an event; `articles` have `article`, `published`, `title`, `text`: the
    current ones that are no copies, from whose sentences outcomes are read; none where no text is kept.
    """
    events = _in_order(events.select(COLUMNS))
    made: list[Pledge] = []
    for row in _rows(events, pc.is_valid(events["first_published"])):
        pledge = find_pledge(row)
        if pledge is not None:
            if not row["text"]:
                pledge.bits = bits(row["signature"] or ())
            # The rest of the row is fetched again where it is shown.
            sizes = {name: row[name] for name in SIZES if row[name] is not None}
            pledge.row = {name: row[name] for name in _KEPT} | sizes
            made.append(pledge)
    found = renewed(made)
    seen, passages = _seen(events), list(find_sentences(articles, _things(found)))
    coded = _coded(events, {p.article for p in passages})
    keys = (sorted(p.around | coded.get(p.article, frozenset())) for p in passages)
    said = Blocks(keys, [p.published for p in passages], (p.bits for p in passages))
    tables = []
    for start in range(0, len(found), _WEIGHED):
        some = found[start : start + _WEIGHED]
        weighed = _weigh(some, events, seen, said, passages)
        own = events.take(pa.array([p.row["index"] for p in some], pa.int64())).to_pylist()
        rows = [_row(p, row, w) for p, row, w in zip(some, own, weighed, strict=True)]
        tables.append(pa.Table.from_pylist(rows, schema=SCHEMA))
    table = pa.concat_tables(tables) if tables else SCHEMA.empty_table()
    return table.sort_by([("made_on", "ascending"), ("event", "ascending")])


def _things(found: Iterable[Pledge]) -> dict[str, frozenset[str]]:
    """The words of what each country has pledged."""
    things: dict[str, set[str]] = {}
    for pledge in found:
        for code in pledge.doers | pledge.makers:
            things.setdefault(code, set()).update(pledge.thing)
    return {code: frozenset(its) for code, its in things.items()}


def _coded(events: pa.Table, articles: set[str]) -> dict[str, frozenset[str]]:
    """The codes of the actors of these articles' events: organisations are found by them."""
    mask = pc.is_in(events["article"], pa.array(sorted(articles), pa.string()))
    found: dict[str, frozenset[str]] = {}
    some = events.select(["article", "actor_code"]).filter(mask)
    for article, cell in zip(some["article"].to_pylist(), some["actor_code"].to_pylist(), strict=True):
        found[article] = found.get(article, frozenset()) | codes(cell)
    return found


def _in_order(events: pa.Table) -> pa.Table:
    """The events by (first_published, id): not copied where they are in this order."""
    order = pc.sort_indices(events, [("first_published", "ascending"), ("id", "ascending")])
    return events if np.all(np.diff(order.to_numpy()) > 0) else events.take(order)


def _rows(events: pa.Table, mask: pa.ChunkedArray) -> Iterator[dict[str, Any]]:
    index = np.flatnonzero(mask.to_numpy(zero_copy_only=False))
    for start in range(0, len(index), _AT_ONCE):
        some = index[start : start + _AT_ONCE]
        for number, row in zip(some.tolist(), events.take(pa.array(some)).to_pylist(), strict=True):
            row["index"] = number
            yield row


def _seen(events: pa.Table) -> _Seen:
    """The events that were done, or are said not to have been done."""
    untrue = pc.match_substring_regex(pc.fill_null(events["aux"], ""), "future|hypothetical")
    verbal = pc.is_in(events["event_type"], pa.array(sorted(VERBAL)))
    asked = pc.and_(
        pc.is_valid(events["first_published"]), pc.invert(pc.or_(untrue, pc.fill_null(verbal, True)))
    )
    rows, kinds, keys, days, found = [], [], [], [], []
    few = events.select(
        ["actor_code", "actor_text", "recipient_code", "event_type", "text", "signature", "first_published"]
    )
    for row in _rows(few, asked):
        rows.append(row["index"])
        kinds.append(row["event_type"])
        named = codes(row["actor_code"]) or codes(row["recipient_code"])
        keys.append(sorted(named) or sorted(f"w:{w}" for w in words(row["actor_text"] or "")))
        days.append(row["first_published"])
        found.append(word_bits(words(row["text"])) if row["text"] else bits(row["signature"] or ()))
    return _Seen(np.array(rows, np.int64), np.array(kinds, object), Blocks(keys, days, found))


def _weigh(
    some: list[Pledge], events: pa.Table, seen: _Seen, said: Blocks, passages: list[Sentence]
) -> list[list[Evidence]]:
    """The evidence of each pledge, by day."""
    near = []
    masks: dict[str, Any] = {}
    for pledge in some:
        free = None
        if not pledge.act.names_object:
            first = pledge.act.fulfil[0]
            if first not in masks:
                masks[first] = seen.kinds == first
            free = masks[first]
        near.append(seen.blocks.near(pledge, free))
    wanted = sorted({r for rows in near for r in rows})
    taken = events.take(pa.array(seen.rows[wanted], pa.int64())).to_pylist()
    rows = {number: Later(row) for number, row in zip(wanted, taken, strict=True)}
    every = np.ones(len(passages), bool)
    told = [said.near(pledge, every) for pledge in some]
    # Each sentence is read once for all pledges that it is weighed for.
    read = {r: Passage(passages[r]) for r in {r for its in told for r in its}}
    return [
        _evidence(p, [rows[r] for r in its], [read[r] for r in own])
        for p, its, own in zip(some, near, told, strict=True)
    ]


def _evidence(pledge: Pledge, laters: Iterable[Later], passages: Iterable[Passage]) -> list[Evidence]:
    """What all passages say, one a sentence: the weightiest cue, else the event."""
    own = {pledge.row["article"]}
    found: dict[tuple[str, str], Evidence] = {}
    for passage in passages:
        if passage.article in own:
            continue
        for cue, start, end in passage.cues:
            one = by_cue(pledge, passage, cue, start, end)
            key = (passage.article, passage.text)
            if one is not None and _better(one, found.get(key)):
                found[key] = one
    for later in laters:
        if later.row["article"] in own:
            continue
        one = by_event(pledge, later)
        key = (one.article, one.quote) if one else ("", "")
        if one is not None and _better(one, found.get(key)):
            found[key] = one
    return sorted(found.values(), key=lambda e: (e.published, e.article, e.start or 0, e.event or ""))


_ORDER = ("withdrawn", "broken", "postponed", "undone", "refused", "partial", "kept")


def _better(one: Evidence, other: Evidence | None) -> bool:
    """Of two readings of one sentence that which decides, then the one that it was not done."""
    if other is None:
        return True
    return (one.decides, -_ORDER.index(one.outcome), one.weight) > (
        other.decides, -_ORDER.index(other.outcome), other.weight
    )  # fmt: skip


def _changes(pledge: Pledge, evidence: Iterable[Evidence]) -> tuple[list[dict[str, Any]], list[Evidence]]:
    """What changed the pledge, by day, and the evidence that counted.

    What is kept stays so; what was broken may be kept late; what was withdrawn may be made again.
    """
    told = {e.article for e in evidence if e.outcome in OUTCOMES and e.decides}
    steps: list[tuple[dt.date, int, Any]] = [(p.made, 0, p) for p in (pledge, *pledge.renewals)]
    steps += [(e.published, 1, e) for e in evidence if e.decides]
    changes: list[dict[str, Any]] = []
    counted: list[Evidence] = []
    for day, _, step in sorted(steps, key=lambda s: (s[0], s[1])):
        if changes and changes[-1]["outcome"] == "kept":
            break
        change: dict[str, Any] = {
            "on": day,
            "outcome": None,
            "due_first": None,
            "due_last": None,
            "why": "made",
        }
        if isinstance(step, Pledge):
            # Who tells of the outcome recalls the pledge, and does not renew it.
            if changes and step.row["article"] in told:
                continue
            if step.due:
                change |= {"due_first": step.due.first, "due_last": step.due.last}
            change["why"] = "renewed" if changes else "made"
        else:
            change["why"] = step.outcome
            if step.outcome in OUTCOMES:
                change["outcome"] = step.outcome
            if step.due:
                change |= {"due_first": step.due[0], "due_last": step.due[1]}
            counted.append(step)
        changes.append(change)
    return changes, counted


def _row(pledge: Pledge, row: Row, evidence: list[Evidence]) -> Mapping[str, Any]:
    changes, counted = _changes(pledge, evidence)
    decided = [e for e in counted if e.outcome in OUTCOMES]
    outcome = changes[-1]["outcome"]
    dues = [c for c in changes if c["due_last"]]
    again = {c["on"] for c in changes if c["why"] == "renewed"}
    renewals = [p for p in pledge.renewals if p.made in again]
    doer, other = ("actor", "recipient")
    return {
        "event": row["id"],
        "telling": row["telling"],
        "article": row["article"],
        "kind": pledge.kind,
        "who": _called(row, doer),
        "who_code": row["actor_code"],
        "who_sector": row["actor_sector"],
        "to_whom": _called(row, other),
        "to_whom_code": row["recipient_code"],
        "to_whom_sector": row["recipient_sector"],
        "what": pledge.what or None,
        **{name: row[name] for name in ("text", "event_type", "mode", "cameo", "aux")},
        "fulfil_type": "; ".join(pledge.act.fulfil),
        "fulfil_mode": pledge.act.mode or None,
        "how_much": how_much(row),
        "condition": condition(row["text"] or ""),
        "due_text": (pledge.due.text or None) if pledge.due else None,
        "due_first": dues[-1]["due_first"] if dues else None,
        "due_last": dues[-1]["due_last"] if dues else None,
        "said_by": row["attribution"],
        **{name: row[name] for name in ("place", "place_country", "publisher")},
        "made_on": pledge.made,
        "publishers": row["publishers"],
        "renewals": len(renewals),
        "renewed_on": max((p.made for p in renewals), default=None),
        "renewed": json.dumps([_renewal(p) for p in renewals]),
        "outcome": outcome,
        "outcome_on": changes[-1]["on"] if outcome else None,
        "weight": round(decided[-1].weight, 2) if outcome and decided else None,
        "evidence": json.dumps([_shown(e, e in counted) for e in evidence], ensure_ascii=False),
        "changes": changes,
    }


def _called(row: Row, side: str) -> str | None:
    """The names of a side, else the words of the article for it."""
    texts, names = (row[f"{side}_{part}"] or "" for part in ("text", "name"))
    given = zip(
        texts.split("; "), names.split("; ") if names else [""] * len(texts.split("; ")), strict=False
    )
    return "; ".join(name or text for text, name in given) or None


def _renewal(pledge: Pledge) -> dict[str, Any]:
    due = pledge.due
    return {
        "event": pledge.row["id"],
        "telling": pledge.row["telling"],
        "day": pledge.made.isoformat(),
        "publisher": pledge.row["publisher"],
        "due_first": due.first.isoformat() if due else None,
        "due_last": due.last.isoformat() if due else None,
    }


def _shown(e: Evidence, counted: bool) -> dict[str, Any]:
    return {
        "outcome": e.outcome,
        "event": e.event,
        "telling": e.telling,
        "article": e.article,
        "day": e.day.isoformat(),
        "quote": e.quote,
        "start": e.start,
        "end": e.end,
        "why": e.why,
        "weight": round(e.weight, 2),
        "decides": counted,
    }
