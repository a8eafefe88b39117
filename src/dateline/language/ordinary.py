"""Ordinary words of English: those that a dictionary holds, in whatever form.

The pipeline's lemmatiser brings WordNet's lemmas and the rules of inflection (its tables
`lemma_index`, `lemma_exc`, `lemma_rules`). WordNet lists some names among its nouns, so a word that
is a noun alone may still be a name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from spacy.language import Language

NOUN = "noun"
TABLES = ("lemma_index", "lemma_exc", "lemma_rules")


class Ordinary:
    """Whether a lower-case word is an ordinary one."""

    def __init__(
        self,
        lemmas: Mapping[str, frozenset[str]],
        forms: Mapping[str, frozenset[str]],
        rules: Mapping[str, Sequence[Sequence[str]]],
        small: frozenset[str],
        seen: Callable[[str], bool] = frozenset().__contains__,
    ) -> None:
        self._seen: Callable[[str], bool] = seen
        self._lemmas, self._forms, self._rules, self._small = lemmas, forms, rules, small
        self._acts: dict[str, bool] = {}
        self._nouns: dict[str, bool] = {}

    @classmethod
    def of(cls, nlp: Language) -> Ordinary:
        """The words that a pipeline's lemmatiser knows; only its small words where it has none."""
        return _of(nlp)

    def small(self, word: str) -> bool:
        """Whether it is a small word of the sentence: an article, a preposition, a pronoun, an auxiliary."""
        return word in self._small

    def acts(self, word: str) -> bool:
        """Whether it is a verb, adjective or adverb in some form."""
        if word not in self._acts:
            self._acts[word] = any(self._is(word, kind) for kind in self._lemmas if kind != NOUN)
        return self._acts[word]

    def word(self, word: str) -> bool:
        """Whether it is any ordinary word."""
        if word in self._small or self.acts(word):
            return True
        if word not in self._nouns:
            self._nouns[word] = self._is(word, NOUN)
        return self._nouns[word]

    def counted(self, word: str) -> bool:
        """Whether it is a plural, or the parser's texts had it in the plural: "members", "member"."""
        plurals = (word + "s", word + "es", *([word[:-1] + "ies"] if word.endswith("y") else ()))
        return word not in self._lemmas.get(NOUN, ()) or any(map(self._seen, plurals))

    def _is(self, word: str, kind: str) -> bool:
        lemmas = self._lemmas.get(kind, frozenset())
        if word in lemmas or word in self._forms.get(kind, frozenset()):
            return True
        return any(
            word.endswith(old) and word[: len(word) - len(old)] + new in lemmas
            for old, new in self._rules.get(kind, ())
        )


@lru_cache(maxsize=4)
def _of(nlp: Language) -> Ordinary:
    small = frozenset(nlp.Defaults.stop_words)
    if not nlp.has_pipe("lemmatizer"):
        return Ordinary({}, {}, {}, small)
    lookups = nlp.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
    if not all(lookups.has_table(name) for name in TABLES):
        return Ordinary({}, {}, {}, small)
    index, exceptions, rules = (lookups.get_table(name) for name in TABLES)
    kinds = [kind for kind in (NOUN, "verb", "adj", "adv") if kind in index]
    return Ordinary(
        {kind: frozenset(index[kind]) for kind in kinds},
        {kind: frozenset(exceptions.get(kind, ())) for kind in kinds},
        {kind: rules.get(kind, ()) for kind in kinds},
        small,
        nlp.vocab.strings.__contains__,
    )
