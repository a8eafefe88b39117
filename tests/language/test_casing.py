"""Paragraphs in capitals: what the parser is given for them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.language.casing import Casing, in_capitals
from dateline.language.ordinary import Ordinary
from dateline.language.parse import load
from dateline.language.parsed import Parsed

RECASED = [
    # ordinary words, countries, peoples
    ("THE SUDANESE ARMY SHELLED KADUGLI.", "The Sudanese army shelled Kadugli."),
    ("TURKEY AND CHAD SIGNED AN ACCORD.", "Turkey and Chad signed an accord."),
    # titles stand before names only
    ("PRESIDENT OMAR BONGO MET THE PRESIDENT.", "President Omar Bongo met the president."),
    ("FOREIGN MINISTER ZARIN OBADU LEFT.", "Foreign Minister Zarin Obadu left."),
    ("GEN. ZARIN OBADU SPOKE TO THE GENERAL.", "Gen. Zarin Obadu spoke to the general."),
    # unknown words are names, and small words inside names stay small
    ("MERCEDES DE LA ROSA QUIROLA WAS SEEN.", "Mercedes de la Rosa Quirola was seen."),
    ("MEN FROM SAN JACINTO AND LOS CERRITOS VOTED.", "Men from San Jacinto and Los Cerritos voted."),
    # names by letters
    ("THE PLO AND NATO HELD TALKS.", "The PLO and NATO held talks."),
    ("THE NEW FRONT (FRBX) SPLIT. FRBX MEMBERS LEFT.", "The new front (FRBX) split. FRBX members left."),
    ("POLICE SEIZED AN AK-47 AND A T-55.", "Police seized an AK-47 and a T-55."),
    # us and the US, who and the WHO
    ("HE TOLD US THAT WHO WINS IS OPEN.", "He told us that who wins is open."),
    ("US TROOPS LEFT. THE US SAID SO.", "US troops left. The US said so."),
    ("U.S. TROOPS LEFT THE ISLAND.", "U.S. troops left the island."),
    # months that are other words too
    ("THEY MAY MARCH IN MAY, OR ON 3 MARCH.", "They may march in May, or on 3 March."),
    ("THE TALKS OF AUGUST 4 BEGAN ON A MONDAY.", "The talks of August 4 began on a Monday."),
    # sentences, quotations, contractions
    ('HE SAID: "WE WON." THEY DIDN\'T.', 'He said: "We won." They didn\'t.'),
    ('IT WAS A "GRAVE MISTAKE" OF ZARIN\'S.', 'It was a "grave mistake" of Zarin\'s.'),
    ("HE CAME AT 5 PM ON THE 3RD, 40 KM AWAY.", "He came at 5 pm on the 3rd, 40 km away."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), RECASED)
def test_recased(text: str, expected: str) -> None:
    assert Casing(load()).recase(text) == expected


def test_a_name_shown_once_is_known_afterwards() -> None:
    casing = Casing(load())
    assert casing.recase("MARIA PONCE AND THE ALLIANCE (ZQD) SPOKE.") == (
        "Maria Ponce and the alliance (ZQD) spoke."
    )
    assert casing.recase("LATER PONCE LEFT THE ZQD.") == "Later Ponce left the ZQD."


CAPITALS = [
    ("THE TALKS RESUMED ON MONDAY.", True),
    ("McALLEN POLICE ARRESTED TWO MEN ON MONDAY.", True),
    ("The FMLN and the UN met in San José.", False),
    ("NAIROBI", False),
    ("12 34 56 78", False),
    ("", False),
]


@pytest.mark.parametrize(("text", "expected"), CAPITALS)
def test_in_capitals(text: str, expected: bool) -> None:
    assert in_capitals(text) is expected


@given(st.text(alphabet=st.characters(categories=["Lu", "Nd", "Po", "Zs", "Pd"]), max_size=60))
def test_as_long_as_before(text: str) -> None:
    assert len(Casing(load()).recase(text)) == len(text)


def test_words_keep_their_places(parse_text: Callable[..., Parsed]) -> None:
    text = "REBELS OF THE FMLN ATTACKED A CONVOY NEAR USULUTAN.\n\nThe army denied it."
    parsed = parse_text(text)
    assert [t.text for t in parsed.doc][:5] == ["Rebels", "of", "the", "FMLN", "attacked"]
    assert [parsed.word(i) for i in range(5)] == ["REBELS", "OF", "THE", "FMLN", "ATTACKED"]
    assert parsed.text(0, 5) == "REBELS OF THE FMLN ATTACKED"


def test_is_stays_a_verb(parse_text: Callable[..., Parsed]) -> None:
    parsed = parse_text("THE ROAD IS CLOSED TO ALL TRAFFIC.")
    assert parsed.doc[2].text == "is"
    assert parsed.word(2) == "IS"


ORDINARY = [
    ("the", True, False), ("attacked", True, True), ("villages", True, False), ("quickly", True, True),
    ("zarin", False, False), ("kadugli", False, False),
]  # fmt: skip


@pytest.mark.parametrize(("word", "ordinary", "acts"), ORDINARY)
def test_ordinary_words(word: str, ordinary: bool, acts: bool) -> None:
    words = Ordinary.of(load())
    assert words.word(word) is ordinary
    assert words.acts(word) is acts
