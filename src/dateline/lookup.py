"""What the lexicon finds in a sentence, and why (`dateline lexicon`)."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.knowledge.actors.own import own_knowledge
from dateline.language.parse import parse
from dateline.options import Options
from dateline.resolve.layers import find_layers
from dateline.sources import as_article


def lookup(sentence: str, options: Options) -> Iterator[str]:
    """Lines that name each predicate of the sentence, the entries that fit it, best first with their
    weights, and what the predicate is read as.

    Raises `DatelineError` where the sentence is empty.
    """
    parsed = parse(as_article("sentence", sentence), options.model)
    layers = find_layers(parsed, own_knowledge(options.actors, options.dictionaries).book)
    for head, frame in layers.engine.frames.by_head.items():
        yield f"{parsed.word(head)} ({frame.kind}: {', '.join(frame.lemmas)})"
        matches = layers.engine.matches(head)
        for match in matches:
            entry = match.entry
            made = "light verb" if entry is None else entry.cameo or entry.operator or "no event"
            event = f" {entry.event}" if entry is not None and entry.event else ""
            yield f"    {match.weight} {match.source} {made}{event}"
        if not matches:
            yield "    no entry fits"
        reading = layers.engine.read(head)
        if reading is not None:
            by = ", ".join(parsed.word(t) for t in reading.by) or "–"
            to = ", ".join(parsed.word(t) for t in reading.to) or "–"
            yield f"    = {reading.event} {reading.cameo} by {by} to {to}: {reading.why}"
