"""What a frame was read as: an event type with the tokens of its sides."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.frames.frame import Frame


@dataclass(frozen=True, slots=True)
class Reading:
    """A frame coded by the lexicon, its sides still token indices.

    `by` and `to` are heads of phrases; `both` says that all sides act. `heads` are the predicates
    that make up the act, outermost first; `consumed` those among them or below that are no events
    of their own. `aux` is what operators add, `operators` their names. `vague` says that what is
    promised or asked is no event of the lexicon's, `by_arms` that a weapon acts whose owner is
    untold, `by_speaker` that the actor is whoever says so. `happening` is a noun such as "the
    incident" that stands for an event told before, whose doer is the recipient. `doerless` says that
    there is no doer and the entry asks for none ("a bomb exploded"). `why` names the entries that
    decided.
    """

    frame: Frame
    cameo: str
    event: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    by: tuple[int, ...]
    to: tuple[int, ...]
    both: bool
    heads: tuple[int, ...]
    consumed: frozenset[int]
    aux: frozenset[str]
    why: str
    weight: int
    operators: tuple[str, ...] = ()
    vague: bool = False
    by_speaker: bool = False
    by_arms: bool = False
    happening: int | None = None
    doerless: bool = False
