"""Fills a store: each article is recognised, coded where it is new, and committed exactly once.

Articles are decided upon in their order, coded ahead by any number of workers and committed in their
order. What a decision rested on may change before it is committed: another process commits, or coding
an original fails. Then all that is not committed is decided anew, so that the store is always what one
undisturbed process would have made of the same articles in some order.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from dateline.article import Article
from dateline.errors import DatelineError
from dateline.record import Event
from dateline.store.arrivals import Decision, Index, article_key, content_hash
from dateline.store.batches import Sketches, load_index, write_batch
from dateline.store.rows import Rows
from dateline.store.runs import Counts, Run
from dateline.store.sketch import sketch
from dateline.store.store import Store

Coded = Sequence[Event] | DatelineError
# Codes articles in their order and gives None for None; it may read ahead.
Code = Callable[[Iterator[Article | None]], Iterator[Coded | None]]
BATCH, SECONDS = 200, 60.0  # a batch is committed at so many articles or after so long


@dataclass(slots=True)
class _Pending:
    """An article on its way into the store; `dropped` where another process has brought it in."""

    article: Article
    decision: Decision
    coded: Coded | None = None
    dropped: bool = False

    @property
    def failed(self) -> bool:
        """Whether it had to be coded and could not be."""
        return self.decision.coded and isinstance(self.coded, DatelineError)


class Filling:
    """One run of filling a store; `aside` is told of each error, `watch` of each change of the counts."""

    def __init__(
        self,
        store: Store,
        code: Code,
        run: Run,
        *,
        batch: int = BATCH,
        aside: Callable[[DatelineError], None],
        watch: Callable[[Counts], None],
    ) -> None:
        self._store, self._code, self._run, self._counts = store, code, run, run.counts
        self._batch, self._aside, self._watch = batch, aside, watch
        self._seen: list[str] = []  # the batches that the index holds
        self._read = Sketches(store.batches_folder)
        self._index = Index(self._read)
        self._ahead = Index(self._read, self._index)
        self._pending: deque[_Pending] = deque()  # decided on, the coder at work
        self._ready: list[_Pending] = []  # to be committed

    def fill(self, items: Iterable[Article | DatelineError]) -> None:
        """Takes in all items. Raises UNWRITABLE, BAD_STORE; what is committed stays."""
        with self._store.lock():
            self._store.sweep()
            self._take_in_batches()
        last = time.monotonic()
        for coded in self._code(self._to_code(items)):
            pending = self._pending.popleft()
            pending.coded = coded
            self._ready.append(pending)
            self._watch(self._counts)
            if len(self._ready) >= self._batch or time.monotonic() - last > SECONDS:
                self._commit()
                last = time.monotonic()
        self._commit()

    def _to_code(self, items: Iterable[Article | DatelineError]) -> Iterator[Article | None]:
        """Each new article, None for a copy."""
        for item in items:
            if isinstance(item, DatelineError):
                self._set_aside(item)
                continue
            digest = content_hash(item)
            if self._ahead.holds(article_key(digest)):
                self._counts.known += 1
                self._watch(self._counts)
                continue
            decision = self._ahead.decide(item, digest, sketch(item))
            self._ahead.add_new(item, decision)
            self._pending.append(_Pending(item, decision))
            yield item if decision.coded else None

    def _set_aside(self, error: DatelineError) -> None:
        self._counts.set_aside += 1
        self._aside(error)
        self._watch(self._counts)

    def _commit(self) -> None:
        """Commits what is ready. What turns out to need coding only now is coded outside the lock."""
        while self._ready:
            with self._store.lock():
                failed = [p for p in self._ready if not p.dropped and p.failed]
                if failed or self._store.batches() != self._seen:
                    self._take_in_batches()
                    self._decide_anew(failed)
                uncoded = [p for p in self._ready if p.decision.coded and p.coded is None]
                if not uncoded and not any(p.failed for p in self._ready):
                    self._write()
                    break
            outcomes = list(self._code(iter([p.article for p in uncoded])))
            for pending, coded in zip(uncoded, outcomes, strict=True):
                pending.coded = coded
        self._watch(self._counts)

    def _take_in_batches(self) -> None:
        """Adds to the index the batches that are new to it."""
        seen = set(self._seen)
        new = [name for name in self._store.batches() if name not in seen]
        load_index(self._index, self._store.batches_folder, new)
        self._seen += new

    def _decide_anew(self, failed: Sequence[_Pending]) -> None:
        """Decides on all that is not committed, in its order; what failed is set aside."""
        for pending in failed:
            assert isinstance(pending.coded, DatelineError)
            self._set_aside(pending.coded)
            pending.dropped = True
        self._ahead = Index(self._read, self._index)
        for pending in (*self._ready, *self._pending):
            decision = pending.decision
            if pending.dropped:
                continue
            if self._ahead.holds(decision.article):
                pending.dropped = True
                self._counts.known += 1
                continue
            pending.decision = self._ahead.decide(pending.article, decision.digest, decision.sketch)
            self._ahead.add_new(pending.article, pending.decision)
        self._ready = [p for p in self._ready if not p.dropped]

    def _write(self) -> None:
        """Commits the rows of what is ready; the caller holds the lock."""
        kept = [p for p in self._ready if not p.dropped]
        self._ready = []
        if not kept:
            return
        rows, first, counts = Rows(), len(self._index), self._counts
        for seq, pending in enumerate(kept, first):
            events = pending.coded if pending.decision.coded else ()
            assert events is not None and not isinstance(events, DatelineError)
            rows.add(pending.article, pending.decision, events, seq, self._store.keep_text)
        number = int(self._seen[-1].split("-")[0]) + 1 if self._seen else 1
        write_batch(self._store.batches_folder, number, self._run.name, rows)
        self._take_in_batches()
        self._ahead = Index(self._read, self._index)
        for pending in self._pending:
            if not pending.dropped:
                self._ahead.add_new(pending.article, pending.decision)
        counts.articles += len(kept)
        counts.tellings += len(rows.tellings)
        counts.copies += sum(p.decision.copy_of is not None for p in kept)
        counts.versions += sum(p.decision.version_of is not None for p in kept)
