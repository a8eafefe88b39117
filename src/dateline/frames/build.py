"""Finds the frames of a parsed article.

Who is the logical subject of a verb that shows none is told by the grammar of control and raising
(Huddleston and Pullum, The Cambridge Grammar of the English Language, ch. 14): a complement's
subject is its governor's object where that names an actor ("urged Syria to withdraw"), else its
governor's subject ("pledged to send", "is expected to meet"); a participle's is the noun it
follows or the main clause's subject; a coordinated verb shares the first verb's.
"""

from __future__ import annotations

from collections.abc import Container
from functools import lru_cache

from dateline.frames.frame import Frame
from dateline.knowledge.reference import reference
from dateline.knowledge.tables import read_table
from dateline.language.tree import Tree

VERBAL = frozenset({"VERB", "AUX"})
SUBJECT = ("nsubj", "nsubjpass")
# What may stand after a verb and make one name with it: "shoot down", "be ready"; "say no" by its tag.
AFTER_VERB = frozenset({"prt", "advmod", "prep", "acomp", "intj"})
MAX_DEPTH = 12


@lru_cache(maxsize=4)
def _words(file: str, column: str) -> frozenset[str]:
    rows = read_table("language", file, required=(column,))
    return frozenset(word for row in rows for word in row.many(column))


def measures() -> frozenset[str]:
    """Nouns that only measure what follows "of" ("a series of raids")."""
    return _words("measures.tsv", "noun")


def directions() -> frozenset[str]:
    """Words that only give a preposition a direction ("out of", "back to")."""
    return _words("directions.tsv", "word")


def texts() -> frozenset[str]:
    """Nouns for what is written or spoken, by which their authors act ("a letter accusing Chad")."""
    return _words("texts.tsv", "noun")


def controllers() -> frozenset[str]:
    """Verbs whose object does what an infinitive after it says ("allowed the refugees to return")."""
    return _words("controllers.tsv", "verb")


def copulas() -> frozenset[str]:
    """Verbs that link a subject with a predicate adjective."""
    return _words("copulas.tsv", "verb")


class Frames:
    """The frames of one article, by their head token.

    `actors` holds the head tokens of phrases that may name an actor; `nouns` the noun lemmas that
    may name an event, and only such nouns become frames; `dates` are tokens of dates, since "March" is
    no march and "gave in 1987" no "give in".
    """

    def __init__(
        self, tree: Tree, actors: Container[int], nouns: Container[str], dates: Container[int] = ()
    ) -> None:
        self._tree, self._actors, self._dates = tree, actors, dates
        self._relatives = reference().relatives
        self.by_head: dict[int, Frame] = {}
        for i, pos in enumerate(tree.pos):
            if pos == "VERB" or (pos == "AUX" and tree.dep[i] not in ("aux", "auxpass")):
                self.by_head[i] = self._verb(i)
            elif pos in ("NOUN", "PROPN") and tree.lemma[i] in nouns and i not in dates:
                self.by_head[i] = self._noun(i)

    def _antecedent(self, i: int) -> int:
        """What a relative pronoun stands for; i itself where it is none."""
        tree = self._tree
        if tree.lower[i] in self._relatives and (
            tree.tag[i].startswith("W") or tree.dep[i] in (*SUBJECT, "dobj")
        ):
            noun = tree.described(i)
            return i if noun is None else noun
        return i

    def _heads(self, tokens: list[int]) -> tuple[int, ...]:
        """The phrases' heads with all that is coordinated, antecedents for relative pronouns."""
        found: list[int] = []
        for t in tokens:
            for c in self._listed(self._antecedent(t)):
                for m in self._measured(c):
                    if m not in found:
                        found.append(m)
        return tuple(found)

    def _listed(self, t: int) -> list[int]:
        """A phrase and what is coordinated with it; of a list of three the parser takes the second for an
        apposition ("Chad, Niger, and Mali met")."""
        tree = self._tree
        found = tree.conjuncts(t)
        if t in self._actors and not tree.kids(t, "cc"):
            for second in tree.kids(t, "appos"):
                if second in self._actors and tree.pos[second] == "PROPN" and tree.kids(second, "cc"):
                    found += [c for c in tree.conjuncts(second) if c not in found]
        return found

    def _measured(self, i: int) -> list[int]:
        """What a noun of measure measures; i itself where it is none or may name an actor."""
        tree = self._tree
        if i not in self._actors and tree.lemma[i] in measures():
            return [c for o in tree.governed(i, "of") for c in tree.conjuncts(o)] or [i]
        return [i]

    def _measure_of(self, i: int) -> int | None:
        """The noun of measure that i is the matter of."""
        tree, p = self._tree, self._tree.head[i]
        if tree.dep[i] == "pobj" and tree.lower[p] == "of" and tree.lemma[tree.head[p]] in measures():
            return tree.head[p]
        return None

    def passive(self, v: int) -> bool:
        """Whether verb v is passive: by its auxiliary, subject or agent, or as a bare participle."""
        tree = self._tree
        if tree.kids(v, "auxpass", "nsubjpass", "agent"):
            return True
        if tree.tag[v] != "VBN" or tree.kids(v, "aux", "nsubj"):
            return False
        if tree.dep[v] == "conj" and tree.pos[tree.head[v]] in VERBAL:
            return not tree.kids(v, "dobj") and self.passive(tree.head[v])
        return tree.dep[v] in ("acl", "advcl", "relcl")

    def _surface(self, v: int, depth: int = 0) -> tuple[int, ...]:
        """The subject as the sentence has it, found up the tree where v shows none."""
        tree = self._tree
        own = [self._doer(s) for s in tree.kids(v, *SUBJECT)]
        if own or depth > MAX_DEPTH:
            return self._heads(own)
        label, up = tree.dep[v], tree.head[v]
        if up == v:
            return ()
        if label in ("acl", "relcl"):
            return self._noun_subject(v, up, depth)
        if label in ("acomp", "prep", "pcomp", "advmod"):
            noun = tree.head[up] if label == "pcomp" else up
            if tree.pos[noun] == "NOUN":
                return self._heads(tree.kids(noun, "poss")) or self._by_phrase(noun)
            objects = self._heads(tree.kids(noun, "dobj")) if label == "pcomp" and up > noun else ()
            if any(o in self._actors for o in objects):
                # "Accused Sudan of arming rebels": Sudan arms them. Not so in "after arming, it sent them".
                return objects
            return self._surface(up, depth + 1)
        if tree.pos[up] not in VERBAL:
            return self._surface(up, depth + 1) if label in ("xcomp", "ccomp", "advcl") else ()
        if label in ("xcomp", "ccomp", "pcomp", "advcl") and tree.tag[v] in ("VB", "VBG", "VBN"):
            objects = self._heads(tree.kids(up, "dobj", "dative"))
            if label != "advcl" and any(o in self._actors for o in objects):
                return objects
            return self._surface(up, depth + 1)
        if label in ("conj", "advcl", "xcomp"):
            return self._surface(up, depth + 1)
        return ()

    def _doer(self, subject: int) -> int:
        """A subject, or the noun that the parser hangs on it ("aid groups working there said")."""
        tree = self._tree
        within = tree.kids(subject, *SUBJECT) if tree.tag[subject] in ("VBG", "VBN") else []
        return within[0] if within else subject

    def _noun_subject(self, v: int, noun: int, depth: int) -> tuple[int, ...]:
        """Subject of a clause on a noun: the noun, or whose plan, threat or offer it is."""
        tree = self._tree
        authored = tree.tag[v] == "VBG" and tree.dep[v] == "acl" and tree.lemma[noun] in texts()
        if not (self._bare_infinitive(v) or authored) or noun in self._actors:
            return self._heads([noun])
        owners = self._heads(tree.kids(noun, "poss")) or self._by_phrase(noun)
        if owners:
            return owners
        up = tree.head[noun]
        if tree.dep[noun] in ("dobj", "pobj", "attr") and up != noun:
            while tree.pos[up] not in VERBAL and tree.head[up] != up:
                up = tree.head[up]
            return self._surface(up, depth + 1)
        return self._heads([m for m in tree.kids(noun, "compound", "amod") if m in self._actors])

    def _by_phrase(self, i: int) -> tuple[int, ...]:
        return self._heads(self._tree.governed(i, "by"))

    def _preps(self, i: int) -> list[tuple[str, tuple[int, ...]]]:
        """Each preposition under i with its phrases; "ahead of" and the like as one."""
        tree, found = self._tree, []
        for p in tree.children[i]:
            if tree.dep[p] not in ("prep", "dative", "agent", "prt", "advmod"):
                continue
            if tree.pos[p] not in ("ADP", "SCONJ", "PART", "ADV", "VERB", "ADJ"):
                continue
            for q in (p, *tree.kids(p, "prep", "conj")):
                objects = tree.kids(q, "pobj") or self._stranded(q)
                if objects:
                    name = tree.lower[q] if q == p else f"{tree.lower[p]} {tree.lower[q]}"
                    found.append((name, self._heads(objects)))
                    if q != p and tree.lower[p] in directions():
                        found.append((tree.lower[q], self._heads(objects)))
        return found

    def _stranded(self, preposition: int) -> list[int]:
        """The noun behind a preposition that the parser takes for the subject of a participle after it."""
        tree, after = self._tree, preposition + 1
        if tree.dep[preposition] != "prep" or tree.children[preposition]:
            return []
        for noun in range(after, min(after + 6, len(tree))):
            if tree.dep[noun] in SUBJECT and tree.tag[tree.head[noun]] in ("VBN", "VBD"):
                return [noun] if min(tree.subtree(noun)) == after else []
        return []

    def _complements(self, i: int) -> list[int]:
        tree = self._tree
        found = [c for c in tree.kids(i, "xcomp", "ccomp") if not self._parted(c, i)]
        for p in tree.kids(i, "prep"):
            found += tree.kids(p, "pcomp")
        for a in tree.kids(i, "acomp"):
            found += tree.kids(a, "xcomp", "ccomp", "advcl")
            for p in tree.kids(a, "prep"):
                found += tree.kids(p, "pcomp")
        if not found and (not tree.kids(i, "dobj") or tree.lemma[i] in controllers()):
            # "Offered on Wednesday to mediate": the parser takes such a complement for a purpose.
            found = [c for c in tree.kids(i, "advcl") if self._bare_infinitive(c)]
        more = [c for t in found for c in tree.kids(t, "conj") if tree.pos[c] in VERBAL]
        return found + more

    def _parted(self, one: int, other: int) -> bool:
        """Whether a semicolon parts two clauses: then neither is the other's complement."""
        return any(self._tree.lower[t] == ";" for t in range(min(one, other), max(one, other)))

    def _bare_infinitive(self, v: int) -> bool:
        tree = self._tree
        return tree.infinitive(v) and not tree.kids(v, *SUBJECT, "mark")

    def _verb(self, v: int) -> Frame:
        tree = self._tree
        passive = self.passive(v)
        surface = self._surface(v)
        objects = self._heads([o for o in tree.kids(v, "dobj") if tree.dep[o] == "dobj"])
        indirect = self._heads([o for o in tree.kids(v, "dative") if tree.pos[o] != "ADP"])
        if passive:
            subjects = self._by_phrase(v)
            if objects and objects != surface:
                indirect = indirect or surface
            else:
                objects = surface
        else:
            subjects = surface
            objects = objects or self._missing_object(v, surface)
        preps = self._preps(v)
        if passive:
            # "The convoy was fired on": what the preposition governs is the subject.
            preps += [(tree.lower[p], objects) for p in tree.kids(v, "prep", "prt") if not tree.children[p]]
        adjectives = tree.kids(v, "acomp")
        attributes = self._heads(tree.kids(v, "attr", "oprd"))
        for t in adjectives:
            preps += self._preps(t)
        complements = self._complements(v)
        if not complements:
            complements = [c for o in (*objects, *attributes) for c in tree.kids(o, "acl")]
        return Frame(
            head=v,
            kind="verb",
            lemmas=self._verb_lemmas(v, adjectives),
            subjects=subjects,
            objects=objects,
            indirect=indirect,
            attributes=attributes,
            modifiers=tuple(tree.kids(v, "advmod")),
            preps=tuple(preps),
            inner_preps=tuple(p for t in (*objects, *attributes) for p in self._preps(t)),
            complements=tuple(complements),
            passive=passive,
            negated=bool(tree.kids(v, "neg")),
        )

    def _missing_object(self, v: int, surface: tuple[int, ...]) -> tuple[int, ...]:
        """The object of an object relative ("the jet it shot down") or one shared in coordination."""
        tree = self._tree
        if tree.dep[v] == "relcl" and tree.head[v] not in surface and not tree.kids(v, "acomp", "attr"):
            wh = [t for t in tree.subtree(v) if tree.tag[t].startswith("W") and tree.dep[t] == "pobj"]
            return () if wh else self._heads([tree.head[v]])
        shifted = [a for o in tree.governed(v, "as") for a in tree.kids(o, "appos") if a > o]
        if shifted and not tree.kids(v, "ccomp", "xcomp"):
            # "Denounced as a crime Hungary's crackdown": the parser hangs it on the crime.
            return self._heads(shifted)
        if tree.kids(v, "prep", "ccomp", "xcomp", "acomp"):
            return ()
        for c in tree.kids(v, "conj"):
            if tree.pos[c] == "VERB" and c - v <= 3 and not tree.kids(c, *SUBJECT):
                return self._heads(tree.kids(c, "dobj"))
        return ()

    def _verb_lemmas(self, v: int, adjectives: list[int]) -> tuple[str, ...]:
        tree, lemma = self._tree, self._tree.lemma[v]
        names = [f"be {tree.lower[a]}" for a in adjectives] if lemma in copulas() else []
        after = [c for c in tree.children[v] if c > v and (tree.dep[c] in AFTER_VERB or tree.tag[c] == "UH")]
        after = [c for c in after if not any(o in self._dates for o in tree.kids(c, "pobj"))]
        names += [f"{lemma} {tree.lower[c]}" for c in after]
        return (*dict.fromkeys(names), lemma)

    def _noun(self, n: int) -> Frame:
        tree = self._tree
        subjects = self._heads(tree.kids(n, "poss")) + self._by_phrase(n)
        modifiers = [m for m in tree.kids(n, "compound", "amod", "nmod") if m < n]
        preps = self._preps(n)
        measure = self._measure_of(n)
        if measure is not None:
            subjects += self._heads(tree.kids(measure, "poss"))
            preps += [p for p in self._preps(measure) if p[0] != "of"]
        if tree.dep[n] == "conj":
            first = tree.head[n]
            subjects = subjects or self._heads(tree.kids(first, "poss"))
            preps = preps or self._preps(first)
            modifiers = modifiers or [m for m in tree.kids(first, "compound", "amod") if m < first]
        elif not preps:
            last = tree.conjuncts(n)[-1]
            preps = self._preps(last) if last != n else preps
        return Frame(
            head=n,
            kind="noun",
            lemmas=self._noun_lemmas(n),
            subjects=subjects,
            modifiers=tuple(modifiers),
            preps=tuple(preps),
            complements=tuple(tree.kids(n, "acl", "ccomp")),
            negated=any(tree.lower[d] == "no" for d in tree.kids(n, "det")),
        )

    def _noun_lemmas(self, n: int) -> tuple[str, ...]:
        tree, names = self._tree, []
        before = [m for m in range(max(0, n - 3), n) if tree.dep[m] in ("compound", "amod", "nmod", "punct")]
        words = [tree.lemma[n]]
        for m in reversed(before):
            if m != n - len(words):
                break
            words.insert(0, tree.lower[m])
            names.append(" ".join(words).replace(" - ", "-"))
        return (*reversed(names), tree.lemma[n])
