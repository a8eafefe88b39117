"""Gives a text in capitals its small letters back, so that the parser can read it.

Capitals alone say nothing of what is a name. Names are told by the tables of actors, by the
gazetteer, by a title or first name before them, and by being no ordinary word of English; every
other word is written small. Only the parser sees the result, which has as many characters as the
text, so that offsets stay.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ahocorasick_rs import AhoCorasick
from spacy.language import Language

from dateline.knowledge.actors.book import fold
from dateline.knowledge.actors.entries import Form, Kind
from dateline.knowledge.actors.read import countries, known_names, peoples, roles, shipped_names
from dateline.knowledge.gazetteer.index import gazetteer
from dateline.knowledge.gazetteer.names import not_places
from dateline.knowledge.reference import reference
from dateline.knowledge.tables import read_table
from dateline.language.ordinary import Ordinary

CASES = frozenset({"lower", "capital", "particle", "Particle", "title", "keep", "month", "dating"})
WORD = re.compile(r"[^\W\d_]+")
# A text with fewer small letters than this is in capitals: FBIS wrote "McALLEN", agencies "al-QAEDA".
MOST_SMALL = 0.1
# A shorter paragraph, as "KABUL" or "PHOTO", says nothing of how the text is written.
FEWEST_WORDS = 4
LONGEST_PLACE = 4
# A word that is also a place is taken for it from so many people on.
LARGE = 100_000
LONGEST_ACRONYM = 6
LONGEST_TITLE = 3
VOWELS = re.compile("[AEIOUY]")
SENTENCE_END = re.compile(r"[.!?:][\"')\]]*\s+[\"'(\[]*$|[,\]]\s+\"$|^\"$")
# The number of a kind of arms or machine, after its letters.
MARK = re.compile(r" ?- ?\d")
LONGEST_MARK = 3
# "U.S." and initials end no sentence.
INITIAL = re.compile(r"(?<!\w)\w\.\s+$")
REACH = 8
BETWEEN = re.compile(r"[ \n]+|-|\. ?")


def in_capitals(text: str) -> bool:
    """Whether a paragraph is written in capitals: hardly a small letter among its words."""
    words = [w for w in WORD.findall(text) if len(w) > 1]
    if len(words) < FEWEST_WORDS:
        return False
    letters = sum(c.isalpha() for c in text)
    return sum(c.islower() for c in text) <= MOST_SMALL * letters


@dataclass(frozen=True, slots=True)
class _Name:
    """A known name as it is usually written, and whether it wins over an ordinary word."""

    written: str
    sure: bool


@lru_cache(maxsize=1)
def _names() -> tuple[AhoCorasick, Sequence[_Name]]:
    """The names of the actor tables, to be looked for in small letters."""
    found: dict[str, _Name] = {}
    for text, form, known in (*countries()[0], *known_names(shipped_names()), *peoples()):
        folded = fold(text)
        sure = " " in folded or (known.kind is Kind.COUNTRY and form is not Form.SEAT)
        old = found.get(folded.lower())
        if len(folded) > 1 and folded != folded.lower() and (old is None or (sure and not old.sure)):
            found[folded.lower()] = _Name(folded, sure)
    return AhoCorasick(list(found)), list(found.values())


@lru_cache(maxsize=1)
def _cases() -> Mapping[str, str]:
    """Lower-case word → how it is written in a text in capitals."""
    found: dict[str, str] = {}
    for row in read_table("language", "casing.tsv", required=("word", "case")):
        if row["case"] not in CASES or row["word"] != row["word"].lower():
            raise row.bad("the case is none of " + " ".join(sorted(CASES)) + ", or the word has capitals")
        found[row["word"]] = row["case"]
    return found


@lru_cache(maxsize=1)
def _first_names() -> frozenset[str]:
    return frozenset(fold(name).lower() for name in reference().first_names)


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    """Titles in small letters: "president", "foreign minister"."""
    return frozenset(role.noun.lower() for role in roles().values() if role.title)


class Casing:
    """Recases the paragraphs of one article, which share what was learned of its names."""

    def __init__(self, nlp: Language) -> None:
        self._ordinary = Ordinary.of(nlp)
        self._learned: set[str] = set()
        self._acronyms: set[str] = set()

    def recase(self, text: str) -> str:
        """The paragraph with its names' capitals and small letters; as long as before."""
        return _Recased(text, self._ordinary, self._learned, self._acronyms).text()


class _Recased:
    """One paragraph. `form[i]` is how word i is written, once that is known."""

    def __init__(self, text: str, ordinary: Ordinary, learned: set[str], acronyms: set[str]) -> None:
        self._text = text
        self._spans = [m.span() for m in WORD.finditer(text)]
        self._upper = [text[a:b] for a, b in self._spans]
        self._lower = [fold(w).lower() for w in self._upper]
        self._ordinary = ordinary
        self._learned, self._acronyms = learned, acronyms
        self._form: list[str | None] = [None] * len(self._spans)
        self._named = [False] * len(self._spans)

    def text(self) -> str:
        self._short_names()
        self._known_names(single=False)
        self._places(2)
        self._known_names(single=True)
        self._places(1)
        self._months()
        for i in range(len(self._spans)):
            if self._form[i] is None:
                self._single(i)
        self._learn()
        self._particles_and_titles()
        out = list(self._text)
        for i, (start, end) in enumerate(self._spans):
            form = self._form[i] or self._lower[i]
            if self._begins_sentence(i):
                form = form[:1].upper() + form[1:]
            if len(form) == end - start:
                out[start:end] = form
        return "".join(out)

    def _name(self, i: int, written: str) -> None:
        self._form[i], self._named[i] = written, True

    def _title(self, i: int) -> str:
        word = self._upper[i]
        small = word.lower()
        # A letter whose small form is longer ("İ") stays as it is.
        return word[:1] + small[1:] if len(small) == len(word) else word

    def _common(self, i: int) -> bool:
        case = _cases().get(self._lower[i])
        return case in ("lower", "month") or self._ordinary.word(self._lower[i])

    def _short_names(self) -> None:
        """Names by letters: alone in brackets at first, bare afterwards; and kinds of arms ("AK-47")."""
        for i, word in enumerate(self._lower):
            if word in self._acronyms:
                self._name(i, self._upper[i])
            elif not self._common(i) and self._bracketed(i):
                self._acronyms.add(word)
                self._name(i, self._upper[i])
            elif len(word) <= LONGEST_MARK and MARK.match(self._text, self._spans[i][1]):
                self._form[i] = self._upper[i]

    def _known_names(self, single: bool) -> None:
        """Names of the actor tables: several words always, one word where it is no ordinary one."""
        matcher, names = _names()
        text = fold(self._text).lower()
        if len(text) != len(self._text):
            return
        starts = {a: i for i, (a, _) in enumerate(self._spans)}
        ends = {b: i for i, (_, b) in enumerate(self._spans)}
        found = [
            (a, -b, k)
            for k, a, b in matcher.find_matches_as_indexes(re.sub(r"\s", " ", text), overlapping=True)
            if a in starts and b in ends and (starts[a] == ends[b]) is single
        ]
        reached = 0
        for a, minus_b, k in sorted(found):
            first, last, name = starts[a], ends[-minus_b], names[k]
            if a < reached or any(self._form[i] is not None for i in range(first, last + 1)):
                continue
            if first == last and not self._may_be_name(first, name):
                continue
            reached = -minus_b
            for i in range(first, last + 1):
                s, e = self._spans[i]
                self._name(i, name.written[s - a : e - a])

    def _may_be_name(self, i: int, name: _Name) -> bool:
        """Whether a known name of one word is meant by it rather than an ordinary word."""
        if self._lower[i] == "us":
            return self._is_state(i)
        if _cases().get(self._lower[i]) in ("lower", "month", "particle") or self._ordinary.small(
            self._lower[i]
        ):
            return False
        word = self._lower[i]
        letters = (
            name.written.isupper() and not self._ordinary.acts(word) and not self._ordinary.counted(word)
        )
        return name.sure or letters or not self._ordinary.word(self._lower[i])

    def _is_state(self, i: int) -> bool:
        """Whether US is the country: "the" stands before it or a word of weight follows."""
        if i and self._lower[i - 1] == "the":
            return True
        if i + 1 == len(self._spans) or self._gap(i) != " ":
            return False
        return not self._ordinary.small(self._lower[i + 1])

    def _gap(self, i: int) -> str:
        """What stands between word i and the next, white space folded."""
        return re.sub(r"\s+", " ", self._text[self._spans[i][1] : self._spans[i + 1][0]])

    def _places(self, shortest: int) -> None:
        """Names of the gazetteer, longest first; a common word only where a large place bears it."""
        count = len(self._spans)
        i = 0
        while i < count:
            step = 1
            if self._form[i] is None and not self._ordinary.small(self._lower[i]):
                for length in range(min(LONGEST_PLACE, count - i), shortest - 1, -1):
                    if self._is_place(i, length):
                        for k in range(i, i + length):
                            inner = k - i > 0 and self._ordinary.small(self._lower[k])
                            case = _cases().get(self._lower[k])
                            small = inner or (k > i and case in ("particle", "Particle"))
                            self._name(k, self._lower[k] if small else self._title(k))
                        step = length
                        break
            i += step

    def _is_place(self, first: int, length: int) -> bool:
        words = self._lower[first : first + length]
        if any(self._form[k] is not None for k in range(first, first + length)):
            return False
        if any(self._gap(k) not in (" ", "-") for k in range(first, first + length - 1)):
            return False
        name = " ".join(words)
        if not gazetteer().has(name) or not_places().get(name) == "never":
            return False
        if length == 1 and _cases().get(name) is not None:
            return False
        if any(
            not self._common(k) and _cases().get(self._lower[k]) is None for k in range(first, first + length)
        ):
            return True
        if length == 1 and (self._ordinary.acts(name) or name in not_places()):
            return False
        return gazetteer().find_folded(name)[0].population >= LARGE

    def _months(self) -> None:
        for i, word in enumerate(self._lower):
            if _cases().get(word) != "month" or self._form[i] is not None:
                continue
            start, end = self._spans[i]
            after = self._text[end : end + 3].lstrip(". \n")[:1]
            before = self._text[max(0, start - 3) : start].rstrip()[-1:]
            dated = i > 0 and _cases().get(self._lower[i - 1]) == "dating"
            if not self._ordinary.word(word) or after.isdigit() or before.isdigit() or dated:
                self._name(i, self._title(i))

    def _single(self, i: int) -> None:
        """A word that no table of names holds."""
        word, upper = self._lower[i], self._upper[i]
        start, end = self._spans[i]
        case = _cases().get(word)
        joined = start > 0 and self._text[start - 1] in "'’" and i > 0
        negated = self._text[end : end + 1] in ("'", "’") and self._lower[i + 1 : i + 2] == ["t"]
        if case == "keep":
            self._form[i] = upper
        elif case not in (None, "capital") or negated or (joined and len(word) <= 2):
            self._form[i] = word
        elif case == "capital" or word in self._learned:
            self._name(i, self._title(i))
        elif len(word) == 1:
            # An initial, unless it is the article.
            self._form[i] = word if word == "a" and self._text[end : end + 1] != "." else upper
        elif self._called(i):
            self._name(i, self._title(i))
        elif self._ordinary.word(word):
            self._form[i] = word
        else:
            self._name(i, upper if self._acronym(i) else self._title(i))

    def _called(self, i: int) -> bool:
        """Whether its neighbours say that an ordinary noun is a name: "CARLOS MENDOZA", "PRESIDENT BUSH".

        A first name before it does; another unknown name or a title only for a noun without a plural,
        since "FENASTRAS MEMBER" is no person.
        """
        word = self._lower[i]
        if self._ordinary.acts(word) or self._ordinary.small(word):
            return False
        before = self._lower[i - 1] if i and self._gap(i - 1) == " " else ""
        if before in _first_names():
            return True
        if self._ordinary.counted(word) or word in _titles():
            return False
        after = i + 1 < len(self._spans) and self._gap(i) == " "
        known = before in _titles() or (before and self._unknown(i - 1)) or (after and self._unknown(i + 1))
        return bool(known)

    def _unknown(self, i: int) -> bool:
        """Whether a word is in no dictionary, and so a name."""
        word = self._lower[i]
        return len(word) > 2 and word not in _cases() and not self._ordinary.word(word)

    def _acronym(self, i: int) -> bool:
        """Whether an unknown word is a row of letters: in brackets by itself, or without vowels."""
        word = self._upper[i]
        if len(word) > LONGEST_ACRONYM:
            return False
        return self._bracketed(i) or VOWELS.search(word) is None

    def _bracketed(self, i: int) -> bool:
        """Whether a word alone in brackets after words is their short name."""
        start, end = self._spans[i]
        alone = self._text[start - 1 : start] in ("(", "[") and self._text[end : end + 1] in (")", "]")
        return alone and i > 1 and len(self._upper[i]) <= LONGEST_ACRONYM and " " in self._gap(i - 1)

    def _learn(self) -> None:
        """What stands in a row of names is a name wherever it stands alone."""
        for i, word in enumerate(self._lower):
            if len(word) > 3 and self._form[i] == self._title(i) and self._named[i] and self._called(i):
                self._learned.add(word)

    def _particles_and_titles(self) -> None:
        """Small words and titles before a name, read from the back so that rows of them are found."""
        for i in range(len(self._spans) - 2, -1, -1):
            case = _cases().get(self._lower[i])
            if not self._named[i + 1] or self._named[i] or BETWEEN.fullmatch(self._gap(i)) is None:
                continue
            if case in ("particle", "Particle"):
                inside = i > 0 and self._named[i - 1] and self._gap(i - 1) == " "
                if self._ordinary.small(self._lower[i]) and not inside:
                    continue
                inside = inside or (i > 0 and _cases().get(self._lower[i - 1]) == "particle")
                self._name(i, self._title(i) if case == "Particle" and not inside else self._lower[i])
            elif case == "title":
                self._name(i, self._title(i))
            elif self._gap(i) == " ":
                for first in range(max(0, i - LONGEST_TITLE + 1), i + 1):
                    if self._one_phrase(first, i) and " ".join(self._lower[first : i + 1]) in _titles():
                        for k in range(first, i + 1):
                            self._name(k, self._title(k))
                        break

    def _one_phrase(self, first: int, last: int) -> bool:
        return all(self._gap(k) == " " and not self._named[k] for k in range(first, last))

    def _begins_sentence(self, i: int) -> bool:
        before = self._text[max(0, self._spans[i][0] - REACH) : self._spans[i][0]]
        return i == 0 or (SENTENCE_END.search(before) is not None and INITIAL.search(before) is None)
