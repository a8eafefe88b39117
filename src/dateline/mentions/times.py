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

from dateline.language.parsed import Parsed
from dateline.mentions import times_calendar as cal
from dateline.mentions.times_tables import Rule, Tables, tables
from dateline.mentions.times_tense import PAST, attached, way
from dateline.mentions.times_values import MAKERS, Context, Hit
from dateline.record import Precision

_HYPHENS = ("-", "‐", "‑", "–")
_ARTICLES = ("the", "a", "an")
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
    reference = parsed.article.date.isoformat() if parsed.article.date else ""
    for run in _runs(parsed, known):
        for match in _matches(run, known):
            floor = found[-1].last if found else 0
            time = _read(parsed, match, floor, reference, known)
            if time is None:
                continue
            found.append(time)
            if time.first_day and time.type in ("DATE", "TIME"):
                reference = time.value
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
            if run.cores:
                yield run
            run, sentence = _Run([], [], set()), sentence_of[i]
        if word in _HYPHENS and run.tokens:
            # Hyphens inside words are passed over: "third-quarter", "24-hour".
            continue
        entries = vocabulary.get(word)
        if entries is not None:
            run.tokens.append(i)
            run.words.append(word)
            for entry in entries:
                if entry.kind != "glue" and (not entry.capital or text[0].isupper() or text[0].isdigit()):
                    if not entry.tag or token.tag_.startswith(entry.tag):
                        run.cores.add(entry.kind)
            if not any(c.isdigit() for c in word):
                continue
        if any(c.isdigit() for c in word):
            shapes = [kind for kind, shape in known.shapes.items() if shape.fullmatch(word)]
            if shapes:
                if entries is None:
                    run.tokens.append(i)
                    run.words.append(word)
                run.cores.update(shapes)
                continue
        if run.cores:
            yield run
        run = _Run([], [], set())
    if run.cores:
        yield run


def _matches(run: _Run, known: Tables) -> list[_Match]:
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
                found.append(_Match(at[match.start()], at[match.end()], rule, groups))
    found.sort(key=lambda m: (m.first - m.last, m.rule.order, m.first))
    taken = [False] * len(run.words)
    chosen = []
    for m in found:
        if not any(taken[m.first : m.last]):
            taken[m.first : m.last] = [True] * (m.last - m.first)
            chosen.append(_Match(run.tokens[m.first], run.tokens[m.last - 1] + 1, m.rule, m.groups))
    return sorted(chosen, key=lambda m: m.first)


def _widened(parsed: Parsed, first: int, last: int, floor: int, known: Tables) -> tuple[int, int]:
    """The match with its articles and modifiers ("nearly", "the end of", "or so"), not before `floor`."""
    doc, sentence_of = parsed.doc, parsed.sentence_of
    floor = max(floor, parsed.sentences[sentence_of[first]].start)
    end = parsed.sentences[sentence_of[first]].end
    for _ in range(3):
        after_article = first - 1 if first > floor and doc[first - 1].lower_ in _ARTICLES else first
        words = tuple(doc[i].lower_ for i in range(max(floor, after_article - 4), after_article))
        size = next((k for k in range(len(words), 0, -1) if words[-k:] in known.left), 0)
        if not size:
            first = after_article
            break
        first = after_article - size
    words = tuple(doc[i].lower_ for i in range(last, min(end, last + 3)))
    return first, last + next((k for k in range(len(words), 0, -1) if words[:k] in known.right), 0)


def _read(parsed: Parsed, match: _Match, floor: int, reference: str, known: Tables) -> Time | None:
    rule = match.rule
    if not _plausible(parsed, match):
        return None

    def direction() -> int:
        above = attached(parsed, match.first, match.last)
        return PAST if above is None else way(above)

    context = Context(parsed.article.date, reference, direction)
    try:
        value = MAKERS[rule.make](Hit(match.groups, known), context, rule.argument)
    except (ValueError, OverflowError):
        return None
    if value is None:
        return None
    first, last = _widened(parsed, match.first, match.last, floor, known)
    start, end = parsed.chars(first, last)
    kind = rule.type
    if kind == "DATE" and _TIMED.match(value):
        kind = "TIME"
    days = cal.days_of(value) if kind in ("DATE", "TIME") else None
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
    """Whether a number by itself can be a year: not an amount, not a count of what follows."""
    if set(match.groups) != {"year"} or match.last - match.first > 1:
        return True
    doc, i = parsed.doc, match.first
    if i and (doc[i - 1].is_currency or doc[i - 1].text in ("#", "No.", "-", "/")):
        return False
    if i + 1 < len(doc) and (doc[i + 1].tag_ == "NNS" or doc[i + 1].text in ("%", "/", "-")):
        return False
    return True
