"""The relation between two given mentions, by the lexicon alone."""

from __future__ import annotations

import pytest

from dateline import Coder


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder(use_model=False)


@pytest.mark.parametrize(
    ("sentence", "source", "target", "event"),
    [
        # A pronoun stands for whoever speaks, whose own words make a threat of it.
        (
            "The Kenyan government said it will extend a curfew in Garissa.",
            "government",
            "Garissa",
            "THREATEN",
        ),
        ("Kenya said Uganda will extend a curfew in Gulu.", "Uganda", "Gulu", "COERCE"),
        # What is inside another act, done by the noun's owner to whoever deals with it.
        ("Togo spurned Mali's offer of talks.", "Togo", "Mali", "REJECT"),
        ("Togo spurned Mali's offer of talks.", "Mali", "Togo", "AGREE"),
        ("The minister brushed aside calls by the union to resign.", "union", "minister", "REQUEST"),
        # Between two firms it is business, but that there is a relation is given.
        ("Air India resumed flights to Shanghai.", "Air India", "Shanghai", "COOPERATE"),
        # A slot that is a preposition or a role.
        ("Nairobi gave Interpol the fugitive's phone records.", "Nairobi", "Interpol", "COOPERATE"),
        # A promise not to cooperate.
        ("The rebels vowed never to sit down with the generals.", "rebels", "generals", "REJECT"),
        # Words of one type used in another.
        ("Burundi formally withdrew from the court.", "Burundi", "court", "SANCTION"),
        ("Washington raised tariffs on steel from Vietnam.", "Washington", "Vietnam", "SANCTION"),
        ("Live-fire drills around Taiwan were launched by China.", "China", "Taiwan", "MOBILIZE"),
        (
            "Armenia called up reservists along the border with Azerbaijan.",
            "Armenia",
            "Azerbaijan",
            "MOBILIZE",
        ),
        ("The court struck down a law on foreign funding.", "court", "law", "SANCTION"),
        ("Two inspectors were expelled by North Korea.", "North Korea", "inspectors", "SANCTION"),
        ("Norway exported record volumes of gas to Germany.", "Norway", "Germany", "COOPERATE"),
        ("Kosovo strengthened its cooperation with Croatia.", "Kosovo", "Croatia", "COOPERATE"),
    ],
)
def test_the_lexicon_reads_it(coder: Coder, sentence: str, source: str, target: str, event: str) -> None:
    assert coder.relate(sentence, source, target).event == event
