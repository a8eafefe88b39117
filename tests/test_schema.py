"""The published schema is the record's, and says of each field what it may hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from dateline import Coder
from dateline.record import json_schema

PUBLISHED = Path(__file__).parent.parent / "docs" / "schema" / "event.json"
TEXT = "Kenya recalled its ambassador from Somalia on Tuesday."


@pytest.fixture(scope="module")
def record() -> dict[str, Any]:
    (event,) = Coder().code(TEXT, date="2024-03-13")
    return event.to_dict()


def test_the_published_schema_is_current() -> None:
    assert json.loads(PUBLISHED.read_text(encoding="utf-8")) == json_schema(), (
        "write it anew: dateline schema > docs/schema/event.json"
    )


def test_a_record_validates(record: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())
    jsonschema.validate(record, json_schema())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("quad_code", 5),
        ("aux", ["past"]),
        ("date_precision", "hour"),
        ("event", "ASSAULT"),
        ("size", {"dead": "four"}),
        ("confidence", "high"),
        ("mentions", [{"start": 0}]),
    ],
)
def test_a_wrong_record_does_not(record: dict[str, Any], field: str, value: object) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**record, field: value}, json_schema())


@pytest.mark.parametrize(
    "field", ["id", "doc", "date", "actor", "event", "quad_code", "text", "mentions", "coder"]
)
def test_a_field_that_must_be_there(record: dict[str, Any], field: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({k: v for k, v in record.items() if k != field}, json_schema())
