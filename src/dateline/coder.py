"""The coder: the Python face of the pipeline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from dateline.annotate import annotation
from dateline.annotation import Annotation
from dateline.article import Article
from dateline.coding.encoder import FOLDER
from dateline.errors import DatelineError, Problem
from dateline.knowledge.actors.own import own_knowledge
from dateline.language.parse import DEFAULT_MODEL, load
from dateline.options import Options
from dateline.pipeline import code_article
from dateline.record import Entity
from dateline.relate import Relation, relate
from dateline.resolve.actors import resolve_phrase
from dateline.results import Events
from dateline.sources import as_article
from dateline.sources.text import as_date, check_text
from dateline.workers import in_order


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one article of many: its annotation, or the error for which it was set aside."""

    doc: str
    annotation: Annotation | None
    error: DatelineError | None = None


class Coder:
    """Codes articles.

    `model` is a spaCy pipeline by package name or path; `actors` are actor files of one's own,
    `dictionaries` folders of PETRARCH/Phoenix dictionaries, whose bad lines are set aside in `faults`;
    `gazetteer` is an index built from GeoNames' full dump; `keep_text` puts the telling sentence into
    each record; `use_model` lets the encoder, the shipped one or one of your own from a folder, check
    and add to what the lexicon finds. Raises `DatelineError` where the model or a file is not to be
    had, or a line of an actor file is wrong. A coder holds no state between articles: the same article
    gives the same records, whatever came before it.

    >>> coder = Coder()
    >>> [e.event for e in coder.code("Kenya accused Somalia of piracy on Monday.", date="2019-03-06")]
    [['ACCUSE']]
    """

    def __init__(
        self,
        *,
        model: str = DEFAULT_MODEL,
        actors: Iterable[str | Path] = (),
        dictionaries: Iterable[str | Path] = (),
        gazetteer: str | Path | None = None,
        keep_text: bool = True,
        use_model: bool = True,
        encoder: str | Path = FOLDER,
    ) -> None:
        self.options = Options(
            model=model,
            actors=tuple(Path(a) for a in actors),
            dictionaries=tuple(Path(d) for d in dictionaries),
            gazetteer=Path(gazetteer) if gazetteer else None,
            keep_text=keep_text,
            use_model=use_model,
            encoder=Path(encoder),
        )
        load(model)
        self.faults = own_knowledge(self.options.actors, self.options.dictionaries).faults

    def code(self, article: str | Article, date: str | dt.date | None = None) -> Events:
        """The events of a text or article, read against `date`, the day of publication.

        Raises `DatelineError` where the text is empty, too long or not English, or the date is none.
        """
        return Events(code_article(_prepared(article, date), self.options).events)

    def annotate(self, article: str | Article, date: str | dt.date | None = None) -> Annotation:
        """Every layer of a text or article; errors as in `code`."""
        return annotation(code_article(_prepared(article, date), self.options))

    def pipe(self, articles: Iterable[Article | DatelineError], workers: int = 1) -> Iterator[Outcome]:
        """The outcomes of many articles, in their order, whatever the number of worker processes.

        An article that cannot be coded, or that kills its worker, is set aside with its error and the
        rest goes on.
        """
        yield from in_order(partial(_outcome, self), articles, workers, _lost)

    def relate(self, sentence: str, source: str | tuple[int, int], target: str | tuple[int, int]) -> Relation:
        """The relation between two mentions of a sentence, given as text or characters `[start, end)`.

        Raises `DatelineError` where a mention is not in the sentence.
        """
        return relate(sentence, source, target, self.options)

    def resolve(
        self, phrase: str, context: str | None = None, date: str | dt.date | None = None
    ) -> Entity | None:
        """Whom an actor phrase means on a day, with a text that may help; None where it names nobody.

        Raises `DatelineError` where the phrase is empty or the date is none.
        """
        check_text(phrase, "phrase")
        return resolve_phrase(
            phrase,
            context,
            as_date(date, "date"),
            own_knowledge(self.options.actors, self.options.dictionaries).book,
        )


def _prepared(article: str | Article, date: str | dt.date | None) -> Article:
    if isinstance(article, str):
        return as_article("text", article, date=date)
    if date is None:
        return article
    day = as_article(article.id, article.text, date=date).date
    return replace(article, date=day)


def _outcome(coder: Coder, article: Article | DatelineError) -> Outcome:
    if isinstance(article, DatelineError):
        return Outcome(article.place, None, article)
    try:
        return Outcome(article.id, coder.annotate(article))
    except DatelineError as error:
        if error.problem is Problem.BAD_KNOWLEDGE:
            raise
        return Outcome(article.id, None, error)
    except Exception as error:
        # A fault of ours in one article must not stop the many that come after it.
        detail = f"{type(error).__name__}: {error}"
        return Outcome(article.id, None, DatelineError(Problem.INTERNAL, article.id, detail))


def _lost(article: Article | DatelineError) -> Outcome:
    if isinstance(article, DatelineError):
        return Outcome(article.place, None, article)
    error = DatelineError(Problem.INTERNAL, article.id, "its process was killed each time")
    return Outcome(article.id, None, error)
