"""From what a form says to corrections, and from corrections to what a page says of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs

import msgspec

from dateline.desk.data import Row
from dateline.desk.shown import number, safe
from dateline.errors import DatelineError, Problem
from dateline.flat import SIZES
from dateline.knowledge import codebook
from dateline.record import Entity, Event
from dateline.store import values
from dateline.store.corrections import Correction
from dateline.store.values import SIDES, value

_MOST_FIELDS = 500


class Form:
    """What a form sent: each name with its values in order, empty boxes too."""

    def __init__(self, values: Mapping[str, Sequence[str]]) -> None:
        self._values = values

    @classmethod
    def read(cls, body: bytes) -> Form:
        """The form of a request's body (`application/x-www-form-urlencoded`). Raises BAD_CORRECTION."""
        try:
            return cls(parse_qs(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS))
        except ValueError as error:
            raise _bad("form", "it cannot be read") from error

    def one(self, name: str) -> str | None:
        """The first value of a name; None where it is empty or missing."""
        found = self.all(name)
        return found[0] or None if found else None

    def all(self, name: str) -> list[str]:
        """All values of a name, white space around them left out."""
        return [given.strip() for given in self._values.get(name, ())]

    def many(self, name: str) -> list[str]:
        """The values of a name that are not empty."""
        return [given for given in self.all(name) if given]

    def whole(self, name: str) -> int | None:
        """A whole number. Raises BAD_CORRECTION where it is none."""
        given = self.one(name)
        try:
            return None if given is None else int(given.replace(",", ""))
        except ValueError as error:
            raise _bad(name, f"{given!r:.60} is no whole number") from error

    def real(self, name: str) -> float | None:
        """A number. Raises BAD_CORRECTION where it is none."""
        given = self.one(name)
        try:
            return None if given is None else float(given)
        except ValueError as error:
            raise _bad(name, f"{given!r:.60} is no number") from error


def _bad(place: str, what: str) -> DatelineError:
    return DatelineError(Problem.BAD_CORRECTION, place, what)


def corrections_of(form: Form, author: str, event: Event | None) -> list[Correction]:
    """The corrections that a form asks for; `event` is the record of its `telling` as it stands.

    A field that stays as it is asks for none. Raises BAD_CORRECTION.
    """
    kind, note = form.one("kind"), form.one("note")
    if kind == "undo":
        return [Correction(kind="undo", author=author, undoes=form.one("undoes"), note=note)]
    if kind == "reviewed":
        return [Correction(kind="reviewed", author=author, article=form.one("article"), note=note)]
    if kind == "add":
        return [_added(form, author, note)]
    telling = form.one("telling")
    if kind == "confirm":
        return [Correction(kind="confirm", author=author, telling=telling, note=note)]
    if kind == "reject":
        return [Correction(kind="reject", author=author, telling=telling, note=note)]
    if kind == "state":
        pledge, state = form.one("event"), form.one("new")
        return [Correction(kind="state", author=author, event=pledge, telling=telling, new=state, note=note)]
    if kind != "correct" or event is None:
        raise _bad("kind", f"a form cannot ask for {kind!r:.60}")
    found = []
    for name, new in _changes(form, form.one("field") or "", event):
        if new == value(event, name):
            continue
        found.append(
            Correction(kind="correct", author=author, telling=telling, field=name, new=new, note=note)
        )
        if name == "date":
            # The last day goes with the first one, so that it has to be said again if it stays.
            event = values.put(event, name, new, author)
    return found


def _changes(form: Form, field: str, event: Event) -> list[tuple[str, Any]]:
    """The fields that a form gives values, in an order in which they can be put in."""
    if field == "size":
        return [(name, form.whole(name)) for name in SIZES if form.all(name)]
    if field == "date":
        first = form.one("date")
        if first is None:
            return [("date", None)]
        # An empty last day is the first one, as a record has it.
        return [
            ("date", first),
            ("enddate", form.one("enddate") or first),
            ("date_precision", form.one("date_precision")),
        ]
    if field in SIDES:
        return [(field, _parties(form, getattr(event, field)))]
    if field == "place":
        return [("place", _place(form, event))]
    if field == "attribution":
        return [("attribution", _speakers(form, event))]
    if field == "event":
        return [("event", form.many("value"))]
    return [(field, list(dict.fromkeys(form.many("value"))))]


def _rows(form: Form, *names: str) -> list[dict[str, str]]:
    columns = [form.all(name) for name in names]
    if len({len(column) for column in columns}) > 1:
        raise _bad("form", "its rows are not whole")
    rows = (dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True))
    return [row for row in rows if any(row[name] for name in names if name != "row")]


def _folded(text: str) -> str:
    """A text without its white space: a box of a form leaves line ends out."""
    return "".join(text.split())


def _parties(form: Form, known: Sequence[Entity]) -> list[dict[str, Any]]:
    """The parties of a form's rows; one whose codes stay keeps all that the record says of it."""
    found = []
    for row in _rows(form, "row", "code", "sector", "words"):
        code, sector = row["code"].upper(), row["sector"].upper()
        given: dict[str, Any] = {"code": code or None, "sector": sector or None, "text": row["words"] or None}
        if row["row"].isdecimal() and int(row["row"]) < len(known):
            old = known[int(row["row"])]
            same_words = not row["words"] or _folded(row["words"]) == _folded(old.entity_text)
            if same_words and (old.code or "", old.sector or "") == (code, sector):
                found.append(msgspec.to_builtins(old))
                continue
            if same_words:
                given |= {"text": old.entity_text, "start": old.start, "end": old.end}
        found.append({name: one for name, one in given.items() if one is not None})
    return found


def _place(form: Form, event: Event) -> Any:
    name, country = form.one("name"), form.one("country")
    if name is None:
        return None
    old = event.event_loc
    lat, lon = form.real("lat"), form.real("lon")
    known = (_folded(old.resolved_place or old.extracted_place), old.country_code) if old else None
    if (lat, lon) == (None, None) and (_folded(name), country) == known:
        return value(event, "place")
    given = {"name": name, "country": country.upper() if country else None}
    if lat is not None or lon is not None:
        given |= {"lat": lat, "lon": lon}  # type: ignore[dict-item]
    return given


def _speakers(form: Form, event: Event) -> list[dict[str, Any]]:
    known = {_folded(one.entity_text): one for one in event.attribution}
    found: list[dict[str, Any]] = []
    for row in _rows(form, "code", "words"):
        old = known.get(_folded(row["words"]))
        if old is not None and (old.code or "") == row["code"].upper():
            found.append(msgspec.to_builtins(old))
        elif old is not None:
            found.append(msgspec.to_builtins(old) | {"code": row["code"].upper() or None})
        else:
            found.append({"text": row["words"] or row["code"], "code": row["code"].upper() or None})
    return found


def _added(form: Form, author: str, note: str | None) -> Correction:
    new: dict[str, Any] = {}
    for side in SIDES:
        codes = {name: (form.one(f"{side}_{name}") or "").upper() for name in ("code", "sector")}
        if given := {name: code for name, code in codes.items() if code}:
            new[side] = [given]
    if day := form.one("date"):
        new["date"] = day
    if aux := form.many("aux"):
        new["aux"] = aux
    return Correction(
        kind="add",
        author=author,
        article=form.one("article"),
        trigger_start=form.whole("start"),
        trigger_end=form.whole("end"),
        event_type=form.one("event_type"),
        new=new,
        note=note,
    )


_SAID = {
    "confirm": "right",
    "reject": "no such event",
    "add": "added an event",
    "reviewed": "read the whole article",
    "undo": "took back",
    "state": "state of the pledge",
    "correct": "corrected",
}


def described(row: Row, by_id: Mapping[str, Row]) -> dict[str, Any]:
    """A correction's row as a page says it: `what`, `was`, `now`, `waits` (no telling is found for it)."""
    kind, field = row["kind"], row["field"]
    what = _SAID[kind]
    if kind in ("confirm", "reject", "correct", "add"):
        what += f": {row['event_type']}" if kind != "correct" else f" {field} of {row['event_type']}"
    if kind == "undo":
        undone = by_id.get(row["undoes"])
        what += f" “{described(undone, {})['what']}”" if undone else ""
    waits = kind in ("confirm", "correct", "reject") and not row["undone"] and row["attached"] is None
    changes = kind in ("correct", "state")
    return {
        **row,
        "what": what,
        "was": shortly(row["old"]) if changes else None,
        "now": shortly(row["new"]) if changes else None,
        "waits": waits,
    }


def shortly(given: str | None) -> str:
    """A value of a correction, as JSON in the store, in a few words."""
    return safe(_short(json.loads(given) if given else None))[:200]


def _short(given: Any) -> str:
    if given is None or given == []:
        return "none"
    if isinstance(given, list):
        return " + ".join(map(_short, given))
    if isinstance(given, dict):
        if "extracted_place" in given:
            country = f", {given['country_code']}" if given.get("country_code") else ""
            return f"{given.get('resolved_place') or given['extracted_place']}{country}"
        codes = " ".join(filter(None, (given.get("code"), given.get("sector"))))
        name = given.get("identifier_text") or given.get("entity_text") or ""
        return f"{name} ({codes})" if codes and name not in ("", codes) else codes or name
    return number(given) if isinstance(given, int | float) else str(given)


@lru_cache(maxsize=1)
def choices() -> dict[str, Any]:
    """What the boxes of a form offer: codes, sectors, contexts, modes by type, and so on."""
    return {
        "codes": values.choices("actor") or [],
        "sectors": {code: sector.meaning for code, sector in codebook.sectors().items()},
        "contexts": values.choices("context") or [],
        "auxes": values.choices("aux") or [],
        "precisions": values.choices("date_precision") or [],
        "types": codebook.event_types(),
        "modes": {name: codebook.modes(name) for name in codebook.event_types()},
        "sizes": SIZES,
    }
