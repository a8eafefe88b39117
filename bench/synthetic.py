"""Written articles and events for measuring the store: drawn at random from a seed, no text of anybody's."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections.abc import Iterator
from pathlib import Path

import duckdb

from dateline.article import Article
from dateline.record import CiteInfo, Entity, Event, Telling, TextInfo

_WORDS = [
    f"{stem}{end}" for stem in ("harbour", "convoy", "court", "strike") for end in "abcdefghijklmnopqrst"
]
_COUNTRIES = ("KEN", "SOM", "ETH", "UGA", "TUR", "SYR", "USA", "RUS", "CHN", "FRA")


def article_stream(count: int, seed: int = 7) -> Iterator[Article]:
    """Articles of some 150 words; one in six is a copy of an earlier one, one in nine a later version."""
    chance = random.Random(seed)
    found: list[Article] = []
    for n in range(count):
        words = [f"{chance.choice(_WORDS)}{chance.randrange(50)}" for _ in range(150)]
        text = ". ".join(" ".join(words[at : at + 15]) for at in range(0, 150, 15)) + "."
        doc, url, day = f"doc{n}", f"https://paper{n % 9}.org/{n}", dt.date(2024, 1, 1 + n % 28)
        if found and n % 6 == 0:
            earlier = chance.choice(found)
            text, day = f"{earlier.text} More", earlier.date or day
        elif found and n % 9 == 0:
            earlier = chance.choice(found)
            doc, url = earlier.id, earlier.url or url
        found.append(Article(doc, text, date=day, url=url, publication=f"Paper {n % 9}"))
        yield found[-1]


def cheap(article: Article) -> list[Event]:
    """One record for each of the first four sentences: what coding gives, at no cost."""
    found, at = [], 0
    for number, sentence in enumerate(article.text.split(". ")[:4]):
        end = at + len(sentence)
        digest = hashlib.sha256(f"{article.id}\0{number}\0{sentence}".encode()).hexdigest()
        actor = Entity(code=_COUNTRIES[int(digest[:4], 16) % 10], entity_text="A", start=at, end=at + 1)
        other = Entity(code=_COUNTRIES[int(digest[4:8], 16) % 10], entity_text="B", start=at, end=at + 1)
        telling = Telling(start=at, end=end, trigger_start=at, trigger_end=at + 1)
        found.append(
            Event(
                id=f"dl-{digest[:16]}",
                doc=article.id,
                date=article.date.isoformat() if article.date else None,
                enddate=None,
                date_precision="day",
                actor=[actor],
                recipient=[other],
                event=["ACCUSE"],
                quad_code=3,
                event_scale=-3.5,
                cameo="112",
                event_text=sentence[:20],
                text=sentence,
                text_info=TextInfo(sequence=number, start=at, end=end),
                mentions=[telling],
                cite_info=CiteInfo(url=article.url),
                confidence=0.5,
                coder="synthetic",
                coded_date=dt.date.today().isoformat(),
            )
        )
        at = end + 2
    return found


def write_events(path: Path, count: int) -> None:
    """A Parquet file of that many events of twenty years among 100 actors, in the columns of a store's
    `events`, ordered by day as a store's are."""
    from dateline.store.schema import EVENTS
    from dateline.store.views import column_types

    types = dict(column_types(EVENTS))
    made = {
        "id": "'ev-' || printf('%016x', n)",
        "date": "DATE '2005-01-01' + (n * 7305 // {count})::INTEGER",
        "date_precision": "'day'",
        "event_type": "'TYPE' || hash(n) % 16",
        "event": "'TYPE' || hash(n) % 16",
        "actor": "'A' || printf('%02d', (hash(n, 1) % 100)::INTEGER)",
        "recipient": "'A' || printf('%02d', (hash(n, 2) % 100)::INTEGER)",
        "actor_code": "'A' || printf('%02d', (hash(n, 1) % 100)::INTEGER)",
        "recipient_code": "'A' || printf('%02d', (hash(n, 2) % 100)::INTEGER)",
        "quad_code": "1 + hash(n, 3) % 4",
        "event_scale": "(hash(n, 4) % 200)::DOUBLE / 10 - 10",
        "tellings": "1 + hash(n, 5) % 5",
        "status": "'reported'",
        "record": "'{{}}'",
    }
    columns = ", ".join(
        f'({made.get(name, "NULL").format(count=count)})::{kind} AS "{name}"' for name, kind in types.items()
    )
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT {columns} FROM range({count}) AS r(n)) TO '{path}' "
            "(FORMAT parquet, COMPRESSION zstd)"
        )
