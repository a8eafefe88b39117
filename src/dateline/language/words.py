"""Which words the parser is given, and where each stands in the article.

The parser reads better what looks like what it was trained on: straight quotes, no white space
tokens, no "IS" that it takes for a verb, no paragraph in capitals. Its words may
therefore differ from the article's; their places never do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from dateline.article import Article, Zone, ZoneKind
from dateline.language.casing import Casing, in_capitals

READ = (ZoneKind.BODY, ZoneKind.HEADLINE, ZoneKind.CAPTION)


@dataclass(slots=True)
class _Words:
    words: list[str]
    spaces: list[bool]
    begins: list[bool | int | None]
    starts: list[int]
    ends: list[int]
    kinds: list[ZoneKind]

    def add_zone(
        self, nlp: Language, text: str, zone: Zone, rewrites: Mapping[str, str], casing: Casing
    ) -> None:
        shown = text[zone.start : zone.end]
        if in_capitals(shown):
            shown = casing.recase(shown)
        tokens = [t for t in nlp.tokenizer(shown) if not t.is_space]
        # In a zone without small letters a capital says nothing, so capitals are not rewritten.
        cased = any(t.text.islower() for t in tokens)
        for n, token in enumerate(tokens):
            word = rewrites.get(token.text, token.text) if cased or not token.text.isupper() else token.text
            start = zone.start + token.idx
            self.words.append(word)
            self.starts.append(start)
            self.ends.append(start + len(token.text))
            after = start + len(token.text)
            self.spaces.append(n + 1 == len(tokens) or text[after : after + 1].isspace())
            self.begins.append(True if n == 0 else None)
            self.kinds.append(zone.kind)


def words(
    nlp: Language, article: Article, rewrites: Mapping[str, str]
) -> tuple[Doc, tuple[int, ...], tuple[int, ...], tuple[ZoneKind, ...]]:
    """The unparsed `Doc` of the article's readable zones, with the tokens' starts, ends and kinds.

    `rewrites` maps a token as written to the word the parser is to see instead. A zone begins a
    sentence; within it sentence starts are left to the parser.
    """
    found = _Words([], [], [], [], [], [])
    casing = Casing(nlp)
    for zone in article.zones:
        if zone.kind in READ:
            found.add_zone(nlp, article.text, zone, rewrites, casing)
    doc = Doc(nlp.vocab, words=found.words, spaces=found.spaces, sent_starts=found.begins or None)
    return doc, tuple(found.starts), tuple(found.ends), tuple(found.kinds)
