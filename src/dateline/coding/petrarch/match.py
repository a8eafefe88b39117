"""Fits the patterns of a verb dictionary to a verb of the parse.

What stands before the verb is looked for in its logical subject and its auxiliaries, what stands after
it in its objects, prepositions and infinitives, so that a passive reads as its active does. Clauses with
subjects of their own are left out: patterns hold one verb (PETRARCH 2, "Patterns").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateline.frames.frame import Frame
from dateline.knowledge.petrarch.pattern import Element, Pattern, Phrase
from dateline.language.tree import Tree

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "agent"})
PREPOSITIONS = frozenset({"prep", "agent", "dative", "prt", "mark", "advmod"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


@dataclass(frozen=True, slots=True)
class Fit:
    """A pattern that fits: where its `$` and `+` point, as the tokens from which to look, else None."""

    pattern: Pattern
    source: tuple[int, ...] | None
    target: tuple[int, ...] | None


class Matcher:
    """Fits patterns in one article."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._asides: dict[int, frozenset[int]] = {}
        self._forms = [frozenset((tree.lower[i], tree.lemma[i])) for i in range(len(tree))]

    def word(self, token: int, word: str) -> bool:
        """Whether a token is a word of the dictionary, inflected or not."""
        return word in self._forms[token]

    def own_clause(self, token: int) -> bool:
        """Whether a token heads a clause that tells of something else: finite, or with its own subject."""
        tree = self._tree
        if tree.dep[token] == "conj":
            return all(tree.pos[t] in ("VERB", "AUX") for t in (token, tree.head[token]))
        if tree.dep[token] in ("parataxis", "relcl"):
            return True
        if tree.dep[token] not in ("ccomp", "advcl", "xcomp"):
            return False
        aux = tree.kids(token, "aux", "auxpass")
        finite = tree.tag[token] in FINITE or any(tree.tag[a] in FINITE for a in aux)
        return finite or bool(tree.kids(token, "nsubj", "nsubjpass"))

    def inside(self, roots: Iterable[int]) -> list[int]:
        """Tokens of some phrases, in text order, clauses of their own left out."""
        found, level = set(), list(roots)
        while level:
            found.update(level)
            level = [c for t in level for c in self._tree.children[t] if not self.own_clause(c)]
        return sorted(found)

    def before(self, frame: Frame) -> list[int]:
        """The tokens that stand before the verb in the active."""
        tree, v = self._tree, frame.head
        left = [
            c for c in tree.children[v] if c < v and tree.dep[c] not in SUBJECTS and not self.own_clause(c)
        ]
        found = set(self.inside((*frame.subjects, *left)))
        if tree.dep[v] in ("xcomp", "advcl", "ccomp") and tree.infinitive(v):
            # "Was able to leave", "seemed ready to leave".
            found.update((tree.head[v], *tree.kids(tree.head[v], "acomp", "aux")))
        return sorted(found)

    def after(self, frame: Frame) -> list[int]:
        """The tokens that stand after the verb in the active."""
        tree, v = self._tree, frame.head
        subjects = set() if frame.passive else set(tree.kids(v, *SUBJECTS))
        roots = [
            c
            for c in tree.children[v]
            if c not in subjects
            and tree.dep[c] not in ("agent", "aux", "auxpass", "cc", "punct")
            and (c > v or tree.dep[c] in SUBJECTS or tree.dep[c] in ("dobj", "prep"))
            and not self.own_clause(c)
        ]
        return self.inside((*roots, *frame.objects))

    def best(self, frame: Frame, patterns: Iterable[Pattern], actors: Sequence[int]) -> Fit | None:
        """The pattern that asks for most, of those that fit; of equals the first in the file.

        `actors` are the tokens that head phrases with an actor, in text order.
        """
        before = after = None
        best: Fit | None = None
        for pattern in patterns:
            if best is not None and pattern.size <= best.pattern.size:
                continue
            if before is None or after is None:
                before, after = self.before(frame), self.after(frame)
            fit = self._fit(frame, pattern, before, after, actors)
            best = fit or best
        return best

    def _fit(
        self, frame: Frame, pattern: Pattern, before: list[int], after: list[int], actors: Sequence[int]
    ) -> Fit | None:
        signs: dict[str, tuple[int, ...]] = {}
        plain = [t for t in after if t not in self._aside(frame)]
        for elements, region, words in ((pattern.before, before, before), (pattern.after, after, plain)):
            at = -1 if region is before else frame.head
            for element in elements:
                if element.kind == "sign":
                    if not self._sign(element.sign, region, at, actors, frame, signs):
                        return None
                    continue
                found = self._element(element, region if element.kind == "prep" else words, actors, signs)
                if found is None:
                    return None
                at = found
        return Fit(pattern, signs.get("$"), signs.get("+"))

    def _aside(self, frame: Frame) -> frozenset[int]:
        """What stands in the verb's own prepositional phrases, where a pattern's bare words do not stand."""
        if frame.head not in self._asides:
            tree = self._tree
            roots = [o for p in tree.kids(frame.head, "prep", "agent") for o in tree.children[p]]
            self._asides[frame.head] = frozenset(t for r in roots for t in tree.subtree(r))
        return self._asides[frame.head]

    def _sign(
        self,
        sign: str,
        region: list[int],
        at: int,
        actors: Sequence[int],
        frame: Frame,
        signs: dict[str, tuple[int, ...]],
    ) -> bool:
        """Whether a sign finds its actor behind token `at`; where, is put into `signs`."""
        if sign == "^":
            return True
        if sign == "%":
            return sum(t in actors for t in frame.subjects) > 1
        allowed = set(region)
        found = next((a for a in actors if a > at and a in allowed), None)
        if found is None:
            return False
        signs[sign] = (found,)
        return True

    def _element(
        self, element: Element, region: list[int], actors: Sequence[int], signs: dict[str, tuple[int, ...]]
    ) -> int | None:
        """The last token that an element takes up; None where it is not there."""
        if element.kind == "prep":
            return self._prep(element, region, actors, signs)
        for token in region:
            for phrase in element.phrases:
                if element.kind == "phrase" and len(phrase) > 1:
                    if self._phrase(token, phrase):
                        return token
                elif self._side_by_side(token, phrase):
                    return token
        return None

    def _side_by_side(self, token: int, phrase: Phrase) -> bool:
        first = token - len(phrase) + 1
        return first >= 0 and all(self.word(first + n, word) for n, word in enumerate(phrase))

    def _phrase(self, head: int, phrase: Phrase) -> bool:
        """Whether a phrase's words stand before its head in order, the last of them next to it."""
        if not self.word(head, phrase[-1]):
            return False
        at, rest = head - 1, list(phrase[:-1])
        first = min(self._tree.subtree(head))
        adjacent = True
        while rest and at >= first:
            if self.word(at, rest[-1]):
                rest.pop()
                adjacent = False
            elif adjacent:
                return False
            at -= 1
        return not rest

    def _prep(
        self, element: Element, region: list[int], actors: Sequence[int], signs: dict[str, tuple[int, ...]]
    ) -> int | None:
        tree = self._tree
        for token in region:
            if not any(self._side_by_side(token, phrase) for phrase in element.phrases):
                continue
            if tree.dep[token] in PREPOSITIONS:
                inside = [t for t in self.inside([token]) if t > token]
            elif tree.dep[token] == "aux" and tree.tag[token] == "TO":
                inside = [t for t in self.inside([tree.head[token]]) if t > token]
            else:
                continue
            last = self._inner(element.inner, inside, actors, signs)
            if last is not None:
                return max(last, token)
        return None

    def _inner(
        self,
        elements: Iterable[Element],
        region: list[int],
        actors: Sequence[int],
        signs: dict[str, tuple[int, ...]],
    ) -> int | None:
        """The last token of the parts of a prepositional phrase; None where one is missing."""
        last = -1
        for element in elements:
            if element.kind != "sign":
                found = self._element(element, region, actors, signs)
                if found is None:
                    return None
                last = found
            elif element.sign == "^":
                last = max(last, region[0]) if region else last
            else:
                actor = next((a for a in actors if a in region), None)
                if actor is None:
                    return None
                signs[element.sign], last = (actor,), actor
        return last
