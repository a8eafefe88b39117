"""Who speaks and which words a cue covers, read off the dependency tree."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.language.tree import Tree

SUBJECT = frozenset({"nsubj", "csubj", "nsubjpass"})
RELATIVE = frozenset({"WDT", "WP"})
BEFORE_VERB = frozenset({"aux", "auxpass", "neg", "advmod"})
STOPS = frozenset(",;:.-–—")
MAX_CLIMB = 6


@dataclass(frozen=True, slots=True)
class Speaker:
    """`head` names the speaker (for a relative pronoun its antecedent); `[first, last)` is the phrase."""

    head: int
    first: int
    last: int


def trim(tree: Tree, first: int, last: int) -> tuple[int, int]:
    """`[first, last)` without commas, dashes and conjunctions at its start and stops at its end; a
    conjunction that opens a sentence stays."""
    opens = first
    while first < last and (tree.lower[first] in STOPS or (tree.dep[first] == "cc" and first > opens)):
        first += 1
    while first < last and (tree.lower[last - 1] in STOPS or tree.dep[last - 1] == "cc"):
        last -= 1
    return first, last


def phrase(tree: Tree, head: int, without: int | None = None) -> tuple[int, int]:
    """The tokens of a noun phrase, cut off before the clause headed by `without`."""
    tokens = {head}
    level = [head]
    while level:
        level = [c for t in level for c in tree.children[t] if c != without]
        tokens.update(level)
    first, last = trim(tree, min(tokens), max(tokens) + 1)
    if without is not None and first <= without < last:
        first, last = (first, without) if head < without else (without + 1, last)
        first, last = trim(tree, first, last)
    return first, last


def subject(tree: Tree, verb: int) -> int | None:
    """The verb's own subject, active or passive."""
    return next((c for c in tree.children[verb] if tree.dep[c] in SUBJECT), None)


def is_passive(tree: Tree, verb: int) -> bool:
    """Whether the verb is in the passive, a bare participle with "by" included."""
    labels = {tree.dep[c] for c in tree.children[verb]}
    return "nsubjpass" in labels or "auxpass" in labels or ("agent" in labels and "nsubj" not in labels)


def agent(tree: Tree, verb: int) -> Speaker | None:
    """Who a passive's "by" names."""
    for by in tree.kids(verb, "agent"):
        for name in tree.kids(by, "pobj"):
            return Speaker(name, *phrase(tree, name))
    return None


def speaker(tree: Tree, verb: int) -> Speaker | None:
    """The subject of a verb in the active, taken from the governing verb where it has none."""
    at = verb
    for _ in range(MAX_CLIMB):
        own = subject(tree, at)
        if own is not None:
            if tree.tag[own] in RELATIVE:
                return Speaker(_antecedent(tree, at), *phrase(tree, own))
            if tree.lower[own] == "it" and at == verb and tree.dep[own] == "nsubjpass":
                return None
            return Speaker(own, *phrase(tree, own))
        above, label = tree.head[at], tree.dep[at]
        if above == at:
            return None
        if at != verb and is_passive(tree, at) and (by := agent(tree, at)):
            return by
        if (
            label in ("acl", "relcl")
            and tree.tag[at] == "VBG"
            and tree.pos[above] in ("NOUN", "PROPN", "PRON")
        ):
            return Speaker(above, *phrase(tree, above, at))
        if label == "xcomp" and (objects := tree.kids(above, "dobj")) and objects[0] < at:
            return Speaker(objects[0], *phrase(tree, objects[0], at))
        if label not in ("conj", "xcomp", "advcl", "pcomp", "prep", "acl", "ccomp", "dep"):
            return None
        if owner := next(iter(tree.kids(above, "poss")), None):
            return Speaker(owner, *without_case(tree, *phrase(tree, owner)))
        at = above
    return None


def _antecedent(tree: Tree, verb: int) -> int:
    """The noun that the relative clause around `verb` says more of."""
    for at in (verb, *tree.ancestors(verb)):
        if tree.dep[at] == "relcl":
            return tree.head[at]
    return subject(tree, verb) or verb


def without_case(tree: Tree, first: int, last: int) -> tuple[int, int]:
    """A possessor's phrase without its "'s"."""
    return (first, last - 1) if last - first > 1 and tree.tag[last - 1] == "POS" else (first, last)


def verb_span(tree: Tree, verb: int) -> tuple[int, int]:
    """The cue's words: auxiliaries, negation, adverbs and particle that stand beside the verb."""
    beside = {c for c in tree.children[verb] if tree.dep[c] in BEFORE_VERB}
    first = verb
    while first - 1 in beside:
        first -= 1
    last = verb + 1
    particles = set(tree.kids(verb, "prt"))
    while last in particles:
        last += 1
    return first, last
