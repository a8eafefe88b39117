"""A frame: a predicate and its participants, voice undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Frame:
    """A verb, predicate adjective or noun with what depends on it.

    All participants are token indices of phrase heads, coordination written out, relative
    pronouns replaced by what they stand for. `lemmas` are the names the predicate may be looked
    up under, most specific first ("shoot down", "shoot"). `subjects` and `objects` are logical:
    the passive is turned round. `preps` pairs each preposition with its phrases' heads,
    `inner_preps` those of its objects; `complements` are the predicates of its complement
    clauses. A noun's `subjects` are its possessor and by-phrase, its `modifiers` the words before
    it, a verb's its adverbs. `governor` is the verb a noun depends on directly, with the slot it fills there.
    """

    head: int
    kind: Literal["verb", "noun"]
    lemmas: tuple[str, ...]
    subjects: tuple[int, ...] = ()
    objects: tuple[int, ...] = ()
    indirect: tuple[int, ...] = ()
    attributes: tuple[int, ...] = ()
    modifiers: tuple[int, ...] = ()
    preps: tuple[tuple[str, tuple[int, ...]], ...] = ()
    inner_preps: tuple[tuple[str, tuple[int, ...]], ...] = ()
    complements: tuple[int, ...] = ()
    passive: bool = False
    negated: bool = False

    def after(self, preposition: str, inner: bool = True) -> tuple[int, ...]:
        """Heads of the phrases after a preposition; `a/b` means either.

        The predicate's own come first; those inside its object are left out without `inner`.
        """
        names = preposition.split("/")
        pairs = (*self.preps, *self.inner_preps) if inner else self.preps
        return tuple(t for name, tokens in pairs if name in names for t in tokens)
