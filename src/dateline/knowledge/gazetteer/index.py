"""The gazetteer's index: which places bear a name.

One file, `index.bin`, made by `build.py`. After a head of text (what it is, whose data, which
licence) come four parts: the sorted 64-bit hashes of all folded names; for each hash its places'
row numbers; the rows, in compressed blocks of `BLOCK`; the blocks' ends. It is mapped into
memory, so that opening it costs nothing and a name that is not there costs one bisection.
"""

from __future__ import annotations

import mmap
import struct
import unicodedata
import zlib
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from importlib.resources import as_file
from pathlib import Path

from dateline.errors import DatelineError, Problem
from dateline.knowledge.tables import shipped

BLOCK = 64
HEAD_END = b"\n\x00"
SIZES = struct.Struct("<4I")
MANY = 0x80000000
LONGEST_HEAD = 4096

# Letters that Unicode does not take apart into a plain letter and a mark.
_PLAIN = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h"}
)
_MARKS = str.maketrans({c: None if c in ".'`" else " " for c in map(chr, range(128)) if not c.isalnum()})
_OPENING = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


def fold(name: str) -> str:
    """A name as it is looked up: small letters, no marks, dots or apostrophes, hyphens as spaces."""
    text = name.casefold()
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text.translate(_PLAIN)).encode("ascii", "ignore").decode()
        # What is taken apart may hold capitals that were none before: "™".
        text = plain.lower()
    words = text.translate(_MARKS).split()
    if len(words) > 1 and words[0] in _OPENING:
        words[0] = _OPENING[words[0]]
    return " ".join(words)


def key_of(folded: str) -> int:
    """The 64-bit hash a folded name is filed under."""
    return int.from_bytes(blake2b(folded.encode(), digest_size=8).digest(), "little")


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the gazetteer.

    `row` is its number in the index and stands for it there; `id` its GeoNames id (0 where none is
    known). `country` is ISO 3166 alpha-2, "" where it is no one country's. `admin1` and `admin2`
    are the rows of its regions (-1 where unknown). `population` ranks namesakes; a sea or site has
    a weight in its stead. `kind` is the GeoNames feature code, `group` its class.
    """

    row: int
    id: int
    name: str
    lat: float
    lon: float
    country: str
    admin1: int
    admin2: int
    group: str
    kind: str
    population: int


class Gazetteer:
    """The places of the index, by name and by row. Made by `gazetteer()`."""

    def __init__(self, data: bytes | mmap.mmap) -> None:
        at = data.find(HEAD_END) + len(HEAD_END)
        names, lists, blocks, _places = SIZES.unpack_from(data, at)
        at += SIZES.size
        view = memoryview(data)
        self._hashes = view[at : (at := at + 8 * names)].cast("Q")
        self._refs = view[at : (at := at + 4 * names)].cast("I")
        self._lists = view[at : (at := at + 4 * lists)].cast("I")
        self._ends = array("I", view[at : (at := at + 4 * blocks)].tobytes())
        self._rows = view[at : at + self._ends[-1]]
        self._names = names

    def find(self, name: str) -> tuple[Entry, ...]:
        """All places that bear the name, whatever its case and accents, the most populous first."""
        return self.find_folded(fold(name))

    def find_folded(self, folded: str) -> tuple[Entry, ...]:
        """The same for a name already folded."""
        return tuple(self.entry(row) for row in self.rows(folded))

    def has(self, folded: str) -> bool:
        """Whether any place bears the folded name; far cheaper than `find`."""
        key = key_of(folded)
        at = bisect_left(self._hashes, key)
        return at < self._names and self._hashes[at] == key

    def rows(self, folded: str) -> tuple[int, ...]:
        """The row numbers of the places that bear the folded name."""
        key = key_of(folded)
        at = bisect_left(self._hashes, key)
        if at >= self._names or self._hashes[at] != key:
            return ()
        ref = self._refs[at]
        if ref < MANY:
            return (ref,)
        first = ref - MANY
        return tuple(self._lists[first + 1 : first + 1 + self._lists[first]])

    @lru_cache(maxsize=8192)  # noqa: B019 - there is one gazetteer a process
    def entry(self, row: int) -> Entry:
        """The place of that row."""
        cells = self._block(row // BLOCK)[row % BLOCK].split("\t")
        number, name, lat, lon, country, admin1, admin2, group, kind, population = cells
        return Entry(
            row,
            int(number or 0),
            name,
            int(lat) / 1e4,
            int(lon) / 1e4,
            country,
            int(admin1 or -1),
            int(admin2 or -1),
            group,
            kind,
            int(population or 0),
        )

    @lru_cache(maxsize=256)  # noqa: B019 - there is one gazetteer a process
    def _block(self, number: int) -> list[str]:
        start = self._ends[number - 1] if number else 0
        return zlib.decompress(self._rows[start : self._ends[number]]).decode().split("\n")


_chosen: list[Path] = []


def use_gazetteer(path: Path) -> None:
    """Makes `path`, an index built from the full dump, the one that this process reads.

    Raises `DatelineError` where it is missing or is no index, or another one is open already: what
    was read from one cannot be told from the other's.
    """
    if _chosen == [path]:
        return
    if _chosen or gazetteer.cache_info().currsize:
        raise DatelineError(Problem.BAD_OPTION, str(path), "another gazetteer is open in this process")
    if not path.is_file():
        raise DatelineError(Problem.MISSING, str(path))
    with path.open("rb") as file:
        if HEAD_END not in file.read(LONGEST_HEAD):
            raise DatelineError(Problem.BAD_LINE, str(path), "this is no gazetteer index")
    _chosen.append(path)


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The gazetteer that this process reads, opened once: the shipped one or `use_gazetteer`'s."""
    if _chosen:
        return _opened(_chosen[0])
    with as_file(shipped("gazetteer", "index.bin")) as path:
        return _opened(path)


def _opened(path: Path) -> Gazetteer:
    with path.open("rb") as file:
        return Gazetteer(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
