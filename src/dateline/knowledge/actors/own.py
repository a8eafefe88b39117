"""The actor book with what a user adds to it: actor files and PETRARCH/Phoenix dictionaries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dateline.errors import DatelineError
from dateline.knowledge.actors.book import ActorBook
from dateline.knowledge.actors.dictionaries import load_dictionaries


@dataclass(frozen=True, slots=True)
class Own:
    """The book, the phrases whose sentence or article is not coded, and the lines set aside."""

    book: ActorBook
    sentence_discards: re.Pattern[str] | None
    article_discards: re.Pattern[str] | None
    faults: tuple[DatelineError, ...]


def _phrases(phrases: list[str]) -> re.Pattern[str] | None:
    words = "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"\b(?:{words})\b", re.I) if phrases else None


@lru_cache(maxsize=4)
def own_knowledge(actors: tuple[Path, ...], dictionaries: tuple[Path, ...]) -> Own:
    """The shipped book with the user's files before it; read once for each set of files.

    Raises `DatelineError` where a file or folder is missing or an actor file has a bad row.
    """
    book = ActorBook.load(actors)
    sentences: list[str] = []
    articles: list[str] = []
    faults: list[DatelineError] = []
    for folder in dictionaries:
        found = load_dictionaries(folder)
        book = book.with_entries(found.names, found.roles)
        sentences += found.sentence_discards
        articles += found.article_discards
        faults += found.faults
    return Own(book, _phrases(sentences), _phrases(articles), tuple(faults))
