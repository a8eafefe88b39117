"""A store of a week's news written for this, and a desk over it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dateline.desk.app import make_app
from dateline.ingest import ArticleStore, open_store

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
