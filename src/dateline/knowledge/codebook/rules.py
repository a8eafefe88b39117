"""The manual's rules for doubtful cases, read from `rules.tsv`; the coding engine carries them out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dateline.knowledge.codebook import context_meanings, event_types, known_cameo, known_mode
from dateline.knowledge.tables import Row, read_table

_AUX = ("historical", "future", "hypothetical", "negation")
_COLUMNS = (
    "id",
    "section",
    "event",
    "cameo",
    "aux",
    "test",
    "event_out",
    "mode_out",
    "context_out",
    "cameo_out",
    "note",
)


@dataclass(frozen=True, slots=True)
class Rule:
    """Conditions, all of which must hold, and what they make of the event.

    `events` is empty where the rule holds for any type; `cameo` are prefixes, one of which must
    fit; `aux` and `test` are "" where nothing is asked. `drop` takes the event out. `add_event` and
    `add_modes` come beside what is there; `event`, `modes`, `cameo_out` replace it; `cut_modes` go.
    `modes` is None where the modes stay and () where they all go. A rule without a result says what
    must not be changed, or how the sides stand.
    """

    id: str
    section: str
    events: tuple[str, ...]
    cameo: tuple[str, ...]
    aux: str
    test: str
    drop: bool
    event: str
    add_event: str
    modes: tuple[str, ...] | None
    add_modes: tuple[str, ...]
    cut_modes: tuple[str, ...]
    contexts: tuple[str, ...]
    cameo_out: str
    note: str

    @property
    def keeps(self) -> bool:
        """Whether the rule leaves the event as it is."""
        changed = self.drop or self.event or self.add_event or self.modes is not None or self.add_modes
        return not (changed or self.cut_modes or self.contexts or self.cameo_out)

    def holds(self, event: str, cameo: str, aux: frozenset[str]) -> bool:
        """Whether type, CAMEO code and auxiliary modes fit; the named test is the engine's to try."""
        if self.events and event not in self.events:
            return False
        if self.cameo and not cameo.startswith(self.cameo):
            return False
        return not self.aux or self.aux in aux


def _rule(row: Row) -> Rule:
    events = () if row["event"] == "*" else row.many("event")
    out = row["event_out"]
    drop, added = out == "-", out[1:] if out.startswith("+") else ""
    event = "" if drop or added else out
    for name in (*events, *filter(None, (event, added))):
        if name not in event_types():
            raise row.bad(f"there is no type {name!r}")
    if row["event"] == "":
        raise row.bad("event is empty; `*` means any")
    if row["aux"] and row["aux"] not in _AUX:
        raise row.bad(f"there is no auxiliary mode {row['aux']!r}")
    modes = row.many("mode_out")
    plain = tuple(m for m in modes if m[0] not in "+-")
    more = tuple(m[1:] for m in modes if m[0] == "+")
    less = tuple(m[1:] for m in modes if m[0] == "-" and m != "-")
    owners = tuple(filter(None, (event, added))) or events or tuple(event_types())
    for name in (*plain, *more, *less):
        if not any(known_mode(owner, name) for owner in owners):
            raise row.bad(f"{'|'.join(owners)} has no mode {name!r}")
    for name in row.many("context_out"):
        if name not in context_meanings():
            raise row.bad(f"there is no context {name!r}")
    if row["cameo_out"] and not known_cameo(row["cameo_out"]):
        raise row.bad(f"there is no CAMEO code {row['cameo_out']!r}")
    return Rule(
        id=row["id"],
        section=row["section"],
        events=events,
        cameo=row.many("cameo"),
        aux=row["aux"],
        test=row["test"],
        drop=drop,
        event=event,
        add_event=added,
        modes=plain if plain or "-" in modes else None,
        add_modes=more,
        cut_modes=less,
        contexts=row.many("context_out"),
        cameo_out=row["cameo_out"],
        note=row["note"],
    )


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """The rules in the order in which they are tried. Raises `DatelineError` where a row is wrong."""
    found: dict[str, Rule] = {}
    for row in read_table("codebook", "rules.tsv", required=_COLUMNS):
        rule = _rule(row)
        if rule.id in found:
            raise row.bad(f"the rule {rule.id!r} stands twice")
        if not (rule.cameo or rule.aux or rule.test):
            raise row.bad("a rule needs a CAMEO code, an auxiliary mode or a test")
        found[rule.id] = rule
    return tuple(found.values())


@lru_cache(maxsize=1)
def rule_tests() -> tuple[str, ...]:
    """The names of the tests that rules ask for, each once, in the order of the file."""
    return tuple(dict.fromkeys(rule.test for rule in rules() if rule.test))
