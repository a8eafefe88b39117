"""Who speaks and which words a cue covers, read off the dependency tree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dateline.language.tree import NOMINAL, Tree
from dateline.mentions.speech_cues import cues

SUBJECT = frozenset({"nsubj", "csubj", "nsubjpass"})
RELATIVE = frozenset({"WDT", "WP"})
BEFORE_VERB = frozenset({"aux", "auxpass", "neg", "advmod"})
CLIMBS = frozenset({"conj", "xcomp", "advcl", "pcomp", "prep", "acl", "ccomp", "dep"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
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
    """The tokens of a noun phrase, cut off before the clause headed by `without`.

    Words of time that the parser hangs on a name stay out ("Ms Mbeki last week said"); the comma that
    closes an insertion before a verb stays in ("Ms Mbeki, a lawyer, said").
    """
    first, last = head, head + 1
    level = [head]
    while level:
        level = [c for t in level for c in tree.children[t] if c != without and tree.dep[c] != "npadvmod"]
        if level:
            first, last = min(first, *level), max(last, *(c + 1 for c in level))
    if without is not None:
        start, end = tree.edges(without)
        first, last = (first, min(last, start)) if head < without else (max(first, end), last)
    first, last = trim(tree, first, last)
    closes = last < len(tree) and tree.lower[last] == "," and "," in tree.lower[first:last]
    if closes and without is None and tree.dep[head] in SUBJECT and tree.head[head] > last:
        last += 1
    return first, last


def subject(tree: Tree, verb: int) -> int | None:
    """The verb's own subject, active or passive."""
    return next((c for c in tree.children[verb] if tree.dep[c] in SUBJECT), None)


def is_passive(tree: Tree, verb: int) -> bool:
    """Whether the verb is in the passive, a bare participle included."""
    labels = {tree.dep[c] for c in tree.children[verb]}
    if "nsubjpass" in labels or "auxpass" in labels:
        return True
    bare = tree.tag[verb] == "VBN" and tree.dep[verb] in ("acl", "advcl") and "aux" not in labels
    return "nsubj" not in labels and (bare or "agent" in labels)


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
                noun = tree.described(own)
                return Speaker(own if noun is None else noun, *phrase(tree, own))
            return Speaker(own, *phrase(tree, own))
        above, label = tree.head[at], tree.dep[at]
        if above == at:
            return None
        if at != verb and is_passive(tree, at) and (by := agent(tree, at)):
            return by
        if label == "acl" and tree.tag[at] == "VBG" and tree.pos[above] in NOMINAL:
            if tree.lemma[above] not in cues()["document"] or tree.dep[above] != "dobj":
                return Speaker(above, *phrase(tree, above, at))
            if not tree.kids(above, "poss"):
                above = tree.head[above]
        elif label == "xcomp" and tree.tag[at] != "VBG" and (objects := tree.kids(above, "dobj")):
            return Speaker(objects[0], *phrase(tree, objects[0], at))
        elif (
            label == "pcomp"
            and tree.lower[above] == "as"
            and (objects := tree.kids(tree.head[above], "dobj"))
        ):
            return Speaker(objects[0], *phrase(tree, objects[0], above))
        elif label in ("conj", "advcl") and (first := resumed(tree, at)) is not None:
            above = first
        elif label not in CLIMBS:
            return None
        if owner := next(iter(tree.kids(above, "poss")), None):
            return Speaker(owner, *phrase(tree, owner))
        at = above
    return None


def resumed(tree: Tree, verb: int) -> int | None:
    """The cue that another cue goes on with, where the parser joined the second to what is said.

    "He said that talks were over and blamed Iran": "blamed" has no subject and the form of "said".
    "He said that talks were over, adding that Iran was to blame": a participle after a comma.
    """
    inner = tree.head[verb]
    outer = tree.head[inner]
    known = cues()["verb"]
    if tree.dep[inner] != "ccomp" or not outer < inner < verb or tree.lemma[outer] not in known:
        return None
    if subject(tree, verb) is not None or tree.lemma[verb] not in known:
        return None
    if tree.dep[verb] == "advcl":
        before = verb_span(tree, verb)[0] - 1
        return outer if tree.tag[verb] == "VBG" and tree.lower[before] == "," else None
    return outer if tree.dep[verb] == "conj" and tree.tag[outer] == tree.tag[verb] else None


def beside(tree: Tree, verb: int, is_taken: Callable[[int], bool]) -> Speaker | None:
    """The name next to a finite verb of speech; `is_taken` tells the tokens of what is said.

    For sentences where the parser took a word of the quotation for the subject: "..., said Ms Mbeki".
    """
    if tree.tag[verb] not in FINITE:
        return None
    for own in tree.children[verb]:
        if tree.dep[own] in SUBJECT and not is_taken(own):
            return Speaker(own, *phrase(tree, own))
    at = verb + 1
    while at < len(tree) and tree.head[at] == at + 1 and tree.dep[at] in ("compound", "det", "amod", "poss"):
        at += 1
    if at < len(tree) and tree.pos[at] in NOMINAL and not is_taken(at) and is_taken(verb - 1):
        return Speaker(at, *phrase(tree, at))
    at = verb - 1
    while at > 0 and (tree.dep[at] in BEFORE_VERB or tree.dep[at] == "punct"):
        at -= 1
    if at < 0 or tree.pos[at] not in NOMINAL or is_taken(at):
        return None
    while tree.dep[at] in ("conj", "appos", "compound", "nmod") and not is_taken(tree.head[at]):
        at = tree.head[at]
    return Speaker(at, *phrase(tree, at)) if tree.pos[at] in NOMINAL else None


def is_finite(tree: Tree, verb: int) -> bool:
    """Whether the verb or its auxiliary has a tense."""
    return tree.tag[verb] in FINITE or any(tree.tag[c] in FINITE for c in tree.kids(verb, "aux", "auxpass"))


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
