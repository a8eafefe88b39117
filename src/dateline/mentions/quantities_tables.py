"""The tables of quantities, loaded once and checked: number words, bounds, units and roles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from dateline.knowledge.tables import Row, read_table

ROLES = frozenset(
    (
        *("dead", "injured", "arrested", "missing", "displaced", "troops", "protesters", "money", "hostages"),
        *("released", "vehicles", "aircraft"),
    )
)
BOUNDS = frozenset({"exact", "at least", "at most", "about"})
NUMBER_KINDS = frozenset(
    ("unit", "tens", "scale", "letter", "vague", "few", "pair", "whole", "none", "half", "fold")
)
FATAL = "fatal"
VICTIM = "victim"
RULE_KINDS = frozenset({"obj", "subj", "adj", "act", "state", "toll", "loss", "deed", FATAL, VICTIM})
DEAD = "dead"
SHOT = "shot"


@dataclass(frozen=True, slots=True)
class NumberWord:
    """A word of numbers.tsv."""

    kind: str
    value: int


@dataclass(frozen=True, slots=True)
class Unit:
    """What a noun counts: the unit's name and the role the noun gives by itself, if any."""

    name: str
    role: str | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of roles.tsv for one of its words."""

    kind: str
    role: str
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that the finder of quantities knows, by word."""

    numbers: Mapping[str, NumberWord]
    before: Mapping[tuple[str, ...], str]
    after: Mapping[tuple[str, ...], str]
    longest: int
    currencies: Mapping[str, str]
    units: Mapping[str, Unit]
    persons: Mapping[str, str]
    pronouns: frozenset[str]
    not_people: frozenset[str]
    times: frozenset[str]
    rules: Mapping[str, tuple[Rule, ...]]
    fatal: frozenset[str]
    victims: frozenset[str]


def _numbers() -> dict[str, NumberWord]:
    found: dict[str, NumberWord] = {}
    for row in read_table("quantities", "numbers.tsv", required=("word", "kind", "value")):
        if row["kind"] not in NUMBER_KINDS or not row["value"].isdigit():
            raise row.bad(f"{row['kind']} {row['value']} is no kind and whole number")
        found[row["word"]] = NumberWord(row["kind"], int(row["value"]))
    return found


def _bounds(name: str) -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for row in read_table("quantities", name, required=("words", "bound")):
        if row["bound"] not in BOUNDS:
            raise row.bad(f"there is no bound {row['bound']!r}")
        found[tuple(row["words"].split())] = row["bound"]
    return found


def _role(row: Row) -> str:
    if row["role"] not in ROLES and row["role"] != SHOT:
        raise row.bad(f"there is no role {row['role']!r}")
    return row["role"]


def _units() -> dict[str, Unit]:
    found: dict[str, Unit] = {}
    for row in read_table("quantities", "units.tsv", required=("unit", "role", "nouns")):
        unit = Unit(row["unit"], _role(row) if row["role"] else None)
        found.update(dict.fromkeys(row.many("nouns"), unit))
    return found


def _rules() -> dict[str, tuple[Rule, ...]]:
    found: dict[str, tuple[Rule, ...]] = {}
    for row in read_table("quantities", "roles.tsv", required=("kind", "slot", "role", "words", "with")):
        kind = row["slot"] if row["kind"] == "verb" else row["kind"]
        if kind not in RULE_KINDS:
            raise row.bad(f"there is no kind {row['kind']!r} with slot {row['slot']!r}")
        rule = Rule(kind, _role(row), frozenset(row.many("with")))
        for word in row.many("words"):
            found[word] = (*found.get(word, ()), rule)
    return found


def _of_kind(rules: Mapping[str, tuple[Rule, ...]], kind: str) -> frozenset[str]:
    return frozenset(w for w, found in rules.items() if any(r.kind == kind for r in found))


@lru_cache(maxsize=1)
def words() -> Words:
    """The tables. Raises `DatelineError` at the first bad line."""
    others = read_table("quantities", "not_people.tsv", required=("kind", "nouns"))
    before, after, rules = _bounds("bounds.tsv"), _bounds("bounds_after.tsv"), _rules()
    return Words(
        numbers=_numbers(),
        before=before,
        after=after,
        longest=max(len(w) for w in (*before, *after)),
        currencies={
            r["word"]: r["unit"]
            for r in read_table("quantities", "currencies.tsv", required=("word", "unit"))
        },
        units=_units(),
        persons={
            r["noun"]: r["sort"] for r in read_table("quantities", "persons.tsv", required=("noun", "sort"))
        },
        pronouns=frozenset(r["word"] for r in read_table("quantities", "pronouns.tsv", required=("word",))),
        not_people=frozenset(n for r in others for n in r.many("nouns")),
        times=frozenset(n for r in others if r["kind"] == "time" for n in r.many("nouns")),
        rules=rules,
        fatal=_of_kind(rules, FATAL),
        victims=_of_kind(rules, VICTIM),
    )


@lru_cache(maxsize=1)
def event_roles() -> Mapping[str, frozenset[str]]:
    """Which roles' numbers belong to each PLOVER event type."""
    found: dict[str, frozenset[str]] = {}
    for row in read_table("quantities", "event_roles.tsv", required=("event", "roles")):
        roles = frozenset(row.many("roles"))
        if not roles <= ROLES:
            raise row.bad(f"there is no role {min(roles - ROLES)!r}")
        found[row["event"]] = roles
    return found
