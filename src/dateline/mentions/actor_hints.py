"""Whose an actor is: what in its phrase tells it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from dateline.knowledge.reference import reference
from dateline.language.parsed import Parsed
from dateline.mentions.actor_names import NameHit

How = Literal["mod", "poss", "of", "in", "near"]


@dataclass(frozen=True, slots=True)
class Hint:
    """Something in the phrase that tells whose it is: a known name, or the head token of a phrase in it."""

    how: How
    hit: NameHit | None
    head: int


class Hints:
    """Finds the hints of a phrase; `lower` are the article's words in small letters."""

    def __init__(self, parsed: Parsed, hits: dict[int, NameHit], lower: Sequence[str]) -> None:
        self.parsed, self.doc, self.hits, self.lower = parsed, parsed.doc, hits, lower
        self.words = reference()

    def of(self, head: Token, first: int, end: int, covered: range) -> Iterator[Hint]:
        """What tells whose the actor is: names before the head, the possessor, `of`, `in`, what is near."""
        seen: set[int] = set()
        poss = next((c for c in head.lefts if c.dep_ == "poss"), None)
        if poss is None:
            # "the provincial governor's spokesman, Nuri" and names take it from the word they hang on.
            poss = next(
                (g for c in head.lefts if c.dep_ == "compound" for g in c.lefts if g.dep_ == "poss"), None
            )
        if poss is not None:
            yield from (Hint("poss", self.hits.get(t.i), t.i) for t in [*self._also(head), poss])
        for i in range(end - 1, first - 1, -1):
            hit = self.hits.get(i)
            if (
                hit is None
                or hit.first in seen
                or i in covered
                or (poss is not None and self._under(i, poss))
            ):
                continue
            seen.add(hit.first)
            if self.tells(hit):
                yield Hint("mod", hit, i)
        for name_token in covered:
            hit = self.hits.get(name_token)
            if hit is not None and hit.first not in seen and hit.last - hit.first < len(covered):
                seen.add(hit.first)
                yield Hint("mod", hit, name_token)
        based = [p for c in head.rights if c.dep_ == "acl" for p in c.rights]
        for child in [*head.rights, *based]:
            if child.dep_ == "prep":
                how: How = "of" if self.words.whose.get(child.lower_) == "of" else "in"
                for inner in child.rights:
                    if inner.dep_ == "pobj" and child.lower_ in self.words.whose:
                        yield Hint(how, self.hits.get(inner.i), inner.i)
                        if is_plural(head):
                            # "the presidents of Kenya and Somalia"
                            yield from (Hint(how, self.hits.get(c.i), c.i) for c in _joined(inner))
        after = self.doc[end + 1] if end + 1 < len(self.doc) else head
        if (
            after.dep_ == "prep"
            and after.lower_ == "in"
            and after.head.i < after.i
            and after.head.i != head.i
        ):
            # "killed 20 people in Paris": the parser may hang the place on the verb.
            yield from (Hint("near", self.hits.get(c.i), c.i) for c in after.rights if c.dep_ == "pobj")

    def _also(self, head: Token) -> list[Token]:
        """Russia in "Russia's and Turkey's ministers", where the parser joins it with the ministers."""
        other = head.head
        possessive = head.dep_ == "conj" and any(c.dep_ == "case" for c in other.rights)
        return [other] if possessive and other.i in self.hits else []

    def _under(self, i: int, top: Token) -> bool:
        return top.left_edge.i <= i <= top.right_edge.i

    def tells(self, hit: NameHit) -> bool:
        """Not in "anti-Russian" or "US-backed", where the name says whom one is against or helped by."""
        text = self.parsed.article.text
        start, end = hit.hit.start, hit.hit.end
        if hit.first and self.lower[hit.first - 1] in self.words.descent:
            return False
        if start > 1 and text[start - 1] == "-" and hit.first > 1:
            before = hit.first - 2 if self.lower[hit.first - 1] == "-" else hit.first - 1
            if before not in self.hits:
                return False
        if text[end : end + 1] == "-" and hit.last + 1 < len(self.doc):
            after = self.doc[hit.last + 1]
            return after.tag_ not in ("VBN", "VBD") or after.lemma_ == "lead"
        return True


def is_plural(noun: Token) -> bool:
    """Whether a noun is plural; of titles in capitals ("Prime Ministers") the tag does not tell."""
    if noun.tag_ in ("NNS", "NNPS"):
        return True
    return noun.tag_ == "NNP" and not noun.ent_type_ and noun.lower_.endswith(("ers", "ents", "ors"))


def _joined(token: Token) -> Iterator[Token]:
    """The names coordinated with a name, nearest first."""
    for child in token.rights:
        if child.dep_ == "conj" and child.pos_ == "PROPN":
            yield child
            yield from _joined(child)
