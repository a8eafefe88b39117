"""Which cues are attributions of the article: not each "want" in a quotation, nor what was never said.

Words within somebody else's words belong to those. Of the cues in them only speech proper is
read, in a finite form and with a speaker that is named: "He said that the army had claimed victory"
has two speakers.
"""

from __future__ import annotations

from collections.abc import Iterable

from dateline.language.tree import Tree
from dateline.mentions.speech_clauses import Draft
from dateline.mentions.speech_cues import cues, kinds
from dateline.mentions.speech_join import Found
from dateline.mentions.speech_spans import is_finite

NAMES = frozenset({"NOUN", "PROPN"})
# Fewer words than this in quotation marks are no speech within speech ("what he said").
SHORT = 2
# A content may be a bare name or relative ("praised Ankara", "a law that he opposes").
BARE = frozenset({"WDT", "WP", "NNP"})


def keep(tree: Tree, found: Iterable[Found], quoted: frozenset[int]) -> list[Found]:
    """The attributions that count (kinds.tsv: nested, unreal). `quoted`: tokens in quotation marks."""
    found = [f for f in found if f[0].cue < 0 or not _is_unreal(tree, f[0])]
    within = _within(len(tree), found)
    return [f for f in found if f[0].cue < 0 or _counts(tree, f, within, quoted)]


def _within(size: int, found: list[Found]) -> list[int]:
    """For each token the number of reported contents that it is in."""
    steps = [0] * (size + 1)
    for draft, (first, last), direct in found:
        inserted = direct and first <= draft.cue < last
        if draft.cue >= 0 and kinds()[draft.kind].nested and not inserted:
            steps[first] += 1
            steps[last] -= 1
    depth, result = 0, []
    for step in steps:
        depth += step
        result.append(depth)
    return result


def _counts(tree: Tree, found: Found, within: list[int], quoted: frozenset[int]) -> bool:
    draft, (first, last), direct = found
    cue, kind = draft.cue, kinds()[draft.kind]
    own = 1 if kind.nested and first <= cue < last and not direct else 0
    nested = cue in quoted or within[cue] > own
    if nested and not (kind.nested and _is_told(tree, cue) and _is_named(tree, draft)):
        return False
    if cue in quoted and not (last - first > SHORT and _is_plain(draft)):
        return False
    if direct:
        return True
    stated = kind.nested and tree.lower[first] == "that"  # "reports that soldiers fled" are somebody's
    if draft.speaker is None and not (stated or kind.sourceless or tree.pos[cue] == "VERB"):
        return False
    spoken = kind.nested and tree.pos[cue] == "VERB" and tree.pos[first] == "NOUN"  # "vowed revenge"
    return last - first > 1 or spoken or tree.tag[first] in BARE


def _is_told(tree: Tree, cue: int) -> bool:
    """Whether the cue is a finite verb, or "saying" in "quoted a witness as saying"."""
    return is_finite(tree, cue) or (tree.dep[cue] == "pcomp" and tree.lower[tree.head[cue]] == "as")


def _is_named(tree: Tree, draft: Draft) -> bool:
    return draft.speaker is not None and tree.pos[draft.speaker.head] in NAMES


def _is_plain(draft: Draft) -> bool:
    """Whether the speaker is named in the clause itself, not by a relative pronoun."""
    who = draft.speaker
    return who is not None and who.first <= who.head < who.last


def _is_unreal(tree: Tree, draft: Draft) -> bool:
    """Whether the verb is an infinitive or stands under a modal; "went on to say" is neither."""
    cue = draft.cue
    if kinds()[draft.kind].unreal:
        return False
    if tree.dep[cue] in ("xcomp", "advcl") and tree.lemma[tree.head[cue]] in cues()["aspect"]:
        return False
    return any(tree.tag[t] in ("TO", "MD") for t in range(draft.cue_span[0], cue))
