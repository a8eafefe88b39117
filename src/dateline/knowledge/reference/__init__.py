"""How a text refers back to actors: pronouns, forms of address, nouns of reference; loaded once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dateline.knowledge.tables import read_mapping, read_table

BELONGING = ("part", "staff", "member", "peer", "thing", "against", "anyone", "voice")
DEALINGS = ("opposed", "mediator", "mediating", "proposal", "judging", "making", "further", "deciding")
CLASSES = (
    "country",
    "group",
    "man",
    "woman",
    "chief",
    "pair-person",
    "pair-country",
    "pair-any",
    "pair-self",
    "part",
    "other",
)


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A pronoun: `person` 1, 3 or r (relative), `number` s, p or empty, `gender` m, f, n or empty."""

    person: str
    number: str
    gender: str


@dataclass(frozen=True, slots=True)
class Reference:
    """The tables of this folder; each file's head says what its words are."""

    pronouns: dict[str, Pronoun]
    relatives: frozenset[str]
    honorifics: dict[str, str]
    first_names: dict[str, str]
    former: frozenset[str]
    parts: frozenset[str]
    staff: frozenset[str]
    members: frozenset[str]
    peers: frozenset[str]
    things: frozenset[str]
    against: frozenset[str]
    anyone: frozenset[str]
    nouns: dict[str, frozenset[str]]
    same: tuple[str, ...]
    whose: dict[str, str]
    plurals: frozenset[str]
    chiefs: frozenset[str]
    sole: frozenset[str]
    descent: frozenset[str]
    dummy_verbs: frozenset[str]
    minds: frozenset[str]
    definite: frozenset[str]
    pairs: frozenset[str]
    voices: frozenset[str]
    opposed: frozenset[str]
    mediators: frozenset[str]
    mediating: frozenset[str]
    proposals: frozenset[str]
    judging: frozenset[str]
    making: frozenset[str]
    further: frozenset[str]
    deciding: frozenset[str]
    called: dict[str, frozenset[str]]

    def opposite(self, noun: str) -> bool:
        """Whether a noun (lemma) means another than its owner: "its neighbour", "his foes"."""
        return noun in self.against or "other" in self.nouns.get(noun, frozenset())

    def part_of_talks(self, noun: str) -> bool:
        """Whether a noun (lemma) says what part somebody has, and not who it is: host, neighbour, member."""
        classes = self.nouns.get(noun, frozenset())
        return noun in self.mediators or bool(classes & {"part", "pair-self"})


@lru_cache(maxsize=1)
def reference() -> Reference:
    """The shipped tables. Raises `DatelineError` with file and line for a bad row."""
    belonging = _by_kind("belonging.tsv", "noun", BELONGING)
    dealings = _by_kind("dealings.tsv", "word", DEALINGS)
    pronouns = _pronouns()
    return Reference(
        pronouns=pronouns,
        relatives=frozenset(word for word, pronoun in pronouns.items() if pronoun.person == "r"),
        honorifics=_honorifics(),
        first_names=_first_names(),
        former=_words("former.tsv", "word"),
        parts=belonging["part"],
        staff=belonging["staff"],
        members=belonging["member"],
        peers=belonging["peer"],
        things=belonging["thing"],
        against=belonging["against"],
        anyone=belonging["anyone"],
        nouns=_nouns(),
        same=tuple(row["cue"] for row in read_table("reference", "aliases.tsv", required=("cue",))),
        whose=dict(read_mapping("reference", "prepositions.tsv")),
        plurals=_words("plurals.tsv", "noun"),
        chiefs=_words("chiefs.tsv", "office"),
        sole=_words("sole_offices.tsv", "office"),
        dummy_verbs=_words("dummy_verbs.tsv", "verb"),
        minds=_words("minds.tsv", "word"),
        definite=_words("definite.tsv", "word"),
        pairs=_words("pairs.tsv", "word"),
        descent=_words("descent.tsv", "word"),
        voices=belonging["voice"],
        opposed=dealings["opposed"],
        mediators=dealings["mediator"],
        mediating=dealings["mediating"],
        proposals=dealings["proposal"],
        judging=dealings["judging"],
        making=dealings["making"],
        further=dealings["further"],
        deciding=dealings["deciding"],
        called={
            row["noun"]: frozenset(row.many("offices"))
            for row in read_table("reference", "called.tsv", required=("noun", "offices"))
        },
    )


def _pronouns() -> dict[str, Pronoun]:
    found: dict[str, Pronoun] = {}
    for row in read_table("reference", "pronouns.tsv", required=("word", "person", "number", "gender")):
        if row["person"] not in ("1", "3", "r") or row["gender"] not in ("", "m", "f", "n"):
            raise row.bad("person is 1, 3 or r; gender m, f, n or empty")
        found[row["word"]] = Pronoun(row["person"], row["number"], row["gender"])
    return found


def _honorifics() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in read_table("reference", "honorifics.tsv", required=("word", "gender")):
        if row["gender"] not in ("", "m", "f"):
            raise row.bad("gender is m, f or empty")
        found[row["word"]] = row["gender"]
    return found


def _first_names() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in read_table("reference", "first_names.tsv", required=("gender", "names")):
        if row["gender"] not in ("m", "f"):
            raise row.bad("gender is m or f")
        found.update(dict.fromkeys(row.many("names"), row["gender"]))
    return found


def _nouns() -> dict[str, frozenset[str]]:
    """Nouns of reference, each with its classes."""
    found: dict[str, frozenset[str]] = {}
    for row in read_table("reference", "references.tsv", required=("noun", "class")):
        if row["class"] not in CLASSES:
            raise row.bad(f"class is one of {', '.join(CLASSES)}")
        found[row["noun"]] = found.get(row["noun"], frozenset()) | {row["class"]}
    return found


def _by_kind(file: str, column: str, kinds: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """The words of each kind in a table of words and kinds."""
    found: dict[str, frozenset[str]] = dict.fromkeys(kinds, frozenset())
    for row in read_table("reference", file, required=(column, "kind")):
        if row["kind"] not in found:
            raise row.bad(f"kind is one of {', '.join(kinds)}")
        found[row["kind"]] |= {row[column]}
    return found


def _words(file: str, column: str) -> frozenset[str]:
    return frozenset(row[column] for row in read_table("reference", file, required=(column,)))
