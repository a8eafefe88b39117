"""What the lexicon makes of a clause: entries, light verbs, operators, and where the sides stand."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from dateline.coding.engine import Engine
from dateline.coding.reading import Reading
from dateline.knowledge import codebook
from dateline.knowledge.actors.book import ActorBook
from dateline.language.parsed import Parsed
from dateline.resolve.actors import ArticleActors

# sentence; "EVENT: by > to" for each reading in text order, `+` between several, `-` for none.
CASES = [
    # entries
    ("Kenya accused Somalia of piracy.", ["ACCUSE: Kenya > Somalia"]),
    ("Somalia was accused by Kenya.", ["ACCUSE: Kenya > Somalia"]),
    ("France sent food to Chad.", ["AID: France > Chad"]),
    ("Chad attacked Libya.", ["ASSAULT: Chad > Libya"]),
    ("Chad expelled the Libyan ambassador.", ["SANCTION: Chad > ambassador"]),
    ("Poland and Lithuania condemned Belarus.", ["ACCUSE: Poland + Lithuania > Belarus"]),
    ("Chad condemned Libya and Sudan.", ["ACCUSE: Chad > Libya + Sudan"]),
    ("Troops withdrew from Mali.", ["RETREAT: Troops > Mali"]),
    # two sides
    ("Kenya met Somalia.", ["CONSULT: Kenya + Somalia > -"]),
    ("Kenya signed a treaty with Somalia.", ["SUPPORT: Kenya + Somalia > -"]),
    ("Kenya and Somalia held talks.", ["CONSULT: Kenya + Somalia > -"]),
    # light verbs and nouns that stand alone
    ("Turkey carried out an air strike on Syria.", ["ASSAULT: Turkey > Syria"]),
    ("Rebels launched an attack on Malian soldiers.", ["ASSAULT: Rebels > soldiers"]),
    ("Turkey launched a strike on Syria.", ["ASSAULT: Turkey > Syria"]),
    ("Kenyan unions launched a strike.", ["PROTEST: unions > -"]),
    ("Kenyan nurses staged a hunger strike.", ["PROTEST: nurses > -"]),
    ("Police came under attack from rebels.", ["ASSAULT: rebels > Police"]),
    ("Turkey's shelling of Syria went on.", ["ASSAULT: Turkey > Syria"]),
    ("Chad's condemnation of Sudan was short.", ["ACCUSE: Chad > Sudan"]),
    # operators
    ("Japan pledged to send food to Kenya.", ["AGREE: Japan > Kenya"]),
    ("Iran threatened to bomb Israel.", ["THREATEN: Iran > Israel"]),
    ("Iran threatened Israel with war.", ["THREATEN: Iran > Israel"]),
    ("Kenya urged Somalia to free the hostages.", ["REQUEST: Kenya > Somalia"]),
    ("Kenya refused to meet Somalia.", ["REJECT: Kenya > Somalia"]),
    ("Kenya offered to meet Somalia.", ["AGREE: Kenya > Somalia"]),
    ("Kenya suspended aid to Somalia.", ["SANCTION: Kenya > Somalia"]),
    ("Kenya lifted sanctions on Somalia.", ["RETREAT: Kenya > Somalia"]),
    ("Kenya called off talks with Somalia.", ["REJECT: Kenya > Somalia"]),
    ("Oman began shelling the Yemeni port.", ["ASSAULT: Oman > port"]),
    ("Kenya agreed to begin talks with Somalia.", ["AGREE: Kenya > Somalia"]),
    # several in one sentence, each with sides of its own
    ("Kenya accused Somalia, and Chad bombed Libya.", ["ACCUSE: Kenya > Somalia", "ASSAULT: Chad > Libya"]),
    (
        "Police attacked Kenyan students and arrested a nurse.",
        ["ASSAULT: Police > students", "COERCE: Police > nurse"],
    ),
    ("Syrian troops clashed with rebels.", ["ASSAULT: troops + rebels > -"]),
    # nothing
    ("Chad's weather was mild.", []),
    ("The team attacked the goal.", []),
]


@cache
def engine_of(parsed: Parsed) -> Engine:
    return Engine(parsed, ArticleActors(parsed, ActorBook.load(())).heads)


def shown(parsed: Parsed, reading: Reading) -> str:
    by, to = (" + ".join(parsed.word(t) for t in side) or "-" for side in (reading.by, reading.to))
    return f"{reading.event}: {by} > {to}"


@pytest.mark.parametrize(("sentence", "wanted"), CASES, ids=[s for s, _ in CASES])
def test_readings(parse_text: Callable[..., Parsed], sentence: str, wanted: list[str]) -> None:
    parsed = parse_text(sentence)
    assert [shown(parsed, r) for r in engine_of(parsed).readings()] == wanted


@pytest.mark.parametrize("sentence", [s for s, _ in CASES])
def test_a_reading_is_whole(parse_text: Callable[..., Parsed], sentence: str) -> None:
    parsed = parse_text(sentence)
    for reading in engine_of(parsed).readings():
        assert reading.event in codebook.event_types() and codebook.known_cameo(reading.cameo)
        assert all(codebook.known_mode(reading.event, mode) for mode in reading.modes)
        assert not set(reading.by) & set(reading.to)
        assert reading.heads and ".tsv:" in reading.why


def test_the_most_specific_entry_is_first(parse_text: Callable[..., Parsed]) -> None:
    parsed = parse_text("Chad shot down a Libyan jet.")
    engine = engine_of(parsed)
    (head,) = [h for h in engine.frames.by_head if parsed.word(h) == "shot"]
    weights = [match.weight for match in engine.matches(head)]
    assert weights == sorted(weights, reverse=True) and len(weights) > 1
    assert engine.matches(head)[0].name == "shoot down"


def test_nouns_alone_only_where_asked_for(parse_text: Callable[..., Parsed]) -> None:
    parsed = parse_text("The talks with Chad were long.")
    engine = engine_of(parsed)
    assert not list(engine.readings())
    assert [r.event for r in engine.readings(nouns_alone=True)] == ["CONSULT"]


@pytest.mark.parametrize(
    ("sentence", "word", "slot", "found"),
    [
        ("Chad condemned Russia's attack on Izmail.", "condemned", "in(obj)", ["Russia"]),
        ("Chad handed the rebel to Libya.", "handed", "to", ["Libya"]),
        ("Chad criticised the leader of Togo.", "criticised", "in(obj)", ["Togo"]),
        ("Chad condemned Libya.", "condemned", "in(obj)", []),
        ("Chad fired on villagers.", "fired", "on/upon", ["villagers"]),
    ],
)
def test_actors_in_slots(
    parse_text: Callable[..., Parsed], sentence: str, word: str, slot: str, found: list[str]
) -> None:
    parsed = parse_text(sentence)
    engine = engine_of(parsed)
    (frame,) = [f for h, f in engine.frames.by_head.items() if parsed.word(h) == word]
    assert [parsed.word(t) for t in engine.slots.actors(frame, slot)] == found
