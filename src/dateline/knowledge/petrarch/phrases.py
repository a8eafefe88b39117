"""Finds a folder's actors and agents in the words of a sentence, and makes an actor's code of them.

As in PETRARCH 2 the longest entry at a word wins, an actor before an agent; a phrase's code is its actor's
with those of its agents, each once: "Gondolian police" is GDLCOP, police alone ---COP.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dateline.knowledge.actors.entries import Known

NOBODY = "---"
# PETRARCH's agent for people of whom no more is told.
PEOPLE = "~PPL"


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry at words `[first, last)`: an actor with its terms, or an agent's code with its "~"."""

    first: int
    last: int
    known: Known | None
    agent: str


class Phrases:
    """The actors and agents of some dictionaries, by their words in upper case."""

    def __init__(self, names: Iterable[tuple[str, Known]], agents: Mapping[str, str]) -> None:
        """`names` are actors' names with their entries, `agents` codes by their words."""
        self._entries: dict[str, list[tuple[tuple[str, ...], Known | None, str]]] = {}
        for name, known in names:
            self._add(name, known, "")
        for name, code in agents.items():
            self._add(name, None, code)
        for entries in self._entries.values():
            entries.sort(key=lambda e: (-len(e[0]), e[1] is None))

    def _add(self, name: str, known: Known | None, agent: str) -> None:
        words = tuple(name.upper().replace("-", " ").split())
        if words:
            self._entries.setdefault(words[0], []).append((words, known, agent))

    def __bool__(self) -> bool:
        return bool(self._entries)

    def find(self, words: Sequence[str]) -> list[Hit]:
        """The entries in a sentence's words (upper case, hyphens apart), front to back."""
        found: list[Hit] = []
        at = 0
        while at < len(words):
            hit = next(
                (
                    Hit(at, at + len(entry), known, agent)
                    for entry, known, agent in self._entries.get(words[at], ())
                    if tuple(words[at : at + len(entry)]) == entry
                ),
                None,
            )
            if hit is not None:
                found.append(hit)
            at = hit.last if hit is not None else at + 1
        return found


def actor_code(known: Known, day: dt.date | None) -> str | None:
    """The code of an actor on a day; None where no term holds. One without limits is the default."""
    limited = [t for t in known.terms if t.start or t.end]
    unlimited = [t for t in known.terms if not (t.start or t.end)]
    if day is not None:
        limited = [t for t in limited if t.holds(day)]
    elif unlimited:
        limited = []
    best = max(limited, key=lambda t: t.start or dt.date.min, default=None)
    return best.cameo if best else next((t.cameo for t in unlimited), None)


def codes_of(hits: Iterable[Hit], day: dt.date | None) -> list[str]:
    """The codes that a phrase's entries make together, one an actor; [] where there is none."""
    actors: list[str] = []
    agents: list[str] = []
    for hit in hits:
        if hit.known is None:
            agents.append(hit.agent)
        elif (code := actor_code(hit.known, day)) is not None and code not in actors:
            actors.append(code)
    agents = [a for a in dict.fromkeys(agents) if a != PEOPLE or len(agents) == 1]
    if not actors and not agents:
        return []
    return list(dict.fromkeys(_mixed(actor, agents) for actor in actors or [NOBODY]))


def _mixed(actor: str, agents: Iterable[str]) -> str:
    code = actor
    for agent in agents:
        bare = agent.strip("~")
        if bare in code:
            continue
        if agent.startswith("~"):
            code += bare
        else:
            code = bare + ("" if code == NOBODY else code)
    return code
