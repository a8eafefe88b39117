"""The phrases that may name an actor, and what they say of themselves."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.knowledge.actors.book import ActorBook
from dateline.language.parsed import Parsed
from dateline.mentions.actors import ActorMention, find_actors

Parse = Callable[..., Parsed]


def mentions(parsed: Parsed) -> dict[str, ActorMention]:
    return {m.text: m for m in find_actors(parsed, ActorBook.load())}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("French jets struck again.", ["French jets"]),
        ("The foreign ministry said it was ready.", ["The foreign ministry", "it"]),
        ("President Ana Costa of Brazil left.", ["President Ana Costa of Brazil", "Brazil"]),
        ("Turkey's military denied it.", ["Turkey", "Turkey's military", "it"]),
        ("Rebels who fled returned.", ["Rebels", "who"]),
        ("The snow fell.", []),
        ("On Monday the talks failed.", []),
        ("The Farmers' Union (FU) agreed.", ["The Farmers' Union", "FU"]),
        ("650 soldiers left Mali.", ["650 soldiers", "Mali"]),
    ],
)
def test_phrases_found(text: str, expected: list[str], parse_text: Parse) -> None:
    assert list(mentions(parse_text(text))) == expected


@pytest.mark.parametrize(
    ("text", "phrase", "name", "role", "former"),
    [
        (
            "Brazilian Energy Minister Ana Costa left.",
            "Brazilian Energy Minister Ana Costa",
            "Ana Costa",
            "energy minister",
            False,
        ),
        (
            "Former president Pedro Duarte fled.",
            "Former president Pedro Duarte",
            "Pedro Duarte",
            "president",
            True,
        ),
        ("A former Chilean general was jailed.", "A former Chilean general", None, "general", True),
        ("Mr Silva left.", "Mr Silva", "Silva", None, False),
        ("Riot police fired.", "Riot police", None, "riot police", False),
    ],
)
def test_name_and_role(
    text: str, phrase: str, name: str | None, role: str | None, former: bool, parse_text: Parse
) -> None:
    mention = mentions(parse_text(text))[phrase]
    assert (mention.name, mention.role.noun if mention.role else None, mention.former) == (name, role, former)


@pytest.mark.parametrize(
    ("text", "phrase", "hints"),
    [
        ("French jets struck.", "French jets", [("mod", "French")]),
        ("Police in Cairo fired.", "Police", [("in", "Cairo")]),
        ("Turkey's military left.", "Turkey's military", [("poss", "Turkey")]),
        ("The king of Jordan left.", "The king of Jordan", [("of", "Jordan")]),
        ("US-backed Syrian rebels fled.", "US-backed Syrian rebels", [("mod", "Syrian")]),
        ("Anti-Russian rebels fled.", "Anti-Russian rebels", []),
        ("A group based in Togo left.", "A group", [("in", "Togo")]),
    ],
)
def test_hints(text: str, phrase: str, hints: list[tuple[str, str]], parse_text: Parse) -> None:
    parsed = parse_text(text)
    found = mentions(parsed)[phrase].hints
    assert [(h.how, parsed.word(h.head)) for h in found] == hints


@pytest.mark.parametrize(
    ("text", "phrase", "gender", "plural"),
    [
        ("Mrs Silva left.", "Mrs Silva", "f", False),
        ("King Talal left.", "King Talal", "m", False),
        ("Angela Silva left.", "Angela Silva", "f", False),
        ("The police left.", "The police", "", True),
        ("Two soldiers left.", "Two soldiers", "", True),
    ],
)
def test_gender_and_number(text: str, phrase: str, gender: str, plural: bool, parse_text: Parse) -> None:
    mention = mentions(parse_text(text))[phrase]
    assert (mention.gender, mention.plural) == (gender, plural)


def test_offsets_are_the_articles(parse_text: Parse) -> None:
    text = "IS fighters left.\n\nThe   French president spoke."
    parsed = parse_text(text)
    for mention in find_actors(parsed, ActorBook.load()):
        assert " ".join(text[mention.start : mention.end].split()) == mention.text
        assert parsed.chars(mention.first, mention.last) == (mention.start, mention.end)
