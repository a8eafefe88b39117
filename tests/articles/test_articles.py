"""The hand-coded articles are well formed, and the coder comes near to their gold, which stays as written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dateline import Coder
from dateline.evaluate import evaluate
from dateline.knowledge.codebook import event_types
from dateline.knowledge.tables import read_file
from dateline.sources import read

HERE = Path(__file__).parent
DATES = {row["doc"]: row["date"] for row in read_file(HERE / "dates.tsv", required=("doc", "date"))}
GOLD = [json.loads(line) for line in (HERE / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
LEAST_F1 = 0.70
AUX = {"historical", "future", "hypothetical", "negation"}


@pytest.mark.parametrize("gold", GOLD, ids=lambda g: g["id"])
def test_gold_event(gold: dict[str, Any]) -> None:
    text = (HERE / f"{gold['doc']}.txt").read_text(encoding="utf-8")
    assert text[gold["start"] : gold["end"]] == gold["evidence"]
    assert all(0 <= first < last <= len(text) for first, last in gold.get("also", []))
    assert gold["event"] and set(gold["event"]) <= set(event_types())
    assert {*gold["aux"], *gold.get("aux_ok", [])} <= AUX
    if gold["date"]:
        assert gold["date"][0] <= gold["date"][1]


def test_each_article_has_a_date_and_gold() -> None:
    assert {g["doc"] for g in GOLD} == set(DATES) == {path.stem for path in HERE.glob("*.txt")}
    assert len({g["id"] for g in GOLD}) == len(GOLD)


def test_sentences_without_events() -> None:
    rows = read_file(HERE / "no_events.tsv", required=("sentence", "why"))
    assert len({row["sentence"] for row in rows}) == len(rows) == 40
    assert all(row["why"] for row in rows)


def test_constructions() -> None:
    columns = ("construction", "sentence", "event", "actor", "recipient", "aux", "note")
    rows = read_file(HERE / "constructions.tsv", required=columns)
    assert len({row["sentence"] for row in rows}) >= 150
    for row in rows:
        assert row["construction"] and row.many("event"), row
        assert set(row.many("event")) <= {*event_types(), "NONE"}, row
        assert set(row.many("aux")) <= AUX | {"-"}, row
        assert not ("+" in row["actor"] and "|" in row["actor"]), row
        assert not ("+" in row["recipient"] and "|" in row["recipient"]), row


def test_articles_are_coded_like_the_gold(tmp_path: Path) -> None:
    coder, records = Coder(), tmp_path / "records.jsonl"
    lines = [coder.code(read(HERE / f"{doc}.txt", date=day)).to_jsonl() for doc, day in DATES.items()]
    records.write_text("".join(lines), encoding="utf-8")
    figures = evaluate(HERE / "gold.jsonl", records)
    assert float(figures["f1"]) >= LEAST_F1, figures
