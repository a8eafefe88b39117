"""Which words of a text name places."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.language.parsed import Parsed
from dateline.mentions.places import find_places

Parse = Callable[..., Parsed]

# (sentence, the places it names, parted by "|")
SENTENCES = [
    # plain
    ("The talks moved from Geneva to Astana.", "Geneva|Astana"),
    ("Soldiers entered Deir al-Zour at dawn.", "Deir al-Zour"),
    ("The ship left the Black Sea for the Gulf of Aden.", "Black Sea|Gulf of Aden"),
    ("Protests spread across Bosnia and Herzegovina.", "Bosnia and Herzegovina"),
    ("The U.S. and the UK sent observers.", "U.S.|UK"),
    ("Ethiopia's army crossed the border.", "Ethiopia"),
    # regions after a comma, abbreviations
    ("He was born in Paris, Texas.", "Paris|Texas"),
    ("The fire began in Springfield, Ill., on Monday.", "Springfield|Ill."),
    ("A storm hit Harlan County, Ky., overnight.", "Harlan County|Ky."),
    # datelines in the text
    ("NAIROBI — Police fired tear gas on Tuesday.", "NAIROBI"),
    ("BEIRUT (AP) - Rebels said they would leave.", "BEIRUT"),
    # settlements no gazetteer knows
    ("Rebels burned the village of Zumbaro on Friday.", "Zumbaro"),
    # roads and landmarks
    ("A truck overturned on Maple Grove Road near Dayton.", "Maple Grove Road|Dayton"),
    ("Traffic stopped on Highway 61 for hours.", "Highway 61"),
    # the place's own public bodies
    ("Memphis police arrested two men.", "Memphis"),
    ("The Dallas City Council voted on Monday.", "Dallas"),
    # persons are no places
    ("Denzel Washington thanked the crew.", ""),
    ("Mr. London said the plan was dead.", ""),
    ("Senator Paris Jackson resigned.", ""),
    # other bodies that only bear a place's name
    ("The Bank of England raised rates.", ""),
    ("The Washington Post published the letter.", ""),
    ("The Dallas Cowboys lost again.", ""),
    ("Students at the University of Texas protested.", ""),
    # words that are mostly not places
    ("Reading the report took hours in March.", ""),
    ("Of the victims, four were children.", ""),
    ("He hopes for a nice summer.", ""),
    # adjectives are no places
    ("French and Syrian officials met.", ""),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=lambda v: str(v)[:50])
def test_find_places(parse_text: Parse, text: str, expected: str) -> None:
    assert "|".join(m.text for m in find_places(parse_text(text))) == expected


ADJECTIVES = [
    ("French and Syrian officials met in Oslo.", "French|Syrian|Oslo"),
    ("South Korean ships left Busan.", "South Korean|Busan"),
    ("Two Egyptians were held.", "Egyptians"),
]


@pytest.mark.parametrize(("text", "expected"), ADJECTIVES)
def test_adjectives_on_request(parse_text: Parse, text: str, expected: str) -> None:
    found = find_places(parse_text(text), adjectives=True)
    assert "|".join(m.text for m in found) == expected
    assert [m.adjective for m in found] == [m.text not in ("Oslo", "Busan") for m in found]


def test_a_family_name_stays_one(parse_text: Parse) -> None:
    text = "Opposition leader Peter Houston spoke on Monday. Houston said the vote was stolen."
    assert find_places(parse_text(text)) == []


def test_a_list_shares_its_verdict(parse_text: Parse) -> None:
    text = "Shelling was heard in Aleppo, Homs and Hama."
    assert [m.text for m in find_places(parse_text(text))] == ["Aleppo", "Homs", "Hama"]


@pytest.mark.parametrize("text", ["", "...", "AND SO THE MAYOR OF NOWHERE SAID NO", "in In IN iN", "’s ’s"])
def test_odd_texts(parse_text: Parse, text: str) -> None:
    find_places(parse_text(text), adjectives=True)


_WORDS = [
    "Paris",
    "in",
    "Texas",
    ",",
    "the",
    "Gov.",
    "U.S.",
    "Ill.",
    "'s",
    "-",
    "river",
    "River",
    "North",
    "said",
]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(_WORDS), max_size=15))
def test_mentions_are_in_order_and_true_to_the_text(parse_text: Parse, words: list[str]) -> None:
    parsed = parse_text(" ".join(words))
    at = 0
    for mention in find_places(parsed, adjectives=True):
        assert at <= mention.start < mention.end <= len(parsed.article.text)
        assert " ".join(parsed.article.text[mention.start : mention.end].split()) == mention.text
        assert mention.first < mention.last
        at = mention.end


CAPITALS = [
    ("REBELS ATTACKED THE TOWN OF JALALABAD ON MONDAY.", "JALALABAD"),
    ("THE ARMY SAID IT KILLED NINE MEN IN EL SALVADOR.", "EL SALVADOR"),
]


@pytest.mark.parametrize(("text", "expected"), CAPITALS)
def test_texts_all_in_capitals(parse_text: Parse, text: str, expected: str) -> None:
    assert "|".join(m.text for m in find_places(parse_text(text))) == expected
