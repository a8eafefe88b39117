"""From a stream of articles to a store: reads, codes, commits and links."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from dateline.article import Article
from dateline.coder import Coder
from dateline.coding.encoder import load
from dateline.errors import DatelineError, Problem
from dateline.record import Event
from dateline.sources.articles import Progress, articles
from dateline.store.fill import BATCH, Coded, Filling
from dateline.store.ledger import events_and_ledger
from dateline.store.link import Linker, link_store
from dateline.store.runs import Counts, Run
from dateline.store.store import Store, open_folder
from dateline.workers import in_order

Source = str | Path | Article
ArticleCoder = Callable[[Article], Iterable[Event]]
CodeOne = Callable[[Article | None], Coded | None]
# Codes articles in their order with a function that codes one; it may read ahead.
Engine = Callable[[CodeOne, Iterator[Article | None]], Iterator[Coded | None]]


class ArticleStore(Store):
    """A store that can be filled; `open_store` opens one."""

    def ingest(
        self,
        sources: Source | Iterable[Source | DatelineError],
        *,
        coder: Coder | ArticleCoder | None = None,
        workers: int = 1,
        engine: Engine | None = None,
        date: dt.date | str | None = None,
        columns: Mapping[str, str] | None = None,
        batch: int = BATCH,
        linker: Linker = events_and_ledger,
        link: bool = True,
        options: Mapping[str, Any] | None = None,
        aside: Callable[[DatelineError], None] | None = None,
        watch: Callable[[Counts], None] | None = None,
        progress: Progress | None = None,
    ) -> Counts:
        """Takes in articles: files, folders, patterns, feeds, archives, tables, or `Article` objects.

        `coder` is a `Coder`, or a function from an article to its records (it must be picklable where
        there are two workers or more). `engine` codes elsewhere than in processes of this machine, as
        `scale.ray_engine.RayEngine` does. `date` is the day of publication of articles that do not say
        theirs, `columns` maps text, id, title, date, url, publication, author to the columns of tables.
        `batch` is how many articles are committed at once. What is in the store already is not coded
        again, so that a run that was stopped is ended by running it again. `aside` is called with each
        error, `watch` with the counts as they grow; `options` are kept with the run.

        Raises `DatelineError`: UNWRITABLE (what is committed stays), BAD_DATE, BAD_KNOWLEDGE.
        """
        chosen = coder if coder is not None else Coder()
        run = Run(self.runs_folder, dict(options or {}) | _described(chosen))
        code = partial(_code_all, chosen, engine or partial(_local, workers))
        filling = Filling(self, code, run, batch=batch, aside=aside or _ignore, watch=watch or _ignore)
        items = _items(sources, date, columns, progress)
        self._write(run, "running")
        status = "stopped"
        try:
            filling.fill(items)
            if link:
                link_store(self, linker)
            status = "done"
        finally:
            self._write(run, status)
        self.write_database()
        return run.counts

    def _write(self, run: Run, status: str) -> None:
        # Under the lock: whoever holds it takes an unfinished file for one of a killed writer.
        with self.lock():
            run.write(status)

    def link(self, linker: Linker = events_and_ledger, again: bool = False) -> str:
        """Makes events of the tellings anew and gives the name of the generation."""
        generation = link_store(self, linker, again)
        self.write_database()
        return generation


def open_store(folder: str | Path, *, create: bool = True, keep_text: bool | None = None) -> ArticleStore:
    """The store in a folder, made where there is none (unless `create` is False).

    `keep_text` False makes a store of offsets and hashes without text. Raises `DatelineError`: NO_STORE,
    NEWER_STORE, BAD_STORE, OTHER_STORE, UNWRITABLE.
    """
    found = open_folder(folder, create=create, keep_text=keep_text)
    return ArticleStore(found.folder, found.keep_text)


def _ignore(_: object) -> None:
    """For those who do not watch."""


def _described(coder: object) -> dict[str, Any]:
    """What the run's row says of the coder."""
    if isinstance(coder, Coder):
        chosen = coder.options
        return {
            "model": chosen.model,
            "actors": [str(path) for path in chosen.actors],
            "dictionaries": [str(path) for path in chosen.dictionaries],
            "gazetteer": str(chosen.gazetteer) if chosen.gazetteer else None,
            "encoder": load(chosen.encoder).labels.trained_on if chosen.use_model else None,
        }
    return {"coder": getattr(coder, "__qualname__", type(coder).__qualname__)}


def _items(
    sources: Source | Iterable[Source | DatelineError],
    date: dt.date | str | None,
    columns: Mapping[str, str] | None,
    progress: Progress | None,
) -> Iterator[Article | DatelineError]:
    given: Iterable[Source | DatelineError]
    given = [sources] if isinstance(sources, str | Path | Article) else sources
    if isinstance(given, Sequence) and all(isinstance(source, str | Path) for source in given):
        # Together, so that the whole is known from the start.
        yield from articles([str(source) for source in given], date=date, columns=columns, progress=progress)
        return
    for source in given:
        if isinstance(source, Article | DatelineError):
            yield source
        else:
            yield from articles([str(source)], date=date, columns=columns, progress=progress)


def _code_all(
    coder: Coder | ArticleCoder, engine: Engine, given: Iterator[Article | None]
) -> Iterator[Coded | None]:
    code = coder.code if isinstance(coder, Coder) else coder
    return engine(partial(_coded, code), given)


def _local(workers: int, code: CodeOne, given: Iterator[Article | None]) -> Iterator[Coded | None]:
    return in_order(code, given, workers, _lost)


def _coded(code: ArticleCoder, article: Article | None) -> Coded | None:
    """The records of one article, or why there are none; a fault in one must not stop the others."""
    if article is None:
        return None
    try:
        return list(code(article))
    except DatelineError as error:
        if error.problem is Problem.BAD_KNOWLEDGE:
            raise
        return DatelineError(error.problem, article.source or error.place, error.detail)
    except Exception as error:
        detail = f"{type(error).__name__}: {error}"
        return DatelineError(Problem.INTERNAL, article.source or article.id, detail)


def _lost(article: Article | None) -> Coded | None:
    if article is None:
        return None
    return DatelineError(Problem.INTERNAL, article.source or article.id, "its process was killed each time")
