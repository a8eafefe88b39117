"""Reads number expressions in a row of words: "two dozen", "3,000 to 5,000", "tens of thousands"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dateline.mentions.quantities_tables import NumberWord, words

Value = int | float

_FIGURES = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_LETTERED = re.compile(r"(\d+(?:\.\d+)?)(k|m|mn|bn|million|billion)")
_DASHES = frozenset({"-", "–", "—"})
_RANGE = frozenset({"to", "or", "and", *_DASHES})


@dataclass(frozen=True, slots=True)
class Number:
    """A number expression at tokens `[first, last)`.

    `core` is its first token without the words that bound it; `value` is None for "several".
    `kind` is the kind of its last number word (numbers.tsv), "figures" for digits.
    """

    first: int
    core: int
    last: int
    value: Value | None
    bound: str
    kind: str


def figure(text: str) -> Value | None:
    """The value of digits, with or without a letter for thousands or millions; None for anything else.

    >>> figure("3,000"), figure("1.5m"), figure("second")
    (3000, 1500000, None)
    """
    if not text[:1].isdigit():
        return None
    if _FIGURES.fullmatch(text):
        return _whole(float(text.replace(",", "")))
    lettered = _LETTERED.fullmatch(text)
    if lettered:
        return _whole(float(lettered[1]) * words().numbers[lettered[2]].value)
    return None


def _whole(value: float) -> Value:
    return int(value) if value == int(value) else round(value, 6)


class Numbers:
    """The number expressions in a row of lower-case words."""

    def __init__(self, lower: Sequence[str]) -> None:
        self._lower = lower
        self._known: Mapping[str, NumberWord] = words().numbers

    def find(self) -> list[Number]:
        """All of them, in order; none overlap."""
        found: list[Number] = []
        i = 0
        while i < len(self._lower):
            if self._starts(i):
                number = self._read(i, found[-1].last if found else 0)
                if number is not None:
                    found.append(number)
                    i = number.last
                    continue
            i += 1
        return found

    def _starts(self, i: int) -> bool:
        word = self._lower[i]
        return word[:1].isdigit() or word in self._known or word in ("a", "an")

    def _at(self, i: int) -> str:
        return self._lower[i] if 0 <= i < len(self._lower) else ""

    def _kind(self, i: int) -> str:
        known = self._known.get(self._at(i))
        return known.kind if known else ""

    def _read(self, i: int, floor: int) -> Number | None:
        one = self._single(i)
        if one is None:
            return None
        last, value, kind, loose = one
        core, bound = i, "about" if loose else "exact"
        second = self._second(last, self._at(i - 1) == "between")
        if second is not None and value is not None:
            last, high, low_scale = second
            value = _whole(value * low_scale) if value * low_scale < high and value < 1000 else value
            bound = "range"
        first = i
        if bound == "range" and self._at(i - 1) in ("between", "from"):
            first = i - 1
        first, before = self._before(first, floor)
        last, after = self._after(last)
        if bound != "range":
            bound = before if before not in (None, "exact") else after or bound
        return Number(first, core, last, value, bound, kind)

    def _second(self, i: int, between: bool) -> tuple[int, Value, int] | None:
        """The upper end of a range whose joining word is at i: its end, value, and the shared scale."""
        joint = self._at(i)
        if joint not in _RANGE or (joint == "and") != between:
            return None
        upper = self._single(i + 1)
        if upper is None:
            return None
        last, high, kind, _loose = upper
        if high is None or kind in ("none", "whole"):
            return None
        word = self._known.get(self._at(last - 1))
        scale = word.value if word and word.kind in ("scale", "letter") and last - i > 2 else 1
        return last, high, scale

    def _single(self, i: int) -> tuple[int, Value | None, str, bool] | None:
        """One number at i: its end, value, kind, and whether it is vague."""
        word = self._at(i)
        value = figure(word)
        if value is not None:
            return self._scaled(i + 1, value, "figures")
        if word in ("a", "an"):
            return self._with_article(i)
        known = self._known.get(word)
        if known is None or known.kind in ("scale", "letter") or self._bounds(i):
            return None
        if known.kind == "few":
            if self._kind(i + 1) == "scale":
                return i + 2, known.value * self._known[self._at(i + 1)].value, "scale", True
            return i + 1, None, "few", True
        if known.kind == "vague":
            if self._at(i + 1) == "of" and self._kind(i + 2) == "vague":
                return i + 3, known.value * self._known[self._at(i + 2)].value // 2, "vague", True
            return i + 1, known.value, "vague", True
        if known.kind == "half":
            if self._at(i + 1) in ("a", "an") and self._kind(i + 2) == "scale":
                return i + 3, self._known[self._at(i + 2)].value // 2, "scale", False
            return None
        if known.kind in ("pair", "whole", "none", "fold"):
            return self._fixed(i, known)
        return self._words(i)

    def _bounds(self, i: int) -> bool:
        """Whether the word at i begins words that bound a number, as in "no more than"."""
        known = words()
        return any(tuple(self._lower[i : i + n]) in known.before for n in range(2, known.longest + 1))

    def _fixed(self, i: int, known: NumberWord) -> tuple[int, Value, str, bool]:
        if self._at(i) == "no" and self._at(i + 1) == "one":
            return i + 2, 0, "none", False
        return i + 1, known.value, known.kind, False

    def _with_article(self, i: int) -> tuple[int, Value | None, str, bool] | None:
        kind = self._kind(i + 1)
        if kind == "scale":
            return self._scaled(i + 1, 1, "scale")
        if kind == "few":
            return self._single(i + 1)
        if kind == "pair":
            return i + 2, self._known[self._at(i + 1)].value, "pair", False
        return None

    def _words(self, i: int) -> tuple[int, Value | None, str, bool]:
        """A number written out: "twenty-two", "one hundred and fifty"."""
        known = self._known[self._at(i)]
        value, i = known.value, i + 1
        if known.kind == "tens":
            step = 1 if self._at(i) in _DASHES else 0
            if self._kind(i + step) == "unit" and 0 < self._known[self._at(i + step)].value < 10:
                value += self._known[self._at(i + step)].value
                i += step + 1
        last, scaled, kind, loose = self._scaled(i, value, "words")
        return last, scaled, kind, loose

    def _scaled(self, i: int, value: Value, kind: str) -> tuple[int, Value, str, bool]:
        """Multiplies by the scale words at i; "and fifty" or "fifty" after a hundred is added."""
        while (k := self._kind(i)) == "scale" or (k == "letter" and kind == "figures"):
            scale = self._known[self._at(i)].value
            value, i, kind = value * scale, i + 1, "scale"
            if scale in (100, 1000):
                step = 1 if self._at(i) == "and" else 0
                if self._kind(i + step) in ("unit", "tens"):
                    last, more, _kind, _loose = self._words(i + step)
                    if more is not None and more < scale and (step or scale == 100):
                        value, i = value + more, last
        return i, _whole(float(value)), kind, False

    def _before(self, i: int, floor: int) -> tuple[int, str | None]:
        """The words right before i that bound the number: where they begin and what they say."""
        known, bound = words(), None
        while True:
            for n in range(min(known.longest, i - floor), 0, -1):
                said = known.before.get(tuple(self._lower[i - n : i]))
                if said is not None:
                    i, bound = i - n, said if bound in (None, "exact") else bound
                    break
            else:
                return i, bound

    def _after(self, i: int) -> tuple[int, str | None]:
        known = words()
        for n in range(known.longest, 0, -1):
            following = tuple(self._lower[i : i + n])
            if following in known.after:
                return i + len(following), known.after[following]
        return i, None
