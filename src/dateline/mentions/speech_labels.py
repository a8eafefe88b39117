"""Speakers before a colon at the head of a line: "Rajoy: no talks with Catalonia"."""

from __future__ import annotations

from dateline.language.parsed import Parsed
from dateline.mentions.speech_clauses import Draft
from dateline.mentions.speech_cues import cues
from dateline.mentions.speech_spans import Speaker, trim

LONGEST_LABEL = 5
SHORTEST_SPEECH = 3
NAMED = frozenset({"PERSON", "ORG", "NORP"})
WORDS = frozenset({"NOUN", "PROPN", "ADJ", "DET"})


def read_labels(parsed: Parsed) -> list[Draft]:
    """A draft for each paragraph that opens with a speaker and a colon; its content is the sentence."""
    tree, found = parsed.tree, []
    for zone in parsed.article.zones:
        first, last = parsed.tokens(zone.start, zone.end)
        colon = next(
            (t for t in range(first + 1, min(first + LONGEST_LABEL + 1, last)) if tree.lower[t] == ":"), 0
        )
        if not colon or any(tree.pos[t] not in WORDS for t in range(first, colon)):
            continue
        head = colon - 1
        if parsed.doc[head].ent_type_ not in NAMED and tree.lemma[head] not in cues()["label"]:
            continue
        end = min(last, parsed.sentences[parsed.sentence_of[min(colon + 1, last - 1)]].end)
        content = trim(tree, colon + 1, end)
        verbal = any(tree.pos[t] in ("VERB", "AUX") for t in range(*content))
        if verbal and content[1] - content[0] >= SHORTEST_SPEECH:
            who = Speaker(head, first, colon)
            found.append(Draft(colon, (colon, colon + 1), "say", who, content, quoting=True))
    return found
