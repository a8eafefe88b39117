"""A store of the first layout is brought up to the present one, killed on the way or not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from dateline.errors import DatelineError
from dateline.ingest import open_store
from dateline.store import migrations
from dateline.store.schema import VERSION


@pytest.fixture
def old(tmp_path: Path, cheap: Callable[..., Any], make_articles: Callable[..., Any]) -> Path:
    """A store as version 1 wrote it: without `publisher`."""
    folder = tmp_path / "old"
    open_store(folder).ingest(make_articles(20), coder=cheap, batch=8)
    for path in folder.glob("batches/*/*.parquet"):
        table = pq.ParquetFile(path).read()
        if "publisher" in table.column_names:
            pq.write_table(table.drop_columns(["publisher"]), path)
    settings = json.loads((folder / "store.json").read_text(encoding="utf-8"))
    (folder / "store.json").write_text(json.dumps({**settings, "schema": 1}), encoding="utf-8")
    return folder


@pytest.fixture
def expected(tmp_path: Path, cheap: Callable[..., Any], make_articles: Callable[..., Any]) -> Any:
    store = open_store(tmp_path / "new")
    store.ingest(make_articles(20), coder=cheap, batch=8)
    return store


def test_it_becomes_what_would_be_written_now(old: Path, expected: Any, rows_of: Callable[..., Any]) -> None:
    store = open_store(old)
    assert json.loads((old / "store.json").read_text(encoding="utf-8"))["schema"] == VERSION
    assert rows_of(store) == rows_of(expected)
    assert not list(old.glob("batches-*"))


@pytest.mark.parametrize("step", range(1, 12))
def test_it_may_stop_anywhere(
    old: Path,
    expected: Any,
    rows_of: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    step: int,
) -> None:
    class Killed(BaseException):
        """As when the process is killed."""

    steps = 0

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:  # what is killed cleans up nothing
        def call(*arguments: Any, **more: Any) -> Any:
            nonlocal steps
            steps += 1
            if steps >= step:
                raise Killed
            return real(*arguments, **more)

        return call

    with monkeypatch.context() as patch:
        patch.setattr(migrations.disk, "write_tables", counted(migrations.disk.write_tables))
        patch.setattr(migrations.disk, "write_text", counted(migrations.disk.write_text))
        patch.setattr(migrations.shutil, "rmtree", counted(migrations.shutil.rmtree))
        patch.setattr(Path, "rename", counted(Path.rename))
        try:
            open_store(old)
        except Killed:
            assert steps >= step
    assert rows_of(open_store(old)) == rows_of(expected)


def test_there_is_no_way_from_an_unknown_layout(old: Path) -> None:
    (old / "store.json").write_text('{"schema": 0, "keep_text": true}', encoding="utf-8")
    with pytest.raises(DatelineError, match="E403.*schema version 0"):
        open_store(old)
