"""PLOVER's rules for doubtful cases, followed as `codebook/rules.tsv` states them.

A rule's `test` names a row of `codebook/rule_tests.tsv`, whose conditions are written like the
lexicon's, with these slots besides: `act` (the predicates), `by` and `to` (the sides' words),
`by_sector` and `to_sector` (the sides' sector codes), `by_states` ("several" where the actors are of several
countries), `sentence` (any word of the sentence),
`operator` (an operator that governs the event), `aux` (auxiliary modes), `own_words` (the actor itself
says so), `standing` (how its happening is left open, `frames.auxiliary_standing`, and "vague" where it has
neither a stated day nor a number, "nowhere" where no place stands with it).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from dateline.coding.reading import Reading
from dateline.coding.slots import Slots
from dateline.errors import DatelineError, Problem
from dateline.knowledge import codebook, lexicon
from dateline.knowledge.codebook.rules import Rule, rule_tests, rules
from dateline.knowledge.lexicon import Slot
from dateline.knowledge.lexicon.read import ROLES, read_slot
from dateline.knowledge.tables import read_table
from dateline.language.parsed import Parsed

CASE_ROLES = ROLES | frozenset(
    [
        "act",
        "by",
        "to",
        "by_sector",
        "to_sector",
        "by_states",
        "sentence",
        "operator",
        "own_words",
        "aux",
        "standing",
    ]
)


@dataclass(frozen=True, slots=True)
class Case:
    """An event as coded so far, with what the rules ask about; `rules` are the ids of those applied."""

    reading: Reading
    event: str
    cameo: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    aux: frozenset[str]
    actor_sectors: frozenset[str]
    recipient_sectors: frozenset[str]
    own_words: bool
    states: frozenset[str] = frozenset()
    standing: frozenset[str] = frozenset()
    rules: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def _tests() -> Mapping[str, tuple[Slot, ...]]:
    """The conditions behind each test's name. Raises `DatelineError` where a rule's test has none."""
    classes = lexicon.load().classes
    tests: dict[str, tuple[Slot, ...]] = {}
    for row in read_table("codebook", "rule_tests.tsv", required=("test", "needs")):
        tests[row["test"]] = tuple(read_slot(t, row, classes, CASE_ROLES) for t in row["needs"].split())
    for name in rule_tests():
        if name not in tests:
            raise DatelineError(
                Problem.BAD_KNOWLEDGE, "codebook/rules.tsv", f"the test {name!r} is not in rule_tests.tsv"
            )
    return tests


class Rules:
    """Applies the rules to the readings of one article."""

    def __init__(self, parsed: Parsed, slots: Slots) -> None:
        self._parsed, self._slots, self._tests = parsed, slots, _tests()

    def apply(self, case: Case) -> Iterator[Case]:
        """The case as the rules leave it: one, none where a rule drops it, more where one adds a type."""
        added: list[Case] = []
        for rule in rules():
            if not self._holds(rule, case):
                continue
            if rule.drop:
                return
            if rule.add_event:
                added.append(self._changed(rule, case))
            elif not rule.keeps:
                case = self._changed(rule, case)
        yield case
        yield from added

    def _holds(self, rule: Rule, case: Case) -> bool:
        if not rule.holds(case.event, case.cameo, case.aux):
            return False
        return not rule.test or all(self._met(slot, case) for slot in self._tests[rule.test])

    def _words(self, name: str, case: Case) -> frozenset[str]:
        """What stands in one of the slots that only rules have."""
        reading, slots = case.reading, self._slots
        match name:
            case "by_sector":
                return case.actor_sectors
            case "to_sector":
                return case.recipient_sectors
            case "aux":
                return case.aux
            case "standing":
                return case.standing
            case "by_states":
                return frozenset(("several",)) if len(case.states) > 1 else frozenset()
            case "operator":
                return frozenset(reading.operators)
            case "own_words":
                return frozenset(("yes",)) if case.own_words else frozenset()
            case "sentence":
                sentence = self._parsed.sentences[self._parsed.sentence_of[reading.heads[0]]]
                tokens: tuple[int, ...] = tuple(range(sentence.start, sentence.end))
            case "act":
                tokens = reading.heads
            case "by":
                tokens = reading.by
            case _:
                tokens = reading.to
        return frozenset(n for t in tokens for n in slots.names(t))

    def _met(self, slot: Slot, case: Case) -> bool:
        if slot.name in ROLES or slot.name not in CASE_ROLES:
            return self._slots.holds(case.reading.frame, slot)
        found = self._words(slot.name, case)
        there = bool(found & slot.words) if slot.words else bool(found)
        return there != slot.absent

    def _changed(self, rule: Rule, case: Case) -> Case:
        event = rule.add_event or rule.event or case.event
        modes = case.modes if rule.modes is None else rule.modes
        if rule.add_event:
            modes = ()
        modes = tuple(m for m in (*modes, *rule.add_modes) if m not in rule.cut_modes)
        # "Will not meet" is a refusal that has happened, no meeting that has not.
        refused = rule.aux == "negation" and bool(rule.event)
        return replace(
            case,
            event=event,
            aux=case.aux - {"negation", "future"} if refused else case.aux,
            cameo=rule.cameo_out or case.cameo,
            modes=tuple(m for m in dict.fromkeys(modes) if codebook.known_mode(event, m)),
            contexts=tuple(dict.fromkeys((*case.contexts, *rule.contexts))),
            rules=(*case.rules, f"rule {rule.id} (manual, {rule.section})"),
        )
