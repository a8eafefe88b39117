"""What the lexicon holds: entries, light verbs, compositions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slot:
    """One condition on a frame: something stands in slot `name` (or, `absent`, nothing does).

    `words` are the lemmas allowed there, all where it is empty; `actor` asks for an actor.
    """

    name: str
    words: frozenset[str]
    actor: bool
    absent: bool

    @property
    def weight(self) -> int:
        """How much the condition narrows: 2 with a value, 1 without (contract of the lexicon)."""
        return 2 if self.words or self.actor else 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of verbs/ or nouns/: names, conditions, where the sides stand, and what it codes to.

    One of `cameo` (with `event`, `modes`, `contexts`) and `operator` is set, or neither for a veto.
    `by` and `to` name slots; empty means the default order. `weight` ranks entries that all match.
    """

    names: tuple[str, ...]
    needs: tuple[Slot, ...]
    by: tuple[str, ...]
    to: tuple[str, ...]
    cameo: str
    operator: str
    event: str | None
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    free: bool
    veto: bool
    source: str

    def weight(self, name: str) -> int:
        """Rank when found under `name`: the words of the name and the conditions."""
        return name.count(" ") + sum(slot.weight for slot in self.needs)


@dataclass(frozen=True, slots=True)
class Light:
    """A verb that lends a noun in `slot` its clause, and where that noun's sides then stand."""

    slot: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Composition:
    """What an operator makes of an event: another one, or (`cameo` "=") the same with `aux` added."""

    embedded: str
    cameo: str
    event: str | None
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    aux: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Lexicon:
    """All of it, keyed by lemma (verbs, nouns, light) or operator (composition).

    `recipients` are the slots in which a recipient stands by default, by kind of entry, best first.
    """

    verbs: Mapping[str, tuple[Entry, ...]]
    nouns: Mapping[str, tuple[Entry, ...]]
    light: Mapping[str, tuple[Light, ...]]
    composition: Mapping[str, tuple[Composition, ...]]
    classes: Mapping[str, frozenset[str]]
    event_nouns: frozenset[str]
    recipients: Mapping[str, tuple[str, ...]]

    def compose(self, operator: str, cameo: str, event: str | None) -> Composition | None:
        """The most specific row for an operator over an event: CAMEO prefix, type, `*`."""
        best: Composition | None = None
        for row in self.composition.get(operator, ()):
            if not (
                row.embedded in (event, "*") or (row.embedded[0].isdigit() and cameo.startswith(row.embedded))
            ):
                continue
            if best is None or _rank(row.embedded) > _rank(best.embedded):
                best = row
        return best

    def compose_none(self, operator: str) -> Composition | None:
        """The row for an operator over something that is no event."""
        return next((r for r in self.composition.get(operator, ()) if r.embedded == "none"), None)


def _rank(embedded: str) -> int:
    if embedded == "*":
        return 0
    return 1 + len(embedded) if embedded[0].isdigit() else 1
