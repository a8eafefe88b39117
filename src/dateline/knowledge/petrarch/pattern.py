"""A verb dictionary's patterns: what must stand before and after the verb.

The notation is PETRARCH 2's (its docs/source/dictionaries.rst, "Patterns"): a bare word is a noun or
particle, `{A B}` a phrase with B its head, `(P B)` a prepositional phrase, `&NAME` any of a synset,
`*` the verb, `$` the source, `+` the target, `^` anything, `%` a compound source whose members act on each
other. `_` joins words that stand side by side, as does TABARI.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

SIGNS = frozenset({"$", "+", "^", "%"})
VERB = "*"
_TOKEN = re.compile(r"[(){}]|[^\s(){}]+")
# A synset of synsets and a phrase of several make many phrases; more than this is a slip of the pen.
MOST_PHRASES = 20000

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Element:
    """One part of a pattern: a sign, words of which one must be there, or a preposition with its parts.

    `kind` is "sign", "word" (the words stand side by side), "phrase" (the last is the head) or "prep".
    """

    kind: str
    sign: str = ""
    phrases: frozenset[Phrase] = frozenset()
    inner: tuple[Element, ...] = ()

    @property
    def size(self) -> int:
        """How many words or signs it asks for: the more, the narrower the pattern."""
        own = max((len(p) for p in self.phrases), default=1)
        return own + sum(e.size for e in self.inner)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern with the codes it gives: `active` for source → target, `passive` the other way round.

    A code is "" for the null code. `place` is its file and line.
    """

    before: tuple[Element, ...]
    after: tuple[Element, ...]
    active: str
    passive: str
    place: str
    size: int = field(default=0)

    def all(self) -> Iterator[Element]:
        """Its elements, in order."""
        yield from self.before
        yield from self.after


def read_elements(text: str, synsets: Mapping[str, Sequence[str]]) -> tuple[list[Element], list[Element]]:
    """The elements before and after `*`. Raises `ValueError` with what is wrong."""
    tokens = _TOKEN.findall(text)
    if tokens.count(VERB) != 1:
        raise ValueError("a pattern has one * for its verb")
    middle = tokens.index(VERB)
    return _elements(tokens[:middle], synsets), _elements(tokens[middle + 1 :], synsets)


def _elements(tokens: Sequence[str], synsets: Mapping[str, Sequence[str]]) -> list[Element]:
    found: list[Element] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token in "({":
            end = _closing(tokens, at)
            inside = tokens[at + 1 : end]
            if not inside:
                raise ValueError(f"nothing stands between {token} and its end")
            found.append(_prep(inside, synsets) if token == "(" else _phrase(inside, synsets))
            at = end
        elif token in ")}":
            raise ValueError(f"{token} closes nothing")
        elif token in SIGNS:
            found.append(Element("sign", sign=token))
        else:
            found.append(Element("word", phrases=frozenset(spelled(token, synsets))))
        at += 1
    return found


def _closing(tokens: Sequence[str], start: int) -> int:
    pairs = {"(": ")", "{": "}"}
    wanted = [pairs[tokens[start]]]
    for at in range(start + 1, len(tokens)):
        if tokens[at] in pairs:
            wanted.append(pairs[tokens[at]])
        elif tokens[at] in pairs.values():
            if tokens[at] != wanted.pop():
                raise ValueError(f"{tokens[at]} closes nothing")
            if not wanted:
                return at
    raise ValueError(f"{tokens[start]} is not closed")


def _prep(inside: Sequence[str], synsets: Mapping[str, Sequence[str]]) -> Element:
    words = frozenset(spelled(inside[0], synsets))
    return Element("prep", phrases=words, inner=tuple(_elements(inside[1:], synsets)))


def _phrase(inside: Sequence[str], synsets: Mapping[str, Sequence[str]]) -> Element:
    if any(token in SIGNS or token in "(){}" for token in inside):
        raise ValueError("only words and synsets stand in braces")
    choices = [spelled(token, synsets) for token in inside]
    count = 1
    for choice in choices:
        count *= len(choice)
    if count > MOST_PHRASES:
        raise ValueError(f"the braces stand for {count} phrases")
    return Element("phrase", phrases=frozenset(sum(words, ()) for words in product(*choices)))


def spelled(token: str, synsets: Mapping[str, Sequence[str]]) -> list[Phrase]:
    """The phrases that a word, words joined with `_` or a synset stand for, in lower case.

    Raises `ValueError` where a synset is not known.
    """
    parts: list[list[Phrase]] = []
    for part in token.split("_"):
        if part.startswith("&"):
            name = next((n for n in (part[1:], f"{part[1:]}_") if n in synsets), None)
            if name is None:
                raise ValueError(f"the synset {part} is not defined above")
            parts.append([tuple(phrase.split()) for phrase in synsets[name]])
        elif part:
            parts.append([(part.lower(),)])
    return [sum(words, ()) for words in product(*parts)]
