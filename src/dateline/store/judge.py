"""What people's corrections make of the machine's tellings: changed ones, rejected ones, added ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from dateline.knowledge import codebook
from dateline.linking.across.signature import signature
from dateline.record import CiteInfo, Event, Telling, TextInfo
from dateline.store import values
from dateline.store.attach import Attached, Found, Row, event_of
from dateline.store.corrections import Correction
from dateline.store.rows import recorded


@dataclass(slots=True)
class Judged:
    """Tellings as people have them.

    `events` are the records of the changed and the added by id, `tellings` their rows, `rejected` the ids of
    those that are no events, `personal` for each telling the correction behind each field that is a person's,
    `order` the place of each correction among all.
    """

    events: dict[str, Event] = field(default_factory=dict)
    tellings: dict[str, Row] = field(default_factory=dict)
    added: set[str] = field(default_factory=set)
    rejected: set[str] = field(default_factory=set)
    personal: dict[str, dict[str, Correction]] = field(default_factory=dict)
    order: dict[str, int] = field(default_factory=dict)

    @property
    def touched(self) -> set[str]:
        """The ids of all that is not as the machine has it."""
        return set(self.events) | self.rejected


def judge(given: Sequence[Correction], found: Found, keep_text: bool) -> Judged:
    """Applies corrections in their order, so that of two the later wins.

    One whose value cannot stand, as in a log that was written by hand, loses its place in `found`.
    """
    done = Judged(order={c.id: n for n, c in enumerate(given)})
    by_telling: dict[str, list[tuple[Correction, Attached]]] = {}
    for correction in given:
        place = found.places[correction.id]
        if place.telling and correction.kind != "state":
            by_telling.setdefault(place.telling, []).append((correction, place))
    for telling, theirs in by_telling.items():
        whole = [c.kind for c, _ in theirs if c.kind != "confirm" or c.field is None]
        if whole and whole[-1] == "reject":
            # What a person added and another rejected is not there at all.
            if telling in found.tellings:
                done.rejected.add(telling)
            continue
        _apply(telling, theirs, found, done, keep_text)
    return done


def _apply(
    telling: str, given: Sequence[tuple[Correction, Attached]], found: Found, done: Judged, keep_text: bool
) -> None:
    row = found.tellings.get(telling)
    if row is None:
        adding, place = next(pair for pair in given if pair[0].kind == "add")
        article = found.articles[place.article or ""]
        event, row = _added(adding, article, place.shift, keep_text)
        done.added.add(telling)
    else:
        event = event_of(row["record"])
    before, personal = event, done.personal.setdefault(telling, {})
    for correction, place in given:
        try:
            given_values = _values(correction, event)
            put = event
            for name, value in given_values:
                put = values.put(put, name, value, correction.by, place.shift)
            event = msgspec.convert(msgspec.to_builtins(put), Event) if given_values else event
            if correction.kind != "confirm":
                personal |= {name: correction for name, _ in given_values}
        except (LookupError, TypeError, ValueError, msgspec.ValidationError):
            found.places[correction.id] = Attached()
    if telling in done.added or event is not before:
        done.events[telling] = event
        done.tellings[telling] = {**row, **recorded(event, keep_text)}


def _values(correction: Correction, event: Event) -> list[tuple[str, Any]]:
    """The fields that a correction decides. A confirmed value decides where coding anew has changed it."""
    if correction.kind == "correct":
        if correction.field not in values.FIELDS:
            raise LookupError(correction.field)
        return [(correction.field, correction.new)]
    if correction.kind not in ("add", "confirm") or not isinstance(correction.new, Mapping):
        return []
    # In the order in which one depends on another: the type before its mode, the first day before the last.
    given = [(name, correction.new[name]) for name in values.FIELDS if name in correction.new]
    if correction.kind == "add":
        return given
    return [(n, v) for n, v in given if values.key(n, v) != values.key(n, values.value(event, n))]


def skeleton(correction: Correction, article: Row, shift: int, keep_text: bool) -> Event:
    """The record of an event that a person added, before the fields are put in."""
    kind = correction.event_type or ""
    start, end = ((n or 0) + shift for n in (correction.start, correction.end))
    act = tuple((n or 0) + shift for n in (correction.trigger_start, correction.trigger_end))
    text = (article["text"] or "") if keep_text else ""
    published = article["published"]
    return Event(
        id=correction.telling or "",
        doc=article["doc"],
        date=None,
        enddate=None,
        date_precision="unknown",
        actor=[],
        recipient=[],
        event=[kind],
        quad_code=codebook.quad_code(kind),  # type: ignore[arg-type]
        event_scale=round(codebook.scale(kind), 2),
        cameo=values.cameo_of(kind),
        event_text=text[act[0] : act[1]],
        text=text[start:end],
        text_info=TextInfo(sequence=0, start=start, end=end),
        mentions=[Telling(start=start, end=end, trigger_start=act[0], trigger_end=act[1])],
        cite_info=CiteInfo(
            title=article["title"],
            url=article["url"],
            publication=article["publication"],
            author=article["author"],
            language=article["language"],
            date=published.isoformat() if published else None,
        ),
        why={"event": correction.by},
        confidence=1.0,
        coder=f"person: {correction.author}",
        coded_date=correction.at[:10],
    )


def _added(correction: Correction, article: Row, shift: int, keep_text: bool) -> tuple[Event, Row]:
    event = skeleton(correction, article, shift, keep_text)
    row = {
        "id": event.id,
        "article": article["article"],
        "doc": article["doc"],
        # After the machine's own records of the article, in the order in which they were added.
        "number": article["events"],
        **{name: article[name] for name in ("title", "url", "publication", "publisher", "published")},
        "signature": signature(event.text),
    }
    return event, row
