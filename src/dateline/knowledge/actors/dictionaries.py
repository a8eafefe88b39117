"""Reads actor, agent and discard dictionaries in the PETRARCH/Phoenix format (and TABARI's, its parent).

The format, as PETRARCH2's documentation and readers have it: an actor is `NAME_OF_IT [CODE]`, words
joined with `_`; lines that begin with `+` give it further names; its codes may stand on the lines
that follow, each with a period: `[CODE < 950601]` before a day, `[CODE 19950601 - 19990815]` from one
to another, `[CODE > 990816]` from a day on, days as YYMMDD or YYYYMMDD. An agent is
`NOUN {PLURAL} [~CODE]`, `{}` for none; `!MARK! = WORD, WORD` defines words to put in place of
`!MARK!`. A code's first three letters are the country or kind, the next three its sector. Discards
are phrases, one a line, whose sentence is not coded, or with `+` whose article is not. `#` and
`<!-- -->` begin comments.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from pathlib import Path

from dateline.errors import DatelineError, Problem
from dateline.knowledge.actors.entries import Form, Kind, Known, Role, Term
from dateline.knowledge.codebook import sectors
from dateline.knowledge.petrarch.verbs import VerbBook, merged, read_verbs, version
from dateline.knowledge.tables import read_table

_CODE = re.compile(
    r"\[\s*~?\s*([A-Za-z0-9+\-/]+?)\s*~?\s*(?:([<>])\s*(\d{6,8})|(\d{6,8})\s*-\s*(\d{6,8}))?\s*\]"
)
_COMMENT = re.compile(r"#.*")
_XML_COMMENT = re.compile(r"<!--.*?-->", re.S)
_MARK = re.compile(r"!(\w+)!")
_PLURAL = re.compile(r"\{([^}]*)\}")
LETTERS = 3
# Two-digit years of dictionaries that go back to 1946 (KEDS).
CENTURY_FROM = 46
BLOCKS_A_FILE = 100_000


@dataclass(slots=True)
class Dictionaries:
    """What a folder of dictionaries holds: names with their terms, kinds of people, discards.

    `agents` are the kinds of people by their words as written, with their codes, "~" where an actor's
    goes ("~GOV", "NGO~"). `faults` are the lines that were set aside: dictionaries of many years have some.
    """

    names: list[tuple[str, Form, Known]] = field(default_factory=list)
    roles: dict[str, Role] = field(default_factory=dict)
    agents: dict[str, str] = field(default_factory=dict)
    verbs: VerbBook = field(default_factory=VerbBook)
    sentence_discards: list[str] = field(default_factory=list)
    article_discards: list[str] = field(default_factory=list)
    faults: list[DatelineError] = field(default_factory=list)


@lru_cache(maxsize=1)
def _plover_sectors() -> dict[str, str]:
    """CAMEO's sector codes → PLOVER's."""
    known = {code: code for code in sectors()}
    for row in read_table("actors", "cameo_sectors.tsv", required=("cameo", "plover")):
        known[row["cameo"]] = row["plover"]
    return known


def _words(text: str) -> str:
    return " ".join(text.replace("_", " ").split()).title()


def _day(text: str, place: str) -> dt.date:
    full = text if len(text) == 8 else ("19" if int(text[:2]) >= CENTURY_FROM else "20") + text
    try:
        return dt.datetime.strptime(full, "%Y%m%d").date()
    except ValueError as error:
        raise DatelineError(Problem.BAD_LINE, place, f"{text!r} is no day YYMMDD or YYYYMMDD") from error


def _sectors(code: str) -> tuple[str, ...]:
    """The PLOVER sectors in the letters of a CAMEO code, in order."""
    parts = (code[i : i + LETTERS] for i in range(0, len(code), LETTERS))
    known = _plover_sectors()
    return tuple(dict.fromkeys(known[p] for p in parts if p in known))


def code_parts(code: str) -> tuple[str | None, tuple[str, ...]]:
    """The country or kind and the PLOVER sectors of a CAMEO actor's code: "GDLCOP" is (GDL, (COP,))."""
    country = code[:LETTERS]
    return (None if country == "-" * LETTERS else country or None), _sectors(code[LETTERS:])


def _term(match: re.Match[str], place: str) -> Term:
    code = match[1].upper()
    start = end = None
    if match[2] == "<":
        end = _day(match[3], place) - dt.timedelta(days=1)
    elif match[2] == ">":
        start = _day(match[3], place)
    elif match[4]:
        start, end = _day(match[4], place), _day(match[5], place)
    found = _sectors(code[LETTERS:])
    return Term(
        code=code[:LETTERS] or None,
        sector=found[0] if found else None,
        other_sectors=found[1:],
        start=start,
        end=end,
        cameo=code,
    )


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    """(place, line without comment) of each line that says something."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise DatelineError(Problem.UNREADABLE, str(path), str(error.strerror).lower()) from error
    text = _XML_COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)
    for number, line in enumerate(text.splitlines(), 1):
        line = _COMMENT.sub("", line).rstrip()
        if line.strip() and not line.lstrip().startswith("<"):
            yield f"{path}:{number}", line


def read_actors(path: Path, faults: list[DatelineError]) -> Iterator[tuple[str, Form, Known]]:
    """The names of an actor dictionary, each with the entry it belongs to.

    An entry without a code or with a malformed period is added to `faults`, with its file and line.
    """
    names: list[str] = []
    terms: list[Term] = []
    opened = ""

    def entry() -> Iterator[tuple[str, Form, Known]]:
        if names and not terms:
            faults.append(DatelineError(Problem.BAD_LINE, opened, f"{names[0]} has no code"))
        elif names:
            known = Known(names[0], Kind.ORGANISATION, None, tuple(terms))
            yield from ((name, Form.NAME, known) for name in dict.fromkeys(names))

    for place, line in _lines(path):
        name = _words(line.partition("[")[0].lstrip("+ \t"))
        if name and not line.startswith(("+", "\t", " ")):
            yield from entry()
            names, terms, opened = [], [], place
        if name:
            names.append(name)
        for code in _CODE.finditer(line):
            try:
                terms.append(_term(code, place))
            except DatelineError as fault:
                faults.append(fault)
    yield from entry()


def read_agents(path: Path, faults: list[DatelineError]) -> Iterator[tuple[str, Role, str]]:
    """The kinds of people of an agent dictionary, by their lower-case words, plurals too, with their codes.

    A line with neither code nor definition is added to `faults`, with its file and line.
    """
    marks: dict[str, list[str]] = {}
    for place, line in _lines(path):
        if line.startswith("!") and "=" in line:
            mark, _, words = line.partition("=")
            marks[mark.strip().strip("!")] = [w.strip() for w in words.split(",") if w.strip()]
            continue
        code = _CODE.search(line)
        nouns = [line.partition("[")[0].partition("{")[0].strip()]
        before = "~" in line.partition("[")[2].partition(code[1])[0] if code else False
        unknown = [m for m in _MARK.findall(line) if m not in marks]
        if code is None or unknown:
            what = f"!{unknown[0]}! is not defined above" if unknown else "no code in square brackets"
            faults.append(DatelineError(Problem.BAD_LINE, place, what))
            continue
        stated = _PLURAL.search(line)
        if stated and stated[1].strip():
            nouns.append(stated[1].strip())
        elif stated is None:
            nouns.append(_plural(nouns[0]))
        found = _sectors(code[1].upper())
        for noun in (n for pattern in nouns for n in _spelled(pattern, marks)):
            written = f"~{code[1].upper()}" if before else f"{code[1].upper()}~"
            yield noun, Role(noun, found[0] if found else None, found[1:]), written


def _spelled(pattern: str, marks: dict[str, list[str]]) -> Iterator[str]:
    """A pattern with each of its marks' words put in."""
    parts = _MARK.split(pattern)
    choices = [marks[p] if i % 2 else [p] for i, p in enumerate(parts)]
    for choice in product(*choices):
        yield _words("".join(choice)).lower().replace("-", " ")


def _plural(noun: str) -> str:
    """The regular plural, which the dictionaries leave out."""
    if noun.endswith("Y"):
        return f"{noun[:-1]}IES"
    return f"{noun}ES" if noun.endswith("SS") else f"{noun}S"


def _verbs(paths: list[Path], faults: list[DatelineError]) -> VerbBook:
    """The verb dictionaries of the newest version among `paths`: a folder may keep its old ones."""
    newest = max(map(version, paths), default=())
    book = merged(
        read_verbs(path, number * BLOCKS_A_FILE)
        for number, path in enumerate(p for p in paths if version(p) == newest)
    )
    faults += book.faults
    return book


def load_dictionaries(folder: Path) -> Dictionaries:
    """The actor, agent, verb and discard dictionaries of a folder, by their names (`*actors*.txt` …).

    Raises `DatelineError` where the folder is missing or holds none.
    """
    if not folder.is_dir():
        raise DatelineError(Problem.MISSING, str(folder))
    found = Dictionaries()
    files = sorted(p for p in folder.iterdir() if p.suffix == ".txt")
    for path in files:
        kind = path.name.lower()
        if "agents" in kind:
            for noun, role, code in read_agents(path, found.faults):
                found.roles[noun], found.agents[noun] = role, code
        elif "actors" in kind:
            found.names.extend(read_actors(path, found.faults))
        elif "discard" in kind:
            for _, line in _lines(path):
                target = found.article_discards if line.startswith("+") else found.sentence_discards
                target.append(_words(line.lstrip("+")).lower())
    found.verbs = _verbs([p for p in files if "verbs" in p.name.lower()], found.faults)
    if not (found.names or found.roles or found.verbs.verbs):
        raise DatelineError(
            Problem.BAD_OPTION,
            str(folder),
            "no file *actors*.txt, *agents*.txt or *verbs*.txt is in the folder",
        )
    return found
