"""Who a phrase means by a user's PETRARCH dictionaries.

A phrase's code is made as PETRARCH 2 makes it: from the actors and agents among its own words, else from
those in its prepositional phrases, its apposition, its clause. Pronouns and other references have the
code of what they refer to, which Dateline finds.
"""

from __future__ import annotations

import datetime as dt
from functools import cached_property

from dateline.knowledge.actors.dictionaries import code_parts
from dateline.knowledge.petrarch.phrases import NOBODY, Hit, Phrases, codes_of
from dateline.language.parsed import Parsed
from dateline.record import Entity
from dateline.resolve.actors import ArticleActors

# What belongs to a noun phrase's own words.
OWN = frozenset({"det", "amod", "compound", "nmod", "poss", "nummod", "case", "punct", "advmod", "quantmod"})
# Where a phrase without an actor of its own looks for one, in this order.
FURTHER = (("prep", "agent", "pobj"), ("appos",), ("acl", "relcl", "dobj", "pcomp", "xcomp"))
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})


class DictionaryActors:
    """The actors of one article by a user's dictionaries."""

    def __init__(self, parsed: Parsed, actors: ArticleActors, phrases: Phrases) -> None:
        self._parsed, self._actors = parsed, actors
        self._hit_at: dict[int, Hit] = {}
        self._codes: dict[int, list[str]] = {}
        for sentence in parsed.sentences:
            self._scan(phrases, range(sentence.start, sentence.end))

    @cached_property
    def _day(self) -> dt.date | None:
        return self._parsed.article.date

    def _scan(self, phrases: Phrases, sentence: range) -> None:
        """Finds the entries in a sentence; words are the parser's, hyphens left out."""
        words: list[str] = []
        tokens: list[int] = []
        for t in sentence:
            for word in self._parsed.word(t).upper().replace("-", " ").split():
                words.append(word)
                tokens.append(t)
        for hit in phrases.find(words):
            for t in tokens[hit.first : hit.last]:
                self._hit_at[t] = hit

    def own_codes(self, token: int) -> list[str]:
        """The codes of the noun phrase headed by a token, by its own words and then what hangs on it."""
        if token not in self._codes:
            self._codes[token] = []
            self._codes[token] = self._read(token)
        return self._codes[token]

    def _read(self, token: int) -> list[str]:
        tree = self._parsed.tree
        hits = self._hits(token)
        codes = codes_of(hits, self._day)
        if any(not c.startswith(NOBODY) for c in codes):
            return codes
        agents = [h for h in hits if h.known is None]
        for labels in FURTHER:
            for child in tree.kids(token, *labels):
                further = self._further(child)
                named = [c for c in further if not c.startswith(NOBODY)]
                if named:
                    return list(dict.fromkeys(_with_agents(c, agents) for c in named))
        return codes

    def _further(self, child: int) -> list[str]:
        tree = self._parsed.tree
        if tree.pos[child] in NOMINAL:
            return [c for t in tree.conjuncts(child) for c in self.own_codes(t)]
        for below in tree.children[child]:
            if tree.dep[below] in ("nsubj", "nsubjpass", "pobj", "dobj", "prep", "pcomp", "agent", "xcomp"):
                found = self._further(below)
                if found:
                    return found
        return []

    def _hits(self, token: int) -> list[Hit]:
        """The entries among a phrase's own words, in text order."""
        tree, words, level = self._parsed.tree, [token], [token]
        while level:
            level = [c for t in level for c in tree.kids(t, *OWN)]
            words += level
        return list(dict.fromkeys(self._hit_at[t] for t in sorted(words) if t in self._hit_at))

    @cached_property
    def heads(self) -> list[int]:
        """The heads of phrases whose own words name an actor or refer to one, in text order."""
        tree = self._parsed.tree
        return [
            t
            for t in range(len(tree))
            if tree.pos[t] in NOMINAL
            and tree.dep[t] not in OWN - {"poss"}
            and (self._hits(t) or tree.pos[t] == "PRON" or t in self._antecedents)
            and self.at(t)
        ]

    @cached_property
    def _antecedents(self) -> dict[int, int]:
        """For a reference, the first mention of the same actor that the dictionaries know."""
        found: dict[int, int] = {}
        for _, mentions in self._actors.entities():
            known = next((m.head for m in mentions if self.own_codes(m.head)), None)
            if known is not None:
                found.update({m.head: known for m in mentions if m.kind != "name"})
        tree = self._parsed.tree
        for token in range(len(tree)):
            if token not in found and tree.tag[token] == "PRP" and not self._actors.at(token):
                subject = self._speaker(token)
                if subject is not None:
                    found[token] = subject
        return found

    def _speaker(self, pronoun: int) -> int | None:
        """The subject of the verb that governs a pronoun's clause: "Chad said it would help"."""
        tree = self._parsed.tree
        for verb in tree.ancestors(pronoun):
            if tree.dep[verb] in ("ccomp", "xcomp", "advcl"):
                subjects = tree.kids(tree.head[verb], "nsubj")
                return next((s for s in subjects if s != pronoun and self.own_codes(s)), None)
        return None

    def at(self, token: int) -> tuple[Entity, ...]:
        """The entities of the phrase headed by a token; () where it names nobody."""
        codes = self.own_codes(token) or self.own_codes(self._antecedents.get(token, token))
        if not codes:
            pronoun = self._parsed.tree.pos[token] == "PRON"
            return self._actors.at(token) if pronoun else ()
        resolved = self._actors.at(token)
        return tuple(
            self._entity(token, code, resolved[0] if len(codes) == 1 == len(resolved) else None)
            for code in codes
        )

    def _entity(self, token: int, code: str, resolved: Entity | None) -> Entity:
        country, sectors = code_parts(code)
        start, end = self._parsed.chars(token, token + 1)
        return Entity(
            code=country,
            sector=sectors[0] if sectors else None,
            other_sectors=list(sectors[1:]),
            entity_text=resolved.entity_text if resolved else self._parsed.word(token),
            identifier_text=resolved.identifier_text if resolved and resolved.code == country else None,
            identifier_id=resolved.identifier_id if resolved and resolved.code == country else None,
            office=resolved.office if resolved else None,
            cameo=code,
            start=resolved.start if resolved else start,
            end=resolved.end if resolved else end,
        )


def _with_agents(code: str, agents: list[Hit]) -> str:
    for hit in agents:
        bare = hit.agent.strip("~")
        if bare not in code:
            code = code + bare if hit.agent.startswith("~") else bare + code
    return code
