"""Adds up CAMEO codes of a verb over a verb, and negates them, as PETRARCH 2 does (combinations.tsv)."""

from __future__ import annotations

from functools import lru_cache

from dateline.knowledge import codebook
from dateline.knowledge.tables import read_table

# A refusal lies this far below the act that is refused.
REFUSAL = 0xFFFF
KIND = 0x1000
SAY = 0x1000
# What is not done against somebody is taken for good will, as the validation records of the family have it.
GOOD_WILL = "050"
# PLOVER has no type for what CAMEO calls statements, and none for codes of one's own: the mildest one.
MILDEST = "CONSULT"
APPEAL, APPEALED = "02", "REQUEST"
CONFLICT = (3, 4)


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, int], dict[int, str]]:
    """CAMEO code → number, and number → CAMEO code."""
    numbers: dict[str, int] = {}
    codes: dict[int, str] = {}
    for row in read_table("petrarch", "combinations.tsv", required=("cameo", "digits", "refused")):
        try:
            number = int(row["digits"], 16)
        except ValueError as error:
            raise row.bad(f"{row['digits']!r} is no hexadecimal number") from error
        number -= REFUSAL if row["refused"] == "yes" else 0
        numbers[row["cameo"]] = number
        codes.setdefault(number, row["cameo"])
    return numbers, codes


def _number(code: str) -> int | None:
    numbers, _ = _tables()
    return numbers.get(code, numbers.get(f"{code[:2]}0")) if code.isdecimal() else None


def combined(upper: str, lower: str) -> str:
    """The code of one verb over another; `lower` where the two do not add up.

    >>> combined("030", "070"), combined("010", "190"), combined("120", "070")
    ('033', '190', '120')
    """
    one, other = _number(upper), _number(lower)
    if one is not None and other is not None and one < 0 < other:
        return _tables()[1].get(one + other, upper)
    if one is None or other is None or one == SAY or (other > 0 and (one > KIND < other or other >= one)):
        return lower
    if other == SAY:
        return upper
    return _tables()[1].get(one + other, lower)


def negated(code: str) -> str:
    """The code of what is not done: of cooperation its refusal, of conflict diplomatic cooperation.

    >>> negated("040"), negated("190")
    ('120', '050')
    """
    number = _number(code)
    if number is None:
        return code
    refused = _tables()[1].get(number - REFUSAL)
    if refused:
        return refused
    return GOOD_WILL if codebook.quad_code(event_type(code)) in CONFLICT else "120"


def event_type(code: str) -> str:
    """PLOVER's type of a dictionary's code; the mildest one where PLOVER drops the code or has none.

    >>> event_type("190"), event_type("020"), event_type("903")
    ('ASSAULT', 'REQUEST', 'CONSULT')
    """
    if code.startswith(APPEAL):
        return APPEALED
    try:
        return codebook.convert(code).event or MILDEST
    except KeyError:
        return MILDEST
