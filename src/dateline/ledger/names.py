"""The countries that a passage names: by name, adjective, people, or the seat of the government."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from dateline.knowledge.tables import read_table

_WORD = re.compile(r"\w+(?:['’.-]\w+)*")
_COLUMNS = ("name", "adjectives", "people", "other_names", "seats")
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class Named:
    """A country's code, and the characters that name it."""

    code: str
    start: int
    end: int


@lru_cache(maxsize=1)
def _known() -> Mapping[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for row in read_table("actors", "countries.tsv", required=("code", *_COLUMNS)):
        for column in _COLUMNS:
            for name in row.many(column):
                found.setdefault(tuple(_WORD.findall(name)), row["code"])
    return found


@lru_cache(maxsize=1)
def _firsts() -> frozenset[str]:
    return frozenset(name[0] for name in _known() if name)


@lru_cache(maxsize=8192)
def find_names(text: str) -> tuple[Named, ...]:
    """The countries named in a text, in order.

    >>> [(n.code, n.start) for n in find_names("Kenya's envoy left Addis Ababa")]
    [('KEN', 0), ('ETH', 19)]
    """
    tokens = [(_bare(m.group()), m.start(), m.end()) for m in _WORD.finditer(text)]
    found: list[Named] = []
    at = 0
    while at < len(tokens):
        step = 1
        if tokens[at][0] in _firsts():
            for length in range(min(_LONGEST, len(tokens) - at), 0, -1):
                code = _known().get(tuple(t[0] for t in tokens[at : at + length]))
                if code:
                    found.append(Named(code, tokens[at][1], tokens[at + length - 1][2]))
                    step = length
                    break
        at += step
    return tuple(found)


def _bare(word: str) -> str:
    """A word without its genitive."""
    return word.rstrip("'’") if word[-1] in "'’" else word.removesuffix("'s").removesuffix("’s")


@lru_cache(maxsize=8192)
def without_names(text: str) -> str:
    """The text with the names of countries blanked, so that it keeps its offsets."""
    for named in find_names(text):
        text = f"{text[: named.start]}{' ' * (named.end - named.start)}{text[named.end :]}"
    return text
