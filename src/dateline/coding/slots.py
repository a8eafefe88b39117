"""Finds what stands in a frame's slots: the words a lexicon entry asks for, and the actors."""

from __future__ import annotations

from collections.abc import Container, Iterator

from dateline.frames.frame import Frame
from dateline.knowledge import lexicon
from dateline.knowledge.lexicon import Slot
from dateline.knowledge.lexicon.read import ROLES
from dateline.knowledge.reference import reference
from dateline.language.tree import Tree

ROLE_NAMES = frozenset({"obj", "iobj", "subj", "attr", "mod"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent"})
ASIDE = frozenset({"relcl", "parataxis", "conj", "npadvmod"})
CLAUSAL = frozenset({"relcl", "advcl", "ccomp", "parataxis"})


class Slots:
    """Looks into frames; `actors` are the heads of phrases that may name an actor, `money` the tokens
    of sums, which a lexicon may call "money", `doers` the nouns whose owner acts by them ("Turkey's
    raids killed").
    """

    def __init__(
        self,
        tree: Tree,
        actors: Container[int],
        money: Container[int] = (),
        doers: frozenset[str] = frozenset(),
    ) -> None:
        self._tree, self._actors, self._money, self._doers = tree, actors, money, doers
        self._names: dict[int, frozenset[str]] = {}
        self._usual = lexicon.load().recipients
        self._parts = reference().parts

    def is_actor(self, token: int) -> bool:
        """Whether the token heads a phrase that may name an actor."""
        return token in self._actors

    def names(self, token: int) -> frozenset[str]:
        """All a lexicon may call the token: its lemma, and that with up to three words before it."""
        if token not in self._names:
            tree, names = self._tree, {self._tree.lemma[token], self._tree.lower[token]}
            text = tree.lemma[token]
            for m in range(token - 1, max(-1, token - 4), -1):
                if tree.dep[m] not in ("compound", "amod", "nmod", "punct", "poss", "nummod"):
                    break
                text = f"{tree.lower[m]} {text}".replace(" - ", "-")
                names.add(text)
            if token in self._money:
                names.add("money")
            particle = [tree.lower[c] for c in tree.kids(token, "prt")]
            if particle:
                names.add(f"{tree.lemma[token]} {particle[0]}")
            if tree.lemma[token] in self._parts:
                # "sent thousands of troops" sends troops.
                names.update(*(self.names(o) for o in tree.governed(token, "of")))
            self._names[token] = frozenset(names)
        return self._names[token]

    def tokens(self, frame: Frame, name: str) -> tuple[int, ...]:
        """Heads of what stands in a slot, actors or not."""
        match name:
            case "obj":
                return frame.objects
            case "iobj":
                return frame.indirect
            case "subj":
                return frame.subjects
            case "attr":
                return frame.attributes
            case "comp":
                return frame.complements
            case "inf":
                return tuple(c for c in frame.complements if self._tree.infinitive(c))
            case "that":
                return tuple(c for c in frame.complements if self._finite(c))
            case "mod":
                return frame.modifiers
            case "modal":
                return tuple(a for c in frame.complements for a in self._modals(c))
            case _ if not ROLES.isdisjoint(name.split("/")):
                # "to/iobj": a preposition or a role.
                return tuple(dict.fromkeys(o for part in name.split("/") for o in self.tokens(frame, part)))
            case _:
                return frame.after(name)

    def _modals(self, clause: int) -> list[int]:
        """The modal verbs of a clause that has an actor by name for its subject."""
        tree = self._tree
        subjects = tree.kids(clause, "nsubj", "nsubjpass")
        named = any(self.is_actor(s) and tree.pos[s] != "PRON" for s in subjects)
        return [a for a in tree.kids(clause, "aux") if tree.tag[a] == "MD"] if named else []

    def _finite(self, clause: int) -> bool:
        tree = self._tree
        return tree.tag[clause] in ("VBD", "VBZ", "VBP") or any(
            tree.tag[a] in ("MD", "VBD", "VBZ", "VBP") for a in tree.kids(clause, "aux", "auxpass")
        )

    def holds(self, frame: Frame, slot: Slot) -> bool:
        """Whether an entry's condition is met. An actor asked for as subject may be unsaid in the passive."""
        if slot.name == "neg":
            return frame.negated != slot.absent
        found = self.tokens(frame, slot.name)
        if slot.absent:
            return not any(self._fits(t, slot) for t in found)
        if slot.name == "subj" and not found:
            return slot.actor and (frame.passive or frame.kind == "noun")
        return any(self._fits(t, slot) for t in found)

    def _fits(self, token: int, slot: Slot) -> bool:
        if not slot.words and not slot.actor:
            return True
        if slot.actor and self.is_actor(token):
            return True
        return not slot.words.isdisjoint(self.names(token))

    def inner(self, token: int) -> Iterator[int]:
        """Actors inside a phrase, nearest to its head first, clauses left out."""
        tree, level = self._tree, [token]
        while level:
            below = [c for t in level for c in tree.children[t] if tree.dep[c] not in CLAUSAL]
            yield from (c for c in below if self.is_actor(c))
            level = below

    def _modifies(self, word: int, token: int) -> bool:
        """Whether a word of nationality only says of what country an actor is."""
        tree = self._tree
        return (
            self.is_actor(token)
            and tree.head[word] == token
            and tree.dep[word] in ("amod", "compound", "nmod")
        )

    def owners(self, token: int) -> tuple[int, ...]:
        """Actors that own or make the thing: possessor, by-phrase, word of nationality."""
        tree = self._tree
        found = [c for c in tree.kids(token, "poss", "compound", "amod", "nmod") if self.is_actor(c)]
        found += [o for o in tree.governed(token, "by", "from") if self.is_actor(o)]
        return tuple(o for f in found[:1] for o in tree.conjuncts(f) if self.is_actor(o))

    def _doers_of(self, token: int) -> tuple[int, ...]:
        """Whose a deed is, or with whom it is: "an Israeli strike", "clashes with the police"."""
        return self.owners(token) or tuple(self._tree.governed(token, "with", "between", "involving"))

    def actors(self, frame: Frame, name: str, inner: bool = True) -> tuple[int, ...]:
        """Actors in a slot; `in(SLOT)` looks inside what stands there, `own(SLOT)` for whose it is.

        Without `inner`, prepositions inside the object are left to `in(obj)`: in "condemned Russia's
        attack on Izmail" it is Russia that is condemned.
        """
        if name.startswith("in("):
            for token in self.tokens(frame, name[3:-1]):
                found = next(self.inner(token), None)
                if name == "in(obj)" and found is not None and self._modifies(found, token):
                    # "Banned Kenyan candidates": the candidates, whose country the word tells.
                    found = token
                if found is not None:
                    return tuple(c for c in self._tree.conjuncts(found) if self.is_actor(c))
            return ()
        if name.startswith("own("):
            owners = (t for token in self.tokens(frame, name[4:-1]) for t in self._doers_of(token))
            found = next((t for t in owners if self.is_actor(t)), None)
            return () if found is None else tuple(c for c in self._tree.conjuncts(found) if self.is_actor(c))
        if name == "comp":
            return ()
        if not inner and name not in ROLE_NAMES:
            return tuple(t for t in frame.after(name, inner=False) if self.is_actor(t))
        return tuple(t for t in self.tokens(frame, name) if self.is_actor(t))

    def strikes(self, token: int) -> bool:
        """Whether it is a weapon or an act, by which its owner acts."""
        return not self._doers.isdisjoint(self.names(token))

    def agents(self, frame: Frame, names: tuple[str, ...]) -> tuple[int, ...]:
        """Who acts: the first slot with an actor, or with something that an actor owns."""
        if not names:
            names = ("subj",) if frame.kind == "verb" else ("subj", "mod", "from")
        for name in names:
            found = self.actors(frame, name)
            if found:
                return found
            for token in self.tokens(frame, name) if not name.endswith(")") else ():
                found = self.owners(token) if self.strikes(token) else ()
                if found:
                    return found
        return ()

    def recipients(self, frame: Frame, names: tuple[str, ...], taken: tuple[int, ...]) -> tuple[int, ...]:
        """Whom the act is done to: the first slot, in order, with an actor that is not `taken`."""
        if names == ("-",):
            return ()
        stated = bool(names)
        if not names:
            names = self._usual[frame.kind]
        own: tuple[int, ...] = ()
        for name in names:
            found = tuple(t for t in self.actors(frame, name, stated) if t not in taken)
            if found and not all(self._own(t) for t in found):
                return found
            own = own or found
        return own

    def _own(self, token: int) -> bool:
        """Whether it is somebody's own: "offered its troops to Lebanon" offers nothing to the troops."""
        return any(self._tree.pos[p] == "PRON" for p in self._tree.kids(token, "poss"))

    def beside(self, token: int, taken: tuple[int, ...]) -> tuple[int, ...]:
        """Whom else a possessive's phrase names, nearest first: "its border with Russia"."""
        if self._tree.dep[token] != "poss":
            return ()
        found = next((t for t in self.inner(self._tree.head[token]) if t not in taken), None)
        return () if found is None else tuple(c for c in self._tree.conjuncts(found) if self.is_actor(c))

    def deep(self, head: int, taken: tuple[int, ...]) -> tuple[int, ...]:
        """The nearest actor anywhere in what a predicate governs, its subject and finite clauses aside."""
        tree, level = self._tree, [head]
        while level:
            below = [
                c
                for t in level
                for c in tree.children[t]
                if tree.dep[c] not in ASIDE
                and not (t == head and tree.dep[c] in SUBJECTS)
                and not (tree.dep[c] == "advcl" and tree.kids(c, "mark", "nsubj"))
                # "marched in Garissa": where, not against whom.
                and not (t == head and tree.dep[c] == "prep" and tree.lower[c] == "in")
            ]
            for c in below:
                if self.is_actor(c) and c not in taken and tree.dep[c] != "poss":
                    return (c,)
                if self.is_actor(c) and c not in taken and not self._own(tree.head[c]):
                    return (c,)
            level = below
        return ()
