"""Series and networks."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pyarrow.parquet as pq
import pytest

from dateline.errors import DatelineError
from dateline.exports import dyads, graphs
from dateline.exports.dyads import Deed
from dateline.record import Event

KEN_ROU = ("KEN", "ROU")


def deed(
    date: str | None, scale: float, quad: int = 4, precision: str = "day", **sides: tuple[str, ...]
) -> Deed:
    actors, recipients = sides.get("actors", ("KEN",)), sides.get("recipients", ("ROU",))
    return Deed(date, precision, actors, recipients, quad, scale, None)


def test_a_record_that_did_not_happen_counts_nothing(events: list[Event]) -> None:
    found = [dyads.deed(event, "code") for event in events]
    assert [one is None for one in found] == [False, False, False, True, True, False, False]


def test_pairs_of_distinct_codes(events: list[Event]) -> None:
    found = dyads.deed(events[1], "code")
    assert found is not None
    assert (found.actors, found.recipients, found.dead) == (("KEN", "UNO"), ("ROU",), 3)


def test_parties_by_sector(events: list[Event]) -> None:
    found = dyads.deed(events[1], "sector")
    assert found is not None
    assert (found.actors, found.recipients) == (("KEN GOV", "UNO GOV"), ("ROU MIL",))


def test_a_series_by_day(events: list[Event]) -> None:
    deeds = [one for event in events if (one := dyads.deed(event, "code"))]
    rows = dyads.series(deeds, "day")
    assert [(r["date"], r["actor"], r["recipient"], r["events"]) for r in rows] == [
        ("2024-03-12", "KEN", "ROU", 3),
        ("2024-03-12", "UNO", "ROU", 1),
    ]
    first = rows[0]
    assert [first[q] for q in dyads.QUADS] == [0, 0, 2, 1]
    assert first["mean_scale"] == pytest.approx((-2.5 - 9.0 - 2.5) / 3) and first["dead"] == 3
    assert list(first) == list(graphs.SERIES_COLUMNS)


@pytest.mark.parametrize(
    ("day", "week"),
    [
        ("2024-03-11", "2024-03-11"),
        ("2024-03-17", "2024-03-11"),
        ("2024-01-01", "2024-01-01"),
        ("2023-01-01", "2022-12-26"),
        ("0001-01-03", "0001-01-01"),
    ],
)
def test_weeks_begin_on_monday(day: str, week: str) -> None:
    assert dyads.first_day(day, "week") == week


def test_months_and_days() -> None:
    assert dyads.first_day("2024-02-29", "month") == "2024-02-01"
    assert dyads.first_day("2024-02-29", "day") == "2024-02-29"


def test_what_is_known_less_precisely_is_in_no_finer_period() -> None:
    deeds = [deed("2024-03-04", -1.0, precision="week"), deed("2024-03-01", -1.0, precision="month")]
    deeds += [deed("2024-01-01", -1.0, precision="year"), deed(None, -1.0, precision="unknown")]
    counts = {
        period: sum(int(r["events"] or 0) for r in dyads.series(deeds, period)) for period in dyads.PERIODS
    }
    assert counts == {"day": 0, "week": 1, "month": 2}


def test_the_order_of_the_input_does_not_matter() -> None:
    deeds = [deed(f"2024-03-{n:02}", n / 2) for n in range(1, 29)]
    assert dyads.series(deeds, "month") == dyads.series(deeds[::-1], "month")


def test_a_network() -> None:
    deeds = [
        deed("2024-03-01", -9.0),
        deed(None, 4.0, 1),
        deed("2024-03-01", 3.0, 2, actors=("ROU",), recipients=()),
    ]
    found = dyads.network([*deeds, deed("2024-03-01", 2.0, 2, actors=("TCD",), recipients=("KEN",))])
    assert found.nodes == ("KEN", "ROU", "TCD")
    rows = {(r["source"], r["target"]): r for r in dyads.edge_rows(found)}
    assert {pair: (r["weight"], r["sign"], r["mean_scale"]) for pair, r in rows.items()} == {
        KEN_ROU: (2, -1, -2.5),
        ("TCD", "KEN"): (1, 1, 2.0),
    }


def test_node_link_json() -> None:
    out = io.StringIO()
    graphs.write_network(dyads.network([deed("2024-03-01", -9.0)]), "json", out)
    found = json.loads(out.getvalue())
    assert found["directed"] and [n["id"] for n in found["nodes"]] == ["KEN", "ROU"]
    assert (found["links"][0]["source"], found["links"][0]["weight"]) == ("KEN", 1)


def test_networkx_reads_both() -> None:
    networkx = pytest.importorskip("networkx", reason="networkx is not installed: pip install '.[readers]'")
    found = dyads.network([deed("2024-03-01", -9.0), deed("2024-03-01", 2.0, actors=("TCD",))])
    first = networkx.node_link_graph(graphs.node_link(found), edges="links")
    second = networkx.parse_graphml(graphs.graphml(found))
    for graph in (first, second):
        assert set(graph.edges) == {KEN_ROU, ("TCD", "ROU")} and graph.is_directed()
        assert graph.edges[KEN_ROU]["weight"] == 1 and graph.edges[KEN_ROU]["mean_scale"] == -9.0


def test_graphml_declares_what_it_uses() -> None:
    name = 'K<"&\ufffd'
    root = ElementTree.fromstring(
        graphs.graphml(dyads.network([deed("2024-03-01", -9.0, actors=(name.replace("\ufffd", "\uffff"),))]))
    )
    space = {"g": graphs.GRAPHML}
    declared = {key.get("id") for key in root.findall("g:key", space)}
    assert {data.get("key") for data in root.findall(".//g:data", space)} <= declared
    assert {node.get("id") for node in root.findall(".//g:node", space)} == {name, "ROU"}


@pytest.mark.parametrize("form", ["csv", "json", "parquet"])
def test_series_read_back(form: str, tmp_path: Path) -> None:
    rows = dyads.series([deed("2024-03-01", -9.0), deed("2024-03-02", 2.0)], "day")
    out, path = io.StringIO(), tmp_path / "series.parquet"
    graphs.write_series(rows, form, out, path)
    if form == "csv":
        found = list(csv.DictReader(io.StringIO(out.getvalue())))
        assert list(found[0]) == list(graphs.SERIES_COLUMNS)
    elif form == "json":
        found = json.loads(out.getvalue())
        assert found == rows
    else:
        found = pq.read_table(path).to_pylist()
        assert str(pq.read_schema(path).field("date").type) == "date32[day]"
    assert [(str(r["date"]), r["actor"], float(r["mean_scale"])) for r in found] == [
        ("2024-03-01", "KEN", -9.0),
        ("2024-03-02", "KEN", 2.0),
    ]


def test_unknown_formats_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DatelineError, match="none of csv"):
        graphs.write_series([], "x", io.StringIO(), None)
    with pytest.raises(DatelineError, match="Parquet needs a file"):
        graphs.write_series([], "parquet", None, None)
    with pytest.raises(DatelineError, match="none of json"):
        graphs.write_network(dyads.network([]), "x", io.StringIO())
    with pytest.raises(DatelineError, match="cannot be written"):
        graphs.write_series([], "parquet", None, tmp_path / "no" / "such.parquet")
