"""Records read to be exported: a file that anybody may have written."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.errors import DatelineError
from dateline.exports import dyads, formats, graphs
from dateline.exports.exported import exported
from dateline.exports.read import read_events
from dateline.record import Event


def read(path: Path, *records: Any) -> list[Event | DatelineError]:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return list(read_events(path))


def test_records_come_back(events: list[Event], tmp_path: Path) -> None:
    assert read(tmp_path / "x", *(event.to_dict() for event in events)) == events


def change(*path: str, to: object) -> Callable[[dict[str, Any]], None]:
    def apply(record: dict[str, Any]) -> None:
        for key in path[:-1]:
            record = record[key]
        record[path[-1]] = to

    return apply


@pytest.mark.parametrize(
    "spoil",
    [
        change("date", to="last week"),
        change("date", to="20240312"),
        change("date", to=""),
        change("date", to="2024-13-45"),
        change("cite_info", "date", to="yesterday"),
        change("coded_date", to="2024-3-1"),
        change("event_scale", to=float("inf")),
        change("event_loc", "lat", to=float("nan")),
        change("event_loc", "lon", to=999.0),
        change("size", to={"dead": 10**30}),
        change("event_loc", "geonameid", to=10**30),
        change("text", to="\ud800"),
        change("cameo", to="١٩"),
        change("cameo", to="1\t9"),
        change("quad_code", to=9),
        change("actor", to=None),
    ],
)
def test_what_no_format_can_hold_is_set_aside(
    spoil: Callable[[dict[str, Any]], None], events: list[Event], tmp_path: Path
) -> None:
    record = events[0].to_dict()
    spoil(record)
    (found,) = read(tmp_path / "x", record)
    assert isinstance(found, DatelineError) and "x:1" in str(found)


TEXTS = st.text(max_size=30)


@given(words=TEXTS, code=TEXTS, cameo=st.from_regex("[0-9]{0,5}", fullmatch=True), day=st.dates().map(str))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_can_be_written(
    words: str, code: str, cameo: str, day: str, events: list[Event], tmp_path: Path
) -> None:
    """What is read is written in every format, each row with its number of cells; the rest is set aside."""
    record = events[6].to_dict()
    record |= {"date": day, "cameo": cameo, "doc": words, "event_text": words, "text": words, "mode": [words]}
    record["actor"][0] |= {
        "code": code,
        "cameo": code,
        "sector": code,
        "identifier_text": words,
        "office": words,
    }
    record["event_loc"] |= {"resolved_place": words, "province": words, "country_code": code}
    record["cite_info"] |= {"publication": words, "url": words, "title": words}
    for event in read(tmp_path / "x", record):
        if isinstance(event, DatelineError):
            continue
        for form, tabbed in formats.TABBED.items():
            out = io.StringIO(newline="")
            done = formats.write([exported(event)], form, out, None)
            lines = out.getvalue().split("\n")
            assert len(lines) == done.rows + tabbed.head + 1
            assert all(line.count("\t") == len(tabbed.columns) - 1 for line in lines[:-1])
            out.getvalue().encode()
        for form in ("plover", "geojson", "csv"):
            formats.write([exported(event)], form, io.StringIO(), None)
        formats.write([exported(event)], "parquet", None, tmp_path / "x.parquet")
        deeds = [one for one in (dyads.deed(event, "sector"),) if one]
        for period in dyads.PERIODS:
            graphs.write_series(dyads.series(deeds, period), "csv", io.StringIO(), None)
        ElementTree.fromstring(graphs.graphml(dyads.network(deeds)))
