"""What a passage leaves behind that allows comparison and no reading."""

from __future__ import annotations

import re
from functools import lru_cache
from zlib import crc32

from dateline.knowledge.tables import read_table

_WORD = re.compile(r"\w+")
_SHORTEST = 3


@lru_cache(maxsize=1)
def _frequent() -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("furniture", "english.tsv", required=("word",)))


def signature(text: str) -> list[int]:
    """The sorted, distinct CRC-32 values of a text's content words.

    A content word is a run of letters and digits in small letters, of three characters or more or with a
    digit, that is not among the frequent words of `knowledge/furniture/english.tsv`.

    >>> signature("The 12 of THE") == signature("12")
    True
    """
    words = set(_WORD.findall(text.casefold())) - _frequent()
    kept = (w for w in words if len(w) >= _SHORTEST or any(c.isdigit() for c in w))
    return sorted({word_hash(w) for w in kept})


def word_hash(word: str) -> int:
    """The CRC-32 value of a word's UTF-8."""
    return crc32(word.encode("utf-8", "replace"))
