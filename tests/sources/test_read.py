"""Files good and bad: each gives an article or one clear error."""

from __future__ import annotations

import datetime as dt
import io
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from dateline.article import ZoneKind
from dateline.errors import DatelineError, Problem
from dateline.sources import as_article, read, read_bytes
from dateline.sources.read import MOST_BYTES

PAGES = Path(__file__).parent / "pages"
TEXT = "PARIS, Nov 25 (Reuters) - France sent more troops to the coast.\n\nSpain protested.\n"
FRENCH = (
    "Le président a annoncé lundi que les troupes quitteraient le pays avant la fin de l'année, "
    "selon un communiqué que le ministère de la Défense a publié dans la soirée."
)


def problem(data: bytes, name: str = "a.txt", **given: str) -> tuple[Problem, str]:
    with pytest.raises(DatelineError) as caught:
        read_bytes(data, name, **given)  # type: ignore[arg-type]
    assert str(caught.value).startswith(f"{caught.value.problem.code} {name}: ")
    return caught.value.problem, caught.value.detail


def test_text_file(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text(TEXT)
    article = read(path, date=dt.date(2015, 11, 26), publication="Harbour Post")
    assert (article.id, article.text, article.language) == ("article", TEXT, "en")
    assert (article.date, article.dateline_place) == (dt.date(2015, 11, 26), "PARIS")
    assert article.publication == "Harbour Post"
    assert article.warnings == ()


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(TEXT.encode())))
    assert read("-").id == "stdin"


def test_missing_path(tmp_path: Path) -> None:
    with pytest.raises(DatelineError) as caught:
        read(tmp_path / "none.txt")
    assert caught.value.problem is Problem.MISSING
    assert "none.txt" in str(caught.value)


@pytest.mark.parametrize("name", ["bad\x00name", "x" * 5000])
def test_path_that_cannot_be(name: str) -> None:
    with pytest.raises(DatelineError) as caught:
        read(name)
    assert caught.value.problem is Problem.UNREADABLE


def test_folder(tmp_path: Path) -> None:
    with pytest.raises(DatelineError) as caught:
        read(tmp_path)
    assert caught.value.problem is Problem.FOLDER


@pytest.mark.parametrize(
    "data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n", "\u200b\u200e".encode()]
)
def test_empty_file(data: bytes) -> None:
    assert problem(data)[0] is Problem.EMPTY


BINARY = [
    (b"%PDF-1.7\nThe army left.", "a PDF document"),
    (b"\x89PNG\r\n\x1a\n\x00\x00", "a PNG image"),
    (b"\xff\xd8\xff\xe0JFIF", "a JPEG image"),
    (b"GIF89a;", "a GIF image"),
    (b"PK\x03\x04word/document.xml", "a ZIP archive"),
    (b"{\\rtf1 The army left.}", "a rich-text document"),
    (b"The army left\x00 the town", "NUL bytes"),
    (b"\x01\x02\x03\x04 abc \x05\x06", "control characters"),
]


@pytest.mark.parametrize(("data", "what"), BINARY)
def test_binary_file(data: bytes, what: str) -> None:
    kind, detail = problem(data)
    assert kind is Problem.BINARY
    assert what in detail


def test_twenty_megabytes_of_one_line(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"The army left the town. " * 850_000)
    start = time.perf_counter()
    with pytest.raises(DatelineError) as caught:
        read(path)
    assert caught.value.problem is Problem.TOO_LONG
    assert "8 MB" in caught.value.detail
    assert time.perf_counter() - start < 2


def test_binary_is_told_before_length() -> None:
    assert problem(b"%PDF-1.4" + b"x" * MOST_BYTES)[0] is Problem.BINARY


def test_a_million_characters_and_one() -> None:
    kind, detail = problem(b"a" * 1_000_001)
    assert kind is Problem.TOO_LONG
    assert "1,000,001" in detail


def test_a_million_characters_of_one_word_are_no_running_text() -> None:
    article = read_bytes(b"a" * 1_000_000, "a.txt")
    assert {z.kind for z in article.zones} == {ZoneKind.FURNITURE}
    assert article.warnings


def test_article_in_another_language() -> None:
    assert problem(FRENCH.encode()) == (Problem.LANGUAGE, "French")


@pytest.mark.parametrize("date", ["yesterday", "2015-13-01", "25.11.2015", "2015-11-25x", "0000-01-01"])
def test_date_that_is_none(date: str) -> None:
    assert problem(TEXT.encode(), date=date) == (Problem.BAD_DATE, repr(date))


DATES = [
    ("PARIS, Nov 25, 2015 (Reuters) - France paid.", None, None, "2015-11-25"),
    ("PARIS, Nov 25, 2015 (Reuters) - France paid.", "2015-11-26", None, "2015-11-26"),
    ("PARIS, Nov 25 (Reuters) - France paid.", None, None, None),
    ("PARIS, Nov 25 (Reuters) - France paid.", None, "https://h.example/2015/11/a", "2015-11-25"),
    ("France paid.", None, "https://h.example/2015/11/26/a", "2015-11-26"),
    ("France paid.", None, "https://h.example/2015/19/26/a", None),
    ("Published: 24 November 2015\n\nFrance paid.", None, None, "2015-11-24"),
    ("France paid.", "2015-11-26T10:30:00Z", None, "2015-11-26"),
    ("France paid on Nov 25, 2015.", None, None, None),
    ("PARIS, Feb 30, 2015 (Reuters) - France paid.", None, None, None),
]


@pytest.mark.parametrize(("text", "date", "url", "expected"), DATES)
def test_date(text: str, date: str | None, url: str | None, expected: str | None) -> None:
    article = as_article("a", text, date=date, url=url)
    assert (article.date.isoformat() if article.date else None) == expected


def test_as_article_keeps_every_character() -> None:
    text = "\ufeff  The army left.\r\n\r\n\u200eIt came back.\x0c \x00"
    assert as_article("a", text, "Title").text == text


def test_half_of_a_surrogate_pair() -> None:
    with pytest.raises(DatelineError) as caught:
        as_article("a", "The army \ud800 left.")
    assert caught.value.problem is Problem.ENCODING


def test_page() -> None:
    article = read(PAGES / "news.html")
    assert article.id == "news"
    assert article.title == "Egypt and Sudan sign water deal"
    assert (article.author, article.publication) == ("Mary Holt", "The Harbour Post")
    assert article.date == dt.date(2016, 3, 14)
    assert article.url == "https://www.harbourpost.example/world/2016/03/14/egypt-sudan-water"
    assert "returned" not in article.text
    assert "fishermen whom it arrested near the border" in article.text
    for left_out in ("Egypt attacked Sudan", "You are here", "Tweet", "Dam talks collapse", "cookies", "©"):
        assert left_out not in article.text


def test_given_details_win_over_the_page() -> None:
    article = read(PAGES / "news.html", date="2016-03-15", url="https://m.example/1", publication="Post")
    assert (article.date, article.url) == (dt.date(2016, 3, 15), "https://m.example/1")
    assert article.publication == "Post"


def test_page_with_scripts_and_broken_nesting() -> None:
    article = read(PAGES / "broken.html")
    bodies = [article.text[z.start : z.end] for z in article.zones if z.kind is ZoneKind.BODY]
    assert len(bodies) == 3
    assert bodies[0].startswith("Gunmen attacked a border post")
    assert "Mars" not in article.text
    assert "Print" not in article.text


def test_page_without_an_article() -> None:
    with pytest.raises(DatelineError) as caught:
        read(PAGES / "menu_only.html")
    assert caught.value.problem is Problem.NO_MAIN_TEXT


def test_nesting_without_end() -> None:
    assert problem(b"<html><body>" + b"<div>" * 50_000 + b"text")[0] is Problem.NO_MAIN_TEXT


def test_fragment_of_a_page() -> None:
    article = read_bytes(b"<p>The army left the town.</p><p>It <b>came</b> back.</p>", "a.html")
    assert article.text == "The army left the town.\nIt came back."


def test_text_that_speaks_of_a_tag_is_text() -> None:
    text = "The ministry's page opens with <p> and names a <div> of the army."
    assert read_bytes(text.encode(), "a.txt").text == text


def test_page_in_an_encoding_it_declares() -> None:
    page = "<html><head><meta charset=windows-1250></head><body><p>Prime Minister Dvořák met the army.</p>"
    assert "Dvořák" in read_bytes(page.encode("cp1250"), "a.html").text


CAPTION = "Ministers Ana Silva (left) and Tomas Roy (right) sign the accord in Lima, Peru on Mar 3 2021."
BODY = "Peru and Chile signed an accord on Wednesday. The two ministers met in Lima for an hour."


def test_a_captions_day_serves_where_nothing_else_says_one() -> None:
    article = as_article("a", f"{CAPTION}\n\n{BODY}\n")
    assert article.date == dt.date(2021, 3, 3)
    assert "caption (2021-03-03)" in article.warnings[0]
    told = as_article("a", f"Published: 5 March 2021\n\n{CAPTION}\n\n{BODY}\n")
    assert (told.date, told.warnings) == (dt.date(2021, 3, 5), ())
