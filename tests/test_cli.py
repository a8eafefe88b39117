"""The command line: what each command prints, where to, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from dateline import __version__
from dateline.flat import COLUMNS
from dateline.record import json_schema

RECALL = "Kenya recalled its ambassador from Somalia on Tuesday.\n"
STRIKE = "Turkish warplanes bombed a village in northern Syria on Monday, killing four people.\n"
DAY = ("--date", "2024-03-13")
COMMANDS = ("code", "annotate", "relate", "resolve", "lexicon", "schema", "evaluate", "version")


Run = Callable[..., Any]


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "recall.txt"
    path.write_text(RECALL, encoding="utf-8")
    return path


def write_lines(path: Path, lines: Sequence[object]) -> Path:
    """A file of JSON lines; text goes in as it is."""
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    return path


def test_code_gives_a_pipe_json_lines(run: Run, article: Path) -> None:
    done = run("code", article, *DAY)
    assert (done.status, done.err) == (0, "")
    (event,) = done.lines
    assert (event["doc"], event["event"], event["date"]) == ("recall", ["SANCTION"], "2024-03-12")
    assert (event["actor"][0]["code"], event["recipient"][0]["code"]) == ("KEN", "SOM")


def test_code_gives_a_terminal_a_table(run: Run, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.commands.coding.sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "120")
    done = run("code", article, *DAY)
    assert done.status == 0
    for word in ("2024-03-12", "SANCTION", "KEN", "SOM", "actor", "recipient"):
        assert word in done.out
    assert run("code", article, *DAY, "--out", article.with_suffix(".out")).out == ""
    assert article.with_suffix(".out").read_text(encoding="utf-8").startswith("{")


def test_table_with_evidence_shows_the_passage(run: Run, article: Path) -> None:
    done = run("code", article, *DAY, "--format", "table", "--evidence")
    assert "“Kenya recalled its ambassador" in done.out
    assert "recalled" in done.out and ".tsv:" in done.out


def test_evidence_asks_for_the_table(run: Run, article: Path) -> None:
    assert "“Kenya" in run("code", article, *DAY, "--evidence").out
    done = run("code", article, "--evidence", "--format", "csv")
    assert (done.status, len(done.complaints)) == (2, 1)


def test_table_of_no_events_says_so(run: Run) -> None:
    done = run(
        "code", "-", "--format", "table", stdin=b"The weather was mild and the town was quiet all day."
    )
    assert (done.status, done.out.strip()) == (0, "no events")


def test_table_of_several_names_each(run: Run, article: Path, tmp_path: Path) -> None:
    other = tmp_path / "strike.txt"
    other.write_text(STRIKE, encoding="utf-8")
    done = run("code", article, other, "--format", "table")
    assert "recall" in done.out and "strike" in done.out


def test_json_is_one_list(run: Run, article: Path) -> None:
    records = json.loads(run("code", article, *DAY, "--format", "json").out)
    assert [r["event"] for r in records] == [["SANCTION"]]


def test_csv_has_a_head_and_a_row_a_record(run: Run, article: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("code", article, *DAY, "--format", "csv").out)))
    assert list(rows[0]) == list(COLUMNS)
    assert (rows[0]["actor_code"], rows[0]["recipient_code"], rows[0]["event"]) == ("KEN", "SOM", "SANCTION")


def test_parquet_goes_to_a_file(run: Run, article: Path, tmp_path: Path) -> None:
    path = tmp_path / "events.parquet"
    done = run("code", article, *DAY, "--format", "parquet", "--out", path)
    assert (done.status, done.out) == (0, "")
    assert pq.read_table(path).column("event").to_pylist() == ["SANCTION"]


def test_parquet_without_a_file_is_refused(run: Run, article: Path) -> None:
    done = run("code", article, "--format", "parquet")
    assert done.status == 2
    assert done.complaints == ["E203 --format parquet: Parquet needs a file, --out PATH: see dateline --help"]


@pytest.mark.parametrize("form", ["jsonl", "json", "csv", "table"])
def test_out_holds_what_a_pipe_would_get(run: Run, article: Path, tmp_path: Path, form: str) -> None:
    path = tmp_path / "out"
    printed = run("code", article, *DAY, "--format", form)
    written = run("code", article, *DAY, "--format", form, "--out", path)
    assert (written.status, written.out) == (0, "")
    assert path.read_bytes().decode("utf-8") == printed.out


def test_out_alone_is_json_lines(run: Run, article: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    assert run("code", article, *DAY, "--out", path).status == 0
    assert json.loads(path.read_text(encoding="utf-8"))["doc"] == "recall"


def test_several_paths_in_their_order(run: Run, article: Path, tmp_path: Path) -> None:
    other = tmp_path / "a-strike.txt"
    other.write_text(STRIKE, encoding="utf-8")
    done = run("code", article, other, article)
    assert list(dict.fromkeys(e["doc"] for e in done.lines)) == ["recall", "a-strike"]


def test_workers_change_nothing(run: Run, article: Path, tmp_path: Path) -> None:
    other = tmp_path / "strike.txt"
    other.write_text(STRIKE, encoding="utf-8")
    paths = [article, other]
    assert run("code", *paths, *DAY, "--workers", "2").out == run("code", *paths, *DAY).out


def test_a_dash_is_standard_input(run: Run) -> None:
    done = run("code", "-", *DAY, stdin=RECALL.encode())
    assert [e["doc"] for e in done.lines] == ["stdin"]


def test_code_reads_json_lines(run: Run, tmp_path: Path) -> None:
    rows = [
        {"id": "a", "text": RECALL, "date": "2020-01-08"},
        {"id": "b", "text": RECALL},
    ]
    done = run("code", write_lines(tmp_path / "articles.jsonl", rows), *DAY)
    assert [(e["doc"], e["date"]) for e in done.lines] == [("a", "2020-01-07"), ("b", "2024-03-12")]


def test_without_a_date_the_day_is_not_known(run: Run, article: Path) -> None:
    (event,) = run("code", article).lines
    assert (event["date"], event["date_precision"]) == (None, "unknown")


def test_annotate_prints_every_layer(run: Run, article: Path) -> None:
    (found,) = run("annotate", article, *DAY).lines
    layers = ("sentences", "actors", "places", "dates", "quantities", "quotes", "predicates", "entities")
    assert {"doc", "title", "text", "date", "events", *layers} <= set(found)
    assert found["text"] == RECALL
    assert [d["value"] for d in found["dates"]] == ["2024-03-12"]
    assert found["actors"][0]["text"] == "Kenya" and found["events"]


def test_annotate_reads_lines_and_writes_a_file(run: Run, tmp_path: Path) -> None:
    lines = write_lines(tmp_path / "in.jsonl", [{"id": 1, "text": RECALL}, {"id": "two", "text": STRIKE}])
    done = run("annotate", "--in", lines, "--out", tmp_path / "out.jsonl")
    assert (done.status, done.out, done.err) == (0, "", "")
    written = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["doc"] for line in written] == ["1", "two"]


def test_a_bad_line_is_set_aside(run: Run, tmp_path: Path) -> None:
    lines = write_lines(
        tmp_path / "in.jsonl",
        [{"id": "a", "text": RECALL}, '{"id": "b", "text": ', {"id": "c"}, {"id": "d", "text": STRIKE}],
    )
    done = run("annotate", "--in", lines)
    assert done.status == 1
    assert [found["doc"] for found in done.lines] == ["a", "d"]
    assert len(done.complaints) == 2
    for number, complaint in zip((2, 3), done.complaints, strict=True):
        assert complaint.startswith(f"set aside: E202 {lines}:{number}: ")
        assert complaint.endswith(": correct the line")


def test_relate_answers_each_pair_in_order(run: Run, tmp_path: Path) -> None:
    sentence = "France condemned the Russian attack on Odesa."
    pairs = [
        {"id": 1, "sentence": sentence, "source": [0, 6], "target": [21, 28]},
        {"id": 2, "sentence": sentence, "source": "Russian", "target": "Odesa"},
    ]
    done = run("relate", "--in", write_lines(tmp_path / "pairs.jsonl", pairs))
    assert [(r["id"], r["event"]) for r in done.lines] == [(1, "ACCUSE"), (2, "ASSAULT")]
    assert {"mode", "aux", "quad_code", "confidence", "scores"} <= set(done.lines[0])


@pytest.mark.parametrize(
    ("pair", "what"),
    [
        ({"source": [0, 6], "target": [2, 4]}, "sentence is not text"),
        ({"sentence": RECALL, "source": [0, 6]}, "target is neither text nor [start, end]"),
        (
            {"sentence": RECALL, "source": [0, 600], "target": "Somalia"},
            "[0, 600) is not inside the sentence",
        ),
        ({"sentence": RECALL, "source": [4, 4], "target": "Somalia"}, "[4, 4) is not inside the sentence"),
        ({"sentence": "  ", "source": "a", "target": "b"}, "there is no text in it"),
        ("[1]", "not a JSON object"),
        ("{", "not JSON"),
    ],
)
def test_relate_sets_a_bad_pair_aside(run: Run, tmp_path: Path, pair: object, what: str) -> None:
    good = {"id": 1, "sentence": RECALL, "source": "Kenya", "target": "Somalia"}
    lines = write_lines(tmp_path / "pairs.jsonl", [good, pair])
    done = run("relate", "--in", lines)
    assert (done.status, len(done.lines), len(done.complaints)) == (1, 1, 1)
    assert f"{lines}:2" in done.err and what in done.err


def test_resolve_names_codes_and_sectors(run: Run, tmp_path: Path) -> None:
    phrases = [
        {"id": 1, "text": "French police"},
        {
            "id": 2,
            "text": "the German foreign minister",
            "context": "He spoke in Berlin.",
            "date": "2020-06-10",
        },
        {"id": 3, "text": "a cup of tea"},
    ]
    done = run("resolve", "--in", write_lines(tmp_path / "phrases.jsonl", phrases))
    assert [(r["code"], r["sector"]) for r in done.lines] == [("FRA", "COP"), ("DEU", "GOV"), (None, None)]
    assert set(done.lines[0]) == {"id", "code", "sector", "other_sectors", "identifier_text"}


@pytest.mark.parametrize(
    "phrase",
    [{"text": ""}, {"text": 3}, {"text": "police", "date": "2015-13-45"}, {"text": "police", "context": 4}],
)
def test_resolve_sets_a_bad_phrase_aside(run: Run, tmp_path: Path, phrase: object) -> None:
    lines = write_lines(tmp_path / "phrases.jsonl", [phrase, {"id": 2, "text": "Mali"}])
    done = run("resolve", "--in", lines)
    assert (done.status, [r["code"] for r in done.lines]) == (1, ["MLI"])
    assert len(done.complaints) == 1 and f"{lines}:1" in done.err


def test_lexicon_shows_entries_and_reading(run: Run) -> None:
    done = run("lexicon", "Kenya summoned the Somali ambassador.")
    assert done.status == 0
    first, *more = done.out.splitlines()
    assert first == "summoned (verb: summon)"
    assert all(line.startswith("    ") for line in more)
    assert any("verbs/" in line and ".tsv:" in line for line in more)


def test_schema_is_the_records_schema(run: Run) -> None:
    assert json.loads(run("schema").out) == json_schema()


def test_version(run: Run) -> None:
    assert run("version").out == f"dateline {__version__}\n"


def test_evaluate_scores_records(run: Run, article: Path, tmp_path: Path) -> None:
    records = tmp_path / "records.jsonl"
    run("code", article, *DAY, "--out", records)
    gold = {"doc": "recall", "event": ["SANCTION"], "actor": [["KEN"]], "recipient": [["SOM"]]}
    there = {**gold, "start": 0, "end": 54, "date": ["2024-03-12", "2024-03-12"], "aux": []}
    missed = {**gold, "start": 0, "end": 5, "event": ["AID"]}
    done = run("evaluate", write_lines(tmp_path / "gold.jsonl", [there, missed]), records)
    figures = dict(line.split() for line in done.out.splitlines())
    assert (figures["right"], figures["missed"], figures["false"]) == ("1", "1", "0")
    assert (figures["precision"], figures["recall"], figures["f1"]) == ("1.000", "0.500", "0.667")
    assert (figures["date_agreement"]) == "1/1"
    piped = run("evaluate", tmp_path / "gold.jsonl", stdin=records.read_bytes())
    assert piped.out == done.out


@pytest.mark.parametrize(
    "line",
    ["{", "[]", '{"start": 1, "end": 2}', '{"event": "AID"}', '{"event": ["AID"], "start": "1", "end": 2}'],
)
def test_evaluate_refuses_a_bad_line(run: Run, tmp_path: Path, line: str) -> None:
    gold = write_lines(tmp_path / "gold.jsonl", [line])
    done = run("evaluate", gold, gold)
    assert (done.status, len(done.complaints)) == (2, 1)
    assert done.err.startswith(f"E202 {gold}:1: ")


@pytest.mark.parametrize(
    ("arguments", "code", "named"),
    [
        ((), "", ""),
        (("nothing",), "E203", "nothing"),
        (("code",), "E203", "no article is named"),
        (("code", "--nothing"), "E203", "--nothing"),
        (("code", "x", "--format", "xml"), "E203", "xml"),
        (("code", "x", "--workers", "0"), "E203", "--workers"),
        (("code", "x", "--date", "2015-13-45"), "E201", "2015-13-45"),
        (("code", "x", "--date", "yesterday"), "E201", "yesterday"),
        (("code", "x", "--model", "no_such_model"), "E302", "no_such_model"),
        (("code", "x", "--actors", "no/such.tsv"), "E101", "no/such.tsv"),
        (("code", "no/such.txt"), "E101", "no/such.txt"),
        (("annotate", "--in", "no/such.jsonl"), "E101", "no/such.jsonl"),
        (("relate",), "E203", "--in"),
        (("relate", "--in", "no/such.jsonl"), "E101", "no/such.jsonl"),
        (("resolve", "--in", "."), "E102", "."),
        (("lexicon", " "), "E103", "sentence"),
        (("evaluate", "no/such.jsonl"), "E101", "no/such.jsonl"),
        (("evaluate", "."), "E102", "."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_wrong_call_ends_with_two(run: Run, arguments: tuple[str, ...], code: str, named: str) -> None:
    done = run(*arguments)
    assert done.status == 2
    if code:
        (line,) = done.complaints
        assert code in line and named in line and ": " in line


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_a_file_that_cannot_be_written(run: Run, article: Path, tmp_path: Path, form: str) -> None:
    done = run("code", article, "--format", form, "--out", tmp_path / "none" / "out")
    assert (done.status, len(done.complaints)) == (2, 1)
    assert done.err.startswith("E110 ") and "none" in done.err


def test_some_set_aside_ends_with_one(run: Run, article: Path, tmp_path: Path) -> None:
    done = run("code", article, tmp_path / "none.txt", *DAY)
    assert (done.status, len(done.lines)) == (1, 1)
    assert done.complaints == [
        f"set aside: E101 {tmp_path / 'none.txt'}: there is no such file: check the path"
    ]


def test_a_fault_of_ours_stops_one_article_only(
    run: Run, article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dateline import coder

    right = coder.code_article

    def fails(given: Any, options: Any) -> Any:
        if given.id == "bad":
            raise KeyError("lost")
        return right(given, options)

    monkeypatch.setattr(coder, "code_article", fails)
    bad = tmp_path / "bad.txt"
    bad.write_text(STRIKE, encoding="utf-8")
    done = run("code", bad, article)
    assert (done.status, [e["doc"] for e in done.lines]) == (1, ["recall"])
    assert done.complaints[0].startswith("set aside: E901 bad: ")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(run: Run, command: str) -> None:
    done = run(command, "--help")
    assert done.status == 0
    assert f"dateline {command}" in done.out


def _process(*arguments: str | Path, **more: Any) -> subprocess.Popen[bytes]:
    call = [sys.executable, "-c", "from dateline.cli import main; main()", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, **more)


def test_a_reader_who_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "many.txt"
    path.write_text("\n\n".join(f"{STRIKE.strip()} {n}" for n in range(40)), encoding="utf-8")
    process = _process("annotate", path)
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 0


def test_streams_and_status_of_a_process(article: Path) -> None:
    process = _process("code", article, "none.txt", *DAY)
    out, err = process.communicate()
    assert process.returncode == 1
    assert json.loads(out)["doc"] == "recall"
    assert err == b"set aside: E101 none.txt: there is no such file: check the path\n"
