"""What a clause says of its own event: tense, modals, adverbs, negation, condition and question.

Negation follows the absolute negators of the Cambridge Grammar of the English Language (2002, chapter
9): of the verb, before the clause, or in its subject or object.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dateline.frames.auxiliary_tables import CERTAIN, Effect, constructions, negators, words
from dateline.language.tree import Tree

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
PAST = frozenset({"VBD", "VBN"})
NEGATABLE = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "expl"})
WH = frozenset({"WP", "WRB", "WDT", "WP$"})
INVERTED = frozenset({"were", "had", "should"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl"})


class Clause:
    """Clause-internal facts of one article's tree, each found at most once a token."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.edges: dict[int, int] = {}

    def infinitive(self, i: int) -> bool:
        """Whether i is an infinitive with "to", unlike "admitted to shooting"."""
        tree = self.tree
        return tree.tag[i] != "VBG" and any(
            tree.tag[c] == "TO" and tree.dep[c] == "aux" for c in tree.children[i]
        )

    def finite(self, i: int) -> bool:
        """Whether i heads a clause with a tense or modal of its own."""
        tree = self.tree
        if self.infinitive(i):
            return False
        if tree.tag[i] in FINITE:
            return True
        return any(tree.tag[c] in FINITE for c in tree.children[i] if tree.dep[c] in ("aux", "auxpass"))

    def past(self, i: int) -> bool:
        """Whether i is in a past tense or a perfect."""
        tree = self.tree
        if tree.tag[i] == "VBD" or (tree.tag[i] == "VBN" and not self.finite(i)):
            return True
        return any(
            tree.tag[c] == "VBD" or (tree.lemma[c] == "have" and tree.tag[c] != "TO")
            for c in tree.children[i]
            if tree.dep[c] in ("aux", "auxpass")
        )

    def subjunctive(self, i: int) -> bool:
        """Whether a verb tagged as plural stands with one subject: "insisted that he go"."""
        tree = self.tree
        return tree.lemma[i] != "be" and any(
            tree.tag[s] in ("NN", "NNP") and not tree.kids(s, "conj") for s in tree.kids(i, "nsubj")
        )

    def edge(self, i: int) -> int:
        """The first token of i's phrase."""
        if i not in self.edges:
            first = i
            children = self.tree.children
            while children[first] and children[first][0] < first:
                first = children[first][0]
            self.edges[i] = first
        return self.edges[i]

    def link(self, i: int) -> tuple[str, Effect | None]:
        """The words just before i's phrase, or opening it, that set it apart ("rather than", "let alone")."""
        lower, links = self.tree.lower, words()["link"]
        edge = self.edge(i)
        for end in (edge, edge + 2, edge + 3):
            if end > i:
                break
            for length in (3, 2, 1):
                name = " ".join(lower[max(0, end - length) : end])
                if name in links and (end == edge or not self.tree.kids(end - 1, "pobj", "pcomp")):
                    return name, links[name]
        return "", None

    def condition(self, i: int) -> tuple[str, Effect | None]:
        """The conjunction that makes clause i a supposition: "if", "unless", or an inversion."""
        tree, known = self.tree, words()["condition"]
        for c in tree.children[i]:
            if c > i:
                break
            if tree.dep[c] in ("mark", "advmod", "prep", "pcomp") and tree.pos[c] != "VERB":
                two = f"{tree.lower[c - 1]} {tree.lower[c]}" if c else ""
                for name in (two, tree.lower[c]):
                    if name in known:
                        return name, known[name]
        edge = self.edge(i)
        turned = edge == i or tree.dep[edge] in ("aux", "auxpass", "compound")
        if turned and tree.lower[edge] in INVERTED and tree.dep[i] in ("advcl", "dep") and not self.asked(i):
            return f"{tree.lower[edge]} …", known["if"]
        return "", None

    def frame(self, i: int) -> tuple[str, Effect | None]:
        """The conjunction that opens clause i, where it says how sure the clause is."""
        tree, known = self.tree, words()["frame"]
        for c in tree.kids(i, "mark", "advmod"):
            for name in (f"{tree.lower[c - 1]} {tree.lower[c]}" if c else "", tree.lower[c]):
                if name in known:
                    return name, known[name]
        return "", None

    def conditioned(self, i: int) -> bool:
        """Whether an if-clause hangs on clause i."""
        return any(self.condition(c)[1] is not None for c in self.tree.kids(i, "advcl", "dep"))

    def asked(self, i: int) -> bool:
        """Whether clause i ends in a question mark of its own."""
        tree, up = self.tree, self.tree.head[i]
        if any(tree.lower[c] == "?" and c > i for c in tree.children[i]):
            return True
        return tree.dep[i] == "ccomp" and any(tree.lower[c] == "?" and i < c < up for c in tree.children[up])

    def open(self, i: int) -> bool:
        """Whether the question is for a part of clause i ("why", "who"), not for its truth."""
        tree = self.tree
        return any(
            tree.tag[c] in WH or any(tree.tag[g] in WH for g in tree.children[c])
            for c in tree.children[i]
            if c < i
        )

    def negated(self, i: int) -> str:
        """The word that denies clause or noun i, "" for none."""
        tree, roles = self.tree, negators()
        lower = tree.lower
        for c in tree.children[i]:
            label, word = tree.dep[c], lower[c]
            if (label in ("neg", "preconj") or word in roles["particle"]) and (
                word in roles["particle"] or word in roles["coordinator"]
            ):
                if not (c + 1 < len(lower) and lower[c + 1] in roles["spared"]):
                    return word
            elif label in ("det", "neg", "preconj", "cc") and c < i and word in roles["determiner"]:
                return word
            elif label == "advmod" and f"{lower[c - 1]} {word}" in roles["adverb"]:
                return f"{lower[c - 1]} {word}"
            elif label == "advmod" and (word in roles["adverb"] or word in roles["coordinator"]):
                return word
            elif label in NEGATABLE and (found := self._denies(c)):
                return found
            elif label == "prep" and c < i and self._first(i, c):
                for p in tree.kids(c, "pobj"):
                    if found := self._denies(p):
                        return f"{word} {found} {lower[p]}"
            elif label == "cc" and c < i and word in roles["coordinator"]:
                return word
        up = tree.head[i]
        if tree.dep[i] == "conj" and up < i:
            between = [c for c in tree.children[up] if up < c < i and tree.dep[c] == "cc"]
            if between and lower[between[-1]] in roles["coordinator"]:
                return lower[between[-1]]
        return ""

    def denial(self, i: int) -> str:
        """The line of constructions.tsv for the denial of i: by a negation, its subject or its object."""
        tree, particles = self.tree, negators()["particle"]
        if tree.pos[i] in ("VERB", "AUX") and not any(tree.lower[c] in particles for c in tree.children[i]):
            for c in tree.kids(i, *NEGATABLE):
                if self._denies(c):
                    return "denied by subject" if tree.dep[c] in SUBJECTS else "denied by object"
        return "denied"

    def _denies(self, noun: int) -> str:
        """The word that makes noun phrase `noun` one of nobody or nothing."""
        tree, roles = self.tree, negators()
        if tree.lower[noun] in roles["pronoun"]:
            return tree.lower[noun]
        for c in tree.children[noun]:
            if tree.dep[c] in ("det", "neg", "preconj") and tree.lower[c] in roles["determiner"]:
                return tree.lower[c]
            if tree.lower[c] in roles["particle"] and c + 1 < len(tree) and tree.tag[c + 1] in ("DT", "CD"):
                return tree.lower[c]
        return ""

    def _first(self, i: int, c: int) -> bool:
        """Whether the phrase of c stands before the subject of clause i."""
        tree = self.tree
        return all(s > c for s in tree.children[i] if tree.dep[s] in SUBJECTS)

    def reported(self, i: int) -> bool:
        """Whether clause i is told by a verb in the past, so that its "would" was "will"."""
        tree = self.tree
        while tree.dep[i] == "conj":
            i = tree.head[i]
        up = tree.head[i]
        if up == i or tree.dep[i] not in ("ccomp", "acl", "parataxis"):
            return False
        return tree.tag[up] in PAST or tree.pos[up] == "NOUN" or self.past(up)

    def own(self, i: int) -> tuple[Effect, str]:
        """The clause's own say on its event i, and the words it rests on."""
        name, fixed = self._tense(i), constructions()
        why: list[str] = []
        aux: frozenset[str] = frozenset()
        value, denied = fixed[name].factuality, fixed[name].negated
        no = self.negated(i)
        conditioned = self.conditioned(i)
        said = list(self._said(i, bool(no), conditioned))
        if name == "present" and not any(effect.aux for _, effect in said):
            said += self._ahead(i)
        if conditioned and not self.past(i) and all(e.aux <= {"future"} for _, e in said):
            said.append(("… if", fixed["condition met"]))
        for word, effect in said:
            aux |= effect.aux
            value, denied = min(value, effect.factuality), max(denied, effect.negated)
            why.append(word)
        if "hypothetical" in aux:
            aux -= {"future"}
        if no:
            aux, value = aux | {"negation"}, max(denied, fixed[self.denial(i)].factuality)
            why.append(no)
        if self.asked(i):
            question = fixed["open question" if self.open(i) else "question"]
            aux |= question.aux
            value *= question.factuality / CERTAIN
            why.append("?")
        return Effect(aux, value, -value), " ".join(why)

    def _said(self, i: int, negated: bool, conditioned: bool) -> Iterator[tuple[str, Effect]]:
        """The modals and adverbs of clause i, the adjectives of noun i, and what they say."""
        tree, known = self.tree, words()
        for c in tree.children[i]:
            word, label = tree.lower[c], tree.dep[c]
            if label == "aux" and tree.tag[c] == "MD" and word in known["modal"]:
                effect = known["modal"][word]
                if word in ("would", "'d") and not conditioned and self.reported(i):
                    effect = known["modal"]["will"]
                yield word, replace(effect, aux=effect.aux_negated) if negated else effect
            elif label == "advmod" and word in known["adverb"]:
                yield word, known["adverb"][word]
            elif label == "amod" and word in known["modifier"] and tree.pos[i] in ("NOUN", "PROPN"):
                yield word, known["modifier"][word]

    def _tense(self, i: int) -> str:
        """The line of constructions.tsv that a plain clause or noun has its factuality from."""
        tree = self.tree
        if tree.pos[i] in ("NOUN", "PROPN"):
            return "noun"
        if tree.pos[i] == "ADJ":
            return "adjective"
        present = tree.tag[i] in ("VBZ", "VBP") or (self.finite(i) and not self.past(i))
        return "present" if present else "past"

    def _ahead(self, i: int) -> list[tuple[str, Effect]]:
        """The coming day that stands with present-tense clause i, at most one; headings tell the past so."""
        tree, days = self.tree, words()["day"]
        root = next((a for a in tree.ancestors(i) if tree.head[a] == a), i)
        if all(tree.lower[c] != "." for c in tree.children[root]):
            return []
        for c in tree.children[i]:
            if tree.dep[c] == "npadvmod":
                nouns = [c]
            elif tree.dep[c] == "prep":
                nouns = tree.kids(c, "pobj")
            else:
                continue
            for n in nouns:
                for word in (n, *tree.kids(n, "amod")):
                    if tree.lower[word] in days:
                        return [(tree.lower[word], days[tree.lower[word]])]
        return []
