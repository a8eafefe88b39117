"""Counts in words or figures, as time expressions hold them."""

from __future__ import annotations

from collections.abc import Mapping

UNKNOWN = "X"


def count_of(words: str, numerals: Mapping[str, str], some: Mapping[str, str]) -> str:
    """The number that `words` say, as digits; "X" where it is an unknown one ("several").

    `numerals` are the values of number words, `some` those of phrases such as "a few".
    """
    text = " ".join(words.split())
    if text in some:
        return some[text]
    half = 0.0
    for ending in (" and a half", " 1/2"):
        if text.endswith(ending):
            text, half = text.removesuffix(ending), 0.5
    if text.startswith("a ") and text != "a":
        text = text[2:]
    total, part, known = 0.0, 0.0, False
    for word in text.split():
        figure = word.replace(",", "").split("-")[-1]
        if figure.replace(".", "", 1).isdigit():
            part += float(figure)
        elif word in numerals:
            number = int(numerals[word])
            if number in (100, 12):
                part = max(part, 1) * number
            elif number == 1000:
                total, part = total + max(part, 1) * number, 0
            else:
                part += number
        elif word in some and some[word] != UNKNOWN:
            part += float(some[word])
        elif word in some:
            return UNKNOWN
        else:
            continue
        known = True
    if not known:
        return UNKNOWN
    return f"{total + part + half:g}" if total + part < 1e6 else str(int(total + part))


def year_of(words: str, numerals: Mapping[str, str]) -> str | None:
    """The year of "nineteen ninety six" or "two thousand one"; None where the words make none."""
    parts = [int(numerals[w]) for w in words.split() if w in numerals]
    if 1000 in parts:
        at = parts.index(1000)
        if sum(parts[:at]) != 2:
            return None
        return str(sum(parts[:at]) * 1000 + sum(parts[at + 1 :]))
    if len(parts) < 2 or not 15 <= parts[0] <= 20:
        return None
    rest = sum(parts[1:])
    return f"{parts[0]}{rest:02}" if rest < 100 else None
