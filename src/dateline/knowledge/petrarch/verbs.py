"""Reads verb dictionaries in the format of PETRARCH 2, which grew from TABARI's.

A block begins with `--- NAME [CODE] ---` and holds verbs, one a line, then patterns. A verb may have
irregular forms in `{}` and a code of its own in `[]`; `+BEEF_UP` is a verb of several words, `+` marking
the one that is inflected. Patterns begin with `-`, and a code after them may be of two parts, `[043:042]`:
what the source does to the target, and the target to the source. `[---]` is the null code: no event.
Before the blocks stand synsets: `&NAME`, then `+WORD` lines. Lines that begin with `~` say what becomes of a
verb over a verb. `#` and `;` begin a comment.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from dateline.errors import DatelineError, Problem
from dateline.knowledge.petrarch.pattern import Pattern, read_elements, spelled

NULL = "---"
_BLOCK = re.compile(r"---\s*(.*?)\s*(?:\[(.*?)\])?\s*-*\s*$")
_CODE = re.compile(r"\[([^\]]*)\]\s*$")
_CODES = re.compile(r"(---|[0-9A-Za-z]+)?(?::(---|[0-9A-Za-z]+))?")
_FORMS = re.compile(r"\{([^}]*)\}?")
_VERSION = re.compile(r"VERSION:\s*([\d.]+)")
_COMMENT = re.compile(r"[#;].*")
_XML = re.compile(r"<!--.*?-->", re.S)
_TRANSFORMATION = re.compile(
    r"~\s*(\S+)\s*\(\s*(\S+)\s+(\S+)\s+(\S+)\s*\)\s*(\S+)\s*=\s*(\S+)\s+(\S+)\s+(\S+)\s*$"
)


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb of a block: the words of which it is made (`words[main]` is inflected) and its own codes."""

    words: tuple[str, ...]
    main: int
    block: int
    active: str
    passive: str
    place: str


@dataclass(frozen=True, slots=True)
class Transformation:
    """What a verb over a verb becomes: `~ a (a b ATTACK) SAY = a b 015`.

    Sides are letters, "." for anybody and "_" for nobody; `inner` is a verb, or "Q" for any.
    """

    outer_source: str
    source: str
    target: str
    inner: tuple[str, ...]
    outer: str
    to: tuple[str, str]
    code: str
    place: str


@dataclass
class VerbBook:
    """A verb dictionary: verbs by each form of their inflected word, patterns by block."""

    verbs: defaultdict[str, list[Verb]] = field(default_factory=lambda: defaultdict(list))
    patterns: defaultdict[int, list[Pattern]] = field(default_factory=lambda: defaultdict(list))
    transformations: list[Transformation] = field(default_factory=list)
    faults: list[DatelineError] = field(default_factory=list)


def version(path: Path) -> tuple[int, ...]:
    """The version that a dictionary's head states; (0,) where it states none."""
    found = _VERSION.search(_read(path)[:1000])
    return tuple(int(n) for n in found[1].split(".") if n) if found else (0,)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise DatelineError(Problem.UNREADABLE, str(path), str(error.strerror).lower()) from error


def _codes(text: str | None) -> tuple[str, str]:
    """The active and the passive code, "" for the null code. Raises `ValueError` for what is none."""
    if text is None or text.strip() == NULL:
        return "", ""
    found = _CODES.fullmatch(text.strip())
    if found is None or not text.strip():
        raise ValueError(f"[{text}] is no code")
    active, passive = (c or "" for c in found.groups())
    return active.replace(NULL, ""), passive.replace(NULL, "")


def read_verbs(path: Path, number: int = 0) -> VerbBook:
    """A verb dictionary; lines that cannot be read are set aside in `faults`, with file and line.

    `number` is given to its first block. Raises `DatelineError` where the file cannot be read.
    """
    return _Reader(str(path), number).read(_read(path))


class _Reader:
    """Goes through one file, line by line."""

    def __init__(self, name: str, number: int) -> None:
        self._name, self._block = name, number
        self._book = VerbBook()
        self._synsets: dict[str, list[str]] = {}
        self._synset: str | None = None
        self._codes: tuple[str, str] = ("", "")
        self._in_block = False

    def read(self, text: str) -> VerbBook:
        text = _XML.sub(lambda comment: "\n" * comment[0].count("\n"), text)
        for line_number, raw in enumerate(text.splitlines(), 1):
            line = _COMMENT.sub("", raw).strip()
            if not line or line.startswith("<"):
                continue
            place = f"{self._name}:{line_number}"
            try:
                self._line(line, place)
            except ValueError as error:
                self._book.faults.append(DatelineError(Problem.BAD_LINE, place, str(error)))
        return self._book

    def _line(self, line: str, place: str) -> None:
        if line.startswith("---"):
            head = _BLOCK.match(line)
            self._block, self._in_block, self._synset = self._block + 1, True, None
            self._codes = ("", "")
            self._codes = _codes(head[2] if head else None)
        elif line.startswith("&"):
            self._synset = line[1:].split()[0].upper()
            self._synsets[self._synset] = []
        elif line.startswith("+") and self._synset is not None:
            self._member(line[1:].strip())
        elif line.startswith(("-", "*")):
            self._pattern(line.removeprefix("-"), place)
        elif line.startswith("~"):
            self._book.transformations.append(_transformation(line, place))
        elif self._in_block:
            self._verb(line, place)
        else:
            raise ValueError("a verb stands before the first block (--- NAME [CODE] ---)")

    def _member(self, text: str) -> None:
        assert self._synset is not None
        words = re.sub(r"[()]", " ", text).replace(" ", "_")
        phrases = [" ".join(p) for p in spelled(words.upper(), self._synsets)]
        self._synsets[self._synset] += phrases

    def _pattern(self, text: str, place: str) -> None:
        self._synset = None
        found = _CODE.search(text)
        if found is None:
            raise ValueError("the pattern has no code in square brackets")
        active, passive = _codes(found[1])
        before, after = read_elements(text[: found.start()].upper(), self._synsets)
        size = sum(e.size for e in (*before, *after))
        pattern = Pattern(tuple(before), tuple(after), active, passive, place, size)
        self._book.patterns[self._block].append(pattern)

    def _verb(self, line: str, place: str) -> None:
        self._synset = None
        found = _CODE.search(line)
        active, passive = _codes(found[1]) if found else self._codes
        bare = line[: found.start()] if found else line
        name = _FORMS.sub("", bare).strip()
        stated = _FORMS.search(bare)
        for form in (name, *(stated[1].split() if stated else ())):
            words = form.lower().split("_")
            main = next((i for i, w in enumerate(words) if w.startswith("+")), 0)
            words = [w.lstrip("+") for w in words]
            if not all(words) or " " in form:
                raise ValueError(f"{form!r} is no verb: its words are joined with _")
            verb = Verb(tuple(words), main, self._block, active, passive, place)
            self._book.verbs[words[main]].append(verb)


def _transformation(line: str, place: str) -> Transformation:
    found = _TRANSFORMATION.match(line)
    if found is None:
        raise ValueError("a transformation is `~ a (b c VERB) VERB = a c CODE`")
    outer_source, source, target, inner, outer, one, other, code = found.groups()
    return Transformation(
        outer_source,
        source,
        target,
        tuple(inner.lower().split("_")),
        outer.lower(),
        (one, other),
        code,
        place,
    )


def merged(books: Iterable[VerbBook]) -> VerbBook:
    """Several dictionaries as one; their blocks must be numbered apart."""
    whole = VerbBook()
    for book in books:
        for form, verbs in book.verbs.items():
            whole.verbs[form] += verbs
        for block, patterns in book.patterns.items():
            whole.patterns[block] += patterns
        whole.transformations += book.transformations
        whole.faults += book.faults
    return whole
