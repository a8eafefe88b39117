"""Which tellings are one event, on articles of two sentences and more."""

from __future__ import annotations

from functools import cache

import pytest

from dateline import Coder
from dateline.record import Event

# text, event, and how many records of that type there are
JOINED = [
    "Rebels attacked soldiers in Gao on Monday. The rebels' attack on the soldiers in Gao began at dawn.",
    "Mali accused France of arming rebels on Monday. Mali accused France of arming rebels, aides said.",
    "Kenya and Somalia signed a trade pact on Tuesday. The pact was signed in Nairobi by Kenya and Somalia.",
    "France bombed a Malian village on Sunday. The French bombed the village at noon, Mali said.",
    "Iran accuses Israel of raid on Natanz\n\nIran accused Israel on Monday of a raid on its Natanz plant.",
    "Four soldiers were killed on Monday. Rebels killed four soldiers in Gao on Monday.",
]
APART = [
    # another type
    ("Mali accused France on Monday. Mali thanked France on Monday.", 2),
    # other sides
    ("Mali accused France of theft. Chad accused France of theft.", 2),
    ("Rebels killed soldiers in Mali. Rebels killed soldiers in Chad.", 2),
    # other days
    ("Turkey bombed a Syrian village on 3 May 2020. Turkey bombed a Syrian village on 9 May 2020.", 2),
    # other places
    ("Rebels killed a nurse in Lima on Monday. Rebels killed a nurse in Cusco on Monday.", 2),
    # other numbers
    ("Rebels killed four nurses in Peru. Rebels killed nine nurses in Peru.", 2),
    # one denied
    ("Mali attacked Chad. Mali did not attack Chad.", 2),
    # one only may happen
    ("Turkey bombed Syria. Turkey may bomb Syria.", 2),
    # the sides exchanged
    ("Israel bombed Syria. Syria bombed Israel.", 2),
]


@cache
def coder() -> Coder:
    return Coder()


def coded(text: str) -> list[Event]:
    return list(coder().code(text, date="2020-06-10"))


@pytest.mark.parametrize("text", JOINED)
def test_joined(text: str) -> None:
    events = coded(text)
    assert [len(e.mentions) for e in events] == [2], [
        (e.event, e.event_text, len(e.mentions)) for e in events
    ]


@pytest.mark.parametrize(("text", "records"), APART)
def test_apart(text: str, records: int) -> None:
    events = coded(text)
    assert len(events) == records, [(e.event, e.event_text, len(e.mentions)) for e in events]
    assert all(len(e.mentions) == 1 for e in events)


@pytest.mark.parametrize("text", [*JOINED, *(text for text, _ in APART)])
def test_each_telling_is_in_one_record(text: str) -> None:
    found = [(m.trigger_start, m.trigger_end, e.event[0]) for e in coded(text) for m in e.mentions]
    assert len(set(found)) == len(found)
    for event in coded(text):
        starts = [m.start for m in event.mentions]
        assert starts == sorted(starts)
        assert all(text[m.trigger_start : m.trigger_end].strip() for m in event.mentions)


def test_a_record_takes_the_best_of_its_tellings() -> None:
    text = "Rebels killed four soldiers in Gao. Tuareg rebels killed four Malian soldiers in Gao on Monday."
    (event,) = coded(text)
    assert len(event.mentions) == 2
    assert event.event_loc is not None and event.event_loc.resolved_place == "Gao"
    assert (event.date, event.size) == ("2020-06-08", {"dead": 4})
    assert (event.text_info.sequence, event.text) == (0, text[: text.index(" Tuareg")])


def test_what_the_paper_says_too_is_nobodys_claim() -> None:
    said = coded("The army said rebels killed a nurse in Gao on Monday.")
    assert [a.entity_text for e in said for a in e.attribution]
    both = coded(
        "The army said rebels killed a nurse in Gao on Monday. Rebels killed a nurse in Gao on Monday."
    )
    joined = [e for e in both if len(e.mentions) == 2]
    assert joined and not joined[0].attribution


def test_a_record_has_the_same_name_every_time() -> None:
    first, second = (coded(JOINED[0])[0] for _ in range(2))
    assert first.id == second.id and first.id.startswith("dl-")
    elsewhere = coder().code("It was hot. " + JOINED[0], date="2020-06-10")
    assert first.id not in {event.id for event in elsewhere}
