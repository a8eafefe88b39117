"""Countries' adjectives as mentions of the country: "French", "South Koreans"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.knowledge.gazetteer.index import fold
from dateline.knowledge.gazetteer.names import adjectives
from dateline.language.parsed import Parsed


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place's name in the text: characters `[start, end)`, tokens `[first, last)`.

    `adjective` is true of a country's adjective ("Syrian"), which names a people or a state more
    often than ground.
    """

    start: int
    end: int
    first: int
    last: int
    text: str
    adjective: bool = False


def adjective_mentions(
    parsed: Parsed, words: Sequence[str], capital: Sequence[bool], taken: Sequence[PlaceMention]
) -> list[PlaceMention]:
    """The adjectives among `words` (the tokens as written) that are in none of the mentions `taken`.

    `capital` tells which words are written as names.
    """
    known = adjectives()
    used = {i for m in taken for i in range(m.first, m.last)}
    found: list[PlaceMention] = []
    i = 0
    while i < len(words):
        width = 0
        if capital[i] and i not in used:
            two = f"{words[i]} {words[i + 1]}".lower() if i + 1 < len(words) and i + 1 not in used else ""
            width = 2 if two in known else 1 if fold(words[i]) in known else 0
        if width:
            start, end = parsed.chars(i, i + width)
            found.append(PlaceMention(start, end, i, i + width, parsed.text(i, i + width), True))
        i += width or 1
    return found
