"""Events of whole articles against hand-coded gold."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from dateline.coder import Coder
from dateline.evaluate import evaluate
from dateline.knowledge.tables import read_file
from dateline.sources import read


def measure(path: Path) -> Mapping[str, float]:
    """Precision, recall and F1 over a folder that holds `gold.jsonl`, `dates.tsv` and the articles."""
    days = {row["doc"]: row["date"] for row in read_file(path / "dates.tsv", required=("doc", "date"))}
    coder = Coder()
    with tempfile.TemporaryDirectory() as folder:
        records = Path(folder) / "records.jsonl"
        text = "".join(
            coder.code(read(path / f"{doc}.txt", date=day)).to_jsonl() for doc, day in days.items()
        )
        records.write_text(text, encoding="utf-8")
        figures = evaluate(path / "gold.jsonl", records)
    return {name: float(value) for name, value in figures.items() if "/" not in value}
