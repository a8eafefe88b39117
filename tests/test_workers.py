"""Many processes: order, what a killed worker had, an item that always kills, and no process left behind."""

from __future__ import annotations

import gc
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.workers import in_order


def double(item: int) -> int:
    time.sleep(0.001 * (item % 3))
    return 2 * item


@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, 7, 100])
def test_results_come_in_order(workers: int, count: int) -> None:
    assert list(in_order(double, range(count), workers, lost=lambda _: -1)) == [2 * n for n in range(count)]


def test_items_are_read_only_a_few_ahead() -> None:
    read: list[int] = []

    def items() -> Iterator[int]:
        for n in range(10_000):
            read.append(n)
            yield n

    found = in_order(double, items(), 2, lost=lambda _: -1)
    assert next(found) == 0
    assert len(read) < 100
    found.close()  # type: ignore[attr-defined]


def test_a_killed_worker_loses_nothing(tmp_path: Path) -> None:
    mark = tmp_path / "killed"

    def dies_once(item: int) -> int:
        if item == 13 and not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return double(item)

    assert list(in_order(dies_once, range(40), 2, lost=lambda _: -1)) == [2 * n for n in range(40)]
    assert mark.exists()


def test_an_item_that_always_kills_is_given_up() -> None:
    def dies(item: int) -> int:
        if item == 5:
            os.kill(os.getpid(), signal.SIGKILL)
        return double(item)

    expected = [-5 if n == 5 else 2 * n for n in range(20)]
    assert list(in_order(dies, range(20), 2, lost=lambda item: -item)) == expected


def test_an_error_of_the_function_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        list(in_order(lambda item: 1 // item, range(3), 2, lost=lambda _: -1))


def test_workers_leave_what_the_parent_made_to_the_parent(tmp_path: Path) -> None:
    """As a database, whose end is waited for by threads that no worker has."""

    class Kept:
        def __init__(self) -> None:
            self.me = self

        def __del__(self) -> None:
            (tmp_path / str(os.getpid())).touch()

    def clears(_: int) -> int:
        gc.collect()
        return os.getpid()

    gc.disable()
    try:
        Kept()
        workers = set(in_order(clears, range(8), 2, lost=lambda _: -1))
    finally:
        gc.enable()
    gc.collect()
    assert [path.name for path in tmp_path.iterdir()] == [str(os.getpid())]
    assert os.getpid() not in workers


def test_workers_do_not_outlive_a_parent_that_is_killed(tmp_path: Path) -> None:
    def tells(item: int) -> int:
        (tmp_path / str(os.getpid())).touch()
        time.sleep(30)
        return item

    child = os.fork()
    if child == 0:
        list(in_order(tells, range(4), 2, lost=lambda _: -1))
        os._exit(0)
    until = time.monotonic() + 10
    while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < until:
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    workers = [int(path.name) for path in tmp_path.iterdir()]
    assert len(workers) == 2
    while any(Path(f"/proc/{n}/stat").exists() and _runs(n) for n in workers):
        assert time.monotonic() < until + 5
        time.sleep(0.05)


def _runs(process: int) -> bool:
    """Whether a process is there and more than a dead entry that nobody has fetched."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
