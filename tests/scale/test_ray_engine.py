"""The Ray engine: the rows of the local engine, though a node is killed; resumed where it stopped."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline.article import Article
from dateline.errors import DatelineError, Problem
from dateline.record import CiteInfo, Entity, Event, Telling, TextInfo

if os.environ.get("DATELINE_RAY_TESTS") != "1":
    pytest.skip("starting Ray clusters takes minutes: set DATELINE_RAY_TESTS=1", allow_module_level=True)
ray = pytest.importorskip("ray", reason="ray is not installed: pip install '.[ray]'")
pytest.importorskip("ray.data", reason="ray.data is not installed: pip install '.[ray]'")

from dateline.ingest import open_store  # noqa: E402
from dateline.scale import ray_engine  # noqa: E402
from dateline.scale.ray_engine import RayEngine  # noqa: E402

ray.cloudpickle.register_pickle_by_value(sys.modules[__name__])
COUNT, NODE = 60, {"num_cpus": 2, "object_store_memory": 100 * 2**20}
ROWS = "SELECT * FROM {} ORDER BY ALL"


def record(article: Article) -> list[Event]:
    """A record an article, after a while, without a coder; every tenth article cannot be coded."""
    time.sleep(0.03)
    if article.id.endswith("7"):
        raise DatelineError(Problem.LANGUAGE, article.id, "French")
    who = Entity(code="KEN", sector="GOV", entity_text="Kenya", start=0, end=5)
    return [
        Event(
            id=f"dl-{article.id}",
            doc=article.id,
            date="2024-03-12",
            enddate="2024-03-12",
            date_precision="day",
            actor=[who],
            recipient=[],
            event=["ACCUSE"],
            quad_code=3,
            event_scale=-2.0,
            cameo="112",
            event_text="accused",
            text=article.text,
            text_info=TextInfo(sequence=0, start=0, end=5),
            mentions=[Telling(start=0, end=5, trigger_start=0, trigger_end=5)],
            cite_info=CiteInfo(),
            confidence=0.5,
            coder="test",
            coded_date="",
        )
    ]


def dies_of_one(article: Article) -> list[Event]:
    """Kills the process that codes the article a3."""
    if article.id == "a3":
        os._exit(1)
    return record(article)


def articles(count: int = COUNT) -> list[Article]:
    words = [f"w{n:03}x" for n in range(count * 12)]
    return [
        Article(id=f"a{n}", text=" ".join(words[n * 12 : n * 12 + 12]) + " é \U0001f600.")
        for n in range(count)
    ]


def rows(folder: Path) -> dict[str, list[dict[str, Any]]]:
    store = open_store(folder)
    return {
        name: store.query(ROWS.format(name)).to_dict() for name in ("articles", "tellings", "events", "links")
    }


def ingest(folder: Path, coder: Any, given: Iterable[Article], engine: RayEngine | None) -> list[str]:
    aside: list[str] = []
    open_store(folder).ingest(
        given, coder=coder, engine=engine, batch=10, aside=lambda e: aside.append(str(e))
    )
    return sorted(aside)


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], list[str]]:
    """The rows of an undisturbed local run, and what it set aside."""
    folder = tmp_path_factory.mktemp("local") / "store"
    aside = ingest(folder, record, articles(), None)
    return rows(folder), aside


@pytest.fixture
def cluster() -> Iterator[Any]:
    """Two nodes of two claimed processors each."""
    from ray.cluster_utils import Cluster

    found = Cluster(initialize_head=True, head_node_args={**NODE, "include_dashboard": False})
    found.second = found.add_node(**NODE)
    yield found
    ray.shutdown()
    found.shutdown()


def test_a_node_killed_in_the_middle_changes_no_row(
    cluster: Any, local: tuple[dict[str, Any], list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ray_engine, "SHARD", 4)
    # Of three actors one is on the second node, since the first has room for two.
    engine = RayEngine(tmp_path / "spool", "test", address=cluster.address, workers=3)
    when_killed: list[int] = []

    def kill() -> None:
        end = time.monotonic() + 240
        while not list(engine.folder.glob("outcomes/*.parquet")) and time.monotonic() < end:
            time.sleep(0.01)
        when_killed.append(len(list(engine.folder.glob("outcomes/*.parquet"))))
        cluster.remove_node(cluster.second, allow_graceful=False)

    killer = threading.Thread(target=kill)
    killer.start()
    with engine:
        aside = ingest(tmp_path / "store", record, articles(), engine)
        killer.join()
    assert 1 <= when_killed[0] < COUNT / 4, "in the middle"
    assert (rows(tmp_path / "store"), aside) == local
    assert not (tmp_path / "spool").exists(), "nothing is left of a run that ended"


def test_what_a_stopped_run_has_coded_is_not_coded_again(cluster: Any, tmp_path: Path) -> None:
    def code(article: Article | None) -> Any:
        return record(article) if article and not article.id.endswith("7") else None

    def never(article: Article | None) -> Any:
        raise AssertionError("coded again")

    given = articles(25)
    with pytest.raises(KeyboardInterrupt), RayEngine(tmp_path, "test", address=cluster.address) as stopped:
        for _ in stopped(code, iter(given)):
            raise KeyboardInterrupt
    with RayEngine(tmp_path, "test", address=cluster.address) as again:
        found = list(again(never, iter([None, *given])))
    assert found[0] is None
    assert [len(one) for one in found[1:]] == [0 if a.id.endswith("7") else 1 for a in given]
    assert stopped.folder != RayEngine(tmp_path, "other options").folder


def test_what_kills_each_worker_is_set_aside(
    cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ray_engine, "SHARD", 2)
    monkeypatch.setattr(ray_engine, "RETRIES", 0)
    with RayEngine(tmp_path / "spool", "test", address=cluster.address) as engine:
        aside = ingest(tmp_path / "store", dies_of_one, articles(6), engine)
    assert len(aside) == 1 and "killed each time" in aside[0]
    assert sorted(row["doc"] for row in rows(tmp_path / "store")["articles"]) == [
        "a0",
        "a1",
        "a2",
        "a4",
        "a5",
    ]


def test_no_cluster_is_said(tmp_path: Path) -> None:
    with (
        pytest.raises(DatelineError, match="E501"),
        RayEngine(tmp_path, "test", address="ray://127.0.0.1:1"),
    ):
        raise AssertionError("it cannot be entered")
