"""Which events are pledges, and what each pledges to whom by when."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from dateline.flat import SIZES
from dateline.ledger.due import Due, find_due
from dateline.ledger.names import find_names, without_names
from dateline.ledger.rules import GROUPS, Act, act_of, kinds
from dateline.ledger.words import Bits, is_number, phrases, speech, word_bits, words
from dateline.linking.across.signature import signature

Row = Mapping[str, Any]
STATE = frozenset(("GOV", "MIL", "COP", "LEG", "JUD", "SPY"))
_LONGEST = 240  # characters of `what`
_SPEAKER = 80  # characters after a comma in which a speaker may stand


@dataclass(slots=True)
class Pledge:
    """A pledge as it was first made, with the reports that made it again.

    `doers` and `receivers` are codes of countries: of whom the act is asked, and for whom it is; `thing` the
    content words of what is pledged, `numbers` the numbers among them; `rank` the sector of the doer.
    """

    row: Row
    kind: str
    act: Act
    made: dt.date
    doers: frozenset[str]
    makers: frozenset[str]
    receivers: frozenset[str]
    rank: str
    name: str
    party: frozenset[str]
    what: str
    thing: frozenset[str]
    mentioned: frozenset[str]
    due: Due | None
    recalled: bool
    again: bool
    renewals: list[Pledge] = field(default_factory=list)
    bits: Bits = field(default_factory=lambda: word_bits(()))

    @property
    def group(self) -> str:
        """promise (offers and plans too), threat or demand."""
        return GROUPS[self.kind]

    @property
    def mutual(self) -> bool:
        """Whether its parties pledge it to each other ("agreed to meet")."""
        return len(self.doers) > 1 and self.receivers == self.doers

    @property
    def numbers(self) -> frozenset[str]:
        """The numbers of what was pledged."""
        return frozenset(w for w in self.thing if is_number(w))


@lru_cache(maxsize=65536)
def codes(cell: str | None) -> frozenset[str]:
    """The codes of a cell."""
    return frozenset(c for c in (cell or "").split("; ") if c)


def kind_of(row: Row) -> str | None:
    """What kind of pledge an event is; None where it is none."""
    aux, cameo = row["aux"] or "", row["cameo"] or ""
    if "negation" in aux or "historical" in aux or not row["first_published"]:
        return None
    future, types = "future" in aux, set((row["event"] or "").split("; "))
    hypothetical = "hypothetical" in aux
    own = f"{row['trigger'] or ''} {row['event_text'] or ''}"
    for line in kinds():
        if line.types and not line.types & types:
            continue
        if line.cameo and not cameo.startswith(line.cameo):
            continue
        if line.future and not future:
            continue
        if hypothetical and line.kind not in ("threat", "demand"):
            continue
        if line.words and not line.words.search(own) and not line.words.search(_before(row)):
            continue
        return None if line.kind == "-" else line.kind
    return None


def _before(row: Row) -> str:
    """The few words before the event's own."""
    text, trigger = row["text"] or "", row["trigger"] or ""
    at = text.find(trigger) if trigger else -1
    return " ".join(text[:at].split()[-4:]) if at > 0 else ""


def find_pledge(row: Row) -> Pledge | None:
    """The pledge that an event makes; None where it makes none."""
    kind = kind_of(row)
    act = act_of(kind, row["cameo"] or "") if kind else None
    if kind is None or act is None:
        return None
    if act.doer == "actor":
        doer, other = "actor", "recipient"
    else:
        doer, other = "recipient", "actor"
    makers, doers, others = codes(row["actor_code"]), codes(row[f"{doer}_code"]), codes(row[f"{other}_code"])
    text, trigger = row["text"] or "", row["trigger"] or ""
    at = max(text.find(trigger), 0) if trigger else 0
    what, thing = _what(row, text, trigger, at)
    published: dt.date = row["first_published"]
    found = Pledge(
        row=row,
        kind=kind,
        act=act,
        made=published,
        doers=doers,
        makers=makers,
        # "talks between Kenya and Somalia": each is to the other.
        receivers=others or (doers if len(doers) > 1 else frozenset()),
        rank=_first(row[f"{doer}_sector"]),
        name=_name(row, doer),
        party=words(without_names(row[f"{doer}_text"] or "")),
        what=what,
        thing=thing,
        mentioned=frozenset(n.code for n in find_names(text)),
        due=_due(row, text, published, at + len(trigger)),
        recalled=_is_recalled(text, at, at + len(trigger)),
        again=bool(phrases("again").search(text)),
    )
    found.bits = word_bits(thing)
    return found


def _first(cell: str | None) -> str:
    return (cell or "").split("; ")[0]


def _name(row: Row, side: str) -> str:
    """The name of the side, where it is more than that of a country."""
    name = _first(row[f"{side}_name"])
    return "" if not words(without_names(name)) else name


def _what(row: Row, text: str, trigger: str, at: int) -> tuple[str, frozenset[str]]:
    """The act in words, and the content words of what is pledged."""
    if not text:
        return "", hashed(row)
    clause = text[at : _tail(text, at + len(trigger))].strip(" .,")[:_LONGEST]
    own = words(" ".join(_verbs(row["event_text"] or "", text)))
    # Parties are compared as parties.
    own |= words(without_names(row["actor_text"] or "")) | words(row["actor_name"] or "")
    if not codes(row["recipient_code"]) <= codes(row["actor_code"]):
        own |= words(row["recipient_name"] or "")
    named = words(without_names(clause)) - own
    # What is recalled, and the object of a passive, stand before it: "the grain promised by Kenya".
    if not {w for w in named if not is_number(w)} or _is_recalled(text, at, at + len(trigger)):
        named = words(without_names(text)) - own
    due = find_due(text, row["first_published"], at)
    return clause, named - set(re.findall(r"\d+", due.text if due else ""))


def hashed(row: Row) -> frozenset[str]:
    """What is left of a passage without text: the hashes of its words, but for those of its parties."""
    parties = (row[f"{side}_{part}"] for side in ("actor", "recipient") for part in ("text", "name"))
    named = set(signature(" ".join(p for p in parties if p)))
    return frozenset(f"#{value}" for value in row["signature"] or () if value not in named)


def _tail(text: str, begin: int) -> int:
    """Where the words of the act end and its reasons or its speaker begin."""
    ends = [len(text)]
    for mark in re.finditer(r"[;:—]", text[begin:]):
        ends.append(begin + mark.start())
    found = phrases("tail").search(text, begin)
    if found:
        ends.append(found.start())
    for comma in re.finditer(r",\s+", text[begin:]):
        rest = text[begin + comma.end() :]
        if phrases("tail_comma").match(rest) or speech().search(rest[:_SPEAKER]):
            ends.append(begin + comma.start())
            break
    return min(ends)


def _verbs(event_text: str, text: str) -> list[str]:
    """The event's own words that name the act and not the thing: "give", not "loan"."""
    found = []
    for number, piece in enumerate(event_text.split(" … ")):
        at = text.find(piece)
        before, after = text[: max(at, 0)].split()[-1:], text[max(at, 0) + len(piece) :].split()[:1]
        is_verb = number == 0 or (before and phrases("verb_before").fullmatch(before[0]))
        if is_verb or (after and (phrases("determiner").fullmatch(after[0]) or after[0][0].isdigit())):
            found.append(piece)
    return found


def _is_recalled(text: str, start: int, end: int) -> bool:
    """Whether a pledge is only recalled: "the grain that it had promised", "promised by Kenya"."""
    before = text[:start].split()[-3:]
    relative = any(phrases("recalled").fullmatch(word) for word in before)
    return relative or "had" in before[-2:] or text[end:].lstrip().startswith("by ")


def _due(row: Row, text: str, published: dt.date, at: int) -> Due | None:
    said = find_due(text, published, at) if text else None
    if said and phrases("still").match(said.text):
        return said
    first, last = row["date"], row["enddate"] or row["date"]
    known = (
        last is not None and row["date_precision"] != "unknown" and (first, last) != (published, published)
    )
    if known and "future" in (row["aux"] or "") and last >= published:
        return Due(said.text if said else "", max(first, published), last)
    return said


def how_much(row: Row) -> str:
    """What is counted, as JSON."""
    return json.dumps({name: row[name] for name in SIZES if row[name] is not None})


def condition(text: str) -> str | None:
    """The words of a condition."""
    found = phrases("condition").search(text)
    return re.split(r"[;.]", text[found.start() :])[0].strip(" ,") if found else None
