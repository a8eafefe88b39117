"""The fields of a record that a person can correct: what may stand in each, and how it is put in."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, get_args

import msgspec
from msgspec.structs import replace

from dateline.errors import DatelineError, Problem
from dateline.flat import SIZES
from dateline.knowledge import codebook, exchange
from dateline.knowledge.gazetteer.index import fold
from dateline.knowledge.tables import read_table
from dateline.record import Attribution, Aux, Entity, Event, Place, Precision
from dateline.store.placing import place

Json = Any
SIDES = ("actor", "recipient")
LISTS = ("event", "mode", "context", "aux")
FIELDS = (
    *LISTS, "date", "enddate", "date_precision", *SIDES, "place", *SIZES, "attribution",
)  # fmt: skip
_PRECISIONS: tuple[str, ...] = get_args(Precision)
_AUX: tuple[str, ...] = get_args(Aux)
_LARGEST, _LONGEST = 2**63 - 1, 1_000
# The record's own names, by which `why` goes, where they are others.
_WHY = {"place": "event_loc"}


def bad(place: str, what: str) -> DatelineError:
    """The error that says what is wrong with a correction."""
    return DatelineError(Problem.BAD_CORRECTION, place, what)


def choices(field: str, event_type: str | None = None) -> list[str] | None:
    """The values that a field may have, for a form; None where they cannot be listed.

    `mode` depends on the type. For `actor` and `recipient` the codes are listed, for sectors see
    `knowledge.codebook.sectors`.
    """
    if field in SIDES:
        return sorted(_codes())
    found: Mapping[str, Callable[[], list[str]]] = {
        "event": lambda: list(codebook.event_types()),
        "mode": lambda: codebook.modes(event_type) if event_type else [],
        "context": lambda: list(codebook.context_meanings()),
        "aux": lambda: list(_AUX),
        "date_precision": lambda: list(_PRECISIONS),
    }
    return found[field]() if field in found else None


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    """The codes that parties bear: countries, and the international ones of the actor tables."""
    rows = [r["code"] for file in ("organisations.tsv", "groups.tsv") for r in read_table("actors", file)]
    return frozenset(exchange.countries()) | codebook.group("international") | {c for c in rows if c}


def value(event: Event, field: str) -> Json:
    """What a record has in a field, as plain JSON."""
    if field in SIZES:
        return event.size.get(field)
    found: Json = msgspec.to_builtins(event.event_loc if field == "place" else getattr(event, field))
    return found


def snapshot(event: Event) -> dict[str, Json]:
    """All the fields of a record that a person can correct."""
    return {field: value(event, field) for field in FIELDS}


def key(field: str, given: Json) -> str:
    """What two values have in common that say the same: order, words and offsets do not matter."""
    if field in LISTS:
        return json.dumps(sorted(given or ()))
    if field in SIDES:
        return json.dumps(sorted({_party(e) for e in given or ()}))
    if field == "attribution":
        return json.dumps(sorted({a.get("code") or fold(a["entity_text"]) for a in given or ()}))
    if field == "place" and given:
        name = given.get("resolved_place") or given["extracted_place"]
        return json.dumps([given.get("country_code"), fold(name)])
    return json.dumps(given)


def _party(entity: Mapping[str, Any]) -> str:
    code, sector = entity.get("code") or "", entity.get("sector") or ""
    return f"{code} {sector}" if code or sector else fold(entity["entity_text"])


def check(field: str, given: Json, event: Event) -> Json:
    """A value for a field of a record in its full form, as `value` gives it.

    Short forms are completed: one name stands for a list of one; a party is {`code`, `sector`, `text`} with
    `start`, `end` where known; a place is a name of the gazetteer, {`name`, `country`} or {`name`, `country`,
    `lat`, `lon`}. Raises BAD_CORRECTION, which names the field, where it cannot stand there.
    """
    if field not in FIELDS:
        raise bad("field", f"{field!r} is no field that can be corrected: {', '.join(FIELDS)}")
    if field in LISTS:
        return _names(field, given, event)
    if field in SIDES:
        return [_entity(field, e, event) for e in _list(field, given)]
    if field == "attribution":
        return [_speaker(e, event) for e in _list(field, given)]
    if field == "place":
        return msgspec.to_builtins(place(given, event))
    if field == "date_precision":
        return _one_of(field, given, _PRECISIONS)
    if field in SIZES:
        if given is not None and not (type(given) is int and 0 <= given <= _LARGEST):
            raise bad(field, f"{given!r} is no whole number from 0, nor null for none")
        return given
    day = _day(field, given)
    if field == "enddate" and day and (event.date is None or day < event.date):
        raise bad(field, f"{day} is before the first day, {event.date or 'which is unknown'}")
    return day


def put(event: Event, field: str, given: Json, by: str, shift: int = 0) -> Event:
    """The record with a value that `check` gave, what depends on it (quad code, score, CAMEO code, modes of
    another type, the last day, the precision), and `by` in its `why`.

    `shift` is added to the offsets in the value, for a passage that has moved.
    """
    event = replace(event, why={**event.why, _WHY.get(field, field): by})
    if field == "event":
        modes = [m for m in event.mode if any(codebook.known_mode(t, m) for t in given)]
        return _act(replace(event, event=list(given)), modes)
    if field == "mode":
        return _act(event, list(given))
    if field in SIZES:
        sizes = {**event.size, field: given}
        return replace(event, size={n: v for n, v in sizes.items() if v is not None})
    if field == "date":
        return _dated(event, given)
    if field == "enddate":
        late = given is not None and event.date is not None and given >= event.date
        return replace(event, enddate=given if late or given is None else event.date)
    if field == "place":
        return replace(event, event_loc=msgspec.convert(_moved(given, shift), Place | None))
    kinds = {"actor": list[Entity], "recipient": list[Entity], "attribution": list[Attribution]}
    if field in kinds:
        return replace(event, **{field: msgspec.convert([_moved(e, shift) for e in given], kinds[field])})
    return replace(event, **{field: given})


def _moved(given: Json, shift: int) -> Json:
    return {**given, "start": given["start"] + shift, "end": given["end"] + shift} if given else given


def _act(event: Event, modes: list[str]) -> Event:
    kind = event.event[0]
    keeps = codebook.known_cameo(event.cameo) and codebook.convert(event.cameo).event == kind
    if not keeps or (modes and not set(codebook.convert(event.cameo).modes) & set(modes)):
        event = replace(event, cameo=cameo_of(kind, tuple(modes)))
    scale = round(codebook.scale(kind, modes), 2)
    return replace(event, mode=modes, event_scale=scale, quad_code=codebook.quad_code(kind))


@lru_cache(maxsize=512)
def cameo_of(event_type: str, modes: tuple[str, ...] = ()) -> str:
    """The least specific CAMEO code that becomes a type with these modes, or as many of them as one does."""

    def rank(code: str) -> tuple[int, int, bool, str]:
        theirs = set(codebook.convert(code).modes)
        return -len(theirs & set(modes)), len(theirs - set(modes)), len(code) != 3, code

    return min((c for c in codebook.cameo_codes() if codebook.convert(c).event == event_type), key=rank)


def _dated(event: Event, day: str | None) -> Event:
    if day is None:
        return replace(event, date=None, enddate=None, date_precision="unknown")
    last = event.enddate
    if last is None or last == event.date or last < day:
        last = day
    precision = "day" if event.date_precision == "unknown" else event.date_precision
    return replace(event, date=day, enddate=last, date_precision=precision)


def _list(field: str, given: Json) -> list[Json]:
    found = [given] if isinstance(given, str | dict) else given
    if not isinstance(found, list):
        raise bad(field, f"{given!r} is no list")
    return found


def _one_of(field: str, given: Json, known: tuple[str, ...] | list[str] | frozenset[str]) -> str:
    if given not in known or not isinstance(given, str):
        few = f": {', '.join(known)}" if len(known) < 40 else ""
        raise bad(field, f"{given!r} is not known there{few}")
    return given


def _names(field: str, given: Json, event: Event) -> list[str]:
    if field == "mode":
        known = [m for kind in event.event for m in codebook.modes(kind)]
    else:
        known = choices(field) or []
    found = list(dict.fromkeys(_one_of(field, name, known) for name in _list(field, given)))
    if field == "event" and not found:
        raise bad(field, "a record has a type; reject it where there is no event")
    return found


def _day(field: str, given: Json) -> str | None:
    if given is None:
        return None
    try:
        if dt.date.fromisoformat(given).isoformat() == given:
            return str(given)
    except (TypeError, ValueError):
        pass
    raise bad(field, f"{given!r} is not a day as YYYY-MM-DD, nor null for none")


def _text(field: str, given: Json) -> str:
    if not isinstance(given, str) or not given.strip() or len(given) > _LONGEST:
        raise bad(field, f"a text is needed, not {given!r:.60}")
    return given


def _span(given: Mapping[str, Any], text: str, event: Event, field: str) -> dict[str, int]:
    """Where the words stand: as given, else where the record's passage has them, else at its start."""
    start, end = given.get("start"), given.get("end")
    if start is None and end is None:
        at = event.text.find(text)
        start = event.text_info.start + max(at, 0)
        end = start + (len(text) if at >= 0 else 0)
    if not (type(start) is int and type(end) is int and 0 <= start <= end <= _LARGEST):
        raise bad(field, f"[{start}, {end}) are no offsets")
    return {"start": start, "end": end}


def _entity(field: str, given: Json, event: Event) -> Json:
    if isinstance(given, str):
        given = {"code": given}
    if not isinstance(given, dict):
        raise bad(field, f"{given!r} is no party")
    given = dict(given)
    code, sector = given.get("code") or None, given.get("sector") or None
    if code is not None and code not in {e.code for e in (*event.actor, *event.recipient)}:
        _one_of(field, code, _codes())
    others = [_one_of(field, s, list(codebook.sectors())) for s in given.get("other_sectors") or ()]
    if sector is not None:
        _one_of(field, sector, list(codebook.sectors()))
    text = _text(field, given.pop("text", None) or given.get("entity_text") or code or sector)
    full = {**given, "code": code, "sector": sector, "other_sectors": others, "entity_text": text}
    if not given.get("cameo"):
        from dateline.resolve.actors_referents import cameo_actor  # it loads the language model's library

        full["cameo"] = cameo_actor(code, sector)
    return _converted(field, {**full, **_span(given, text, event, field)}, Entity)


def _speaker(given: Json, event: Event) -> Json:
    if isinstance(given, str):
        given = {"entity_text": given}
    if not isinstance(given, dict):
        raise bad("attribution", f"{given!r} is no speaker")
    given = dict(given)
    text = _text("attribution", given.pop("text", None) or given.get("entity_text"))
    if given.get("code"):
        _one_of("attribution", given["code"], _codes())
    full = {"cue": "", **given, "entity_text": text, **_span(given, text, event, "attribution")}
    return _converted("attribution", full, Attribution)


def _converted(field: str, given: Json, kind: type[msgspec.Struct]) -> Json:
    if unknown := sorted(set(given) - set(kind.__struct_fields__)):
        raise bad(field, f"{unknown[0]!r} is not one of {', '.join(kind.__struct_fields__)}")
    try:
        return msgspec.to_builtins(msgspec.convert(given, kind))
    except msgspec.ValidationError as error:
        raise bad(field, str(error)) from error
