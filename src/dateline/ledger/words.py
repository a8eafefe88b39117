"""The words of a passage as the ledger compares them: content words as stems, and numbers."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from dateline.knowledge.tables import read_mapping, read_table
from dateline.linking.across.signature import word_hash

BITS = 256
_WORD = re.compile(r"\d[\d,]*(?:\.\d+)?(?![^\W_])|[^\W_]+(?:['’-][^\W_]+)*")
_ENDINGS = (
    "ations",
    "ation",
    "ments",
    "ment",
    "ings",
    "ing",
    "ies",
    "ied",
    "ers",
    "er",
    "es",
    "ed",
    "s",
    "y",
    "e",
)
_SHORTEST, _STEM = 3, 4
Bits = npt.NDArray[np.uint64]


def alternatives(cell: Iterable[str]) -> str:
    """A regular expression for phrases: `~` stands for any ending, a space for any white space."""
    parts = (re.escape(phrase).replace("\\~", r"\w*").replace(r"\ ", r"\s+") for phrase in cell)
    return "|".join(sorted(parts, key=len, reverse=True))


def any_of(*table: str) -> re.Pattern[str]:
    """All phrases of a table's column `words` as one expression of whole words."""
    phrases = [w for row in read_table(*table, required=("words",)) for w in row.many("words")]
    return re.compile(rf"\b(?:{alternatives(phrases)})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=32)
def phrases(name: str) -> re.Pattern[str]:
    """The phrases of a line of `phrases.tsv` as one expression of whole words."""
    rows = read_table("ledger", "phrases.tsv", required=("name", "words"))
    found = [w for row in rows if row["name"] == name for w in row.many("words")]
    return re.compile(rf"\b(?:{alternatives(found)})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=1)
def speech() -> re.Pattern[str]:
    """Verbs of saying, in any form (`knowledge/times/signals.tsv`)."""
    rows = read_table("times", "signals.tsv", required=("kind", "words"))
    verbs = [v for row in rows if row["kind"] == "speech" for v in row.many("words")]
    forms = "|".join(re.escape(v.removesuffix("e").removesuffix("y")) + r"\w{0,4}" for v in verbs)
    return re.compile(rf"\b(?:said|told|{forms})\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _ignored() -> re.Pattern[str]:
    names = [*calendar.month_name[1:], *calendar.day_name, *calendar.month_abbr[1:], *calendar.day_abbr]
    own = [w for row in read_table("ledger", "grammar.tsv", required=("words",)) for w in row.many("words")]
    frequent = [row["word"] for row in read_table("furniture", "english.tsv", required=("word",))]
    return re.compile(alternatives([*frequent, *names, *own]), re.IGNORECASE)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a word in small letters; "" where it is no content word. Numbers stay, without commas.

    >>> stem("soldiers'") == stem("soldier"), stem("12,000"), stem("the")
    (True, '12000', '')
    """
    if word[0].isdigit() and word[-1].isdigit():
        return word.replace(",", "").removesuffix(".0")
    word = re.sub("['’]s?$", "", word)
    if len(word) < _SHORTEST or _ignored().fullmatch(word):
        return ""
    known = read_mapping("ledger", "irregular.tsv").get(word)
    if known:
        return known
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM - 1:
            word = word[: -len(ending)]
            break
    # "shipping" is "ship", "carrying" is "carr" as "carries" is.
    if len(word) > _STEM and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word


@lru_cache(maxsize=4096)
def words(text: str) -> frozenset[str]:
    """The stems and numbers of a text.

    >>> words("the 400 officers") == words("400 OFFICERS")
    True
    """
    found = (stem(w) for w in _WORD.findall(text.casefold()))
    return frozenset(w for w in found if w)


def is_number(word: str) -> bool:
    """Whether a stem is a number."""
    return word[0].isdigit()


def bits(hashes: Iterable[int]) -> Bits:
    """A set of hashes as 256 bits."""
    found = 0
    for value in hashes:
        found |= 1 << (value % BITS)
    return np.frombuffer(found.to_bytes(BITS // 8, "little"), np.uint64)


def word_bits(found: Iterable[str]) -> Bits:
    """Stems as 256 bits."""
    return bits(word_hash(w) for w in found)
