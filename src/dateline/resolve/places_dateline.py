"""The place that an article's dateline gives to what happens where no place is named.

A dateline names the town where a report was written. What the report opens with is taken to have
happened there; what it tells further down, often as background, only in that town's country.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from dateline import record
from dateline.article import ZoneKind
from dateline.knowledge.gazetteer.index import Entry, gazetteer
from dateline.knowledge.gazetteer.names import countries
from dateline.language.parsed import Parsed
from dateline.mentions.places import PlaceMention
from dateline.resolve.places_record import as_place

TOWN, COUNTRY = "dateline", "dateline's country"
# Why a place was given, where it is by the dateline alone.
BY_DATELINE = frozenset({TOWN, COUNTRY})
# The sentences that open a report, headlines and captions aside.
LEAD = 3


def by_dateline(parsed: Parsed, head: int, places: Sequence[record.Place]) -> tuple[record.Place | None, str]:
    """The place that the dateline gives the event at token `head`, and why; (None, "") without one."""
    place = dateline_place(parsed, places)
    if place is None:
        return None, ""
    country = None if _leads(parsed, head) else country_of(place)
    if country is None or (place.resolution or 0) <= 1:
        return place, TOWN
    mention = PlaceMention(place.start, place.end, 0, 0, place.extracted_place)
    return as_place(mention, country), COUNTRY


def _leads(parsed: Parsed, head: int) -> bool:
    """Whether a token stands in the headline or among the first sentences of the body."""
    if parsed.kinds[head] is not ZoneKind.BODY:
        return True
    before = parsed.sentences[: parsed.sentence_of[head]]
    return sum(parsed.kinds[s.start] is ZoneKind.BODY for s in before) < LEAD


def dateline_place(parsed: Parsed, places: Sequence[record.Place]) -> record.Place | None:
    """The place of the article's dateline: the namesake in a country the article names, or the largest."""
    written = parsed.article.dateline_place
    if not written:
        return None
    start = parsed.article.text.find(written.split(",")[0])
    if start < 0:
        return None
    end = start + len(written.split(",")[0])
    for place in places:
        if start <= place.start < end and place.lat is not None:
            return place
    options = gazetteer().find(written) or gazetteer().find(written.split(",")[0])
    if not options:
        return None
    named = {p.country_code for p in places}
    home = [e for e in options[:20] if e.country and countries()[e.country].code in named]
    towns = [e for e in home or options if e.group == "P"]
    best = towns[0] if towns else (home or options)[0]
    return as_place(PlaceMention(start, end, 0, 0, written), best)


def country_of(place: record.Place | None) -> Entry | None:
    """The entry of the country that a place lies in."""
    return None if place is None or place.country is None else _by_name().get(place.country)


@lru_cache(maxsize=1)
def _by_name() -> dict[str, Entry]:
    """Countries by their names, the table's first where two bear one."""
    entries = [gazetteer().entry(c.row) for c in countries().values()]
    return {e.name: e for e in reversed(entries)}
