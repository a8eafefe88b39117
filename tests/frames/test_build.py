"""Who is subject, object and recipient of each predicate, whatever the construction."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.coding.engine import Engine
from dateline.frames.frame import Frame
from dateline.knowledge.actors.book import ActorBook
from dateline.language.parse import parse
from dateline.language.parsed import Parsed
from dateline.resolve.actors import ArticleActors
from dateline.sources import as_article

# sentence, predicate, what stands in its slots: a slot is named by its words, `-` for nothing.
CASES = [
    # active
    ("Turkey shelled three villages.", "shelled", "subj Turkey; obj villages"),
    ("Turkey gave the rebels ten tanks.", "gave", "subj Turkey; obj tanks; iobj rebels"),
    ("Turkey gave ten tanks to Libya.", "gave", "subj Turkey; obj tanks; to Libya"),
    ("Chad appointed him envoy.", "appointed", "subj Chad"),
    ("Troops withdrew from the town.", "withdrew", "subj Troops; obj -; from town"),
    ("Rebels shot down a jet.", "shot", "subj Rebels; obj jet"),
    # passive
    ("Three villages were shelled by Turkey.", "shelled", "subj Turkey; obj villages"),
    ("Three villages were shelled.", "shelled", "subj -; obj villages"),
    ("The envoy has been expelled from Chad.", "expelled", "subj -; obj envoy; from Chad"),
    ("Libya was given ten tanks by Turkey.", "given", "subj Turkey; obj tanks; iobj Libya"),
    ("The convoy was fired on by rebels.", "fired", "subj rebels; on convoy"),
    # coordination
    ("France and Spain condemned the raid.", "condemned", "subj France Spain; obj raid"),
    ("Chad freed soldiers and nurses.", "freed", "subj Chad; obj soldiers nurses"),
    ("Police stormed the camp and arrested the leader.", "arrested", "subj Police; obj leader"),
    ("The leader was caught and jailed by Chad.", "jailed", "obj leader"),
    # control and raising
    ("Oman agreed to free the prisoners.", "free", "subj Oman; obj prisoners"),
    ("Oman urged Syria to free the prisoners.", "free", "subj Syria; obj prisoners"),
    ("Oman is expected to free the prisoners.", "free", "subj Oman; obj prisoners"),
    ("Oman began shelling the port.", "shelling", "subj Oman; obj port"),
    ("Oman refused to allow monitors to enter.", "allow", "subj Oman"),
    ("Chad was accused of arming rebels.", "arming", "subj Chad; obj rebels"),
    ("Chad is ready to talk with Sudan.", "talk", "subj Chad; with Sudan"),
    # participles
    ("Police fired on the crowd, killing two men.", "killing", "subj Police; obj men"),
    ("Soldiers backed by Iran took the town.", "backed", "subj Iran; obj Soldiers"),
    ("Rebels holding two nurses demanded money.", "holding", "subj Rebels; obj nurses"),
    # relative clauses
    ("Troops who shelled the port left.", "shelled", "subj Troops; obj port"),
    ("The jet that Syria shot down was Turkish.", "shot", "subj Syria; obj jet"),
    ("The nurse, who was kidnapped by rebels, is free.", "kidnapped", "subj rebels; obj nurse"),
    ("Chad accused Sudan of arming rebels.", "arming", "subj Sudan; obj rebels"),
    # measures
    ("A wave of strikes followed a spate of raids.", "followed", "subj strikes; obj raids"),
    # attributes
    ("The raid was a threat to Togo.", "was", "subj raid; attr threat; to Togo"),
    ("Chad called the raid an outrage.", "called", "subj Chad"),
    # nouns
    ("Turkey's attack on Syria shocked people.", "attack", "subj Turkey; on Syria"),
    ("An attack by Turkey on Syria shocked people.", "attack", "subj Turkey; on Syria"),
    ("The Turkish attack on Syria shocked people.", "attack", "subj -; mod Turkish; on Syria"),
    ("Talks between Chad and Sudan failed.", "Talks", "between Chad Sudan"),
    ("A series of attacks on Syria shocked people.", "attacks", "on Syria"),
    ("Mali condemned attacks and raids on Togo.", "raids", "on Togo"),
]


@cache
def engine_of(parsed: Parsed) -> Engine:
    return Engine(parsed, ArticleActors(parsed, ActorBook.load(())).heads)


def frame_at(parsed: Parsed, word: str) -> tuple[Engine, Frame]:
    engine = engine_of(parsed)
    (found,) = [f for head, f in engine.frames.by_head.items() if parsed.word(head) == word]
    return engine, found


@pytest.mark.parametrize(("sentence", "word", "slots"), CASES, ids=[f"{s} [{w}]" for s, w, _ in CASES])
def test_slots(parse_text: Callable[..., Parsed], sentence: str, word: str, slots: str) -> None:
    parsed = parse_text(sentence)
    engine, frame = frame_at(parsed, word)
    for wanted in slots.split("; "):
        name, *words = wanted.split()
        found = [parsed.word(t) for t in engine.slots.tokens(frame, name)]
        assert found == [w for w in words if w != "-"], name


@pytest.mark.parametrize(
    ("sentence", "word", "lemmas"),
    [
        ("Rebels shot down a jet.", "shot", ("shoot down", "shoot")),
        ("Chad is ready to talk.", "is", ("be ready", "be")),
        ("A car bombing killed two men.", "bombing", ("car bombing", "bombing")),
        ("Troops pulled out of Mali.", "pulled", ("pull out", "pull")),
    ],
)
def test_names(parse_text: Callable[..., Parsed], sentence: str, word: str, lemmas: tuple[str, ...]) -> None:
    assert frame_at(parse_text(sentence), word)[1].lemmas == lemmas


@pytest.mark.parametrize(
    ("sentence", "word", "passive", "negated"),
    [
        ("Chad freed him.", "freed", False, False),
        ("He was freed.", "freed", True, False),
        ("He was not freed.", "freed", True, True),
        ("Chad never freed him.", "freed", False, True),
        ("Men held by Chad were ill.", "held", True, False),
        ("Chad has held him.", "held", False, False),
    ],
)
def test_voice_and_negation(
    parse_text: Callable[..., Parsed], sentence: str, word: str, passive: bool, negated: bool
) -> None:
    frame = frame_at(parse_text(sentence), word)[1]
    assert (frame.passive, frame.negated) == (passive, negated)


@settings(deadline=None, max_examples=60, derandomize=True)
@given(
    st.lists(
        st.sampled_from([s for s, _, _ in CASES] + ["who ", "and ", "to ", "by ", ", "]),
        max_size=5,
    )
)
def test_frames_of_any_text(parts: list[str]) -> None:
    text = " ".join(parts).strip() or "word"
    parsed = parse(as_article("a", text))
    size = len(parsed.doc)
    for head, frame in engine_of(parsed).frames.by_head.items():
        sides = (frame.subjects, frame.objects, frame.indirect, frame.attributes, frame.complements)
        assert frame.head == head and frame.lemmas
        assert all(0 <= t < size for side in sides for t in side)
        assert len(set(frame.subjects)) == len(frame.subjects)
