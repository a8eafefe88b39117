"""How the ledger grows: made-up events, a third of them pledges, and articles that say what became of some.

Time for half of the events and for all, and the memory that the ledger adds. Made-up words, real codes; few
countries make most of the news, as in linking_scale.
"""

from __future__ import annotations

import datetime as dt
import resource
import time
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from dateline.flat import SIZES
from dateline.knowledge.tables import read_table
from dateline.ledger.ledger import COLUMNS, pledges

EVENTS, SEED, AN_ARTICLE, A_DAY, STEP = 200_000, 20261124, 4, 1_000, 20_000
WORDS, THINGS = 20_000, 8
# Type, CAMEO code, auxiliary mode, the sentence; a third pledges, as in the news.
_MADE = (
    ("AGREE", "0333", "", "{who} promised to send {things} to {to} by the end of the month."),
    ("AGREE", "036", "future", "{who} will visit {to} next month for talks on {things}."),
    ("THREATEN", "1312", "", "{who} threatened to stop the trade in {things} with {to}."),
    ("REQUEST", "105", "", "{who} demanded that {to} release {things} within ten days."),
    ("AID", "073", "", "{who} sent {things} to {to} on Monday."),
    ("CONSULT", "042", "", "Officials of {who} met those of {to} about {things}."),
    ("SANCTION", "163", "", "{who} stopped the trade in {things} with {to}."),
    ("RETREAT", "0841", "", "{who} released {things} to {to}."),
    ("ASSAULT", "190", "", "Forces of {who} shelled {things} in {to}."),
    ("ACCUSE", "112", "", "{who} accused {to} over {things}."),
    ("COERCE", "173", "", "Police in {who} detained {things} of {to}."),
    ("COOPERATE", "061", "", "{who} and {to} traded {things}."),
)
_SAID = (
    "{who} withdrew its offer of {things} to {to}.",
    "{who} failed to send {things} to {to} before the deadline.",
)


def measure(events: str | None) -> Mapping[str, float]:
    """Seconds for half and for all of so many events (200,000), pledges found, megabytes added at most."""
    number = int(events) if events else EVENTS
    figures: dict[str, float] = {"events": float(number)}
    base = 0.0
    for name, count in (("half", number // 2), ("all", number)):
        table = made(count)
        base = base or _megabytes()
        begun = time.perf_counter()
        found = pledges(table, articles(count))
        figures[f"seconds_{name}"] = time.perf_counter() - begun
        figures[f"pledges_{name}"] = float(len(found))
    figures["ratio"] = figures["seconds_all"] / figures["seconds_half"]
    figures["megabytes_added"] = _megabytes() - base
    return figures


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _countries() -> list[tuple[str, str]]:
    return [(r["code"], r["name"]) for r in read_table("actors", "countries.tsv", required=("code", "name"))][
        :180
    ]


def _drawn(number: int) -> Iterator[tuple[int, int, int, str]]:
    """For each event the numbers of its kind and of its two countries, and the words of its things."""
    for first in range(0, number, STEP):
        rng = np.random.default_rng([SEED, first])
        kinds = rng.integers(0, len(_MADE), STEP)
        sides = (180 * rng.random((STEP, 2)) ** 2).astype(int)
        words = (WORDS * rng.random((STEP, THINGS)) ** 2).astype(int)
        for n in range(min(STEP, number - first)):
            yield int(kinds[n]), int(sides[n, 0]), int(sides[n, 1]), " ".join(f"thing{w}" for w in words[n])


def made(number: int) -> pa.Table:
    """So many events, in the columns that the ledger reads."""
    countries, begin = _countries(), dt.date(2020, 1, 1)
    parts, rows = [], list[dict[str, Any]]()
    empty = dict.fromkeys(COLUMNS)
    schema = pa.schema([(name, _kind(name)) for name in COLUMNS])
    for n, (kind, who, to, things) in enumerate(_drawn(number)):
        what, cameo, aux, sentence = _MADE[kind]
        one, other = countries[who], countries[to]
        day = begin + dt.timedelta(n // A_DAY)
        trigger = sentence.split("{who} ")[-1].split(" {")[0]
        rows.append(
            empty
            | {"id": f"ev-{n:08d}", "telling": f"dl-{n:08d}", "article": f"a-{n // AN_ARTICLE:08d}"}
            | {"event": what, "event_type": what, "cameo": cameo, "aux": aux, "date": day, "enddate": day}
            | {"date_precision": "day", "actor_code": one[0], "actor_sector": "GOV", "actor_text": one[1]}
            | {
                "actor_name": one[1],
                "recipient_code": other[0],
                "recipient_sector": "GOV",
                "trigger": trigger,
            }
            | {"recipient_text": other[1], "recipient_name": other[1], "event_text": trigger.split(" ")[0]}
            | {"text": sentence.format(who=one[1], to=other[1], things=things), "publisher": "a.example"}
            | {"publishers": 1, "first_published": day}
        )
        if len(rows) == STEP:
            parts.append(pa.Table.from_pylist(rows, schema))
            rows = []
    return pa.concat_tables([*parts, pa.Table.from_pylist(rows, schema)])


def _kind(name: str) -> pa.DataType:
    if name in ("date", "enddate", "first_published"):
        return pa.date32()
    if name == "signature":
        return pa.list_(pa.uint32())
    return pa.int64() if name in (*SIZES, "geonameid", "publishers") else pa.string()


def articles(number: int) -> Iterator[pa.RecordBatch]:
    """The articles of so many events, every fourth with a sentence that says what became of a pledge."""
    countries, begin = _countries(), dt.date(2020, 1, 1)
    rows: list[dict[str, Any]] = []
    text = ""
    for n, (kind, who, to, things) in enumerate(_drawn(number)):
        named = {"who": countries[who][1], "to": countries[to][1], "things": things}
        text += _MADE[kind][3].format(**named) + " It rained, and prices at the market rose again that week. "
        if n % (4 * AN_ARTICLE) == 0:
            text += _SAID[n // 16 % 2].format(**named) + " "
        if (n + 1) % AN_ARTICLE == 0:
            day = begin + dt.timedelta(n // A_DAY)
            rows.append({"article": f"x-{n:08d}", "published": day, "title": "", "text": text})
            text = ""
        if len(rows) == STEP:
            yield pa.RecordBatch.from_pylist(rows)
            rows = []
    if rows:
        yield pa.RecordBatch.from_pylist(rows)
