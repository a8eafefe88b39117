"""Dateline inside a spaCy pipeline."""

from __future__ import annotations

import spacy


def test_the_component_sets_the_events_of_a_doc():
    nlp = spacy.blank("en")
    nlp.add_pipe("dateline", config={"date": "2019-03-06"})

    doc = nlp("Kenya accused Somalia of piracy on Monday.")

    assert [(e.event, e.actor[0].code, e.recipient[0].code, e.date) for e in doc._.events] == [
        (["ACCUSE"], "KEN", "SOM", "2019-03-04")
    ]
