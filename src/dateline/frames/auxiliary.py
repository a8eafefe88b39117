"""Whether an event happened: PLOVER's auxiliary modes and factuality on -3…3.

The judgement goes from the predicate outwards, as in De Facto (Saurí and Pustejovsky, "Are you sure
that this happened?", Computational Linguistics 38:2, 2012): its own negation, modals and adverbs,
then each predicate that governs it, whose own polarity decides which of its two effects counts.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import lru_cache

from dateline.knowledge.tables import Row, read_table
from dateline.language.parsed import Parsed
from dateline.language.tree import Tree

CERTAIN = 3.0
COMPLEMENT = frozenset({"xcomp", "ccomp", "pcomp"})
NOMINAL_SLOT = frozenset({"dobj", "pobj", "attr", "nsubjpass", "nsubj"})
MAX_DEPTH = 12


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the text says of an event's happening; `why` names the words that decided."""

    aux: frozenset[str]
    factuality: float
    why: str


@dataclass(frozen=True, slots=True)
class Governor:
    """A line of governors.tsv."""

    affirmed: float
    negated: float
    aux: frozenset[str]
    aux_negated: frozenset[str]


@dataclass(frozen=True, slots=True)
class Modal:
    """A line of modals.tsv."""

    kind: str
    aux: frozenset[str]
    factuality: float


def _number(row: Row, column: str) -> float:
    try:
        value = float(row[column])
    except ValueError as error:
        raise row.bad(f"{column} is {row[column]!r}, not a number") from error
    if not -CERTAIN <= value <= CERTAIN:
        raise row.bad(f"{column} is {value}, not in -3..3")
    return value


@lru_cache(maxsize=1)
def governors() -> Mapping[str, Governor]:
    """What each governing word says of what it governs."""
    found: dict[str, Governor] = {}
    columns = ("words", "affirmed", "negated", "aux", "aux_negated")
    for row in read_table("auxiliary", "governors.tsv", required=columns):
        governor = Governor(
            _number(row, "affirmed"),
            _number(row, "negated"),
            frozenset(row.many("aux")),
            frozenset(row.many("aux_negated")),
        )
        for word in row.many("words"):
            found.setdefault(word, governor)
    return found


@lru_cache(maxsize=1)
def modals() -> Mapping[str, Modal]:
    """What each modal, adverb and conjunction says."""
    found: dict[str, Modal] = {}
    for row in read_table("auxiliary", "modals.tsv", required=("word", "kind", "aux", "factuality")):
        if row["kind"] not in ("modal", "adverb", "condition"):
            raise row.bad(f"there is no kind {row['kind']!r}")
        found[row["word"]] = Modal(row["kind"], frozenset(row.many("aux")), _number(row, "factuality"))
    return found


class _Judge:
    def __init__(self, tree: Tree) -> None:
        self.tree = tree

    def judge(self, i: int, depth: int = 0) -> Judgement:
        tree = self.tree
        if depth > MAX_DEPTH:
            return Judgement(frozenset(), CERTAIN, "")
        found = self._own(i)
        if tree.dep[i] == "conj" and not self._finite(i):
            return self._under(found, self.judge(tree.head[i], depth + 1))
        up = tree.head[i]
        if up == i:
            return found
        name, governor = self._governor(i)
        if governor is None and tree.dep[i] == "pobj":
            up = tree.head[up]
        if governor is None:
            if tree.dep[i] in ("xcomp", "pcomp", "acl", "relcl") or (
                tree.dep[i] == "advcl" and not self._finite(i)
            ):
                if tree.dep[i] in ("acl", "relcl") and self._infinitive(i):
                    found = self._join(found, frozenset({"hypothetical"}), 0.5, "to …")
                above = self._clause_above(i)
                return self._under(found, self.judge(above, depth + 1)) if above is not None else found
            if tree.dep[i] in NOMINAL_SLOT and tree.pos[i] in ("NOUN", "PROPN"):
                above = self._clause_above(i)
                return self._under(found, self.judge(above, depth + 1)) if above is not None else found
            return found
        above = self._clause_above(i)
        outer = self.judge(above, depth + 1) if above is not None else None
        denied = outer is not None and "negation" in outer.aux
        aux = governor.aux_negated if denied else governor.aux
        value = governor.negated if denied else governor.affirmed
        if "future" in found.aux and "hypothetical" in found.aux:
            found = Judgement(found.aux - {"hypothetical"}, found.factuality, found.why)
        found = self._join(found, aux, value, f"{'not ' if denied else ''}{name}")
        if outer is None:
            return found
        rest = outer.aux - ({"negation"} if denied else frozenset())
        return Judgement(found.aux | rest, _least(found.factuality, outer.factuality, denied), found.why)

    def _under(self, inner: Judgement, outer: Judgement) -> Judgement:
        why = "; ".join(dict.fromkeys(w for w in (inner.why, outer.why) if w))
        return Judgement(inner.aux | outer.aux, _least(inner.factuality, outer.factuality, False), why)

    def _join(self, found: Judgement, aux: frozenset[str], value: float, word: str) -> Judgement:
        negated = "negation" in found.aux
        if negated and "negation" in aux:
            return Judgement(found.aux - {"negation"}, -value, f"{found.why}; {word}")
        weight = (
            -value if negated and abs(found.factuality) == CERTAIN else _least(found.factuality, value, False)
        )
        why = f"{found.why}; {word}" if found.why else word
        return Judgement(found.aux | aux, weight, why)

    def _own(self, i: int) -> Judgement:
        """By the predicate's own auxiliaries, negation, adverbs and clause."""
        tree, words = self.tree, modals()
        aux: set[str] = set()
        value, why = CERTAIN, []
        for c in tree.children[i]:
            modal = words.get(tree.lower[c])
            label = tree.dep[c]
            if modal is None:
                continue
            fits = (
                (modal.kind == "modal" and label == "aux")
                or (modal.kind == "adverb" and label == "advmod")
                or (modal.kind == "condition" and label in ("mark", "advmod"))
            )
            if fits and (modal.kind != "modal" or tree.tag[c] == "MD"):
                effect = self._reported(i, c, modal)
                aux |= effect.aux
                value = min(value, effect.factuality)
                why.append(tree.lower[c])
        if "future" in aux and self._conditioned(i):
            aux = (aux - {"future"}) | {"hypothetical"}
            why.append("if")
        if self._supposed(i):
            aux.add("hypothetical")
            value = min(value, 0.0)
            why.append("if")
        if self._negated(i):
            aux.add("negation")
            value = -value
            why.append("not")
        return Judgement(frozenset(aux), value, " ".join(why))

    def _reported(self, i: int, c: int, modal: Modal) -> Modal:
        """ "Would" after a past verb of speech is a reported "will"."""
        tree = self.tree
        if tree.lower[c] not in ("would", "'d") or self._conditioned(i):
            return modal
        if tree.dep[i] in ("ccomp", "conj", "parataxis"):
            above = next((a for a in tree.ancestors(i) if tree.pos[a] == "VERB" and a != i), None)
            if above is not None and tree.tag[above] in ("VBD", "VBN", "VBG", "VBP", "VBZ"):
                will = modals()["will"]
                return Modal(modal.kind, will.aux, will.factuality)
        return modal

    def _conditioned(self, i: int) -> bool:
        """Whether the clause hangs on an if-clause."""
        tree = self.tree
        return any(self._supposed(c, up=False) for c in tree.kids(i, "advcl"))

    def _supposed(self, i: int, up: bool = True) -> bool:
        """Whether i stands in an if-clause."""
        tree, words = self.tree, modals()
        chain = (i, *tree.ancestors(i)) if up else (i,)
        for a in chain:
            if tree.dep[a] not in ("advcl", "ccomp", "xcomp", "conj", "pcomp", "acl"):
                return False
            for m in tree.kids(a, "mark"):
                modal = words.get(tree.lower[m])
                if modal is not None and modal.kind == "condition":
                    return True
        return False

    def _negated(self, i: int) -> bool:
        tree = self.tree
        if tree.kids(i, "neg") or any(
            tree.lower[d] in ("no", "neither") for d in tree.kids(i, "det", "preconj")
        ):
            return True
        if tree.kids(i, "dobj", "nsubj", "attr") and any(
            tree.lower[d] == "no" for o in tree.kids(i, "dobj", "nsubj", "attr") for d in tree.kids(o, "det")
        ):
            return True
        up = tree.head[i]
        return tree.dep[i] in ("pobj", "pcomp") and tree.lower[up] == "without"

    def _finite(self, i: int) -> bool:
        tree = self.tree
        return bool(tree.kids(i, "nsubj", "nsubjpass", "aux", "auxpass")) and not self._infinitive(i)

    def _infinitive(self, i: int) -> bool:
        tree = self.tree
        return any(tree.lower[a] == "to" for a in tree.kids(i, "aux"))

    def _clause_above(self, i: int) -> int | None:
        """The predicate that governs i, prepositions passed over."""
        tree = self.tree
        for a in tree.ancestors(i):
            if tree.pos[a] in ("VERB", "AUX", "NOUN", "ADJ"):
                return a
        return None

    def _governor(self, i: int) -> tuple[str, Governor | None]:
        """The governing word and its effect, where i is its complement or its object."""
        tree, known = self.tree, governors()
        label, up = tree.dep[i], tree.head[i]
        preposition = ""
        if label in ("pcomp", "pobj"):
            preposition, up = tree.lower[up], tree.head[up]
        elif (label == "acl" and not self._infinitive(i)) or (
            label not in COMPLEMENT and label != "acl" and label not in NOMINAL_SLOT
        ):
            return "", None
        particle = next((tree.lower[c] for c in tree.kids(up, "prt")), "")
        lemma = tree.lemma[up]
        if tree.lower[up] == "going" and self._infinitive(i):
            return "going to", known["expect"]
        if lemma == "be" and self._infinitive(i) and label == "xcomp":
            return "be to", known["expect"]
        adjective = next((tree.lower[c] for c in tree.kids(up, "acomp")), "") if lemma == "be" else ""
        names = [f"{lemma} {preposition}"] if preposition else []
        names += [f"{lemma} {particle}"] if particle else []
        if label not in ("pobj", "nsubj"):
            names += [adjective, lemma] if adjective else [lemma]
        for name in names:
            if name in known:
                return name, known[name]
        return "", None


def _least(one: float, other: float, denied: bool) -> float:
    """The weaker commitment of two; what is denied from outside keeps its own value."""
    if denied:
        return one
    strength = min(abs(one), abs(other))
    return -strength if one < 0 else strength


def judge(parsed: Parsed, head: int) -> Judgement:
    """The auxiliary modes and factuality of the event whose predicate is token `head`.

    `historical` is not judged here: it follows from the event's day (`resolve.days`).
    """
    return _Judge(parsed.tree).judge(head)


@dataclass(frozen=True, slots=True)
class Predicate:
    """A word that tells of something happening, at characters `[start, end)`, and whether it did."""

    start: int
    end: int
    text: str
    aux: tuple[str, ...]
    factuality: float


def predicates(parsed: Parsed, event_nouns: Container[str]) -> list[Predicate]:
    """Every verb that is no auxiliary, predicate adjective and event noun, in text order.

    `event_nouns` are the lemmas of nouns that may tell of an event.
    """
    tree, found = parsed.tree, []
    judge_of = _Judge(tree)
    for i, pos in enumerate(tree.pos):
        verb = pos == "VERB" or (pos == "AUX" and tree.dep[i] not in ("aux", "auxpass"))
        if verb or tree.dep[i] == "acomp" or (pos == "NOUN" and tree.lemma[i] in event_nouns):
            judgement = judge_of.judge(i)
            start, end = parsed.chars(i, i + 1)
            aux = tuple(sorted(judgement.aux))
            found.append(Predicate(start, end, parsed.word(i), aux, round(judgement.factuality, 2)))
    return found
