"""Reads the dateline an article opens with: "PARIS, Nov 25 (Reuters) - ".

What stands before the dash is taken apart from its end: the agency, then the day, then the place.
It is a dateline only if what is left fits; the shapes are those of the wires, of press releases,
of the monitors of foreign broadcasts ("BOGOTA, 6 NOV 89 (DPA) -- [TEXT] ") and of "[PARIS] ".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline.sources.days import Day, find_day
from dateline.sources.words import agencies, line_words

_LONGEST = 150
_DASH = re.compile(
    r"\s*(?:--+|[—–―]+)\s*|\s+_+\s+|\s+_+$|\s+-\s*(?=\S)|(?<=\w)-\s+|(?<=[)/])\s*[-:]\s*|:\s+|(?<=\))\s*(?=[^\W\d_\[\"“])"
)
_PAREN = re.compile(r"[,\s]*\(([^()]{1,60})\)\s*$")
_SLASH = re.compile(r",?\s*/([A-Za-z][\w .&-]{1,40})/\s*$")
_LAST_PART = re.compile(r"(?<=\w),\s*([^,()]+)$")
_STATE = re.compile(r",\s*[A-Z][A-Za-z]*\.")
_BRACKET = re.compile(r"\s*\[([^\[\]]{1,120})\]\s*")
_STATION = re.compile(
    r"[A-Z0-9][A-Z0-9/& .-]+|[\w./-]+\.(?:com|org|net)|[A-Z][\w.]*(?:/[A-Z][\w.]*)+"
    r"|[A-Z][A-Za-z0-9]*[A-Z0-9]",
    re.A,
)
_SITE = re.compile(r"\.(?:com?|org|net)$", re.I)
_PLACES = re.compile(r"\s*[/•;]\s*|\s+and\s+|\s+AND\s+")
_TOKEN = re.compile(r"[^\s,()]+")


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline at a paragraph's start: its end, its place as written, its day."""

    end: int
    place: str | None
    day: Day | None


def _is_agency(name: str) -> bool:
    name = " ".join(name.split())
    known = agencies()
    return name.lower() in known or any(part.strip().lower() in known for part in name.split("/"))


def _named(words: str) -> bool:
    """Whether these are words of a name: capitals, and small joining words between them."""
    tokens = _TOKEN.findall(words)
    joining = line_words("joining")
    if not tokens or len(tokens) > 6 or not (tokens[0][0].isupper() or tokens[0][0] in "'’`"):
        return False
    return all(
        (t[0].isupper() and not any(c.isdigit() for c in t))
        or t.lower() in joining
        or (len(t) > 2 and t[0] in "'’`" and t[1].isupper())
        for t in tokens
    )


def _place(words: str) -> str | None:
    """The first place named, with its state or country after a comma; None where it is no place.

    Words that stand where a place would ("NO CITY", "EXCLUSIVE") give the empty string.
    """
    words = " ".join(words.strip(" ,;:").split())
    if not words or fold_key(words) in line_words("no_place"):
        return ""
    first = _PLACES.split(words)[0].strip(" ,")
    opening, _, others = first.partition(" ")
    if others and opening.lower() in agencies() and not opening.isupper():
        first = others
    inner = re.fullmatch(r"(.+?)\s*\((.+?)\)", first)
    parts = list(inner.groups()) if inner else [p.strip() for p in first.split(",")]
    if len(parts) > 1 and (_is_agency(parts[0]) or _SITE.search(parts[0])):
        parts = parts[1:]
    if fold_key(parts[0].split()[0] if parts[0] else "") in line_words("opener"):
        return None
    if len(parts) > 3 or not all(_named(p) for p in parts if p) or len(first) > 60:
        return None
    if not all(_named(p.strip(" ,()")) for p in re.split(r"[/•;,()]", words) if p.strip()):
        return None
    if fold_key(parts[0]) in line_words("no_place"):
        # "NO CITY (PERU)" still names the country.
        parts = parts[1:]
    return ", ".join(p for p in parts if p)


def fold_key(words: str) -> str:
    """Small letters and straight apostrophes, to look a word up."""
    return words.lower().replace("’", "'").strip(" .,:")


def _agency(left: str) -> tuple[str, bool, Day | None, bool]:
    """What stands before the agency and a day in brackets; whether there is an agency; that day;
    whether the agency is one of the table's and no mere call sign.
    """
    day: Day | None = None
    agency = known = False
    for _ in range(2):
        paren, slash = _PAREN.search(left), _SLASH.search(left)
        inside = paren.group(1).strip() if paren else ""
        if paren and not paren.start() and not _is_agency(inside):
            return inside, agency, day, known
        if paren and day is None and (found := find_day(inside)):
            day = found[0]
        elif (
            paren and not agency and (_is_agency(inside) or (len(inside) > 1 and _STATION.fullmatch(inside)))
        ):
            agency, known = True, _is_agency(inside)
        elif slash and not agency:
            agency, paren = True, slash
        elif paren and not agency and day is None and _named(inside) and _ends_in_day(left[: paren.start()]):
            # An agency that no table knows, as it stands after the day: "March 12 (Coast Wire)".
            agency = True
        else:
            break
        left = left[: paren.start()] if paren else left
    if not agency and (last := _LAST_PART.search(left)) and _is_agency(last.group(1)):
        agency, left = True, left[: last.start()]
    return left, agency, day, known


def _ends_in_day(words: str) -> bool:
    """Whether words begin with a town in capitals and end in a day: "GARISSA, Kenya, March 12"."""
    found = find_day(words)
    return found is not None and not words[found[2] :].strip(" ,.") and _is_large(words[: found[1]])


def _without_day(left: str) -> tuple[str, Day | None, bool] | None:
    """What stands before or after a day, the day, and whether an agency stood beside it.

    None where words on both sides of the day make it part of a sentence.
    """
    for words in sorted(line_words("no_date"), key=lambda w: (-len(w), w)):
        if left.lower().rstrip(" ,").endswith(words):
            return left.rstrip(" ,")[: -len(words)], None, True
    found = find_day(left)
    if not found:
        return left, None, False
    day, start, end = found
    before, after = left[:start].strip(" ,"), left[end:].strip(" ,")
    agency = bool(after) and _is_agency(after)
    if before and after and not agency:
        return None
    head, _, last = before.rpartition(" ")
    # A day of the week; "on" and "at" stand in time stamps too, but open a sentence here.
    if (word := last.lower().strip(".,")) in line_words("stamp") and word not in line_words("opener"):
        before = head.strip(" ,")
    return before or ("" if agency else after), day, agency


def _is_large(place: str) -> bool:
    """Whether the town is written in capitals, as in "PARIS, France" and "McALLEN"."""
    city = place.split(",")[0]
    return len(city) > 2 and sum(map(str.isupper, city)) > 3 * sum(map(str.islower, city))


def _read(head: str, rest: str, separator: str, capitals: bool) -> tuple[str | None, Day | None] | None:
    """The place and day of what stands before a dash, or None where that is no dateline.

    `rest` is what follows the dash; `capitals` says that the whole paragraph is in capitals, which
    then prove nothing.
    """
    opens = rest.lstrip("\"“‘'`([ ")[:1]
    if rest and not (opens.isupper() or opens.isdigit()):
        return None
    left, agency, day, known = _agency(head.strip())
    if day is None:
        dated = _without_day(left)
        if dated is None:
            return None
        left, day, beside = dated
        agency = agency or beside
    place = _place(left)
    if place is None:
        return None
    if not separator.strip():
        # No dash at all: only a wire's name, or a call sign after a town with its state, will do.
        return (place or None, day) if agency and (known or "," in head) else None
    if agency or (day and (place or head.strip()[:1].isalnum())):
        return place or None, day
    if not place or ":" in separator or (capitals and rest):
        return None
    return (place, day) if _is_large(place) or _STATE.search(head) else None


def _brackets(text: str, at: int) -> int:
    """Where running text begins after remarks such as "[TEXT]"; `at` where there is none."""
    match = _BRACKET.match(text, at)
    if not match:
        return at
    first = re.split(r"\W+", match.group(1).lower(), maxsplit=1)[0]
    if first not in line_words("tag"):
        return at
    while match:
        at = match.end()
        match = _BRACKET.match(text, at)
    return at


def remarks(text: str) -> int:
    """How many characters of a paragraph's start are remarks of a monitor, as "[END RECORDING] "."""
    return _brackets(text, 0)


def read_dateline(text: str) -> Dateline | None:
    """The dateline a paragraph opens with, or None. `end` is where running text begins."""
    head = text[:_LONGEST]
    bracket = _BRACKET.match(head)
    if bracket and _brackets(text, 0) == 0:
        inside = bracket.group(1)
        rest = text[bracket.end() :]
        if _is_agency(inside) and rest:
            return Dateline(bracket.end(), None, None)
        place = _place(inside) if len(inside) <= 40 else None
        if place and rest[:1].isupper() and len(rest) > 15:
            return Dateline(bracket.end(), place, None)
        return None
    if not head[:1].isupper() and not head[:1].isdigit() and head[:1] not in "('’":
        return None
    capitals = sum(map(str.isupper, text[:400])) > 4 * sum(map(str.islower, text[:400]))
    for n, match in enumerate(_DASH.finditer(head)):
        if n > 5:
            break
        found = _read(head[: match.start()], text[match.end() : match.end() + 40], match.group(), capitals)
        if found:
            place, day = found
            return Dateline(_brackets(text, match.end()), place, day)
    if len(text) <= 60 and (day_found := find_day(text)) and text[0].isalpha():
        found = _read(text, "", "-", capitals)
        if found and found[0] and (day_found[2] >= len(text) - 1 or text.endswith(")")):
            return Dateline(len(text), *found)
    return None
