"""Writes series and networks: CSV, JSON, Parquet; node-link JSON, GraphML."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO
from xml.etree import ElementTree

from dateline.errors import DatelineError, Problem, reported
from dateline.exports.dyads import QUADS, Network, edge_rows
from dateline.exports.files import harmless, parquet_path

Row = dict[str, str | int | float | None]
SERIES_FORMATS = ("csv", "json", "parquet")
NETWORK_FORMATS = ("json", "graphml", "csv")
SERIES_COLUMNS = ("date", "actor", "recipient", "events", *QUADS, "mean_scale", "dead")
EDGE_COLUMNS = ("source", "target", "weight", "sign", *QUADS, "mean_scale", "dead")
GRAPHML = "http://graphml.graphdrawing.org/xmlns"
# Characters that clean text may have and XML may not.
_NO_XML = {0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}
_REAL = frozenset({"mean_scale"})


def write_csv(rows: Iterable[Row], columns: Sequence[str], out: TextIO) -> None:
    """CSV with a head."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        cells = (row[name] for name in columns)
        writer.writerow([harmless(cell) for cell in cells])


def _write_parquet(rows: Sequence[Row], path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {"actor": pa.string(), "recipient": pa.string(), "date": pa.string(), "mean_scale": pa.float64()}
    schema = pa.schema([(name, kinds.get(name, pa.int64())) for name in SERIES_COLUMNS])
    table = pa.Table.from_pylist(rows, schema=schema)
    at = schema.get_field_index("date")
    table = table.set_column(at, "date", table.column("date").cast(pa.date32()))
    with reported(path):
        pq.write_table(table, path)


def write_series(rows: Sequence[Row], form: str, out: TextIO | None, path: Path | None) -> None:
    """Writes a series in one of `SERIES_FORMATS`; Parquet needs `path`, the rest `out`.

    Raises BAD_OPTION, UNWRITABLE.
    """
    if form == "parquet":
        _write_parquet(rows, parquet_path(path))
    elif form == "csv" and out is not None:
        write_csv(rows, SERIES_COLUMNS, out)
    elif form == "json" and out is not None:
        json.dump(list(rows), out, ensure_ascii=False, indent=1)
        out.write("\n")
    else:
        raise DatelineError(
            Problem.BAD_OPTION, "--format", f"{form!r} is none of {', '.join(SERIES_FORMATS)}"
        )


def node_link(found: Network) -> dict[str, object]:
    """The network as node-link data, as D3 and networkx (`edges="links"`) read it."""
    return {
        "directed": True,
        "multigraph": False,
        "graph": {},
        "nodes": [{"id": node} for node in found.nodes],
        "links": list(edge_rows(found)),
    }


def graphml(found: Network) -> str:
    """The network as GraphML (graphml.graphdrawing.org), for Gephi, igraph, networkx."""
    root = ElementTree.Element("graphml", xmlns=GRAPHML)
    for name in EDGE_COLUMNS[2:]:
        kind = "double" if name in _REAL else "long"
        ElementTree.SubElement(root, "key", {"id": name, "for": "edge", "attr.name": name, "attr.type": kind})
    graph = ElementTree.SubElement(root, "graph", id="events", edgedefault="directed")
    for node in found.nodes:
        ElementTree.SubElement(graph, "node", id=node)
    for row in edge_rows(found):
        edge = ElementTree.SubElement(graph, "edge", source=str(row["source"]), target=str(row["target"]))
        for name in EDGE_COLUMNS[2:]:
            if row[name] is not None:
                ElementTree.SubElement(edge, "data", key=name).text = str(row[name])
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=False).translate(_NO_XML)


def write_network(found: Network, form: str, out: TextIO) -> None:
    """Writes a network in one of `NETWORK_FORMATS`. Raises BAD_OPTION."""
    if form == "json":
        json.dump(node_link(found), out, ensure_ascii=False, indent=1)
        out.write("\n")
    elif form == "graphml":
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n' + graphml(found) + "\n")
    elif form == "csv":
        write_csv(edge_rows(found), EDGE_COLUMNS, out)
    else:
        raise DatelineError(
            Problem.BAD_OPTION, "--format", f"{form!r} is none of {', '.join(NETWORK_FORMATS)}"
        )
