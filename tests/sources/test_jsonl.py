"""JSON lines: good ones give articles, bad ones an error that names file and line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.article import Article, ZoneKind
from dateline.errors import DatelineError, Problem
from dateline.sources import read_jsonl

GOOD = {
    "id": "a",
    "text": "Deal signed\r\n\r\n  France signed it.\u200f ",
    "title": "Deal signed",
    "date": "2015-11-25",
}

BAD = [
    ("{", Problem.BAD_LINE),
    ("[1]", Problem.BAD_LINE),
    ('{"text": "France paid."}', Problem.BAD_LINE),
    ('{"id": "a"}', Problem.BAD_LINE),
    ('{"id": "a", "text": 5}', Problem.BAD_LINE),
    ('{"id": "a", "text": ""}', Problem.EMPTY),
    ('{"id": "a", "text": "France paid.", "date": "soon"}', Problem.BAD_DATE),
    ('{"id": "a", "text": "' + "x" * 1_000_001 + '"}', Problem.TOO_LONG),
    ('{"id": "a", "text": "\\ud800 France paid."}', Problem.BAD_LINE),
    (
        '{"id": "a", "text": "Le ministre a dit lundi que les troupes quitteraient le pays avant la fin de '
        "l'année, selon un communiqué publié dans la soirée.\"}",
        Problem.LANGUAGE,
    ),
    ("[" * 100_000, Problem.BAD_LINE),
]


def test_article_is_kept_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(GOOD) + "\n")
    (article,) = read_jsonl(path)
    assert isinstance(article, Article)
    assert (article.id, article.text, article.title) == (GOOD["id"], GOOD["text"], GOOD["title"])
    assert [z.kind for z in article.zones] == [ZoneKind.HEADLINE, ZoneKind.BODY]


@pytest.mark.parametrize(("line", "problem"), BAD)
def test_bad_line_is_named_and_the_rest_goes_on(tmp_path: Path, line: str, problem: Problem) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(GOOD) + "\n\n" + line + "\n" + json.dumps(GOOD))
    first, error, last = read_jsonl(path)
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert isinstance(error, DatelineError)
    assert (error.problem, error.place) == (problem, f"{path}:3")


def test_line_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"id": 7, "text": "France paid."}\n{"id": "b", "text": "caf\xe9"}\n')
    first, error = read_jsonl(path)
    assert isinstance(first, Article)
    assert first.id == "7"
    assert isinstance(error, DatelineError)
    assert error.problem is Problem.BAD_LINE


def test_twenty_megabytes_of_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"x" * 20_000_000 + b"\n" + json.dumps(GOOD).encode() + b"\n")
    error, article = read_jsonl(path)
    assert isinstance(error, DatelineError)
    assert error.problem is Problem.TOO_LONG
    assert isinstance(article, Article)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    for path, problem in ((tmp_path / "none.jsonl", Problem.MISSING), (tmp_path, Problem.FOLDER)):
        with pytest.raises(DatelineError) as caught:
            read_jsonl(path)
        assert caught.value.problem is problem
