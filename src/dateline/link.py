"""Stories from articles (`dateline group`), and events from given mentions (`dateline link`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dateline.article import Article, Zone, ZoneKind
from dateline.errors import DatelineError, Problem
from dateline.language.parse import DEFAULT_MODEL, parse
from dateline.linking.mentions import cluster
from dateline.linking.stories import bag, find_stories
from dateline.linking.triggers import Trigger, trigger
from dateline.sources import as_article


@dataclass(frozen=True, slots=True)
class Mention:
    """A given mention of an event: its id and the characters `[start, end)` of its article's text."""

    id: str
    doc: str
    start: int
    end: int


def link_mentions(
    articles: Mapping[str, Article], mentions: Sequence[Mention], model: str = DEFAULT_MODEL
) -> dict[str, str]:
    """For each mention's id the name of its event, "e1" and so on in the order given.

    `articles` are by the `doc` of the mentions. The groups do not depend on the order of either. Raises
    BAD_LINE where a mention lies outside its text.

    >>> texts = {"a": "Gunmen attacked a bank in Lima.", "b": "The attack on the Lima bank lasted an hour."}
    >>> articles = {doc: plain_article(doc, text) for doc, text in texts.items()}
    >>> link_mentions(articles, [Mention("1", "a", 7, 15), Mention("2", "b", 4, 10)])
    {'1': 'e1', '2': 'e1'}
    """
    docs = _in_order(articles.values())
    number = {article.id: n for n, article in enumerate(docs)}
    triggers: list[Trigger] = []
    ids: list[str] = []
    bags, words = [], []
    by_doc: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_doc.setdefault(mention.doc, []).append(mention)
    for article in docs:
        parsed = parse(article, model)
        bags.append(bag(parsed))
        words.append(frozenset(t.lemma_.lower() for t in parsed.doc))
        for mention in sorted(by_doc.get(article.id, ()), key=lambda m: (m.start, m.end, m.id)):
            if not 0 <= mention.start < mention.end <= len(article.text):
                what = f"[{mention.start}, {mention.end}) is not inside the text"
                raise DatelineError(Problem.BAD_LINE, mention.id, what)
            triggers.append(trigger(parsed, number[article.id], mention.start, mention.end))
            ids.append(mention.id)
    stories = find_stories(bags, [a.date for a in docs])
    groups = [[ids[k] for k in group] for group in cluster(triggers, stories, words)]
    return _named("e", groups, [m.id for m in mentions])


def group_articles(articles: Sequence[Article], model: str = DEFAULT_MODEL) -> dict[str, str]:
    """For each article's id the name of its story, "s1" and so on in the order given.

    The groups do not depend on that order.
    """
    docs = _in_order(articles)
    found = find_stories([bag(parse(a, model)) for a in docs], [a.date for a in docs])
    groups = [[docs[k].id for k in group] for group in found.groups]
    return _named("s", groups, [a.id for a in articles])


def plain_article(doc: str, text: str, date: str | dt.date | None = None) -> Article:
    """A text as an article of which every line is read, whatever part of a page it may be.

    Given mentions may stand anywhere. Errors as in `as_article`.
    """
    article = as_article(doc, text, date=date, language="en")
    zones, start = [], 0
    for line in article.text.split("\n"):
        if bare := line.strip():
            begin = start + line.index(bare)
            zones.append(Zone(begin, begin + len(bare), ZoneKind.BODY))
        start += len(line) + 1
    return replace(article, zones=tuple(zones))


def _in_order(articles: Iterable[Article]) -> list[Article]:
    """By day and name, so that what is found does not depend on the order of arrival."""
    return sorted(articles, key=lambda a: (a.date or dt.date.max, a.id))


def _named(letter: str, groups: Sequence[Sequence[str]], order: Sequence[str]) -> dict[str, str]:
    group_of = {i: n for n, group in enumerate(groups) for i in group}
    names: dict[int, str] = {}
    return {i: names.setdefault(group_of[i], f"{letter}{len(names) + 1}") for i in order}
