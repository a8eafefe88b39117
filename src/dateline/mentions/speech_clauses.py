"""Reads each cue of speech, thought or attitude with its speaker and content off the parse."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.language.tree import Tree
from dateline.mentions.speech_cues import Cue, asides, cues
from dateline.mentions.speech_spans import (
    RELATIVE,
    Speaker,
    agent,
    is_passive,
    phrase,
    resumed,
    speaker,
    subject,
    trim,
    verb_span,
)

LINKS = frozenset({"prep", "oprd", "xcomp", "ccomp", "acomp", "attr"})
OBJECT = frozenset({"dobj", "dative"})
FRONTED = frozenset({"prep", "advcl", "npadvmod", "advmod"})
# "He said, ..." and "he said on Monday, ...": so near to the cue does the rest of what is said begin.
NEAR = 6


@dataclass(frozen=True, slots=True)
class Draft:
    """A cue with what the parse gives for it, all in tokens; `content` None waits for quoted words.

    `quoting` tells that the cue may bring in quoted words. `cue` is -1 where quoted words have none
    of their own.
    """

    cue: int
    cue_span: tuple[int, int]
    kind: str
    speaker: Speaker | None
    content: tuple[int, int] | None
    quoting: bool


def read_cues(tree: Tree) -> list[Draft]:
    """The drafts of all cues, in text order."""
    known = cues()
    found: list[Draft | None] = []
    for i, pos in enumerate(tree.pos):
        if pos == "VERB":
            if tree.lemma[i] in known["prep"]:
                found.append(_according(tree, i, known["prep"][tree.lemma[i]][0]))
            elif tree.lemma[i] in known["verb"]:
                found.append(_verb(tree, i, known["verb"][tree.lemma[i]]))
        elif pos == "NOUN":
            if tree.lemma[i] in known["noun"]:
                found.append(_noun(tree, i, known["noun"][tree.lemma[i]]))
        elif pos == "ADJ":
            if tree.lemma[i] in known["adj"]:
                found.append(_adjective(tree, i, known["adj"][tree.lemma[i]]))
        elif tree.lemma[i] in known["prep"]:
            found.append(_according(tree, i, known["prep"][tree.lemma[i]][0]))
    return [draft for draft in found if draft is not None]


def _choose(options: tuple[Cue, ...], what: str) -> Cue | None:
    return next((cue for cue in options if what in cue.takes), None)


def _hull(tree: Tree, heads: list[int]) -> tuple[int, int]:
    spans = [tree.edges(h) for h in heads]
    return trim(tree, min(s[0] for s in spans), max(s[1] for s in spans))


def _is_infinitive(tree: Tree, verb: int) -> bool:
    return any(tree.tag[c] == "TO" for c in tree.children[verb])


def _verb(tree: Tree, verb: int, options: tuple[Cue, ...]) -> Draft | None:
    passive = is_passive(tree, verb)
    who = agent(tree, verb) if passive else speaker(tree, verb)
    span = verb_span(tree, verb)
    quoting = any("clause" in cue.takes or "quote" in cue.takes for cue in options)
    if passive and _quoted_as(tree, verb):
        return None
    found = _complement(tree, verb, options, passive)
    if found is not None:
        cue, content, last = found
        if "raise" in cue.takes:
            who = None
        return Draft(verb, (span[0], max(span[1], last)), cue.kind, who, content, quoting)
    if not quoting:
        return None
    cue = next(c for c in options if "clause" in c.takes or "quote" in c.takes)
    return Draft(verb, span, cue.kind, who, None, quoting=True)


def _asked_for(tree: Tree, verb: int, options: tuple[Cue, ...]) -> tuple[Cue, tuple[int, int], int] | None:
    """What "called for Syria to withdraw" asks: the clause behind "for"."""
    for clause in tree.kids(verb, "advcl", "ccomp", "xcomp"):
        for mark in tree.kids(clause, "mark"):
            cue = _choose(options, "for")
            if cue and tree.lower[mark] == "for" and verb < mark and _is_infinitive(tree, clause):
                last = _end(tree, verb, [clause], tree.edges(clause)[1])
                return cue, trim(tree, mark + 1, last), mark + 1 if mark == verb + 1 else verb + 1
    return None


def _is_parted(tree: Tree, clause: int, verb: int) -> bool:
    """Whether a semicolon stands between a clause and the verb behind it: two sentences in one."""
    return clause < verb and ";" in tree.lower[tree.edges(clause)[1] - 1 : verb]


def _quoted_as(tree: Tree, verb: int) -> bool:
    """Whether the verb only leads to another cue, as in "was quoted as saying"."""
    known = cues()["verb"]
    return any(
        tree.lemma[v] in known and tree.tag[v] == "VBG"
        for c in tree.kids(verb, "prep")
        if tree.lower[c] == "as"
        for v in tree.kids(c, "pcomp")
    )


def _complement(
    tree: Tree, verb: int, options: tuple[Cue, ...], passive: bool
) -> tuple[Cue, tuple[int, int], int] | None:
    """The cue's reading, its content and the end of the cue's words."""
    kids = tree.children[verb]
    objects = [c for c in kids if tree.dep[c] in OBJECT]
    if passive:
        objects = tree.kids(verb, "nsubjpass")
    clauses = [c for c in tree.kids(verb, "ccomp") if not _is_parted(tree, c, verb)]
    infinitives = [c for c in (*tree.kids(verb, "xcomp"), *clauses) if _is_infinitive(tree, c)]
    clauses = [c for c in (*clauses, *tree.kids(verb, "xcomp")) if c not in infinitives]
    clauses = clauses or _stated(tree, verb)
    raised = tree.kids(verb, "nsubj")
    told = [c for c in kids if tree.dep[c] in ("xcomp", "oprd", "acomp")]
    if raised and told and (cue := _choose(options, "raise")):
        return cue, _hull(tree, [*raised, *told]), verb + 1
    if clauses and (cue := _choose(options, "clause")):
        return cue, _clause(tree, verb, clauses), verb + 1
    if infinitives and (cue := _choose(options, "inf")):
        inside = [] if "addressee" in cue.takes else [c for c in objects if tree.lower[c] != "it"]
        for c in tree.kids(verb, "prep"):
            if tree.lower[c] in cue.takes and c < infinitives[0]:
                inside += tree.kids(c, "pobj")
        first, last = _hull(tree, [*inside, *infinitives])
        return cue, trim(tree, first, _end(tree, verb, infinitives, last)), verb + 1
    if around := _around(tree, verb, options):
        return around
    if purpose := _asked_for(tree, verb, options):
        return purpose
    that = verb + 1
    if objects and that < len(tree) and tree.dep[that] == "mark" and (cue := _choose(options, "clause")):
        return (
            cue,
            trim(tree, that, max(tree.edges(o)[1] for o in objects)),
            that,
        )  # a clause read as an object
    for cue in options if objects else ():
        linked = [c for c in kids if tree.dep[c] in LINKS and c > verb and _joins(tree, c, cue)]
        if "obj" in cue.takes or (linked and "named" in cue.takes):
            return cue, _hull(tree, [objects[0], *linked]), verb + 1
    for c in tree.kids(verb, "prep"):
        if cue := _choose(options, tree.lower[c]):
            below = tree.kids(c, "pobj", "pcomp")
            if below:
                return cue, _hull(tree, below), c + 1 if c - verb <= 2 else verb + 1
    return None


def _joins(tree: Tree, i: int, cue: Cue) -> bool:
    """Whether a complement beside the object is part of what is said of it ("of fraud", "a liar")."""
    if tree.dep[i] != "prep":
        return True
    return tree.lower[i] == "as" if cue.kind == "name" else tree.lower[i] in ("of", "for", "as", "with")


def _stated(tree: Tree, verb: int) -> list[int]:
    """The clause that the parser hangs on the noun in "said in a statement that ..."."""
    for c in tree.kids(verb, "prep"):
        for noun in tree.kids(c, "pobj") if tree.lower[c] == "in" else ():
            for clause in tree.kids(noun, "acl", "relcl", "ccomp"):
                if any(tree.dep[m] == "mark" and tree.lower[m] == "that" for m in tree.children[clause]):
                    return [clause]
    return []


def _clause(tree: Tree, verb: int, clauses: list[int]) -> tuple[int, int]:
    """The words of a clause that is said, with what stands before an inserted "he said"."""
    first, last = min(tree.edges(c)[0] for c in clauses), max(tree.edges(c)[1] for c in clauses)
    if last > verb:
        right = _begin(tree, verb, clauses)
        first = right if verb < first < right else first
        inserted = tree.lower[right - 1] == ","
        if first < verb and not inserted and tree.tag[first] not in RELATIVE:
            first = right
        elif first > verb and inserted and right - verb <= NEAR:
            first = _front(tree, verb, first)
        last = _end(tree, verb, clauses, last)
    return trim(tree, first, last)


def _begin(tree: Tree, verb: int, clauses: list[int]) -> int:
    """The first token of what is said behind the cue, without a day or place that belongs to the cue.

    "Germany said on Wednesday it would help": the parser hangs the day on the second verb.
    """
    begin = min((t for c in clauses for t in tree.subtree(c) if t > verb), default=verb + 1)
    at = begin
    for c in clauses:
        for d in tree.kids(c, "prep", "npadvmod"):
            start, end = tree.edges(d)
            if start == at and d < c:
                at = end
        own = subject(tree, c)
        if at > begin == verb + 1 and own is not None and tree.edges(own)[0] == at:
            return at
    return begin


def _front(tree: Tree, verb: int, first: int) -> int:
    """Where the words before "he said," begin, as in "In Paris, he said, ..."."""
    own = subject(tree, verb)
    for c in tree.children[verb]:
        if own is not None and c < own and tree.dep[c] in FRONTED:
            return min(first, tree.edges(c)[0])
    return first


def _end(tree: Tree, verb: int, heads: list[int], last: int) -> int:
    """Where what is said by `verb` ends: before a verb that goes on with the cue (`resumed`), and
    before a clause of the writer's own at its end ("..., as he prepared to leave")."""
    for head in heads:
        for t in tree.kids(head, "conj", "advcl"):
            if verb < t < last and resumed(tree, t) == verb:
                last = min(last, tree.edges(t)[0])
        for h in (head, *tree.kids(head, "conj")):
            for t in tree.kids(h, "advcl"):
                start, end = tree.edges(t)
                if head < start and end >= last - 1 and tree.lower[start - 1] == "," and _is_aside(tree, t):
                    last = min(last, start)
    return last


def _is_aside(tree: Tree, clause: int) -> bool:
    """Whether the conjunction of a clause behind a comma shows it to be the writer's."""
    return not asides().isdisjoint(tree.lower[c] for c in tree.kids(clause, "mark", "advmod"))


def _around(tree: Tree, verb: int, options: tuple[Cue, ...]) -> tuple[Cue, tuple[int, int], int] | None:
    """The clause that "X said" or "as X said" is put into."""
    cue = _choose(options, "clause")
    above = tree.head[verb]
    if cue is None or cue.kind not in ("say", "believe", "show", "warn") or above == verb:
        return None
    marked = any(tree.lower[c] == "as" for c in tree.kids(verb, "mark", "advmod"))
    if tree.dep[verb] == "parataxis" or (tree.dep[verb] in ("advcl", "ccomp") and marked):
        if tree.pos[above] not in ("VERB", "AUX"):
            return None
        return cue, _clause_without(tree, above, verb), verb + 1
    return None


def _clause_without(tree: Tree, head: int, inner: int) -> tuple[int, int]:
    """The clause of `head` without the subtree of `inner` at its edge and without clauses beyond it."""
    first, last = tree.edges(head)
    a, b = tree.edges(inner)
    if b >= last - 1:
        last = a
    elif a <= first + 1:
        first = b
    for c in tree.kids(head, "conj", "parataxis"):
        start, end = tree.edges(c)
        if _shares_subject(tree, c):
            continue
        if c != inner and start >= b and b < last:
            last = min(last, start)
        elif c != inner and end <= a and a > first and tree.dep[c] == "parataxis":
            first = max(first, end)
    return trim(tree, first, last)


def _according(tree: Tree, i: int, cue: Cue) -> Draft | None:
    to = next((c for c in tree.kids(i, "prep") if tree.lower[c] == "to"), None)
    at = i if to is None else to
    names = tree.kids(at, "pobj")
    if not names or (to is None and tree.pos[i] == "VERB"):
        return None
    who = Speaker(names[0], *phrase(tree, names[0]))
    above = tree.head[i]
    while tree.head[above] != above and (
        tree.pos[above] not in ("VERB", "AUX") or _shares_subject(tree, above)
    ):
        above = tree.head[above]
    if above == i:
        return None
    first, last = _clause_without(tree, above, i)
    if first >= last:
        return None
    return Draft(i, (i, at + 1), cue.kind, who, (first, last), quoting=True)


def _shares_subject(tree: Tree, verb: int) -> bool:
    """Whether a verb is joined to one before it and has that one's subject: "raided and detained"."""
    return tree.dep[verb] == "conj" and not tree.kids(verb, "nsubj", "nsubjpass", "expl", "csubj")


def _noun(tree: Tree, noun: int, options: tuple[Cue, ...]) -> Draft | None:
    content: tuple[int, int] | None = None
    cue: Cue | None = None
    for c in tree.children[noun]:
        if c < noun:
            continue
        if tree.dep[c] in ("acl", "ccomp", "relcl"):
            if _is_infinitive(tree, c):
                cue = _choose(options, "inf")
            elif any(tree.lower[m] == "that" and tree.dep[m] == "mark" for m in tree.children[c]):
                cue = _choose(options, "clause")
            content = _hull(tree, [c])
        elif tree.dep[c] == "prep" and (cue := _choose(options, tree.lower[c])):
            below = tree.kids(c, "pobj", "pcomp")
            content = _hull(tree, below) if below else None
        if cue and content:
            break
    if cue is None or content is None or _is_told_in(tree, noun):
        return None
    return Draft(noun, (noun, noun + 1), cue.kind, _owner(tree, noun), content, quoting=False)


def _is_told_in(tree: Tree, noun: int) -> bool:
    """Whether the noun is only where a verb of speech says it: "said in a statement that ..."."""
    above = tree.head[noun]
    return tree.lower[above] == "in" and tree.lemma[tree.head[above]] in cues()["verb"]


def _owner(tree: Tree, noun: int) -> Speaker | None:
    """Who a noun of speech belongs to: possessor, "by", or the subject of the verb it is object of."""
    for c in tree.kids(noun, "poss"):
        return Speaker(c, *phrase(tree, c))
    for by in tree.children[noun]:
        if tree.dep[by] in ("prep", "agent") and tree.lower[by] in ("by", "from"):
            for c in tree.kids(by, "pobj"):
                return Speaker(c, *phrase(tree, c))
    above = tree.head[noun]
    if tree.dep[noun] in ("dobj", "attr") and tree.pos[above] in ("VERB", "AUX"):
        return speaker(tree, above)
    return None


def _adjective(tree: Tree, adjective: int, options: tuple[Cue, ...]) -> Draft | None:
    copula = tree.head[adjective]
    if tree.dep[adjective] != "acomp":
        return None
    for c in (*tree.children[adjective], *tree.kids(copula, "ccomp")):
        if c < adjective:
            continue
        what = "clause" if tree.dep[c] == "ccomp" else "inf" if tree.dep[c] == "xcomp" else tree.lower[c]
        if cue := _choose(options, what):
            who = None if "impersonal" in cue.takes else speaker(tree, copula)
            below = [c] if tree.dep[c] != "prep" else tree.kids(c, "pobj", "pcomp")
            if below:
                first = verb_span(tree, copula)[0]
                return Draft(
                    adjective,
                    (first, adjective + 1),
                    cue.kind,
                    who,
                    _hull(tree, below),
                    quoting=False,
                )
    return None
