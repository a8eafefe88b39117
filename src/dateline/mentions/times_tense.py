"""What a time expression is attached to, and whether that lies behind or ahead of the telling."""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Token

from dateline.knowledge.tables import read_table
from dateline.language.parsed import Parsed

PAST, PRESENT, AHEAD = -1, 0, 1
_AUX = ("aux", "auxpass")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_INNER = ("xcomp", "advcl", "acl", "ccomp", "pcomp", "conj", "relcl")

KINDS = (
    "speech", "plan", "fixed", "ahead", "about", "toward", "within", "motion", "series", "joint",
    "opening", "onward", "during", "occur", "event", "gone", "age", "clause", "told", "article",
)  # fmt: skip


@lru_cache(maxsize=1)
def signals() -> dict[str, frozenset[str]]:
    """The words of `signals.tsv` by kind, as its head describes them."""
    kinds: dict[str, frozenset[str]] = {}
    for row in read_table("times", "signals.tsv", required=("kind", "words")):
        if row["kind"] not in KINDS:
            raise row.bad(f"there is no kind of signal {row['kind']}")
        kinds[row["kind"]] = frozenset(row.many("words"))
    return kinds


def is_speech(token: Token) -> bool:
    """Whether the token is a verb of saying."""
    return token.pos_ == "VERB" and token.lemma_ in signals()["speech"]


def attached(parsed: Parsed, first: int, last: int) -> Token | None:
    """The word that a time expression modifies, past its preposition; None where it stands alone.

    Corrects what the parser often gets wrong: a time between a verb of saying and the subject of
    what is said ("said on Wednesday it would send") dates the saying.
    """
    head = parsed.doc[parsed.tree.root(first, last)]
    while True:
        above = head.head
        if above.i == head.i:
            return None
        head = above
        if head.dep_ not in ("prep", "pcomp") or head.pos_ not in ("ADP", "SCONJ", "ADV"):
            break
    return _speech_before(parsed, first, head) or head


def _speech_before(parsed: Parsed, first: int, head: Token) -> Token | None:
    """The verb of saying that stands before the time, where `head` is in what it says."""
    before = first - 1
    doc = parsed.doc
    while before > 0 and doc[before].dep_ in ("prep", "det", "advmod", "amod") and first - before < 4:
        before -= 1
    if before >= 0 and is_speech(doc[before]) and doc[before].sent.start == head.sent.start:
        return doc[before]
    clause = head
    for _ in range(3):
        if clause.dep_ in ("ccomp", "xcomp"):
            break
        clause = clause.head
    speech = clause.head
    if clause.dep_ in ("ccomp", "xcomp") and is_speech(speech) and speech.i < first < clause.i:
        opening = next((t.i for t in clause.lefts if t.dep_ in _SUBJECTS or t.dep_ in ("mark", "aux")), 0)
        if opening > first:
            return speech
    return None


def verb_of(token: Token) -> Token | None:
    """The nearest verb at or above the token."""
    for _ in range(8):
        if token.pos_ in ("VERB", "AUX") and token.dep_ not in _AUX:
            return token
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def way(token: Token, depth: int = 0) -> int:
    """Whether the verb at or above `token` is past (-1), present (0) or lies ahead (1)."""
    verb = verb_of(token)
    if verb is None:
        return PAST
    aux = [t for t in verb.children if t.dep_ in _AUX]
    words = {t.lemma_.lower() for t in aux}
    if any(t.tag_ == "MD" for t in aux):
        perfect = "have" in words
        return PAST if perfect else AHEAD
    if any(t.tag_ == "VBD" for t in aux):
        return AHEAD if verb.lemma_ in signals()["fixed"] and verb.tag_ == "VBN" else PAST
    if "have" in words:
        return PAST
    tag = verb.tag_
    if tag in ("VBZ", "VBP"):
        return PRESENT
    if tag == "VBN" and (inner := next((t.tag_ for t in aux if t.tag_ in ("VB", "VBG")), "")):
        # "To be freed", "being freed": what counts is the infinitive or participle of the auxiliary.
        tag = inner
    if tag == "VBN":
        return AHEAD if words & {"be", "get"} and _due(verb) else PAST
    if "be" in words and tag == "VBG":
        return AHEAD if verb.lemma_ in ("go",) else PRESENT
    if any(t.tag_ in ("VBZ", "VBP") for t in aux):
        return PRESENT
    if verb.dep_ in _INNER and depth < 4 and verb.head.i != verb.i:
        above = verb.head
        if tag == "VB" and verb.dep_ in ("xcomp", "acl", "advcl", "ccomp", "relcl"):
            if any(t.tag_ == "TO" for t in aux) and (_due(above) or above.pos_ in ("NOUN", "ADJ")):
                return PAST if _pluperfect(above) else AHEAD
            return way(above, depth + 1)
        if verb.dep_ in ("conj", "pcomp", "advcl", "xcomp") and tag not in ("VBD",):
            return way(above, depth + 1)
    if tag == "VB":
        return AHEAD
    return PAST


def time_way(parsed: Parsed, first: int, last: int, point: bool = True) -> int:
    """Whether the time at tokens `[first, last)` lies behind (-1) or ahead (1).

    `point` says that it is a day or month by name, not a period such as a quarter.
    """
    above = attached(parsed, first, last)
    if above is None:
        return PAST
    verb = verb_of(above)
    follows = verb is not None and verb.i < first
    before = parsed.doc[first - 1] if first else None
    word = before.lower_ if before is not None else ""
    if before is not None and point and word in signals()["toward"] and (before.dep_ != "prep" or follows):
        return AHEAD
    planned = verb is not None and follows and verb.lemma_ in signals()["plan"]
    if verb is not None and planned and any(t.dep_ == "dobj" and t.i < first for t in verb.rights):
        return AHEAD
    found = way(above)
    if (
        found == PRESENT
        and point
        and above is verb
        and not is_speech(verb)
        and word not in signals()["onward"]
    ):
        # "They meet on Monday", "are meeting on Monday": what is fixed to come.
        return AHEAD
    return found


def _pluperfect(token: Token) -> bool:
    verb = verb_of(token)
    return verb is not None and any(t.lower_ in ("had", "'d") and t.dep_ in _AUX for t in verb.children)


def _due(verb: Token) -> bool:
    return verb.lemma_ in signals()["ahead"]
