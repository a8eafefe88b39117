"""An article: its text and what is known of it before anything is parsed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class ZoneKind(StrEnum):
    """What a stretch of an article's text is."""

    BODY = "body"
    HEADLINE = "headline"
    CAPTION = "caption"
    DATELINE = "dateline"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch `[start, end)` of the article's text, in characters, and its kind.

    Zones are in order, do not overlap and hold no leading or trailing white space. A body,
    headline or caption zone is one paragraph; text in no zone is white space.
    """

    start: int
    end: int
    kind: ZoneKind


@dataclass(frozen=True, slots=True)
class Article:
    """A text to code.

    `id` names it in records (`doc`). `text` is what all offsets refer to. `date` is the day of
    publication that words such as "Wednesday" are read against; `dateline_place` is the place an
    opening dateline names; `source` says where it was read: a file, with the row ("dump.jsonl:17") or the
    offset of the record ("news.warc.gz@8831"). `warnings` are things the reader should be told, one line
    each.
    """

    id: str
    text: str
    title: str | None = None
    date: dt.date | None = None
    url: str | None = None
    publication: str | None = None
    author: str | None = None
    language: str | None = None
    dateline_place: str | None = None
    zones: tuple[Zone, ...] = ()
    warnings: tuple[str, ...] = ()
    source: str | None = None
