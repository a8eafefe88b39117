"""Many items through one function, by several processes, results in the order of the items.

Unlike a bare pool it survives a worker that is killed: what the worker had is done again, and an item
that kills its worker each time is given up with the rest going on.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Any, TypeVar

Item = TypeVar("Item")
Found = TypeVar("Found")

AHEAD = 16  # items a worker has waiting
# By fork a worker has what its parent has loaded, at no cost in time or memory; elsewhere than on Linux
# system libraries are not made for it.
_CONTEXT = multiprocessing.get_context("fork" if sys.platform == "linux" else None)
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
    """The processes, and what they have been given.

    An item is sent by itself: that costs a thousandth of what coding an article does, and at the end no
    worker has several left while the others have none.
    """

    def __init__(self, function: Any, workers: int, lost: Any) -> None:
        self._function, self._workers, self._lost = function, workers, lost
        self._waiting: deque[tuple[Any, Future[Any]]] = deque()
        self._pool = self._start(workers)

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _start(self, workers: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            workers, _CONTEXT, initializer=_begin, initargs=(self._function, os.getpid())
        )

    def results(self, items: Iterator[Any]) -> Iterator[Any]:
        """The results, items being sent so that each worker has some waiting."""
        breaks = 0
        while True:
            for item in islice(items, self._workers * AHEAD - len(self._waiting)):
                self._waiting.append((item, self._send(item)))
            if not self._waiting:
                return
            item, future = self._waiting[0]
            try:
                found = future.result()
            except BrokenProcessPool:
                breaks += 1
                self._restart()
                if breaks < 2:
                    continue
                # Twice without a result between: the first item, or a later one, kills its worker.
                found = self._alone(item)
            breaks = 0
            self._waiting.popleft()
            yield found

    def _send(self, item: Any) -> Future[Any]:
        try:
            return self._pool.submit(_work, item)
        except BrokenProcessPool:
            # A worker died between two results: the next result tells, and all is sent again.
            broken: Future[Any] = Future()
            broken.set_exception(BrokenProcessPool())
            return broken

    def _restart(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._start(self._workers)
        items = [item for item, _ in self._waiting]
        self._waiting = deque((item, self._send(item)) for item in items)

    def _alone(self, item: Any) -> Any:
        """The result of an item alone in a worker of its own."""
        for _ in range(ATTEMPTS):
            with self._start(1) as alone:
                try:
                    return alone.submit(_work, item).result()
                except BrokenProcessPool:
                    continue
        return self._lost(item)


def _begin(function: Callable[[Any], Any], parent: int) -> None:
    """Makes a worker ready: it leaves Ctrl-C to its parent and does not outlive it."""
    global _function
    # What it has by fork is the parent's to clear away. To look through it would copy all its memory, and
    # an object that ends its threads when it is cleared away, as a database does, would wait for ever for
    # threads that only the parent has.
    gc.freeze()
    _function = function
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    # A parent that is killed tells nobody; its children are handed to another.
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def _work(item: Any) -> Any:
    return _function(item)
