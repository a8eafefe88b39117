"""How to cite a record: Dateline's version, the codebook, the run that coded it, the articles, the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from dateline import __version__
from dateline.desk.data import Row
from dateline.desk.shown import day, safe
from dateline.record import Event
from dateline.store.rows import day as as_day

_LISTED = 10  # articles that a citation names


def citation(
    event: Event,
    articles: Sequence[Row],
    runs: Sequence[Row],
    corrected_by: Sequence[str],
    retrieved: dt.date,
) -> dict[str, Any]:
    """`text` and `bibtex`. Articles have `title`, `publication`, `publisher`, `published`, `url`, `doc`."""
    sides = [
        " and ".join(" ".join(filter(None, (e.code, e.sector))) or safe(e.entity_text) for e in side) or "–"
        for side in (event.actor, event.recipient)
    ]
    when = day(as_day(event.date), as_day(event.enddate), event.date_precision)
    what = f"{sides[0]} {', '.join(event.event)} {sides[1]}, {when}"
    coded = "; ".join(map(_run, runs))
    people = f" Corrected by {', '.join(map(safe, corrected_by))}." if corrected_by else ""
    listed = "; ".join(_article(row) for row in articles[:_LISTED])
    if len(articles) > _LISTED:
        listed += f"; and {len(articles) - _LISTED} more"
    codebook = event.cite_info.codebook
    text = (
        f"Dateline {__version__}, codebook {codebook}. Event {event.id}: {what}. "
        f"Coded in {coded or 'an unknown run'}.{people} Retrieved {retrieved}. Articles: {listed}."
    )
    fields = {
        "title": f"Event {event.id}: {what}",
        "author": f"Dateline {__version__}",
        "year": str(retrieved.year),
        "urldate": retrieved.isoformat(),
        "version": f"Dateline {__version__}; codebook {codebook}; {coded}",
        "note": f"Articles: {listed}.{people}",
    }
    lines = ",\n".join(f"  {name} = {{{_tex(value)}}}" for name, value in fields.items())
    return {"text": text, "bibtex": f"@misc{{{event.id},\n{lines}\n}}"}


def _article(row: Row) -> str:
    parts = (row["title"], row["publication"] or row["publisher"], row["published"], row["url"])
    return ", ".join(safe(str(part)) for part in parts if part) or safe(row["doc"])


def _run(row: Row) -> str:
    began = f", {row['started']:%Y-%m-%d}" if row["started"] else ""
    return f"run {row['run']}, {row['version'] or 'version unknown'}{began}"


def _tex(text: str) -> str:
    """A text that TeX takes as it is; what it would take for a command is marked."""
    marked: dict[str, str | int | None] = {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
    marked |= {c: f"\\{c}" for c in "{}$&#_%"}
    return text.translate(str.maketrans(marked))
