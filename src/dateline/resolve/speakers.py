"""Who says that an event happened: the speakers of the quotes that tell of it, outermost first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dateline.language.parsed import Parsed
from dateline.language.tree import Tree
from dateline.mentions.speech import Quote
from dateline.mentions.speech_cues import cues, kinds
from dateline.mentions.speech_spans import phrase
from dateline.record import Attribution, Entity

EntityOf = Callable[[int], Sequence[Entity]]

# What hangs on an inserted "he said" and is no part of what is said.
ASIDE = frozenset({"prep", "advcl", "npadvmod", "advmod", "nsubj", "dobj", "dative", "agent"})


def attributions(
    parsed: Parsed, head: int, quotes: Sequence[Quote], entity_of: EntityOf
) -> list[Attribution]:
    """Who says that the event with trigger token `head` happened, outermost speaker first.

    `quotes` are those of `find_quotes`. A quote counts where its content holds the trigger, the
    trigger is neither its cue nor within its speaker's phrase, and its kind of cue answers for what
    it says (kinds.tsv): praise of an act or a wish for it says nothing of its happening.
    `entity_of(token)` gives the entities that a speaker's head token stands for, `()` for none. A
    speaker with a name of its own is given by that name, others as written; a paper ("a statement
    by the ministry") speaks for whoever it belongs to.
    """
    found = [q for q in quotes if _tells(parsed, q, head)]
    found.sort(key=lambda q: (q.first - q.last, -1 if q.cue is None else q.cue))
    result: list[Attribution] = []
    for quote in found:
        told = _attribution(parsed, quote, entity_of)
        if told is not None and all((told.start, told.end) != (r.start, r.end) for r in result):
            result.append(told)
    return result


def _tells(parsed: Parsed, quote: Quote, head: int) -> bool:
    if not quote.first <= head < quote.last or not kinds()[quote.kind].attributes or head == quote.cue:
        return False
    start = parsed.starts[head]
    for a, b in ((quote.speaker_start, quote.speaker_end), (quote.cue_start, quote.cue_end)):
        if a is not None and b is not None and a <= start < b:
            return False
    return (
        quote.cue is None or not quote.first <= quote.cue < head or not _aside(parsed.tree, quote.cue, head)
    )


def _aside(tree: Tree, cue: int, head: int) -> bool:
    """Whether the trigger hangs on an inserted cue: "..., he said after the raid, ..."."""
    below = head
    for above in tree.ancestors(head):
        if above == cue:
            return below > cue and tree.dep[below] in ASIDE
        below = above
    return False


def _attribution(parsed: Parsed, quote: Quote, entity_of: EntityOf) -> Attribution | None:
    if quote.speaker is None or quote.speaker_start is None or quote.speaker_end is None:
        return None
    tree, head = parsed.tree, quote.speaker
    start, end = quote.speaker_start, quote.speaker_end
    clause = next((c for c in tree.children[head] if tree.dep[c] == "relcl"), None)
    if clause is not None:
        start, end = parsed.chars(*phrase(tree, head, clause))
    entity = _entity(tree, head, entity_of)
    text = _as_written(parsed, start, end)
    if entity is not None and (entity.identifier_text or tree.pos[head] == "PRON"):
        text = entity.identifier_text or entity.entity_text
    return Attribution(
        entity_text=text,
        code=entity.code if entity else None,
        cue=" ".join(parsed.article.text[quote.cue_start : quote.cue_end].split()) if quote.cue_start else "",
        start=start,
        end=end,
    )


def _as_written(parsed: Parsed, start: int, end: int) -> str:
    """The article's words, without a closing comma or "'s"."""
    text = " ".join(parsed.article.text[start:end].split()).rstrip(" ,")
    return text[:-2] if text.endswith(("'s", "’s")) else text


def _entity(tree: Tree, head: int, entity_of: EntityOf) -> Entity | None:
    """The speaker's entity; that of its maker or owner where a paper speaks."""
    heads = [head]
    if tree.lemma[head] in cues()["document"]:
        for c in tree.children[head]:
            if tree.dep[c] in ("poss", "compound", "nmod"):
                heads.append(c)
            elif tree.dep[c] == "prep" and tree.lower[c] in ("by", "from", "of"):
                heads += tree.kids(c, "pobj")
    return next((entities[0] for h in heads if (entities := entity_of(h))), None)
