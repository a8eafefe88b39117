"""Bytes in many encodings."""

from __future__ import annotations

import pytest

from dateline.errors import DatelineError, Problem
from dateline.sources.encoding import decode

TEXT = "President Müller said “no” to the café’s owner – and left. " * 3

READ = [
    ("utf-8", TEXT.encode(), False),
    ("utf-8", TEXT.encode("utf-8-sig"), False),
    ("utf-16-le", b"\xff\xfe" + TEXT.encode("utf-16-le"), False),
    ("utf-16-be", b"\xfe\xff" + TEXT.encode("utf-16-be"), False),
    ("utf-32-le", b"\xff\xfe\x00\x00" + TEXT.encode("utf-32-le"), False),
    ("utf-16-le", TEXT.encode("utf-16-le"), False),
    ("utf-16-be", TEXT.encode("utf-16-be"), False),
    ("cp1252", ("The army left the town. " * 9 + TEXT).encode("cp1252"), True),
]


@pytest.mark.parametrize(("encoding", "data", "warned"), READ)
def test_encoding(encoding: str, data: bytes, warned: bool) -> None:
    found = decode(data, "a.txt")
    assert found.text.endswith(TEXT)
    assert not found.text.startswith("\ufeff")
    assert found.encoding == encoding
    assert bool(found.warnings) == warned


def test_mixed_encodings() -> None:
    found = decode("Müller left. ".encode() + "“Never,” he said.".encode("cp1252"), "a.txt")
    assert found.text == "Müller left. “Never,” he said."
    assert found.warnings == ("mixed encodings: 2 bytes are not UTF-8 and were read as Windows-1252",)


def test_doubly_encoded() -> None:
    text = "The army didn’t leave the café."
    found = decode(text.encode().decode("cp1252").encode(), "a.txt")
    assert found.text == text
    assert "doubly encoded" in found.warnings[0]


def test_broken_utf16_warns() -> None:
    found = decode(b"\xff\xfe" + "The army left.".encode("utf-16-le") + b"\x00\xd8a\x00", "a.txt")
    assert found.text.startswith("The army left.")
    assert "could not be read" in found.warnings[0]


def test_cyrillic_in_one_byte() -> None:
    text = "Президент объявил, что войска покинут страну до конца года, сообщило министерство. " * 4
    assert "Президент" in decode(text.encode("cp1251"), "a.txt").text


def test_no_encoding_fits() -> None:
    with pytest.raises(DatelineError) as caught:
        decode(b"\xff\xfe" + b"\x00\xdc" * 200, "a.txt")
    assert caught.value.problem is Problem.ENCODING
