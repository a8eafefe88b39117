"""The commands that link: `link`, `group`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from dateline.article import Article
from dateline.commands.shared import Model, OutFile, finish, output, read_lines
from dateline.errors import DatelineError, Problem
from dateline.language.parse import DEFAULT_MODEL
from dateline.link import Mention, group_articles, link_mentions, plain_article


def _name(place: str, given: dict[str, Any], key: str) -> str:
    value = given.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise DatelineError(Problem.BAD_LINE, place, f"{key} is neither text nor a whole number")
    return str(value)


def _article(place: str, given: dict[str, Any], key: str) -> Article:
    doc, text, date = _name(place, given, key), given.get("text"), given.get("date")
    if not isinstance(text, str):
        raise DatelineError(Problem.BAD_LINE, place, "text is not text")
    if date is not None and not isinstance(date, str):
        raise DatelineError(Problem.BAD_LINE, place, "date is not text")
    try:
        return plain_article(doc, text, date)
    except DatelineError as error:
        raise DatelineError(error.problem, place, error.detail) from error


def _mention(place: str, given: dict[str, Any], text: str) -> Mention:
    start, end = given.get("start"), given.get("end")
    whole = all(isinstance(n, int) and not isinstance(n, bool) for n in (start, end))
    if not whole or not 0 <= start < end <= len(text):  # type: ignore[operator]
        raise DatelineError(Problem.BAD_LINE, place, "start and end are not characters of the text")
    return Mention(_name(place, given, "id"), _name(place, given, "doc"), start, end)  # type: ignore[arg-type]


def link(
    lines: Annotated[Path, typer.Option("--in", help="JSON lines: id, doc, text, date, start, end.")],
    out: OutFile = None,
    model: Model = DEFAULT_MODEL,
) -> None:
    """Say which given mentions of events, in many articles, tell of the same event."""
    articles: dict[str, Article] = {}
    mentions: dict[str, Mention] = {}
    ids: dict[str, Any] = {}

    def take(place: str, given: dict[str, Any]) -> None:
        doc = _name(place, given, "doc")
        known = articles.get(doc)
        article = known or _article(place, given, "doc")
        if known and given.get("text") != known.text:
            raise DatelineError(Problem.BAD_LINE, place, f"another text for the article {doc}")
        mention = _mention(place, given, article.text)
        if mention.id in mentions:
            raise DatelineError(Problem.BAD_LINE, place, f"the id {mention.id} came before")
        articles[doc], mentions[mention.id], ids[mention.id] = article, mention, given["id"]

    _, aside = read_lines(lines, take)
    found = link_mentions(articles, list(mentions.values()), model)
    _write(out, "cluster", ids, found)
    finish(len(found), aside)


def group(
    lines: Annotated[Path, typer.Option("--in", help="JSON lines: id, text, date.")],
    out: OutFile = None,
    model: Model = DEFAULT_MODEL,
) -> None:
    """Say which articles report the same happening."""
    articles: dict[str, Article] = {}
    ids: dict[str, Any] = {}

    def take(place: str, given: dict[str, Any]) -> None:
        article = _article(place, given, "id")
        if article.id in articles:
            raise DatelineError(Problem.BAD_LINE, place, f"the id {article.id} came before")
        articles[article.id], ids[article.id] = article, given["id"]

    _, aside = read_lines(lines, take)
    found = group_articles(list(articles.values()), model)
    _write(out, "story", ids, found)
    finish(len(found), aside)


def _write(out: Path | None, name: str, ids: dict[str, Any], found: dict[str, str]) -> None:
    """One line for each id, as it was given."""
    with output(out) as stream:
        for key, value in found.items():
            stream.write(json.dumps({"id": ids[key], name: value}, ensure_ascii=False) + "\n")
