"""The words that give someone as the source of what a text says, with what they take as content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from dateline.knowledge.tables import read_table

PARTS = ("verb", "noun", "adj", "prep", "aspect", "document", "label")


@dataclass(frozen=True, slots=True)
class Cue:
    """One line of cues.tsv: the kind of cue and what its content may be."""

    kind: str
    takes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Kind:
    """One line of kinds.tsv: whether the speaker answers for the content, and where the cue counts."""

    attributes: bool
    nested: bool
    unreal: bool
    sourceless: bool


@lru_cache(maxsize=1)
def kinds() -> Mapping[str, Kind]:
    """Each kind of cue by its name."""
    found: dict[str, Kind] = {}
    columns = ("attributes", "nested", "unreal", "sourceless")
    for row in read_table("speech", "kinds.tsv", required=("kind", *columns, "meaning")):
        for column in columns:
            if row[column] not in ("yes", "no"):
                raise row.bad(f"{column} is {row[column]!r}, neither yes nor no")
        found[row["kind"]] = Kind(*(row[column] == "yes" for column in columns))
    return found


@lru_cache(maxsize=1)
def cues() -> Mapping[str, Mapping[str, tuple[Cue, ...]]]:
    """Part of speech → lemma → its cues, in the order of the table."""
    found: dict[str, dict[str, tuple[Cue, ...]]] = {part: {} for part in PARTS}
    for row in read_table("speech", "cues.tsv", required=("words", "pos", "kind", "takes")):
        if row["pos"] not in found:
            raise row.bad(f"pos is {row['pos']!r}, not one of {', '.join(PARTS)}")
        if row["kind"] not in kinds():
            raise row.bad(f"the kind {row['kind']!r} is not in kinds.tsv")
        takes = frozenset(row["takes"].split())
        if not takes:
            raise row.bad("takes is empty")
        by_word = found[row["pos"]]
        for word in row.many("words"):
            by_word[word] = (*by_word.get(word, ()), Cue(row["kind"], takes))
    return found


@lru_cache(maxsize=1)
def asides() -> frozenset[str]:
    """Conjunctions that open a clause of the writer's own behind reported words."""
    return frozenset(row["word"] for row in read_table("speech", "asides.tsv", required=("word",)))
