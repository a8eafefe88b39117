"""Finds the contexts of a passage by its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from dateline.knowledge.codebook import context_meanings
from dateline.knowledge.tables import read_table

_LONGEST = 4


@lru_cache(maxsize=1)
def _words() -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, Mapping[tuple[str, ...], tuple[str, ...]]]]:
    """Single words, and phrases by their first word; each with its contexts in the codebook's order."""
    found: dict[tuple[str, ...], list[str]] = {}
    for row in read_table("codebook", "context_words.tsv", required=("context", "words")):
        if row["context"] not in context_meanings():
            raise row.bad(f"there is no context {row['context']!r}")
        for entry in row.many("words"):
            phrase = tuple(entry.replace("-", " ").split())
            if entry != entry.lower() or len(phrase) > _LONGEST:
                raise row.bad(f"{entry!r} has capitals or more than {_LONGEST} words")
            names = found.setdefault(phrase, [])
            if row["context"] in names:
                raise row.bad(f"{entry!r} stands twice")
            names.append(row["context"])
    single = {phrase[0]: tuple(names) for phrase, names in found.items() if len(phrase) == 1}
    longer: dict[str, dict[tuple[str, ...], tuple[str, ...]]] = {}
    for phrase, names in found.items():
        if len(phrase) > 1:
            longer.setdefault(phrase[0], {})[phrase[1:]] = tuple(names)
    return single, longer


def contexts_of(lemmas: Sequence[str], given: Iterable[str] = ()) -> list[str]:
    """The contexts that a passage's words speak of, in the codebook's order.

    `lemmas` are the passage's lemmas in order, of any case; hyphens among them are passed over.
    `given` are contexts known already, such as those of the CAMEO code. Linear in the passage.
    """
    single, longer = _words()
    words = [w for lemma in lemmas if (w := lemma.lower()) != "-"]
    names = set(given)
    for i, word in enumerate(words):
        if word in single:
            names.update(single[word])
        if rest := longer.get(word):
            for length in range(1, _LONGEST):
                if contexts := rest.get(tuple(words[i + 1 : i + 1 + length])):
                    names.update(contexts)
    return [c for c in context_meanings() if c in names]
