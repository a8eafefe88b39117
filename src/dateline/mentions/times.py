"""Time expressions: what they say (TimeML) and the days they stand for.

Words, shapes and rules are text in `knowledge/times`, as in HeidelTime (Strötgen and Gertz 2013); the
engine finds runs of time words, tries the rules on them, takes the longest matches and reads each
against the day of publication, the tense of its clause and the last dated time told.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from dateline.language.parsed import Parsed
from dateline.mentions import times_calendar as cal
from dateline.mentions.times_context import Context, Hit
from dateline.mentions.times_tables import Entry, Rule, Tables, tables
from dateline.mentions.times_tense import signals, time_way
from dateline.mentions.times_values import MAKERS
from dateline.record import Precision

_HYPHENS = ("-", "‐", "‑", "–")
_GLUE = {"glue"}
_RELATIVE = ("ago", "beside", "period", "weekend")
_PERIODS = ("quarter", "period")
_MEMORY = 2
_TIMED = re.compile(r"[\dX-]+T")


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression: characters `[start, end)`, tokens `[first, last)`, its words.

    `type` is TimeML's DATE, TIME, DURATION or SET, `value` its TIMEX3 value. `first_day` and
    `last_day` are the days it stands for, None where it names none. `precision` is how finely they
    are known, `why` the rule that read it.
    """

    start: int
    end: int
    first: int
    last: int
    text: str
    type: str
    value: str
    first_day: dt.date | None
    last_day: dt.date | None
    precision: Precision
    why: str


@dataclass(slots=True)
class _Told:
    """The last dated time, and the last period reported on with the number of its sentence."""

    value: str
    period: str = ""
    sentence: int = -9


@dataclass(slots=True)
class _Run:
    """Consecutive tokens that time expressions can be made of, and the classes among them."""

    tokens: list[int]
    words: list[str]
    cores: set[str]


@dataclass(frozen=True, slots=True)
class _Match:
    first: int
    last: int
    rule: Rule
    groups: dict[str, str]


def find_times(parsed: Parsed) -> list[Time]:
    """The article's time expressions in order; none overlaps another.

    Without a publication date relative expressions have no days and an open value.
    """
    known = tables()
    found: list[Time] = []
    told = _Told(parsed.article.date.isoformat() if parsed.article.date else "")
    for run in _runs(parsed, known):
        for match in _matches(parsed, run, known):
            floor = found[-1].last if found else 0
            time = _read(parsed, match, floor, told, known)
            if time is None:
                continue
            found.append(time)
            # What was told relative to another time is not told from: "a year earlier" twice is one year.
            if time.first_day and time.type in ("DATE", "TIME"):
                if match.rule.make not in _RELATIVE:
                    told.value = time.value
                if (
                    match.rule.make in _PERIODS
                    and "-" not in match.rule.argument
                    and "year" not in match.groups
                ):
                    told.period, told.sentence = time.value, parsed.sentence_of[time.first]
    return found


def _runs(parsed: Parsed, known: Tables) -> Iterator[_Run]:
    vocabulary = known.vocabulary
    run = _Run([], [], set())
    sentence_of = parsed.sentence_of
    sentence = -1
    for i, token in enumerate(parsed.doc):
        text = token.text
        word = text.lower()
        if sentence_of[i] != sentence:
            if run.cores - _GLUE:
                yield run
            run, sentence = _Run([], [], set()), sentence_of[i]
        if word in _HYPHENS and run.tokens:
            # Hyphens inside words are passed over: "third-quarter", "24-hour".
            continue
        entries = vocabulary.get(word)
        kinds = [e.kind for e in entries if _fits(e, text, token)] if entries else []
        if any(c.isdigit() for c in word):
            kinds += [kind for kind, shape in known.shapes.items() if shape.fullmatch(word)]
        if kinds:
            run.tokens.append(i)
            run.words.append(word)
            run.cores.update(kinds)
            continue
        if run.cores - _GLUE:
            yield run
        run = _Run([], [], set())
    if run.cores - _GLUE:
        yield run


def _fits(entry: Entry, text: str, token: Token) -> bool:
    """Whether the word as it stands here can be of the entry's class."""
    if entry.capital and not (text[0].isupper() or text[0].isdigit()):
        return False
    return not entry.tag or token.tag_.startswith(entry.tag)


def _matches(parsed: Parsed, run: _Run, known: Tables) -> list[_Match]:
    """The longest matches in a run, in order; of equally long ones the first rule's."""
    text = "".join(word + " " for word in run.words)
    at: dict[int, int] = {}
    position = 0
    for n, word in enumerate(run.words):
        at[position] = n
        position += len(word) + 1
    at[position] = len(run.words)
    rules = {rule.order: rule for core in run.cores for rule in known.by_core.get(core, ())}
    found = []
    for rule in rules.values():
        for match in rule.pattern.finditer(text):
            if match.end() > match.start():
                groups = {k: v.strip() for k, v in match.groupdict().items() if v}
                first, last = at[match.start()], at[match.end()]
                if _plausible(parsed, _Match(run.tokens[first], run.tokens[last - 1] + 1, rule, groups)):
                    found.append(_Match(first, last, rule, groups))
    found.sort(key=lambda m: (m.first - m.last, m.rule.order, m.first))
    taken = [False] * len(run.words)
    chosen = []
    for m in found:
        if not any(taken[m.first : m.last]):
            taken[m.first : m.last] = [True] * (m.last - m.first)
            chosen.append(_Match(run.tokens[m.first], run.tokens[m.last - 1] + 1, m.rule, m.groups))
    return sorted(chosen, key=lambda m: m.first)


def _widened(parsed: Parsed, match: _Match, floor: int, known: Tables) -> tuple[int, int]:
    """The match with its articles and modifiers ("nearly", "the end of", "or so"), not before `floor`."""
    doc, sentence_of = parsed.doc, parsed.sentence_of
    first, last = match.first, match.last
    before = known.counted if "count" in match.groups else known.left
    floor = max(floor, parsed.sentences[sentence_of[first]].start)
    end = parsed.sentences[sentence_of[first]].end
    for _ in range(3):
        after_article = (
            first - 1 if first > floor and doc[first - 1].lower_ in signals()["article"] else first
        )
        words = tuple(doc[i].lower_ for i in range(max(floor, after_article - 4), after_article))
        size = next((k for k in range(len(words), 0, -1) if words[-k:] in before), 0)
        if not size:
            first = after_article
            break
        first = after_article - size
    words = tuple(doc[i].lower_ for i in range(last, min(end, last + 3)))
    return first, last + next((k for k in range(len(words), 0, -1) if words[:k] in known.right), 0)


def _read(parsed: Parsed, match: _Match, floor: int, told: _Told, known: Tables) -> Time | None:
    rule = match.rule
    point = rule.make != "quarter"
    before = parsed.doc[match.first - 1].lower_ if match.first else ""
    fresh = parsed.sentence_of[match.first] - told.sentence <= _MEMORY
    context = Context(
        parsed.article.date,
        told.value,
        told.period,
        fresh,
        before,
        lambda: time_way(parsed, match.first, match.last, point),
    )
    try:
        value = MAKERS[rule.make](Hit(match.groups, known), context, rule.argument)
    except (ValueError, OverflowError):
        return None
    if value is None:
        return None
    first, last = _widened(parsed, match, floor, known)
    start, end = parsed.chars(first, last)
    kind = rule.type
    if kind == "DATE" and _TIMED.match(value):
        kind = "TIME"
    elif value.startswith("P") and value[1:2] in "T123456789X" and kind == "DATE":
        kind = "DURATION"
    elif value == "FUTURE_REF":
        kind = "DATE"
    days = cal.days_of(value) if kind in ("DATE", "TIME") else None
    if days and rule.make == "overnight" and days.last < dt.date.max:
        days = days._replace(last=days.last + cal.DAY)
    return Time(
        start,
        end,
        first,
        last,
        parsed.text(first, last),
        kind,
        value,
        days.first if days else None,
        days.last if days else None,
        days.precision if days else "unknown",
        rule.name,
    )


def _plausible(parsed: Parsed, match: _Match) -> bool:
    """Whether what stands around a match leaves it a time.

    A number by itself is a year unless it is an amount or counts what follows; so many years "old"
    are an age; "before" and "after" make a date only where they end the phrase.
    """
    doc = parsed.doc
    before = doc[match.first - 1] if match.first else None
    after = doc[match.last] if match.last < len(doc) else None
    if after is not None and after.text in _HYPHENS and match.last + 1 < len(doc):
        after = doc[match.last + 1]
    following = after.lower_ if after is not None else ""
    if "unit" in match.groups and following in signals()["age"]:
        return False
    if "count" in match.groups and match.groups["unit"].startswith("quarter") and following == "of":
        return False
    if "pastonce" in match.groups and (after is None or after.tag_ not in ("JJ", "VBN", "NN")):
        return False
    if "dayword" in match.groups and following == "'s" and match.last + 1 < len(doc):
        # "Today's youth" are those of now; "today's vote" has its day.
        return doc[match.last + 1].tag_ not in ("NNS", "NNPS")
    if (
        doc[match.last - 1].lower_ in ("before", "after")
        and after is not None
        and not (after.is_punct or after.tag_ in ("CC", "VBD"))
    ):
        return False
    if match.rule.make == "fixed" and following in signals()["clause"]:
        return False
    if "often" in match.groups and doc[match.first].tag_ == "NNP":
        return False  # A newspaper's name.
    if "mm" in match.groups:
        return parsed.ends[match.last - 1] - parsed.starts[match.first] == len("2015-11-24")
    if match.groups.get("decade", "")[:1].isdigit() and len(match.groups["decade"]) == 3:
        # "The 30s" are years, "his 30s" an age.
        return doc[match.first].lower_ == "the"
    if set(match.groups) == {"year"} and match.last - match.first == 1:
        if before is not None and (before.is_currency or before.text in ("#", "No.", "-", "/")):
            return False
        return after is None or not (after.tag_ == "NNS" or after.text in ("%", "/", "-"))
    return True
