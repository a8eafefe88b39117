"""A coder that costs nothing, articles to give it, and all that a store holds."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dateline.article import Article
from dateline.ingest import ArticleStore
from dateline.record import Attribution, CiteInfo, Entity, Event, Place, Telling, TextInfo

Rows = dict[str, list[str]]
NOUNS = "harbour market bridge convoy village station border minister court valley pipeline strike".split()
VERBS = "closed shelled visited accused praised blocked arrested raided opened guarded".split()


def cheap(article: Article) -> list[Event]:
    """One record for each of the first three sentences, everything in it taken from the text."""
    found, at = [], 0
    for number, sentence in enumerate(article.text.split(". ")[:3]):
        end = at + len(sentence)
        digest = hashlib.sha256(f"{article.id}{number}{sentence}".encode()).hexdigest()
        span = {"start": at, "end": end}
        found.append(
            Event(
                id=f"dl-{digest[:16]}",
                doc=article.id,
                date=article.date.isoformat() if article.date else None,
                enddate=None,
                date_precision="day",
                actor=[Entity(code="KEN", sector="GOV", entity_text="Kenya", start=at, end=at + 1)],
                recipient=[Entity(code="SOM", entity_text="Somalia", start=at, end=at + 1)],
                event=["ACCUSE"],
                aux=["future"] if number == 2 else [],
                quad_code=3,
                event_scale=-3.5,
                cameo="112",
                event_loc=Place(extracted_place="Garissa", country_code="KEN", lat=-0.45, lon=39.6, **span),
                size={"dead": len(sentence)},
                attribution=[Attribution(entity_text="Kenya", code="KEN", cue="said", **span)],
                event_text=sentence[:10],
                text=sentence,
                text_info=TextInfo(sequence=number, **span),
                mentions=[Telling(trigger_start=at, trigger_end=at + 1, **span)],
                cite_info=CiteInfo(title=article.title, url=article.url),
                why={"event": "test"},
                confidence=0.5,
                coder="test",
                coded_date=dt.date.today().isoformat(),
            )
        )
        at = end + 2
    return found


@pytest.fixture(name="cheap", scope="session")
def cheap_fixture() -> Callable[[Article], list[Event]]:
    """The coder that costs nothing."""
    return cheap


def write_text(chance: random.Random, words: int) -> str:
    """Sentences of words drawn at random."""
    parts = [chance.choice(NOUNS if n % 2 else VERBS) + str(chance.randrange(40)) for n in range(words)]
    return ". ".join(" ".join(parts[n : n + 9]) for n in range(0, words, 9)) + "."


def some_articles(count: int, seed: int = 1) -> list[Article]:
    """Articles of which one in five is a copy of an earlier one and one in seven a later version."""
    chance = random.Random(seed)
    found: list[Article] = []
    for n in range(count):
        text, doc, day = write_text(chance, 90), f"doc{n}", dt.date(2020, 1, 1 + n % 20)
        url = f"https://www.paper{n % 3}.org/{n}"
        if found and n % 5 == 0:
            earlier = chance.choice(found)
            text, day = earlier.text + " " + chance.choice(NOUNS), earlier.date or day
        elif found and n % 7 == 0:
            earlier = chance.choice(found)
            doc, url = earlier.id, earlier.url or url
        found.append(Article(doc, text, date=day, url=url, publication=f"Paper {n % 3}"))
    return found


@pytest.fixture(scope="session")
def make_articles() -> Callable[..., list[Article]]:
    """`make_articles(count, seed=1)`."""
    return some_articles


TABLES = ("stored_articles", "all_tellings", "all_mentions", "all_entities", "sketches", "events", "links")


def all_rows(store: ArticleStore) -> Rows:
    """Every row of every table that is to be the same whatever happened on the way."""
    found: Rows = {}
    with store.connect() as connection:
        for table in TABLES:
            given: list[dict[str, Any]] = (
                connection.sql(f"SELECT * FROM {table}").to_arrow_table().to_pylist()
            )
            found[table] = sorted(json.dumps(row, default=str, sort_keys=True) for row in given)
    return found


@pytest.fixture(scope="session")
def rows_of() -> Callable[[ArticleStore], Rows]:
    """`rows_of(store)`: its rows by table."""
    return all_rows


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a store is made."""
    return tmp_path / "store"
