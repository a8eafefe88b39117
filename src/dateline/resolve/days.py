"""The day or days of an event: which time expression dates its trigger, and what that comes to.

The time attached to the trigger in the parse decides; then that of the clause it stands in, climbing
from noun to verb and from inner to outer clause as long as both tell of one happening; then a time
told just before; then the day of publication (manual, "Data Fields": `date` is the day of the event,
or that of the report where the text gives none).
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from dateline.language.parsed import Parsed
from dateline.mentions.times import Time
from dateline.mentions.times_tense import AHEAD, attached, is_speech, verb_of, verbs, way
from dateline.record import Precision

HISTORICAL = dt.timedelta(days=7)
_FINENESS = {"day": 0, "week": 1, "month": 2, "year": 3, "unknown": 4}
_ARGUMENTS = ("dobj", "nsubj", "nsubjpass", "attr", "dative", "oprd", "conj", "appos", "acomp")
_INNER = ("xcomp", "advcl", "ccomp", "pcomp", "conj", "acl", "parataxis", "dep")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_PAST_WORDS = ("ago", "earlier")


@dataclass(frozen=True, slots=True)
class When:
    """The days `first_day` to `last_day` of an event, both included; None where nothing tells.

    `historical` says that it was over more than seven days before publication (or "years ago").
    `why` is the rule that decided, `time` the expression it read, None where it read none.
    """

    first_day: dt.date | None
    last_day: dt.date | None
    precision: Precision
    historical: bool
    why: str
    time: Time | None


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A time and the token it modifies; `own` where it stands before its noun ("Monday's attack")."""

    time: Time
    token: Token | None
    own: bool


def event_days(parsed: Parsed, head: int, times: Sequence[Time]) -> When:
    """The days of the event whose trigger is token `head`; `times` are all of the article's, in order.

    A past event is never dated after publication, a coming one never before it.
    """
    trigger = parsed.doc[head]
    ahead = way(trigger) == AHEAD
    anchors = _anchors(parsed, parsed.sentence_of[head], times)
    open_end = True
    if anchors:
        for node, why, open_end in _path(trigger):
            if (anchor := _at(node, anchors, trigger)) is not None:
                found = _when(parsed, anchor.time, anchors, ahead, why)
                if found is not None:
                    return found
        if open_end and not ahead:
            before = [a for a in anchors if a.time.last <= head and not a.own and a.time.first_day]
            if before and (found := _when(parsed, before[-1].time, anchors, ahead, "time in the same sentence")):
                return found
    else:
        for _, _, open_end in _path(trigger):
            pass
        if open_end and not ahead and (found := _told_before(parsed, trigger, times)):
            return found
    return _published(parsed, trigger, ahead, open_end)


def _anchors(parsed: Parsed, sentence: int, times: Sequence[Time]) -> list[_Anchor]:
    span = parsed.sentences[sentence]
    at = bisect_left(times, span.start, key=lambda t: t.first)
    anchors = []
    while at < len(times) and times[at].first < span.end:
        time = times[at]
        at += 1
        if time.type in ("DATE", "TIME") and (time.first_day or time.value == "PAST_REF"):
            token = attached(parsed, time.first, time.last)
            own = token is not None and token.pos_ not in ("VERB", "AUX") and time.last <= token.i
            anchors.append(_Anchor(time, token, own))
    return anchors


def _path(trigger: Token) -> Iterator[tuple[Token, str, bool]]:
    """The tokens whose time may be the event's, nearest first, each with the rule that leads to it.

    The last item says whether what stands around the event is at its time, so that a time told
    nearby may serve ("condemned the attack", "the man who killed two" are not).
    """
    node, why = trigger, "time at the event"
    for _ in range(12):
        yield node, why, True
        above, label = node.head, node.dep_
        if above.i == node.i:
            return
        if label == "relcl":
            relative = next((t for t in node.subtree if t.tag_ in ("WDT", "WP", "WP$", "WRB")), None)
            yield above, "time of the noun it describes", True
            if relative is not None and relative.tag_ in ("WP", "WP$"):
                yield above, why, False
                return
            node, why = above, "time of the noun it describes"
            above, label = node.head, node.dep_
            if not _shares(node, above, label):
                yield node, why, False
                return
        elif node.pos_ in ("VERB", "AUX"):
            if label == "acl" and node.tag_ == "VBN":
                yield node, why, False
                return
            if label not in _INNER:
                return
            if label in ("ccomp", "xcomp", "parataxis") and is_speech(above):
                why = "time of the saying"
        elif not _shares(node, above, label):
            yield node, why, False
            return
        if why == "time at the event":
            why = "time of the clause"
        if label == "pobj":
            above = above.head
        node = above


def _shares(node: Token, above: Token, label: str) -> bool:
    """Whether what a noun names happens at the time of the word above it."""
    if label == "pobj":
        governor, preposition = above.head, above.lower_
        if governor.pos_ in ("VERB", "AUX"):
            return preposition in verbs()["within"] and governor.lemma_ not in verbs()["about"]
        return preposition == "of" and governor.lemma_ in verbs()["series"]
    if label in ("compound", "nmod", "amod", "poss"):
        return label != "poss"
    if above.pos_ in ("VERB", "AUX") and label in ("dobj", "nsubjpass", "oprd"):
        return above.lemma_ not in verbs()["about"]
    return label in _ARGUMENTS


def _at(node: Token, anchors: list[_Anchor], trigger: Token) -> _Anchor | None:
    """The finest time that modifies the token, or what it shares its time with further down."""
    nodes = {node.i}
    if node.pos_ in ("VERB", "AUX"):
        for child in node.rights:
            if child.dep_ == "conj" and child.i != trigger.i and not any(t.dep_ in _SUBJECTS for t in child.lefts):
                nodes.add(child.i)
        nodes.update(t.i for t in node.children if t.dep_ in ("aux", "auxpass", "prt"))
    direct = [a for a in anchors if a.token is not None and a.token.i in nodes]
    if not direct and node.pos_ in ("VERB", "AUX") and node.lemma_ not in verbs()["about"]:
        direct = [a for a in anchors if a.token is not None and not a.own and _object_of(a.token, node)]
    if not direct:
        return None
    return min(direct, key=lambda a: (_FINENESS[a.time.precision], abs(a.time.first - trigger.i)))


def _object_of(token: Token, verb: Token) -> bool:
    """Whether a noun is an object of the verb, straight or through one preposition or noun."""
    for _ in range(4):
        if token.i == verb.i:
            return True
        if token.pos_ in ("VERB", "AUX") or token.dep_ not in ("dobj", "pobj", "prep", "attr", "conj", "dative"):
            return False
        token = token.head
    return token.i == verb.i


def _when(parsed: Parsed, time: Time, anchors: list[_Anchor], ahead: bool, why: str) -> When | None:
    """What a time comes to for an event that is past or lies ahead; None where it cannot be its time."""
    published = parsed.article.date
    if time.first_day is None or time.last_day is None:
        # "Decades ago": no day, but not of now either.
        old = any(t.lower_ in _PAST_WORDS for t in parsed.doc[time.first : time.last])
        return When(None, None, "unknown", True, why, time) if old else None
    first, last, precision = time.first_day, time.last_day, time.precision
    before = parsed.doc[time.first - 1].lower_ if time.first else ""
    if before in ("from", "between") and (end := _end_of_range(parsed, time, anchors)):
        last = max(last, end)
    if published is None:
        return When(first, last, precision, False, why, time)
    if before == "since" and first <= published:
        last = max(last, published)
    if ahead:
        if last < published and why != "time of the saying":
            return None
        if first < published <= last:
            first = published
    elif first > published:
        return None
    else:
        last = min(last, published)
    return When(first, last, precision, last < published - HISTORICAL, why, time)


def _end_of_range(parsed: Parsed, time: Time, anchors: list[_Anchor]) -> dt.date | None:
    for anchor in anchors:
        gap = anchor.time.first - time.last
        if 0 < gap <= 2 and parsed.doc[time.last].lower_ in ("to", "and", "until", "through", "till"):
            return anchor.time.last_day
    return None


def _told_before(parsed: Parsed, trigger: Token, times: Sequence[Time]) -> When | None:
    """The day of the sentence before, where a bare past tense goes on telling of it."""
    verb = verb_of(trigger)
    number = parsed.sentence_of[trigger.i]
    if verb is None or verb.tag_ != "VBD" or is_speech(verb) or not number:
        return None
    if parsed.kinds[trigger.i] != parsed.kinds[parsed.sentences[number - 1].start]:
        return None
    anchors = _anchors(parsed, number - 1, times)
    root = parsed.sentences[number - 1].root
    told = [a for a in anchors if a.token is not None and a.token.i == root.i and a.time.precision == "day"]
    if not told or way(root) == AHEAD:
        return None
    return _when(parsed, told[-1].time, anchors, False, "day told before")


def _published(parsed: Parsed, trigger: Token, ahead: bool, open_end: bool) -> When:
    """The day of publication: sure enough where a verb tells news, a mere bound elsewhere."""
    day = parsed.article.date
    verb = verb_of(trigger)
    sure = day is not None and not ahead and open_end and verb is not None
    return When(day, day, "day" if sure else "unknown", False, "publication day", None)
