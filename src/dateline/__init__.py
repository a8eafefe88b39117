"""Dateline: from news to event data that can be checked.

`Coder().code(text, date=…)` gives the events of an article, `Coder().annotate(…)` every layer of it;
`read(path)` reads an article from a file; `open_store(folder)` opens a store of many.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from dateline.annotation import Annotation
    from dateline.article import Article
    from dateline.coder import Coder, Outcome
    from dateline.errors import DatelineError
    from dateline.ingest import open_store
    from dateline.record import Event, json_schema
    from dateline.relate import Relation
    from dateline.results import Events
    from dateline.sources import read

_HOMES = {
    "Annotation": "dateline.annotation",
    "Article": "dateline.article",
    "Coder": "dateline.coder",
    "DatelineError": "dateline.errors",
    "Event": "dateline.record",
    "Events": "dateline.results",
    "Outcome": "dateline.coder",
    "Relation": "dateline.relate",
    "json_schema": "dateline.record",
    "open_store": "dateline.ingest",
    "read": "dateline.sources",
}

__all__ = [
    "Annotation",
    "Article",
    "Coder",
    "DatelineError",
    "Event",
    "Events",
    "Outcome",
    "Relation",
    "json_schema",
    "open_store",
    "read",
]


def __getattr__(name: str) -> object:
    # spaCy takes a third of a second to import: only who codes waits for it.
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'dateline' has no attribute {name!r}")
