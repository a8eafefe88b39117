"""Reads frames with the lexicon: which entry fits, what an operator makes of what it governs.

Actor, act and recipient come from one frame and what it governs; nothing is combined across
frames, so that sides of unrelated clauses never meet in one event.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace

from dateline.coding.reading import Reading
from dateline.coding.slots import Slots
from dateline.coding.standing import Standing, stands_alone
from dateline.frames.build import Frames
from dateline.frames.frame import Frame
from dateline.knowledge import codebook, lexicon
from dateline.knowledge.lexicon import Composition, Entry, Light
from dateline.knowledge.lexicon.read import KEEP, VETO
from dateline.language.parsed import Parsed

THREAT, PROMISE, REFUSE = "!threaten", "!promise", "!refuse"
# The codes of the classes verbal and material cooperation.
COOPERATIVE = (1, 2)
SPEECH = frozenset({"!say", "!deny"})
SAID = codebook.group("said")
SPEAKER = "speaker"
# Stands under `by` where the doer may stay untold: "a bomb exploded", "the shooting happened".
UNTOLD = "untold"
HAPPENING = "@happening"
# What a force strikes with: its owner is who strikes.
ARMS = "@strikingarms"
MAX_DEPTH = 8


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that fits a frame, or a light verb with its noun's reading; `weight` ranks them."""

    frame: Frame
    name: str
    weight: int
    entry: Entry | None = None
    light: Light | None = None
    noun: Reading | None = None

    @property
    def source(self) -> str:
        """File and line of the entry."""
        found = self.entry or self.light
        return found.source if found else ""


class Engine:
    """Readings of one article's frames. Deterministic: the best match, ties by file order."""

    def __init__(self, parsed: Parsed, actors: Container[int]) -> None:
        """`actors` are the heads of phrases that may name an actor."""
        tree = parsed.tree
        self._tree, self._lexicon = tree, lexicon.load()
        money = parsed.marked("MONEY")
        dates = parsed.marked("DATE", "TIME")
        self.frames = Frames(tree, actors, self._lexicon.event_nouns, dates)
        doers = self._lexicon.event_nouns | self._lexicon.classes[ARMS]
        self.slots = Slots(tree, actors, money, doers)
        self._standing = Standing(parsed, self.frames, self.slots)
        self._read: dict[int, Reading | None] = {}

    def readings(self, nouns_alone: bool = False) -> Iterator[Reading]:
        """The events the lexicon finds, in text order, each predicate in one of them at most.

        A noun that no verb lends its clause is left out unless it may stand alone, or all are with
        `nouns_alone`.
        """
        found: dict[int, Reading] = {}
        for head, frame in self.frames.by_head.items():
            reading = self.read(head)
            if reading is None or (self._standing.in_sport(head) and not nouns_alone):
                continue
            if frame.kind == "noun" and not (nouns_alone or self._alone(reading)):
                continue
            known = found.get(reading.frame.head)
            if known is None or len(reading.heads) > len(known.heads):
                found[reading.frame.head] = reading
        consumed = {c for r in found.values() for c in r.consumed if c != r.frame.head}
        if not nouns_alone:
            standing = self._standing
            consumed |= {head for head in found if standing.on_a_noun(head) or standing.made_up(head)}
        for head in sorted(found):
            if head not in consumed:
                yield found[head]

    def barred(self, head: int) -> bool:
        """Whether what a predicate tells is known to be no event: sport, fiction, a use kept out."""
        best = next(iter(self.matches(head)), None)
        veto = best is not None and best.entry is not None and best.entry.veto
        return veto or self._standing.in_sport(head) or self._standing.made_up(head)

    def _alone(self, reading: Reading) -> bool:
        entries = (m.entry for m in self.matches(reading.frame.head))
        return stands_alone(reading, (e for e in entries if e is not None))

    def matches(self, head: int) -> list[Match]:
        """All that fits the frame at a token, best first."""
        frame = self.frames.by_head[head]
        table = self._lexicon.verbs if frame.kind == "verb" else self._lexicon.nouns
        found = [
            Match(view, name, entry.weight(name), entry=entry)
            for name in frame.lemmas
            for entry in table.get(name, ())
            for view in (self._view(frame, name),)
            if all(self.slots.holds(view, slot) for slot in entry.needs)
        ]
        if frame.kind == "verb" and not any(m.entry is not None and self._changes(m.entry) for m in found):
            # "Is ready for talks" holds no talks: such an operator says what becomes of its noun.
            found += self._light_matches(frame)
        return sorted(found, key=lambda m: -m.weight)

    def _changes(self, entry: Entry) -> bool:
        """Whether an entry is an operator that makes another event of what it governs."""
        rows = self._lexicon.composition.get(entry.operator, ())
        return any(row.cameo != KEEP for row in rows)

    def _view(self, frame: Frame, name: str) -> Frame:
        """The frame as a name sees it: in "call for talks" under "call for", talks are the object."""
        last = name.rpartition(" ")[2]
        if frame.kind == "verb" and last != name and not frame.objects:
            objects = frame.after(last)
            if objects:
                return replace(frame, objects=objects)
        return frame

    def _light_matches(self, frame: Frame) -> Iterator[Match]:
        for name in frame.lemmas:
            for light in self._lexicon.light.get(name, ()):
                for token in self.slots.tokens(frame, light.slot):
                    noun = self.read(token)
                    if noun is not None and noun.frame.kind == "noun":
                        yield Match(frame, name, noun.weight + 2 + name.count(" "), light=light, noun=noun)

    def read(self, head: int, depth: int = 0) -> Reading | None:
        """The reading of the frame at a token; None where there is none or a veto wins."""
        if head not in self.frames.by_head or depth > MAX_DEPTH:
            return None
        if head not in self._read:
            self._read[head] = None
            best = next(iter(self.matches(head)), None)
            if best is not None:
                reading = self._reading(best, depth)
                self._read[head] = self._against(self._to_help(reading, depth), depth) if reading else None
        return self._read[head]

    def _against(self, reading: Reading, depth: int) -> Reading:
        """A protest is against those of whom its purpose asks something: "struck to demand that …"."""
        if reading.event != "PROTEST" or not all(self._tree.tag[t] == "PRP$" for t in reading.to):
            # "Their strike" is against nobody yet.
            return reading
        for clause in (c for h in reading.heads for c in self._tree.kids(h, "advcl", "xcomp", "acl")):
            purpose = self.read(clause, depth + 1)
            if purpose is not None and purpose.event in SAID:
                return replace(reading, to=tuple(t for t in purpose.to if t not in reading.by))
        return reading

    def _to_help(self, reading: Reading, depth: int) -> Reading:
        """Forces sent in order to help are AID, not MOBILIZE (manual, MOBILIZE and AID)."""
        if reading.event != "MOBILIZE":
            return reading
        for clause in self._tree.kids(reading.frame.head, "advcl", "xcomp", "acl"):
            purpose = self.read(clause, depth + 1)
            if purpose is not None and purpose.event == "AID":
                return replace(
                    purpose,
                    frame=reading.frame,
                    by=reading.by,
                    to=tuple(dict.fromkeys((*reading.to, *purpose.to))),
                    heads=(*reading.heads, *purpose.heads),
                    consumed=reading.consumed | purpose.consumed | {purpose.frame.head},
                    why=f"{reading.why} in order to {purpose.why}",
                    weight=reading.weight,
                )
        return reading

    def _reading(self, match: Match, depth: int) -> Reading | None:
        if match.light is not None and match.noun is not None:
            return self._with_light(match, match.light, match.noun)
        entry = match.entry
        if entry is None or entry.veto:
            return None
        if entry.operator:
            return self._compose(match, entry, depth)
        if entry.event is None:
            return None
        frame, slots = match.frame, self.slots
        by = slots.agents(frame, entry.by)
        both = entry.to == ("both",)
        words = {
            t
            for slot in entry.needs
            if slot.words and not slot.actor and not slot.absent and slot.name != "subj"
            for t in slots.tokens(frame, slot.name)
        }
        to = slots.recipients(frame, () if both else entry.to, (*by, *words) if both else by)
        if not to and entry.event in SAID and entry.to != ("-",):
            to = slots.deep(frame.head, by)
        core = next((t for t in sorted(words) if self._same_type(t, entry)), None)
        words |= self._content(tuple(c for o in frame.objects for c in self._tree.kids(o, "acl")))
        if entry.event in SAID or "allege" in entry.modes:
            words |= self._content(frame.complements)
        return Reading(
            frame=frame,
            cameo=entry.cameo,
            event=entry.event,
            modes=entry.modes,
            contexts=entry.contexts,
            by=self._sides(frame, by, to) if both else by,
            to=() if both else to,
            both=both,
            heads=(frame.head,) if core is None else (frame.head, core),
            consumed=frozenset(words),
            aux=frozenset(),
            why=f"{entry.source} {match.name}",
            weight=match.weight,
            by_speaker=entry.by == (SPEAKER,),
            by_arms=not by and any(slots.strikes(t) for t in frame.subjects),
            happening=None if to or both else self._happening(frame),
            doerless=UNTOLD in entry.by and not by,
        )

    def _same_type(self, token: int, entry: Entry) -> bool:
        """Whether a noun that an entry asks for names the act itself: "claimed the attack"."""
        inner = self.read(token) if self.frames.by_head.get(token) is not None else None
        return inner is not None and inner.frame.kind == "noun" and inner.event == entry.event

    def _happening(self, frame: Frame) -> int | None:
        """A noun in the frame that stands for an event told before: "the incident", "this decision"."""
        known = self._lexicon.classes[HAPPENING]
        for token in (*frame.objects, *(t for _, tokens in frame.preps for t in tokens)):
            if self._tree.lemma[token] in known and self._tree.kids(token, "det"):
                return token
        return None

    def _sides(self, frame: Frame, by: tuple[int, ...], to: tuple[int, ...]) -> tuple[int, ...]:
        """All sides of a two-sided act, in text order."""
        more = [t for name in ("between", "among", "with", "of") for t in self.slots.actors(frame, name)]
        return tuple(sorted({*by, *to, *(more if frame.kind == "noun" else ())}))

    def _with_light(self, match: Match, light: Light, noun: Reading) -> Reading:
        frame, slots = match.frame, self.slots
        by = slots.agents(frame, light.by or ("subj",))
        to = noun.to or slots.recipients(frame, light.to, by) if not light.to else ()
        if light.to:
            to = slots.recipients(frame, light.to, by) or slots.agents(frame, light.to) or noun.to
        if noun.by and self._owned(noun.frame.head) and noun.by != by:
            # "Mali took up Togo's offer": the offer stays Togo's.
            by, to = noun.by, to or by
        to = tuple(t for t in to if t not in by)
        by = by or noun.by
        return replace(
            noun,
            frame=replace(frame, negated=frame.negated or noun.frame.negated),
            by=self._sides(frame, by, to or noun.to) if noun.both else by,
            to=() if noun.both else to,
            heads=(frame.head, *noun.heads),
            consumed=noun.consumed | {noun.frame.head},
            why=f"{light.source} {match.name} + {noun.why}",
            weight=noun.weight + 2,
        )

    def _owned(self, noun: int) -> bool:
        """Whether a noun has a possessor by name, not "its"."""
        return any(self._tree.pos[p] != "PRON" for p in self._tree.kids(noun, "poss"))

    def _governed(self, frame: Frame, depth: int) -> Reading | None:
        """The first event an operator governs: its complement clause, else a noun in its phrases."""
        for token in frame.complements:
            found = self.read(token, depth + 1)
            if found is not None:
                return found
        for token in (*frame.objects, *frame.attributes, *(t for _, ts in frame.preps for t in ts)):
            frame_there = self.frames.by_head.get(token)
            if frame_there is not None and frame_there.kind == "noun":
                found = self.read(token, depth + 1)
                if found is not None:
                    return found
        return None

    def _compose(self, match: Match, entry: Entry, depth: int) -> Reading | None:
        frame = match.frame
        inner = self._governed(frame, depth)
        if inner is None:
            row = self._lexicon.compose_none(entry.operator)
        else:
            row = self._lexicon.compose(self._meant(entry.operator, inner), inner.cameo, inner.event)
        if row is None or row.cameo == VETO:
            return None
        if row.cameo == KEEP:
            return self._kept(match, entry, row, inner)
        if row.event is None:
            return None
        by = self.slots.agents(frame, entry.by)
        to = self._operator_recipients(frame, entry, by, inner)
        consumed = self._content(frame.complements) | ({*inner.heads, *inner.consumed} if inner else set())
        return Reading(
            frame=frame,
            cameo=row.cameo,
            event=row.event,
            modes=row.modes,
            contexts=tuple(dict.fromkeys((*row.contexts, *(inner.contexts if inner else ())))),
            by=by,
            to=to,
            both=False,
            heads=(frame.head, *(inner.heads if inner else frame.complements[:1])),
            consumed=frozenset(consumed),
            aux=frozenset(row.aux),
            why=f"{entry.source} {match.name} {entry.operator}, {row.source}"
            + (f", {inner.why}" if inner else ""),
            weight=match.weight,
            operators=(entry.operator, *(inner.operators if inner else ())),
            vague=inner is None,
        )

    def _meant(self, operator: str, inner: Reading) -> str:
        """A promise not to cooperate refuses it: "vowed never to meet"."""
        against = inner.frame.negated and codebook.quad_code(inner.event) in COOPERATIVE
        return REFUSE if operator == PROMISE and against else operator

    def _kept(self, match: Match, entry: Entry, row: Composition, inner: Reading | None) -> Reading | None:
        """An operator that leaves the event what it is: the event, its sides shown by the operator."""
        frame = match.frame
        if inner is None:
            return None
        if inner.frame.kind == "verb":
            return replace(inner, aux=inner.aux | frozenset(row.aux)) if row.aux else inner
        if entry.operator in SPEECH and not inner.by:
            # Who speaks of a walkout does not walk out.
            return None
        by = inner.by or self.slots.agents(frame, entry.by)
        to = inner.to or self.slots.recipients(frame, entry.to, by)
        return replace(
            inner,
            frame=frame,
            by=self._sides(frame, self.slots.agents(frame, entry.by), inner.by) if inner.both else by,
            to=() if inner.both else tuple(t for t in to if t not in by),
            heads=(frame.head, *inner.heads),
            consumed=inner.consumed | {inner.frame.head},
            aux=inner.aux | frozenset(row.aux),
            why=f"{entry.source} {match.name} {entry.operator}, {row.source}, {inner.why}",
            operators=(entry.operator, *inner.operators),
        )

    def _content(self, clauses: tuple[int, ...]) -> set[int]:
        """The predicates of what is promised, asked or refused, down to clauses that stand for themselves."""
        tree, found, level = self._tree, set(clauses), list(clauses)
        while level:
            below = [c for t in level for c in tree.children[t] if not self._own_clause(c)]
            found.update(c for c in below if c in self.frames.by_head)
            level = below
        return found

    def _own_clause(self, i: int) -> bool:
        """Whether a predicate tells of something besides what governs it."""
        tree = self._tree
        if tree.dep[i] == "advcl":
            return bool(tree.kids(i, "nsubj", "nsubjpass"))
        return tree.dep[i] in ("relcl", "parataxis")

    def _condition(self, frame: Frame, inner: Reading, by: tuple[int, ...]) -> tuple[int, ...]:
        """Who is to heed a threat: who does what it is made against ("… if Chad goes ahead")."""
        tree = self._tree
        for clause in (c for v in (frame.head, *inner.heads) for c in tree.kids(v, "advcl")):
            if tree.kids(clause, "mark") and clause in self.frames.by_head:
                found = self.slots.recipients(self.frames.by_head[clause], ("subj",), by)
                if found:
                    return found
        return ()

    def _operator_recipients(
        self, frame: Frame, entry: Entry, by: tuple[int, ...], inner: Reading | None
    ) -> tuple[int, ...]:
        slots = self.slots
        found = slots.recipients(frame, entry.to or self._lexicon.recipients["operator"], by)
        if found or entry.to == ("-",):
            return found
        if entry.operator == THREAT and inner is not None and not inner.to:
            found = self._condition(frame, inner, by)
            if found:
                return found
        if inner is not None:
            agents = tuple(t for t in inner.by if t not in by)
            found = agents or tuple(t for t in inner.to if t not in by)
            return found or slots.deep(frame.head, by)
        for token in frame.complements:
            clause = self.frames.by_head.get(token)
            if clause is not None:
                names = ("subj", *self._lexicon.recipients["operator"], *(name for name, _ in clause.preps))
                found = slots.recipients(clause, names, by)
                if found:
                    return found
        return slots.recipients(frame, ("in(obj)",), by) or slots.deep(frame.head, by)
