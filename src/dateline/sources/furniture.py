"""Tells page furniture and captions from running text, one paragraph at a time.

Rules first ask what is safe to say: a line of a menu, a breadcrumb, a byline, a time stamp, or a
phrase of the tables. What no rule knows is running text, so that nothing an article says is lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from dateline.article import ZoneKind
from dateline.sources.days import find_day
from dateline.sources.words import agencies, cues, line_words, months, phrases

_BULLETS = " \t•·*►▶→»›>|-–—_#+=~\u200b\u200e\u200f\ufeff×✕"
_ENDS = _BULLETS + ".:,;…!«<"
_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_CRUMB = re.compile(r"\s*[>»›|•·]\s*|\s+/\s+|\s*::\s*")
_DIGITS = re.compile(r"\d+(?:st|nd|rd|th|am|pm|h|hrs?|mins?)?", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:^|\s)@\w{2,}|\S+@\S+\.\w+|https?://|www\.")
_URL = re.compile(r"(?:https?:\s?/|www\.)", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?][\"”’')]*(?:\s+(?=[^\W\d_]|[\"“‘'])|$)")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a paragraph is; `run` where a list of links follows it."""

    kind: ZoneKind
    run: bool = False


@dataclass(frozen=True, slots=True)
class Byline:
    """Who wrote the article, and from where if the line says so."""

    author: str
    place: str | None


_BODY = Verdict(ZoneKind.BODY)
_FURNITURE = Verdict(ZoneKind.FURNITURE)
_CAPTION = Verdict(ZoneKind.CAPTION)


def fold(text: str) -> str:
    """Small letters, straight apostrophes, single spaces: the form the tables are written in."""
    return " ".join(text.lower().replace("’", "'").replace("‘", "'").split())


def _by_phrase(folded: str, words: int) -> Verdict | None:
    known = phrases()
    if words <= 8 and (found := known.whole.get(folded.strip(_ENDS))):
        return Verdict(found.kind, found.run)
    opening = folded.lstrip(_BULLETS)
    first = opening.split(None, 1)[0] if opening else ""
    for phrase in known.start.get(first, ()):
        after = opening[len(phrase.text) : len(phrase.text) + 1]
        whole = not (phrase.text[-1].isalpha() and after.isalnum())
        if words <= phrase.words and whole and opening.startswith(phrase.text):
            return Verdict(phrase.kind, phrase.run)
    if words <= 90:
        for text in known.finder.find(folded):
            phrase = known.has[text]
            if words <= phrase.words:
                return Verdict(phrase.kind, phrase.run)
        ending = folded.rstrip(". ")
        for phrase in known.end:
            if words <= phrase.words and ending.endswith(phrase.text) and ending != phrase.text:
                return Verdict(phrase.kind, phrase.run)
    return None


def _is_menu(text: str, words: list[str]) -> bool:
    """A breadcrumb ("Home > World > Europe") or a line of a menu's words."""
    known = line_words("menu")
    menu = sum(w.lower() in known for w in words)
    parts = [p for p in _CRUMB.split(text) if p]
    if len(parts) > 1 and all(len(p.split()) <= 4 for p in parts):
        if parts[0].lower().strip(_BULLETS) == "home" or menu >= 0.6 * len(words):
            return True
        if len(parts) > 2 and menu >= 1 and not any(w.isdigit() for w in words):
            return True
    if len(words) >= 4 and menu >= 0.8 * len(words) and not text.endswith((".", "?", "!")):
        return True
    # One or two words alone could be a headline's first line, so all of them must be known.
    return len(words) <= 3 and menu == len(words)


def _is_stamp(words: list[str]) -> bool:
    """Nothing but a day or a time, as in "Last updated 12:30 GMT", perhaps with an agency."""
    if len(words) > 14 or not any(w[0].isdigit() for w in words):
        return False
    stamp, named = line_words("stamp"), months()
    left = [w for w in words if not (w.lower() in stamp or w.lower() in named or _DIGITS.fullmatch(w))]
    return not left or " ".join(left).lower() in agencies()


def _is_agency(text: str) -> bool:
    parts = [p.strip(" ()[]-–—.,:") for p in re.split(r"[/|,]|\band\b", text)]
    return all(p.lower() in agencies() for p in parts if p) and any(parts)


@lru_cache(maxsize=1)
def _byline_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What opens a byline, and what stands between the writer and the town."""
    opening = "|".join(sorted(line_words("credit"), key=len, reverse=True))
    post = "|".join(sorted(line_words("post"), key=len, reverse=True))
    return (
        re.compile(rf"(?:{opening})\b:?\s+(?=\S)", re.IGNORECASE),
        re.compile(rf"\s(?:{post})\s+(?=[^\W\d_])", re.IGNORECASE),
    )


def byline(text: str) -> Byline | None:
    """The author of "By John Smith in Cairo" and the like; None where the line is no byline."""
    opening, post = _byline_patterns()
    match = opening.match(text)
    if not match or len(text) > 200 or text[0].islower():
        return None
    rest = " ".join(text[match.end() :].split())
    if day := find_day(rest):
        rest = rest[: day[1]].rstrip(" ,|/·•-–—(")
    words = _WORD.findall(rest)
    small = line_words("byline")
    if not 1 <= len(words) <= 20 or rest.endswith(("?", "!", ";", ":")):
        return None
    if words[0][0].islower() or words[0].lower() in months() or words[0].lower() in line_words("stamp"):
        return None
    if not all(w[0].isupper() or w.lower() in small for w in words):
        return None
    # "From" opens many a headline: only one with a named writer's post is a byline.
    if match.group().lower().startswith("from") and not any(w.lower() in small and len(w) > 5 for w in words):
        return None
    parts = post.split(rest, maxsplit=1)
    author = re.split(r"\s*[|/(•·]\s*|,\s+(?!and\b)", parts[0])[0].strip(" .,")
    place = re.split(r"\s+(?:and|for)\s+|[;|]", parts[1])[0].strip(" .") if len(parts) > 1 else None
    return Byline(author, place) if author else None


def _is_caption(text: str, folded: str, words: int) -> bool:
    """A single sentence with a caption's cues; the weights are those of captions.tsv."""
    if words > 60 or words < 4 or len(_SENTENCE.findall(text)) > 2:
        return False
    finder, weights = cues()
    found = set(finder.find(folded))
    if any(weights[cue] > 1 for cue in found):
        return True
    weight = len(found)
    if day := find_day(text):
        rest = text[day[2] :].strip()
        if day[0].year and rest in ("", ".") and words <= 45:
            weight += 2
    return weight >= 3


def judge(text: str) -> Verdict:
    """What one paragraph is, by itself: BODY, CAPTION or FURNITURE."""
    if len(text) > 1200:
        return _BODY
    words = _WORD.findall(text)
    if not any(c.isalpha() for c in text) or (len(words) < 3 and len(text) > 120):
        return _FURNITURE
    folded = fold(text)
    if found := _by_phrase(folded, len(words)):
        return found
    if len(words) <= 40 and _is_menu(text, words):
        return _FURNITURE
    if len(words) <= 20 and (_is_stamp(words) or _is_agency(text) or byline(text)):
        return _FURNITURE
    if _URL.match(text) and not _SENTENCE.search(text):
        return _FURNITURE
    if len(words) <= 12 and _ADDRESS.search(text) and not _SENTENCE.search(text):
        return _FURNITURE
    return _CAPTION if _is_caption(text, folded, len(words)) else _BODY
