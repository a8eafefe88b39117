"""Reads the lexicon's tables, each line checked. See `dateline.knowledge.lexicon`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from dateline.errors import DatelineError, Problem
from dateline.knowledge import codebook
from dateline.knowledge.lexicon.entries import Composition, Entry, Lexicon, Light, Slot
from dateline.knowledge.tables import Row, read_table, shipped

ACTOR = "ACTOR"
KEEP, VETO = "=", "-"
ENTRY_KINDS = ("verb", "noun", "operator")
USES = ("", "free", "light")
ROLES = frozenset({"obj", "iobj", "subj", "attr", "comp", "inf", "that", "neg", "mod", "modal"})
PREPOSITION = "@preposition"
VERB_COLUMNS = ("verb", "needs", "by", "to", "cameo", "mode", "context", "event")
NOUN_COLUMNS = ("noun", "needs", "by", "to", "cameo", "mode", "context", "event", "use")


def _tables(folder: str) -> Iterator[tuple[str, str]]:
    for path in sorted(shipped("lexicon", folder).iterdir(), key=lambda p: p.name):
        if path.name.endswith(".tsv"):
            yield folder, path.name


def _classes() -> dict[str, frozenset[str]]:
    rows = [
        row
        for path in sorted(shipped("lexicon").iterdir(), key=lambda p: p.name)
        if path.name.startswith("classes")
        for row in read_table("lexicon", path.name, required=("class", "words"))
    ]
    named: dict[str, frozenset[str]] = {}
    homes: dict[str, Row] = {}
    for row in rows:
        name = "@" + row["class"].removeprefix("@")
        if name == "@" or not row.many("words"):
            raise row.bad("a class needs a name and words")
        homes[name] = row
        named[name] = named.get(name, frozenset()) | {w.lower() for w in row.many("words")}
    for name, words in list(named.items()):
        for word in [w for w in words if w.startswith("@")]:
            if word not in named:
                raise homes[name].bad(f"{name} holds the unknown class {word}")
            named[name] = (named[name] | named[word]) - {word}
    return named


def read_slot(
    text: str, row: Row, classes: Mapping[str, frozenset[str]], roles: frozenset[str] = ROLES
) -> Slot:
    """A condition as written in a table, such as `obj=@aircraft`; see the lexicon's columns."""
    absent = text.startswith("-")
    name, equals, value = text.removeprefix("-").partition("=")
    values = [v for v in value.split("|") if v]
    unknown = [
        n for n in name.split("/") if n not in roles and n.replace("_", " ") not in classes[PREPOSITION]
    ]
    if unknown:
        raise row.bad(f"{unknown[0]!r} in needs is no slot (a word of several parts is joined with _)")
    if not name or (equals and not values):
        raise row.bad(f"{text!r} is no condition: write SLOT or SLOT=word|@class|ACTOR")
    words: set[str] = set()
    for v in values:
        if v.startswith("@"):
            if v not in classes:
                raise row.bad(f"the class {v} is in no classes file")
            words |= classes[v]
        elif v != ACTOR:
            # Sector codes are capitals; words are looked up in small letters.
            words.add(v if name.endswith("_sector") else v.replace("_", " ").lower())
    return Slot(name if name in roles else name.replace("_", " "), frozenset(words), ACTOR in values, absent)


def _conversion(row: Row) -> tuple[str, str, str | None, tuple[str, ...], tuple[str, ...]]:
    """CAMEO code, operator, event, modes and contexts of a line, checked against the codebook."""
    cameo = row["cameo"]
    if cameo.startswith("!"):
        return "", cameo, None, (), ()
    if cameo in (VETO, KEEP):
        return "", "", None, (), ()
    try:
        event, modes, contexts = codebook.convert(cameo)
    except KeyError as error:
        raise row.bad(f"{cameo!r} is no CAMEO code") from error
    event = row["event"] or event
    modes = row.many("mode") or (modes if event == codebook.convert(cameo)[0] else ())
    stated = row.many("context") if "context" in row.cells else ()
    contexts = tuple(dict.fromkeys((*stated, *contexts)))
    if event is not None:
        if event not in codebook.event_types():
            raise row.bad(f"{event!r} is no event type")
        for mode in modes:
            if not codebook.known_mode(event, mode):
                raise row.bad(f"{event} has no mode {mode!r}")
    for context in contexts:
        if context not in codebook.context_meanings():
            raise row.bad(f"{context!r} is no context")
    return cameo, "", event, modes, contexts


def _entry(row: Row, kind: str, classes: Mapping[str, frozenset[str]]) -> Entry:
    names = tuple(n.lower() for n in row.many(kind))
    if not names:
        raise row.bad(f"the column {kind} is empty")
    cameo, operator, event, modes, contexts = _conversion(row)
    use = row.cells.get("use", "")
    if use not in USES:
        raise row.bad(f"use is {use!r}: it is free or light")
    return Entry(
        names=names,
        needs=tuple(read_slot(text, row, classes) for text in row["needs"].split()),
        by=row.many("by"),
        to=row.many("to"),
        cameo=cameo,
        operator=operator,
        event=event,
        modes=modes,
        contexts=contexts,
        free=use == "free",
        veto=row["cameo"] == VETO,
        source=f"{row.file.removeprefix('lexicon/')}:{row.line}",
    )


def _entries(
    folder: str, kind: str, columns: tuple[str, ...], classes: Mapping[str, frozenset[str]]
) -> dict[str, tuple[Entry, ...]]:
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for path in _tables(folder):
        for row in read_table("lexicon", *path, required=columns):
            entry = _entry(row, kind, classes)
            for name in entry.names:
                found[name].append(entry)
    return {name: tuple(entries) for name, entries in found.items()}


def _light() -> dict[str, tuple[Light, ...]]:
    found: defaultdict[str, list[Light]] = defaultdict(list)
    for row in read_table("lexicon", "light.tsv", required=("verb", "slot", "by", "to")):
        if not row["slot"]:
            raise row.bad("the column slot is empty")
        light = Light(row["slot"], row.many("by"), row.many("to"), f"light.tsv:{row.line}")
        for name in row.many("verb"):
            found[name.lower()].append(light)
    return {name: tuple(entries) for name, entries in found.items()}


def _composition() -> dict[str, tuple[Composition, ...]]:
    found: defaultdict[str, list[Composition]] = defaultdict(list)
    known = {row["operator"] for row in read_table("lexicon", "operators.tsv", required=("operator",))}
    columns = ("operator", "embedded", "cameo", "event", "mode", "aux")
    for row in read_table("lexicon", "composition.tsv", required=columns):
        if row["operator"] not in known:
            raise row.bad(f"{row['operator']!r} is not in operators.tsv")
        cameo, _, event, modes, contexts = _conversion(row)
        found[row["operator"]].append(
            Composition(
                embedded=row["embedded"] or "*",
                cameo=row["cameo"] if row["cameo"] in (KEEP, VETO) else cameo,
                event=event,
                modes=modes,
                contexts=contexts,
                aux=row.many("aux"),
                source=f"composition.tsv:{row.line}",
            )
        )
    return {name: tuple(rows) for name, rows in found.items()}


def _recipients(classes: Mapping[str, frozenset[str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {kind: [] for kind in ENTRY_KINDS}
    for row in read_table("lexicon", "recipients.tsv", required=("kind", "slot")):
        if row["kind"] not in found:
            raise row.bad(f"kind is one of {', '.join(ENTRY_KINDS)}")
        read_slot(row["slot"].removeprefix("in(").removesuffix(")"), row, classes)
        found[row["kind"]].append(row["slot"])
    return {kind: tuple(slots) for kind, slots in found.items()}


@lru_cache(maxsize=1)
def load() -> Lexicon:
    """The shipped lexicon. Raises `DatelineError` at the first bad line."""
    classes = _classes()
    verbs = _entries("verbs", "verb", VERB_COLUMNS, classes)
    nouns = _entries("nouns", "noun", NOUN_COLUMNS, classes)
    composition = _composition()
    for entry in (e for entries in (*verbs.values(), *nouns.values()) for e in entries):
        if entry.operator and entry.operator not in composition:
            raise DatelineError(
                Problem.BAD_KNOWLEDGE,
                f"lexicon/{entry.source}",
                f"{entry.operator} is not in composition.tsv",
            )
    return Lexicon(
        verbs=verbs,
        nouns=nouns,
        light=_light(),
        composition=composition,
        classes=classes,
        event_nouns=frozenset(name.rsplit(" ", 1)[-1] for name in nouns),
        recipients=_recipients(classes),
    )
