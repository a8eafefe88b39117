"""Verbs of a user's dictionary → coded acts with their sides, as PETRARCH 2 puts them together.

The source is the logical subject, the target the first actor after the verb; where a pattern marks them
with `$` and `+` it decides. Both must be known. A verb over a verb is one act where the dictionary's
transformations or the sum of the two codes say so, else the lower verb's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from dateline.coding.petrarch.match import SUBJECTS, Matcher
from dateline.coding.reading import Reading
from dateline.frames.frame import Frame
from dateline.knowledge import codebook
from dateline.knowledge.petrarch.codes import combined, event_type, negated
from dateline.knowledge.petrarch.pattern import Pattern
from dateline.knowledge.petrarch.verbs import Transformation, Verb, VerbBook
from dateline.language.tree import Tree

ANY, NOBODY, EVERY_VERB = ".", "_", "q"
# Where a passive's sides stand (PETRARCH 2, VerbPhrase.get_meaning): "was fired at them from the fort".
FROM, TOWARDS = "by/from", "at/against/into/towards"
# CAMEO's classes in which a compound without a target is of one accord: intents, consultations, cooperation.
COOPERATION = frozenset({"03", "04", "05", "06"})
MAX_DEPTH = 8


@dataclass(frozen=True, slots=True)
class Act:
    """A verb as coded: `active` is what `by` does to `to`, `passive` what `to` does to `by`.

    `both` says that the members of `by` do it to each other; `heads` are the verbs that make it up.
    """

    heads: tuple[int, ...]
    block: int
    active: str
    passive: str
    by: tuple[int, ...]
    to: tuple[int, ...]
    both: bool
    place: str
    negative: bool


class DictionaryCoder:
    """Codes one article."""

    def __init__(
        self,
        tree: Tree,
        frames: dict[int, Frame],
        book: VerbBook,
        actors: Sequence[int],
        codes: Callable[[int], Sequence[str]],
    ) -> None:
        """`actors` are the heads of phrases that name an actor, `codes` what a phrase's actors are."""
        self._tree, self._frames, self._book = tree, frames, book
        self._actors, self._is_actor, self._codes = actors, frozenset(actors), codes
        self._matcher = Matcher(tree)
        self._acts: dict[int, list[Act]] = {}

    def readings(self) -> list[Reading]:
        """The events whose two sides are known, in text order."""
        taken: set[int] = set()
        for head in self._frames:
            for act in self._read(head):
                taken.update(act.heads[1:])
        found: list[Reading] = []
        for head in sorted(self._frames):
            if head not in taken:
                for act in self._read(head):
                    found += self._readings(act)
        return found

    def _readings(self, act: Act) -> list[Reading]:
        if act.both:
            return [self._reading(act, act.active, act.by, (), True)] if act.active else []
        if not (act.by and act.to):
            return []
        if act.active and act.active == act.passive:
            return [self._reading(act, act.active, (*act.by, *act.to), (), True)]
        found: list[Reading] = []
        for by, to in self._pairs(act):
            found += [self._reading(act, act.active, by, to)] if act.active else []
            found += [self._reading(act, act.passive, to, by)] if act.passive else []
        return found

    def _pairs(self, act: Act) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
        """Sources with their targets: all with all, or one by one where somebody stands on both sides."""
        if not self._named(act.by) & self._named(act.to):
            return [(act.by, act.to)]
        pairs = [
            ((b,), tuple(t for t in act.to if not self._named((t,)) & self._named((b,)))) for b in act.by
        ]
        return [(by, to) for by, to in pairs if to]

    def _reading(
        self, act: Act, code: str, by: tuple[int, ...], to: tuple[int, ...], both: bool = False
    ) -> Reading:
        event = event_type(code)
        try:
            modes = codebook.convert(code).modes
        except KeyError:
            modes = ()
        return Reading(
            frame=self._frames[act.heads[0]],
            cameo=code,
            event=event,
            modes=tuple(m for m in modes if codebook.known_mode(event, m)),
            contexts=(),
            by=by,
            to=to,
            both=both,
            heads=act.heads,
            consumed=frozenset(),
            aux=frozenset(),
            why=act.place,
            weight=1,
        )

    def _read(self, head: int, depth: int = 0) -> list[Act]:
        """The acts of a verb: its own, combined with those it governs; [] where it is in no block."""
        frame = self._frames.get(head)
        if frame is None or frame.kind != "verb" or depth > MAX_DEPTH:
            return []
        if head not in self._acts:
            self._acts[head] = []
            verbs = self._verbs(head)
            if verbs:
                self._acts[head] = self._coded(frame, verbs, depth)
        return self._acts[head]

    def _verbs(self, head: int) -> list[Verb]:
        """The dictionary's entries for a token: those of most words, the written form's first."""
        tree, found = self._tree, []
        for form in dict.fromkeys((tree.lower[head], tree.lemma[head])):
            for verb in self._book.verbs.get(form, ()):
                if self._all_words(head, verb):
                    found.append(verb)
        longest = max((len(v.words) for v in found), default=1)
        return [v for v in found if len(v.words) == longest]

    def _all_words(self, head: int, verb: Verb) -> bool:
        """Whether the other words of "beef up" stand beside the verb or are its particles."""
        tree = self._tree
        for n, word in enumerate(verb.words):
            at = head + n - verb.main
            if n == verb.main or (0 <= at < len(tree) and tree.lower[at] == word):
                continue
            if n < verb.main or not any(
                tree.lower[c] == word for c in tree.kids(head, "prt", "advmod", "prep")
            ):
                return False
        return True

    def _coded(self, frame: Frame, verbs: list[Verb], depth: int) -> list[Act]:
        patterns = [p for b in dict.fromkeys(v.block for v in verbs) for p in self._book.patterns.get(b, ())]
        fit = self._matcher.best(frame, patterns, self._actors)
        verb = next((v for v in verbs if v.active or v.passive), verbs[0])
        lower = [a for c in frame.complements for a in self._read(c, depth + 1)]
        if fit is not None:
            active, passive, place = fit.pattern.active, fit.pattern.passive, fit.pattern.place
        else:
            active, passive, place = verb.active, verb.passive, verb.place
        by, to = self._sides(frame)
        if fit is not None and fit.source is not None and fit.source[0] not in by:
            if to == self._all(fit.source):
                to = ()
            by = self._all(fit.source)
        if fit is not None and fit.target is not None:
            to = tuple(t for t in self._all(fit.target) if t not in by)
        by, to = self._apart(by, to)
        act = Act(
            heads=(frame.head,),
            block=verb.block,
            active=active,
            passive=passive,
            by=by,
            to=to,
            both=_mutual(fit.pattern if fit else None, active, passive, by, to),
            place=place,
            negative=frame.negated,
        )
        if frame.negated:
            act = replace(
                act, active=negated(active) if active else "", passive=negated(passive) if passive else ""
            )
        if not lower:
            return [act] if act.active or act.passive else []
        return self._over(act, lower)

    def _over(self, act: Act, lower: list[Act]) -> list[Act]:
        """A verb with what it governs: transformed, added up, or left to the lower verb."""
        found: list[Act] = []
        for inner in lower:
            changed = self._transformed(act, inner)
            if changed is None and act.active and inner.active and (inner.to or inner.both):
                code = combined(act.active, inner.active)
                if code != inner.active:
                    # "Asked Chad to help Mali": Chad is asked.
                    to = act.to or inner.to
                    by = act.by or inner.by
                    changed = replace(inner, active=code, passive="", by=by, to=to, place=act.place)
                    changed = replace(changed, heads=(*act.heads, *inner.heads), block=act.block)
            if changed is not None:
                found.append(changed)
        if found:
            return found
        # The lower verbs stand for themselves, and this one too where it names a target of its own.
        return [act] if (act.to or act.both) and (act.active or act.passive) else []

    def _transformed(self, act: Act, inner: Act) -> Act | None:
        for row in self._book.transformations:
            if not self._is_verb(row.outer, act) or not self._inner_verb(row, inner):
                continue
            names: dict[str, tuple[int, ...]] = {row.outer_source: act.by}
            if self._bound(row.source, inner.by, names) and self._bound(row.target, inner.to, names):
                by, to = (names.get(side, ()) for side in row.to)
                code = inner.active if row.code.lower() == EVERY_VERB else row.code
                if by and to:
                    heads = (*act.heads, *inner.heads)
                    return Act(heads, act.block, code, "", by, to, False, row.place, False)
        return None

    def _is_verb(self, word: str, act: Act) -> bool:
        return any(v.block == act.block for v in self._book.verbs.get(word, ()))

    def _inner_verb(self, row: Transformation, inner: Act) -> bool:
        if row.inner == (EVERY_VERB,):
            return True
        *above, verb = row.inner
        ahead = all(word in ("will",) for word in above)
        future = any(self._tree.lower[c] in above for c in self._tree.kids(inner.heads[-1], "aux"))
        return self._is_verb(verb, inner) and (not above or (ahead and future))

    def _bound(self, name: str, side: tuple[int, ...], names: dict[str, tuple[int, ...]]) -> bool:
        """Whether a side of the lower verb fits its letter, which it then stands for."""
        if name == ANY:
            return True
        if name == NOBODY:
            return not side
        if name in names:
            return self._named(side) == self._named(names[name]) and bool(side)
        names[name] = side
        return bool(side)

    def _named(self, side: tuple[int, ...]) -> set[str]:
        return {code for t in side for code in self._codes(t)}

    def _sides(self, frame: Frame) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Source and target of a verb by the grammar alone."""
        rest = self._rest(frame)
        by = self._first(frame.subjects)
        if frame.passive:
            to = self._first(frame.objects) or self._first(frame.after(TOWARDS, inner=False))
            by = by or self._first(frame.after(FROM, inner=False))
            if not by:
                by = tuple(t for t in self._first(t for t in rest if t not in frame.objects) if t not in to)
            return by, to or tuple(t for t in self._first(rest) if t not in by)
        return by, self._first(rest) or self._next(frame.head, by)

    def _rest(self, frame: Frame) -> list[int]:
        """Where the target may stand: objects, then other phrases, then clauses without an act."""
        tree, v = self._tree, frame.head
        skip = (*SUBJECTS, "conj", "punct", "parataxis", "cc", "aux", "auxpass", "mark", "neg")
        kids = [c for c in tree.children[v] if tree.dep[c] not in skip]
        clauses = [c for c in kids if tree.dep[c] in ("ccomp", "xcomp", "advcl")]
        plain = [c for c in kids if c not in clauses and tree.dep[c] not in ("dobj", "dative", "attr")]
        clauses = [
            c for c in clauses if not any(self._verbs(t) for t in tree.subtree(c) if t in self._frames)
        ]
        return [*frame.indirect, *frame.objects, *plain, *clauses]

    def _first(self, roots: Iterable[int]) -> tuple[int, ...]:
        """The first actor in some phrases, depth first, with those coordinated with it."""
        for root in roots:
            hit = self._down(root)
            if hit is None:
                continue
            return self._all((hit,))
        return ()

    def _next(self, verb: int, by: tuple[int, ...]) -> tuple[int, ...]:
        """The first actor behind a verb, where the parse joins none to it; no other clause lies between."""
        tree = self._tree
        for token in range(verb + 1, len(tree)):
            if token in self._frames and self._frames[token].kind == "verb":
                break
            if token in self._is_actor and tree.dep[token] not in SUBJECTS and token not in by:
                return () if tree.lower[token - 1] == "," else self._all((token,))
            if tree.dep[token] in SUBJECTS or tree.lower[token] in (";", "."):
                break
        return ()

    def _down(self, token: int) -> int | None:
        if token in self._is_actor and not self._own_thing(token):
            return token
        for child in self._tree.children[token]:
            found = self._down(child)
            if found is not None:
                return found
        return None

    def _own_thing(self, token: int) -> bool:
        """Whether it is only whose something is: "its embassy"."""
        return self._tree.dep[token] == "poss" and self._tree.pos[token] == "PRON"

    def _all(self, tokens: tuple[int, ...]) -> tuple[int, ...]:
        found = [self._down(c) for t in tokens for c in self._joined(t)]
        return tuple(dict.fromkeys(t for t in found if t is not None))

    def _joined(self, token: int) -> list[int]:
        """What is coordinated with a phrase; of a list the parser takes the second for an apposition."""
        found = self._tree.conjuncts(token)
        for t in found:
            found += [a for a in self._tree.kids(t, "appos") if self._tree.kids(a, "conj") and a not in found]
            found += [c for c in self._tree.conjuncts(t) if c not in found]
        return found

    def _apart(self, by: tuple[int, ...], to: tuple[int, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The sides without targets that are the source itself."""
        own = self._named(by)
        return by, tuple(t for t in to if not set(self._codes(t)) <= own)


def _mutual(
    pattern: Pattern | None, active: str, passive: str, by: tuple[int, ...], to: tuple[int, ...]
) -> bool:
    """Whether the sources act on each other: the pattern says so, or no target is named."""
    compound = pattern is not None and any(e.sign == "%" for e in pattern.all())
    return len(by) > 1 and (compound or (not to and (active == passive != "" or active[:2] in COOPERATION)))
