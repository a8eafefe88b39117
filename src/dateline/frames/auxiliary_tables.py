"""The tables behind `frames.auxiliary`: governors, modals, negators and constructions, checked when read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from dateline.knowledge.tables import Row, read_table

CERTAIN = 3.0
FORMS = frozenset({"", "inf", "that", "wh", "ing", "noun", "subj", "of", "content"})
KINDS = frozenset({"modal", "adverb", "condition", "link", "frame", "prep", "modifier", "day"})
ROLES = frozenset({"particle", "adverb", "determiner", "pronoun", "coordinator", "spared"})
MODES = frozenset({"future", "hypothetical", "negation"})


@dataclass(frozen=True, slots=True)
class Governor:
    """A line of governors.tsv: what the governed event is worth, by the governor's own standing."""

    affirmed: float
    negated: float
    unsure: float
    first: float
    aux: frozenset[str]
    aux_negated: frozenset[str]

    @property
    def presupposes(self) -> bool:
        """Whether the event is a fact however the governor stands ("knows that", "condemned")."""
        return min(self.affirmed, self.negated, self.unsure) >= CERTAIN / 2

    def at(self, value: float, first: bool) -> float:
        """The event's factuality where the governor's own is `value`; `first`: the writer denies it."""
        end = self.affirmed if value >= 0 else self.first if first else self.negated
        return self.unsure + (end - self.unsure) * abs(value) / CERTAIN


@dataclass(frozen=True, slots=True)
class Effect:
    """What a word or construction says of its event: auxiliary modes, and factuality (-3 … 3).

    `negated` and `aux_negated` hold where a negation stands with the word.
    """

    aux: frozenset[str]
    factuality: float
    negated: float
    aux_negated: frozenset[str] = frozenset()


def _number(row: Row, column: str, default: float | None = None) -> float:
    if default is not None and not row[column]:
        return default
    try:
        value = float(row[column])
    except ValueError as error:
        raise row.bad(f"{column} is {row[column]!r}, not a number") from error
    if not -CERTAIN <= value <= CERTAIN:
        raise row.bad(f"{column} is {value}, not in -3..3")
    return value


def _modes(row: Row, column: str) -> frozenset[str]:
    modes = frozenset(row.many(column))
    if not modes <= MODES:
        raise row.bad(f"{row[column]!r} in {column} is no auxiliary mode")
    return modes


@lru_cache(maxsize=1)
def governors() -> Mapping[tuple[str, str], Governor]:
    """What each governing word says of what it governs, by word and form."""
    found: dict[tuple[str, str], Governor] = {}
    columns = ("words", "form", "affirmed", "negated", "unsure", "first", "aux", "aux_negated")
    for row in read_table("auxiliary", "governors.tsv", required=columns):
        if row["form"] not in FORMS:
            raise row.bad(f"there is no form {row['form']!r}")
        negated = _number(row, "negated")
        governor = Governor(
            _number(row, "affirmed"),
            negated,
            _number(row, "unsure"),
            _number(row, "first", negated),
            _modes(row, "aux"),
            _modes(row, "aux_negated"),
        )
        for word in row.many("words"):
            if (word, row["form"]) in found:
                raise row.bad(f"{word!r} has that form already")
            found[word, row["form"]] = governor
    return found


@lru_cache(maxsize=1)
def words() -> Mapping[str, Mapping[str, Effect]]:
    """What modals, adverbs and conjunctions say, by kind and word."""
    found: dict[str, dict[str, Effect]] = {kind: {} for kind in sorted(KINDS)}
    for row in read_table(
        "auxiliary", "modals.tsv", required=("word", "kind", "aux", "factuality", "negated")
    ):
        if row["kind"] not in KINDS:
            raise row.bad(f"there is no kind {row['kind']!r}")
        value = _number(row, "factuality")
        negated = _number(row, "negated", -value)
        effect = Effect(_modes(row, "aux"), value, negated, _modes(row, "aux_negated"))
        found[row["kind"]][row["word"]] = effect
    return found


@lru_cache(maxsize=1)
def negators() -> Mapping[str, frozenset[str]]:
    """The words of negation, by role."""
    found: dict[str, set[str]] = {role: set() for role in sorted(ROLES)}
    for row in read_table("auxiliary", "negation.tsv", required=("word", "role")):
        if row["role"] not in ROLES:
            raise row.bad(f"there is no role {row['role']!r}")
        found[row["role"]].add(row["word"])
    return {role: frozenset(known) for role, known in found.items()}


@lru_cache(maxsize=1)
def constructions() -> Mapping[str, Effect]:
    """What each construction says of its event, by name."""
    found: dict[str, Effect] = {}
    for row in read_table("auxiliary", "constructions.tsv", required=("construction", "factuality", "aux")):
        value = _number(row, "factuality")
        found[row["construction"]] = Effect(_modes(row, "aux"), value, -value)
    return found


@dataclass(frozen=True, slots=True)
class Happenings:
    """The nouns that name something happening: by the word, or by an ending that makes nouns of verbs."""

    words: frozenset[str]
    things: frozenset[str]
    endings: tuple[str, ...]

    def __contains__(self, lemma: object) -> bool:
        if not isinstance(lemma, str):
            return False
        return lemma in self.words or (lemma.endswith(self.endings) and lemma not in self.things)


@lru_cache(maxsize=1)
def happenings() -> Happenings:
    """The table of nouns and endings."""
    found: dict[str, list[str]] = {"word": [], "thing": [], "ending": []}
    for row in read_table("auxiliary", "happenings.tsv", required=("nouns", "kind")):
        if row["kind"] not in found:
            raise row.bad(f"there is no kind {row['kind']!r}")
        found[row["kind"]] += row.many("nouns")
    return Happenings(frozenset(found["word"]), frozenset(found["thing"]), tuple(found["ending"]))
