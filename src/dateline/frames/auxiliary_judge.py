"""What the words around an event say of its happening, from the root of its sentence down.

As in De Facto (Saurí and Pustejovsky, "Are you sure that this happened?", Computational Linguistics
38:2, 2012) an event's standing is its own clause's say (tense, modals, negation: `auxiliary_clause`)
within what the words above it leave of it: each governor has a signature (what it says of its
complement where it is itself affirmed, denied or open; Nairn, Condoravdi and Karttunen 2006), read at
the governor's own standing. The two factualities multiply on a scale where 3 is certain.
"""

from __future__ import annotations

from dataclasses import dataclass

from dateline.frames.auxiliary_clause import FINITE, SUBJECTS, Clause
from dateline.frames.auxiliary_tables import CERTAIN, Effect, Governor, constructions, governors, words
from dateline.language.tree import Tree

COMPLEMENT = frozenset({"xcomp", "ccomp", "pcomp", "acl", "advcl", "relcl", "csubj"})
NOMINAL = frozenset({"dobj", "pobj", "nsubj", "nsubjpass", "compound", "nmod", "attr", "oprd"})
PREDICATIVE = frozenset({"acomp", "attr", "oprd"})
FIRST = frozenset({"i", "we"})
CONTRAST = frozenset({"but", "rather"})
DEFINITE = frozenset({"the", "this", "that", "these", "those"})


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the text says of an event's happening; `why` names the words that decided."""

    aux: frozenset[str]
    factuality: float
    why: str


PLAIN = Judgement(frozenset(), CERTAIN, "")


class Judge:
    """Judges the predicates of one article, each at most once."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.clause = Clause(tree)
        self.known: dict[int, Judgement] = {}

    def judge(self, i: int) -> Judgement:
        """The standing of event i, judged after the words above it, from the root down."""
        chain, head = [i], self.tree.head
        while chain[-1] not in self.known and head[chain[-1]] != chain[-1]:
            chain.append(head[chain[-1]])
        for t in reversed(chain):
            if t not in self.known:
                self.known[t] = _within(self._own(t), self._context(t))
        return self.known[i]

    def _own(self, i: int) -> Judgement:
        """By i's clause: a predicate adjective or noun has its copula's, a bare conjunct its first's."""
        tree, clause = self.tree, self.clause
        effect, why = clause.own(i)
        up = tree.head[i]
        own = _judgement(effect, why)
        if tree.dep[i] in PREDICATIVE and tree.lemma[up] == "be":
            copula = _judgement(*clause.own(up))
            if "negation" in own.aux or not copula.aux:
                # "There was no reply": the same word denies both.
                return Judgement(own.aux | (copula.aux - {"negation"}), own.factuality, own.why)
            return _within(own, copula)
        if tree.dep[i] == "conj" and own.aux <= {"negation"} and self._bare(i):
            first = _judgement(*clause.own(up))
            if own.aux:
                return Judgement(own.aux | (first.aux - {"negation"}), own.factuality, own.why)
            but = any(tree.lower[c] in CONTRAST for c in tree.kids(up, "cc") if c < i)
            if first.aux and not (but and "negation" in first.aux):
                return first
        return own

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

    def _context(self, i: int) -> Judgement:
        """What the words above i leave of it."""
        tree, clause = self.tree, self.clause
        word, link = clause.link(i)
        while tree.dep[i] == "conj" and link is None:
            up = tree.head[i]
            if clause.finite(i) and tree.kids(i, *SUBJECTS) and tree.dep[up] not in ("ccomp", "advcl"):
                return PLAIN
            if tree.tag[i] in FINITE and not clause.finite(up) and tree.pos[up] == "VERB":
                # "Failed to come up with one and filed": the parser hangs the finite verb too low.
                up = tree.head[up]
            i = up
            word, link = clause.link(i)
        label, up = tree.dep[i], tree.head[i]
        if link is not None:
            return _judgement(link, word)
        if up == i:
            return self._root(i)
        if label in COMPLEMENT:
            return self._complement(i)
        if label in PREDICATIVE and tree.lemma[up] == "be":
            return self._context(up)
        if label in NOMINAL:
            return self._nominal(i)
        if label == "amod":
            return _construction("attributive")
        return PLAIN

    def _root(self, i: int) -> Judgement:
        """A sentence's main verb: a heading's infinitive or an order, else a plain statement."""
        tree = self.tree
        if tree.pos[i] != "VERB" or tree.tag[i] != "VB":
            return PLAIN
        if self.clause.infinitive(i):
            return _construction("heading infinitive", "to …")
        if not tree.kids(i, "aux", "auxpass", *SUBJECTS):
            return _construction("imperative", "imperative")
        return PLAIN

    def _complement(self, i: int) -> Judgement:
        """A clause under a verb, adjective, noun or preposition."""
        tree, form = self.tree, self._form(i)
        label, up, preposition = tree.dep[i], tree.head[i], ""
        if label == "pcomp":
            preposition, up = tree.lower[up], tree.head[up]
        if form != "wh":
            word, condition = self.clause.condition(i)
            if condition is not None:
                return _judgement(condition, word)
        if label == "ccomp" and tree.tag[i] == "VB" and not tree.kids(i, "aux", "auxpass", *SUBJECTS):
            return _construction("imperative", "imperative")
        if label == "relcl" and form == "that":
            return _construction("relative")
        adverbial = label == "advcl"
        if not adverbial or form == "inf" or (form == "ing" and tree.kids(up, "prt")):
            name, governor = self._governor(up, preposition, form, i)
            if governor is not None:
                if governor.aux and label == "ccomp" and i < up and form == "that":
                    # "Rebels killed him; they denied it": only speech comes before its verb.
                    return PLAIN
                # "Blocked the road to press their demands" tells of an aim, not of what is blocked.
                if not (adverbial and form == "inf" and "negation" in governor.aux):
                    return self._content(up, self._governed(governor, name, up, form))
        if adverbial:
            return self._adverbial(i, form)
        return self._loose(i, form, up)

    def _adverbial(self, i: int, form: str) -> Judgement:
        """An adverbial clause: an infinitive of purpose, a clause with a conjunction, a participle."""
        above = self._plain(self.tree.head[i])
        if form == "inf":
            return _within(_construction("purpose", "to …"), above)
        if form == "ing":
            return _within(_construction("participle"), above)
        word, frame = self.clause.frame(i)
        if frame is None:
            return _construction("adverbial")
        found = _judgement(frame, word)
        return found if self.clause.past(i) else _within(found, above)

    def _loose(self, i: int, form: str, up: int) -> Judgement:
        """A clause under a word that is in no table."""
        tree, label = self.tree, self.tree.dep[i]
        if form == "inf" and label == "csubj":
            return _construction("subject infinitive", "to …")
        if form == "inf" and tree.pos[up] in ("NOUN", "PROPN", "PRON"):
            heading = tree.head[up] == up and not tree.kids(up, "det", "poss")
            return _construction("heading infinitive" if heading else "noun infinitive", "to …")
        if form == "inf":
            return _within(_construction("infinitive", "to …"), self._plain(up))
        if form in ("that", "wh"):
            return _construction("clause")
        if label in ("acl", "relcl"):
            return _construction("participle")
        return _within(_construction("gerund"), self._plain(up))

    def _content(self, noun: int, found: Judgement) -> Judgement:
        """What is left of a noun's content where a verb denies or refuses it: "rejected claims that"."""
        tree = self.tree
        verb = tree.head[noun]
        if tree.pos[noun] != "NOUN" or tree.dep[noun] != "dobj":
            return found
        name, governor = self._governor(verb, "", "content", noun)
        if governor is None:
            return found
        return self._governed(governor, name, verb, "content")

    def _plain(self, up: int) -> Judgement:
        """The governor's standing for what is no complement of it: its negation does not reach there."""
        judgement = self.judge(up)
        if "negation" not in judgement.aux:
            return judgement
        return Judgement(judgement.aux - {"negation"}, abs(judgement.factuality), "")

    def _form(self, i: int) -> str:
        tree, clause = self.tree, self.clause
        if clause.infinitive(i):
            return "inf"
        if tree.dep[i] != "advcl" and any(tree.lower[c] in ("whether", "if") for c in tree.kids(i, "mark")):
            return "wh"
        if tree.tag[i] == "VBP" and tree.dep[i] == "ccomp" and clause.subjunctive(i):
            return "inf"
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
            elif label == "dobj" and form == "subj":
                names.append(f"{lemma} {tree.lower[c]}")
            elif label in PREDICATIVE and tree.pos[up] == "AUX" and (c < i or form == "subj"):
                names.append(tree.lemma[c])
        if tree.dep[up] == "pobj" and form == "inf":
            names.append(f"{tree.lower[tree.head[up]]} {lemma}")
        if lemma == "be" and form == "inf" and not names and not tree.kids(up, "prep"):
            names.append("be to")
        if tree.lower[up] == "going" and form == "inf":
            names.append("going to")
        if form != "subj" and not (preposition and form == "ing" and tree.pos[up] == "VERB"):
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

    def _governed(self, governor: Governor, name: str, up: int, form: str, plain: bool = False) -> Judgement:
        """The governor's signature at the governor's own standing.

        `plain`: what denies the governor is within the event's own phrase ("held no talks").
        """
        tree = self.tree
        above = self._plain(up) if plain else self.judge(up)
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

    def _nominal(self, i: int) -> Judgement:
        """An event noun (or a gerund in a noun's place) under a verb, preposition or noun."""
        tree = self.tree
        label, up = tree.dep[i], tree.head[i]
        if label in ("compound", "nmod"):
            name, governor = self._governor(up, "", "of", i)
            if governor is not None:
                return self._governed(governor, name, up, "of")
            return _construction("compound")
        definite = any(tree.dep[c] == "poss" or tree.lower[c] in DEFINITE for c in tree.children[i] if c < i)
        preposition, form = "", "noun"
        if label in SUBJECTS:
            # "Talks are expected to begin": the subject is that of the beginning.
            form, known = "subj", governors()
            up = next((c for c in tree.kids(up, "xcomp") if (tree.lemma[c], form) in known), up)
        if label == "pobj":
            preposition, up = tree.lower[up], tree.head[up]
            if tree.pos[up] in ("NOUN", "PROPN"):
                form = "of"
        name, governor = self._governor(up, preposition, form, i)
        if governor is not None and not (preposition and name == tree.lemma[up] and form != "of"):
            return self._governed(governor, name, up, form, plain=bool(self.clause.negated(i)))
        if definite:
            return _construction("definite")
        if label == "pobj":
            return _judgement(words()["prep"].get(preposition, constructions()["after preposition"]), "")
        presumed = form == "subj" or bool(self.clause.negated(i))
        above = self._plain(up) if presumed else self.judge(up)
        if "negation" in above.aux:
            denied = constructions()["object denied"]
            return Judgement(above.aux, denied.factuality, above.why)
        return above


def _judgement(effect: Effect, why: str) -> Judgement:
    return Judgement(effect.aux, effect.factuality, why)


def _construction(name: str, why: str = "") -> Judgement:
    return _judgement(constructions()[name], why)


def _within(inner: Judgement, outer: Judgement) -> Judgement:
    """The inner standing within the outer: two negations cancel, two doubts multiply."""
    aux = (inner.aux | outer.aux) - (inner.aux & outer.aux & {"negation"})
    if "hypothetical" in aux:
        aux -= {"future"}
    why = "; ".join(dict.fromkeys(w for w in (inner.why, outer.why) if w))
    value = inner.factuality
    if outer.factuality < 0 < value and "hypothetical" in inner.aux:
        value = max(value, constructions()["denied possibility"].factuality)
    return Judgement(aux, value * outer.factuality / CERTAIN, why)
