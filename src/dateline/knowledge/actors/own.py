"""The actor book with what a user adds to it: actor files and PETRARCH/Phoenix dictionaries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dateline.errors import DatelineError
from dateline.knowledge.actors.book import ActorBook
from dateline.knowledge.actors.dictionaries import Dictionaries, load_dictionaries
from dateline.knowledge.petrarch.phrases import Phrases
from dateline.knowledge.petrarch.verbs import VerbBook, merged


@dataclass(frozen=True, slots=True)
class Own:
    """The book, the phrases whose sentence or article is not coded, and the lines set aside.

    `verbs` and `phrases` are a user's verb dictionaries with the actors and agents to code by them.
    """

    book: ActorBook
    sentence_discards: re.Pattern[str] | None
    article_discards: re.Pattern[str] | None
    faults: tuple[DatelineError, ...]
    verbs: VerbBook
    phrases: Phrases


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
    loaded: list[Dictionaries] = []
    for folder in dictionaries:
        found = load_dictionaries(folder)
        book = book.with_entries(found.names, found.roles)
        sentences += found.sentence_discards
        articles += found.article_discards
        faults += found.faults
        loaded.append(found)
    agents = {words: code for found in loaded for words, code in found.agents.items()}
    phrases = Phrases(((name, known) for found in loaded for name, _, known in found.names), agents)
    verbs = merged(found.verbs for found in loaded)
    return Own(book, _phrases(sentences), _phrases(articles), tuple(faults), verbs, phrases)
