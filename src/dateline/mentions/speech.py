"""Direct and indirect speech, beliefs and attitudes: who is given as the source of which words.

The reading is that of attribution corpora (PolNeAR; Newell, Margolin and Ruths, LREC 2018): a cue,
its source and its content. Cues are data (`knowledge/speech`); the parse gives what they govern, and
quotation marks tell how far quoted words go on after it.
"""

from __future__ import annotations

from dataclasses import dataclass

from dateline.language.parsed import Parsed
from dateline.mentions.speech_clauses import Draft, read_cues
from dateline.mentions.speech_filter import keep
from dateline.mentions.speech_join import join
from dateline.mentions.speech_labels import read_labels


@dataclass(frozen=True, slots=True)
class Quote:
    """One attribution: content, speaker and cue.

    `start`, `end` and the like are characters of the article; the speaker's and the cue's are None
    where the text has none. `speaker` and `cue` are head tokens; `first`, `last` are the content's
    tokens, which hold the cue where it is put into the middle. `direct` tells that the content is,
    at least for the most part, in quotation marks; `kind` is the kind of cue (kinds.tsv).
    """

    start: int
    end: int
    speaker_start: int | None
    speaker_end: int | None
    cue_start: int | None
    cue_end: int | None
    speaker: int | None
    cue: int | None
    first: int
    last: int
    direct: bool
    kind: str


def find_quotes(parsed: Parsed) -> list[Quote]:
    """All attributions of an article, nested ones included, by the start of their content."""
    drafts = sorted((*read_cues(parsed.tree), *read_labels(parsed)), key=lambda d: d.cue)
    found = [
        _quote(parsed, draft, first, last, direct)
        for draft, (first, last), direct in keep(parsed.tree, *join(parsed, drafts))
    ]
    return sorted(found, key=lambda q: (q.start, -q.end, q.cue_start or 0))


def _quote(parsed: Parsed, draft: Draft, first: int, last: int, direct: bool) -> Quote:
    start, end = parsed.chars(first, last)
    who = draft.speaker
    cue = draft.cue_span if draft.cue >= 0 else None
    named = parsed.chars(who.first, who.last) if who else (None, None)
    told = parsed.chars(*cue) if cue else (None, None)
    return Quote(
        start=start,
        end=end,
        speaker_start=named[0],
        speaker_end=named[1],
        cue_start=told[0],
        cue_end=told[1],
        speaker=who.head if who else None,
        cue=draft.cue if cue else None,
        first=first,
        last=last,
        direct=direct,
        kind=draft.kind,
    )
