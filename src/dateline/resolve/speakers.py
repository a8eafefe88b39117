"""Who says that an event happened: the speakers of the quotes that tell of it, outermost first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dateline.language.parsed import Parsed
from dateline.mentions.speech import Quote
from dateline.mentions.speech_cues import kinds
from dateline.record import Attribution, Entity


def attributions(
    parsed: Parsed, head: int, quotes: Sequence[Quote], entity_of: Callable[[int], Sequence[Entity]]
) -> list[Attribution]:
    """Who says that the event with trigger token `head` happened, outermost speaker first.

    `quotes` are those of `find_quotes`. A quote counts where its content holds the trigger, the
    trigger is neither its cue nor within its speaker's phrase, and its kind of cue answers for what
    it says (kinds.tsv): praise of an act or a wish for it says nothing of its happening.
    `entity_of(token)` gives the entities that a speaker's head token stands for; a speaker with a
    name of its own is given by that name, others as written.
    """
    trigger = parsed.starts[head]
    found = [q for q in quotes if _tells(q, head, trigger)]
    found.sort(key=lambda q: (q.first - q.last, q.cue_start or q.start))
    result: list[Attribution] = []
    for quote in found:
        told = _attribution(parsed, quote, entity_of)
        if told is not None and all((told.start, told.end) != (r.start, r.end) for r in result):
            result.append(told)
    return result


def _tells(quote: Quote, head: int, trigger: int) -> bool:
    if not quote.first <= head < quote.last or quote.speaker is None or head == quote.cue:
        return False
    if (
        quote.cue_start is not None
        and quote.cue_end is not None
        and quote.cue_start <= trigger < quote.cue_end
    ):
        return False
    if quote.speaker_start is None or quote.speaker_end is None:
        return False
    return not quote.speaker_start <= trigger < quote.speaker_end and kinds()[quote.kind].attributes


def _attribution(
    parsed: Parsed, quote: Quote, entity_of: Callable[[int], Sequence[Entity]]
) -> Attribution | None:
    if quote.speaker is None or quote.speaker_start is None or quote.speaker_end is None:
        return None
    text = parsed.article.text
    written = " ".join(text[quote.speaker_start : quote.speaker_end].split()).rstrip(",")
    cue = "" if quote.cue_start is None else " ".join(text[quote.cue_start : quote.cue_end].split())
    entities = entity_of(quote.speaker)
    entity = entities[0] if entities else None
    name = entity.identifier_text if entity and entity.identifier_text else written
    return Attribution(
        entity_text=name,
        code=entity.code if entity else None,
        cue=cue,
        start=quote.speaker_start,
        end=quote.speaker_end,
    )
