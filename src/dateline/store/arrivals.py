"""What an article is when it comes in: known already, a later version, a copy, or new.

The answer depends on the articles before it in the store and on nothing else, so that it is the same
whatever the batches, the workers and the runs in which they came.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

import numpy as np

from dateline.article import Article
from dateline.store.bands import BandIndex
from dateline.store.sketch import Hashes, Sketch

Compared = tuple[Hashes, Hashes]  # an article's shingles and numbers

COPY = 0.8  # share of common word sequences from which two articles are copies
RELATED = 0.3  # … from which two that share an id but not an address may be versions
SHORT = 50  # sequences; a shorter text is a copy only of the very same words
COPY_DAYS = 7  # copies are published within days; the same words much later tell of other days
_ROW = re.compile(r"[:@]\d+$")


def content_hash(article: Article) -> str:
    """SHA-256 of all that coding depends on and that names the article."""
    day = article.date.isoformat() if article.date else None
    parts = (article.id, article.url, article.title, day, article.publication, article.author, article.text)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def article_key(digest: str) -> str:
    """The article's key from the hash of its content."""
    return f"a-{digest[:16]}"


def host(url: str | None) -> str | None:
    """The address's host in small letters, without `www.`."""
    try:
        found = urlsplit(url or "").hostname
    except ValueError:
        return None
    return found.removeprefix("www.") if found else None


def publisher(url: str | None, publication: str | None) -> str | None:
    """Whom to count as one publisher: the address's host, else the publication in small letters."""
    return host(url) or " ".join((publication or "").split()).casefold() or None


def address(url: str | None) -> str | None:
    """An address without what does not name the page: scheme, `www.`, fragment, campaign parameters."""
    name = host(url)
    if name is None:
        return None
    parts = urlsplit(url or "")
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query) if not k.startswith("utm_")])
    return f"{name}{parts.path.rstrip('/')}?{query}" if query else f"{name}{parts.path.rstrip('/')}"


@dataclass(frozen=True, slots=True)
class Known:
    """An article of the store as far as the next ones are compared with it.

    `root` is the key of its first version; `place` finds its sketch (batch and row) once it is
    committed, until then `sketch` is the sketch itself; a copy has neither.
    """

    article: str
    doc: str
    root: str
    copy_of: str | None
    published: dt.date | None
    address: str | None
    publication: str | None
    source: str | None
    sketch: Sketch | None = None
    place: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What an article is: its key, its first version and original where it has them, and whether
    another article of the store has its id."""

    digest: str
    article: str
    version_of: str | None
    copy_of: str | None
    doc_taken: bool
    sketch: Sketch

    @property
    def coded(self) -> bool:
        """Whether the article is to be coded."""
        return self.copy_of is None


class Index:
    """The articles of a store. A second one laid over it holds those that are not committed yet."""

    def __init__(self, read: Callable[[str, int], Compared], below: Index | None = None) -> None:
        self._read, self._below = read, below
        self._by_key: dict[str, Known] = {}
        self._by_doc: dict[str, list[Known]] = {}
        self._by_address: dict[str, Known] = {}
        self._by_words: dict[int, list[int]] = {}
        self._bands = BandIndex()
        self._originals: list[Known] = []

    def __len__(self) -> int:
        return len(self._by_key) + (len(self._below) if self._below else 0)

    def _layers(self) -> Iterator[Index]:
        """The index below first: what came first decides."""
        if self._below is not None:
            yield from self._below._layers()
        yield self

    def holds(self, article: str) -> bool:
        """Whether the article of that key is in."""
        return any(article in layer._by_key for layer in self._layers())

    def add(self, known: Known, words_hash: int | None, bands: Hashes | None) -> None:
        """Adds an article; hash and bands where it is no copy, so that its copies are found."""
        self._by_key[known.article] = known
        self._by_doc.setdefault(known.doc, []).append(known)
        if known.address:
            self._by_address.setdefault(known.address, known)
        if words_hash is not None and bands is not None:
            self._by_words.setdefault(words_hash, []).append(len(self._originals))
            self._bands.add(bands.tolist(), len(self._originals))
            self._originals.append(known)

    def decide(self, article: Article, digest: str, sketch: Sketch) -> Decision:
        """What an article is that the index does not hold."""
        root = self._version(article, sketch)
        copy_of = self._copy(article, sketch, root)
        taken = any(article.id in layer._by_doc for layer in self._layers())
        return Decision(digest, article_key(digest), root, copy_of, taken, sketch)

    def add_new(self, article: Article, decision: Decision) -> None:
        """Adds an article as it was decided, its sketch in memory."""
        copied = decision.copy_of is not None
        self.add(
            Known(
                decision.article,
                article.id,
                decision.version_of or decision.article,
                decision.copy_of,
                article.date,
                address(article.url),
                article.publication,
                article.source,
                None if copied else decision.sketch,
            ),
            None if copied else decision.sketch.words_hash,
            None if copied else decision.sketch.bands,
        )

    def _version(self, article: Article, sketch: Sketch) -> str | None:
        """The first version of an article of the same address, or of the same id with nothing against it."""
        where = address(article.url)
        for layer in self._layers():
            if where and where in layer._by_address:
                return layer._by_address[where].root
        for layer in self._layers():
            for known in layer._by_doc.get(article.id, ()):
                if not _apart(known, article) or self._alike(known, sketch):
                    return known.root
        return None

    def _alike(self, known: Known, sketch: Sketch) -> bool:
        original = self._get(known.copy_of) if known.copy_of else known
        return original is not None and sketch.jaccard(self._compared(original)[0]) >= RELATED

    def _get(self, article: str) -> Known | None:
        found = (layer._by_key.get(article) for layer in self._layers())
        return next((k for k in found if k is not None), None)

    def _compared(self, known: Known) -> Compared:
        if known.sketch is not None:
            return known.sketch.shingles, known.sketch.numbers
        assert known.place is not None, "an original has a sketch"
        return self._read(*known.place)

    def _copy(self, article: Article, sketch: Sketch, root: str | None) -> str | None:
        """The original of a copy: of those that are alike enough the most alike, then the earliest."""
        best: tuple[float, str] | None = None
        for layer in self._layers():
            near = layer._bands.find(sketch.bands).union(layer._by_words.get(sketch.words_hash, ()))
            for known in (layer._originals[n] for n in sorted(near)):
                if known.root == root or not _within_days(known.published, article.date):
                    continue
                shingles, numbers = self._compared(known)
                share = sketch.jaccard(shingles)
                least = COPY if min(len(shingles), len(sketch.shingles)) >= SHORT else 1.0
                # "130 killed" where the original has "at least 120" is news, not a copy.
                same = share >= least and np.isin(sketch.numbers, numbers).all()
                if same and (best is None or share > best[0]):
                    best = (share, known.article)
        return best[1] if best else None


def _apart(known: Known, article: Article) -> bool:
    """Whether two articles of one id seem to be two: other addresses, publications or files."""
    where, files = address(article.url), (known.source, article.source)
    if where and known.address and where != known.address:
        return True
    if article.publication and known.publication and article.publication != known.publication:
        return True
    whole = [f for f in files if f is not None and not _ROW.search(f)]
    return len(whole) == 2 and (files[0] != files[1] or files[0] == "-")


def _within_days(one: dt.date | None, other: dt.date | None) -> bool:
    return one is None or other is None or abs((one - other).days) <= COPY_DAYS
