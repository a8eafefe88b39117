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
from itertools import pairwise

from dateline.knowledge.gazetteer.index import fold, gazetteer
from dateline.knowledge.gazetteer.names import abbreviations, adjectives, beside, in_the_news, not_places
from dateline.language.parsed import Parsed
from dateline.mentions.places_adjectives import PlaceMention, adjective_mentions

__all__ = ["PlaceMention", "find_places"]

PLACE_ENTITIES = frozenset({"GPE", "LOC", "FAC"})
LONGEST = 6
# How large a place must be for its name to be taken for it without the tagger's word, and against it.
LARGE, FAMOUS = 30_000, 100_000
_POSSESSIVE = ("'s", "’s", "'S", "’S")


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
        self.capital = self._capitals()
        self.persons = self._family_names()

    def _capitals(self) -> list[bool]:
        """Which words are written as names: in capitals, or, where all is, taken for a name by the tagger."""
        found = [w[:1].isupper() for w in self.words]
        self.shouted = [False] * len(found)
        for sentence in self.parsed.sentences:
            span = range(sentence.start, sentence.end)
            if len(span) > 3 and not any(c.islower() for i in span for c in self.words[i]):
                for i in span:
                    found[i] = found[i] and self.parsed.doc[i].pos_ == "PROPN"
                    self.shouted[i] = True
        return found

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
        self._coordinate(names)
        yes = {n.folded for n in names if n.accepted}
        text = self.parsed.article.text
        found = [
            PlaceMention(n.start, n.end, n.first, n.last, " ".join(text[n.start : n.end].split()))
            for n in names
            if n.accepted or (n.accepted is None and n.folded in yes)
        ]
        if self.adjectives:
            found += adjective_mentions(self.parsed, self.words, self.capital, found)
            found.sort(key=lambda m: m.start)
        return found

    def _coordinate(self, names: list[_Name]) -> None:
        """In a list of names ("Adams, Brown and Clay") the undecided follow the decided."""
        for one, other in (
            *pairwise(names),
            *pairwise(names[::-1]),
        ):
            if one.accepted and other.accepted is None:
                left, right = sorted((one, other), key=lambda n: n.first)
                between = self.lower[left.last : right.first]
                if 0 < len(between) <= 2 and all(w in (",", "and", "or", "/") for w in between):
                    other.accepted = True

    def _capital(self, i: int) -> bool:
        return self.capital[i]

    def _candidates(self) -> Iterator[_Name]:
        """Names the gazetteer knows, roads and landmarks, and the tagger's other places, left to right."""
        i, n = 0, len(self.words)
        while i < n:
            if not self._capital(i):
                i += 1
                continue
            known = self._longest(i) or self._abbreviated(i)
            found = self._named_by_kind(i, known) or known or self._tagged(i)
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

    def _run(self, first: int) -> list[int]:
        """Ends of the runs of capitalised words from `first`, the connecting words between them let pass."""
        n, sentence = len(self.words), self.parsed.sentence_of
        last, ends = first + 1, [first + 1]
        while last < n and last - first < LONGEST and sentence[last] == sentence[first]:
            if self._capital(last):
                ends.append(last + 1)
            elif self.words[last] not in beside().joins:
                break
            last += 1
        return ends

    def _longest(self, first: int) -> _Name | None:
        """The longest run of words from `first` that the gazetteer knows."""
        index = gazetteer()
        for end in reversed(self._run(first)):
            name = self._name(first, end, True)
            if len(name.folded) > 1 and index.has(name.folded):
                if name.folded.endswith(" city") and self._only_city(name):
                    continue
                return name
        return None

    def _only_city(self, name: _Name) -> bool:
        """Whether "X City" is a city called X, as in "X City Council"."""
        index = gazetteer()
        whole = index.find_folded(name.folded)[0]
        if fold(whole.name) != name.folded:
            return True
        short = [e for e in index.find_folded(name.folded.removesuffix(" city")) if e.group == "P"]
        follows = name.last < len(self.words) and self.lower[name.last] in beside().body
        return follows and bool(short) and short[0].population > whole.population

    def _abbreviated(self, first: int) -> _Name | None:
        """A region's abbreviation, its last dot perhaps taken for the sentence's."""
        known = abbreviations()
        for last in (first + 1, first + 2):
            if last <= len(self.words):
                start, end = self.parsed.chars(first, last)
                text = self.parsed.article.text
                if text[end : end + 1] == "." and "." in text[start:end] and text[start : end + 1] in known:
                    end += 1
                if text[start:end] in known:
                    return _Name(first, last, start, end, fold(text[start:end]), True)
        return None

    def _named_by_kind(self, first: int, known: _Name | None) -> _Name | None:
        """A road or landmark ("Elm Street", "Highway 82") that the gazetteer does not know whole."""
        table, run = beside(), self._run(first)
        reach = known.last if known else first + 1
        if self.lower[first].rstrip(".") in table.road_before and first + 1 < len(self.words):
            number = first + 2 if self.words[first + 1] == "-" else first + 1
            if number < len(self.words) and self.words[number].isdigit():
                return self._made(first, number + 1)
        best = None
        for end in run:
            if end - first < 2 or not all(
                self._capital(i) or self.words[i] == "-" for i in range(first, end)
            ):
                continue
            word = self.lower[end - 1].rstrip(".")
            if end > reach and (word in table.road or word in table.feature):
                best = end
        if (
            best is None
            and self.lower[first] in table.feature_before
            and first + 2 in run
            and reach < first + 2
        ):
            best = first + 2
        if best is None or self.lower[first] in ("the", "a", "this"):
            return None
        return self._made(first, best)

    def _made(self, first: int, last: int) -> _Name:
        name = self._name(first, last, False)
        name.accepted = True
        return name

    def _tagged(self, first: int) -> _Name | None:
        """An entity that the tagger calls a place and the gazetteer does not know, nor a part of it."""
        token = self.parsed.doc[first]
        table, last = beside(), first + 1
        if first >= 2 and self.lower[first - 1] == "of" and self.words[first - 2] in table.settlement:
            while last < len(self.words) and (self._capital(last) or self.words[last] == "-"):
                last += 1
            return self._made(first, last)
        if token.ent_type_ not in ("GPE", "LOC") or token.ent_iob_ != "B" or self.shouted[first]:
            return None
        while last < len(self.words) and self.parsed.doc[last].ent_iob_ == "I":
            last += 1
        while last > first + 1 and self.lower[last - 1] in ("'s", "’s", "'", "’"):
            last -= 1
        if self.lower[first] in table.place or self.lower[first] == "the":
            return None
        while last > first + 1 and self.lower[last - 1] in table.kind:
            last -= 1
        return self._name(first, last, False)

    def _judge(self, name: _Name) -> bool | None:
        """Whether the candidate is a place: yes, no, or as elsewhere in the article (None)."""
        if name.accepted:
            return True
        first, last = name.first, name.last
        words, lower, table = self.words, self.lower, beside()
        strength = not_places().get(name.folded, "")
        written = self.parsed.article.text[name.start : name.end]
        before = lower[first - 1] if first else ""
        after = lower[last] if last < len(lower) else ""
        single = last - first == 1
        if written in abbreviations():
            comma = before == "," and first >= 2 and self._capital(first - 2)
            if comma or not gazetteer().has(name.folded):
                return comma or "." in written
        if strength == "never" or name.folded in adjectives():
            return False
        if after == "-" and last + 1 < len(words) and fold(words[last + 1]) in adjectives():
            return False
        tagged = {self.entity[i] for i in range(first, last)}
        is_place = bool(tagged & PLACE_ENTITIES)
        followed = after == "," and last + 1 < len(words) and self._region(last + 1)
        if self._bears_only_the_name(name, is_place, followed):
            return False
        letters = 3 if self.shouted[first] else 5
        if written.isupper() and single and len(written) <= letters and not (is_place or self._opens(name)):
            return False
        located = (
            before in table.ground
            or (before == "of" and first >= 2 and lower[first - 2] in table.place)
            or before in table.place
            or followed
            or after in table.kind
            or after in table.body
            or self._opens(name)
        )
        if strength == "doubtful":
            if located and (is_place or before != "at"):
                return True
            return True if is_place and (not single or self._large(name, 100_000)) else None
        if is_place or located:
            return True
        if not name.known:
            return False
        if "" in tagged and single and self.parsed.doc[first].tag_ not in ("NNP", "NNPS"):
            return None
        if name.folded in in_the_news():
            return True
        people = LARGE if tagged == {""} or before in table.toward else FAMOUS
        return True if self._large(name, people) else None

    def _bears_only_the_name(self, name: _Name, is_place: bool, followed: bool) -> bool:
        """Whether what stands beside makes it a person's, firm's or paper's name."""
        first, last, lower, table = name.first, name.last, self.lower, beside()
        before = lower[first - 1] if first else ""
        after = lower[last] if last < len(lower) else ""
        # "Clay County Sheriff Jo Lee" is a person's name to the tagger, all of it.
        official = lower[last - 1] in table.kind or after in table.body
        if self._inside(first, last) == "PERSON" and not official:
            return True
        if before.rstrip(".") in table.person and self._capital(first - 1) and not is_place:
            return True
        if (
            last - first == 1
            and lower[first] in self.persons
            and not followed
            and before not in ("in", "near")
        ):
            return True
        if name.folded.startswith("saint ") and after in ("'s", "’s"):
            return True
        if after in table.other and self._capital(last):
            return True
        if (
            before == "of"
            and first >= 2
            and lower[first - 2] in table.other_before
            and self._capital(first - 2)
        ):
            return True
        if before == "-" and first >= 2 and self._capital(first - 2) and not is_place and not official:
            return True
        if not first or not self._capital(first - 1) or is_place or before in table.place:
            return False
        # Part of a longer name, but a sentence's first word is capital in any case.
        lead = self.parsed.doc[first - 1]
        part = not lead.is_sent_start or (lead.tag_ == "NNP" and lead.dep_ == "compound")
        return part and before not in beside().leads

    def _opens(self, name: _Name) -> bool:
        """Whether the name is the paragraph's dateline: in capitals at its beginning, or before a dash."""
        token = self.parsed.doc[name.first]
        if not token.is_sent_start or name.last >= len(self.words):
            return False
        if self.lower[name.last] in ("-", "--", "–", "—", "_"):
            return True
        written = self.parsed.article.text[name.start : name.end]
        return len(written) > 3 and written.isupper() and not self.words[name.last].isupper()

    def _large(self, name: _Name, people: int) -> bool:
        """Whether the largest place of that name has so many people."""
        found = gazetteer().find_folded(name.folded) if len(name.folded) > 3 else ()
        return bool(found) and found[0].population >= people

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
