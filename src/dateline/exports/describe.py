"""Descriptions beside a table: a Frictionless Data Package and a Croissant file.

After the Data Package standard (datapackage.org, version 1 of the profile, which all readers know) and
Croissant 1.0 (mlcommons.org/croissant), whose standard context is `croissant_context.json`. The data's
licence is the user's to give: none is named.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from dateline.exports.rows import KINDS
from dateline.knowledge.exchange import column_meanings
from dateline.knowledge.tables import shipped

MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}
# Croissant's own examples and reader keep the older name.
CROISSANT_MEDIA = {"csv": "text/csv", "parquet": "application/x-parquet"}
_FRICTIONLESS = {str: "string", int: "integer", float: "number"}
_CROISSANT = {str: "sc:Text", int: "sc:Integer", float: "sc:Float"}
TITLE = "Events coded by Dateline"
SAYS = "Who did what to whom, where and when: one row an event, in the PLOVER codebook."


def _digest(path: Path) -> str:
    with path.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def datapackage(path: Path, form: str, count: int, version: str) -> dict[str, Any]:
    """The Data Package of a table of `count` rows at `path`; `version` names the program."""
    meanings = column_meanings()
    fields = [
        {
            "name": name,
            "type": _FRICTIONLESS[kind],
            "description": meanings[name],
            **({"constraints": {"required": True, "unique": True}} if name == "id" else {}),
        }
        for name, kind in KINDS.items()
    ]
    table = {
        "name": "events",
        "profile": "tabular-data-resource",
        "path": path.name,
        "format": form,
        "mediatype": MEDIA[form],
        "bytes": path.stat().st_size,
        "hash": f"sha256:{_digest(path)}",
        "schema": {"fields": fields, "primaryKey": "id", "missingValues": [""]},
        "rows": count,
    }
    if form == "csv":
        table |= {"encoding": "utf-8", "dialect": {"delimiter": ",", "lineTerminator": "\n"}}
    return {
        "profile": "tabular-data-package",
        "name": "dateline-events",
        "title": TITLE,
        "description": SAYS,
        "contributors": [{"title": version, "role": "wrangler"}],
        "resources": [table],
    }


def croissant(path: Path, form: str, version: str) -> dict[str, Any]:
    """The Croissant description of a table at `path`."""
    meanings = column_meanings()
    fields = [
        {
            "@type": "cr:Field",
            "@id": f"events/{name}",
            "name": name,
            "description": meanings[name],
            "dataType": _CROISSANT[kind],
            "source": {"fileObject": {"@id": "table"}, "extract": {"column": name}},
        }
        for name, kind in KINDS.items()
    ]
    table = {
        "@type": "cr:FileObject",
        "@id": "table",
        "name": path.name,
        "contentUrl": path.name,
        "contentSize": f"{path.stat().st_size} B",
        "encodingFormat": CROISSANT_MEDIA[form],
        "sha256": _digest(path),
    }
    return {
        "@context": json.loads(shipped("exchange", "croissant_context.json").read_text(encoding="utf-8")),
        "@type": "sc:Dataset",
        "name": "dateline-events",
        "description": f"{SAYS} Coded by {version}.",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "distribution": [table],
        "recordSet": [{"@type": "cr:RecordSet", "@id": "events", "name": "events", "field": fields}],
    }


def write(path: Path, form: str, count: int, version: str) -> tuple[Path, Path]:
    """Writes `datapackage.json` and `croissant.json` into the table's folder and gives their paths."""
    written = path.with_name("datapackage.json"), path.with_name("croissant.json")
    said = datapackage(path, form, count, version), croissant(path, form, version)
    for target, content in zip(written, said, strict=True):
        target.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return written
