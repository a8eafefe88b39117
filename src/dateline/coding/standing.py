"""Which readings are events of their own.

Left out are what sport and fiction tell, what a noun is only for, and nouns that name an act without
its parties.
"""

from __future__ import annotations

from collections.abc import Iterable

from dateline.coding.reading import Reading
from dateline.coding.slots import Slots
from dateline.frames.build import Frames
from dateline.knowledge import codebook, lexicon
from dateline.knowledge.lexicon import Entry
from dateline.language.parsed import Parsed

FICTION, CONTEST = "@fiction", "@contest"
GATHERING, ATTEMPT = "@gathering", "@attempt"


class Standing:
    """Tells it for the readings of one article."""

    def __init__(self, parsed: Parsed, frames: Frames, slots: Slots) -> None:
        classes = lexicon.load().classes
        self._tree, self._sentence_of = parsed.tree, parsed.sentence_of
        self._frames, self._slots = frames, slots
        self._telling = classes[GATHERING] | classes[ATTEMPT]
        self._fiction, contest = classes[FICTION], classes[CONTEST]
        last = {word.replace("-", " ").rpartition(" ")[2] for word in contest}
        self._sport = {
            parsed.sentence_of[i]
            for i, lemma in enumerate(parsed.tree.lemma)
            if lemma in last and not contest.isdisjoint(slots.names(i))
        }

    def in_sport(self, head: int) -> bool:
        """Whether the sentence tells of a contest."""
        return self._sentence_of[head] in self._sport

    def on_a_noun(self, head: int) -> bool:
        """Whether a predicate is only what a noun is for: "a coalition to crush the rebels"."""
        tree = self._tree
        noun = tree.head[head]
        on_noun = tree.dep[head] in ("acl", "relcl") and tree.pos[noun] == "NOUN"
        # "A rally to protest", "an attempt to kill" tell of the deed itself.
        return on_noun and tree.infinitive(head) and tree.lemma[noun] not in self._telling

    def made_up(self, head: int) -> bool:
        """Whether a film, novel or game tells it: as subject of a verb above, or as where it happens."""
        for t in (head, *self._tree.ancestors(head)):
            frame = self._frames.by_head.get(t)
            if frame is None or frame.kind != "verb":
                continue
            tokens = (*frame.subjects, *frame.after("in/of/at", inner=False))
            if any(not self._fiction.isdisjoint(self._slots.names(s)) for s in tokens):
                return True
        return False


def stands_alone(reading: Reading, entries: Iterable[Entry]) -> bool:
    """Whether a noun is an event without a verb that lends it a clause; `entries` fit it, best first.

    The best that is no veto must say so, and its actors stand with it; a verbal act needs both sides,
    since "his visit" or "their criticism" may be of any day.
    """
    entry = next((e for e in entries if not e.veto), None)
    if entry is None or not entry.free:
        return False
    if reading.both:
        return len(reading.by) > 1
    if codebook.material(reading.event):
        return bool(reading.by or reading.to) or reading.doerless
    return bool(reading.by and reading.to)
