"""An article and its records as rows of the store's tables."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace

from dateline import flat
from dateline.article import Article
from dateline.linking.across.signature import signature
from dateline.record import Attribution, Entity, Event, to_json
from dateline.store.arrivals import Decision, content_hash, publisher
from dateline.store.schema import FIELDS

Row = dict[str, Any]
LEDE = 200  # words of an article that stand for what it is about
_WORD = re.compile(r"\w+")
_LARGEST = 2**63 - 1


@dataclass(slots=True)
class Rows:
    """Rows by table, each in the columns of `schema.BATCH_TABLES`."""

    articles: list[Row] = field(default_factory=list)
    tellings: list[Row] = field(default_factory=list)
    mentions: list[Row] = field(default_factory=list)
    entities: list[Row] = field(default_factory=list)
    sketches: list[Row] = field(default_factory=list)

    def add(
        self, article: Article, decision: Decision, events: Sequence[Event], seq: int, keep_text: bool
    ) -> None:
        """Adds an article and its records; `seq` is its place in the order of arrival."""
        self.articles.append(_article(article, decision, len(events), seq, keep_text))
        if decision.copy_of is None:
            sketch = decision.sketch
            self.sketches.append(
                {
                    "article": decision.article,
                    "words_hash": sketch.words_hash,
                    "numbers": sketch.numbers,
                    "shingles": sketch.shingles,
                    "bands": sketch.bands,
                }
            )
        for number, event in enumerate(events):
            self._telling(article, decision, event, number, keep_text)

    def _telling(
        self, article: Article, decision: Decision, event: Event, number: int, keep_text: bool
    ) -> None:
        key = decision.article
        told = signature(" ".join(article.text[m.start : m.end] for m in event.mentions))
        kept = _kept(event, _identity(event, decision), keep_text)
        self.tellings.append(
            {
                "id": kept.id,
                "article": key,
                "doc": article.id,
                "number": number,
                "title": article.title if keep_text else None,
                "url": article.url,
                "publication": article.publication,
                "publisher": publisher(article.url, article.publication),
                "published": article.date,
                "signature": told,
                **recorded(kept, keep_text),
            }
        )
        self.mentions += passages(kept, key)
        self.entities += parties(kept, key)


def recorded(kept: Event, keep_text: bool) -> Row:
    """The columns of a telling that say what its record says."""
    values = flat.row(kept)
    first = kept.mentions[0] if kept.mentions else None
    return {
        **scalars(kept),
        **{name: value_of(name, values[name]) for name in FIELDS},
        "event_text": kept.event_text if keep_text else None,
        "text": kept.text if keep_text else None,
        "start": values["start"],
        "end": values["end"],
        "trigger_start": first.trigger_start if first else None,
        "trigger_end": first.trigger_end if first else None,
        "passages": len(kept.mentions),
        "why": values["why"],
        "confidence": kept.confidence,
        "coder": kept.coder,
        "record": to_json(kept),
    }


def passages(kept: Event, article: str) -> list[Row]:
    """The rows of `mentions` of a record; `article` is its article's key."""
    return [
        {
            "telling": kept.id,
            "article": article,
            "number": n,
            "start": m.start,
            "end": m.end,
            "trigger_start": m.trigger_start,
            "trigger_end": m.trigger_end,
        }
        for n, m in enumerate(kept.mentions)
    ]


def parties(kept: Event, article: str) -> list[Row]:
    """The rows of `entities` of a record; `article` is its article's key."""
    sides: tuple[tuple[str, Iterable[Entity | Attribution]], ...] = (
        ("actor", kept.actor),
        ("recipient", kept.recipient),
        ("speaker", kept.attribution),
    )
    return [
        {"telling": kept.id, "article": article, "side": side, "number": n, **_party(party)}
        for side, found in sides
        for n, party in enumerate(found)
    ]


def scalars(event: Event) -> Row:
    """The first type and the first code of each side, for those who want one value."""
    return {
        "event_type": event.event[0] if event.event else None,
        "actor": event.actor[0].code if event.actor else None,
        "recipient": event.recipient[0].code if event.recipient else None,
    }


def value_of(name: str, value: flat.Cell) -> object:
    """A flat row's cell in the type of its column: days as days, nothing for no text."""
    if name in ("date", "enddate"):
        return day(value)
    if isinstance(value, int) and abs(value) > _LARGEST:
        return None
    return None if value == "" else value


def day(value: object) -> dt.date | None:
    """The day of an ISO string; None for anything else."""
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _identity(event: Event, decision: Decision) -> str:
    """The record's id, or one made from the content too where an earlier article has the same `doc`."""
    if not decision.doc_taken:
        return event.id
    return "dl-" + hashlib.sha256(f"{decision.article}\0{event.id}".encode()).hexdigest()[:16]


def _kept(event: Event, id: str, keep_text: bool) -> Event:
    """The record as it is kept: without the day of coding, and without text where none may be kept."""
    event = replace(event, id=id, coded_date="")
    if keep_text:
        return event
    return replace(event, text="", event_text="", cite_info=replace(event.cite_info, title=None))


def _party(party: Entity | Attribution) -> Row:
    found: Row = {
        "code": party.code,
        "entity_text": party.entity_text,
        "start": party.start,
        "end": party.end,
    }
    if isinstance(party, Entity):
        found |= {
            "sector": party.sector,
            "other_sectors": "; ".join(party.other_sectors) or None,
            "identifier_text": party.identifier_text,
            "identifier_id": party.identifier_id,
            "office": party.office,
            "cameo": party.cameo,
        }
    return found


def _article(article: Article, decision: Decision, events: int, seq: int, keep_text: bool) -> Row:
    words = _WORD.findall(article.text)
    return {
        "article": decision.article,
        "doc": article.id,
        "seq": seq,
        "version_of": decision.version_of,
        "copy_of": decision.copy_of,
        "content_hash": content_hash(article),
        "text_hash": hashlib.sha256(article.text.encode()).hexdigest(),
        "title": article.title if keep_text else None,
        "published": article.date,
        "url": article.url,
        "publication": article.publication,
        "author": article.author,
        "language": article.language,
        "publisher": publisher(article.url, article.publication),
        "dateline_place": article.dateline_place,
        "source": article.source,
        "characters": len(article.text),
        "words": len(words),
        "events": events,
        "signature": signature(" ".join((article.title or "", *words[:LEDE]))),
        "zones": json.dumps([[z.start, z.end, z.kind] for z in article.zones], separators=(",", ":")),
        "text": article.text if keep_text else None,
    }
