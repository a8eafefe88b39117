"""Records as a table for the terminal, and the passages they stand on.

Article text is untrusted: control and direction characters are taken out, and nothing in it is
read as markup.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from dateline.record import Entity, Event

ACTOR, ACT, RECIPIENT = "bold cyan", "bold magenta", "bold yellow"
QUAD_STYLES = {1: "green", 2: "bright_green", 3: "dark_orange", 4: "red"}
UNDATED = "no day"


def clean(text: str) -> str:
    """Text without characters that act on a terminal; white space folded."""
    safe = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") else c for c in text)
    return " ".join(safe.split())


def code(entity: Entity) -> str:
    """An entity in short: code and sector, or its words."""
    parts = [p for p in (entity.code, entity.sector) if p]
    return " ".join(parts) or clean(entity.entity_text)


def _side(entities: Sequence[Entity]) -> str:
    return " + ".join(dict.fromkeys(code(e) for e in entities)) or "–"


def _names(entities: Sequence[Entity]) -> str:
    return " and ".join(dict.fromkeys(clean(e.identifier_text or e.entity_text) for e in entities))


def sentence(event: Event) -> str:
    """Who did what to whom, in one line."""
    parts = [_names(event.actor) or "someone", clean(event.event_text)]
    if event.recipient:
        parts += ["→", _names(event.recipient)]
    if event.event_loc is not None:
        parts.append(f"· {clean(event.event_loc.resolved_place or event.event_loc.extracted_place)}")
    if event.attribution:
        parts.append(f"· says {clean(event.attribution[0].entity_text)}")
    return " ".join(parts)


def _counts(event: Event) -> str:
    return ", ".join(f"{n:,} {name}" for name, n in event.size.items())


def _day(event: Event) -> str:
    if event.date is None:
        return UNDATED
    if event.enddate and event.enddate != event.date:
        return f"{event.date} – {event.enddate}"
    return event.date


def table(events: Iterable[Event], text: str | None = None) -> RenderableType:
    """The events grouped by day; with the article's `text`, each with its passage below it."""
    blocks: list[RenderableType] = []
    ordered = sorted(events, key=lambda e: (e.date or "9999", e.enddate or "", e.mentions[0].start))
    for day, group in groupby(ordered, key=_day):
        grid = Table(
            title=day, title_justify="left", title_style="bold", box=None, expand=True, pad_edge=False
        )
        grid.add_column("actor", style=ACTOR, ratio=2)
        grid.add_column("event", ratio=3)
        grid.add_column("recipient", style=RECIPIENT, ratio=2)
        grid.add_column("what", ratio=9)
        grid.add_column("numbers", ratio=2, min_width=10)
        for event in group:
            name = Text(" ".join((*event.event, *event.mode)), style=QUAD_STYLES[event.quad_code])
            if event.aux:
                name.append(f" ({', '.join(event.aux)})", style="italic")
            what: RenderableType = Text(sentence(event))
            if text is not None:
                what = Group(what, passage(event, text))
            grid.add_row(
                Text(_side(event.actor)), name, Text(_side(event.recipient)), what, Text(_counts(event))
            )
        blocks += [grid, Text()]
    if not blocks:
        blocks.append(Text("no events"))
    return Group(*blocks)


def passage(event: Event, text: str) -> Text:
    """The first telling, its actor, act and recipient coloured, and why it was coded so."""
    telling = event.mentions[0]
    marks = [(telling.trigger_start, telling.trigger_end, ACT)]
    marks += [(e.start, e.end, ACTOR) for e in event.actor]
    marks += [(e.start, e.end, RECIPIENT) for e in event.recipient]
    inside = sorted(m for m in marks if telling.start <= m[0] and m[1] <= telling.end)
    shown, at = Text("  “", style="dim"), telling.start
    for start, end, style in inside:
        if start < at:
            continue
        shown.append(_piece(text[at:start]), style="default not dim")
        shown.append(_piece(text[start:end]), style=f"{style} not dim")
        at = end
    shown.append(_piece(text[at : telling.end]), style="default not dim")
    shown.append(f"” [{telling.start}–{telling.end}] {event.why.get('event', '')}")
    return shown


def _piece(text: str) -> str:
    """A part of a passage, its outer white space kept as one space."""
    core = clean(text)
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and core else ""
    return f"{before}{core}{after}"


def show(events: Sequence[Event], text: str | None, console: Console) -> None:
    """Prints the table."""
    console.print(table(events, text))
