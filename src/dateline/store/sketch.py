"""What an article leaves behind by which near copies of it are recognised.

A sketch is the set of its word sequences, hashed (shingles; Broder 1997), with the bands of its MinHash, by
which near copies are found (Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, ch. 3).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from zlib import crc32

import numpy as np
from rensa import RMinHash

from dateline.article import Article, ZoneKind
from dateline.knowledge.tables import read_table

Hashes = np.ndarray[Any, Any]

SHINGLE = 5  # words of a sequence
# Two texts of which four fifths of the sequences are shared meet in one of 16 bands of 5 with a
# probability of 0.998, two that share half with one of 0.40.
BANDS, ROWS, SEED = 16, 5, 1729
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # Fibonacci hashing (Knuth, TAOCP vol. 3, 6.4)

_WORD = re.compile(r"\w+")


def running_text(article: Article) -> str:
    """The article's paragraphs without headline, caption, dateline and parts of the page, which copies
    change; the whole text where it has no zones."""
    body = [article.text[z.start : z.end] for z in article.zones if z.kind is ZoneKind.BODY]
    return "\n".join(body) or article.text


@dataclass(frozen=True, slots=True)
class Sketch:
    """An article to compare: sorted distinct 32-bit hashes of its word sequences, the MinHash bands by
    which it is found, a hash of all its words in order, and its numbers."""

    shingles: Hashes
    bands: Hashes
    words_hash: int
    numbers: Hashes

    def jaccard(self, other: Hashes) -> float:
        """The share of the sequences of both that the two have in common."""
        common = len(np.intersect1d(self.shingles, other, assume_unique=True))
        return common / (len(self.shingles) + len(other) - common)


@lru_cache(maxsize=1)
def _number_words() -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("quantities", "numbers.tsv", required=("word",)))


def sketch(article: Article) -> Sketch:
    """What near copies of the article are recognised by."""
    words = _WORD.findall(running_text(article).casefold())
    counts = _number_words()
    numbers = {crc32(w.encode()) for w in words if w in counts or any(c.isdigit() for c in w)}
    hashes = np.fromiter((crc32(w.encode("utf-8", "replace")) for w in words), np.uint64, len(words))
    mixed = np.zeros(max(1, len(hashes) - SHINGLE + 1), np.uint64)
    # Arithmetic of unsigned integers wraps, which is what a hash wants.
    for n in range(min(SHINGLE, len(hashes))):
        mixed = mixed * _MULTIPLIER + hashes[n : n + len(mixed)]
    mixed ^= mixed >> np.uint64(29)
    shingles = np.unique((mixed * _MULTIPLIER >> np.uint64(32)).astype(np.uint32))
    return Sketch(
        shingles, bands(shingles), crc32(" ".join(words).encode("utf-8", "replace")), _sorted(numbers)
    )


def bands(shingles: Hashes) -> Hashes:
    """A 64-bit hash for each band of the MinHash of a set of shingles."""
    flat = np.ascontiguousarray(shingles, np.uint64)
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(flat, [0, len(flat)], BANDS * ROWS, SEED)
    rows = np.array(matrix.to_rows()[0], np.uint64).reshape(BANDS, ROWS)
    found = np.arange(1, BANDS + 1, dtype=np.uint64) * _MULTIPLIER
    for n in range(ROWS):
        found = (found ^ rows[:, n]) * _MULTIPLIER
        found ^= found >> np.uint64(31)
    return found


def _sorted(values: set[int]) -> Hashes:
    return np.array(sorted(values), np.uint32)
