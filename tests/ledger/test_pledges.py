"""Pledges, their renewals and their evidence, from made-up events."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pyarrow as pa
import pytest

from dateline.flat import SIZES
from dateline.ledger import SCHEMA, pledges, states
from dateline.ledger.ledger import COLUMNS

DAYS = ("date", "enddate", "first_published")
KINDS = {name: pa.date32() for name in DAYS} | {
    name: pa.int64() for name in (*SIZES, "geonameid", "publishers")
}
KINDS["signature"] = pa.list_(pa.uint32())
EVENTS = pa.schema([(name, KINDS.get(name, pa.string())) for name in COLUMNS])
MADE = "Kenya promised to send 40 tankers to Malawi by March 20."


def day(number: int) -> dt.date:
    """A day of March 2024."""
    return dt.date(2024, 3, number)


def event(on: int, text: str, code: str = "AGREE 033", **changes: Any) -> dict[str, Any]:
    """An event of Kenya towards Malawi, published on a day of March 2024; `code` is type and CAMEO code."""
    kind, cameo = code.split()
    trigger = changes.pop("trigger", "promised to send")
    found = dict.fromkeys(COLUMNS) | {"event": kind, "event_type": kind, "cameo": cameo, "aux": ""}
    found |= {"id": f"ev-{on}{kind}", "telling": f"dl-{on}{kind}", "article": f"a-{on}"}
    found |= {"date": day(on), "enddate": day(on), "date_precision": "day", "first_published": day(on)}
    found |= {"actor_code": "KEN", "actor_sector": "GOV", "actor_text": "Kenya", "actor_name": "Kenya"}
    found |= {"recipient_code": "MWI", "recipient_text": "Malawi", "recipient_name": "Malawi"}
    found |= {"text": text, "trigger": trigger, "event_text": trigger.replace(" to ", " … ")}
    return found | changes


def sent(on: int, text: str, **changes: Any) -> dict[str, Any]:
    """An act of aid."""
    return event(on, text, "AID 073", **({"trigger": "sent"} | changes))


def article(on: int, text: str) -> pa.RecordBatch:
    """An article of which no event is coded."""
    rows = [{"article": f"b-{on}", "published": day(on), "title": "", "text": text}]
    return pa.RecordBatch.from_pylist(rows)


def ledger(*events: dict[str, Any], articles: tuple[pa.RecordBatch, ...] = ()) -> list[dict[str, Any]]:
    table = pledges(pa.Table.from_pylist(list(events), schema=EVENTS), articles)
    assert table.schema.equals(SCHEMA)
    found: list[dict[str, Any]] = table.to_pylist()
    return found


def outcome(*events: dict[str, Any], articles: tuple[pa.RecordBatch, ...] = ()) -> str | None:
    (row,) = ledger(*events, articles=articles)
    found: str | None = row["outcome"]
    return found


def test_a_pledge_says_who_what_and_when() -> None:
    (row,) = ledger(event(4, MADE, attribution="a minister", troops=40))
    assert (row["kind"], row["who_code"], row["to_whom_code"]) == ("promise", "KEN", "MWI")
    assert row["what"] == "promised to send 40 tankers to Malawi by March 20"
    assert (row["due_text"], row["due_last"]) == ("by March 20", day(20))
    assert (row["said_by"], json.loads(row["how_much"])) == ("a minister", {"troops": 40})
    assert row["outcome"] is None and json.loads(row["evidence"]) == []


@pytest.mark.parametrize(
    ("code", "changes", "kind"),
    [
        ("AGREE 033", {"trigger": "offered to send"}, "offer"),
        ("AGREE 036", {"aux": "future", "trigger": "visit"}, "plan"),
        ("THREATEN 138", {"trigger": "threatened to bomb"}, "threat"),
        ("THREATEN 131", {"trigger": "cut", "aux": "future"}, "plan"),
        ("REQUEST 105", {"trigger": "demanded"}, "demand"),
        ("MOBILIZE 154", {"trigger": "send", "aux": "future"}, "plan"),
    ],
)
def test_kinds(code: str, changes: dict[str, Any], kind: str) -> None:
    text = f"Kenya {changes['trigger']} 40 tankers."
    assert [row["kind"] for row in ledger(event(4, text, code, **changes))] == [kind]


@pytest.mark.parametrize(
    ("code", "aux"),
    [("AGREE 033", "negation"), ("AGREE 033", "historical"), ("AID 073", ""), ("AID 073", "hypothetical"),
     ("ACCUSE 112", "future")],
)  # fmt: skip
def test_what_is_no_pledge(code: str, aux: str) -> None:
    assert ledger(event(4, "Kenya did so.", code, aux=aux)) == []


def test_it_is_kept_by_the_act() -> None:
    (row,) = ledger(event(4, MADE), sent(18, "Kenya sent 40 tankers to Malawi."))
    assert (row["outcome"], row["outcome_on"]) == ("kept", day(18))
    (one,) = json.loads(row["evidence"])
    assert (
        one["event"] == "ev-18AID" and one["decides"] and one["quote"] == "Kenya sent 40 tankers to Malawi."
    )
    assert one["weight"] == row["weight"] >= 4


@pytest.mark.parametrize(
    "other",
    [
        sent(18, "Kenya sent 40 tankers to Gabon.", recipient_code="GAB", recipient_name="Gabon"),
        sent(18, "Kenya sent nurses to Malawi."),
        sent(18, "Uganda sent 40 tankers to Malawi.", actor_code="UGA", actor_text="Uganda"),
        sent(18, "Kenya may send 40 tankers to Malawi.", aux="hypothetical"),
        sent(18, "Kenya sent 40 tankers to Malawi in 2019.", date=dt.date(2019, 1, 1)),
        sent(4, "Kenya sent 40 tankers to Malawi."),
        event(18, "Kenya accused Malawi over 40 tankers.", "ACCUSE 112"),
    ],
    ids=["receiver", "thing", "giver", "feared", "old", "same-day", "type"],
)  # fmt: skip
def test_what_is_no_evidence(other: dict[str, Any]) -> None:
    assert outcome(event(4, MADE), other) is None


def test_a_part_is_not_all() -> None:
    (row,) = ledger(event(4, MADE), sent(18, "Kenya sent 12 tankers to Malawi."))
    (one,) = json.loads(row["evidence"])
    assert (row["outcome"], one["outcome"], one["decides"]) == (None, "partial", False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya withdrew its promise of tankers to Malawi.", "withdrawn"),
        ("The plan to send tankers to Malawi was scrapped by Kenya.", "withdrawn"),
        ("Kenya reneged on its promise of tankers to Malawi.", "broken"),
        ("Kenya kept its promise to send Malawi tankers.", "kept"),
        ("Kenya sent 40 tankers to Malawi.", "kept"),
        ("Kenya sent 40 tankers to Gabon.", None),
        ("Malawi sent 40 tankers to Kenya.", None),
        ("Kenya sent 12 tankers to Malawi.", None),
        ("Kenya denied that it withdrew its promise of tankers to Malawi.", None),
        ("Kenya threatened to withdraw its promise of tankers to Malawi.", None),
        ("Uganda withdrew its promise of tankers to Malawi.", None),
        ("Kenya withdrew its threat to bomb tankers in Malawi.", None),
    ],
)
def test_cues(text: str, expected: str | None) -> None:
    assert outcome(event(4, MADE), articles=(article(15, f"It rained. {text}"),)) == expected


@pytest.mark.parametrize(("on", "expected"), [(15, None), (25, "broken")])
def test_what_is_not_done_is_broken_once_its_day_is_past(on: int, expected: str | None) -> None:
    text = "Kenya has yet to send the 40 tankers to Malawi."
    assert outcome(event(4, MADE), articles=(article(on, text),)) == expected
    assert outcome(event(4, MADE), sent(on, text, aux="negation", trigger="send")) == expected


def test_a_demand_is_kept_by_whom_it_was_made_to() -> None:
    text = "Kenya demanded that Malawi release 9 fishermen."
    asked = event(4, text, "REQUEST 105", trigger="demanded")
    freed = {"actor_code": "MWI", "actor_text": "Malawi", "actor_name": "Malawi", "recipient_code": "KEN"}
    done = event(9, "Malawi released 9 fishermen.", "RETREAT 0841", trigger="released", **freed)
    assert outcome(asked, done) == "kept"
    wrong = event(9, "Kenya released 9 fishermen.", "RETREAT 0841", trigger="released")
    assert outcome(asked, wrong) is None


def test_what_is_made_again_is_one_pledge() -> None:
    (row,) = ledger(
        event(4, MADE),
        event(8, "Kenya promised again to send 40 tankers to Malawi by March 28.", trigger="promised"),
        event(15, "Kenya complained of the 40 tankers that it promised to send Malawi.", trigger="promised"),
    )
    assert (row["renewals"], row["renewed_on"], row["due_last"]) == (1, day(8), day(28))
    assert [r["event"] for r in json.loads(row["renewed"])] == ["ev-8AGREE"]


def test_other_things_are_other_pledges() -> None:
    assert len(ledger(event(4, MADE), event(8, "Kenya promised to send 9 nurses to Malawi."))) == 2


def test_put_off_it_has_a_new_day() -> None:
    text = "Kenya postponed the delivery of tankers to Malawi until March 30."
    table = pledges(pa.Table.from_pylist([event(4, MADE)], schema=EVENTS), (article(15, text),))
    assert states(table, day(14))["due_last"].to_pylist() == [day(20)]
    assert states(table, day(15))["due_last"].to_pylist() == [day(30)]


def test_the_order_of_rows_does_not_matter() -> None:
    rows = [
        event(4, MADE),
        sent(18, "Kenya sent 40 tankers to Malawi."),
        event(6, "Kenya promised 3 ferries."),
    ]
    assert ledger(*rows) == ledger(*rows[::-1])


def test_without_text_the_hashed_words_do() -> None:
    bare: dict[str, Any] = {"text": None, "event_text": None, "signature": [11, 12, 13]}
    made, done = (e | bare | {"trigger": None} for e in (event(4, ""), sent(18, "")))
    (row,) = ledger(made)
    assert row["what"] is None and row["kind"] == "promise" and row["outcome"] is None
    assert [r["outcome"] for r in ledger(made, done)] == ["kept"]
    assert [r["outcome"] for r in ledger(made, done | {"signature": [21, 22, 23]})] == [None]


def test_an_empty_store_has_an_empty_ledger() -> None:
    assert ledger() == []
