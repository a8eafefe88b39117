"""The knowledge of time expressions: words, shapes, units, named days and the rules over them.

A rule's pattern is a list of elements parted by spaces. An element is a word, a `{class}` of
`words.tsv` or `patterns.tsv`, or several of them parted by `|`; `?` after it makes it optional.
`(` and `)` or `)?` put elements together, a lone `|` parts alternatives. `{class:name}` names what
was matched where a class stands twice, `{class:_}` leaves it without a name. A rule is tried on a
run of time words that holds a word of one of the rule's `core` classes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from dateline.errors import DatelineError, Problem
from dateline.knowledge.tables import Row, read_table

TYPES = ("DATE", "TIME", "DURATION", "SET")


@dataclass(frozen=True, slots=True)
class Unit:
    """A row of `units.tsv`."""

    prefix: str
    letter: str
    times: int
    grain: str
    days: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A class a word belongs to, and the part-of-speech tag and casing it needs for it."""

    kind: str
    tag: str
    capital: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of `rules.tsv`: `make` names a function of `times_values`, `argument` is what it is given."""

    name: str
    order: int
    core: tuple[str, ...]
    pattern: re.Pattern[str]
    type: str
    make: str
    argument: str


@dataclass(frozen=True)
class Tables:
    """All tables. `values[class][word]` is a word's value; `vocabulary[word]` the classes it closes or is.

    Words of several tokens enter the vocabulary token by token, as class "glue".
    """

    values: Mapping[str, Mapping[str, str]]
    vocabulary: Mapping[str, tuple[Entry, ...]]
    shapes: Mapping[str, re.Pattern[str]]
    units: Mapping[str, Unit]
    holidays: Mapping[str, str]
    rules: tuple[Rule, ...]
    left: frozenset[tuple[str, ...]]
    counted: frozenset[tuple[str, ...]]
    right: frozenset[tuple[str, ...]]

    @cached_property
    def by_core(self) -> Mapping[str, tuple[Rule, ...]]:
        """The rules by the class that must be present, in file order."""
        found: dict[str, list[Rule]] = {}
        for rule in self.rules:
            for core in rule.core:
                found.setdefault(core, []).append(rule)
        return {core: tuple(rules) for core, rules in found.items()}


def _alternatives(words: list[str]) -> str:
    return "|".join(re.escape(word + " ") for word in sorted(words, key=lambda w: (-len(w), w)))


class _Compiler:
    """Turns patterns into regular expressions over words each followed by a space."""

    def __init__(self, values: Mapping[str, Mapping[str, str]], shapes: Mapping[str, str]) -> None:
        self.parts = {kind: [_alternatives(list(words))] for kind, words in values.items()}
        for kind, shape in shapes.items():
            self.parts.setdefault(kind, []).append(f"(?:{shape}) ")
        for row in read_table("times", "phrases.tsv", required=("class", "pattern")):
            self.parts[row["class"]] = [self.source(row, named=False)]

    def source(self, row: Row, named: bool = True) -> str:
        """The row's pattern as a regular expression; classes are groups where `named`."""
        done = []
        for element in row["pattern"].split():
            if element in ("(", "|", ")", ")?", ")*"):
                done.append("(?:" if element == "(" else element)
                continue
            optional = element.endswith("?")
            choices = [self._choice(part, row, named) for part in element.removesuffix("?").split("|")]
            done.append(f"(?:{'|'.join(choices)})" + ("?" if optional else ""))
        return "".join(done)

    def pattern(self, row: Row) -> re.Pattern[str]:
        """The row's pattern, to be found at the beginning of a word."""
        try:
            return re.compile("(?<!\\S)(?:" + self.source(row) + ")")
        except re.error as error:
            raise row.bad(f"the pattern does not compile ({error})") from error

    def _choice(self, part: str, row: Row, named: bool) -> str:
        if not (part.startswith("{") and part.endswith("}")):
            return re.escape(part + " ")
        kind, _, name = part[1:-1].partition(":")
        if kind not in self.parts:
            raise row.bad(f"there is no class {kind}")
        return (f"(?P<{name or kind}>" if named and name != "_" else "(?:") + "|".join(self.parts[kind]) + ")"


def _words() -> tuple[dict[str, dict[str, str]], dict[str, list[Entry]]]:
    values: dict[str, dict[str, str]] = {}
    vocabulary: dict[str, list[Entry]] = {}
    for row in read_table("times", "words.tsv", required=("class", "words", "value", "tag", "case")):
        if row["case"] not in ("", "cap"):
            raise row.bad(f"case is empty or cap, not {row['case']}")
        for word in row.many("words"):
            values.setdefault(row["class"], {}).setdefault(word, row["value"])
            entry = Entry(row["class"], row["tag"], row["case"] == "cap")
            _enter(vocabulary, word, entry)
    return values, vocabulary


def _enter(vocabulary: dict[str, list[Entry]], word: str, entry: Entry) -> None:
    # The class is put on the last word: that is where "at the moment" differs from "at the bank".
    *rest, last = word.split()
    vocabulary.setdefault(last, []).append(entry)
    for part in rest:
        vocabulary.setdefault(part, []).append(Entry("glue", "", False))


@lru_cache(maxsize=1)
def tables() -> Tables:
    """The tables, loaded once. Raises `DatelineError` where a row is wrong."""
    values, vocabulary = _words()
    shapes = {
        r["class"]: r["regex"] for r in read_table("times", "patterns.tsv", required=("class", "regex"))
    }
    units = {
        r["unit"]: Unit(r["prefix"], r["letter"], int(r["times"]), r["grain"], int(r["days"]))
        for r in read_table(
            "times", "units.tsv", required=("unit", "prefix", "letter", "times", "grain", "days")
        )
    }
    if strange := sorted(set(values["unit"].values()) - set(units)):
        raise DatelineError(Problem.BAD_KNOWLEDGE, "times/words.tsv", f"there is no unit {strange[0]}")
    holidays = {}
    for row in read_table("times", "holidays.tsv", required=("name", "when")):
        for name in row.many("name"):
            holidays[name] = row["when"]
            _enter(vocabulary, name, Entry("holiday", "", name != "9/11"))
    values["holiday"] = holidays
    sides: dict[str, set[tuple[str, ...]]] = {"left": set(), "count": set(), "right": set()}
    for row in read_table("times", "modifiers.tsv", required=("side", "words")):
        if row["side"] not in sides:
            raise row.bad(f"side is left, count or right, not {row['side']}")
        sides[row["side"]].update(tuple(words.split()) for words in row.many("words"))
    rules = _rules(_Compiler(values, shapes), vocabulary)
    return Tables(
        values,
        {word: tuple(dict.fromkeys(entries)) for word, entries in vocabulary.items()},
        {kind: re.compile(shape) for kind, shape in shapes.items()},
        units,
        holidays,
        rules,
        frozenset(sides["left"]),
        frozenset(sides["left"] | sides["count"]),
        frozenset(sides["right"]),
    )


def _rules(compiler: _Compiler, vocabulary: dict[str, list[Entry]]) -> tuple[Rule, ...]:
    """The rules in file order; the words in their patterns enter the vocabulary."""
    rules: list[Rule] = []
    columns = ("name", "core", "pattern", "type", "make", "argument")
    for row in read_table("times", "rules.tsv", required=columns):
        if row["type"] not in TYPES:
            raise row.bad(f"there is no type {row['type']}")
        for core in row.many("core"):
            if core not in compiler.parts:
                raise row.bad(f"there is no class {core}")
        rules.append(
            Rule(
                row["name"],
                len(rules),
                row.many("core"),
                compiler.pattern(row),
                row["type"],
                row["make"],
                row["argument"],
            )
        )
        for element in row["pattern"].replace("?", "").split():
            for word in element.split("|"):
                if word and not word.startswith("{") and word not in ("(", ")", "|"):
                    vocabulary.setdefault(word, []).append(Entry("glue", "", False))
    return tuple(rules)
