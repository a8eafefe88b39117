"""Records as rows, files and the terminal's table."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from dateline.errors import DatelineError
from dateline.exports import files, table
from dateline.flat import COLUMNS, SIZES, row
from dateline.record import Attribution, CiteInfo, Entity, Event, Place, Telling, TextInfo

TEXT = "Kenya and Chad accused Mali of theft, and Togo and Peru said 9 men died."


def entity(code: str | None, start: int, **more: str) -> Entity:
    return Entity(code=code, entity_text=TEXT[start : start + 4], start=start, end=start + 4, **more)


def event(**changes: object) -> Event:
    fields: dict[str, object] = {
        "id": "dl-1",
        "doc": "a",
        "date": "2024-03-12",
        "enddate": "2024-03-14",
        "date_precision": "day",
        "actor": [entity("KEN", 0, sector="GOV", identifier_text="Kenya"), entity("TCD", 10)],
        "recipient": [entity("MLI", 23)],
        "event": ["ACCUSE"],
        "mode": ["allege"],
        "context": ["legal", "economic"],
        "aux": ["negation"],
        "quad_code": 3,
        "event_scale": -2.0,
        "cameo": "112",
        "event_loc": Place(extracted_place="Togo", country_code="TGO", lat=8.5, lon=1.1, start=42, end=46),
        "size": {"dead": 9},
        "attribution": [Attribution(entity_text="Peru", cue="said", start=51, end=55)],
        "event_text": "accused",
        "text": TEXT,
        "text_info": TextInfo(sequence=0, start=0, end=len(TEXT)),
        "mentions": [Telling(start=0, end=len(TEXT), trigger_start=15, trigger_end=22)],
        "cite_info": CiteInfo(title="Theft", date="2024-03-13"),
        "why": {"event": "verbs/accuse.tsv:8 accuse"},
        "confidence": 0.7,
        "coder": "dateline 0",
        "coded_date": "2024-03-13",
    }
    return Event(**{**fields, **changes})  # type: ignore[arg-type]


def test_a_row_joins_lists_in_one_order() -> None:
    found = row(event())
    assert list(found) == list(COLUMNS)
    assert (found["actor_code"], found["actor_sector"], found["actor_text"]) == (
        "KEN; TCD",
        "GOV; ",
        "Keny; Chad",
    )
    assert (found["context"], found["aux"], found["dead"], found["injured"]) == (
        "legal; economic",
        "negation",
        9,
        None,
    )
    assert (found["place"], found["place_country"], found["lat"], found["tellings"]) == (
        "Togo",
        "TGO",
        8.5,
        1,
    )
    assert found["attribution"] == "Peru" and found["why"] == "verbs/accuse.tsv:8 accuse"


def test_a_row_of_little() -> None:
    found = row(
        event(actor=[], recipient=[], event_loc=None, size={}, date=None, enddate=None, attribution=[])
    )
    for name in ("actor_code", "recipient_code", "attribution"):
        assert found[name] == ""
    for name in ("place", "lat", "date", "dead"):
        assert found[name] is None


def test_each_column_has_its_kind() -> None:
    for name, value in row(event()).items():
        assert value is None or isinstance(value, COLUMNS[name][0]), name
    assert set(SIZES) <= set(COLUMNS)


def test_json_lines_and_json_say_the_same() -> None:
    lines, whole = io.StringIO(), io.StringIO()
    files.write_jsonl([event(), event(id="dl-2")], lines)
    files.write_json([event(), event(id="dl-2")], whole)
    assert [json.loads(line) for line in lines.getvalue().splitlines()] == json.loads(whole.getvalue())


def test_csv_keeps_what_it_is_given() -> None:
    given = [event(text='two\nlines, "quoted"; é'), event(id="dl-2", date=None)]
    out = io.StringIO(newline="")
    files.write_csv(given, out)
    found = list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))
    assert [r["id"] for r in found] == ["dl-1", "dl-2"]
    assert (found[0]["text"], found[1]["date"]) == ('two\nlines, "quoted"; é', "")
    assert found[0]["event_scale"] == "-2.0", "a number stays a number"


def test_parquet_keeps_kinds(tmp_path: Path) -> None:
    path = tmp_path / "events.parquet"
    files.write_parquet([event(), event(id="dl-2", event_loc=None)], path)
    found = pq.read_table(path).to_pylist()
    assert found == [row(event()), row(event(id="dl-2", event_loc=None))]


def test_parquet_needs_a_file() -> None:
    with pytest.raises(DatelineError, match="Parquet needs a file"):
        files.write([], "parquet", io.StringIO(), None)


def shown(events: list[Event], text: str | None = None, width: int = 160) -> str:
    out = io.StringIO()
    table.show(events, text, Console(file=out, width=width))
    return out.getvalue()


def test_the_table_says_who_did_what_to_whom() -> None:
    found = shown([event()])
    for part in ("2024-03-12 – 2024-03-14", "KEN GOV + TCD", "ACCUSE allege", "(negation)", "MLI", "9 dead"):
        assert part in found, part
    assert "Kenya and Chad accused → Mali · Togo · says Peru" in found


def test_days_in_their_order_the_undated_last() -> None:
    found = shown(
        [event(date=None, enddate=None), event(date="2024-03-15", enddate=None), event(date="2024-03-01")]
    )
    places = [found.index(day) for day in ("2024-03-01", "2024-03-15", table.UNDATED)]
    assert places == sorted(places)


def test_evidence_quotes_the_passage_and_the_reason() -> None:
    found = " ".join(shown([event()], TEXT, 200).split())
    assert f"“{TEXT}”" in found or "“Kenya and Chad accused Mali" in found
    assert "verbs/accuse.tsv:8 accuse" in found and f"[0–{len(TEXT)}]" in found


def test_evidence_marks_the_parts() -> None:
    passage = table.passage(event(), TEXT)
    marked = {passage.plain[s.start : s.end]: str(s.style) for s in passage.spans}
    assert "magenta" in marked["accused"] and "cyan" in marked["Chad"] and "yellow" in marked["Mali"]


@settings(deadline=None, max_examples=60, derandomize=True)
@given(st.text(max_size=40), st.integers(20, 200))
def test_any_words_can_be_shown(words: str, width: int) -> None:
    given = event(
        event_text=words,
        actor=[Entity(entity_text=words, identifier_text=words or None, start=0, end=1)],
        why={"event": words},
    )
    found = shown([given], TEXT, width)
    assert "\x1b" not in found and "\r" not in found
