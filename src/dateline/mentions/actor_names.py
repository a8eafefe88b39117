"""Where the text has a name that the book of actors knows."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from dateline.knowledge.actors.book import ActorBook, Hit
from dateline.knowledge.actors.entries import Form, Kind, Known
from dateline.language.parsed import Parsed


@dataclass(frozen=True, slots=True)
class NameHit:
    """A known name at tokens `[first, last)`."""

    first: int
    last: int
    hit: Hit

    @property
    def known(self) -> Known:
        """The nearest reading."""
        return self.hit.known[0]


def name_hits(parsed: Parsed, book: ActorBook) -> dict[int, NameHit]:
    """For each token that is part of a known name, that name."""
    at: dict[int, NameHit] = {}
    doc, day = parsed.doc, parsed.article.date
    surnames = _surnames(doc)
    for hit in book.find(parsed.article.text):
        first, last = parsed.tokens(hit.start, hit.end)
        if first >= last:
            continue
        if last - first == 1 and doc[first].is_upper and day and all(k.over(day) for k in hit.known):
            # The initials of what was dissolved long before may be another's now.
            continue
        found = NameHit(first, last, hit)
        if last - first == 1 and doc[first].text in surnames and _may_be_person(doc[first], found):
            continue
        if _is_name(parsed, doc[first], found) and not _within(doc[first], found, at):
            for i in range(first, last):
                at.setdefault(i, found)
    return at


def _surnames(doc: Doc) -> frozenset[str]:
    """The last names of persons whom the text names in full."""
    return frozenset(e[-1].text for e in doc.ents if e.label_ == "PERSON" and len(e) > 1)


def _may_be_person(token: Token, found: NameHit) -> bool:
    """Whether what may be a country's or capital's name is rather that of a person: "Mr Amman"."""
    seat = found.hit.form is Form.SEAT
    return found.known.kind is Kind.COUNTRY and (seat or token.ent_type_ == "PERSON")


def _is_name(parsed: Parsed, token: Token, found: NameHit) -> bool:
    """Whether a match is the name: "US" in a text in capitals may be "us"; "Jordan" may be a person."""
    doc = parsed.doc
    if found.last - found.first > 1:
        return True
    if token.is_stop and len(token.sent) > 1 and not any(t.is_lower for t in token.sent):
        return False
    if not token.ent_type_ or token.ent_type_ not in ("PERSON", "GPE", "LOC", "FAC"):
        return True
    if found.known.kind is not Kind.COUNTRY or found.hit.form is Form.ADJECTIVE:
        return True
    before = doc[token.i - 1] if token.i else None
    after = doc[token.i + 1] if token.i + 1 < len(doc) else None
    if token.ent_type_ == "PERSON":
        return not (
            (token.ent_iob_ == "I" and before is not None and before.pos_ == "PROPN")
            or (after is not None and after.ent_iob_ == "I" and after.pos_ == "PROPN")
        )
    # "New Mexico" is not Mexico.
    return not (token.ent_iob_ == "I" and before is not None and before.dep_ in ("compound", "amod"))


def _within(token: Token, found: NameHit, at: dict[int, NameHit]) -> bool:
    """Whether a body's name of one word is the end of another's: "Red Dawn" is not Dawn."""
    if (
        found.last - found.first > 1
        or found.known.kind not in (Kind.ORGANISATION, Kind.GROUP)
        or token.is_upper
    ):
        return False
    before = [child for child in token.lefts if child.dep_ == "compound" and child.i == token.i - 1]
    return bool(before) and before[0].pos_ == "PROPN" and before[0].i not in at
