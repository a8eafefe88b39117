"""Given mentions and articles are put together by what they tell."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline.cli import app
from dateline.errors import DatelineError, Problem
from dateline.knowledge.tables import read_table
from dateline.language.parse import parse
from dateline.link import Mention, group_articles, link_mentions, plain_article
from dateline.linking.triggers import stem, trigger
from dateline.linking.weights import weights

FERRY_A = """Ferry sinks off Mombasa, dozens missing
A passenger ferry sank off Mombasa on Tuesday night after it collided with a tanker.
The coast guard rescued 41 passengers from the water."""
FERRY_B = """Coast guard searches for passengers after Mombasa sinking
The sinking of a ferry near Mombasa left dozens of passengers missing, the coast guard said.
The collision with a tanker happened on Tuesday night."""
STRIKE = """Nurses walk out in Quito
Nurses in Quito began a strike over unpaid wages on Tuesday, and hospitals turned patients away.
Their union met the health minister and demanded a raise."""
TEXTS = {"a": (FERRY_A, "2024-05-08"), "b": (FERRY_B, "2024-05-09"), "c": (STRIKE, "2024-05-08")}


def mention(doc: str, word: str, occurrence: int = 0) -> Mention:
    start = -1
    for _ in range(occurrence + 1):
        start = TEXTS[doc][0].index(word, start + 1)
    return Mention(f"{doc}:{word}:{occurrence}", doc, start, start + len(word))


ARTICLES = {doc: plain_article(doc, text, day) for doc, (text, day) in TEXTS.items()}
GIVEN = [
    mention("a", "sinks"), mention("a", "sank"), mention("a", "collided"), mention("a", "rescued"),
    mention("b", "sinking"), mention("b", "sinking", 1), mention("b", "collision"), mention("b", "said"),
    mention("c", "strike"), mention("c", "met"),
]  # fmt: skip


def test_verb_and_noun_of_two_papers_are_one_event() -> None:
    found = link_mentions(ARTICLES, GIVEN)
    assert found["a:sinks:0"] == found["a:sank:0"] == found["b:sinking:0"] == found["b:sinking:1"]
    assert found["a:collided:0"] == found["b:collision:0"] != found["a:sank:0"]
    alone = [found[m] for m in ("a:rescued:0", "b:said:0", "c:strike:0", "c:met:0")]
    assert len(set(found.values())) == 2 + len(alone)


def test_the_order_of_arrival_does_not_matter() -> None:
    def groups(found: dict[str, str]) -> set[frozenset[str]]:
        return {frozenset(i for i in found if found[i] == name) for name in found.values()}

    given = random.Random(1).sample(GIVEN, len(GIVEN))
    backwards = dict(reversed(ARTICLES.items()))
    assert groups(link_mentions(backwards, given)) == groups(link_mentions(ARTICLES, GIVEN))
    assert groups(group_articles(list(backwards.values()))) == groups(group_articles(list(ARTICLES.values())))


def test_articles_of_one_happening_are_one_story() -> None:
    assert group_articles(list(ARTICLES.values())) == {"a": "s1", "b": "s1", "c": "s2"}


def test_the_same_happening_a_year_later_is_another_story() -> None:
    later = plain_article("b", FERRY_B, "2026-05-09")
    assert len(set(group_articles([ARTICLES["a"], later, ARTICLES["c"]]).values())) == 3


def test_nothing_gives_nothing() -> None:
    assert link_mentions({}, []) == group_articles([]) == {}


def test_a_mention_outside_its_text_is_refused() -> None:
    with pytest.raises(DatelineError) as raised:
        link_mentions(ARTICLES, [Mention("m", "a", 5, 10_000)])
    assert raised.value.problem is Problem.BAD_LINE


@pytest.mark.parametrize(
    ("text", "word", "family"),
    [
        ("Two men were killed in the raid.", "killed", "die"),
        ("Their deaths shocked the town.", "deaths", "die"),
        ("The fatal crash closed the road.", "fatal", "die"),
        ("Gunmen opened fire on a bus.", "opened fire", "gunfire"),
        ("The earthquake lasted a minute.", "earthquake", "quake"),
        ("She resigned on Friday.", "resigned", "resign"),
        ("He stepped down on Friday.", "stepped down", "resign"),
    ],
)
def test_what_kind_of_happening_a_mention_tells(text: str, word: str, family: str) -> None:
    start = text.index(word)
    found = trigger(parse(plain_article("x", text)), 0, start, start + len(word))
    assert ("family", family) in found.families


def test_words_of_no_family_meet_by_their_stem() -> None:
    assert stem("privatisations") == stem("privatisation")
    assert stem("king") == "king"


@pytest.mark.parametrize("column", ["verbs", "nouns", "adjectives"])
def test_a_family_holds_a_word_once_in_small_letters(column: str) -> None:
    for row in read_table("linking", "families.tsv"):
        words = row.many(column)
        assert len(set(words)) == len(words), row["family"]
        assert all(w == w.lower() and " " not in w for w in words), row["family"]


def test_every_weight_has_its_reason() -> None:
    rows = read_table("linking", "weights.tsv")
    assert len({r["name"] for r in rows}) == len(rows) == len(weights())
    assert all(r["reason"] for r in rows)


def run(*arguments: str) -> tuple[int, list[dict[str, object]], str]:
    done = CliRunner().invoke(app, arguments)
    return done.exit_code, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def test_link_and_group_from_the_command_line(tmp_path: Path) -> None:
    lines = [
        {
            "id": m.id,
            "doc": m.doc,
            "text": TEXTS[m.doc][0],
            "date": TEXTS[m.doc][1],
            "start": m.start,
            "end": m.end,
        }
        for m in GIVEN
    ]
    given = tmp_path / "mentions.jsonl"
    given.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    status, found, _ = run("link", "--in", str(given))
    assert status == 0
    assert {r["id"]: r["cluster"] for r in found} == link_mentions(ARTICLES, GIVEN)
    given.write_text(
        "".join(json.dumps({"id": d, "text": t, "date": day}) + "\n" for d, (t, day) in TEXTS.items()),
        encoding="utf-8",
    )
    status, found, _ = run("group", "--in", str(given))
    assert (status, found[0]) == (0, {"id": "a", "story": "s1"})
    assert [r["story"] for r in found] == ["s1", "s1", "s2"]


BAD = [
    "nonsense",
    '{"id": 1}',
    '{"id": 1, "doc": "a", "text": "", "start": 0, "end": 1}',
    '{"id": 1, "doc": "a", "text": "A bomb.", "start": 2, "end": 99}',
    '{"id": 1, "doc": "a", "text": "A bomb.", "start": true, "end": 4}',
    '{"id": 1, "doc": "a", "text": "A bomb.", "start": 2, "end": 6, "date": "May"}',
    '{"id": [1], "doc": "a", "text": "A bomb.", "start": 2, "end": 6}',
]


@pytest.mark.parametrize("line", BAD)
def test_a_bad_line_is_set_aside_and_the_rest_goes_on(tmp_path: Path, line: str) -> None:
    good = '{"id": 7, "doc": "z", "text": "A bomb exploded.", "start": 7, "end": 15}'
    given = tmp_path / "mentions.jsonl"
    given.write_text(f"{line}\n{good}\n", encoding="utf-8")
    status, found, said = run("link", "--in", str(given))
    assert (status, found) == (1, [{"id": 7, "cluster": "e1"}])
    assert "mentions.jsonl:1" in said


def test_another_text_for_the_same_article_is_set_aside(tmp_path: Path) -> None:
    given = tmp_path / "mentions.jsonl"
    given.write_text(
        '{"id": 1, "doc": "z", "text": "A bomb exploded.", "start": 7, "end": 15}\n'
        '{"id": 2, "doc": "z", "text": "A bomb went off.", "start": 7, "end": 15}\n',
        encoding="utf-8",
    )
    status, found, said = run("link", "--in", str(given))
    assert (status, len(found)) == (1, 1)
    assert "another text" in said
