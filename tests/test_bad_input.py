"""Whatever is given: no traceback, one clear line for what is set aside, nothing raw on the terminal."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from dateline import Coder
from dateline.exports import files, table
from dateline.record import Event

Run = Callable[..., Any]
STRIKE = "Turkish warplanes bombed a village in northern Syria on Monday, killing four people."
LONG = "Kenya accused Somalia of piracy, and " + ", and ".join(
    f"port {n} was shut by police" for n in range(60)
)
GERMAN = (
    "Die Regierung in Berlin hat am Montag den Botschafter einbestellt und den Angriff scharf verurteilt. "
    * 5
)
PAGE = """<html><head><title>Strike</title><script>alert("Kenya attacked Somalia")</script></head><body>
<div><p>Turkish warplanes bombed a village in northern Syria on Monday, killing four people.<b><i></b></p>
<script>document.write("<p>France invaded Spain.</p>")</script><p>The army said rebels had been hiding there.
<p>Villagers buried the dead on Tuesday, and the governor came to see the ruins.</div></span></p></body>"""


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "E103"),
        (b" \n\t\r\n ", "E103"),
        (b"\xef\xbb\xbf", "E103"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 8, "E104"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"\x00\x01\x02" * 400, "E104"),
        (b"PK\x03\x04" + b"\x00\x14\x00\x08" * 200, "E104"),
        (b"x" * 20_000_000, "E106"),
        (b"word " * 300_000, "E106"),
        (GERMAN.encode(), "E107"),
        (b"<html><body><script>var a = 1;</script></body></html>", "E108"),
    ],
    ids=[
        "empty",
        "white space",
        "mark only",
        "png",
        "pdf",
        "zip",
        "20 MB line",
        "1.5 MB",
        "German",
        "no text",
    ],
)
def test_set_aside(run: Run, tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "given.txt"
    path.write_bytes(content)
    done = run("code", path)
    assert (done.status, done.out) == (2, "")
    (line,) = done.complaints
    assert line.startswith(f"set aside: {code} {path}: ")
    assert len(line.split(": ")) >= 4, "place, cause and remedy"


@pytest.mark.parametrize("name", ["none.txt", ".", "a\x1b[31m.txt"])
def test_no_such_article(run: Run, tmp_path: Path, name: str) -> None:
    done = run("code", tmp_path / name)
    assert (done.status, len(done.complaints)) == (2, 1)
    assert "\x1b" not in done.err


@pytest.mark.parametrize(
    "text",
    [
        LONG,
        STRIKE[:-1],
        STRIKE.upper(),
        STRIKE.lower(),
        "\u202e" + STRIKE + "\u202c \u200f\u2066",
        "\u200b".join(STRIKE),
        STRIKE.replace(" ", "\u00a0"),
        STRIKE.replace(" ", "\r"),
        f"{STRIKE} محمد قال إن الجيش هاجم المدينة {STRIKE}",
        '"' * 500 + STRIKE,
        "(" * 300 + STRIKE + "]" * 300,
        "- " * 400 + STRIKE,
        "7 " * 800,
        "a" * 90_000,
        "\U0001f600" * 200 + STRIKE,
        "He said she said " * 200,
        "Mali, Mali and Mali " * 100,
        "e\u0301" * 300 + STRIKE,
    ],
    ids=lambda text: ascii(text[:24]),
)
def test_coded_whatever_it_is(run: Run, text: str) -> None:
    done = run("annotate", "-", "--date", "2024-03-13", stdin=text.encode())
    assert done.status in (0, 2)
    assert len(done.complaints) <= 1 and "E901" not in done.err
    for found in done.lines:
        assert found["text"] == text


def test_mixed_encodings(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mixed.txt"
    path.write_bytes(f"{STRIKE} The caf\u00e9 was shut. ".encode() + "The caf\u00e9 opened.".encode("cp1252"))
    done = run("annotate", path)
    assert done.status == 0 and "E901" not in done.err
    assert done.lines[0]["events"]


def test_a_page_without_its_scripts(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    done = run("annotate", path)
    (found,) = done.lines
    assert "bombed" in found["text"]
    assert "alert" not in found["text"] and "invaded" not in found["text"]


def test_a_line_of_any_other_shape(run: Run, tmp_path: Path) -> None:
    bad = [
        "[" * 100_000,
        '{"id": "x", "text": 4}',
        '{"id": {}, "text": "word"}',
        '{"id": "x", "text": "' + STRIKE + '", "date": "2015-13-45"}',
        '{"id": "x", "text": ""}',
        '{"id": "x", "text": "\\ud800 and more"}',
        "null",
        "\x00",
        json.dumps({"id": "de", "text": GERMAN}),
    ]
    lines = [json.dumps({"id": "first", "text": STRIKE}), *bad, json.dumps({"id": "last", "text": STRIKE})]
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    done = run("annotate", "--in", path)
    assert (done.status, [found["doc"] for found in done.lines]) == (1, ["first", "last"])
    assert [line.split()[3] for line in done.complaints] == [f"{path}:{n}:" for n in range(2, len(bad) + 2)]


def test_lines_that_are_not_text(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_bytes(b'\xff\xfe{"id"\n{"id": 1, "text": "Mali"}\n')
    done = run("resolve", "--in", path)
    assert (done.status, len(done.lines)) == (1, 1)
    assert done.err.startswith(f"set aside: E202 {path}:1: not UTF-8")


NASTY = [
    "\x1b[31mTurkish\x1b[0m warplanes \x1b]0;owned\x07bombed a village in Syria.",
    "[red]Turkish[/red] warplanes [link=http://x.y]bombed[/link] a village in Syria.",
    "\u202eTurkish warplanes\u202c bombed\u2066 a village in Syria\u200f.",
    "Turkish warplanes bombed\x9b2J a village\x08\x7f in Syria.",
    "[/] Turkish warplanes bombed [/nothing] a village in Syria. [bold",
]


@pytest.mark.parametrize("text", NASTY, ids=ascii)
def test_nothing_raw_reaches_the_terminal(run: Run, tmp_path: Path, text: str) -> None:
    path = tmp_path / "[red]\x1b[31mnasty.txt"
    path.write_text(text, encoding="utf-8")
    for extra in ((), ("--evidence",)):
        done = run("code", path, path, "--format", "table", *extra)
        assert done.status == 0
        shown = done.out + done.err
        assert not set(shown) & {
            "\x1b",
            "\x07",
            "\x08",
            "\x7f",
            "\x9b",
            "\u202e",
            "\u202c",
            "\u2066",
            "\u200f",
        }
    assert "\x1b" not in run("lexicon", text).out


def test_markup_is_shown_as_written() -> None:
    (event, *_) = records(STRIKE)
    event.event_text = "[red]bombed[/red] [/b]"
    event.actor[0].identifier_text = None
    event.actor[0].entity_text = "[link=http://x.y]Turks"
    out = io.StringIO()
    table.show([event], STRIKE, Console(file=out, width=200))
    assert "[link=http://x.y]Turks [red]bombed[/red] [/b]" in out.getvalue()


def test_markup_in_a_name_is_shown_as_written(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "[red]one.txt"
    path.write_text(STRIKE, encoding="utf-8")
    assert "[red]one" in run("code", path, path, "--format", "table").out


def records(text: str) -> list[Event]:
    return list(Coder().code(text, date="2024-03-13"))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "\n="])
def test_a_spreadsheet_runs_nothing(start: str) -> None:
    (event, *_) = records(STRIKE)
    event.text = event.event_text = f'{start}HYPERLINK("http://x.y")'
    event.cite_info.title = f"{start}1+1"
    out = io.StringIO()
    files.write_csv([event], out)
    (row,) = csv.DictReader(io.StringIO(out.getvalue(), newline=""))
    for name in ("text", "event_text", "title"):
        assert not row[name].lstrip().startswith(("=", "+", "-", "@")), row[name]


def test_clean_leaves_words_alone() -> None:
    assert table.clean("São Tomé — “all's  well”\n") == "São Tomé — “all's well”"
    assert table.clean("a\x1b[2Jb\u2028c\u202ed") == "a [2Jb c d"


def test_a_terminal_gets_colours_of_ours_only(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    done = run("code", "-", "--format", "table", "--evidence", stdin=NASTY[0].encode())
    assert "\x1b]0" not in done.out and "\x07" not in done.out
