"""Which numbers belong to which event."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.language.parsed import Parsed
from dateline.mentions.quantities import find_quantities
from dateline.resolve.numbers import article_sizes, event_size
from dateline.resolve.numbers_persons import tally
from dateline.resolve.numbers_time import real

Parse = Callable[..., Parsed]


def at(parsed: Parsed, *heads: str) -> list[int]:
    """The tokens that are those words."""
    return [i for i in range(len(parsed.doc)) if parsed.word(i) in heads]


def victims(parsed: Parsed) -> dict[str, int]:
    """The dead and injured told of lately, as one happening's."""
    told = [q for q in find_quantities(parsed) if q.role in ("dead", "injured")]
    return tally(parsed, [q for q in told if real(parsed, q)])


ONE_EVENT = [
    ("The rebels shelled a market, killing 12 people.", "shelled", "ASSAULT", {"dead": 12}),
    (
        "Militants attacked a base, killing 9 soldiers and wounding 20.",
        "attacked",
        "ASSAULT",
        {"dead": 9, "injured": 20},
    ),
    ("A missile downed the jet, killing all 224 people on board.", "downed", "ASSAULT", {"dead": 224}),
    ("They condemned the raid in which gunmen killed 130 people.", "raid", "ASSAULT", {"dead": 130}),
    ("The group claimed an attack that left 12 dead.", "attack", "ASSAULT", {"dead": 12}),
    ("Ninety people were killed in an attack on a mosque.", "attack", "ASSAULT", {"dead": 90}),
    ("Twelve people died when a bomb exploded in Kano.", "exploded", "ASSAULT", {"dead": 12}),
    ("A sniper killed a soldier.", "killed", "ASSAULT", {"dead": 1}),
    ("A guard was shot and killed.", "shot", "ASSAULT", {"dead": 1}),
    ("Gunmen shot five students.", "shot", "ASSAULT", {"injured": 5}),
    ("The rocket hit a school, but no one was hurt.", "hurt", "ASSAULT", {"injured": 0}),
    ("Up to 30 people were killed.", "killed", "ASSAULT", {}),
    ("Several people were killed.", "killed", "ASSAULT", {}),
    ("Police arrested 40 activists.", "arrested", "COERCE", {"arrested": 40}),
    ("Police arrested two men and a woman.", "arrested", "COERCE", {"arrested": 3}),
    ("Poland sent 1,200 troops to the border.", "sent", "MOBILIZE", {"troops": 1200}),
    ("Canada pledged 600 peacekeepers.", "pledged", "AGREE", {"troops": 600}),
    ("Norway gave $30 million to refugees.", "gave", "AID", {"money": 30000000}),
    ("The Taliban released three hostages.", "released", "RETREAT", {"released": 3}),
    ("About 5,000 workers marched in Athens.", "marched", "PROTEST", {"protesters": 5000}),
    ("The ministers met 12 times.", "met", "CONSULT", {}),
]


@pytest.mark.parametrize(("text", "head", "kind", "expected"), ONE_EVENT)
def test_numbers_of_one_event(
    text: str, head: str, kind: str, expected: dict[str, int], parse_text: Parse
) -> None:
    parsed = parse_text(text)
    assert event_size(parsed, at(parsed, head), kind, find_quantities(parsed)) == expected


OTHER_CLAUSE = [
    ("Israel condemned Iran after a rocket killed 4 people.", "condemned", "ACCUSE"),
    ("Police dispersed the crowd, and a bomb killed 4 people.", "dispersed", "COERCE"),
    ("The president said that rebels had killed 4 people.", "said", "ASSAULT"),
    ("Troops attacked the camp and the navy detained 30 men.", "attacked", "ASSAULT"),
    ("France sent 300 soldiers after rebels attacked a town.", "attacked", "ASSAULT"),
]


@pytest.mark.parametrize(("text", "head", "kind"), OTHER_CLAUSE)
def test_numbers_of_another_clause_stay_out(text: str, head: str, kind: str, parse_text: Parse) -> None:
    parsed = parse_text(text)
    assert event_size(parsed, at(parsed, head), kind, find_quantities(parsed)) == {}


ARTICLES = [
    (
        "The blast hit a market on Monday. At least 12 people were killed. Officials visited the site.",
        [("hit", "ASSAULT")],
        [{"dead": 12}],
    ),
    (
        "A man was shot on Friday. He died in hospital.",
        [("shot", "ASSAULT")],
        [{"dead": 1}],
    ),
    (
        "Two men were shot outside a bar. One of the men died. The other was wounded.",
        [("shot", "ASSAULT")],
        [{"dead": 1, "injured": 1}],
    ),
    (
        "Five people were shot in Durban. A woman was killed and four others were wounded.",
        [("shot", "ASSAULT"), ("killed", "ASSAULT")],
        [{"dead": 1, "injured": 4}, {"dead": 1, "injured": 4}],
    ),
    (
        "Rebels bombed a bridge in Aleppo, killing 12 people. In Lima, police killed a farmer.",
        [("bombed", "ASSAULT"), ("killed", "ASSAULT")],
        [{"dead": 12}, {"dead": 1}],
    ),
    (
        "A guard was attacked at the gate. Peter Novak, 41, died at the scene. Maria Ruiz, 30, also died.",
        [("attacked", "ASSAULT")],
        [{"dead": 2}],
    ),
    (
        "Rebels attacked a convoy. Last year 300 people were killed in the province.",
        [("attacked", "ASSAULT")],
        [{}],
    ),
    (
        "Jets bombed a wedding, killing 20 people. Some 10,000 people have died since the war began.",
        [("bombed", "ASSAULT")],
        [{"dead": 20}],
    ),
    (
        "Police fired on a crowd, killing at least 30. Doctors later put the toll at 41.",
        [("fired", "ASSAULT")],
        [{"dead": 41}],
    ),
    (
        "Police arrested 30 students. The protest was peaceful.",
        [("arrested", "COERCE")],
        [{"arrested": 30}],
    ),
    (
        "A teenager was stabbed in Leeds. Omar Aziz, 17, was pronounced dead. Aziz was stabbed twice.",
        [("stabbed", "ASSAULT")],
        [{"dead": 1}],
    ),
]


@pytest.mark.parametrize(("text", "events", "expected"), ARTICLES)
def test_numbers_across_sentences(
    text: str, events: list[tuple[str, str]], expected: list[dict[str, int]], parse_text: Parse
) -> None:
    parsed = parse_text(text)
    given = [(at(parsed, head), kind) for head, kind in events]
    assert article_sizes(parsed, given, find_quantities(parsed)) == expected


VICTIMS = [
    ("A clerk was shot on Monday. Anna Kovac, 30, died of her wounds.", {"dead": 1}),
    ("Three men were shot. One of them died.", {"dead": 1, "injured": 2}),
    ("A woman was wounded. Her husband was killed.", {"injured": 1, "dead": 1}),
    ("The boy was shot in the leg and is recovering.", {"injured": 1}),
    ("He threatened to kill two guards.", {}),
    ("A porter was killed. A third man was wounded.", {"dead": 1, "injured": 2}),
    ("A man was found dead. A woman was found dead upstairs.", {"dead": 2}),
    ("Two years ago 40 people were killed in the town.", {}),
    ("A girl was shot. The girl died in hospital.", {"dead": 1}),
    ("Ivan Horvat and Luka Babic were shot. Babic died.", {"dead": 1, "injured": 1}),
]


@pytest.mark.parametrize(("text", "expected"), VICTIMS)
def test_victims_of_one_incident(text: str, expected: dict[str, int], parse_text: Parse) -> None:
    parsed = parse_text(text)
    assert victims(parsed) == expected


def test_months_before_the_news_are_another_time(parse_text: Parse) -> None:
    parsed = parse_text("On March 4, 12 people were killed. A guard was killed on Monday.", "2019-08-20")
    assert victims(parsed) == {"dead": 1}


def test_no_events_no_sizes(parse_text: Parse) -> None:
    parsed = parse_text("Twelve people died.")
    assert article_sizes(parsed, [], find_quantities(parsed)) == []


def test_event_without_heads_has_no_size(parse_text: Parse) -> None:
    parsed = parse_text("Twelve people died.")
    assert event_size(parsed, [], "ASSAULT", find_quantities(parsed)) == {}
