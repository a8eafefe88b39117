"""Every party, place, day, number and quotation of a text, found when somebody looks at it.

A store keeps what its records say, not the layers below them. They are found anew with the coder's lighter
stages (no encoder, no events), once for a part of an article, and the latest are kept.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict

from dateline.desk.marks import Mark
from dateline.errors import DatelineError

_KEPT = 64  # parts of articles whose marks are kept
_LOCK = threading.Lock()
_FOUND: OrderedDict[tuple[str, int, int], tuple[Mark, ...]] = OrderedDict()


def layer_marks(article: str, text: str, first: int, last: int, date: dt.date | None) -> tuple[Mark, ...]:
    """The marks of the characters `[first, last)` of an article's text, which `article` is the key of.

    Raises `DatelineError` where the language model is missing. Text that is not English has no marks.
    The first call loads the language model; calls take turns.
    """
    key = article, first, last
    with _LOCK:
        if key not in _FOUND:
            _FOUND[key] = tuple(_marks(text[first:last], first, date))
            while len(_FOUND) > _KEPT:
                _FOUND.popitem(last=False)
        _FOUND.move_to_end(key)
        return _FOUND[key]


def _marks(text: str, shift: int, date: dt.date | None) -> list[Mark]:
    # They load the language model's library, which no other view needs.
    from dateline.annotate import annotation
    from dateline.knowledge.actors.own import own_knowledge
    from dateline.language.parse import DEFAULT_MODEL, parse
    from dateline.pipeline import Coded
    from dateline.resolve.layers import find_layers
    from dateline.sources import as_article

    try:
        article = as_article("desk", text, date=date)
    except DatelineError:
        # Nothing but white space, or another language.
        return []
    found = annotation(Coded(find_layers(parse(article, DEFAULT_MODEL), own_knowledge((), ()).book), []))
    marks = [
        Mark(one.start, one.end, "party", (), " ".join(filter(None, (one.code, one.sector))) or "not known")
        for one in found.actors
    ]
    marks += [Mark(p.start, p.end, "place", (), p.country_code or "") for p in found.places]
    marks += [Mark(d.start, d.end, "day", (), f"{d.type.lower()} {d.value}") for d in found.dates]
    marks += [
        Mark(q.start, q.end, "number", (), " ".join(filter(None, (_said(q.value), q.unit, q.role))))
        for q in found.quantities
    ]
    for quote in found.quotes:
        who = None
        if quote.speaker_start is not None and quote.speaker_end is not None:
            who = found.text[quote.speaker_start : quote.speaker_end]
            marks.append(Mark(quote.speaker_start, quote.speaker_end, "source"))
        marks.append(Mark(quote.start, quote.end, "speech", (), f"says {who}" if who else "speech"))
    return [Mark(m.start + shift, m.end + shift, m.kind, m.events, m.note) for m in marks if m.start < m.end]


def _said(value: float | None) -> str | None:
    return None if value is None else f"{value:,.10g}"
