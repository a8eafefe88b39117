"""The encoder's second opinion on an article: what it drops, retypes and adds.

It is asked only of pairs of actors in one sentence, since that is what it was trained on. What one of
PLOVER's rules or an operator ("refused to …") has decided is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

import numpy as np

from dateline.coding.combine import (
    ON_PATH,
    PER_CONDITION,
    SIDE,
    Combination,
    encoder_feature,
    lexicon_features,
    likely,
    shares,
)
from dateline.coding.encoder import NONE, Encoder, Opinion
from dateline.coding.reading import Reading
from dateline.frames.build import copulas
from dateline.frames.frame import Frame
from dateline.knowledge import codebook
from dateline.resolve.entities import may_be_same, same
from dateline.resolve.layers import Layers
from dateline.resolve.told import Told

# The encoder drops a pair that it finds so likely to be none, retypes one whose other type has such a
# share, and adds one of which it is so sure. High, since an article's pairs are mostly unrelated.
DROP, RETYPE, ADD = 0.95, 0.9, 0.9
# Pairs are added in sentences of which the lexicon says nothing, from so many actors at most.
MOST_ACTORS = 4


class SecondOpinion:
    """The encoder's view of one article."""

    def __init__(self, layers: Layers, encoder: Encoder, combination: Combination) -> None:
        self._layers, self._encoder, self._weights = layers, encoder, combination.together
        self._spans = {m.head: (m.start, m.end) for m in layers.actors.mentions}
        # What is added is checked after: its pair is asked about once.
        self._asked: dict[tuple[int, int], Opinion] = {}

    def checked(self, told: Told, reading: Reading) -> Told | None:
        """The telling as the encoder leaves it: itself, with another type, or None where it is no event."""
        pair = _pair(reading)
        if pair is None or reading.operators or "rule " in told.why["event"] or not self._together(*pair):
            return told
        opinion = self._ask(*pair)
        none = float(np.exp(opinion.types[self._encoder.labels.types.index(NONE)]))
        if none >= DROP:
            return None
        score = 2 * SIDE + ON_PATH + PER_CONDITION * reading.weight
        features = lexicon_features([(told.event, score)])
        share = shares(features, encoder_feature(opinion.types, self._encoder.labels), self._weights)
        best = max(share, key=lambda name: share[name])
        if best == told.event or share[best] < RETYPE:
            agreed = "encoder agrees" if best == told.event else "encoder doubts"
            why = {**told.why, "encoder": f"{agreed} ({share[told.event]:.2f})"}
            return replace(told, share=share[told.event], why=why)
        decided = f"encoder: {best} ({share[best]:.2f}); lexicon: {told.why['event']}"
        return replace(
            told,
            event=best,
            also=(),
            cameo=general_cameo(best),
            modes=tuple(likely(self._encoder.labels.modes, opinion.modes, best)),
            share=share[best],
            why={**told.why, "event": decided},
        )

    def added(self, readings: Iterable[Reading]) -> Iterator[Reading]:
        """Readings of pairs that the lexicon says nothing of, in the order of the text."""
        parsed, actors = self._layers.parsed, self._layers.actors
        read = {parsed.sentence_of[h] for r in readings for h in (*r.heads, *r.by, *r.to)}
        in_sentence: dict[int, list[int]] = {}
        for head in sorted(self._spans):
            if parsed.sentence_of[head] not in read and any(e.code for e in actors.at(head)):
                in_sentence.setdefault(parsed.sentence_of[head], []).append(head)
        for heads in in_sentence.values():
            if not 2 <= len(heads) <= MOST_ACTORS:
                continue
            found = [r for s in heads for t in heads if s != t and (r := self._reading(s, t)) is not None]
            if found:
                yield max(found, key=lambda pair: pair[0])[1]

    def _reading(self, source: int, target: int) -> tuple[float, Reading] | None:
        """The pair as an event with the encoder's probability of it; None where it is not sure.

        It is asked only where the clause of the target has the source for its subject: other pairs
        are nearly all unrelated, and asking is dear.
        """
        frame, clause = self._frame(source), self._frame(target)
        if frame is None or clause is None or source not in clause.subjects or target in clause.subjects:
            return None
        sides = [self._layers.actors.at(head) for head in (source, target)]
        if any(same(a, b) or may_be_same(a, b) for a in sides[0] for b in sides[1]):
            return None
        opinion = self._ask(source, target)
        labels = self._encoder.labels
        best = int(opinion.types.argmax())
        sure = float(np.exp(opinion.types[best]))
        if labels.types[best] == NONE or sure < ADD:
            return None
        event = labels.types[best]
        reading = Reading(
            frame=frame,
            cameo=general_cameo(event),
            event=event,
            modes=tuple(likely(labels.modes, opinion.modes, event)),
            contexts=(),
            by=(source,),
            to=(target,),
            both=False,
            heads=(frame.head,),
            consumed=frozenset(),
            aux=frozenset(),
            why=f"encoder alone ({sure:.2f})",
            weight=0,
        )
        return sure, reading

    def _frame(self, head: int) -> Frame | None:
        """The frame of the nearest verb above a token; None where it tells what something is, not what
        is done, or the lexicon keeps it out."""
        engine, tree = self._layers.engine, self._layers.parsed.tree
        above = (engine.frames.by_head.get(t) for t in tree.ancestors(head))
        frame = next((f for f in above if f is not None and f.kind == "verb"), None)
        if frame is None or tree.lemma[frame.head] in copulas() or engine.barred(frame.head):
            return None
        return frame

    def _ask(self, source: int, target: int) -> Opinion:
        if (source, target) not in self._asked:
            self._asked[source, target] = self._judge(source, target)
        return self._asked[source, target]

    def _judge(self, source: int, target: int) -> Opinion:
        parsed = self._layers.parsed
        sentence = parsed.sentences[parsed.sentence_of[source]]
        start, end = parsed.chars(sentence.start, sentence.end)
        spans = [(a - start, b - start) for a, b in (self._span(source), self._span(target))]
        return self._encoder.judge(parsed.article.text[start:end], [(spans[0], spans[1])])[0]

    def _span(self, head: int) -> tuple[int, int]:
        return self._spans.get(head) or self._layers.parsed.chars(head, head + 1)

    def _together(self, source: int, target: int) -> bool:
        sentence_of = self._layers.parsed.sentence_of
        return sentence_of[source] == sentence_of[target]


def _pair(reading: Reading) -> tuple[int, int] | None:
    """The heads of the first of each side; of the first two where all sides act."""
    sides = reading.by[:2] if reading.both else (*reading.by[:1], *reading.to[:1])
    return (sides[0], sides[1]) if len(sides) == 2 else None


@lru_cache(maxsize=32)
def general_cameo(event: str) -> str:
    """The least specific CAMEO code that converts to a type."""
    codes = sorted(codebook.cameo_codes(), key=lambda code: (len(code) != 3, code))
    return next(code for code in codes if codebook.convert(code).event == event)
