"""The sentences of articles that say what became of a pledge."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyarrow as pa

from dateline.ledger.names import Named, find_names
from dateline.ledger.rules import Cue, any_cue, cues_in
from dateline.ledger.words import Bits, word_bits, words

_SENTENCE = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])|\n\s*\n")
# "PORT SUDAN, May 14 (Reuters) - " is where it was written, not whom it is about.
_DATELINE = re.compile(r"\s*[A-Z][A-Z .,'’/-]{2,}(?:,[^-–—\n]{0,30})?(?:\([^)]{1,30}\))?\s*[-–—]{1,2}\s")
_NONE, _LEAST = frozenset[str](), 2
_LONGEST = 1500  # characters of a sentence: more is a table or a list


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with cues: where it stands, the countries that its whole article names, and its cues with
    the characters of their verbs in `text`."""

    article: str
    published: dt.date
    text: str
    start: int
    end: int
    around: frozenset[str]
    cues: tuple[tuple[Cue, int, int], ...]

    @property
    def bits(self) -> Bits:
        """Its content words as bits."""
        return word_bits(words(self.text))


class Passage:
    """A sentence as it is weighed: with the countries that it names, and its content words."""

    def __init__(self, sentence: Sentence) -> None:
        self.article, self.published, self.text = sentence.article, sentence.published, sentence.text
        self.start, self.end, self.around = sentence.start, sentence.end, sentence.around
        self.named: tuple[Named, ...] = find_names(sentence.text)
        self.codes = frozenset(n.code for n in self.named)
        self.content = words(sentence.text)
        self.cues = sentence.cues


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a text as characters, roughly: at full stops before capitals, and paragraphs."""
    at = 0
    opening = _DATELINE.match(text)
    if opening:
        at = opening.end()
    for gap in _SENTENCE.finditer(text, at):
        if gap.start() > at:
            yield at, gap.start()
        at = gap.end()
    if at < len(text):
        yield at, len(text)


def find_sentences(
    articles: Iterable[pa.RecordBatch], things: Mapping[str, frozenset[str]] | None = None
) -> Iterator[Sentence]:
    """The sentences with cues of articles (`article`, `published`, `title`, `text`), in their order.

    `things` are the words of what each country has pledged: sentences that only tell of a deed are left out
    where they share fewer than two with those of the countries that their article names.
    """
    for batch in articles:
        columns = (batch.column(name).to_pylist() for name in ("article", "published", "title", "text"))
        for article, published, title, text in zip(*columns, strict=True):
            if published is not None and text and any_cue().search(text):
                yield from _of(article, published, title or "", text, things)


def _of(
    article: str, published: dt.date, title: str, text: str, things: Mapping[str, frozenset[str]] | None
) -> Iterator[Sentence]:
    around: frozenset[str] | None = None
    for start, end in sentences(text):
        said = text[start:end]
        cues = tuple(cues_in(said)) if end - start <= _LONGEST else ()
        if not cues:
            continue
        if around is None:
            around = frozenset(n.code for n in find_names(f"{title}. {text}"))
        content = words(said)
        only_deeds = things is not None and all(cue.outcome == "done" for cue, _, _ in cues)
        if only_deeds and all(len((things or {}).get(code, _NONE) & content) < _LEAST for code in around):
            continue
        yield Sentence(article, published, said, start, end, around, cues)
