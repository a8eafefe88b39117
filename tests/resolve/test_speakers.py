"""Who says that an event happened."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from dateline.language.parsed import Parsed
from dateline.mentions.speech import find_quotes
from dateline.record import Attribution, Entity
from dateline.resolve.speakers import attributions

Parse = Callable[..., Parsed]

# construction, text, trigger, "speaker|cue" outermost first
SENTENCES = [
    ("plain", "Rebels shelled the town.", "shelled", []),
    ("said", "The mayor said that rebels shelled the town.", "shelled", ["The mayor|said"]),
    ("said after", "Rebels shelled the town, the mayor said.", "shelled", ["the mayor|said"]),
    ("unnamed", "Rebels shelled the town, witnesses said.", "shelled", ["witnesses|said"]),
    ("the cue is no content of its own", "The mayor accused rebels of theft.", "accused", []),
    ("accused of", "Sudan accused Chad of arming rebels.", "arming", ["Sudan|accused"]),
    (
        "an accusation that is reported",
        "Sudan accused Chad of arming rebels, the agency reported.",
        "accused",
        ["the agency|reported"],
    ),
    (
        "two speakers, outermost first",
        "The army said that the rebels had claimed that they shot down the plane.",
        "shot",
        ["The army|said", "the rebels|had claimed"],
    ),
    (
        "according to",
        "Rebels fled, according to a monitoring group.",
        "fled",
        ["a monitoring group|according to"],
    ),
    ("threat", "The general threatened to attack the capital.", "attack", ["The general|threatened"]),
    ("demand", "The envoy demanded that Serbia withdraw its troops.", "withdraw", ["The envoy|demanded"]),
    ("pledge", "The rebels pledged to release the pilots.", "release", ["The rebels|pledged"]),
    ("denial", "Chad denied that it had armed the rebels.", "armed", ["Chad|denied"]),
    ("its own plan", "The ministry said it would expel the envoy.", "expel", ["The ministry|said"]),
    ("praise says nothing of it", "The bishop praised the arrest of the general.", "arrest", []),
    ("a wish says nothing of it", "The minister wants to visit Tehran.", "visit", []),
    ("no speaker", "It was reported that the envoy had resigned.", "resigned", []),
    (
        "in the speaker's own phrase",
        "The bridge is gone, said the mayor, who was wounded in the raid.",
        "wounded",
        [],
    ),
    (
        "beside an inserted cue",
        '"It was a massacre," a survivor said after soldiers fled, "and nobody came."',
        "fled",
        [],
    ),
    (
        "in both parts of inserted speech",
        '"They burned the huts," a survivor told the BBC, "and killed the men."',
        "killed",
        ["a survivor|told"],
    ),
    (
        "quoted sentence without a cue",
        '"We will stay," said Torres. "They bombed the school."',
        "bombed",
        ["Torres|said"],
    ),
    (
        "quoted paragraph without a cue",
        '"We will stay," said Torres.\n\n"They bombed the school and the church."',
        "bombed",
        ["Torres|"],
    ),
    (
        "participle of the same speaker",
        "Officials said the bridge collapsed, adding that six men drowned.",
        "drowned",
        ["Officials|adding"],
    ),
    (
        "insertion stays out of the speaker",
        "The envoy, a lawyer, said rebels fled.",
        "fled",
        ["The envoy, a lawyer|said"],
    ),
    (
        "relative clause stays out of the speaker",
        "Rebels fled, said the envoy, who visited the port.",
        "fled",
        ["the envoy|said"],
    ),
    ("possessor", "The army's claim that rebels fled was false.", "fled", ["The army|claim"]),
    ("relative pronoun", "The rebels, who say they seized the port, are few.", "seized", ["The rebels|say"]),
]


def nobody(token: int) -> Sequence[Entity]:
    return ()


def told(parsed: Parsed, trigger: str, entity_of: Callable[[int], Sequence[Entity]]) -> list[Attribution]:
    head = next(t.i for t in parsed.doc if t.text == trigger)
    return attributions(parsed, head, find_quotes(parsed), entity_of)


@pytest.mark.parametrize(
    ("construction", "text", "trigger", "expected"), SENTENCES, ids=[s[0] for s in SENTENCES]
)
def test_speakers(parse_text: Parse, construction: str, text: str, trigger: str, expected: list[str]) -> None:
    found = told(parse_text(text), trigger, nobody)
    assert [f"{a.entity_text}|{a.cue}" for a in found] == expected, construction
    assert all(0 <= a.start < a.end <= len(text) for a in found)


def entity(parsed: Parsed, token: int, code: str, name: str | None = None) -> Entity:
    start, end = parsed.chars(token, token + 1)
    return Entity(code=code, entity_text="the Chadian army", identifier_text=name, start=start, end=end)


@pytest.mark.parametrize(
    ("text", "speaker", "name", "expected"),
    [
        ("The army said rebels fled.", "army", None, ("The army", "TCD")),
        ("Deby said rebels fled.", "Deby", "Idriss Deby", ("Idriss Deby", "TCD")),
        ("He said rebels fled.", "He", "Idriss Deby", ("Idriss Deby", "TCD")),
        ("It said rebels fled.", "It", None, ("the Chadian army", "TCD")),
        ("A statement by the army said rebels fled.", "army", None, ("A statement by the army", "TCD")),
        ("Witnesses said rebels fled.", "rebels", None, ("Witnesses", None)),
    ],
)
def test_resolved_speakers(
    parse_text: Parse, text: str, speaker: str, name: str | None, expected: tuple[str, str | None]
) -> None:
    parsed = parse_text(text)

    def entity_of(token: int) -> Sequence[Entity]:
        return (entity(parsed, token, "TCD", name),) if parsed.word(token) == speaker else ()

    (found,) = told(parsed, "fled", entity_of)
    assert (found.entity_text, found.code) == expected
