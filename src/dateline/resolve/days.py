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
from dateline.mentions.times_tense import AHEAD, PAST, PRESENT, attached, is_speech, signals, verb_of, way
from dateline.record import Precision

HISTORICAL = dt.timedelta(days=7)
# How many sentences on "the incident happened on Sunday" may follow what it dates.
OCCURRED_WITHIN = 4
_FINENESS = {"day": 0, "week": 1, "month": 2, "year": 3, "unknown": 4}
_ARGUMENTS = ("dobj", "nsubj", "nsubjpass", "attr", "dative", "oprd", "conj", "appos", "acomp")
_INNER = ("xcomp", "advcl", "ccomp", "pcomp", "conj", "acl", "parataxis", "dep")
_AUX = ("aux", "auxpass", "prt")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")


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
    tense = _tense(trigger)
    anchors = _anchors(parsed, parsed.sentence_of[head], times)
    path = list(_path(trigger))
    open_end = path[-1][2]
    now = tense == PRESENT and trigger.tag_ in ("VBZ", "VBP")
    for node, why, _ in path[:1] if now else path:
        if anchor := _at(node, anchors, trigger):
            # A noun's own time decides whatever its clause's tense ("last month's blast may be linked").
            free = node.i == trigger.i and (trigger.pos_ == "NOUN" or tense == AHEAD)
            if found := _when(parsed, anchor, anchors, tense, why, free):
                return found
    if open_end and not now and tense != AHEAD and not is_speech(trigger):
        before = [a for a in anchors if a.time.last <= head and not a.own and _leads(a, trigger)]
        if before and (found := _when(parsed, before[-1], anchors, tense, "time in the same sentence")):
            return found
        if not anchors and (found := _told_before(parsed, trigger, times)):
            return found
    if tense == PAST and not is_speech(trigger) and (found := _told_after(parsed, trigger, times)):
        return found
    return _published(parsed, trigger, tense, open_end)


def _tense(trigger: Token) -> int:
    """Whether the event is past (-1), present (0) or lies ahead (1), as a plan's object does."""
    verb = verb_of(trigger)
    if (
        verb is not None
        and verb.lemma_ in signals()["plan"]
        and trigger.head.i == verb.i
        and trigger.dep_ == "dobj"
    ):
        return AHEAD
    return way(trigger)


def _leads(anchor: _Anchor, trigger: Token) -> bool:
    """Whether a time stands by itself or with the sentence's main verb: all of it is told under it."""
    return anchor.token is None or anchor.token.i == trigger.sent.root.i


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
            if not _shares(above, label):
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
        elif not _shares(above, label):
            yield node, why, False
            return
        if why == "time at the event":
            why = "time of the clause"
        if label == "pobj":
            above = above.head
        node = above


def _shares(above: Token, label: str) -> bool:
    """Whether what a noun names happens at the time of the word above it."""
    if label == "pobj":
        governor, preposition = above.head, above.lower_
        if governor.pos_ in ("VERB", "AUX"):
            if governor.lemma_ in signals()["motion"] and preposition in ("for", "on"):
                return True
            return preposition in signals()["within"] and governor.lemma_ not in signals()["about"]
        return preposition == "of" and governor.lemma_ in signals()["series"]
    if label in ("compound", "nmod", "amod", "poss"):
        return label != "poss"
    if above.pos_ in ("VERB", "AUX") and label in ("dobj", "nsubjpass", "oprd"):
        return above.lemma_ not in signals()["about"]
    return label in _ARGUMENTS


def _at(node: Token, anchors: list[_Anchor], trigger: Token) -> _Anchor | None:
    """The finest time that modifies the token, or else what shares its time with it, nearest first."""
    for ring in _rings(node, anchors, trigger):
        if ring:
            return min(ring, key=lambda a: (_FINENESS[a.time.precision], abs(a.time.first - trigger.i)))
    return None


def _rings(node: Token, anchors: list[_Anchor], trigger: Token) -> Iterator[list[_Anchor]]:
    if not anchors:
        return
    at: dict[int, list[_Anchor]] = {}
    for anchor in anchors:
        if anchor.token is not None:
            at.setdefault(anchor.token.i, []).append(anchor)
    yield at.get(node.i, [])
    if node.pos_ in ("VERB", "AUX"):
        children = list(node.children)
        # Times at its auxiliaries, at what it begins or goes on doing, and at verbs joined to it.
        # A plan is not made on the day of what is planned.
        begun = () if node.lemma_ in signals()["ahead"] else ("xcomp",)
        yield [a for t in children if t.dep_ in (*_AUX, *begun) for a in at.get(t.i, [])]
        yield [
            a
            for t in children
            if t.dep_ == "conj" and t.i > node.i and t.i != trigger.i and not _has_subject(t)
            for a in at.get(t.i, [])
        ]
        # "Were killed when two helicopters crashed in May"; "speaking on Monday, he rejected".
        yield [a for t in children if t.dep_ == "advcl" and _same_time(t, node) for a in at.get(t.i, [])]
        speech = is_speech(node)
        about = node.lemma_ in signals()["about"]
        yield [
            a
            for a in anchors
            if a.token is not None
            and not a.own
            and (a.token.i < node.i or not (speech or about))
            and _object_of(a.token, node)
        ]
        if not speech and not about:
            yield [a for t in children if t.dep_ in ("nsubj", "nsubjpass") for a in at.get(t.i, [])]
        yield [a for a in anchors if _misplaced(a, node)]
    elif node.pos_ in ("NOUN", "PROPN"):
        yield [a for t in node.rights if t.dep_ == "relcl" and _describes(t) for a in at.get(t.i, [])]
        yield [a for a in anchors if a.token is not None and not a.own and _object_of(a.token, node)]


def _same_time(clause: Token, verb: Token) -> bool:
    """Whether an adverbial clause is at its verb's time: "when …", "while …", or a participle before it."""
    if any(t.dep_ == "mark" and t.lower_ in signals()["during"] for t in clause.lefts):
        return True
    return any(t.tag_ == "WRB" for t in clause.lefts) or (clause.tag_ == "VBG" and clause.i < verb.i)


def _object_of(token: Token, above: Token) -> bool:
    """Whether a noun hangs on the word above it as object, straight or through prepositions and nouns."""
    for _ in range(4):
        if token.i == above.i:
            return True
        if token.pos_ in ("VERB", "AUX") or token.dep_ not in ("dobj", "pobj", "prep", "attr", "dative"):
            return False
        token = token.head
    return token.i == above.i


def _misplaced(anchor: _Anchor, verb: Token) -> bool:
    """Whether the parser gave a past time to an infinitive, which looks ahead: it is the main verb's.

    "Two bidders extended their offers to acquire the firm on Friday."
    """
    token = anchor.token
    if token is None or anchor.own or verb.tag_ not in ("VBD", "VBN"):
        return False
    for _ in range(5):
        if token.pos_ == "VERB":
            break
        token = token.head
    if token.tag_ != "VB" or not any(t.tag_ == "TO" for t in token.lefts):
        return False
    return token.head.i == verb.i or (token.dep_ in ("acl", "relcl") and token.head.head.i == verb.i)


def _describes(verb: Token) -> bool:
    """Whether a relative clause tells of the noun itself ("the attack that killed six on Monday")."""
    return any(t.tag_ == "WDT" and t.dep_ in _SUBJECTS for t in verb.lefts)


def _has_subject(verb: Token) -> bool:
    return any(t.dep_ in _SUBJECTS for t in verb.lefts)


def _when(
    parsed: Parsed, anchor: _Anchor, anchors: list[_Anchor], tense: int, why: str, free: bool = False
) -> When | None:
    """What a time comes to for an event of that tense; None where it cannot be its time.

    `free` says that the time decides though the tense speaks against it.
    """
    time = anchor.time
    published = parsed.article.date
    if time.first_day is None or time.last_day is None:
        # "Decades ago": no day, but not of now either.
        old = any(t.lower_ in signals()["gone"] for t in parsed.doc[time.first : time.last])
        return When(None, None, "unknown", True, why, time) if old else None
    first, last, precision = time.first_day, time.last_day, time.precision
    before = parsed.doc[time.first - 1].lower_ if time.first else ""
    if end := _end_of_range(parsed, anchor, anchors, before in signals()["opening"]):
        if end < first and precision == "day" and first.year > 1:
            first -= dt.timedelta(days=7)
        last = max(first, end)
    if published is None:
        return When(first, last, precision, False, why, time)
    if before in signals()["onward"] and first <= published:
        last = max(last, published)
    if before in signals()["toward"] and first > published:
        # A strike called "for Friday" lies ahead though it was called in the past.
        return When(first, last, precision, False, why, time)
    ahead = tense == AHEAD or (tense == PRESENT and first > published)
    if not free and ((last < published and why != "time of the saying") if ahead else first > published):
        return None
    if ahead and first < published <= last:
        first = published
    elif not ahead and first <= published:
        last = min(last, published)
    return When(first, last, precision, published - last > HISTORICAL, why, time)


def _end_of_range(parsed: Parsed, anchor: _Anchor, anchors: list[_Anchor], opened: bool) -> dt.date | None:
    """The last day of "from Monday to Friday", or of "Friday and Saturday" where nothing opens a range."""
    end = anchor.time.last
    for other in anchors:
        if 0 < other.time.first - end <= 2:
            joint = parsed.doc[end]
            joined = (
                joint.lower_ in signals()["joint"]
                if opened
                else joint.dep_ == "cc" and other.token is not None
            )
            joined = joined and (
                opened or (other.token is not None and anchor.time.first <= other.token.i < end)
            )
            return other.time.last_day if joined else None
    return None


def _told_before(parsed: Parsed, trigger: Token, times: Sequence[Time]) -> When | None:
    """The day of the sentence before, where a bare past tense goes on telling of it."""
    verb = verb_of(trigger)
    number = parsed.sentence_of[trigger.i]
    if verb is None or not _bare_past(verb) or is_speech(verb) or not number:
        return None
    if parsed.kinds[trigger.i] != parsed.kinds[parsed.sentences[number - 1].start]:
        return None
    anchors = _anchors(parsed, number - 1, times)
    root = parsed.sentences[number - 1].root
    told = [a for a in anchors if a.token is not None and a.token.i == root.i and a.time.precision == "day"]
    if not told or way(root) == AHEAD:
        return None
    return _when(parsed, told[-1], anchors, PAST, "day told before")


def _told_after(parsed: Parsed, trigger: Token, times: Sequence[Time]) -> When | None:
    """The day that a sentence soon after gives for all that is told: "the incident happened on Sunday"."""
    number = parsed.sentence_of[trigger.i]
    for later in range(number, min(number + OCCURRED_WITHIN + 1, len(parsed.sentences))):
        anchors = _anchors(parsed, later, times)
        for anchor in anchors:
            verb = anchor.token
            if verb is None or verb.i < trigger.i or verb.lemma_ not in signals()["occur"]:
                continue
            if any(t.dep_ in _SUBJECTS and t.lemma_.lower() in signals()["event"] for t in verb.lefts):
                when = _when(parsed, anchor, anchors, PAST, "day told after")
                if when is not None and not when.historical:
                    return when
    return None


def _bare_past(verb: Token) -> bool:
    """Whether a verb tells on in the past: "fled", "were shot"."""
    if verb.tag_ == "VBD":
        return True
    aux = [t for t in verb.children if t.dep_ in _AUX]
    return verb.tag_ == "VBN" and bool(aux) and all(t.tag_ == "VBD" and t.lemma_ == "be" for t in aux)


def _published(parsed: Parsed, trigger: Token, tense: int, open_end: bool) -> When:
    """The day of publication: sure enough where a verb tells news, a mere bound elsewhere."""
    day = parsed.article.date
    verb = verb_of(trigger)
    sure = day is not None and tense != AHEAD and open_end and verb is not None
    return When(day, day, "day" if sure else "unknown", False, "publication day", None)
