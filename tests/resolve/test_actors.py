"""Who a phrase means, sentence by sentence: the phrase, and its code and sector."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.knowledge.actors.book import ActorBook
from dateline.language.parsed import Parsed
from dateline.record import Entity
from dateline.resolve.actors import ArticleActors, resolve_phrase

Parse = Callable[..., Parsed]
DAY = "2015-11-25"


def entities(parsed: Parsed, phrase: str) -> tuple[Entity, ...]:
    start = parsed.article.text.index(phrase)
    first, last = parsed.tokens(start, start + len(phrase))
    return ArticleActors(parsed, ActorBook.load()).at(parsed.doc[first:last].root.i)


def short(found: tuple[Entity, ...]) -> str:
    return " + ".join(f"{e.code or '-'} {e.sector or '-'}" for e in found)


COUNTRIES = [
    ("Germany pledged help.", "Germany", "DEU GOV"),
    ("Moscow called the incident a provocation.", "Moscow", "RUS GOV"),
    ("The Kremlin denied the claims.", "The Kremlin", "RUS GOV"),
    ("The White House said nothing.", "The White House", "USA GOV"),
    ("The United States and Jordan signed a pact.", "Jordan", "JOR GOV"),
    ("The US sent aid to Nepal.", "The US", "USA GOV"),
    ("South Sudan accused Sudan of an attack.", "South Sudan", "SSD GOV"),
    ("The French rejected the offer.", "The French", "FRA GOV"),
    ("Brazilians marched in the rain.", "Brazilians", "BRA CVL"),
    ("Americans protested in Lima.", "Americans", "USA CVL"),
    ("Michael Jordan gave a speech in Cuba.", "Michael Jordan", "- UNK"),
    ("Ethnic Albanians protested in Serbia.", "Ethnic Albanians", "SRB CVL"),
]

POSSESSORS = [
    ("Turkey's military said it was ready.", "military", "TUR MIL"),
    ("Argentina's central bank raised rates.", "Argentina's central bank", "ARG GOV"),
    ("Norway's parliament rejected the treaty.", "Norway's parliament", "NOR LEG"),
    ("Peru recalled Ecuador's ambassador.", "Ecuador's ambassador", "ECU GOV"),
    ("Students in Chile's capital burned tyres.", "Students", "CHL EDU"),
]

ADJECTIVES = [
    ("French jets struck the camp.", "French jets", "FRA MIL"),
    ("A Russian passenger plane crashed.", "A Russian passenger plane", "RUS CVL"),
    ("The Chinese foreign ministry summoned the envoy.", "The Chinese foreign ministry", "CHN GOV"),
    ("The court freed the Japanese ambassador.", "the Japanese ambassador", "JPN GOV"),
    ("Two Indian soldiers were killed.", "Two Indian soldiers", "IND MIL"),
    ("Gunmen killed three Kenyan policemen.", "three Kenyan policemen", "KEN COP"),
    ("A Chinese court jailed a journalist.", "A Chinese court", "CHN JUD"),
    ("Syrian rebels left the town.", "Syrian rebels", "SYR REB"),
    ("US-backed Syrian rebels shelled the town.", "US-backed Syrian rebels", "SYR REB"),
    ("Saudi-led jets bombed the port.", "Saudi-led jets", "SAU MIL"),
    ("A South Korean warship fired.", "A South Korean warship", "KOR MIL"),
    ("Pro-Russian separatists shot down a helicopter.", "Pro-Russian separatists", "- REB"),
    ("Anti-Syrian protesters burned tyres.", "Anti-Syrian protesters", "- CVL"),
    ("An Italian priest was kidnapped.", "An Italian priest", "ITA REL"),
    ("Bangladeshi factory workers went on strike.", "Bangladeshi factory workers", "BGD LAB"),
    ("British aircraft left the base.", "British aircraft", "GBR GOV"),
    ("A Venezuelan police helicopter landed.", "A Venezuelan police helicopter", "VEN COP"),
    ("Hamas targets were hit.", "Hamas targets", "PSE REB"),
    ("A Dutch oil company left the country.", "A Dutch oil company", "NLD BUS"),
]

PLACES = [
    ("Police in Cairo arrested them.", "Police", "EGY COP"),
    ("Protesters in Athens threw stones.", "Protesters", "GRC CVL"),
    ("Soldiers from Chad entered the town.", "Soldiers", "TCD MIL"),
    ("The prime minister of Italy flew home.", "The prime minister of Italy", "ITA GOV"),
    ("The government of Peru sent aid.", "The government of Peru", "PER GOV"),
    ("Rebels from the Sudanese region of Darfur attacked.", "Rebels", "SDN REB"),
    ("A terror group based in Jordan made a threat.", "A terror group", "JOR UAF"),
]

COMPOUNDS = [
    ("The French and German leaders laid flowers.", "leaders", "FRA GOV + DEU GOV"),
    ("Ukrainian and Russian troops clashed.", "troops", "UKR MIL + RUS MIL"),
    ("The Ugandan army and police moved in.", "police", "UGA COP"),
    ("Iraq's Kurds rejected the plan.", "Iraq's Kurds", "IRQ CVL"),
]

PARTS = [
    ("Dozens of Syrian rebels were killed.", "Dozens", "SYR REB"),
    ("A group of gunmen attacked a village.", "A group", "- UAF"),
    ("Several of the Turkish soldiers fled.", "Several", "TUR MIL"),
    ("Members of the Turkish parliament walked out.", "Members", "TUR LEG"),
    ("Thousands of Greek pensioners marched.", "Thousands", "GRC CVL"),
]

KINDS = [
    ("Gunmen opened fire in a market.", "Gunmen", "- UAF"),
    ("Police fired tear gas.", "Police", "- COP"),
    ("Jihadists seized the road.", "Jihadists", "IMG REB"),
    ("Refugees crossed the river.", "Refugees", "- REF"),
    ("The opposition walked out.", "The opposition", "- PTY"),
    ("The ceasefire collapsed.", "The ceasefire", ""),
    ("The attack failed.", "The attack", ""),
    ("Snow fell on Wednesday.", "Wednesday", ""),
]

PEOPLE = [
    ("French President Francois Hollande spoke.", "Hollande", "FRA GOV"),
    ("Mr Hollande spoke.", "Hollande", "FRA GOV"),
    ("Angela Merkel spoke.", "Angela Merkel", "DEU GOV"),
    ("President Vladimir Putin spoke.", "Putin", "RUS GOV"),
    ("George W. Bush spoke.", "George W. Bush", "USA ELI"),
    ("Brazilian Energy Minister Ana Costa resigned.", "Costa", "BRA GOV"),
    ("The energy minister of Brazil, Ana Costa, resigned.", "Ana Costa", "BRA GOV"),
    ("The energy minister of Brazil, Ana Costa, resigned.", "The energy minister", "BRA GOV"),
    ("Ana Costa, Brazil's energy minister, resigned.", "Ana Costa", "BRA GOV"),
    ("Former president Pedro Duarte of Bolivia was arrested.", "Pedro Duarte", "BOL ELI"),
    ("The ex-president of Peru was jailed.", "ex-president", "PER ELI"),
    ("A former Chilean general was jailed.", "A former Chilean general", "CHL ELI"),
    ("Retired Colonel Luis Vega was shot in Paraguay.", "Luis Vega", "PRY ELI"),
    ("Jordan's King Talal met the envoys.", "King Talal", "JOR GOV"),
    ("Sudan's army chief General Adam Idris seized power.", "Adam Idris", "SDN MIL"),
    ("Kofi Boateng, a Ghanaian opposition leader, was arrested.", "Kofi Boateng", "GHA PTY"),
    ("Lt. Gen. Marco Silva resigned in Portugal.", "Marco Silva", "PRT MIL"),
    ("The Danish cyclist Lars Holm was freed.", "Lars Holm", "DNK CVL"),
    ("Kenji Mori is Japan's prime minister.", "Kenji Mori", "JPN GOV"),
    ("The Merkel government rejected it.", "The Merkel government", "DEU GOV"),
]

ORGANISATIONS = [
    ("The European Union sent observers.", "The European Union", "EUR GOV"),
    ("EU foreign ministers met in Riga.", "EU foreign ministers", "EUR GOV"),
    ("A UN spokesman denied it.", "A UN spokesman", "UNO GOV"),
    ("A CIA official denied it.", "A CIA official", "USA SPY"),
    ("Islamic State fighters seized the town.", "Islamic State fighters", "IMG REB"),
    ("IS claimed the attack.", "IS", "IMG REB"),
    ("Hamas police detained a journalist.", "Hamas police", "PSE COP"),
    ("The Ghana Farmers' Union called a strike.", "The Ghana Farmers' Union", "GHA AGR"),
    ("Chile's Defence Ministry denied it.", "Chile's Defence Ministry", "CHL GOV"),
    ("The president of the Riigikogu resigned.", "The president", "EST LEG"),
    ("A Kenyan army officer fled.", "A Kenyan army officer", "KEN MIL"),
    ("The IMF approved the loan.", "The IMF", "IGO GOV"),
]


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [*COUNTRIES, *POSSESSORS, *ADJECTIVES, *PLACES, *COMPOUNDS, *PARTS, *KINDS, *PEOPLE, *ORGANISATIONS],
)
def test_phrase_means(text: str, phrase: str, expected: str, parse_text: Parse) -> None:
    assert short(entities(parse_text(text, DAY), phrase)) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2010-06-01", "DEU GOV"), ("2023-06-01", "DEU ELI")],
)
def test_office_depends_on_the_day(day: str, expected: str, parse_text: Parse) -> None:
    assert short(entities(parse_text("Angela Merkel gave a speech.", day), "Angela Merkel")) == expected


def test_a_title_in_the_article_wins_over_the_book(parse_text: Parse) -> None:
    found = entities(parse_text("Bulgarian Finance Minister Angela Merkel resigned.", DAY), "Merkel")
    assert short(found) == "BGR GOV"
    assert found[0].office == "finance minister"


def test_record_of_a_known_person(parse_text: Parse) -> None:
    (found,) = entities(parse_text("French President Francois Hollande spoke.", DAY), "Hollande")
    assert found.entity_text == "French President Francois Hollande"
    assert (found.start, found.end) == (0, 34)
    assert found.identifier_text == "Francois Hollande"
    assert found.cameo == "FRAGOV"


@pytest.mark.parametrize(
    ("text", "phrase", "others"),
    [
        ("A former Chilean general was jailed.", "A former Chilean general", ["MIL"]),
        ("Transnistrian troops left.", "Transnistrian troops", ["PRE"]),
        ("The opposition walked out.", "The opposition", ["OPP"]),
    ],
)
def test_other_sectors(text: str, phrase: str, others: list[str], parse_text: Parse) -> None:
    assert entities(parse_text(text, DAY), phrase)[0].other_sectors == others


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("French strikes hit the camp.", "French", "FRA GOV"),
        ("The Turkey-Syria border closed.", "Turkey", "TUR GOV"),
        ("Islamic State fell.", "Islamic", "IMG REB"),
    ],
)
def test_words_inside_phrases(text: str, word: str, expected: str, parse_text: Parse) -> None:
    parsed = parse_text(text, DAY)
    (token,) = parsed.tokens(text.index(word), text.index(word) + 1)[:1]
    actors = ArticleActors(parsed, ActorBook.load())
    assert short(actors.at(token)) == expected
    assert token in actors.heads


@pytest.mark.parametrize(
    ("text", "context", "day", "expected"),
    [
        ("Kenyan troops", None, None, "KEN MIL"),
        ("the Belgian interior minister", None, None, "BEL GOV"),
        ("Angela Merkel", None, "2012-01-01", "DEU GOV"),
        ("the president", "Ghana's President Kwame Asante met farmers.", None, "GHA GOV"),
        ("TEHRAN", None, None, "IRN GOV"),
        ("villages across Indonesia", None, None, "IDN CVL"),
        ("forests across Indonesia", None, None, "IDN UNK"),
        ("a demand", None, None, ""),
        ("We", None, None, ""),
        ("US", None, None, "USA GOV"),
    ],
)
def test_phrases_alone(text: str, context: str | None, day: str | None, expected: str) -> None:
    date = dt.date.fromisoformat(day) if day else None
    found = resolve_phrase(text, context, date, ActorBook.load())
    assert short((found,) if found else ()) == expected


def test_entities_gather_their_mentions(parse_text: Parse) -> None:
    parsed = parse_text("Turkey sent troops. Turkey said it was ready.", DAY)
    actors = ArticleActors(parsed, ActorBook.load())
    named = {r.name: [m.text for m in mentions] for r, mentions in actors.entities() if r.name}
    assert named == {"Turkey": ["Turkey", "Turkey", "it"]}


WORDS = st.lists(
    st.sampled_from(
        ["US", "the", "French", "President", "said", "(", ")", "IS", "Putin", "'s", ",", "who", "its"]
    ),
    max_size=12,
)


@given(WORDS)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_gives_offsets_inside_it(parse_text: Parse, words: list[str]) -> None:
    text = " ".join(words)
    parsed = parse_text(text, DAY)
    actors = ArticleActors(parsed, ActorBook.load())
    again = ArticleActors(parsed, ActorBook.load())
    for token in range(len(parsed.doc)):
        found = actors.at(token)
        assert found == again.at(token)
        for entity in found:
            assert 0 <= entity.start < entity.end <= len(text)
            assert text[entity.start : entity.end].split() == entity.entity_text.split()
