"""A parsed article: spaCy's tokens, each with its place in the article's text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from dateline.article import Article, ZoneKind
from dateline.language.tree import Tree


@dataclass(frozen=True)
class Parsed:
    """An article and its parse.

    `doc` holds the tokens of the article's body, headline and caption zones, white space left
    out, and its words may be rewritten for the parser's sake (`language.words`), so offsets never
    come from `token.idx`: token i stands at characters `[starts[i], ends[i])` of `article.text`.
    No sentence of `doc` crosses a zone. `kinds[i]` is the kind of token i's zone.
    """

    article: Article
    doc: Doc
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    kinds: tuple[ZoneKind, ...]

    def chars(self, first: int, last: int) -> tuple[int, int]:
        """Characters `[start, end)` of tokens `first` up to but without `last`."""
        return self.starts[first], self.ends[last - 1]

    def text(self, first: int, last: int) -> str:
        """The article's own words for tokens `[first, last)`, white space folded."""
        start, end = self.chars(first, last)
        return " ".join(self.article.text[start:end].split())

    def word(self, token: Token | int) -> str:
        """The token as the article writes it (the parser may have been given another word)."""
        i = token if isinstance(token, int) else token.i
        return self.article.text[self.starts[i] : self.ends[i]]

    def tokens(self, start: int, end: int) -> tuple[int, int]:
        """Tokens `[first, last)` that touch characters `[start, end)`; empty where none does."""
        first = bisect_right(self.ends, start)
        return first, max(first, bisect_left(self.starts, end))

    def marked(self, *labels: str) -> frozenset[int]:
        """The tokens of the names, dates and sums that the parser marks with one of the labels."""
        spans = (span for span in self.doc.ents if span.label_ in labels)
        return frozenset(i for span in spans for i in range(span.start, span.end))

    @cached_property
    def tree(self) -> Tree:
        """The dependency tree."""
        return Tree(self.doc)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences, in order."""
        return tuple(self.doc.sents)

    @cached_property
    def sentence_of(self) -> tuple[int, ...]:
        """For each token the number of its sentence."""
        return tuple(n for n, sentence in enumerate(self.sentences) for _ in sentence)
