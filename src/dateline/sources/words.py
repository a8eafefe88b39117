"""The tables behind furniture, captions and datelines, loaded once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ahocorasick_rs import AhoCorasick

from dateline.article import ZoneKind
from dateline.knowledge.tables import read_table

_FOLDER = "furniture"
_KINDS = frozenset(
    {"menu", "stamp", "byline", "joining", "no_place", "opener", "tag", "no_date", "credit", "post"}
)
_MATCHES = frozenset({"whole", "start", "end", "has"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a paragraph is that holds the phrase in the right place and at most `words` words."""

    text: str
    kind: ZoneKind
    words: int
    run: bool


@dataclass(frozen=True, slots=True)
class Phrases:
    """phrases.tsv: whole paragraphs, beginnings by their first word, ends, and phrases inside."""

    whole: dict[str, Phrase]
    start: dict[str, tuple[Phrase, ...]]
    end: tuple[Phrase, ...]
    has: dict[str, Phrase]
    finder: Finder


class Finder:
    """Finds many phrases at once in a text in small letters, whole words only."""

    def __init__(self, phrases: list[str]) -> None:
        self.phrases = phrases
        self.automaton = AhoCorasick(phrases)

    def find(self, text: str) -> Iterator[str]:
        """The phrases in the text, in the order of their ends; a phrase may come twice."""
        for number, start, end in self.automaton.find_matches_as_indexes(text, overlapping=True):
            phrase = self.phrases[number]
            before = start and phrase[0].isalnum() and text[start - 1].isalnum()
            if not before and not (phrase[-1].isalnum() and text[end : end + 1].isalnum()):
                yield phrase


@lru_cache(maxsize=1)
def phrases() -> Phrases:
    """The phrases of phrases.tsv. Raises `DatelineError` at a bad row."""
    whole: dict[str, Phrase] = {}
    start: dict[str, list[Phrase]] = {}
    end: list[Phrase] = []
    has: dict[str, Phrase] = {}
    for row in read_table(_FOLDER, "phrases.tsv", required=("phrase", "match", "kind", "words", "run")):
        text, match = row["phrase"], row["match"]
        if not text or text != text.lower() or match not in _MATCHES:
            raise row.bad(f"{text!r} needs small letters and a match of whole, start, end or has")
        if row["kind"] not in ("furniture", "caption") or row["run"] not in ("", "yes"):
            raise row.bad("kind is furniture or caption, run is yes or empty")
        if (match == "whole") == row["words"].isdigit():
            raise row.bad("words is a number, and empty for whole")
        phrase = Phrase(text, ZoneKind(row["kind"]), int(row["words"] or 0), row["run"] == "yes")
        if match == "whole":
            whole[text] = phrase
        elif match == "start":
            start.setdefault(text.split()[0], []).append(phrase)
        elif match == "end":
            end.append(phrase)
        else:
            has[text] = phrase
    return Phrases(whole, {k: tuple(v) for k, v in start.items()}, tuple(end), has, Finder(list(has)))


@lru_cache(maxsize=1)
def cues() -> tuple[Finder, dict[str, int]]:
    """A finder of the cues of captions.tsv, and the weight of each."""
    weights: dict[str, int] = {}
    for row in read_table(_FOLDER, "captions.tsv", required=("cue", "weight")):
        if row["weight"] not in ("1", "2") or row["cue"] != row["cue"].lower():
            raise row.bad("a cue needs small letters and a weight of 1 or 2")
        weights[row["cue"]] = int(row["weight"])
    return Finder(list(weights)), weights


@lru_cache(maxsize=16)
def line_words(kind: str) -> frozenset[str]:
    """The words of that kind in words.tsv, whose head says which kinds there are."""
    found = set()
    for row in read_table(_FOLDER, "words.tsv", required=("word", "kind")):
        if row["kind"] not in _KINDS or row["word"] != row["word"].lower():
            raise row.bad(f"{row['word']!r} needs small letters and one of the kinds")
        if row["kind"] == kind:
            found.add(row["word"])
    return frozenset(found)


@lru_cache(maxsize=1)
def agencies() -> frozenset[str]:
    """The names of agencies, in small letters."""
    return frozenset(n.lower() for row in read_table(_FOLDER, "agencies.tsv") for n in row.many("name"))


@lru_cache(maxsize=1)
def months() -> dict[str, int]:
    """The months' names and short forms in small letters, and their numbers."""
    found: dict[str, int] = {}
    for row in read_table(_FOLDER, "months.tsv", required=("name", "number")):
        if not row["number"].isdigit() or not 1 <= int(row["number"]) <= 12:
            raise row.bad(f"{row['number']!r} is no month")
        found.update((name.lower(), int(row["number"])) for name in row.many("name"))
    return found
