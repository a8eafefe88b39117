"""Articles of any source: each format, what is wrong with one item, and where it stood."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dateline.article import Article
from dateline.errors import DatelineError, Problem
from dateline.sources import articles
from dateline.sources import open as opening
from dateline.sources.articles import Progress
from dateline.sources.feeds import plain

TEXT = "Kenya accused Somalia of piracy on Monday. Police arrested twenty people near the harbour."
OTHER = "Turkish warplanes bombed a village in northern Syria, killing four people, officials said."
PAGE = f"""<!DOCTYPE html><html><head><title>Strike</title>
<link rel="canonical" href="https://paper.org/strike"></head>
<body><article><p>{TEXT}</p><p>{OTHER} Villagers buried the dead as the governor came.</p></article></body>
</html>"""
FEED = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>The Paper</title>
<item><title>One &amp; all</title><guid>g1</guid><link>https://paper.org/1</link>
<pubDate>Wed, 06 Mar 2019 23:30:00 GMT</pubDate>
<description>&lt;p&gt;{TEXT}&lt;/p&gt;&lt;p&gt;More.&lt;/p&gt;</description></item>
<item><title>Empty</title><guid>g2</guid></item>
<item><title>Two</title><guid>g3</guid><description>{OTHER}</description></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The Paper</title>
<entry><id>urn:1</id><title>T</title>
<updated>2019-03-06T10:00:00Z</updated><author><name>Ann</name></author><summary>short</summary>
<content type="html">&lt;div&gt;{TEXT}&lt;/div&gt;</content></entry></feed>"""


def read(*sources: Any, **more: Any) -> tuple[list[Article], list[DatelineError]]:
    found = list(articles(sources, **more))
    return [a for a in found if isinstance(a, Article)], [e for e in found if isinstance(e, DatelineError)]


def row(**more: Any) -> dict[str, Any]:
    return {"id": "1", "text": TEXT, "title": "T", "date": "2019-03-06", "url": "https://p.org/1"} | more


@pytest.fixture
def file(tmp_path: Path) -> Any:
    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def warc(*pages: tuple[str, str, bytes, int]) -> bytes:
    """An archive of answers: address, type, body, status."""
    found = b""
    for number, (address, kind, body, status) in enumerate(pages):
        head = f"HTTP/1.1 {status} OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        record = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
            f"WARC-Target-URI: {address}\r\nWARC-Date: 2019-03-07T01:02:03Z\r\n"
            "Content-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(head) + len(body)}\r\n\r\n{head}"
        )
        found += gzip.compress(record.encode() + body + b"\r\n\r\n")
    return found


def test_a_folder_in_order_of_name_with_paths_as_ids(file: Any, tmp_path: Path) -> None:
    file("in/b/2.txt", OTHER)
    file("in/a.txt", TEXT)
    file("in/b/1.html", PAGE)
    file("in/.hidden", TEXT)
    file("in/c.txt.gz", gzip.compress(TEXT.encode()))
    found, wrong = read(tmp_path / "in")
    assert [a.id for a in found] == ["a", "b/1", "b/2", "c"]
    assert found[0].source == f"{(tmp_path / 'in').as_posix()}/a.txt"
    assert (found[1].title, found[1].url, wrong) == ("Strike", "https://paper.org/strike", [])


def test_a_pattern(file: Any, tmp_path: Path) -> None:
    file("in/x/1.txt", TEXT)
    file("in/y/2.txt", OTHER)
    file("in/y/3.md", OTHER)
    assert [a.id for a in read(f"{tmp_path}/in/*/*.txt")[0]] == ["x/1", "y/2"]
    assert [a.id for a in read(f"{tmp_path}/in/**/*.md")[0]] == ["y/3"]
    assert [e.problem for e in read(f"{tmp_path}/none/*.txt")[1]] == [Problem.MISSING]


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.ndjson", "rows.jsonl.gz", "rows"])
def test_json_lines(file: Any, name: str) -> None:
    lines = "\n".join(
        [json.dumps(row()), "{bad", "[1]", json.dumps(row(id=2, text=OTHER)), json.dumps({"id": 3})]
    )
    path = file(name, gzip.compress(lines.encode()) if name.endswith("gz") else lines)
    found, wrong = read(path)
    assert [(a.id, a.source) for a in found] == [("1", f"{path}:1"), ("2", f"{path}:4")]
    assert [e.place for e in wrong] == [f"{path}:2", f"{path}:3", f"{path}:5"]


def test_columns_are_mapped_in_every_kind_of_table(file: Any) -> None:
    mapping = {"text": "body", "date": "published", "id": "key"}
    given = [
        {"key": "k1", "body": TEXT, "published": "2019-03-06"},
        {"key": "k2", "body": None, "published": None},
    ]
    json_lines = file("a.jsonl", "\n".join(map(json.dumps, given)))
    json_list = file("b.json", json.dumps(given))
    table = file("c.csv", f'key,body,published\nk1,"{TEXT}",2019-03-06\nk2,,\n')
    parquet = file("d.parquet", b"")
    pq.write_table(pa.Table.from_pylist(given), parquet)
    for path in (json_lines, json_list, table, parquet):
        found, wrong = read(path, columns=mapping)
        assert [(a.id, a.text, a.date) for a in found] == [("k1", TEXT, dt.date(2019, 3, 6))], path.name
        assert len(wrong) == 1 and wrong[0].place.startswith(f"{path}:"), path.name


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", f'id,text,extra\r\n1,"{TEXT}\n\nAnd ""more"".",x\r\n'),
        ("a.csv", f'\ufeffid;text\n1;"{TEXT}\n\nAnd ""more""."\n\n'),
        ("a.tsv", f'id\ttext\n1\t"{TEXT}\n\nAnd ""more""."\n'),
        ("a.csv", f'id,text\n1,"{TEXT}\n\nAnd ""more""."\n'.encode("utf-16")),
    ],
    ids=["commas", "semicolons", "tabs", "UTF-16"],
)
def test_csv(file: Any, name: str, content: str | bytes) -> None:
    found, wrong = read(file(name, content))
    assert ([a.text for a in found], wrong) == ([f'{TEXT}\n\nAnd "more".'], [])


def test_csv_that_is_not_utf8_is_read_as_western(file: Any) -> None:
    (found,), _ = read(file("a.csv", f"id,text\n1,Caf\xe9 owners rallied. {TEXT}\n".encode("cp1252")))
    assert found.text.startswith("Café owners")


@pytest.mark.parametrize("name", ["a.csv", "a.parquet"])
def test_a_table_without_the_column_says_which_it_has(file: Any, name: str) -> None:
    path = file(name, "key,body\n1,x\n")
    if name.endswith("parquet"):
        pq.write_table(pa.table({"key": [1], "body": ["x"]}), path)
    _, (wrong,) = read(path)
    assert wrong.problem is Problem.NO_COLUMN
    assert "'text' among key, body" in str(wrong) and "--columns" in str(wrong)


def test_parquet_of_odd_types(file: Any) -> None:
    path = file("a.parquet", b"")
    day = dt.datetime(2019, 3, 6, 12)
    table = {
        "id": [7, 8],
        "text": [TEXT, OTHER],
        "date": [day, None],
        "title": [None, "T"],
        "other": [[1], []],
    }
    pq.write_table(pa.table(table), path)
    found, wrong = read(path, date="2020-01-01")
    assert [(a.id, a.date) for a in found] == [("7", day.date()), ("8", dt.date(2020, 1, 1))]
    pq.write_table(pa.table({"text": [1, 2]}), path)
    found, wrong = read(path)
    assert [e.problem for e in wrong] == [Problem.BAD_LINE] * 2


def test_rows_without_an_id_have_one_that_lasts(file: Any) -> None:
    path = file(
        "a.jsonl", json.dumps({"text": TEXT}) + "\n" + json.dumps({"text": OTHER, "url": "https://p.org/2"})
    )
    found, _ = read(path)
    assert found[0].id.startswith("t-") and found[1].id == "https://p.org/2"
    assert [a.id for a in read(path)[0]] == [a.id for a in found]


@pytest.mark.parametrize("name", ["feed.xml", "feed.rss", "feed", "feed.xml.gz"])
def test_rss(file: Any, name: str) -> None:
    path = file(name, gzip.compress(FEED.encode()) if name.endswith("gz") else FEED)
    (one, two), (wrong,) = read(path)
    assert (one.id, one.title, one.url) == ("g1", "One & all", "https://paper.org/1")
    assert (one.text, one.publication, one.date) == (f"{TEXT}\n\nMore.", "The Paper", dt.date(2019, 3, 6))
    assert (two.text, one.source, two.source) == (OTHER, f"{path}:1", f"{path}:3")
    assert (wrong.problem, wrong.place) == (Problem.EMPTY, f"{path}:2")


def test_atom_takes_the_content_before_the_summary(file: Any) -> None:
    ((one,), wrong) = read(file("a.atom", ATOM))
    assert (one.id, one.text, one.author, one.date, wrong) == ("urn:1", TEXT, "Ann", dt.date(2019, 3, 6), [])


@pytest.mark.parametrize(
    "content", ["", "<rss", "<html><body>no feed</body></html>", "<rss><channel/></rss>"]
)
def test_no_feed(file: Any, content: str) -> None:
    _, (wrong,) = read(file("a.xml", content))
    assert wrong.problem is Problem.BAD_FEED


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("Plain & simple", "Plain & simple"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("<p>One <b>bold</b> word</p><p>Two</p>", "One bold word\n\nTwo"),
        ("One<br>two<script>alert(1)</script>", "One\n\ntwo"),
        ("<ul><li>a</li><li>b</li></ul>", "a\n\nb"),
    ],
)
def test_the_text_of_a_piece_of_html(html: str, text: str) -> None:
    assert plain(html) == text


def test_an_address_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = {"https://p.org/feed": FEED, "http://p.org/page": PAGE}
    monkeypatch.setattr(opening, "fetch", lambda address: pages[address].encode())
    found, _ = read("https://p.org/feed", "http://p.org/page")
    assert [a.id for a in found] == ["g1", "g3", "http://p.org/page"]
    assert found[2].url == "http://p.org/page"


def test_an_address_that_cannot_be_fetched() -> None:
    _, (wrong,) = read("http://127.0.0.1:9/feed")
    assert wrong.problem is Problem.NOT_FETCHED


def test_warc(file: Any) -> None:
    page = PAGE.encode()
    path = file(
        "news.warc.gz",
        warc(
            ("https://one.org/a", "text/html; charset=utf-8", page, 200),
            ("https://one.org/b.png", "image/png", b"\x89PNG", 200),
            ("https://one.org/c", "text/html", page, 404),
            ("https://one.org/d", "text/html", b"<html><body></body></html>", 200),
            ("https://two.org/e", "text/html", page.replace(b"Kenya", b"Uganda"), 200),
        ),
    )
    (one, two), (wrong,) = read(path)
    assert (one.id, one.url, one.date) == ("https://one.org/a", "https://one.org/a", dt.date(2019, 3, 7))
    assert one.source == f"{path}@0" and "Uganda accused" in two.text
    assert wrong.problem is Problem.NO_MAIN_TEXT and wrong.place.startswith(f"{path}@")


@pytest.mark.parametrize("cut", [10, 300, -20])
def test_a_warc_that_ends_early_keeps_what_came_before(file: Any, cut: int) -> None:
    whole = warc(*((f"https://one.org/{n}", "text/html", PAGE.encode(), 200) for n in range(3)))
    found, wrong = read(file("a.warc.gz", whole[:cut]))
    assert len(found) == (2 if cut < 0 else 0) and wrong
    assert {e.problem for e in wrong} <= {Problem.BAD_ARCHIVE, Problem.EMPTY}


def test_a_warc_is_read_on_after_damage(file: Any) -> None:
    whole = warc(*((f"https://one.org/{n}", "text/html", PAGE.encode(), 200) for n in range(2)))
    second = whole.index(b"\x1f\x8b", 10)
    path = file("a.warc.gz", whole[:second] + b"nothing" * 9 + whole[second:])
    found, (wrong,) = read(path)
    assert [a.source for a in found] == [f"{path}@0", f"{path}@{second + 63}"]
    assert wrong.problem is Problem.BAD_ARCHIVE


@pytest.mark.parametrize(
    ("given", "ids"),
    [(TEXT.encode(), ["stdin"]), (json.dumps(row()).encode(), ["1"]), (FEED.encode(), ["g1", "g3"])],
    ids=["text", "JSON lines", "feed"],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, given: bytes, ids: list[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), encoding="utf-8"))
    assert [a.id for a in read("-")[0]] == ids


def test_how_far_it_is(file: Any, tmp_path: Path) -> None:
    file("in/a.jsonl", "\n".join(json.dumps(row(id=n)) for n in range(200)))
    file("in/b.txt", TEXT)
    progress, last = Progress(), 0
    for _ in articles([tmp_path / "in"], progress=progress):
        assert last <= progress.done <= progress.total
        last = progress.done
    assert progress.done == progress.total == sum(p.stat().st_size for p in (tmp_path / "in").iterdir())


@pytest.mark.parametrize(("columns", "date"), [({"body": "x"}, None), ({}, "someday")])
def test_a_wrong_option_is_told_at_once(columns: dict[str, str], date: str | None) -> None:
    with pytest.raises(DatelineError, match=r"E20[13]"):
        articles(["x"], columns=columns, date=date)


def damaged(content: bytes, chance: random.Random) -> Iterator[bytes]:
    """A file cut short, with bits turned over, with a piece twice, with other bytes in it."""
    at = chance.randrange(len(content))
    yield content[:at]
    turned = bytearray(content)
    for _ in range(chance.choice((1, 8, 64))):
        turned[chance.randrange(len(turned))] ^= 1 << chance.randrange(8)
    yield bytes(turned)
    yield content[:at] + content[at // 2 :]
    yield content[:at] + chance.randbytes(50) + content[at:]


@pytest.mark.parametrize(
    "kind", ["jsonl", "json", "csv", "parquet", "rss", "warc", "warc.gz", "txt.gz", "html"]
)
def test_damage_is_reported_and_never_raised(file: Any, kind: str) -> None:
    rows = [row(id=n, text=f"{TEXT} {OTHER} {n}") for n in range(4)]
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([{**r, "id": str(r["id"])} for r in rows]), buffer)
    archive = warc(*((f"https://one.org/{n}", "text/html", PAGE.encode(), 200) for n in range(2)))
    whole = {
        "jsonl": "\n".join(map(json.dumps, rows)).encode(),
        "json": json.dumps(rows).encode(),
        "csv": b"id,text\n" + b"".join(f'{r["id"]},"{r["text"]}"\n'.encode() for r in rows),
        "parquet": buffer.getvalue(),
        "rss": FEED.encode(),
        "warc": gzip.decompress(archive),
        "warc.gz": archive,
        "txt.gz": gzip.compress(TEXT.encode()),
        "html": PAGE.encode(),
    }[kind]
    chance = random.Random(kind)
    for _ in range(15):
        for content in damaged(whole, chance):
            found, wrong = read(file(f"a.{kind}", content))
            assert found or wrong, content
            assert all("\n" not in str(e) for e in wrong)
