"""Puts cues and quoted words together: whose words stand in quotation marks, and how far they go."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace

from dateline.language.parsed import Parsed
from dateline.mentions.speech_clauses import Draft
from dateline.mentions.speech_marks import Marked, find_marked
from dateline.mentions.speech_spans import beside, is_passive

# A cue stands this near to the words it brings in ("..., the minister told reporters in Ankara").
REACH = 14
# Fewer quoted words than this are a phrase within a sentence, not speech of its own.
SPEECH_WORDS = 4

# A draft, the tokens `[first, last)` of its content, and whether these are in quotation marks.
Found = tuple[Draft, tuple[int, int], bool]


@dataclass(slots=True)
class Said:
    """A draft with its content as it grows; `direct` once quoted words are its own."""

    draft: Draft
    first: int
    last: int
    direct: bool

    def take(self, marked: Marked) -> None:
        """Make the content reach over the quoted words."""
        empty = self.first >= self.last
        self.first = marked.first if empty else min(self.first, marked.first)
        self.last = marked.last if empty else max(self.last, marked.last)
        self.direct = True


def join(parsed: Parsed, drafts: list[Draft]) -> tuple[list[Found], frozenset[int]]:
    """Each draft that has content, with the content and whether it is in quotation marks; and the
    tokens in quotation marks.

    Quoted words without a cue of their own come as a draft without one, its speaker that of the
    quoted words before it.
    """
    return _Joiner(parsed, drafts).run()


class _Joiner:
    def __init__(self, parsed: Parsed, drafts: list[Draft]) -> None:
        self.parsed, self.tree = parsed, parsed.tree
        self.marked = find_marked(parsed)
        self.zones = [z.start for z in parsed.article.zones]
        self.said = [Said(d, *(d.content or (d.cue, d.cue)), False) for d in drafts]
        self.inside = self._inside()
        for said in self.said:
            self._clip(said)
        self.quoting = [s for s in self.said if s.draft.quoting]
        self.cues = [s.draft.cue for s in self.quoting]

    def _inside(self) -> dict[int, int]:
        """Token → number of the quoted stretch it is in."""
        return {t: n for n, m in enumerate(self.marked) for t in range(m.first, m.last)}

    def _clip(self, said: Said) -> None:
        """Words said within quotation marks end with these."""
        if (own := self.inside.get(said.draft.cue)) is not None:
            said.first = max(said.first, self.marked[own].first)
            said.last = min(said.last, self.marked[own].last)

    def run(self) -> tuple[list[Found], frozenset[int]]:
        owners: list[Said | None] = [None] * len(self.marked)
        for said in self.said:
            self._overlaps(said, owners)
        added: list[Found] = []
        for n, marked in enumerate(self.marked):
            if owners[n] is None:
                owners[n] = self._beside(marked) or self._same(n, marked, owners)
            if owners[n] is None and (loose := self._loose(n, marked, owners)):
                added.append((loose, (marked.first, marked.last), True))
                owners[n] = Said(loose, marked.first, marked.last, True)
        found = [(self._spoken(s), (s.first, s.last), s.direct) for s in self.said if s.first < s.last]
        return found + added, frozenset(self.inside)

    def _spoken(self, said: Said) -> Draft:
        """The draft, its speaker looked for beside the cue where the parse gives one from the content."""
        who, cue = said.draft.speaker, said.draft.cue

        def is_taken(token: int) -> bool:
            return token in self.inside or (not said.direct and said.first <= token < said.last)

        if not said.draft.quoting or cue in self.inside or is_passive(self.tree, cue):
            return said.draft
        inserted = said.first <= cue < said.last and not said.direct
        if inserted or (who is not None and not is_taken(who.head)):
            return said.draft
        return replace(said.draft, speaker=beside(self.tree, cue, is_taken) or who)

    def _overlaps(self, said: Said, owners: list[Said | None]) -> None:
        """Quoted stretches that a draft's content shares words with, its cue outside them."""
        if said.first >= said.last:
            return
        own = self.inside.get(said.draft.cue)
        for n in sorted({self.inside[t] for t in range(said.first, said.last) if t in self.inside}):
            marked = self.marked[n]
            if n == own or not self._is_apart(said, marked):
                continue
            if self._is_glossed(said, marked.last):
                said.last = marked.last
            whole = marked.last - marked.first >= (said.last - said.first) // 2
            crosses = marked.first < said.first or marked.last > said.last
            opens = marked.first == said.first
            if (
                self.tree.lower[marked.first - 1] == ":"
                and said.first < marked.first
                and said.last <= said.draft.cue
            ):
                said.first = marked.first
            if crosses:
                said.take(marked)
            elif whole or opens:
                said.direct = True
            if (whole or crosses or opens) and said.draft.quoting and owners[n] is None:
                owners[n] = said

    def _is_glossed(self, said: Said, at: int) -> bool:
        """Whether a participle of the writer's ends the content behind a closing mark: ", using ..."."""
        tree = self.tree
        glossed = at + 1 < said.last and tree.lower[at] == "," and tree.tag[at + 1] == "VBG"
        return glossed and said.draft.cue < at and tree.edges(at + 1)[1] >= said.last

    def _is_apart(self, said: Said, marked: Marked) -> bool:
        return not marked.first <= said.draft.cue < marked.last

    def _beside(self, marked: Marked) -> Said | None:
        """The cue that stands after or before the quoted words."""
        if not self._is_speech(marked, SPEECH_WORDS - 2):
            return None
        at = bisect_right(self.cues, marked.last - 1)
        for said in self.quoting[at : at + 2]:
            cue = said.draft.cue
            if cue == marked.last and said.draft.speaker is None and said.first > cue:
                said.first = said.last = cue  # '"Leave!" shouted the captain': the object is the speaker.
            near = cue - marked.last <= REACH and self._opens_clause(marked)
            if near and self._is_free(said, marked) and self._follows(marked, cue):
                said.take(marked)
                return said
        at = bisect_right(self.cues, marked.first - 1)
        for said in reversed(self.quoting[max(0, at - 2) : at]):
            cue = said.draft.cue
            free = self._is_free(said, marked) or self._goes_on(said, marked)
            close = marked.first - cue <= REACH or said.last == marked.first - 1
            if close and free and self._leads(cue, marked):
                said.take(marked)
                return said
        return None

    def _is_free(self, said: Said, marked: Marked) -> bool:
        """Whether the cue can still bring in quoted words: in the same paragraph, with no other content."""
        cue = said.draft.cue
        if cue in self.inside or self._zone_of(cue) != self._zone(marked):
            return False
        return said.first >= said.last or (said.first in self.inside and said.last - 1 in self.inside)

    def _goes_on(self, said: Said, marked: Marked) -> bool:
        """Whether quoted words go on with reported ones: after a colon, or with "and" behind the cue."""
        cue = said.draft.cue
        between = range(cue + 1, marked.first)
        if said.last == marked.first - 1 and self.tree.lower[said.last] == ":":
            return True
        joined = all(self.tree.dep[t] in ("punct", "cc") for t in between)
        return (
            joined and said.first < cue and said.last <= cue + 2 and self._zone_of(cue) == self._zone(marked)
        )

    def _follows(self, marked: Marked, cue: int) -> bool:
        """Whether the cue stands behind the quoted words in their sentence; a stop in them ends it."""
        return self.tree.lower[marked.last - 2] != "." and not self._is_parted(marked.last, cue)

    def _leads(self, cue: int, marked: Marked) -> bool:
        """Whether the cue leads to the quoted words: right before them, or up to a colon or comma."""
        near = marked.first - cue <= 2 or self.tree.lower[marked.first - 1] in (":", ",", "and", "but")
        return near and not self._is_parted(cue, marked.first)

    def _is_parted(self, first: int, last: int) -> bool:
        return any(self.tree.lower[t] in (".", ";", "!", "?") or t in self.inside for t in range(first, last))

    def _zone(self, marked: Marked) -> int:
        return bisect_right(self.zones, marked.start) - 1

    def _zone_of(self, token: int) -> int:
        return bisect_right(self.zones, self.parsed.starts[token]) - 1

    def _is_speech(self, marked: Marked, least: int) -> bool:
        return marked.last - marked.first - 2 >= least

    def _opens_sentence(self, marked: Marked) -> bool:
        """Whether the quoted words begin a sentence."""
        before = marked.first - 1
        if before < 0 or self.parsed.kinds[before] is not self.parsed.kinds[marked.first]:
            return True
        ended = self.tree.lower[before] in (".", "?", "!", ":") or before in self.inside
        return ended or self.parsed.doc[marked.first].is_sent_start is True

    def _opens_clause(self, marked: Marked) -> bool:
        """Whether the quoted words begin a sentence or follow a comma, colon, dash or bracket."""
        return self._opens_sentence(marked) or self.tree.dep[marked.first - 1] == "punct"

    def _same(self, n: int, marked: Marked, owners: list[Said | None]) -> Said | None:
        """The speaker of the quoted words before, in the same paragraph, with only his cue between."""
        if not self._opens_sentence(marked) or not self._is_speech(marked, 2):
            return None
        if n == 0 or self.marked[n - 1].last < self.parsed.sentences[self._sentence_before(marked)].start:
            return self._announced(marked)
        last, owner = self.marked[n - 1], owners[n - 1]
        if owner is None or not owner.direct or self._zone(last) != self._zone(marked):
            return None
        between = [t for t in range(last.last, marked.first) if self.tree.lower[t] in (".", "?", "!")]
        told = owner.draft.cue >= last.last or marked.first == last.last
        if len(between) > 1 or (not told and between):
            return None
        owner.take(marked)
        return owner

    def _sentence_before(self, marked: Marked) -> int:
        return self.parsed.sentence_of[max(marked.first - 1, 0)]

    def _announced(self, marked: Marked) -> Said | None:
        """The cue of the sentence before that has no content yet: "The minister agreed. '...'"."""
        sentence = self.parsed.sentences[self._sentence_before(marked)]
        at = bisect_right(self.cues, marked.first - 1)
        for said in reversed(self.quoting[max(0, at - 2) : at]):
            if said.draft.cue == sentence.root.i and said.first >= said.last and self._is_free(said, marked):
                said.take(marked)
                return said
        return None

    def _loose(self, n: int, marked: Marked, owners: list[Said | None]) -> Draft | None:
        """Quoted sentences without a cue: those of who spoke in the paragraph before."""
        if not self._is_speech(marked, SPEECH_WORDS) or not self._opens_sentence(marked):
            return None
        last = self.marked[n - 1] if n else None
        owner = owners[n - 1] if n else None
        if last is None or owner is None or self._zone(marked) - self._zone(last) != 1:
            return None
        if not marked.resumes and marked.start != self.zones[self._zone(marked)]:
            return None
        return replace(owner.draft, cue=-1, content=(marked.first, marked.last))
