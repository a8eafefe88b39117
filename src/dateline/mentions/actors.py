"""Finds the noun phrases that may name an actor, and what each phrase itself says of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from dateline.knowledge.actors.book import ActorBook
from dateline.knowledge.actors.entries import Role
from dateline.knowledge.reference import Pronoun, Reference, reference
from dateline.language.parsed import Parsed
from dateline.mentions.actor_hints import Hint, Hints, is_plural
from dateline.mentions.actor_names import NameHit, name_hits

MentionKind = Literal["name", "nominal", "pronoun"]

NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
# Dependents before a noun that are part of its phrase.
BEFORE = frozenset({"det", "amod", "compound", "nmod", "poss", "nummod", "quantmod", "predet", "neg"})
# An adjective or number that stands for a noun ("the French said", "the wounded").
NOUN_PLACES = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "dative", "attr", "appos", "conj", "agent"})
PRONOUNS = frozenset({"PRP", "PRP$", "WDT", "WP", "WP$"})
PEOPLES = frozenset({"NORP", "LOC", "GPE"})
NAMED = frozenset({"PERSON", "ORG", "GPE", "NORP"})
LONGEST_ROLE = 5


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A noun phrase that may name an actor: tokens `[first, last)`, its head, and what it says.

    `name` is the name in it without title, as written, and `named` what the book knows by it;
    `role` is the title or kind of people; `former` says that the office is held no more; `hints`
    tell whose it is, nearest first; `part` is the head of the phrase that this one is a number or
    a part of ("dozens of police"); `owned` says that a proper noun stands before the role, whoever
    that is ("the Acme chief").
    """

    start: int
    end: int
    first: int
    last: int
    head: int
    text: str
    kind: MentionKind
    name: str | None = None
    named: NameHit | None = None
    label: str = ""
    role: Role | None = None
    former: bool = False
    definite: bool = False
    plural: bool = False
    gender: str = ""
    hints: tuple[Hint, ...] = ()
    part: int | None = None
    owned: bool = False


class _Finder:
    def __init__(self, parsed: Parsed, book: ActorBook, hits: dict[int, NameHit]) -> None:
        self.parsed, self.doc, self.book, self.hits = parsed, parsed.doc, book, hits
        self.words: Reference = reference()
        self.titles: set[int] = set()
        self.written = [parsed.word(i) for i in range(len(parsed.doc))]
        self.lower = [word.lower() for word in self.written]
        self.hints = Hints(parsed, hits, self.lower)

    def mentions(self) -> Iterator[ActorMention]:
        for token in self.doc:
            if not self._may_head(token):
                continue
            mention = self._mention(token)
            if mention is not None:
                yield mention

    def _may_head(self, token: Token) -> bool:
        hit = self.hits.get(token.i)
        if token.dep_ in ("compound", "nmod", "amod", "det", "nummod") and token.head.i > token.i:
            return False
        if token.dep_ == "preconj" and token.head.pos_ in NOMINAL:
            # "both Chad and Niger", unlike "both survived"
            return False
        if token.dep_ == "conj" and token.head.dep_ in ("amod", "compound", "nmod"):
            # "the French and German leaders"
            return False
        if hit is not None and token.head.i in range(hit.first, hit.last) and token.head.i != token.i:
            return False
        if hit is None and token.ent_type_ == "ORG" and token.dep_ == "poss" and self._one_name(token):
            return False
        if token.pos_ in NOMINAL:
            return True
        if token.tag_ in ("PRP$", "WP$"):
            return True
        return hit is not None or token.dep_ in NOUN_PLACES

    def _one_name(self, token: Token) -> bool:
        """Whether the token is in the same marked name as its head: "the Miners' Federation"."""
        return token.head.i > token.i and all(
            self.doc[i].ent_iob_ == "I" for i in range(token.i + 1, token.head.i + 1)
        )

    def _mention(self, head: Token) -> ActorMention | None:
        i = head.i
        pronoun = self.words.pronouns.get(self.lower[i])
        if pronoun is not None and i not in self.hits:
            return self._pronoun(i, pronoun) if head.tag_ in PRONOUNS else None
        first = self._first(head)
        name_first, name_last, named = self._name(head, first)
        last = max(i + 1, name_last)
        first = min(first, name_first)
        label = head.ent_type_ if name_last > name_first else ""
        role, role_first = self._role(first, name_first, name_last, last)
        kind: MentionKind = "name" if name_last > name_first else "nominal"
        part = self._part(head) if named is None else None
        if (
            role is None
            and name_last == name_first
            and head.lemma_.lower() in self.words.things | self.words.voices
            and i > first
        ):
            # "a police helicopter", "a ministry spokesman": the police's, the ministry's.
            role, role_first = self._role(first, i, i, i)
            role = None if role is not None and role.facility else role
        elif part is not None and self.lower[i] in self.words.parts:
            # "thousands marched" are people; "thousands of dollars" are not.
            role = None
        elif role is not None and kind == "nominal" and role_first == i > first:
            role = self._inner(role, first, head)
        if kind == "nominal" and role is None and part is None and not self._refers(head):
            return None
        if kind == "name":
            self.titles.update(range(role_first, name_first))
        covered = range(name_first, name_last)
        hints = tuple(self.hints.of(head, first, i, covered))
        last = self._reach(head, last, role)
        start, end = self.parsed.chars(first, last)
        return ActorMention(
            start,
            end,
            first,
            last,
            i,
            self.parsed.text(first, last),
            kind,
            name=self.parsed.text(name_first, name_last) if name_last > name_first else None,
            named=named,
            label=label,
            role=role,
            former=any(self.lower[j] in self.words.former for j in range(first, role_first)),
            definite=self._definite(head, first),
            plural=is_plural(head)
            or head.lemma_.lower() in self.words.plurals
            or self.lower[i] in self.words.pairs,
            gender=self._gender(first, name_first, name_last),
            hints=hints,
            part=part,
            owned=any(
                self._is_owner(j) and self.lower[j] not in self.words.former for j in range(first, role_first)
            ),
        )

    def _pronoun(self, i: int, pronoun: Pronoun) -> ActorMention:
        start, end = self.parsed.chars(i, i + 1)
        return ActorMention(
            start,
            end,
            i,
            i + 1,
            i,
            self.parsed.word(i),
            "pronoun",
            plural=pronoun.number == "p",
            gender=pronoun.gender,
        )

    def _is_owner(self, i: int) -> bool:
        """Whether token i is a name or the adjective of one: "European leaders"."""
        token = self.doc[i]
        adjective = token.pos_ == "ADJ" and (
            token.ent_type_ in PEOPLES or (token.is_title and not token.is_sent_start)
        )
        return bool(token.pos_ == "PROPN" or adjective)

    def _first(self, head: Token) -> int:
        first = head.i
        for child in sorted(head.lefts, key=lambda t: -t.i):
            if child.dep_ not in BEFORE:
                continue
            right = child.right_edge.i + 1
            if right < first and any(
                self.doc[j].is_punct and not self.doc[j].is_quote and self.lower[j] != "-"
                for j in range(right, first)
            ):
                break
            first = min(first, child.left_edge.i)
        if first > 1 and self._hyphened_former(first - 2):
            # "ex-president", which the parser takes apart.
            return first - 2
        return first

    def _hyphened_former(self, i: int) -> bool:
        return self.lower[i] in self.words.former and self.lower[i + 1 : i + 2] == ["-"]

    def _name(self, head: Token, first: int) -> tuple[int, int, NameHit | None]:
        """The name that the phrase is, as tokens `[first, last)`; empty where its head is a common noun."""
        i = head.i
        hit = self.hits.get(i)
        if hit is not None and hit.last > i:
            return hit.first, hit.last, hit
        if head.ent_type_ not in (*NAMED, "") or not self._proper(head):
            return i, i, None
        begin, end = i, i + 1
        if head.ent_type_:
            while begin > first and self._goes_on(begin):
                begin -= 1
            while begin > first and self._unmarked(begin - 1) and head.ent_type_ in ("PERSON", "GPE"):
                begin -= 1
            while head.ent_type_ == "ORG" and end < len(self.doc) and self._goes_on(end):
                end += 1
            if end > i + 1 and self.doc[end - 1].tag_ == "POS":
                end -= 1
        else:
            while begin > first and self.doc[begin - 1].pos_ == "PROPN" and begin - 1 not in self.hits:
                begin -= 1
        while begin < i and self._is_title(begin, i):
            begin += 1
        if self.book.role(self.words_at(begin, end)) is not None:
            return i, i, None
        return begin, end, None

    def _proper(self, head: Token) -> bool:
        """A proper noun, or the last name of a known person that the tagger takes for a common one."""
        if head.pos_ == "PROPN":
            return True
        word = self.written[head.i]
        return head.pos_ in ("NOUN", "ADJ", "X") and word.istitle() and bool(self.book.people_called(word))

    def words_at(self, first: int, last: int) -> list[str]:
        """The words of tokens `[first, last)` in small letters, but as written where all in capitals."""
        return [w if (w := self.written[i]).isupper() else self.lower[i] for i in range(first, last)]

    def _unmarked(self, i: int) -> bool:
        """Whether token i is a proper noun that the parser has not put in any name."""
        token = self.doc[i]
        return token.pos_ == "PROPN" and not token.ent_type_ and i not in self.hits

    def _goes_on(self, i: int) -> bool:
        """Whether token i carries on the name of the token before it; a bracket begins another."""
        return self.doc[i].ent_iob_ == "I" and not {"(", ","} & {self.lower[i], self.lower[i - 1]}

    def _is_title(self, begin: int, head: int) -> bool:
        word = self.parsed.word(begin)
        if word in self.words.honorifics or self.lower[begin] in self.words.former:
            return True
        if self.lower[begin] in ("the", "a") or self.doc[begin].is_punct:
            return True
        longest = min(head, begin + LONGEST_ROLE)
        for end in range(longest, begin, -1):
            role = self.book.role(self.words_at(begin, end))
            if role is not None and role.title and end <= head:
                return True
        return False

    def _role(self, first: int, name_first: int, name_last: int, last: int) -> tuple[Role | None, int]:
        """The title before a name, or the kind of people of a common noun; and where its words begin."""
        end = name_first if name_last > name_first else last
        for begin in range(max(first, end - LONGEST_ROLE), end):
            # "former president": the title is "president", held no more.
            role = (
                None if self.lower[begin] in self.words.former else self.book.role(self.words_at(begin, end))
            )
            if role is not None:
                return role, begin
        lemma = self.doc[end - 1].lemma_.lower() if end > first else ""
        if lemma.endswith("is") and self.lower[end - 1].endswith("es"):
            # The parser makes "taxes" the plural of "taxis".
            lemma = self.lower[end - 1][:-2]
        if lemma and name_last <= name_first:
            for begin in range(max(first, end - LONGEST_ROLE), end):
                role = self.book.role([*self.lower[begin : end - 1], lemma])
                if role is not None:
                    return role, begin
        if name_last - name_first > 1:
            # A title that is part of a known name: "King Hassan", "Pope Francis".
            role = self.book.role(self.words_at(name_first, name_first + 1))
            if role is not None and role.title:
                return role, name_first
        if name_last > name_first and name_first > first:
            word = self.lower[name_first - 1]
            if word in self.words.staff:
                return Role(word, None, title=True), name_first - 1
        if name_last > name_first:
            # A name may say its kind: "the Ghana Farmers' Union", "Bolivian National Police".
            # What comes after a preposition is not what it is: "Front for Justice".
            stop = next((i for i in range(name_first + 1, name_last) if self.doc[i].tag_ == "IN"), name_last)
            for begin in range(max(name_first, stop - LONGEST_ROLE), stop):
                role = self.book.role(self.words_at(begin, stop))
                if role is not None:
                    return role, name_first
        return None, end

    def _inner(self, role: Role, first: int, head: Token) -> Role:
        """The role with the sector of what those who merely belong belong to: "army officer"."""
        if head.lemma_.lower() not in self.words.staff:
            return role
        inner, begin = self._role(first, head.i, head.i, head.i)
        if inner is None or inner.sector is None or begin == head.i:
            return role
        noun = f"{inner.noun} {role.noun}"
        return Role(noun, inner.sector, inner.other_sectors, role.office, inner.code, role.title)

    def _refers(self, head: Token) -> bool:
        """Whether a noun without a role may still mean an actor, by what it refers to or belongs to."""
        if head.pos_ not in ("NOUN", "PROPN"):
            return self.lower[head.i] in self.words.pairs
        lemma, words = head.lemma_.lower(), self.words
        return any(lemma in known for known in (words.nouns, words.staff, words.members, words.things))

    def _part(self, head: Token) -> int | None:
        """The head of what the phrase is a number or part of."""
        if self._hyphened_former(head.i) and head.i + 2 < len(self.doc):
            return head.i + 2
        if (
            head.pos_ in ("NOUN", "PROPN")
            and not {head.lemma_.lower(), self.lower[head.i]} & self.words.parts
        ):
            return None
        for child in head.rights:
            if child.dep_ == "prep" and child.lower_ == "of":
                for inner in child.rights:
                    if inner.dep_ == "pobj":
                        return inner.i
        return None

    def _reach(self, head: Token, last: int, role: Role | None) -> int:
        """The phrase's end with a short `of` phrase that follows a title or kind: "president of France"."""
        if role is None or last >= len(self.doc) or self.lower[last] != "of":
            return last
        prep = self.doc[last]
        if prep.head.i != head.i:
            return last
        inner = next((c for c in prep.rights if c.dep_ == "pobj"), None)
        if inner is None:
            return last
        hit = self.hits.get(inner.i)
        if hit is None and inner.pos_ != "PROPN":
            return last
        return max(inner.i + 1, hit.last if hit else 0)

    def _definite(self, head: Token, first: int) -> bool:
        word = self.lower[first]
        return word in self.words.definite or any(c.dep_ == "poss" for c in head.lefts)

    def _gender(self, first: int, name_first: int, name_last: int) -> str:
        for i in range(first, name_last):
            gender = self.words.honorifics.get(self.parsed.word(i))
            if gender:
                return gender
        if name_last - name_first > 1:
            return self.words.first_names.get(self.parsed.word(name_first), "")
        return ""


def find_actors(
    parsed: Parsed, book: ActorBook, hits: dict[int, NameHit] | None = None
) -> list[ActorMention]:
    """Every noun phrase of the text that may name an actor, in the order of their heads.

    Named ones (names of the book, and what the parser marks as person, organisation or place),
    common ones (a title, a kind of people, a noun that refers back), pronouns and possessives.
    `hits` are the text's `name_hits`, where the caller has them already.
    """
    finder = _Finder(parsed, book, name_hits(parsed, book) if hits is None else hits)
    found = list(finder.mentions())
    # "State" is no phrase of its own in "Secretary of State Kerry".
    return [m for m in found if m.head not in finder.titles or m.named is not None]
