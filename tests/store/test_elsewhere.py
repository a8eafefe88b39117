"""The store as other programs read it: by DuckDB and Arrow, in a process without Dateline, elsewhere."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dateline.article import Article
from dateline.ingest import open_store
from dateline.record import Event

# What `dbConnect(duckdb(), FILE, read_only = TRUE)` of R does, and then `open_dataset` of its arrow.
BY_DUCKDB = """
import duckdb, json, sys
with duckdb.connect(sys.argv[1] + "/dateline.duckdb", read_only=True) as connection:
    views = "articles tellings mentions entities events links dyads_daily pledges runs".split()
    found = {v: connection.execute(f"SELECT count(*) FROM {v}").fetchall()[0][0] for v in views}
print(json.dumps(found))
"""
BY_ARROW = """
import json, sys
from pathlib import Path
import pyarrow.dataset as ds
store = Path(sys.argv[1])
generation = (store / "linked" / "CURRENT").read_text().strip()
stored = ("articles", "tellings", "entities")
files = {t: sorted(map(str, store.glob(f"batches/*/{t}.parquet"))) for t in stored}
files |= {t: [str(store / "linked" / generation / f"{t}.parquet")] for t in ("events", "links")}
print(json.dumps({t: ds.dataset(f).count_rows() for t, f in files.items()}))
"""


def asked(program: str, folder: Path, elsewhere: Path) -> dict[str, int]:
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder.resolve())],
        cwd=elsewhere,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    found: dict[str, int] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("program", [BY_DUCKDB, BY_ARROW], ids=["duckdb", "arrow"])
def test_another_process_counts_the_same(
    program: str,
    folder: Path,
    cheap: Callable[[Article], list[Event]],
    make_articles: Callable[..., list[Article]],
    tmp_path: Path,
) -> None:
    store: Any = open_store(folder)
    store.ingest([a for a in make_articles(40) if not a.id.endswith("7")], coder=cheap, batch=9)
    found = asked(program, folder, tmp_path)
    own = {t: next(iter(store.query(f"SELECT count(*) FROM {t}")))[0] for t in found}
    if program == BY_ARROW:  # which reads what later versions have superseded, too
        own |= {"tellings": found["tellings"], "entities": found["entities"]}
        assert found["tellings"] > found["links"] > found["events"] - 1
    assert found == own and found["events"] > 30
