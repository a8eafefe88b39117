"""The day that an article's dateline names ("PARIS, Nov 25 (Reuters) -"): it stands outside the sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from dateline.article import Article, ZoneKind
from dateline.sources.days import find_day

HALF_A_YEAR = dt.timedelta(days=183)


def dateline_days(article: Article) -> Iterator[tuple[int, int, dt.date]]:
    """Characters `[start, end)` and day of each dateline that names one.

    A day without a year is in the year that brings it nearest to the publication; without either it
    is left out.
    """
    for zone in article.zones:
        if zone.kind is not ZoneKind.DATELINE:
            continue
        found = find_day(article.text[zone.start : zone.end])
        if found is None:
            continue
        day, start, end = found
        year = article.date.year if article.date else None
        date = day.date(year) if day.year or year else None
        if date is None:
            continue
        if day.year is None and article.date and abs(date - article.date) > HALF_A_YEAR:
            date = day.date(date.year + (1 if date < article.date else -1)) or date
        yield zone.start + start, zone.start + end, date
