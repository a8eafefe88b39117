"""Time expressions: what they say in TimeML and which days they stand for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.language.parsed import Parsed
from dateline.mentions import times_calendar as cal
from dateline.mentions.times import find_times
from dateline.mentions.times_numbers import count_of, year_of
from dateline.mentions.times_tables import tables
from dateline.mentions.times_tense import KINDS, signals
from dateline.mentions.times_values import MAKERS

Parse = Callable[..., Parsed]
PUBLISHED = "2015-11-24"  # a Tuesday

# text, and "words|TYPE|value" of each time expression in it
SENTENCES = [
    ("Gunmen killed six men on Sunday.", ["Sunday|DATE|2015-11-22"]),
    ("Police arrested six men on Tuesday.", ["Tuesday|DATE|2015-11-24"]),
    ("The envoys will meet on Friday.", ["Friday|DATE|2015-11-27"]),
    ("The envoys meet on Friday.", ["Friday|DATE|2015-11-27"]),
    ("The envoys are expected to be released on Friday.", ["Friday|DATE|2015-11-27"]),
    ("The vote was postponed until Thursday.", ["Thursday|DATE|2015-11-26"]),
    ("Deputies were called to a farm on Saturday.", ["Saturday|DATE|2015-11-21"]),
    ("A hearing was set for Saturday.", ["Saturday|DATE|2015-11-28"]),
    ("The union called a march for Saturday.", ["Saturday|DATE|2015-11-28"]),
    ("Spain said on Thursday it would send troops.", ["Thursday|DATE|2015-11-19"]),
    ("The November 13 attacks shook the city.", ["The November 13|DATE|2015-11-13"]),
    ("The deal was signed on Nov. 3, 2014.", ["Nov. 3, 2014|DATE|2014-11-03"]),
    ("The deal was signed on 3 November 2014.", ["3 November 2014|DATE|2014-11-03"]),
    ("The deal was signed on the 3rd of November.", ["the 3rd of November|DATE|2015-11-03"]),
    ("The deal will take effect on Jan. 1.", ["Jan. 1|DATE|2016-01-01"]),
    ("The deal was signed on 11/24/2015.", ["11/24/2015|DATE|2015-11-24"]),
    ("The deal was signed on 11/12/15.", ["11/12/15|DATE|2015-11-12"]),
    ("Shares rose $5.41 yesterday.", ["yesterday|DATE|2015-11-23"]),
    ("The Daily Herald reported it.", []),
    (
        "He fled in May. Earlier in the day, he sold his car.",
        ["May|DATE|2015-05", "Earlier in the day|DATE|2015-11-24"],
    ),
    ("The deal was extended to Dec. 7.", ["Dec. 7|DATE|2015-12-07"]),
    ("The deal was signed on 24/11/2015.", ["24/11/2015|DATE|2015-11-24"]),
    ("The deal was signed on 2015-11-20.", ["2015-11-20|DATE|2015-11-20"]),
    ("He spoke on Sunday, Nov. 22.", ["Sunday, Nov. 22|DATE|2015-11-22"]),
    ("He was freed in March.", ["March|DATE|2015-03"]),
    ("He was freed last December.", ["last December|DATE|2014-12"]),
    ("Protesters march in the capital.", []),
    ("The talks may fail.", []),
    ("Jan Novak met him.", []),
    ("He came yesterday and will leave tomorrow.", ["yesterday|DATE|2015-11-23", "tomorrow|DATE|2015-11-25"]),
    ("He spoke last night.", ["last night|TIME|2015-11-23TNI"]),
    ("He will speak tonight.", ["tonight|TIME|2015-11-24TNI"]),
    ("He spoke on Monday morning.", ["Monday morning|TIME|2015-11-23TMO"]),
    ("He spoke at 10:30 p.m. on Monday.", ["10:30 p.m. on Monday|TIME|2015-11-23T22:30"]),
    ("Shops closed at noon on Monday.", ["noon on Monday|TIME|2015-11-23T12:00"]),
    ("Rioters burned cars overnight.", ["overnight|TIME|2015-11-23TNI"]),
    ("He resigned last week.", ["last week|DATE|2015-W47"]),
    ("He will resign next Friday.", ["next Friday|DATE|2015-12-04"]),
    ("He will resign next Sunday.", ["next Sunday|DATE|2015-11-29"]),
    ("He will resign this coming Friday.", ["this coming Friday|DATE|2015-11-27"]),
    ("He will resign next week.", ["next week|DATE|2015-W49"]),
    ("He resigned earlier this month.", ["earlier this month|DATE|2015-11"]),
    ("He resigned last year.", ["last year|DATE|2014"]),
    ("He resigned late last year.", ["late last year|DATE|2014"]),
    ("He resigned over the weekend.", ["the weekend|DATE|2015-W47-WE"]),
    ("He resigned two weeks ago.", ["two weeks ago|DATE|2015-W46"]),
    ("He resigned ten days ago.", ["ten days ago|DATE|2015-11-14"]),
    ("He resigned three months ago.", ["three months ago|DATE|2015-08"]),
    ("He resigned twenty-five years ago.", ["twenty-five years ago|DATE|1990"]),
    ("He resigned a decade ago.", ["a decade ago|DATE|2005"]),
    ("He resigned years ago.", ["years ago|DATE|PAST_REF"]),
    ("He has ruled since 2011.", ["2011|DATE|2011"]),
    ("He ruled in the 1990s.", ["the 1990s|DATE|199"]),
    ("He ruled in the late 1990s.", ["the late 1990s|DATE|199"]),
    ("He ruled in the '80s.", ["the '80s|DATE|198"]),
    ("He is in his 30s.", []),
    ("He ruled in the 19th century.", ["the 19th century|DATE|18"]),
    ("He ruled in nineteen eighty-four.", ["nineteen eighty-four|DATE|1984"]),
    ("Exports fell in the third quarter of 2003.", ["the third quarter of 2003|DATE|2003-Q3"]),
    ("Exports fell in the third quarter.", ["the third quarter|DATE|2015-Q3"]),
    ("Exports will rise in the first quarter.", ["the first quarter|DATE|2016-Q1"]),
    ("Exports fell in fiscal 2014.", ["fiscal 2014|DATE|2014"]),
    ("He fled last summer.", ["last summer|DATE|2015-SU"]),
    ("He fled in the winter of 2012.", ["the winter of 2012|DATE|2012-WI"]),
    ("Shops will close on Christmas Day.", ["Christmas Day|DATE|2015-12-25"]),
    ("He paid $2000 for it.", []),
    ("The war killed 2000 people.", []),
    ("The boy is 12 years old.", []),
    ("He is now in exile.", ["now|DATE|PRESENT_REF"]),
    ("He recently fled.", ["recently|DATE|PAST_REF"]),
    ("He will soon return.", ["soon|DATE|FUTURE_REF"]),
    ("The siege lasted three days.", ["three days|DURATION|P3D"]),
    ("The siege lasted nearly two and a half years.", ["nearly two and a half years|DURATION|P2Y6M"]),
    ("The siege lasted several weeks.", ["several weeks|DURATION|PXW"]),
    ("The siege lasted decades.", ["decades|DURATION|PXY"]),
    ("They began a 24-hour strike.", ["a 24-hour|DURATION|PT24H"]),
    ("They walked for half an hour.", ["half an hour|DURATION|PT30M"]),
    ("They have met for the past six months.", ["the past six months|DURATION|P6M"]),
    ("They meet every Monday.", ["every Monday|SET|XXXX-WXX-1"]),
    ("They meet annually.", ["annually|SET|P1Y"]),
    ("They meet every two years.", ["every two years|SET|P2Y"]),
    (
        "He fled on 5 May. A day earlier, he had resigned.",
        ["5 May|DATE|2015-05-05", "A day earlier|DATE|2015-05-04"],
    ),
    (
        "He fled on 5 May. The following day, he returned.",
        ["5 May|DATE|2015-05-05", "The following day|DATE|2015-05-06"],
    ),
    ("He fled in May 2009. He died later that year.", ["May 2009|DATE|2009-05", "later that year|DATE|2009"]),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_value(parse_text: Parse, text: str, expected: list[str]) -> None:
    found = find_times(parse_text(text, PUBLISHED))
    assert [f"{t.text}|{t.type}|{t.value}" for t in found] == expected


# text, first day, last day, precision of its one time
DAYS = [
    ("He resigned on Sunday.", "2015-11-22", "2015-11-22", "day"),
    ("He resigned last week.", "2015-11-16", "2015-11-22", "week"),
    ("He resigned in March.", "2015-03-01", "2015-03-31", "month"),
    ("He resigned in 2011.", "2011-01-01", "2011-12-31", "year"),
    ("He ruled in the 1990s.", "1990-01-01", "1999-12-31", "unknown"),
    ("He ruled for three years.", None, None, "unknown"),
    ("Rioters burned cars overnight.", "2015-11-23", "2015-11-24", "day"),
]


@pytest.mark.parametrize(("text", "first", "last", "precision"), DAYS)
def test_days(parse_text: Parse, text: str, first: str | None, last: str | None, precision: str) -> None:
    (time,) = find_times(parse_text(text, PUBLISHED))
    days = [day.isoformat() if day else None for day in (time.first_day, time.last_day)]
    assert (*days, time.precision) == (first, last, precision)


# without a date of publication
OPEN = [
    ("He resigned on Sunday.", "XXXX-WXX-7"),
    ("He resigned on 5 May.", "XXXX-05-05"),
    ("He resigned in May.", "XXXX-05"),
    ("He resigned last week.", "PAST_REF"),
    ("He will resign tomorrow.", "FUTURE_REF"),
    ("He resigned on 5 May 2009.", "2009-05-05"),
]


@pytest.mark.parametrize(("text", "value"), OPEN)
def test_without_publication_date(parse_text: Parse, text: str, value: str) -> None:
    (time,) = find_times(parse_text(text))
    assert time.value == value
    assert (time.first_day is None) == (value != "2009-05-05")


def test_capitals_and_nothing(parse_text: Parse) -> None:
    found = find_times(parse_text("MONDAY'S ATTACK KILLED SIX IN MAY 2015", PUBLISHED))
    assert [t.value for t in found] == ["2015-11-23", "2015-05"]
    assert find_times(parse_text("", PUBLISHED)) == []


def test_offsets(parse_text: Parse) -> None:
    """Times are in order, do not overlap, and their characters are their words."""
    for text, _ in SENTENCES:
        parsed = parse_text(text, PUBLISHED)
        at = 0
        for time in find_times(parsed):
            assert at <= time.start < time.end
            assert text[time.start : time.end] == time.text
            assert (time.start, time.end) == parsed.chars(time.first, time.last)
            at = time.end


@given(st.dates(), st.sampled_from("DWMQHYTC"))
def test_a_day_lies_in_what_it_is_named_for(day: dt.date, grain: str) -> None:
    days = cal.days_of(cal.named(day, grain))
    if day.year >= 1000 and days:
        assert days.first <= day <= days.last
        assert cal.grain_of(cal.named(day, grain)) == grain


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)), st.integers(1, 7), st.sampled_from((-1, 1)))
def test_weekday_near(day: dt.date, weekday: int, way: int) -> None:
    near = cal.weekday_near(day, weekday, way)
    assert near.isoweekday() == weekday
    assert 0 <= (near - day).days * way < 7


@given(st.text(max_size=12))
def test_days_of_anything(value: str) -> None:
    days = cal.days_of(value)
    assert days is None or days.first <= days.last


COUNTS = [
    ("twenty five", "25"),
    ("a hundred thirty", "130"),
    ("two thousand", "2000"),
    ("two and a half", "2.5"),
    ("1,200", "1200"),
    ("a few", "X"),
    ("half a", "0.5"),
]


@pytest.mark.parametrize(("words", "number"), COUNTS)
def test_count(words: str, number: str) -> None:
    values = tables().values
    assert count_of(words, values["numword"], values["someword"]) == number


def test_spelled_years() -> None:
    numerals = tables().values["numword"]
    assert [
        year_of(w, numerals) for w in ("nineteen ninety six", "two thousand one", "eighteen thousand")
    ] == [
        "1996",
        "2001",
        None,
    ]


def test_tables() -> None:
    """Every rule reads its value by a function there is, and every kind of signal has words."""
    assert {rule.make for rule in tables().rules} <= set(MAKERS)
    assert set(signals()) == set(KINDS)
