"""What always holds, whatever the text or the bytes."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.article import Article
from dateline.errors import DatelineError
from dateline.sources import read_bytes
from dateline.sources.zones import find_zones

PIECES = st.sampled_from(
    [
        "PARIS",
        ", ",
        "Nov 25",
        " (Reuters)",
        " - ",
        "\n",
        "\n\n",
        "\r\n",
        "\f",
        "[TEXT] ",
        "By John in Rome",
        "\u200f",
        "The army left.",
        " ",
        "Photo: ",
        "© 2015",
        "Home > World",
        "x" * 450,
        "See also:",
        "“",
        "[",
        "(",
        "/",
        "_",
        "89",
    ]
)
TEXTS = st.one_of(st.text(max_size=400), st.lists(PIECES, max_size=25).map("".join))


@settings(deadline=None, max_examples=300)
@given(TEXTS, st.one_of(st.none(), TEXTS))
def test_zones_are_valid(text: str, title: str | None) -> None:
    layout = find_zones(text, title)
    last = 0
    for zone in layout.zones:
        assert last <= zone.start < zone.end <= len(text)
        words = text[zone.start : zone.end]
        assert words == words.strip()
        last = zone.end
    assert layout == find_zones(text, title)


@settings(deadline=None, max_examples=200)
@given(TEXTS)
def test_nothing_is_lost_but_white_space_and_marks(text: str) -> None:
    layout = find_zones(text)
    covered = "".join(text[z.start : z.end] for z in layout.zones)
    letters = [c for c in text if c.isalnum()]
    assert [c for c in covered if c.isalnum()] == letters


BYTES = st.one_of(
    st.binary(max_size=300),
    TEXTS.map(lambda t: t.encode("utf-8", "replace")),
    TEXTS.map(lambda t: t.encode("utf-16", "replace")),
    st.binary(max_size=200).map(lambda b: b"<html><body><p>The army left the town.</p>" + b),
    st.tuples(
        st.binary(max_size=60), st.sampled_from([b"<p>", b"<table>", b"<!doctype html>", b"<meta charset=x>"])
    ).map(lambda pair: pair[1] * 4 + pair[0]),
)


@settings(deadline=None, max_examples=300)
@given(BYTES, st.sampled_from(["a.txt", "a.html", "-", "", ".", "a/b.c.txt"]))
def test_any_bytes_give_an_article_or_an_error(data: bytes, name: str) -> None:
    try:
        article = read_bytes(data, name)
    except DatelineError as error:
        assert "\n" not in str(error)
        return
    assert isinstance(article, Article)
    assert all(0 <= z.start < z.end <= len(article.text) for z in article.zones)


def test_zones_of_five_thousand_characters_take_three_milliseconds() -> None:
    paragraph = "The minister said on Monday that the army would leave the town before the end of May. " * 3
    text = "Army to leave\n\nPARIS (AFP) - " + "\n\n".join([paragraph] * 19)
    find_zones(text)
    best = min(_seconds(text) for _ in range(5))
    assert best < 0.003


def _seconds(text: str) -> float:
    start = time.process_time()
    find_zones(text)
    return time.process_time() - start
