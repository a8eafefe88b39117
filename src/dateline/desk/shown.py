"""How values look in a page. Text goes to the templates as text; they escape it."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from dateline.knowledge import exchange

# Characters that turn the direction of what stands around them, or are not to be seen.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def quad_name(code: int) -> str:
    """The name of a quad class, 1 to 4."""
    return exchange.quad_names()[code].lower()


def safe(text: str | None) -> str:
    """A text for one line of a page: white space folded, characters that cannot be seen left out."""
    kept = "".join(" " if unicodedata.category(c) in _HIDDEN else c for c in text or "")
    return " ".join(kept.split())


def http_only(address: str | None) -> bool:
    """Whether an address may be a link: only a web page's may, never a script's or a file's."""
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(parts.netloc)


def number(value: float | None) -> str:
    """A number as a person reads it; "–" where there is none."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"


def day(first: dt.date | None, last: dt.date | None = None, precision: str | None = None) -> str:
    """A day or a span of days, as exact as it is known: "2024-03-12", "2024", "March 2024", "no day"."""
    if first is None:
        return "no day"
    if precision == "year":
        years = sorted({str(first.year), str((last or first).year)})
        return "–".join(years)
    if precision == "month" and (last is None or (last.year, last.month) == (first.year, first.month)):
        return f"{first:%B %Y}"
    if last is None or last == first:
        return first.isoformat()
    return f"{first.isoformat()} – {last.isoformat()}"


def sides(row: Mapping[str, Any], side: str) -> list[dict[str, str]]:
    """The parties of a side of an event's row: `code` ("KEN GOV"), `name`, `text`."""
    columns = ("code", "sector", "name", "text")
    lists = [str(row[f"{side}_{column}"] or "").split("; ") for column in columns]
    found = []
    for i in range(max(map(len, lists))):
        code, sector, name, text = (values[i] if i < len(values) else "" for values in lists)
        short = " ".join(part for part in (code, sector) if part)
        if short or name or text:
            found.append({"code": short, "name": safe(name or text or short), "text": safe(text)})
    return found
