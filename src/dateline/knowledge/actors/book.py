"""The book of actors: finds known names in a text, and says what a title or a noun for people means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ahocorasick_rs import AhoCorasick

from dateline.knowledge.actors.entries import Form, Kind, Known, Role
from dateline.knowledge.actors.read import (
    Names,
    countries,
    known_names,
    not_names,
    peoples,
    roles,
    shipped_members,
    shipped_names,
    suffixes,
    user_names,
)

# In a text in capitals a name shorter than this is too easily a word.
SHORTEST_IN_CAPITALS = 4
_PLURALS = (("men", "man"), ("women", "woman"), ("ies", "y"), ("ches", "ch"), ("shes", "sh"), ("s", ""))


@dataclass(frozen=True, slots=True)
class Hit:
    """A known name at characters `[start, end)`: what it may name, nearest reading first."""

    start: int
    end: int
    known: tuple[Known, ...]
    form: Form


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    if character.isspace():
        return " "
    if character in "’‘`´":
        return "'"
    if character in "‐‑‒–":
        return "-"
    plain = "".join(c for c in unicodedata.normalize("NFD", character) if not unicodedata.combining(c))
    return plain if len(plain) == 1 else character


def fold(text: str) -> str:
    """The text without accents, with plain quotes, hyphens and spaces; as long as before."""
    if text.isascii():
        return re.sub(r"\s", " ", text)
    return "".join(map(_fold_character, text))


def surname(words: Sequence[str]) -> str:
    """The last name in a person's name: Duarte of "Pedro Duarte Jr."."""
    last = len(words) - 1
    while last > 0 and words[last].rstrip(",") in suffixes():
        last -= 1
    return words[last].rstrip(",")


class ActorBook:
    """Known names, titles and kinds of people; `load` gives the shipped ones."""

    def __init__(
        self,
        names: Names,
        by_code: dict[str, Known],
        role_of: dict[str, Role],
        members: Mapping[str, tuple[str, ...]],
    ) -> None:
        self._names = names
        self._by_code = by_code
        self._roles = role_of
        self._members = members
        self._readings: dict[str, list[tuple[Known, Form]]] = {}
        self._surnames: dict[str, dict[str, Known]] = {}
        self._people: dict[str, list[Known]] = {}
        for text, form, known in names:
            self._add(fold(text), form, known)
        for text in not_names():
            self._readings.setdefault(fold(text), [])
            self._readings.setdefault(fold(text).upper(), [])
        self._longest = list(self._readings)
        self._matcher = AhoCorasick(self._longest)

    def _add(self, text: str, form: Form, known: Known) -> None:
        words = text.split()
        if not words:
            return
        if known.kind is Kind.PERSON:
            self._surnames.setdefault(surname(words), {}).setdefault(known.name, known)
            if form is Form.NAME and text == fold(known.name):
                for code in dict.fromkeys(term.code for term in known.terms if term.code):
                    self._people.setdefault(code, []).append(known)
            if len(words) == 1:
                return
        forms = [text]
        if len(text) >= SHORTEST_IN_CAPITALS and text.upper() != text:
            forms.append(text.upper())
        for each in forms:
            readings = self._readings.setdefault(each, [])
            if (known, form) not in readings:
                readings.append((known, form))

    @classmethod
    def load(cls, extra_files: Sequence[Path] = ()) -> ActorBook:
        """The shipped book, with the rows of `extra_files` (see `read.user_names`) put before its own.

        Raises `DatelineError` with file and line for a bad row. The shipped book is read once.
        """
        book = _shipped()
        if extra_files:
            book = book.with_entries(known_names(row for path in extra_files for row in user_names(path)))
        return book

    def with_entries(self, names: Names, roles: Mapping[str, Role] | None = None) -> ActorBook:
        """A book that also knows `names` (form, kind of form, entry) and `roles` (kinds of people by
        their words), which win over its own.
        """
        known = [*names, *self._names]
        return ActorBook(known, self._by_code, {**self._roles, **(roles or {})}, self._members)

    def country(self, code: str | None) -> Known | None:
        """The country of that code."""
        return self._by_code.get(code) if code else None

    def members(self, name: str) -> tuple[str, ...]:
        """The codes of the states (and bodies) that are members of the organisation called `name`.

        Any of its names will do; members are those of 2026, whatever the article's day (see
        `organisations.tsv`). Empty where the name is unknown, or the members are.
        """
        for known in self.named(name):
            if known.kind is Kind.ORGANISATION:
                return self._members.get(known.name, ())
        return ()

    def find(self, text: str) -> list[Hit]:
        """The known names in a text: whole words, longest first, none overlapping, in order."""
        folded = fold(text)
        found: list[tuple[int, int, int]] = []
        for pattern, start, end in self._matcher.find_matches_as_indexes(folded, overlapping=True):
            if start and folded[start - 1].isalnum() and folded[start].isalnum():
                continue
            if end < len(folded) and folded[end].isalnum() and folded[end - 1].isalnum():
                continue
            found.append((start, -end, pattern))
        hits: list[Hit] = []
        reached = 0
        for start, minus_end, pattern in sorted(found):
            if start >= reached:
                reached = -minus_end
                readings = self._readings[self._longest[pattern]]
                if not readings:
                    continue
                hits.append(Hit(start, reached, tuple(k for k, _ in readings), readings[0][1]))
        return hits

    def named(self, text: str) -> tuple[Known, ...]:
        """What a whole text names, as written or but for its case."""
        return tuple(known for known, _ in self._readings.get(fold(text), ()))

    def people_called(self, surname: str) -> tuple[Known, ...]:
        """The known people with that last name."""
        return tuple(self._surnames.get(fold(surname), {}).values())

    def people_of(self, code: str) -> Sequence[Known]:
        """The known people who at some time stood for the country or organisation of that code."""
        return self._people.get(code, ())

    def role(self, words: Iterable[str]) -> Role | None:
        """The title or kind of people that the words name: the last word in singular or plural."""
        phrase = " ".join(w for word in words if (w := word.replace(".", "")))
        phrase = phrase.replace(" '", "'").replace(" - ", " ").replace("-", " ")
        role = self._roles.get(phrase)
        if role is not None:
            return role
        phrase = phrase.lower()
        role = self._roles.get(phrase)
        if role is not None:
            return role
        for plural, singular in _PLURALS:
            if phrase.endswith(plural):
                role = self._roles.get(phrase[: -len(plural)] + singular)
                if role is not None:
                    return role
        return None


@lru_cache(maxsize=1)
def _shipped() -> ActorBook:
    country_names, by_code = countries()
    names = [*country_names, *known_names(shipped_names()), *peoples()]
    return ActorBook(names, by_code, roles(), shipped_members(by_code))
