"""Builds an article from a string, which is kept character for character."""

from __future__ import annotations

import datetime as dt
import re

from dateline.article import Article, Zone, ZoneKind
from dateline.errors import DatelineError, Problem
from dateline.sources.days import find_day
from dateline.sources.paragraphs import BLANK
from dateline.sources.zones import Layout, find_zones

LONGEST_TEXT = 1_000_000  # characters of one article; the parser takes no more

_ISO = re.compile(r"\s*(\d{4}-\d{2}-\d{2})(?:[T ][\d:.,]*\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?)?\s*")
_IN_URL = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})(?:[/-](\d{1,2}))?(?![\d])")


def as_date(value: dt.date | str | None, place: str = "") -> dt.date | None:
    """A day from a date, or from text such as 2015-11-25, 2015-11-25T08:30:00Z (its own day) or 25 November
    2015.

    Raises BAD_DATE for anything else; None and "" give None.
    """
    if isinstance(value, dt.datetime):
        return value.date()
    if value is None or isinstance(value, dt.date):
        return value
    if not value.strip():
        return None
    match = _ISO.fullmatch(value)
    written = None if match else find_day(value)
    if written and value.strip(" .") == value[written[1] : written[2]].strip(" .") and written[0].year:
        return written[0].date()
    try:
        return dt.date.fromisoformat(match.group(1) if match else "")
    except ValueError:
        shown = value if len(value) <= 40 else value[:40] + "…"
        raise DatelineError(Problem.BAD_DATE, place, repr(shown)) from None


def _url_date(url: str | None) -> tuple[dt.date | None, int | None]:
    """The day, and the year, that a path such as /2015/11/25/ holds."""
    match = _IN_URL.search(url or "")
    if not match:
        return None, None
    year, month, day = (int(g) if g else 0 for g in match.groups())
    try:
        return dt.date(year, month, day), year
    except ValueError:
        return None, year if 1 <= month <= 12 else None


def _date(layout: Layout, given: dt.date | None, url: str | None) -> dt.date | None:
    """Given or metadata first, then the dateline, a day printed above the text, the address."""
    if given:
        return given
    from_url, year = _url_date(url)
    if layout.day and (day := layout.day.date(layout.stamp.year if layout.stamp else year)):
        return day
    return layout.stamp or from_url


def _caption_date(text: str, zones: tuple[Zone, ...]) -> dt.date | None:
    """The latest full date in the captions: agencies write there the day on which a picture was taken."""
    days = (find_day(text[z.start : z.end]) for z in zones if z.kind is ZoneKind.CAPTION)
    return max((day for found in days if found and (day := found[0].date())), default=None)


def check_text(text: str, place: str) -> None:
    """Raises EMPTY, TOO_LONG or ENCODING where a text cannot be an article."""
    if len(text) > LONGEST_TEXT:
        detail = f"{len(text):,} characters; {LONGEST_TEXT:,} at most"
        raise DatelineError(Problem.TOO_LONG, place, detail)
    if not text.strip(BLANK):
        raise DatelineError(Problem.EMPTY, place)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        detail = f"character {error.start} is half of a surrogate pair"
        raise DatelineError(Problem.ENCODING, place, detail) from None


def has_text(zones: tuple[Zone, ...]) -> bool:
    """Whether any zone is there to be read: body, headline or caption."""
    return any(z.kind in (ZoneKind.BODY, ZoneKind.HEADLINE, ZoneKind.CAPTION) for z in zones)


def as_article(
    id: str,
    text: str,
    title: str | None = None,
    date: dt.date | str | None = None,
    url: str | None = None,
    publication: str | None = None,
    *,
    author: str | None = None,
    language: str | None = None,
    warnings: tuple[str, ...] = (),
    place: str | None = None,
) -> Article:
    """An article with its zones; `text` is kept as it is, so offsets refer to the given string.

    `place` is what an error names (a file, a line); the `id` where it is not given. The date is
    `date`, else the dateline's if it has or the stamp or the address gives it a year, else a day printed
    above the text ("Published: 25 November 2015"), else the one in the address, else, with a warning, the
    latest full date in a picture's caption. Raises
    `DatelineError` for a text that is empty or over a million characters and for a bad date.
    """
    where = id if place is None else place
    check_text(text, where)
    given = as_date(date, where)
    layout = find_zones(text, title)
    if not has_text(layout.zones):
        warnings += ("no running text was found in it, only parts of a page",)
    day = _date(layout, given, url)
    if day is None and (day := _caption_date(text, layout.zones)):
        warnings += (f"its day is taken from a picture's caption ({day}); --date would say it for certain",)
    return Article(
        id=id,
        text=text,
        title=title,
        date=day,
        url=url,
        publication=publication,
        author=author or layout.author,
        language=language,
        dateline_place=layout.place,
        zones=layout.zones,
        warnings=warnings,
    )
