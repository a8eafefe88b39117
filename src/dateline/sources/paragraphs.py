"""Where an article's paragraphs begin and end.

Three shapes are told apart: paragraphs parted by blank lines, one paragraph a line, and text that
was wrapped by hand at some 40 to 100 columns, as old wire copy is, whose lines must be joined. A
form feed ends a paragraph as a blank line does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

# Characters that show nothing: zero-width marks, marks of direction, the soft hyphen, the BOM.
_INVISIBLE = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064"
)
_INVISIBLE += "\u2066\u2067\u2068\u2069\ufeff"
BLANK = "".join(c for c in map(chr, range(0x3001)) if c.isspace()) + _INVISIBLE + "\x00"

LONGEST = 20_000  # characters of one zone: what the parser is given at once
LONGEST_WORD = 400  # no word is that long: an encoded image, a table of figures, a line of dashes

_LINE = re.compile(r"[^\r\n\v\x1c-\x1e\x85\u2028\u2029\f]+|\f")
_STOPS = (".", "!", "?", ":", '."', '?"', '!"', ".”", "?”", "!”", ".'", ".’", ".)")
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s")
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD},}}")

Span = tuple[int, int]


def trim(text: str, start: int, end: int) -> Span:
    """`[start, end)` without white space and invisible marks at its edges; empty where all is."""
    part = text[start:end]
    left = part.lstrip(BLANK)
    start += len(part) - len(left)
    return start, start + len(left.rstrip(BLANK))


def ends_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does."""
    return text.endswith(_STOPS)


def _blocks(text: str) -> Iterator[list[Span]]:
    """Runs of lines with something on them, each line with its indent but no trailing space."""
    block: list[Span] = []
    last = 0
    for match in _LINE.finditer(text):
        start, end = match.span()
        # A break of more than one line end (`\r\n` counts as one) holds an empty line.
        gap = text[last:start]
        empty = gap.count("\n") > 1 or (gap.count("\r") > 1 and "\n" not in gap)
        last = end
        shown = text[start:end].strip(BLANK)
        if block and (empty or not shown):
            yield block
            block = []
        if shown:
            block.append((start, start + len(text[start:end].rstrip(BLANK))))
    if block:
        yield block


def _width(text: str, block: list[Span]) -> int:
    """The column a block of lines was wrapped at; 0 where it was not wrapped."""
    longest = max(end - start for start, end in block)
    if not 40 <= longest <= 100:
        return 0
    full = stops = 0
    for (start, end), (start_next, end_next) in pairwise(block):
        word = text[start_next:end_next].split(None, 1)[0]
        # A line was full if the next line's first word had no room on it; ten columns of grace
        # for words that were hyphenated or edited later.
        full += (end - start) + 1 + len(word) > longest - 10
        stops += ends_sentence(text[start:end])
    breaks = len(block) - 1
    return longest if full >= 0.6 * breaks and stops <= 0.5 * breaks else 0


def _indent(text: str, line: Span) -> int:
    part = text[line[0] : line[1]]
    return len(part) - len(part.lstrip(" \t\xa0"))


def _joined(text: str, above: Span, below: Span, width: int) -> bool:
    """Whether a line goes on with the one below it."""
    length = above[1] - above[0]
    if width:
        indent = _indent(text, below)
        return length >= 0.6 * width and not indent > _indent(text, above) + 1
    # Two lines tell no width: a sentence that breaks off and goes on in small letters is one.
    first = text[below[0] : below[1]].lstrip(BLANK)[:1]
    return 50 <= length <= 100 and first.islower() and not ends_sentence(text[above[0] : above[1]])


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """A paragraph in pieces of at most `LONGEST` characters, cut at a sentence's end where there is
    one in the piece's second half, else at white space, else anywhere.
    """
    while end - start > LONGEST:
        limit = start + LONGEST
        middle = start + LONGEST // 2
        at = max((m.end() for m in _SENTENCE_END.finditer(text, middle, limit)), default=0)
        if not at:
            at = 1 + max(text.rfind(" ", middle, limit), text.rfind("\n", middle, limit))
        if not at:
            at = limit
        piece = trim(text, start, at)
        if piece[0] < piece[1]:
            yield piece
        start = at
    piece = trim(text, start, end)
    if piece[0] < piece[1]:
        yield piece


def _without_long_words(text: str, start: int, end: int) -> Iterator[Span]:
    at = start
    for match in _LONG_WORD.finditer(text, start, end):
        yield at, match.start()
        yield match.span()
        at = match.end()
    yield at, end


def paragraphs(text: str) -> list[Span]:
    """The paragraphs as spans `[start, end)` in order, without white space at their edges.

    None is longer than `LONGEST` characters: a longer one is cut at a sentence's end, so that the
    parser never gets a monster. A word of `LONGEST_WORD` characters or more stands by itself.
    """
    found: list[Span] = []
    blocks = list(_blocks(text))
    widths = [_width(text, b) if len(b) > 2 else 0 for b in blocks]
    usual = max(widths, default=0)
    for block, width in zip(blocks, widths, strict=True):
        if len(block) == 2 and usual and max(e - s for s, e in block) <= usual + 5:
            width = usual
        first = block[0]
        whole = [first]
        previous = first
        for line in block[1:]:
            if _joined(text, previous, line, width):
                whole[-1] = (whole[-1][0], line[1])
            else:
                whole.append(line)
            previous = line
        for start, end in whole:
            if end - start < LONGEST_WORD:
                found.append(trim(text, start, end))
                continue
            for part in _without_long_words(text, start, end):
                found.extend(_cut(text, *part))
    return [span for span in found if span[0] < span[1]]
