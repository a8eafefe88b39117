"""Weighs whether a later event, or a sentence with a cue, says what became of a pledge.

Each field that agrees or disagrees gives bits (`knowledge/ledger/limits.tsv`); `None` is no evidence at all.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dateline.flat import SIZES
from dateline.knowledge.tables import read_table
from dateline.ledger.due import find_due
from dateline.ledger.found import STATE, Pledge, Row, codes, hashed
from dateline.ledger.limits import limits
from dateline.ledger.names import find_names, without_names
from dateline.ledger.passages import Passage
from dateline.ledger.rules import Cue, parts
from dateline.ledger.words import is_number, phrases, words

_FIGURE = re.compile(
    r"(\d[\d,]*(?:\.\d+)?)\s+(?:(million|billion|thousand)\s+)?(?:[^\W\d_]+\s+){0,2}?([^\W\d_]{3,})"
)
_SCALE = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
VERBAL = frozenset(("AGREE", "REQUEST", "THREATEN", "ACCUSE"))
_ENOUGH = 2  # content words that name what was pledged by themselves
_DECIDING = ("kept", "broken", "withdrawn", "postponed")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a passage says of a pledge: the outcome, how much it weighs in bits, and why.

    `outcome` is kept, broken, withdrawn, postponed, or one that decides nothing: partial, undone, refused.
    """

    outcome: str
    weight: float
    why: str
    day: dt.date
    published: dt.date
    article: str
    quote: str
    start: int | None = None
    end: int | None = None
    event: str | None = None
    telling: str | None = None
    due: tuple[dt.date, dt.date] | None = None

    @property
    def decides(self) -> bool:
        """Whether it settles the pledge, or its day, by itself."""
        return self.outcome in _DECIDING and self.weight >= limits()["decides"]


class Later:
    """A later event, with what is asked of it for each pledge that it is weighed for."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.types = (row["event"] or "").split("; ")
        self.codes = {side: codes(row[f"{side}_code"]) for side in ("actor", "recipient")}
        text = row["text"] or ""
        self.content = words(text) if text else hashed(row)
        self.named = frozenset(n.code for n in find_names(text))
        self.party = {
            side: words(without_names(row[f"{side}_text"] or "")) for side in ("actor", "recipient")
        }
        self.names = {
            side: words(without_names(row[f"{side}_name"] or "")) for side in ("actor", "recipient")
        }
        self.day: dt.date = row["first_published"]
        if row["date"] and row["date_precision"] == "day":
            self.day = row["date"]
        untrue = bool(re.search("future|hypothetical", row["aux"] or ""))
        self.is_said = self.types[0] in VERBAL or untrue


class Sum:
    """Bits and their reasons as they are added up."""

    def __init__(self) -> None:
        self.bits, self.why = 0.0, list[str]()

    def add(self, name: str, times: float = 1, why: str = "") -> None:
        """Adds a weight of the table, with its reason."""
        bits = limits()[name] * times
        self.bits += bits
        self.why.append(f"{why or name} {bits:+g}")


def by_event(pledge: Pledge, later: Later) -> Evidence | None:
    """What an event says: that the act was done, partly done, or left undone."""
    row, day = later.row, later.day
    side = "actor" if pledge.act.doer == "actor" or row["actor_code"] else "recipient"
    published = row["first_published"]
    if later.is_said or day < pledge.made or max(published, day) <= pledge.made:
        return None
    shared = pledge.thing & later.content
    said = {w for w in shared if not is_number(w)}
    # Among hashed words is the verb, which alone says nothing.
    if not row["text"] and len(said) <= 1:
        said = set()
    if (not said and pledge.act.names_object) or _other_party(pledge, later, side):
        return None
    total = Sum()
    _add_party(pledge, later, side, total)
    if not _add_type(pledge, later, said, total):
        return None
    met = _add_receiver(pledge, later, total)
    if met is None:
        return None
    same_place = bool(pledge.row["geonameid"]) and pledge.row["geonameid"] == row["geonameid"]
    if same_place:
        total.add("place")
    near = _add_day(pledge, day, total)
    if near is None or not (said or met or same_place or near):
        return None
    _add_words(pledge, shared, total)
    refused = bool(set(later.types) & set(pledge.act.breaks)) and not set(later.types) & set(
        pledge.act.fulfil
    )
    if "negation" in (row["aux"] or ""):
        outcome = "undone"
    elif refused:
        outcome = "broken" if pledge.kind in ("promise", "demand") else "withdrawn"
        if pledge.kind == "demand" and not _past(pledge, published):
            outcome = "refused"
    else:
        outcome = "partial" if _is_part(pledge, row["text"] or "", row) else "kept"
    return Evidence(
        settled(pledge, outcome, published, strong=False), total.bits, "; ".join(total.why), day, published,
        row["article"], row["text"] or "", event=row["id"], telling=row["telling"],
    )  # fmt: skip


def by_cue(pledge: Pledge, passage: Passage, cue: Cue, at: int, end: int) -> Evidence | None:
    """What a sentence says with a cue whose verb stands at these characters."""
    if passage.published <= pledge.made:
        return None
    total = Sum()
    total.add("cue", why=f"{cue.line} {passage.text[at:end]}")
    expected = {
        "doer": pledge.doers,
        "actor": pledge.makers,
        "recipient": pledge.receivers if pledge.group != "demand" else pledge.doers,
        "none": frozenset[str](),
    }[cue.doer]
    if not _add_subject(pledge, passage, cue, at, expected, total):
        return None
    known_noun = False
    if cue.noun is not None:
        known_noun = pledge.kind in cue.noun.kinds or bool(set(pledge.act.fulfil[:2]) & cue.noun.types)
        if cue.noun.kinds and pledge.kind not in cue.noun.kinds:
            return None
        if cue.noun.types and not cue.noun.types & set(pledge.act.fulfil):
            return None
        if known_noun:
            total.add("cue_noun")
    shared = pledge.thing & passage.content
    said = {w for w in shared if not is_number(w)}
    met = bool(pledge.receivers & passage.codes)
    if met:
        total.add("recipient_same")
    elif pledge.receivers and not pledge.receivers <= pledge.doers:
        others = passage.codes - pledge.doers - pledge.makers - pledge.mentioned
        told = pledge.receivers & passage.around or len(said) >= _ENOUGH
        if others and (cue.outcome == "done" or not told):
            return None
    if pledge.mutual and len(pledge.doers & passage.codes) < 2 and not said:
        return None
    _add_words(pledge, shared, total)
    recalls = any(not at <= m.start() < end for m in phrases("recall").finditer(passage.text))
    if recalls:
        total.add("recall", why="it speaks of a pledge")
    dated = _same_due(pledge, passage)
    if dated:
        total.add("day_due", why="its day is named")
    enough = known_noun and (met or dated)
    enough = enough or (cue.noun is not None and met and not pledge.act.names_object)
    if not said and not enough:
        return None
    if cue.outcome == "undone" and cue.doer == "none" and len(said) < _ENOUGH and not recalls and not dated:
        return None
    if cue.outcome == "done" and not (len(said) >= _ENOUGH or (said and shared - said)):
        return None
    outcome = {"done": "kept"}.get(cue.outcome, cue.outcome)
    if outcome == "kept" and _is_part(pledge, passage.text, None):
        outcome = "partial"
    strong = passage.text[at:end].lower().startswith(("fail", "refus", "declin", "never"))
    outcome = settled(pledge, outcome, passage.published, strong)
    due = None
    if outcome == "postponed":
        found = find_due(passage.text, passage.published, end)
        due = (found.first, found.last) if found else None
    return Evidence(
        outcome, total.bits, "; ".join(total.why), passage.published, passage.published, passage.article,
        passage.text, passage.start, passage.end, due=due,
    )  # fmt: skip


def settled(pledge: Pledge, outcome: str, published: dt.date, strong: bool) -> str:
    """The outcome as of that day: what is undone is broken only once its day is past.

    Where no day was said, only where it is said to have failed, or to be refused.
    """
    if outcome != "undone":
        return outcome
    if _past(pledge, published) or (pledge.due is None and strong):
        return "broken" if pledge.group != "demand" or pledge.due else "undone"
    return "undone"


def _past(pledge: Pledge, day: dt.date) -> bool:
    last = [p.due.last for p in (pledge, *pledge.renewals) if p.due]
    return bool(last) and day > max(last)


def _other_party(pledge: Pledge, later: Later, side: str) -> bool:
    theirs = later.codes[side]
    if pledge.doers:
        return not pledge.doers & theirs
    return bool(theirs) or not pledge.party & later.party[side]


def _add_party(pledge: Pledge, later: Later, side: str, total: Sum) -> None:
    ranks = set((later.row[f"{side}_sector"] or "").split("; ")) - {""}
    names = later.names[side]
    if pledge.name and words(pledge.name) & names:
        total.add("actor_name")
    elif pledge.party & later.party[side]:
        total.add("actor_code", why="the party's own words")
    elif not pledge.rank or not ranks or pledge.rank in ranks or (pledge.rank in STATE and ranks & STATE):
        total.add("actor_code")
    else:
        total.add("actor_sector", 3 if (pledge.rank in STATE) != bool(ranks & STATE) else 1)
    if not pledge.act.names_object and pledge.name and names and not words(pledge.name) & names:
        total.add("actor_sector", 3, "another person")


def _add_type(pledge: Pledge, later: Later, said: set[str], total: Sum) -> bool:
    act, types = pledge.act, later.types
    if act.fulfil[0] in types:
        total.add("type_first", why=act.fulfil[0])
    elif set(act.fulfil) & set(types) or set(act.breaks) & set(types):
        total.add("type_other", why="; ".join(types))
    elif len(said) >= 2 and _is_friendly(types[0]) == _is_friendly(act.fulfil[0]):
        total.add("type_unlike", why="; ".join(types))
    else:
        return False
    if act.mode and later.row["mode"] and act.mode not in later.row["mode"]:
        total.add("mode_other")
    return True


@lru_cache(maxsize=64)
def _is_friendly(kind: str) -> bool:
    rows = read_table("codebook", "types.tsv", required=("type", "quad"))
    return any(row["type"] == kind and row["quad"] in ("1", "2") for row in rows)


def _add_receiver(pledge: Pledge, later: Later, total: Sum) -> bool | None:
    """Whether the receivers are the same; None where they are others."""
    others = later.codes["recipient"] | (later.codes["actor"] - pledge.doers)
    if not pledge.receivers:
        total.add("recipient_unsaid")
        return False
    if pledge.mutual:
        if len(pledge.doers & (later.codes["actor"] | later.codes["recipient"])) < 2:
            return None
        total.add("recipient_same", why="the same parties")
        return True
    if pledge.receivers & others:
        total.add("recipient_same")
        return True
    if pledge.receivers & later.named and not pledge.receivers <= pledge.doers:
        total.add("recipient_same", why="the recipient is named")
        return True
    strangers = (others | later.named) - pledge.doers - pledge.mentioned
    if strangers or (not pledge.act.names_object and not pledge.receivers <= pledge.doers):
        return None
    total.add("recipient_unsaid")
    return False


def _add_day(pledge: Pledge, day: dt.date, total: Sum) -> bool | None:
    """Whether an act's day is near that of the pledge; None where it is too far from it."""
    dues = [p.due for p in (*pledge.renewals[::-1], pledge) if p.due]
    if not dues:
        last = max(p.made for p in (pledge, *pledge.renewals))
        return None if (day - last).days > limits()["reach_days"] else False
    near = dt.timedelta(limits()["near_days"])
    if any(due.first - near <= day <= due.last + near for due in dues):
        total.add("day_due")
        return True
    due = dues[0]
    if day > due.last:
        if (day - due.last).days > limits()["late_days"]:
            return None
        total.add("day_late")
        return False
    # A meeting weeks before the one that was set is another.
    return None if not pledge.act.names_object else False


def _add_words(pledge: Pledge, shared: frozenset[str], total: Sum) -> None:
    said = sorted(w for w in shared if not is_number(w))
    if said:
        total.add("word", min(len(said), limits()["word_most"] / limits()["word"]), f"words {' '.join(said)}")
    elif pledge.act.names_object:
        total.add("no_word")
    if shared - set(said):
        total.add("number", why=f"number {' '.join(sorted(shared - set(said)))}")


def _add_subject(
    pledge: Pledge, passage: Passage, cue: Cue, at: int, expected: frozenset[str], total: Sum
) -> bool:
    """Whether the clause of the cue can have the expected subject."""
    before = [n for n in passage.named if n.end <= at]
    agent = re.search(r"\bby\b(.{0,60})", passage.text[at:])
    by = find_names(agent.group(1)) if agent else []
    subjects = {n.code for n in (*before, *by)}
    ours = pledge.party & words(without_names(passage.text[:at]))
    if cue.doer == "none":
        ours = pledge.party & passage.content
        if (
            pledge.doers
            and not pledge.doers & passage.codes
            and not pledge.doers & passage.around
            and not ours
        ):
            return False
        total.add("actor_code", 1 if pledge.doers & passage.codes else 0.5)
        return True
    if expected & subjects or (ours and not subjects - expected):
        # The last country named before the verb is most likely its subject.
        nearest = before[-1].code if before else None
        crowd = len(expected) == 1 and nearest is not None and nearest not in expected and not ours
        total.add("actor_code", 0.5 if crowd else 1)
        return True
    if subjects:
        return False
    if expected & passage.around or (not expected and pledge.makers & passage.around):
        # A deed told of a subject that no name in its clause fits may be anybody's.
        total.add("actor_code", -1 if cue.outcome == "done" else 0.5, "actor in the article")
        return True
    return False


def _same_due(pledge: Pledge, passage: Passage) -> bool:
    """Whether the passage names the pledge's day: as words, or as a day of the same month."""
    if pledge.due is None:
        return False
    said = re.sub(r"^(?:by|on|from|before|in|until|at)\s+(?:the\s+)?", "", pledge.due.text.lower())
    if len(said) > 4 and said in passage.text.lower():
        return True
    found = find_due(passage.text, pledge.made)
    return found is not None and found.last == pledge.due.last


def _is_part(pledge: Pledge, text: str, row: Row | None) -> bool:
    """Whether a passage tells of less than what was pledged."""
    if row is not None:
        for size in SIZES:
            mine, theirs = pledge.row.get(size), row[size]
            if mine and theirs and size not in ("dead", "injured") and theirs < mine * limits()["partial"]:
                return not pledge.numbers & words(text)
    pledged = {noun: value for value, noun in figures(pledge.what)}
    for value, noun in figures(text):
        if noun in pledged and value < pledged[noun] * limits()["partial"]:
            return True
    return bool(parts().search(text)) and not pledge.numbers & words(text)


def figures(text: str) -> list[tuple[float, Any]]:
    """The numbers of a text with the stem of the noun after each."""
    found = []
    for match in _FIGURE.finditer(text):
        value = float(match.group(1).replace(",", "")) * _SCALE.get((match.group(2) or "").lower(), 1)
        for noun in words(match.group(3)):
            found.append((value, noun))
    return found
