"""Places named in the text.

A name is a run of capitalised words that the gazetteer knows, the longest first, or an entity the
tagger calls a place. Neither is trusted alone: the tagger takes places for persons and persons
for places, and the gazetteer knows a town for most words of English. What stands beside a name
decides (`knowledge/gazetteer/beside.tsv`), then the tagger, then what the same name is elsewhere
in the article.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.knowledge.gazetteer.index import fold, gazetteer
from dateline.knowledge.gazetteer.names import abbreviations, adjectives, beside, not_places
from dateline.language.parsed import Parsed

PLACE_ENTITIES = frozenset({"GPE", "LOC", "FAC"})
LONGEST = 6
_POSSESSIVE = ("'s", "’s", "'S", "’S")


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place's name in the text: characters `[start, end)`, tokens `[first, last)`.

    `adjective` is true of a country's adjective ("Syrian"), which names a people or a state more
    often than ground.
    """

    start: int
    end: int
    first: int
    last: int
    text: str
    adjective: bool = False


@dataclass(slots=True)
class _Name:
    """A candidate: its tokens, its folded name, and what is thought of it."""

    first: int
    last: int
    start: int
    end: int
    folded: str
    known: bool
    accepted: bool | None = None


def find_places(parsed: Parsed, adjectives: bool = False) -> list[PlaceMention]:
    """The places the text names, in order, without overlap.

    `adjectives` adds countries' adjectives ("French", "Syrians"), as geoparsing corpora count them.
    """
    return _Finder(parsed, adjectives).find()


class _Finder:
    def __init__(self, parsed: Parsed, adjectives: bool) -> None:
        self.parsed = parsed
        self.adjectives = adjectives
        doc = parsed.doc
        self.words = [parsed.word(i) for i in range(len(doc))]
        self.lower = [w.lower() for w in self.words]
        self.entity = [t.ent_type_ for t in doc]
        self.persons = self._family_names()

    def _family_names(self) -> frozenset[str]:
        """Last words of the persons the article names by more than one word or with a title."""
        found = set()
        titles = beside().person
        for span in self.parsed.doc.ents:
            if span.label_ == "PERSON":
                last = span.end - 1
                while last > span.start and not self.words[last][:1].isalpha():
                    last -= 1
                titled = span.start > 0 and self.lower[span.start - 1].rstrip(".") in titles
                if last > span.start or titled:
                    found.add(self.lower[last])
        return frozenset(found)

    def find(self) -> list[PlaceMention]:
        """All mentions, in order."""
        names = list(self._candidates())
        for name in names:
            name.accepted = self._judge(name)
        yes = {n.folded for n in names if n.accepted}
        found = [
            PlaceMention(
                n.start, n.end, n.first, n.last, " ".join(self.parsed.article.text[n.start : n.end].split())
            )
            for n in names
            if n.accepted or (n.accepted is None and n.folded in yes)
        ]
        if self.adjectives:
            found += self._adjectives(found)
            found.sort(key=lambda m: m.start)
        return found

    def _capital(self, i: int) -> bool:
        return self.words[i][:1].isupper()

    def _candidates(self) -> Iterator[_Name]:
        """Names the gazetteer knows, and the tagger's places it does not, left to right."""
        short = abbreviations()
        i, n = 0, len(self.words)
        while i < n:
            if not self._capital(i):
                i += 1
                continue
            found = self._longest(i) or self._abbreviated(i, short) or self._tagged(i)
            if found is None:
                i += 1
            else:
                yield found
                i = found.last

    def _name(self, first: int, last: int, known: bool, folded: str | None = None) -> _Name:
        start, end = self.parsed.chars(first, last)
        text = self.parsed.article.text[start:end]
        if text.endswith(_POSSESSIVE):
            end -= 2
            text = text[:-2]
        return _Name(first, last, start, end, fold(text) if folded is None else folded, known)

    def _longest(self, first: int) -> _Name | None:
        """The longest run of words from `first` that the gazetteer knows."""
        n, sentence = len(self.words), self.parsed.sentence_of
        last = first + 1
        capitals = [first + 1]
        while last < n and last - first < LONGEST and sentence[last] == sentence[first]:
            word = self.words[last]
            if self._capital(last):
                capitals.append(last + 1)
            elif word not in (
                "-",
                "of",
                "the",
                "and",
                "al",
                "el",
                "de",
                "la",
                "on",
                "'",
                "upon",
                "es",
                "i",
                "e",
            ):
                break
            last += 1
        has = gazetteer().has
        for end in reversed(capitals):
            name = self._name(first, end, True)
            if len(name.folded) > 1 and has(name.folded):
                return name
        return None

    def _abbreviated(self, first: int, short: dict[str, int] | object) -> _Name | None:
        """A region's abbreviation, which may stand for a region only after a town and a comma."""
        known = abbreviations()
        if self.words[first] in known:
            return self._name(first, first + 1, True)
        if first + 1 < len(self.words) and self.words[first] + " " + self.words[first + 1] in known:
            return self._name(first, first + 2, True)
        return None

    def _tagged(self, first: int) -> _Name | None:
        """An entity that the tagger calls a place and the gazetteer does not know."""
        token = self.parsed.doc[first]
        if token.ent_type_ in ("GPE", "LOC") and token.ent_iob_ == "B":
            last = first + 1
            while last < len(self.words) and self.parsed.doc[last].ent_iob_ == "I":
                last += 1
            while last > first + 1 and self.lower[last - 1] in ("'s", "’s"):
                last -= 1
            return self._name(first, last, False)
        return None

    def _judge(self, name: _Name) -> bool | None:
        """Whether the candidate is a place: yes, no, or as elsewhere in the article (None)."""
        first, last = name.first, name.last
        words, lower, table = self.words, self.lower, beside()
        strength = not_places().get(name.folded, "")
        if strength == "never":
            return False
        before = lower[first - 1] if first else ""
        after = lower[last] if last < len(lower) else ""
        single = last - first == 1
        text = words[first] if single else ""
        short = abbreviations()
        written = self.parsed.article.text[name.start : name.end]
        comma = before == "," and first >= 2 and self._capital(first - 2)
        if written in short and not gazetteer().has(name.folded):
            return comma or "." in written
        if written in short and comma:
            return True
        tagged = {self.entity[i] for i in range(first, last)}
        inside = self._inside(first, last)
        is_place = bool(tagged & PLACE_ENTITIES)
        followed = after == "," and last + 1 < len(words) and self._region(last + 1)
        if before.rstrip(".") in table.person and self._capital(first - 1) and "PERSON" in tagged:
            return False
        if inside == "PERSON":
            return False
        if single and lower[first] in self.persons and not followed and before not in ("in", "near", "at"):
            return False
        if after in table.other and last < len(words) and self._capital(last):
            return False
        if (
            before == "of"
            and first >= 2
            and lower[first - 2] in table.other_before
            and self._capital(first - 2)
        ):
            return False
        if (
            first
            and self._capital(first - 1)
            and before not in table.place
            and not is_place
            and before != "the"
        ):
            starts = self.parsed.doc[first - 1].is_sent_start
            if not starts and before not in ("in", "near", "at", "from", "of", "to"):
                return False
        located = before in ("in", "near", "at", "outside", "around") or before in table.place or followed
        if after in table.kind or (after in table.body and self._capital(last)):
            located = True
        if written.isupper() and single and len(written) < 4 and not is_place:
            return False
        if strength == "doubtful":
            return (
                True
                if located and (is_place or before not in ("at",))
                else (True if is_place and not single else None)
            )
        if is_place or located:
            return True
        if not name.known:
            return False
        if tagged & {"PERSON"}:
            return None
        if "" in tagged and single and self.parsed.doc[first].tag_ not in ("NNP", "NNPS"):
            return None
        best = gazetteer().find_folded(name.folded)[0]
        return True if best.population > 100_000 and fold(best.name) == name.folded else None

    def _inside(self, first: int, last: int) -> str:
        """The label of an entity that holds the name and more words, else ""."""
        doc = self.parsed.doc
        label = self.entity[first]
        if not label:
            return ""
        starts = doc[first].ent_iob_ == "B"
        goes_on = last < len(doc) and doc[last].ent_iob_ == "I" and self.lower[last] not in ("'s", "’s", "'")
        return label if not starts or goes_on else ""

    def _region(self, i: int) -> bool:
        """Whether the word is a region or country, as after "Paris,"."""
        word = self.words[i]
        if word in abbreviations():
            return True
        if not self._capital(i):
            return False
        name = self._longest(i)
        if name is None:
            return False
        return any(
            e.kind in ("ADM1", "PCLI", "PCLD", "PCLS") for e in gazetteer().find_folded(name.folded)[:3]
        )

    def _adjectives(self, taken: list[PlaceMention]) -> list[PlaceMention]:
        known = adjectives()
        used = {i for m in taken for i in range(m.first, m.last)}
        found = []
        i = 0
        while i < len(self.words):
            if self._capital(i) and i not in used:
                two = self.lower[i] + " " + self.lower[i + 1] if i + 1 < len(self.words) else ""
                width = 2 if two in known and i + 1 not in used else 1 if fold(self.words[i]) in known else 0
                if width:
                    start, end = self.parsed.chars(i, i + width)
                    found.append(PlaceMention(start, end, i, i + width, self.parsed.text(i, i + width), True))
                    i += width
                    continue
            i += 1
        return found
