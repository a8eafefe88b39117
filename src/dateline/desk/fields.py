"""A record field by field: what it says, where the text says it, and what decided it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Any

import msgspec

from dateline.desk.filters import HAPPENED
from dateline.desk.shown import day, number, quad_name, safe
from dateline.flat import SIZES
from dateline.record import Attribution, Entity, Event
from dateline.store.rows import day as as_day

# What decides a field of which a record's `why` says nothing (docs/how-it-codes.md).
_ELSE = {
    "event": "the entry of the act in the lexicon",
    "mode": "what the lexicon's CAMEO code becomes (codebook/cameo.tsv), and the rules",
    "context": "the CAMEO code, and the words of the passage (codebook/context_words.tsv)",
    "aux": "tense, modals and negation of the act",
    "date": "the day of publication",
    "date_precision": "the time expression",
    "actor": "the phrase that stands where the act's entry puts its actor; the tables of actors",
    "recipient": "the phrase that stands where the act's entry puts its recipient; the tables of actors",
    "place": "the place that hangs on the act",
    "attribution": "the speaker and cue in whose words it stands",
    "size": "the numbers that hang on the act",
    "score": "codebook/types.tsv and codebook/modes.tsv",
}
_WHY = {"place": "event_loc"}  # a record's own names, where they are others
_PERSON = "person: "


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a field as it is shown, and the characters of the article that say it, where known."""

    text: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A field: its name in the record and in corrections, its values, and what decided them.

    `person` says that a person did; `correctable` that a person may.
    """

    name: str
    label: str
    values: list[Value] = field(default_factory=list)
    why: str = ""
    correctable: bool = True

    @property
    def person(self) -> bool:
        """Whether a person decided it."""
        return self.why.startswith(_PERSON)

    @property
    def said(self) -> str:
        """The values on one line."""
        return "; ".join(v.text for v in self.values)

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self) | {"person": self.person}


@lru_cache(maxsize=1)
def _decoder() -> msgspec.json.Decoder[Event]:
    return msgspec.json.Decoder(Event)


def event_of(record: str) -> Event:
    """The record that a store's row holds."""
    return _decoder().decode(record)


def party(entity: Entity) -> str:
    """An actor or recipient on one line: its name, its codes, its words where they are others."""
    name = safe(entity.identifier_text or entity.entity_text)
    codes = " ".join(filter(None, (entity.code, entity.sector, *entity.other_sectors)))
    words = safe(entity.entity_text)
    title = safe(entity.office)
    office = f", {title}" if title and title.casefold() not in name.casefold() else ""
    return (
        name
        + office
        + (f" ({codes})" if codes else "")
        + (f" “{words}”" if words and words.casefold() != name.casefold() else "")
    )


def _speaker(said: Attribution) -> str:
    code = f" ({said.code})" if said.code else ""
    cue = f", “{safe(said.cue)}”" if said.cue else ""
    return safe(said.entity_text) + code + cue


def _place(event: Event) -> list[Value]:
    place = event.event_loc
    if place is None:
        return []
    levels = dict.fromkeys(
        safe(part)
        for part in (
            place.resolved_place or place.extracted_place,
            place.district,
            place.province,
            place.country,
        )
        if part
    )
    return [Value(", ".join(levels), place.start, place.end)]


def _spanned(parties: Iterable[Entity]) -> list[Value]:
    return [Value(party(e), e.start, e.end) for e in parties]


def size_of(name: str, value: int) -> str:
    """A number of a record in words: "11 dead"."""
    return f"{number(value)} {name}"


def shown(event: Event) -> list[FieldShown]:
    """The fields of a record in the order in which one reads them; those that are empty too."""
    why = event.why
    acts = [Value(safe(event.event_text), m.trigger_start, m.trigger_end) for m in event.mentions]
    words = f" “{safe(event.event_text)}”" if event.event_text else ""
    first = acts[0] if acts else None
    kind = Value("; ".join(event.event) + words, first.start if first else None, first.end if first else None)
    numbers = [Value(size_of(name, event.size[name])) for name in SIZES if name in event.size]
    by_person = [why[name] for name in SIZES if why.get(name, "").startswith(_PERSON)]
    times = day(as_day(event.date), as_day(event.enddate), event.date_precision)

    def decided(name: str) -> str:
        return why.get(_WHY.get(name, name)) or _ELSE.get(name, "")

    def one(name: str, label: str, values: list[Value]) -> FieldShown:
        return FieldShown(name, label, values, decided(name) if values or decided_by_person(name) else "")

    def decided_by_person(name: str) -> bool:
        return why.get(_WHY.get(name, name), "").startswith(_PERSON)

    scale = (
        f"{event.quad_code} {quad_name(event.quad_code)}, score {event.event_scale:+g}, CAMEO {event.cameo}"
    )
    return [
        one("event", "type", [kind]),
        one("mode", "mode", [Value(name) for name in event.mode]),
        one("aux", "said to be", [Value(name) for name in event.aux or (HAPPENED,)]),
        one("actor", "actor", _spanned(event.actor)),
        one("recipient", "recipient", _spanned(event.recipient)),
        one("date", "when", [Value(times)]),
        one("place", "place", _place(event)),
        FieldShown("size", "numbers", numbers, "; ".join(by_person) or (_ELSE["size"] if numbers else "")),
        one("attribution", "says who", [Value(_speaker(a), a.start, a.end) for a in event.attribution]),
        one("context", "context", [Value(name) for name in event.context]),
        FieldShown("score", "class", [Value(scale)], _ELSE["score"], correctable=False),
        FieldShown(
            "confidence",
            "confidence",
            [Value(f"{event.confidence:.2f}")],
            why.get("encoder", "the conditions of the act's entry that hold"),
            correctable=False,
        ),
    ]


def heading(event: Event) -> dict[str, Any]:
    """An event on one line: `actor`, `kind`, `mode`, `aux`, `recipient`, `quad`."""

    def names(parties: Iterable[Entity]) -> str:
        return " + ".join(
            " ".join(filter(None, (e.code, e.sector))) or safe(e.identifier_text or e.entity_text)
            for e in parties
        )

    return {
        "actor": names(event.actor),
        "recipient": names(event.recipient),
        "kind": "; ".join(event.event),
        "mode": "; ".join(event.mode),
        "aux": "; ".join(event.aux),
        "quad": event.quad_code,
    }
