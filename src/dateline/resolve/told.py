"""A telling: one passage's event, all its fields resolved, before tellings are joined."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dateline.record import Attribution, Aux, Entity, Place, Precision, Telling


@dataclass(frozen=True, slots=True)
class Told:
    """One passage's event; `also` are further types that one act has ("jailed" is a conviction too).

    `mention` is where it stands; `sentence` its sentence's number; `event_text` the words of the
    act; `heads` its predicates' tokens; `content` the lemma that says what was done or promised;
    `own_dictionary` that a user's dictionary coded it, which then has the last word on its sides and code;
    `repeated` that it is a plural noun ("raids"), `noun` that it is a noun,
    `clause` that a clause tells it; `weight` how specific the
    lexicon entry was; `share` what lexicon and encoder together give its type, where both were asked.
    Days are None where the text gives none; `dated` says that a time expression, and not the day of
    publication alone, gave them.
    """

    event: str
    also: tuple[str, ...]
    cameo: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    actor: tuple[Entity, ...]
    recipient: tuple[Entity, ...]
    aux: tuple[Aux, ...]
    first_day: dt.date | None
    last_day: dt.date | None
    precision: Precision
    dated: bool
    place: Place | None
    size: dict[str, int]
    attribution: tuple[Attribution, ...]
    event_text: str
    content: str
    heads: tuple[int, ...]
    repeated: bool
    noun: bool
    clause: bool
    mention: Telling
    sentence: int
    headline: bool
    why: dict[str, str]
    weight: int
    own_dictionary: bool = False
    share: float | None = None
