"""Bytes → text: tells what is no text at all, and reads the rest as well as it can be read."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import lru_cache

from charset_normalizer import from_bytes
from charset_normalizer.utils import iana_name

from dateline.errors import DatelineError, Problem
from dateline.knowledge.tables import read_table

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\v\f\r\x1a\x1b\x1c\x1d\x1e\x1f") + b"\x7f"
_DECLARED = re.compile(
    rb"<(?:meta\b[^>]{0,200}?\bcharset|\?xml\b[^>]{0,100}?\bencoding)\s*=\s*[\"']?\s*([\w-]{2,40})", re.I
)
_SAMPLE = 50_000  # bytes shown to the detector

# How surrogateescape shows a byte that is not UTF-8, and the character Windows-1252 has for it.
_CP1252 = {0xDC00 + b: bytes([b]).decode("cp1252", "replace") for b in range(0x80, 0x100)}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read in, and what the reader should be told of it."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def _signatures() -> tuple[tuple[bytes, str], ...]:
    found = []
    for row in read_table("furniture", "signatures.tsv", required=("bytes", "what")):
        try:
            found.append((bytes.fromhex(row["bytes"]), row["what"]))
        except ValueError:
            raise row.bad(f"{row['bytes']!r} is not hexadecimal") from None
    return tuple(found)


def refuse_binary(data: bytes, place: str) -> None:
    """Raises BINARY for what is no text: by its first bytes, or control characters in it.

    UTF-16 and UTF-32 are full of NUL bytes and pass.
    """
    for signature, what in _signatures():
        if data.startswith(signature):
            raise DatelineError(Problem.BINARY, place, f"it looks like {what}")
    if data.startswith(tuple(bom for bom, _ in _BOMS)) or _wide(data):
        return
    if b"\x00" in data:
        raise DatelineError(Problem.BINARY, place, "it holds NUL bytes")
    sample = data[:_SAMPLE]
    if sum(map(sample.count, _CONTROLS)) > 0.05 * len(sample):
        raise DatelineError(Problem.BINARY, place, "it is full of control characters")


def _best_effort(data: bytes, encoding: str, place: str) -> Decoded:
    text = data.decode(encoding, "replace")
    lost = text.count("\ufffd")
    if lost > 0.2 * len(text):
        raise DatelineError(
            Problem.ENCODING, place, f"{lost:,} characters are broken when read as {encoding}"
        )
    told = f"{lost:,} characters could not be read as {encoding} and are shown as \ufffd"
    return Decoded(text, encoding, (told,) if lost else ())


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of English text is zero."""
    sample = data[: min(len(data), 4000) // 2 * 2]
    if len(sample) < 8 or 0 not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    most = 0.6 * len(sample) / 2
    if odd > most and even < 0.05 * odd:
        return "utf-16-le"
    return "utf-16-be" if even > most and odd < 0.05 * even else None


def _single(text: str) -> Decoded:
    """UTF-8; where it was taken for Windows-1252 and encoded once more ("donâ€™t"), that is undone."""
    if "â€" in text or "Ã©" in text:
        try:
            told = "doubly encoded: UTF-8 that had been read as Windows-1252 was put right"
            return Decoded(text.encode("cp1252").decode(), "utf-8", (told,))
        except UnicodeError:
            pass
    return Decoded(text, "utf-8")


def _mixed(data: bytes) -> Decoded:
    """UTF-8 with stray bytes of another encoding, which are read as Windows-1252."""
    text = data.decode("utf-8", "surrogateescape")
    stray = sum("\udc80" <= c <= "\udcff" for c in text)
    told = f"mixed encodings: {stray:,} bytes are not UTF-8 and were read as Windows-1252"
    return Decoded(text.translate(_CP1252), "utf-8", (told,))


def _one_byte(data: bytes, declared: str | None, place: str) -> Decoded:
    if declared:
        try:
            # Only encodings of text: Python's list also has oddities such as punycode.
            return Decoded(data.decode(iana_name(declared)), declared.lower())
        except (UnicodeError, ValueError):
            pass
    high = sum(b > 127 for b in data[:_SAMPLE])
    # English with a few accents and curly quotes gives a detector too little to go by, and it then
    # guesses wildly; what such text nearly always is, is Windows-1252.
    if high < 0.05 * len(data[:_SAMPLE]):
        told = "not UTF-8: it was read as Windows-1252; look at accents and quotes"
        return Decoded(data.decode("cp1252", "replace"), "cp1252", (told,))
    best = from_bytes(data[:_SAMPLE]).best()
    if best is None or best.encoding == "utf_8":
        raise DatelineError(Problem.ENCODING, place, "no known encoding makes sense of it")
    decoded = _best_effort(data, best.encoding, place)
    told = f"not UTF-8: it was read as {best.encoding}"
    return Decoded(decoded.text, best.encoding, (told, *decoded.warnings))


def decode(data: bytes, place: str) -> Decoded:
    """The text of a file's bytes, without a byte order mark.

    Tried in order: a byte order mark, UTF-16 without one, UTF-8, UTF-8 with stray bytes, the
    encoding a page declares, Windows-1252 where few bytes are not ASCII, charset-normalizer's best
    guess. What is not plain UTF-8 is told in `warnings`. Raises `DatelineError`: EMPTY, BINARY
    (naming what it looks like), or ENCODING; `place` is what the error names.
    """
    if not data.strip(b" \t\r\n\f\v"):
        raise DatelineError(Problem.EMPTY, place)
    refuse_binary(data, place)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _text(_best_effort(data[len(bom) :], encoding, place), place)
    if wide := _wide(data):
        return _text(_best_effort(data, wide, place), place)
    try:
        return _single(data.decode())
    except UnicodeDecodeError:
        pass
    readable = data.decode("utf-8", "ignore")
    if not readable.isascii():
        several = len(readable) - sum(map(str.isascii, readable))
        stray = len(data) - len(readable.encode())
        # A stray pair of bytes is UTF-8 by chance in one-byte text; twice as many strays say so.
        if stray <= 2 * several:
            return _mixed(data)
    declared = _DECLARED.search(data[:4000])
    return _one_byte(data, declared.group(1).decode() if declared else None, place)


def _text(decoded: Decoded, place: str) -> Decoded:
    if "\x00" in decoded.text:
        raise DatelineError(Problem.BINARY, place, "it holds NUL characters")
    return decoded
