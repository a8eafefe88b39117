"""Many items through one function, by several processes, results in the order of the items.

Unlike a bare pool it survives a worker that is killed: what the worker had is done again, and an item
that kills its worker each time is given up with the rest going on.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Any, TypeVar

Item = TypeVar("Item")
Found = TypeVar("Found")

CHUNK = 4  # items sent at once: fewer and the sending costs, more and the end is waited for
AHEAD = 4  # chunks a worker has waiting
ATTEMPTS = 3  # how often an item may be alone in a worker that dies

_function: Callable[[Any], Any]


def in_order(
    function: Callable[[Item], Found],
    items: Iterable[Item],
    workers: int,
    lost: Callable[[Item], Found],
) -> Iterator[Found]:
    """`function(item)` of each item, in order; both must be picklable for two workers or more.

    `lost(item)` is the result of an item at which workers die again and again. Items are read a few
    ahead of the results.
    """
    if workers <= 1:
        yield from map(function, items)
        return
    with _Pool(function, workers, lost) as pool:
        yield from pool.results(iter(items))


class _Pool:
    """The processes, and what they have been given."""

    def __init__(self, function: Any, workers: int, lost: Any) -> None:
        self._function, self._workers, self._lost = function, workers, lost
        self._waiting: deque[tuple[list[Any], Future[list[Any]]]] = deque()
        self._pool = self._start(workers)

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _start(self, workers: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(workers, initializer=_begin, initargs=(self._function, os.getpid()))

    def results(self, items: Iterator[Any]) -> Iterator[Any]:
        """The results, chunks being sent so that each worker has some waiting."""
        sent = breaks = 0
        while True:
            while len(self._waiting) < self._workers * AHEAD:
                # The first chunks are small, so that a handful of items is shared among the workers.
                chunk = list(islice(items, min(CHUNK, 1 + sent // (2 * self._workers))))
                if not chunk:
                    break
                sent += 1
                self._waiting.append((chunk, self._send(chunk)))
            if not self._waiting:
                return
            chunk, future = self._waiting[0]
            try:
                found = future.result()
            except BrokenProcessPool:
                breaks += 1
                self._restart()
                if breaks < 2:
                    continue
                # Twice without a result between: the first chunk, or a later one, kills its worker.
                found = self._one_by_one(chunk)
            breaks = 0
            self._waiting.popleft()
            yield from found

    def _send(self, chunk: list[Any]) -> Future[list[Any]]:
        try:
            return self._pool.submit(_work, chunk)
        except BrokenProcessPool:
            # A worker died between two results: the next result tells, and all is sent again.
            broken: Future[list[Any]] = Future()
            broken.set_exception(BrokenProcessPool())
            return broken

    def _restart(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._start(self._workers)
        chunks = [chunk for chunk, _ in self._waiting]
        self._waiting = deque((chunk, self._send(chunk)) for chunk in chunks)

    def _one_by_one(self, chunk: Sequence[Any]) -> list[Any]:
        """The results of a chunk's items, each alone in a worker of its own."""
        found = []
        for item in chunk:
            for _ in range(ATTEMPTS):
                with self._start(1) as alone:
                    try:
                        found += alone.submit(_work, [item]).result()
                        break
                    except BrokenProcessPool:
                        continue
            else:
                found.append(self._lost(item))
        return found


def _begin(function: Callable[[Any], Any], parent: int) -> None:
    """Makes a worker ready: it leaves Ctrl-C to its parent and does not outlive it."""
    global _function
    _function = function
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    # A parent that is killed tells nobody; its children are handed to another.
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def _work(chunk: list[Any]) -> list[Any]:
    return [_function(item) for item in chunk]
