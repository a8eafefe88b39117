"""Tells headline, datelines, captions and page furniture from the text that is to be read."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from dateline.article import Zone, ZoneKind
from dateline.sources.datelines import Dateline, read_dateline, remarks
from dateline.sources.days import Day, find_day
from dateline.sources.furniture import Byline, byline, fold, judge
from dateline.sources.paragraphs import LONGEST_WORD, Span, ends_sentence, paragraphs, trim

_OPENING = 4  # running paragraphs among which a dateline may stand
_HEADLINES = 3  # short lines above the text that can be kicker, headline and standfirst
_SITE = re.compile(r"\s+(?:[-–—|«»·]|::)\s+")


@dataclass(frozen=True, slots=True)
class Layout:
    """An article's zones and what its first lines say: place and day of the dateline, a day that
    stands alone or in a time stamp ("Updated: 2015-11-25"), and the author of a byline.
    """

    zones: tuple[Zone, ...]
    place: str | None = None
    day: Day | None = None
    stamp: dt.date | None = None
    author: str | None = None


class _Reader:
    """Goes through the paragraphs once and keeps what the first of them said."""

    def __init__(self, text: str, title: str | None) -> None:
        self.text = text
        self.titles = _titles(title)
        self.zones: list[Zone] = []
        self.dateline: Dateline | None = None
        self.byline: Byline | None = None
        self.stamp: dt.date | None = None
        self.bodies = 0
        self.run = False

    def add(self, start: int, end: int, kind: ZoneKind) -> None:
        start, end = trim(self.text, start, end)
        if start < end:
            self.zones.append(Zone(start, end, kind))
            self.bodies += kind is ZoneKind.BODY

    def title_at(self, start: int, end: int) -> int:
        """Where the title ends that the paragraph opens with; `start` where it does not."""
        for words in self.titles:
            at = _match_words(self.text, start, end, words)
            if at is None:
                continue
            rest = self.text[at:end]
            follows = rest.lstrip(" .:|-–—\n\t")
            # A sentence may begin with the words that are the title: then it goes on in small
            # letters. Glued to the next sentence ("HomeState") only a long title is believed.
            if not follows or (follows[0] in "\"“‘'[(" and rest[0].isspace()):
                return at
            if (follows[0].isupper() or follows[0].isdigit()) and len(words) >= (
                2 if rest[:1] in ".\n" else 4
            ):
                return at + (rest[:1] == ".")
        return start

    def read(self, start: int, end: int) -> None:
        """Adds the zones of one paragraph."""
        if self.titles:
            at = self.title_at(start, end)
            if at > start:
                self.add(start, at, ZoneKind.HEADLINE)
                start, end = trim(self.text, at, end)
                if start == end:
                    return
        words = self.text[start:end]
        if end - start >= LONGEST_WORD and not any(c.isspace() for c in words):
            self.add(start, end, ZoneKind.FURNITURE)
            return
        if self.bodies < _OPENING and self.dateline is None and (found := read_dateline(words)):
            self.dateline, self.run = found, False
            self.add(start, start + found.end, ZoneKind.DATELINE)
            self.add(start + found.end, end, ZoneKind.BODY)
            return
        if words[0] == "[" and (cut := remarks(words)):
            self.add(start, start + cut, ZoneKind.FURNITURE)
            self.add(start + cut, end, ZoneKind.BODY)
            return
        self.add(start, end, self.kind(words))

    def kind(self, words: str) -> ZoneKind:
        """BODY, CAPTION, FURNITURE, or DATELINE for a byline that names a place."""
        verdict = judge(words)
        if self.run and verdict.kind is ZoneKind.BODY and len(words) <= 120 and not ends_sentence(words):
            return ZoneKind.FURNITURE
        self.run = verdict.run
        if verdict.kind is ZoneKind.FURNITURE and self.bodies < _OPENING:
            if self.byline is None and (found := byline(words)):
                self.byline = found
                if found.place:
                    return ZoneKind.DATELINE
            if self.stamp is None and len(words) <= 120 and (day := find_day(words)):
                self.stamp = day[0].date()
        return verdict.kind

    def headlines(self) -> None:
        """Makes the first short lines without a final stop the headline, if running text follows."""
        bodies = [n for n, z in enumerate(self.zones) if z.kind is ZoneKind.BODY]
        first = [
            z.kind for z in self.zones if z.kind in (ZoneKind.HEADLINE, ZoneKind.DATELINE, ZoneKind.BODY)
        ]
        if not first or first[0] is not ZoneKind.BODY:
            return
        short: list[int] = []
        for n in bodies[: _HEADLINES + 1]:
            zone = self.zones[n]
            words = self.text[zone.start : zone.end]
            after_dateline = n > 0 and self.zones[n - 1].kind is ZoneKind.DATELINE
            if after_dateline or not _is_short(words):
                break
            short.append(n)
        if len(short) > _HEADLINES or len(short) == len(bodies):
            # Nothing but short lines: a list or a text without stops has no headline we can tell.
            return
        for n in short:
            zone = self.zones[n]
            self.zones[n] = Zone(zone.start, zone.end, ZoneKind.HEADLINE)


def _is_short(words: str) -> bool:
    return (
        len(words) <= 160
        and len(words.split()) <= 22
        and not words.endswith((".", ".”", '."', ":", ",", ".'"))
    )


def _titles(title: str | None) -> list[list[str]]:
    """The words of the title, and of its part before " - Name of the Site"."""
    if not title or not title.strip():
        return []
    found = [fold(title).split()]
    short = fold(_SITE.split(title)[0]).split()
    if len(short) >= 3 and short != found[0]:
        found.append(short)
    return found


def _match_words(text: str, start: int, end: int, words: list[str]) -> int | None:
    """Where the words end if the text from `start` on begins with them, white space aside."""
    at = start
    for n, word in enumerate(words):
        while n and at < end and text[at].isspace():
            at += 1
        piece = text[at : min(end, at + len(word))]
        if piece.lower().replace("’", "'").replace("‘", "'") != word:
            return None
        at += len(piece)
    return at


def find_zones(text: str, title: str | None = None) -> Layout:
    """The zones of an article's text, and what its opening says.

    `title` is the article's title where it is known apart: a text that begins with it has it as
    its HEADLINE. Zones are in order, do not overlap, have no white space at their edges and are
    one paragraph or a part of one each: a dateline and the text after it are two zones, and a
    paragraph over 20,000 characters (`paragraphs.LONGEST`) is cut at a sentence's end. A zone of
    hard-wrapped text spans its line ends. FURNITURE and DATELINE are not read for events.
    """
    reader = _Reader(text, title)
    spans: list[Span] = paragraphs(text)
    for start, end in spans:
        reader.read(start, end)
    reader.headlines()
    dateline, line = reader.dateline, reader.byline
    place = dateline.place if dateline and dateline.place else line.place if line else None
    day = dateline.day if dateline else None
    return Layout(tuple(reader.zones), place, day, reader.stamp, line.author if line else None)
