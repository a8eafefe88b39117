"""Whether an event happened: PLOVER's auxiliary modes and factuality on -3…3.

As in De Facto (Saurí and Pustejovsky, "Are you sure that this happened?", Computational Linguistics
38:2, 2012) an event's standing is its own clause's say (tense, modals, negation: `auxiliary_clause`)
within what the words above it leave of it: each governor has a signature (what it says of its
complement where it is itself affirmed, denied or open; Nairn, Condoravdi and Karttunen 2006), read at
the governor's own standing. The two factualities multiply on a scale where 3 is certain.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import lru_cache

from dateline.frames.auxiliary_clause import FINITE, SUBJECTS, Clause
from dateline.frames.auxiliary_tables import (
    CERTAIN,
    Effect,
    Governor,
    constructions,
    governors,
    happenings,
    words,
)
from dateline.language.parsed import Parsed
from dateline.language.tree import Tree

COMPLEMENT = frozenset({"xcomp", "ccomp", "pcomp", "acl", "advcl", "relcl", "csubj"})
NOMINAL = frozenset({"dobj", "pobj", "nsubj", "nsubjpass", "compound", "nmod", "attr", "oprd"})
PREDICATIVE = frozenset({"acomp", "attr", "oprd"})
STATED = frozenset({"acomp", "oprd", "attr", "ccomp", "xcomp", "advcl", "conj", "relcl", "ROOT"})
FIRST = frozenset({"i", "we"})
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
MAX_DEPTH = 25


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the text says of an event's happening; `why` names the words that decided."""

    aux: frozenset[str]
    factuality: float
    why: str


PLAIN = Judgement(frozenset(), CERTAIN, "")


class _Judge:
    """Judges the predicates of one article, each at most once."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.clause = Clause(tree)
        self.known: dict[int, Judgement] = {}

    def judge(self, i: int, depth: int = 0) -> Judgement:
        """The standing of event i; `depth` counts the governors passed on the way up to it."""
        if i not in self.known:
            if depth > MAX_DEPTH:
                return PLAIN
            self.known[i] = self._within(self._own(i), self._context(i, depth + 1))
        return self.known[i]

    def _own(self, i: int) -> Judgement:
        """By i's clause: a predicate adjective or noun has its copula's, a bare conjunct its first's."""
        tree, clause = self.tree, self.clause
        effect, why = clause.own(i)
        if tree.dep[i] in PREDICATIVE and tree.lemma[tree.head[i]] == "be":
            above, why_above = clause.own(tree.head[i])
            if effect.aux or not above.aux:
                above = Effect(
                    above.aux - {"negation"} if "negation" in effect.aux else above.aux, CERTAIN, 0
                )
            return self._within(
                Judgement(effect.aux, effect.factuality, why),
                Judgement(above.aux, above.factuality, why_above),
            )
        if tree.dep[i] == "conj" and self._bare(i):
            first, why_first = clause.own(tree.head[i])
            but = any(tree.lower[c] in ("but", "rather") for c in tree.kids(tree.head[i], "cc") if c < i)
            if first.aux and not (but and "negation" in first.aux) and not effect.aux:
                return Judgement(first.aux, first.factuality, why_first)
        return Judgement(effect.aux, effect.factuality, why)

    def _bare(self, i: int) -> bool:
        """Whether conjunct i shares the auxiliaries of its first: "might attack and destroy"."""
        tree = self.tree
        if any(tree.dep[c] in SUBJECTS or tree.dep[c] in ("aux", "auxpass") for c in tree.children[i]):
            return False
        if tree.tag[i] == tree.tag[tree.head[i]]:
            return tree.tag[i] not in ("VBD", "VBZ") or any(
                tree.lower[c] in ("or", "nor") for c in tree.kids(tree.head[i], "cc") if c < i
            )
        return False

    def _within(self, inner: Judgement, outer: Judgement) -> Judgement:
        """The inner standing within the outer: two negations cancel, two doubts multiply."""
        both = inner.aux & outer.aux & {"negation"}
        aux = (inner.aux | outer.aux) - both
        if "hypothetical" in aux:
            aux -= {"future"}
        why = "; ".join(dict.fromkeys(w for w in (inner.why, outer.why) if w))
        return Judgement(aux, inner.factuality * outer.factuality / CERTAIN, why)

    def _context(self, i: int, depth: int) -> Judgement:
        """What the words above i leave of it."""
        tree, clause = self.tree, self.clause
        label, up = tree.dep[i], tree.head[i]
        if label == "conj" and not self._set_apart(i):
            if clause.finite(i) and tree.kids(i, *SUBJECTS) and tree.dep[up] not in ("ccomp", "advcl"):
                return PLAIN
            if tree.tag[i] in FINITE and not clause.finite(up) and tree.pos[up] == "VERB":
                # "Failed to come up with one and filed": the parser hangs the finite verb too low.
                up = tree.head[up]
            return self._context(up, depth + 1) if depth <= MAX_DEPTH else PLAIN
        word, link = clause.link(i)
        if link is not None:
            return self._effect(link, word)
        if up == i:
            return self._root(i)
        if label in COMPLEMENT:
            return self._complement(i, depth)
        if label in PREDICATIVE and tree.lemma[up] == "be":
            return self._context(up, depth)
        if label in NOMINAL:
            return self._nominal(i, depth)
        if label == "amod":
            return self._effect(constructions()["attributive"], "")
        return PLAIN

    def _set_apart(self, i: int) -> bool:
        return self.clause.link(i)[1] is not None

    def _effect(self, effect: Effect, why: str) -> Judgement:
        return Judgement(effect.aux, effect.factuality, why)

    def _root(self, i: int) -> Judgement:
        """A sentence's main verb: a heading's infinitive or an order, else a plain statement."""
        tree, clause = self.tree, self.clause
        if tree.pos[i] != "VERB" or tree.tag[i] != "VB":
            return PLAIN
        if clause.infinitive(i):
            return self._effect(constructions()["heading infinitive"], "to …")
        if not tree.kids(i, "aux", "auxpass", *SUBJECTS):
            return self._effect(constructions()["imperative"], "imperative")
        return PLAIN

    def _complement(self, i: int, depth: int) -> Judgement:
        """A clause under a verb, adjective, noun or preposition."""
        tree, clause, known = self.tree, self.clause, constructions()
        label, up = tree.dep[i], tree.head[i]
        form = self._form(i)
        preposition = ""
        if label == "pcomp":
            preposition, up = tree.lower[up], tree.head[up]
        if form != "wh":
            word, condition = clause.condition(i)
            if condition is not None:
                return self._effect(condition, word)
        adverbial = label == "advcl"
        if label == "relcl" and form == "that":
            return self._effect(known["relative"], "")
        if not adverbial or form == "inf" or (form == "ing" and tree.kids(up, "prt")):
            name, governor = self._governor(up, preposition, form, i)
            if governor is not None and governor.aux and label == "ccomp" and i < up and form == "that":
                # "Rebels killed him; they denied it": only speech comes before its verb.
                return PLAIN
            if governor is not None and adverbial and form == "inf" and "negation" in governor.aux:
                # "Blocked the road to press their demands": an aim, not what is blocked.
                governor = None
            if governor is not None:
                return self._content(up, self._governed(governor, name, up, form, depth), depth)
        if form == "inf":
            if label == "csubj":
                return self._effect(known["subject infinitive"], "to …")
            if tree.pos[up] in ("NOUN", "PROPN", "PRON"):
                heading = tree.head[up] == up and not tree.kids(up, "det", "poss")
                return self._effect(known["heading infinitive" if heading else "noun infinitive"], "to …")
            name = "purpose" if adverbial else "infinitive"
            return self._within(self._effect(known[name], "to …"), self._plain(up, depth))
        if adverbial and form == "that":
            word, frame = clause.frame(i)
            effect = frame if frame is not None else known["adverbial"]
            if clause.past(i):
                return self._effect(effect, word)
            return self._within(self._effect(effect, word), self._plain(up, depth))
        if form in ("that", "wh"):
            return self._effect(known["clause"], "")
        if label in ("acl", "relcl"):
            return self._effect(known["participle"], "")
        if adverbial:
            return self._within(self._effect(known["participle"], ""), self._plain(up, depth))
        return self._within(self._effect(known["gerund"], ""), self._plain(up, depth))

    def _content(self, noun: int, found: Judgement, depth: int) -> Judgement:
        """What is left of a noun's content where a verb denies or refuses it: "rejected claims that"."""
        tree = self.tree
        verb = tree.head[noun]
        if tree.pos[noun] != "NOUN" or tree.dep[noun] != "dobj":
            return found
        name, governor = self._governor(verb, "", "content", noun)
        if governor is None:
            return found
        return self._governed(governor, name, verb, "content", depth)

    def _plain(self, up: int, depth: int) -> Judgement:
        """The governor's standing for what is no complement of it: its negation does not reach there."""
        judgement = self.judge(up, depth)
        if "negation" not in judgement.aux:
            return judgement
        return Judgement(judgement.aux - {"negation"}, abs(judgement.factuality), "")

    def _form(self, i: int) -> str:
        tree, clause = self.tree, self.clause
        if clause.infinitive(i):
            return "inf"
        if tree.dep[i] != "advcl" and any(tree.lower[c] in ("whether", "if") for c in tree.kids(i, "mark")):
            return "wh"
        if clause.finite(i):
            return "that"
        return "inf" if tree.tag[i] == "VB" else "ing"

    def _governor(self, up: int, preposition: str, form: str, i: int) -> tuple[str, Governor | None]:
        """The line of governors.tsv for what `up` governs in that form."""
        tree, known = self.tree, governors()
        lemma = tree.lemma[up]
        names = []
        if preposition:
            names.append(f"{lemma} {preposition}")
        for c in tree.children[up]:
            label = tree.dep[c]
            if label == "prt":
                names.append(f"{lemma} {tree.lower[c]}")
            elif tree.lower[c] == "yet" and form == "inf":
                names.append(f"{lemma} yet")
            elif label == "aux" and tree.tag[c] == "MD" and tree.lower[c] in ("can", "ca", "could"):
                if self.clause.negated(up):
                    names.append(f"cannot {lemma}")
            elif label == "aux" and tree.lower[c] in ("would", "'d") and form in ("inf", "noun"):
                names.append(f"would {lemma}")
            elif label in PREDICATIVE and tree.pos[up] == "AUX" and c < i:
                names.append(tree.lemma[c])
        if lemma == "be" and form == "inf" and not names and not tree.kids(up, "prep"):
            names.append("be to")
        if tree.lower[up] == "going" and form == "inf":
            names.append("going to")
        if form != "subj":
            names.append(lemma)
        shapes = [form] if form in ("subj", "content") else [form, ""]
        if form == "ing" and tree.pos[up] == "NOUN":
            shapes = ["ing", "of", ""]
        for name in names:
            for shape in shapes:
                found = known.get((name, shape))
                if found is not None:
                    return name, found
        if form == "subj" and (lemma, form) in known:
            return lemma, known[lemma, form]
        return "", None

    def _governed(
        self, governor: Governor, name: str, up: int, form: str, depth: int, plain: bool = False
    ) -> Judgement:
        """The governor's signature at the governor's own standing.

        `plain`: what denies the governor is within the event's own phrase ("held no talks").
        """
        tree = self.tree
        above = self._plain(up, depth) if plain else self.judge(up, depth)
        denied = "negation" in above.aux
        first = denied and any(tree.lower[s] in FIRST for s in tree.kids(up, "nsubj"))
        first = first and not self.clause.past(up)
        value = governor.at(above.factuality, first)
        if governor.presupposes:
            return Judgement(frozenset(), value, name)
        aux = governor.aux_negated if denied else governor.aux
        outer = above.aux - {"negation"}
        if form in ("that", "wh"):
            outer -= {"future"}
        aux |= outer
        if "hypothetical" in aux:
            aux -= {"future"}
        why = f"not {name}" if denied else name
        return Judgement(aux, value, f"{why}; {above.why}" if above.why else why)

    def _nominal(self, i: int, depth: int) -> Judgement:
        """An event noun (or a gerund in a noun's place) under a verb, preposition or noun."""
        tree, known = self.tree, constructions()
        label, up = tree.dep[i], tree.head[i]
        if label in ("compound", "nmod"):
            name, governor = self._governor(up, "", "of", i)
            if governor is not None:
                return self._governed(governor, name, up, "of", depth)
            return self._effect(known["compound"], "")
        definite = any(tree.dep[c] == "poss" or tree.lower[c] in DEFINITE for c in tree.children[i] if c < i)
        preposition, form = "", "subj" if label in SUBJECTS else "noun"
        if label == "pobj":
            preposition, up = tree.lower[up], tree.head[up]
            if tree.pos[up] in ("NOUN", "PROPN"):
                form = "of"
        name, governor = self._governor(up, preposition, form, i)
        if governor is not None and not (preposition and name == tree.lemma[up] and form != "of"):
            return self._governed(governor, name, up, form, depth, plain=bool(self.clause.negated(i)))
        if definite:
            return self._effect(known["definite"], "")
        if label == "pobj":
            return self._effect(words()["prep"].get(preposition, known["after preposition"]), "")
        above = self._plain(up, depth) if self.clause.negated(i) else self.judge(up, depth)
        if "negation" in above.aux:
            denied = self._effect(known["object denied"], above.why)
            return Judgement(above.aux, denied.factuality, above.why)
        return above


@lru_cache(maxsize=2)
def _judge_of(tree: Tree) -> _Judge:
    """The judge of an article, kept while the article is worked on (trees compare by identity)."""
    return _Judge(tree)


def judge(parsed: Parsed, head: int) -> Judgement:
    """The auxiliary modes and factuality of the event whose predicate is token `head`.

    `historical` is not judged here: it follows from the event's day (`resolve.days`).
    """
    return _judge_of(parsed.tree).judge(head)


@dataclass(frozen=True, slots=True)
class Predicate:
    """A word that tells of something happening, at characters `[start, end)`, and whether it did."""

    start: int
    end: int
    text: str
    aux: tuple[str, ...]
    factuality: float


def _eventive(tree: Tree, event_nouns: Container[str]) -> Iterator[int]:
    known = happenings()
    for i, pos in enumerate(tree.pos):
        if pos == "VERB":
            yield i
        elif pos == "AUX":
            if tree.dep[i] not in ("aux", "auxpass"):
                yield i
        elif pos == "NOUN":
            if tree.lemma[i] in event_nouns or tree.lemma[i] in known:
                yield i
        elif pos == "PROPN":
            if tree.lemma[i] in event_nouns:
                yield i
        elif pos == "ADJ" and tree.dep[i] in STATED:
            yield i


def predicates(parsed: Parsed, event_nouns: Container[str]) -> list[Predicate]:
    """Every verb that is no auxiliary, predicate adjective and noun of a happening, in text order.

    `event_nouns` are the lemmas of nouns that may tell of an event, beside those of happenings.tsv.
    """
    found, judge_of = [], _judge_of(parsed.tree)
    for i in _eventive(parsed.tree, event_nouns):
        judgement = judge_of.judge(i)
        start, end = parsed.chars(i, i + 1)
        aux = tuple(sorted(judgement.aux))
        found.append(Predicate(start, end, parsed.word(i), aux, round(judgement.factuality, 2)))
    return found
