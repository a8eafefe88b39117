"""Codes the articles of an ingest on a Ray cluster, with Ray Data.

Articles go out as Parquet, actors that hold the coder read them and write what they made of them as
Parquet. A worker or node that is lost is made up for by Ray: its articles are coded again. What comes back
is found by the article's content, so that neither order nor repetition changes a row: the store is the one
that the local engine makes. Results stay in the folder `spool` until the run is done; a run that is
stopped finds them there.
"""

from __future__ import annotations

import hashlib
import shutil
import uuid
import warnings
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from dateline.article import Article
from dateline.errors import DatelineError, Problem
from dateline.record import Event
from dateline.workers import in_order

Coded = Sequence[Event] | DatelineError
Function = Callable[[Article | None], Coded | None]

CHUNK = 2_000  # articles that go out together
SHARD = 20  # articles of one file: what is coded again where a worker is lost
# Actors that took all processors whole would leave Ray's own tasks none, and all would wait for ever. They
# read and write their files themselves: to list Parquet files Ray 2.60 asks for a whole processor.
ACTOR = 0.9
# Until an actor of a lost node has begun anew elsewhere, its tasks are tried about once a second.
RESTARTS, RETRIES = 50, 12


class Outcome(msgspec.Struct):
    """What became of an article: its records, or the problem's name, place and detail."""

    records: list[Event] | None = None
    error: tuple[str, str, str] | None = None


def outcome(coded: Coded | None) -> Outcome:
    """The outcome of a coder's answer."""
    if isinstance(coded, DatelineError):
        return Outcome(error=(coded.problem.name, coded.place, coded.detail))
    return Outcome(records=list(coded or ()))


def answer(found: Outcome) -> Coded:
    """The coder's answer of an outcome."""
    if found.error is not None:
        name, place, detail = found.error
        return DatelineError(Problem[name], place, detail)
    return found.records or []


class Coding:
    """The actor: it holds the coder and codes one file of articles after the other."""

    def __init__(self, function: Function, outcomes: str) -> None:
        self._function, self._outcomes = function, Path(outcomes)

    def __call__(self, files: Any) -> Any:
        """Files of `key` and `article`, by path, become files of `key` and `outcome`; gives their paths."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        for path in files.column("path").to_pylist():
            table = pq.read_table(path)
            articles = (msgspec.json.decode(t, type=Article) for t in table.column("article").to_pylist())
            made = [msgspec.json.encode(outcome(self._function(a))).decode() for a in articles]
            target = self._outcomes / f"{uuid.uuid4().hex}.parquet"
            unfinished = target.with_suffix(".unfinished")
            pq.write_table(pa.table({"key": table.column("key"), "outcome": made}), unfinished)
            # Whole or not at all: whoever is killed leaves nothing that looks like a file of outcomes.
            unfinished.replace(target)
        return files


class RayEngine:
    """Codes articles in their order on a cluster; use it as a context.

    `address` is the cluster's ("auto", "host:6379", "ray://host:10001"); None starts one on this machine.
    `workers` is the number of actors, each of a processor. `spool` is a folder that all nodes see.
    `about` names the coder and its options: results of another are not taken. Raises MISSING_EXTRA,
    NO_CLUSTER.
    """

    def __init__(
        self, spool: Path, about: str, *, address: str | None = None, workers: int = 2, chunk: int = CHUNK
    ) -> None:
        self._root, self._address, self._workers, self._chunk = spool, address, workers, chunk
        self.folder = spool.absolute() / hashlib.sha256(about.encode()).hexdigest()[:16]
        self._started = False
        self._files: set[str] = set()  # of outcomes, that were read

    def __enter__(self) -> RayEngine:
        try:
            import ray
        except ImportError as error:
            raise DatelineError(Problem.MISSING_EXTRA, detail="ray") from error
        if not ray.is_initialized():
            own: dict[str, Any] = {} if self._address else {"num_cpus": self._workers + 1}
            try:
                ray.init(address=self._address, log_to_driver=False, include_dashboard=None, **own)
            except (ConnectionError, RuntimeError, ValueError) as error:
                raise DatelineError(Problem.NO_CLUSTER, self._address or "ray", str(error)) from error
            self._started = True
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        import ray

        if self._started:
            ray.shutdown()
        if kind is None:
            shutil.rmtree(self._root, ignore_errors=True)

    def __call__(self, function: Function, given: Iterator[Article | None]) -> Iterator[Coded | None]:
        """The outcome of each article in order, None for None; articles are read a chunk ahead."""
        kept = self._read()
        while chunk := list(islice(given, self._chunk)):
            texts = [None if a is None else msgspec.json.encode(a).decode() for a in chunk]
            keys = [text and hashlib.sha256(text.encode()).hexdigest() for text in texts]
            wanted = {key: text for key, text in zip(keys, texts, strict=True) if key and text}
            done = {key: kept.pop(key) for key in wanted if key in kept}
            if missing := {key: text for key, text in wanted.items() if key not in done}:
                done |= self._code(function, missing)
            yield from self._in_order(function, chunk, keys, done)

    def _in_order(
        self,
        function: Function,
        chunk: list[Article | None],
        keys: list[str | None],
        done: dict[str, Outcome],
    ) -> Iterator[Coded | None]:
        # What killed its worker each time is tried once more here, in a process that may die.
        lost = [a for a, key in zip(chunk, keys, strict=True) if key and key not in done]
        again = in_order(function, lost, 2, _lost)
        for key in keys:
            yield None if key is None else answer(done[key]) if key in done else next(again)

    def _code(self, function: Function, texts: dict[str, str]) -> dict[str, Outcome]:
        """The outcomes of articles by key, from the cluster; one may be missing. Raises NO_CLUSTER."""
        import pyarrow as pa
        import pyarrow.parquet as pq
        import ray

        articles, outcomes = self.folder / "articles", self.folder / "outcomes"
        shutil.rmtree(articles, ignore_errors=True)
        for folder in (articles, outcomes):
            folder.mkdir(parents=True, exist_ok=True)
        rows = iter(texts.items())
        paths: list[str] = []
        while shard := list(islice(rows, SHARD)):
            path = articles / f"{len(paths):06d}.parquet"
            pq.write_table(pa.table({"key": [k for k, _ in shard], "article": [t for _, t in shard]}), path)
            paths.append(str(path))
        data = ray.data.from_items([{"path": path} for path in paths], override_num_blocks=len(paths))
        with warnings.catch_warnings():
            # Ray names no other way yet to bound the retries, which are endless unless told.
            warnings.simplefilter("ignore", DeprecationWarning)
            coded = data.map_batches(
                Coding,
                fn_constructor_args=(function, str(outcomes)),
                batch_size=None,
                batch_format="pyarrow",
                compute=ray.data.ActorPoolStrategy(size=min(self._workers, len(paths))),
                num_cpus=ACTOR,
                max_restarts=RESTARTS,
                max_task_retries=RETRIES,
            )
        failed: Exception | None = None
        try:
            for _ in coded.iter_internal_ref_bundles():
                pass
        except ray.exceptions.RayError as error:
            failed = error
        found = self._read()
        # What is written counts; the rest is coded on this machine.
        if failed is not None and not found:
            raise DatelineError(Problem.NO_CLUSTER, self._address or "ray", str(failed)) from failed
        return found

    def _read(self) -> dict[str, Outcome]:
        """The outcomes in files that were not read yet; a torn file is as if it were not there."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        found: dict[str, Outcome] = {}
        for path in sorted((self.folder / "outcomes").glob("*.parquet")):
            if path.name in self._files:
                continue
            try:
                table = pq.read_table(path)
                keys, texts = (table.column(name).to_pylist() for name in ("key", "outcome"))
                found |= {k: msgspec.json.decode(t, type=Outcome) for k, t in zip(keys, texts, strict=True)}
                self._files.add(path.name)
            except (pa.ArrowException, OSError, msgspec.MsgspecError, ValueError, KeyError):
                path.unlink(missing_ok=True)
        return found


def _lost(article: Article | None) -> Coded | None:
    if article is None:
        return None
    return DatelineError(Problem.INTERNAL, article.source or article.id, "its process was killed each time")
