"""What always holds, whatever the text: offsets, the schema, the same records for the same article."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import jsonschema
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dateline import Coder
from dateline.article import Article
from dateline.errors import DatelineError
from dateline.record import json_schema, to_json
from dateline.sources import as_article

LAYERS = ("zones", "sentences", "actors", "places", "dates", "quantities", "quotes", "predicates")
FRAGMENTS = [
    "NAIROBI, March 12 (Example) - ",
    "Kenya recalled its ambassador from Somalia on Tuesday. ",
    "Turkish warplanes bombed a village in northern Syria, killing 14 people",
    " and wounding dozens more, the army said. ",
    "“We will strike back,” said President Emmanuel Macron. ",
    '"We have not," she added, "shelled anybody." ',
    "The two leaders will meet in Addis Ababa next Thursday. ",
    "France, Germany and the EU threatened to impose sanctions on Belarus unless it frees 20 prisoners. ",
    "Police fired tear gas at 3,000 protesters in Lima on 5 May 2019; nine were detained. ",
    "He denied it. ",
    "They were killed by it, who had been attacked. ",
    "the late 1990s, or between Monday and Wednesday, ",
    "In Paris, Texas, ",
    "U.S. troops ",
    "REBELS SEIZE TOWN IN MALI\n",
    "By Jane Doe in Rome\n",
    "Photo: Reuters\n",
    "\n\n",
    "\r\n",
    "\t",
    " ",
    ". ",
    ", ",
    "and ",
    "who ",
    "to ",
    "not ",
    "said ",
    "killed ",
    "of the of ",
    "'s ",
    "’s ",
    "(",
    ")",
    '"',
    "“",
    "”",
    "--",
    "—",
    "\u200b",
    "\u00a0",
    "\u202e",
    "e\u0301",
    "\U0001f600",
    "$5 million ",
    "-3.5% ",
    "0 ",
    "1,2,3 ",
    "99999999999999999999 dead ",
    "twenty-first ",
    "31 February ",
    "الجيش ",
    "軍隊 ",
    "=1+1",
    "[red]",
    "\x1b[31m",
    "<p>",
]
TEXTS = st.one_of(
    st.text(max_size=120),
    st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=14).map("".join),
    st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=8)), max_size=14).map("".join),
)
DATES = st.one_of(st.none(), st.dates().map(str), st.just("2024-03-13"))
CHECKS = settings(
    deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@lru_cache(maxsize=1)
def coder() -> Coder:
    return Coder()


@lru_cache(maxsize=1)
def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json_schema())


def annotate(article: Article) -> dict[str, Any] | None:
    """The annotation as it is printed; None for a text that is refused."""
    try:
        return json.loads(to_json(coder().annotate(article)))
    except DatelineError:
        return None


def article_of(text: str, date: str | None, id: str = "a") -> Article | None:
    try:
        return as_article(id, text, date=date)
    except DatelineError:
        return None


def spans(found: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], str | None]]:
    """Each stretch of the text with the layer's name, and the words it claims to be."""
    for layer in LAYERS:
        for item in found[layer]:
            yield layer, item, item.get("text")
    for entity in found["entities"]:
        for mention in entity["mentions"]:
            yield "entities", mention, None
    for event in found["events"]:
        yield "text_info", event["text_info"], event["text"]
        for side in ("actor", "recipient"):
            for entity in event[side]:
                yield side, entity, entity["entity_text"]
        for said in event["attribution"]:
            # A speaker is given by its name, where it has one, and stands where the text has "he".
            yield "attribution", said, None
        if event["event_loc"]:
            yield "event_loc", event["event_loc"], event["event_loc"]["extracted_place"]
        for mention in event["mentions"]:
            yield "mentions", mention, None
            inside = mention["start"] <= mention["trigger_start"] < mention["trigger_end"] <= mention["end"]
            assert inside, mention


@settings(CHECKS, max_examples=150)
@given(TEXTS, DATES)
@example("Kenya attacked Somalia. " * 3, None)
@example("A" * 300, "0001-01-01")
@example("Mali said on Monday that 5 people died last week.", "9999-12-31")
@example("Mali said on Monday that 5 people died last week.", "0001-01-01")
def test_every_span_is_in_the_text_and_says_it(text: str, date: str | None) -> None:
    article = article_of(text, date)
    found = annotate(article) if article else None
    if found is None:
        return
    assert found["text"] == text
    for layer, span, words in spans(found):
        assert 0 <= span["start"] < span["end"] <= len(text), (layer, span)
        if words is not None:
            assert text[span["start"] : span["end"]].split() == words.split(), (layer, span)
        for part in ("speaker", "cue"):
            if span.get(f"{part}_start") is not None:
                assert 0 <= span[f"{part}_start"] < span[f"{part}_end"] <= len(text), (layer, part, span)
    numbers = {entity["id"] for entity in found["entities"]}
    assert {actor["entity"] for actor in found["actors"]} - {None} <= numbers
    assert all(-3 <= p["factuality"] <= 3 for p in found["predicates"])
    assert len({event["id"] for event in found["events"]}) == len(found["events"])


@settings(CHECKS, max_examples=80)
@given(TEXTS, DATES)
def test_every_record_validates(text: str, date: str | None) -> None:
    article = article_of(text, date)
    found = annotate(article) if article else None
    for event in found["events"] if found else ():
        validator().validate(event)
        assert 0 <= event["confidence"] <= 1
        assert event["mentions"] and event["doc"] == "a"
        if event["date"]:
            assert event["date"] <= (event["enddate"] or event["date"])
        assert all(n >= 0 for n in event["size"].values())


@settings(CHECKS, max_examples=50)
@given(TEXTS, TEXTS, DATES)
def test_the_same_article_gives_the_same_records(text: str, between: str, date: str | None) -> None:
    article, other = article_of(text, date), article_of(between, date, "b")
    if article is None:
        return
    first = annotate(article)
    if other is not None:
        annotate(other)
    assert annotate(article) == first


@settings(CHECKS, max_examples=4)
@given(st.lists(TEXTS, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_neither_order_nor_workers_change_a_record(texts: list[str], random: Any) -> None:
    articles = [a for n, t in enumerate(texts) if (a := article_of(t, "2024-03-13", str(n)))]
    mixed = random.sample(articles, len(articles))
    outcomes = [
        {
            o.doc: o.annotation.to_dict() if o.annotation else str(o.error)
            for o in coder().pipe(given, workers)
        }
        for given, workers in ((articles, 1), (mixed, 1), (mixed, 2))
    ]
    assert outcomes[0] == outcomes[1] == outcomes[2]
    assert not any(str(found).startswith("E901") for found in outcomes[0].values())


@settings(CHECKS, max_examples=60)
@given(TEXTS, st.data())
def test_relate_always_answers(text: str, data: st.DataObject) -> None:
    if not text.strip():
        return
    n = len(text)
    a, b = (
        data.draw(st.integers(0, n - 1).flatmap(lambda s: st.integers(s + 1, n).map(lambda e: (s, e))))
        for _ in range(2)
    )
    try:
        found = coder().relate(text, a, b)
    except DatelineError:
        return
    assert len(found.scores) == 16 and found.event in found.scores
    assert 1 <= found.quad_code <= 4 and 0 <= found.confidence <= 1


@settings(CHECKS, max_examples=60)
@given(TEXTS, TEXTS, DATES)
def test_resolve_always_answers(text: str, context: str, date: str | None) -> None:
    try:
        found = coder().resolve(text, context, date)
    except DatelineError:
        return
    if found is not None:
        assert 0 <= found.start <= found.end <= len(text)
