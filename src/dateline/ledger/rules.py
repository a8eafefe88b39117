"""The ledger's tables: what is a pledge, which act fulfils it, and the words that say what became of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dateline.knowledge.tables import Row, read_table
from dateline.ledger.columns import KINDS, OUTCOMES
from dateline.ledger.limits import limits
from dateline.ledger.words import alternatives, any_of

GROUPS = {"promise": "promise", "offer": "promise", "plan": "promise", "threat": "threat", "demand": "demand"}
CUES = (*OUTCOMES, "postponed", "refused", "undone", "done")
DOERS = ("doer", "actor", "recipient", "none")


@dataclass(frozen=True, slots=True)
class Act:
    """What fulfils a pledge: whose act, of which types (the likeliest first), which types break it, and
    whether the later passage must name what was pledged."""

    doer: str
    fulfil: tuple[str, ...]
    mode: str
    breaks: tuple[str, ...]
    names_object: bool


@dataclass(frozen=True, slots=True)
class Kind:
    """A line of `kinds.tsv`."""

    kind: str
    types: frozenset[str]
    cameo: tuple[str, ...]
    future: bool
    words: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Noun:
    """What pledges a class of nouns can mean; empty sets: any."""

    words: tuple[str, ...]
    kinds: frozenset[str]
    types: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that say what became of a pledge. `noun` is None where they need no object."""

    outcome: str
    doer: str
    pattern: re.Pattern[str]
    noun: Noun | None
    line: str
    verb: re.Pattern[str]


def _types() -> frozenset[str]:
    return frozenset(row["type"] for row in read_table("codebook", "types.tsv", required=("type",)))


def _checked(row: Row, column: str, known: Sequence[str] | frozenset[str]) -> tuple[str, ...]:
    for value in row.many(column):
        if value not in known:
            raise row.bad(f"{column} {value!r} is none of {', '.join(sorted(known))}")
    return row.many(column)


@lru_cache(maxsize=1)
def acts() -> dict[tuple[str, str], Act]:
    """The acts of `fulfil.tsv` by (group, beginning of the code). Raises `DatelineError`: BAD_KNOWLEDGE."""
    found = {}
    needed = ("pledge", "cameo", "doer", "fulfil", "mode", "break", "object")
    for row in read_table("ledger", "fulfil.tsv", required=needed):
        _checked(row, "pledge", frozenset(GROUPS.values()))
        _checked(row, "doer", ("actor", "recipient"))
        _checked(row, "object", ("yes", "no"))
        if not row["cameo"].isdigit() or not row["fulfil"]:
            raise row.bad("it needs the beginning of a CAMEO code and a type")
        types = _types()
        found[row["pledge"], row["cameo"]] = Act(
            row["doer"],
            _checked(row, "fulfil", types),
            row["mode"],
            _checked(row, "break", types),
            row["object"] == "yes",
        )
    return found


@lru_cache(maxsize=4096)
def act_of(kind: str, cameo: str) -> Act | None:
    """What fulfils a pledge of this kind whose event has this CAMEO code; None where no line holds."""
    for length in range(len(cameo), 0, -1):
        found = acts().get((GROUPS[kind], cameo[:length]))
        if found:
            return found
    return None


@lru_cache(maxsize=1)
def kinds() -> tuple[Kind, ...]:
    """The lines of `kinds.tsv`. Raises `DatelineError`: BAD_KNOWLEDGE."""
    found = []
    for row in read_table("ledger", "kinds.tsv", required=("kind", "type", "cameo", "aux", "words")):
        _checked(row, "kind", ("-", *KINDS))
        _checked(row, "aux", ("future",))
        words = row.many("words")
        pattern = re.compile(rf"\b(?:{alternatives(words)})(?!\w)", re.IGNORECASE) if words else None
        types = frozenset(_checked(row, "type", _types()))
        found.append(Kind(row["kind"], types, row.many("cameo"), row["aux"] == "future", pattern))
    return tuple(found)


@lru_cache(maxsize=1)
def _nouns() -> dict[str, Noun]:
    found = {}
    for row in read_table("ledger", "classes.tsv", required=("name", "words", "kinds", "types")):
        its_kinds, its_types = _checked(row, "kinds", KINDS), _checked(row, "types", _types())
        found[f"@{row['name']}"] = Noun(row.many("words"), frozenset(its_kinds), frozenset(its_types))
    return found


@lru_cache(maxsize=1)
def cues() -> tuple[Cue, ...]:
    """The lines of `cues.tsv`, one for each class of objects. Raises `DatelineError`: BAD_KNOWLEDGE."""
    found: list[Cue] = []
    for row in read_table("ledger", "cues.tsv", required=("outcome", "verb", "object", "doer")):
        _checked(row, "outcome", CUES)
        _checked(row, "doer", DOERS)
        verb = alternatives(row.many("verb"))
        classes = _checked(row, "object", frozenset(_nouns()))
        if not verb:
            raise row.bad("it needs a verb")
        alone = re.compile(rf"\b(?:{verb})(?!\w)", re.IGNORECASE)
        for name in classes or ("",):
            noun = _nouns().get(name)
            pattern = re.compile(_expression(verb, noun), re.IGNORECASE)
            found.append(
                Cue(row["outcome"], row["doer"], pattern, noun, f"cues.tsv:{row.line} {name}".strip(), alone)
            )
    return tuple(found)


def _expression(verb: str, noun: Noun | None) -> str:
    if noun is None:
        return rf"\b(?P<verb>{verb})(?!\w)"
    its, window = alternatives(noun.words), int(limits()["window"])
    between = rf"(?:\W+\w[\w'’-]*){{0,{window}}}?\W+"
    active = rf"\b(?P<verb>{verb})(?!\w){between}(?P<noun>{its})(?!\w)"
    helping = r"(?:was|were|is|are|been|being|be)\W+(?:\w+\W+)?"
    passive = rf"\b(?P<noun2>{its})(?!\w){between.replace('?', '', 0)}{helping}(?P<verb2>{verb})(?!\w)"
    return f"{active}|{passive}"


@lru_cache(maxsize=1)
def any_cue() -> re.Pattern[str]:
    """One expression that every passage with a cue fits, so that most passages are soon left aside."""
    rows = read_table("ledger", "cues.tsv", required=("verb",))
    verbs = [v for row in rows for v in row.many("verb")]
    return re.compile(rf"\b(?:{alternatives(verbs)})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=1)
def spoilers() -> re.Pattern[str]:
    """Words before a cue that take it back."""
    return any_of("ledger", "spoilers.tsv")


@lru_cache(maxsize=1)
def parts() -> re.Pattern[str]:
    """Words that tell of a part of what was pledged."""
    return any_of("ledger", "parts.tsv")


def cues_in(text: str) -> Iterator[tuple[Cue, int, int]]:
    """The cues of a passage, with the characters of their verbs; what a word before takes back is none."""
    if not any_cue().search(text):
        return
    guard = int(limits()["guard"])
    # The cues of one line share its verbs, which are looked for once.
    there: dict[str, bool] = {}
    for cue in cues():
        if cue.verb.pattern not in there:
            there[cue.verb.pattern] = cue.verb.search(text) is not None
        if not there[cue.verb.pattern]:
            continue
        for match in cue.pattern.finditer(text):
            verb = "verb" if match["verb"] else "verb2"
            before = " ".join(text[: match.start(verb)].split()[-guard:])
            # A clause that ends before the cue does not reach it.
            before = re.split(r"[,;:]|\bafter\b|\bbut\b|\bwhile\b", before)[-1]
            if not spoilers().search(before):
                yield cue, match.start(verb), match.end(verb)
                break
