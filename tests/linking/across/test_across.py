"""Tellings of many articles become one record an event."""

from __future__ import annotations

import datetime as dt
import json
import random
from typing import Any

import pyarrow as pa
import pytest

from dateline.flat import SIZES
from dateline.knowledge.tables import read_table
from dateline.linking.across import explain, link, merge, signature
from dateline.linking.across.columns import COLUMNS
from dateline.linking.across.levels import FIELDS, scales

DAYS, WHOLE, REAL = ("date", "enddate", "published"), (*SIZES, "geonameid", "resolution"), ("lat", "lon")
TEXTS = ("publisher", "attribution", "place", "record")
BASE: dict[str, Any] = {
    "published": "2024-03-05", "event_type": "ASSAULT", "date": "2024-03-04", "date_precision": "day",
    "mode": "bombing", "cameo": "183", "actor_code": "NGA", "actor_sector": "REB", "actor_name": "Boko Haram",
    "recipient_code": "NGA", "recipient_sector": "CVL", "place": "Maiduguri", "place_country": "NGA",
    "geonameid": 2331447, "lat": 11.85, "lon": 13.16, "resolution": 4,
}  # fmt: skip
TOLD = "A bomb went off in the crowded fish market of Maiduguri on Monday morning"
IN_OTHER_WORDS = "Traders ran as an explosion tore through stalls at a Maiduguri market"


def kind(name: str) -> pa.DataType:
    if name in DAYS:
        return pa.date32()
    if name in WHOLE:
        return pa.int64()
    if name in REAL:
        return pa.float64()
    return pa.list_(pa.uint32()) if name == "signature" else pa.string()


SCHEMA = pa.schema([(n, kind(n)) for n in ("id", "published", *COLUMNS, *TEXTS)])


def telling(name: str, text: str = TOLD, **fields: Any) -> dict[str, Any]:
    row: dict[str, Any] = {**dict.fromkeys(SCHEMA.names), **BASE, "id": name, "article": f"a-{name}"}
    row |= {"publisher": f"{name}.example", "signature": signature(text), **fields}
    row["enddate"] = row["enddate"] or row["date"]
    for day in DAYS:
        row[day] = dt.date.fromisoformat(row[day]) if isinstance(row[day], str) else row[day]
    return row


def table(*rows: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=SCHEMA)


def events(*rows: dict[str, Any]) -> list[set[str]]:
    """The tellings by event."""
    found: dict[str, set[str]] = {}
    for row in link(table(*rows)).to_pylist():
        found.setdefault(row["event"], set()).add(row["telling"])
    return sorted(found.values(), key=sorted)


def test_three_papers_tell_of_one_event() -> None:
    rows = (
        telling("p"),
        telling("q", IN_OTHER_WORDS, published="2024-03-06"),
        telling("r", "Boko Haram hit Maiduguri again", geonameid=2328926, resolution=1, mode=None),
    )
    assert events(*rows) == [{"p", "q", "r"}]


SIMILAR = {
    "another town": {"geonameid": 2335204, "lat": 12.0, "lon": 8.52, "place": "Kano"},
    "another country": {"geonameid": 2447513, "place_country": "NER"},
    "another day": {"date": "2024-03-07", "published": "2024-03-08"},
    "a day long ago": {"date": "2014-03-04"},
    "another attacker": {"actor_code": "USA", "actor_sector": "MIL", "actor_name": None},
    "another victim": {"recipient_code": "CMR"},
    "another type": {"event_type": "PROTEST"},
    "a fear of it": {"aux": "hypothetical"},
    "an announcement of it": {"aux": "future"},
}


@pytest.mark.parametrize("what", SIMILAR)
def test_a_similar_event_stays_apart_even_in_the_same_words(what: str) -> None:
    assert events(telling("p"), telling("q", **SIMILAR[what])) == [{"p"}, {"q"}]


def test_a_countrys_name_is_no_more_than_its_code() -> None:
    states = {"actor_code": "USA", "actor_sector": "GOV", "recipient_code": "RUS", "recipient_sector": "GOV"}
    said = {
        "event_type": "ACCUSE",
        "mode": "disapprove",
        "cameo": "112",
        "place": None,
        "place_country": None,
    }
    named = {"actor_name": "United States", "recipient_name": "Russia"}
    found = explain(telling("p", **{**said, **states, **named}), telling("q", **{**said, **states, **named}))
    assert found["actor"][0] == found["recipient"][0] == "country and sector"


def test_reversed_roles_are_two_events() -> None:
    sides = {"actor_name": None, "actor_sector": "MIL", "recipient_sector": "MIL"}
    there = telling("p", **sides, actor_code="ISR") | {"recipient_code": "LBN"}
    back = telling("q", **sides, actor_code="LBN") | {"recipient_code": "ISR"}
    assert events(there, back) == [{"p"}, {"q"}]


def test_who_met_whom_matters_not_where_both_act() -> None:
    met = {"event_type": "CONSULT", "mode": "visit", "cameo": "042", "actor_sector": "GOV"}
    both = telling("p", **met, actor_code="KEN; SOM") | {
        "actor_sector": "GOV; GOV", "actor_name": "Ruto; Mohamud",
        "recipient_code": None, "recipient_sector": None,
    }  # fmt: skip
    one = telling("q", **met, actor_code="SOM") | {
        "actor_name": "Mohamud", "recipient_code": "KEN", "recipient_sector": "GOV", "recipient_name": "Ruto",
    }  # fmt: skip
    assert events(both, one) == [{"p", "q"}]


def test_the_day_of_the_report_may_stand_for_the_day_before() -> None:
    assert events(telling("p"), telling("q", IN_OTHER_WORDS, date="2024-03-05")) == [{"p", "q"}]


def test_an_article_tells_an_event_once_where_words_differ() -> None:
    rows = (
        telling("p", geonameid=None),
        telling("q", "Gunmen fled", article="a-p", geonameid=None, mode="guns"),
    )
    assert events(*rows) == [{"p"}, {"q"}]


def test_a_vague_day_holds_the_exact_one() -> None:
    week = {"date": "2024-03-04", "enddate": "2024-03-10", "date_precision": "week"}
    assert events(telling("p"), telling("q", IN_OTHER_WORDS, **week)) == [{"p", "q"}]


def test_an_event_keeps_its_name_and_a_prefix_its_links() -> None:
    rng = random.Random(3)
    rows = [
        telling(
            f"t{n:03d}", rng.choice((TOLD, IN_OTHER_WORDS)), published=f"2024-03-{5 + n // 40:02d}",
            date=f"2024-03-{4 + n // 40:02d}", geonameid=rng.randrange(1, 4),
            actor_name=rng.choice(("Boko Haram", None)), resolution=rng.choice((1, 4)),
        )
        for n in range(120)
    ]  # fmt: skip
    whole = link(table(*rows)).to_pylist()
    for cut in (1, 40, 77):
        first = link(table(*rows[:cut])).to_pylist()
        assert first == whole[:cut]
        shuffled = rng.sample(rows, len(rows))
        assert link(table(*shuffled)).to_pylist() == whole
        known = table(*rows[:cut]).append_column("event", pa.array([r["event"] for r in first]))
        assert link(table(*rows[cut:]), known).to_pylist() == whole[cut:]


def test_a_link_says_why() -> None:
    first, second = telling("p"), telling("q", IN_OTHER_WORDS)
    one, other = link(table(first, second)).to_pylist()
    assert (one["score"], one["why"], one["with"]) == (1.0, "first report", None)
    assert other["with"] == "p"
    assert "place: same town +4" in other["why"]
    found = explain(first, second)
    assert set(found) == {"prior", *FIELDS}
    bits = sum(weight for _, weight in found.values())
    assert other["score"] == pytest.approx(1 / (1 + 2**-bits))


def test_each_weight_follows_from_its_rates() -> None:
    from math import log2

    for row in read_table("linking", "across.tsv"):
        stated, m, u = float(row["weight"]), float(row["m"]), float(row["u"])
        assert abs(stated - log2(m / u)) <= 0.5, row.cells
    assert set(scales()) == {"prior", *FIELDS}


def merged(*rows: dict[str, Any], copies: pa.Table | None = None) -> list[dict[str, Any]]:
    given = table(*rows)
    found: list[dict[str, Any]] = merge(given, link(given), copies).to_pylist()
    return found


def test_a_rising_toll_keeps_its_history() -> None:
    (event,) = merged(telling("p", dead=120), telling("q", IN_OTHER_WORDS, dead=130, published="2024-03-06"))
    assert event["dead"] == 130
    history = json.loads(event["conflicts"])["dead"]
    assert [(h["value"], h["publisher"], h["published"]) for h in history] == [
        (120, "p.example", "2024-03-05"),
        (130, "q.example", "2024-03-06"),
    ]
    assert json.loads(event["support"])["dead"] == ["q"]


def test_the_finest_value_wins_and_names_its_tellings() -> None:
    coarse = {"geonameid": 2328926, "resolution": 1, "place": "Nigeria", "actor_name": None}
    (event,) = merged(telling("o", **coarse), telling("p", published="2024-03-06"), telling("q", **coarse))
    assert (event["place"], event["actor_name"]) == ("Maiduguri", "Boko Haram")
    assert json.loads(event["support"])["place"] == ["p"]
    assert (event["telling"], event["first_publisher"], event["tellings"]) == ("o", "o.example", 3)


@pytest.mark.parametrize(
    ("second", "status"),
    [
        (None, "claimed"),
        ({}, "reported"),
        ({"publisher": "p.example"}, "claimed"),
        ({"attribution": "NGAMIL"}, "reported"),
        ({"aux": "negation"}, "denied"),
    ],
)
def test_what_confirms_an_event(second: dict[str, Any] | None, status: str) -> None:
    rows = [telling("p")] + ([telling("q", IN_OTHER_WORDS, **second)] if second is not None else [])
    assert [event["status"] for event in merged(*rows)] == [status]


def test_a_denied_event_stays_as_it_was_told() -> None:
    denial = {"aux": "negation", "attribution": "NGAMIL", "dead": 0, "cameo": "180", "mode": "unconventional"}
    (event,) = merged(
        telling("p", published="2024-03-04", **denial),
        telling("q", IN_OTHER_WORDS, aux="historical", dead=12),
        telling("r", published="2024-03-06", **{**denial, "attribution": None}),
    )
    assert (event["telling"], event["aux"], event["dead"], event["cameo"]) == ("q", "historical", 12, "183")
    assert (event["first_publisher"], event["tellings"], event["status"]) == ("p.example", 3, "denied")
    conflicts, support = json.loads(event["conflicts"]), json.loads(event["support"])
    assert conflicts["denied"] == [
        {"value": "NGAMIL", "telling": "p", "publisher": "p.example", "published": "2024-03-04"},
        {"value": None, "telling": "r", "publisher": "r.example", "published": "2024-03-06"},
    ]
    assert [h["value"] for h in conflicts["dead"]] == [0, 12, 0]
    assert "denied" not in support and {t for ids in support.values() for t in ids} == {"q"}


def test_a_denial_alone_stays_a_denial() -> None:
    (event,) = merged(telling("p", aux="negation", dead=3))
    assert (event["aux"], event["dead"], event["status"], event["conflicts"]) == (
        "negation",
        3,
        "denied",
        "{}",
    )
    assert json.loads(event["support"])["dead"] == ["p"]


def test_the_plan_and_the_deed_are_two_events() -> None:
    plan = telling("p", aux="future", published="2024-03-03")
    deed, denial = telling("q"), telling("r", IN_OTHER_WORDS, aux="negation")
    assert events(plan, deed, denial) == [{"p"}, {"q", "r"}]
    assert events(plan, telling("q", aux="hypothetical")) == [{"p"}, {"q"}]
    assert events(plan, telling("q", aux="future; negation", published="2024-03-04")) == [{"p", "q"}]


def test_one_sources_word_in_two_papers_is_a_claim() -> None:
    army = {"attribution": "NGAMIL"}
    (event,) = merged(telling("p", **army), telling("q", IN_OTHER_WORDS, **army))
    assert (event["status"], event["publishers"]) == ("claimed", 2)


def test_a_copy_is_an_article_more_and_no_publisher() -> None:
    copies = pa.table({"article": ["a-x", "a-y"], "copy_of": ["a-p", "a-p"]})
    (event,) = merged(telling("p"), copies=copies)
    assert (event["articles"], event["publishers"], event["status"]) == (3, 1, "claimed")


def test_the_record_has_the_best_values() -> None:
    record = {"id": "x", "actor": [{"code": "?"}], "size": {"dead": 1}, "text": "kept"}
    better = {**record, "actor": [{"identifier_text": "Boko Haram"}], "text": "other"}
    (event,) = merged(
        telling("p", record=json.dumps(record), actor_name=None, dead=120),
        telling("q", IN_OTHER_WORDS, record=json.dumps(better), dead=130, published="2024-03-06"),
    )
    found = json.loads(event["record"])
    assert (found["id"], found["text"], found["size"]["dead"]) == (event["id"], "kept", 130)
    assert found["actor"] == [{"identifier_text": "Boko Haram"}]


def test_no_tellings_give_no_events() -> None:
    assert len(link(table())) == 0
    assert len(merge(table(), link(table()))) == 0


def test_words_in_a_telling_are_not_sql() -> None:
    (event,) = merged(telling("p'; DROP TABLE x; --", place='Robert"); DROP', actor_name="a' OR 1=1"))
    assert event["actor_name"] == "a' OR 1=1"
    assert event["telling"] == "p'; DROP TABLE x; --"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The 12 OF the", "12", True),
        ("Truce talks", "truce TALKS, the", True),
        ("a to of", "", True),
        ("ox", "cat", False),
    ],
)
def test_a_signature_holds_content_words(one: str, other: str, same: bool) -> None:
    assert (signature(one) == signature(other)) is same
