"""A store of a week's news written for this, and a desk over it."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from dateline.desk.app import make_app
from dateline.ingest import ArticleStore, open_store
from dateline.store.link import link_store
from dateline.store.schema import EVENTS, LINKS

WEEK = Path(__file__).parents[2] / "examples" / "week.jsonl"


@pytest.fixture(scope="session")
def coded_week(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store of examples/week.jsonl; for reading only."""
    folder = tmp_path_factory.mktemp("week") / "store"
    open_store(folder).ingest(str(WEEK))
    return folder


@pytest.fixture
def week(coded_week: Path, tmp_path: Path) -> ArticleStore:
    """A store of one's own of the same articles."""
    return open_store(shutil.copytree(coded_week, tmp_path / "store"))


@pytest.fixture
def client(coded_week: Path) -> Iterator[TestClient]:
    """A browser at a desk that nobody may change."""
    app = make_app(open_store(coded_week), author="Ada")
    with TestClient(app, base_url="http://127.0.0.1:8765") as found:
        yield found


@pytest.fixture
def desk_over(tmp_path: Path) -> Callable[..., TestClient]:
    """`desk_over(*rows, today=…)`: a browser at the desk over a store of these rows of `events`.

    What a row does not say is that of an assault of unknown parties, known to the day.
    """
    usual = dict.fromkeys(EVENTS.names) | {
        **{"date_precision": "day", "event": "ASSAULT", "quad_code": 4, "event_scale": -9.0},
        **{"status": "claimed", "confidence": 0.9, "tellings": 1, "publishers": 1},
    }

    def made(*rows: dict[str, Any], today: dt.date) -> TestClient:
        store = open_store(tmp_path / "store")
        events = [usual | {"id": f"ev-{number}"} | row for number, row in enumerate(rows)]

        def linker(_: object, folder: Path) -> None:
            pq.write_table(pa.Table.from_pylist(events, schema=EVENTS), folder / "events.parquet")
            pq.write_table(LINKS.empty_table(), folder / "links.parquet")

        link_store(store, linker, again=True)
        return TestClient(make_app(store, author="Ada", today=today), base_url="http://127.0.0.1")

    return made
