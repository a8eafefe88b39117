"""In what way an event's happening is left open, finer than its auxiliary modes.

A rule of the codebook may ask for it (`standing` in rule_tests.tsv): what a deed is only for, what is
supposed or ordered, what nobody did and what is told as a habit is no deed of anybody's.
"""

from __future__ import annotations

from functools import lru_cache

from dateline.article import ZoneKind
from dateline.frames.auxiliary_judge import Judgement
from dateline.knowledge.tables import read_table
from dateline.language.parsed import Parsed
from dateline.language.tree import Tree

AIM, OPEN, SUPPOSED, DENIED, HABIT = "aim", "open", "supposed", "denied", "habit"
# As Judge writes the reason where an infinitive alone decides.
INFINITIVE = "to …"


@lru_cache(maxsize=1)
def _said_words() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in read_table("auxiliary", "standing.tsv", required=("word", "kind")):
        found.setdefault(row["kind"], set()).add(row["word"])
    return {kind: frozenset(words) for kind, words in found.items()}


def standing(parsed: Parsed, head: int, judgement: Judgement) -> frozenset[str]:
    """How the event at token `head`, judged so, is left open.

    "aim": an infinitive of purpose ("bought rifles to kill them"). "open": it may come about, unlike
    what may have happened; "supposed" besides where it is a condition, order, duty or wish. "denied": it
    did not happen, where nobody is said to deny or to have foiled it ("nobody was hurt"). "habit": a
    present tense.
    """
    tree, words, found = parsed.tree, _said_words(), set()
    reasons = judgement.why.split("; ")
    for_it = reasons[0] == INFINITIVE or reasons[0] in words["purpose"]
    if for_it and tree.infinitive(head) and tree.tag[head] == "VB" and "future" not in judgement.aux:
        found.add(AIM)
    if "hypothetical" in judgement.aux and not _past(tree, head):
        found.add(OPEN)
        if reasons[0] in words["supposition"]:
            found.add(SUPPOSED)
    if "negation" in judgement.aux and words["denial"].isdisjoint(reasons):
        found.add(DENIED)
    simple = tree.tag[head] in ("VBZ", "VBP") and not tree.kids(head, "aux", "auxpass")
    if simple and parsed.kinds[head] is ZoneKind.BODY:
        found.add(HABIT)
    return frozenset(found)


def _past(tree: Tree, i: int) -> bool:
    """Whether a predicate is in the past or a perfect: what "may have happened" is open, not supposed."""
    if tree.tag[i] == "VBD":
        return True
    return any(
        tree.lemma[c] == "have" or tree.tag[c] == "VBD"
        for c in tree.children[i]
        if tree.dep[c] in ("aux", "auxpass")
    )
