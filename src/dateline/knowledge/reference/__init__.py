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
    pronouns: dict[str, Pronoun] = {}
    for row in read_table("reference", "pronouns.tsv", required=("word", "person", "number", "gender")):
        if row["person"] not in ("1", "3", "r") or row["gender"] not in ("", "m", "f", "n"):
            raise row.bad("person is 1, 3 or r; gender m, f, n or empty")
        pronouns[row["word"]] = Pronoun(row["person"], row["number"], row["gender"])
    honorifics: dict[str, str] = {}
    for row in read_table("reference", "honorifics.tsv", required=("word", "gender")):
        if row["gender"] not in ("", "m", "f"):
            raise row.bad("gender is m, f or empty")
        honorifics[row["word"]] = row["gender"]
    first_names: dict[str, str] = {}
    for row in read_table("reference", "first_names.tsv", required=("gender", "names")):
        if row["gender"] not in ("m", "f"):
            raise row.bad("gender is m or f")
        first_names.update(dict.fromkeys(row.many("names"), row["gender"]))
    belonging: dict[str, set[str]] = {kind: set() for kind in BELONGING}
    for row in read_table("reference", "belonging.tsv", required=("noun", "kind")):
        if row["kind"] not in belonging:
            raise row.bad(f"kind is one of {', '.join(BELONGING)}")
        belonging[row["kind"]].add(row["noun"])
    nouns: dict[str, set[str]] = {}
    for row in read_table("reference", "references.tsv", required=("noun", "class")):
        if row["class"] not in CLASSES:
            raise row.bad(f"class is one of {', '.join(CLASSES)}")
        nouns.setdefault(row["noun"], set()).add(row["class"])
    return Reference(
        pronouns=pronouns,
        honorifics=honorifics,
        first_names=first_names,
        former=_words("former.tsv", "word"),
        parts=frozenset(belonging["part"]),
        staff=frozenset(belonging["staff"]),
        members=frozenset(belonging["member"]),
        peers=frozenset(belonging["peer"]),
        things=frozenset(belonging["thing"]),
        against=frozenset(belonging["against"]),
        anyone=frozenset(belonging["anyone"]),
        nouns={noun: frozenset(classes) for noun, classes in nouns.items()},
        same=tuple(row["cue"] for row in read_table("reference", "aliases.tsv", required=("cue",))),
        whose=dict(read_mapping("reference", "prepositions.tsv")),
        plurals=_words("plurals.tsv", "noun"),
        chiefs=_words("chiefs.tsv", "office"),
        sole=_words("sole_offices.tsv", "office"),
        dummy_verbs=_words("dummy_verbs.tsv", "verb"),
        definite=_words("definite.tsv", "word"),
        pairs=_words("pairs.tsv", "word"),
        descent=_words("descent.tsv", "word"),
        voices=frozenset(belonging["voice"]),
        opposed=_of_kind("opposed"),
        mediators=_of_kind("mediator"),
        mediating=_of_kind("mediating"),
        proposals=_of_kind("proposal"),
        judging=_of_kind("judging"),
        making=_of_kind("making"),
        further=_of_kind("further"),
        deciding=_of_kind("deciding"),
        called={
            row["noun"]: frozenset(row.many("offices"))
            for row in read_table("reference", "called.tsv", required=("noun", "offices"))
        },
    )


def _of_kind(kind: str) -> frozenset[str]:
    """The words of one kind in dealings.tsv."""
    rows = read_table("reference", "dealings.tsv", required=("word", "kind"))
    for row in rows:
        if row["kind"] not in DEALINGS:
            raise row.bad(f"kind is one of {', '.join(DEALINGS)}")
    return frozenset(row["word"] for row in rows if row["kind"] == kind)


def _words(file: str, column: str) -> frozenset[str]:
    return frozenset(row[column] for row in read_table("reference", file, required=(column,)))
