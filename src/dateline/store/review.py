"""Takes in what people say of a store's records: checks it, completes it, writes it down, shows it."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

import duckdb
from msgspec.structs import replace

from dateline.knowledge import codebook
from dateline.record import Event
from dateline.store import corrections, overlay, values
from dateline.store.attach import Row, event_of, rows
from dateline.store.corrections import KINDS, STATES, Correction, Log
from dateline.store.judge import skeleton
from dateline.store.values import bad

if TYPE_CHECKING:
    from dateline.store.store import Store

_LONGEST_NAME, _LONGEST_NOTE = 200, 10_000
# Where a sentence ends, for the passage of an event that a person added.
_END = re.compile(r"""[.!?]["'”’)\]]*\s+|\n\s*""")


def review_all(store: Store, given: Sequence[Correction]) -> list[Correction]:
    """Takes in corrections, all or none; as `Store.review_all`. Raises BAD_CORRECTION, UNWRITABLE."""
    from dateline.store.store import State  # the store takes in corrections through this module

    with store.lock(corrections.LOCK):
        batches, generation, laid = overlay.renewed(store)
        log = corrections.read(store.folder)
        with store.connect(State(batches, generation, laid, ())) as connection:
            desk = _Desk(connection, log, store.keep_text)
            done = [desk.complete(correction) for correction in given]
        corrections.append(store.folder, done)
        overlay.renewed(store)
    return done


class _Desk:
    """Completes corrections one after the other, each upon those before it."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, log: Log, keep_text: bool) -> None:
        self._connection, self._keep_text = connection, keep_text
        self._open = {c.id: c.undone for c in log.corrections}
        self._events: dict[str, tuple[Row, Event]] = {}

    def complete(self, given: Correction) -> Correction:
        """The correction with all that is filled in. Raises BAD_CORRECTION."""
        if given.kind not in KINDS:
            raise bad("kind", f"{given.kind!r} is none of {', '.join(KINDS)}")
        given = replace(
            given,
            author=_line("author", given.author, _LONGEST_NAME),
            note=_clean(given.note),
            id=f"c-{secrets.token_hex(8)}",
            at=dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds"),
        )
        complete = {
            "undo": self._undo,
            "add": self._add,
            "reviewed": self._reviewed,
            "state": self._state,
        }.get(given.kind, self._of_record)
        return complete(given)

    def _undo(self, given: Correction) -> Correction:
        if given.undoes not in self._open:
            raise bad("undoes", f"there is no correction {given.undoes!r}")
        if self._open[given.undoes]:
            raise bad("undoes", f"the correction {given.undoes} is undone already")
        self._open[given.undoes] = True
        return given

    def _of_record(self, given: Correction) -> Correction:
        row, event = self._telling(given.telling, "telling")
        given = replace(self._placed(given, row), event_type=event_of(row["record"]).event[0])
        if given.kind == "reject":
            return given
        if given.field is not None and given.field not in values.FIELDS:
            values.check(given.field, given.new, event)
        if given.kind == "confirm":
            fields = [given.field] if given.field else values.FIELDS
            return replace(given, new={name: values.value(event, name) for name in fields})
        if given.field is None:
            raise bad("field", f"it says which field is wrong: one of {', '.join(values.FIELDS)}")
        new = values.check(given.field, given.new, event)
        old = values.value(event, given.field)
        self._events[row["id"]] = row, values.put(event, given.field, new, given.by)
        return replace(given, old=old, new=new)

    def _telling(self, telling: str | None, place: str) -> tuple[Row, Event]:
        """A telling's row and its record as it stands; a rejected one may be spoken of too."""
        if telling in self._events:
            return self._events[telling]
        for view in ("tellings", "machine_tellings"):
            found = rows(
                self._connection, f"SELECT * FROM {view} WHERE id IN (SELECT id FROM asked)", asked=[telling]
            )
            if found:
                return found[0], event_of(found[0]["record"])
        raise bad(place, f"there is no current telling {telling!r}")

    def _article(self, article: str | None) -> Row:
        sql = "SELECT * EXCLUDE signature FROM articles WHERE article IN (SELECT id FROM asked)"
        found = rows(self._connection, sql, asked=[article])
        if not found:
            raise bad("article", f"there is no article {article!r}")
        if found[0]["tells"] != article:
            raise bad("article", f"{article} is a copy or an earlier version: take {found[0]['tells']}")
        return found[0]

    def _placed(self, given: Correction, row: Row) -> Correction:
        """A correction of a telling with what finds that telling again."""
        record = event_of(row["record"])
        told = record.mentions[0] if record.mentions else None
        passage = self._passage(row["article"], told.start, told.end) if told and self._keep_text else None
        return replace(
            given,
            telling=row["id"],
            article=row["article"],
            doc=row["doc"],
            start=told.start if told else None,
            end=told.end if told else None,
            trigger_start=told.trigger_start if told else None,
            trigger_end=told.trigger_end if told else None,
            passage=passage,
            words=None if self._keep_text else row["signature"],
        )

    def _passage(self, article: str, start: int, end: int) -> str | None:
        sql = "SELECT text FROM stored_articles WHERE article IN (SELECT id FROM asked)"
        text = rows(self._connection, sql, asked=[article])[0]["text"]
        return None if text is None else str(text)[start:end]

    def _add(self, given: Correction) -> Correction:
        article = self._article(given.article)
        first, last = given.trigger_start, given.trigger_end
        if first is None or last is None or not 0 <= first < last <= article["characters"]:
            raise bad(
                "trigger", f"[{first}, {last}) is not inside the text of {article['characters']} characters"
            )
        if given.event_type not in codebook.event_types():
            raise bad("event_type", f"{given.event_type!r} is none of {', '.join(codebook.event_types())}")
        text = article["text"]
        start, end = given.start, given.end
        if start is None or end is None:
            start, end = sentence(text, first, last) if text is not None else (first, last)
        if not 0 <= start <= first < last <= end <= article["characters"]:
            raise bad("passage", f"[{start}, {end}) does not hold the words of the act, [{first}, {last})")
        given = replace(
            given,
            telling="dl-" + hashlib.sha256(f"{given.article}\0{given.id}".encode()).hexdigest()[:16],
            doc=article["doc"],
            start=start,
            end=end,
            passage=text[start:end] if text is not None else None,
            old=self._there(given, first, last),
        )
        fields = {} if given.new is None else given.new
        if not isinstance(fields, dict):
            raise bad("new", "it is an object: field to value")
        fields = {"event": [given.event_type], **fields}
        if unknown := sorted(set(fields) - set(values.FIELDS)):
            values.check(unknown[0], None, skeleton(given, article, 0, self._keep_text))
        event, new = skeleton(given, article, 0, self._keep_text), {}
        for name in values.FIELDS:
            if name in fields:
                new[name] = values.check(name, fields[name], event)
                event = values.put(event, name, new[name], given.by)
        return replace(given, new=new)

    def _there(self, given: Correction, first: int, last: int) -> list[str] | None:
        """The machine's records of this type at these words, which the added one is not one of."""
        sql = "SELECT id, record FROM tellings WHERE article IN (SELECT id FROM asked)"
        there = []
        for row in rows(self._connection, sql, asked=[given.article]):
            event = event_of(row["record"])
            if given.event_type in event.event and any(
                m.trigger_start < last and first < m.trigger_end for m in event.mentions
            ):
                there.append(row["id"])
        return sorted(there) or None

    def _reviewed(self, given: Correction) -> Correction:
        return replace(given, doc=self._article(given.article)["doc"])

    def _state(self, given: Correction) -> Correction:
        if given.new not in STATES or not isinstance(given.new, str):
            raise bad("new", f"{given.new!r} is none of {', '.join(STATES)}")
        event = given.event
        if event is None and given.telling is not None:
            sql = "SELECT event FROM links WHERE telling IN (SELECT id FROM asked)"
            linked = rows(self._connection, sql, asked=[given.telling])
            event = linked[0]["event"] if linked else None
        sql = "SELECT id, telling FROM events WHERE id IN (SELECT id FROM asked)"
        found = rows(self._connection, sql, asked=[event])
        if not found:
            raise bad("event", f"there is no event {event!r}")
        row, record = self._telling(given.telling or found[0]["telling"], "telling")
        return replace(self._placed(given, row), event=event, event_type=record.event[0], new=given.new)


def sentence(text: str, first: int, last: int) -> tuple[int, int]:
    """The characters of the sentence in which [first, last) stands, by its stops."""
    start = max((m.end() for m in _END.finditer(text, 0, first)), default=0)
    found = _END.search(text, last)
    end = len(text) if found is None else found.start() + len(found.group().rstrip())
    return start, end


def _clean(text: str | None) -> str | None:
    if text is None or not text.strip():
        return None
    if len(text) > _LONGEST_NOTE:
        raise bad("note", f"it is longer than {_LONGEST_NOTE:,} characters")
    return text.strip()


def _line(place: str, text: str, longest: int) -> str:
    if not isinstance(text, str) or not text.strip():
        raise bad(place, "a name is needed")
    if len(text) > longest or any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in text):
        raise bad(place, f"one line of at most {longest} characters is needed")
    return text.strip()
