"""Events of a store: the views that docs/store.md describes, made by hand in DuckDB."""

from __future__ import annotations

import duckdb
import msgspec
import pytest

from dateline.errors import DatelineError
from dateline.exports import dyads, linked
from dateline.record import Event, to_json

TABLES = """
CREATE TABLE events (id VARCHAR, date DATE, date_precision VARCHAR, actor_code VARCHAR, actor_sector VARCHAR,
  recipient_code VARCHAR, recipient_sector VARCHAR, quad_code BIGINT, event_scale DOUBLE, dead BIGINT,
  aux VARCHAR,
  telling VARCHAR, articles BIGINT, publishers BIGINT, record VARCHAR);
CREATE TABLE links (telling VARCHAR, event VARCHAR);
CREATE TABLE tellings (id VARCHAR, article VARCHAR, passages BIGINT, publisher VARCHAR, url VARCHAR,
  published DATE);
CREATE TABLE articles (article VARCHAR, seq BIGINT);
CREATE TABLE batches (batch VARCHAR, run VARCHAR, first_seq BIGINT, last_seq BIGINT);
CREATE TABLE runs (run VARCHAR, started TIMESTAMPTZ);
"""


class Folder:
    """What `Store.connect` gives, over tables made here."""

    def __init__(self, events: list[Event]) -> None:
        self.connection = duckdb.connect(":memory:")
        self.connection.execute("SET TimeZone = 'UTC'")
        self.connection.execute(TABLES)
        for event in events:
            told = msgspec.structs.replace(event, coded_date="")
            sides = [
                "; ".join(getattr(e, name) or "" for e in side)
                for side in (event.actor, event.recipient)
                for name in ("code", "sector")
            ]
            row = [event.id, event.date, event.date_precision, *sides, event.quad_code, event.event_scale]
            row += [event.size.get("dead"), "; ".join(event.aux), f"t-{event.id}", 2, 2, to_json(told)]
            self.connection.execute(f"INSERT INTO events VALUES ({', '.join('?' * len(row))})", row)

    def connect(self):  # type: ignore[no-untyped-def]
        return self.connection.cursor()


def test_events_come_with_their_tellings(events: list[Event]) -> None:
    store = Folder(events[:2])
    store.connection.execute("""
    INSERT INTO links VALUES ('t-dl-1', 'dl-1'), ('t-9', 'dl-1'), ('t-8', 'dl-1');
    INSERT INTO tellings VALUES ('t-dl-1', 'a-2', 2, 'late.example', NULL, '2024-03-14'),
      ('t-9', 'a-1', 1, 'first.example', 'https://first.example/1', '2024-03-13'),
      ('t-8', 'a-1', 1, 'first.example', 'https://first.example/1', NULL);
    INSERT INTO articles VALUES ('a-1', 0), ('a-2', 7);
    INSERT INTO batches VALUES ('b1', 'r1', 0, 3), ('b2', 'r2', 4, 9);
    INSERT INTO runs VALUES ('r1', '2024-03-20 10:00:00+00'), ('r2', '2024-03-21 23:30:00+00');
    """)
    first, second = linked.read_linked(store)
    assert (first.event.id, first.tellings, first.articles, first.publishers) == ("dl-1", 4, 2, 2)
    assert first.sources == ["first.example", "late.example"]
    assert first.urls == ["https://first.example/1"]
    assert first.event.coded_date == "2024-03-21", "the day of the run that coded the telling"
    assert msgspec.structs.replace(first.event, coded_date="2024-03-14") == events[0]
    assert (second.tellings, second.sources, second.event.coded_date) == (1, [], "")


def test_events_come_by_day(events: list[Event]) -> None:
    early = msgspec.structs.replace(events[0], id="dl-9", date="2024-01-01")
    found = [item.event.id for item in linked.read_linked(Folder([events[5], events[0], early]))]
    assert found == ["dl-9", "dl-1", "dl-6"]


@pytest.mark.parametrize("party", dyads.PARTIES)
def test_deeds_are_those_of_the_records(events: list[Event], party: dyads.Party) -> None:
    expected = [found for event in events if (found := dyads.deed(event, party))]
    key = lambda one: (one.date or "9", one.scale, one.recipients)  # noqa: E731
    assert sorted(linked.read_deeds(Folder(events), party), key=key) == sorted(expected, key=key)


def test_a_damaged_record_is_named(events: list[Event]) -> None:
    store = Folder(events[:1])
    store.connection.execute("UPDATE events SET record = '{}'")
    with pytest.raises(DatelineError, match="damaged"):
        list(linked.read_linked(store))
