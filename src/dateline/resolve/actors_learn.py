"""Names that an article itself gives to its actors."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.knowledge.reference import reference
from dateline.language.parsed import Parsed
from dateline.mentions.actors import ActorMention

LONGEST_CUE = 5


def aliases(parsed: Parsed, mentions: Sequence[ActorMention]) -> dict[str, int]:
    """For a second name that the article gives, the head token of the actor it names.

    Read are a short name in brackets, "the Farmers' Union (FU)", and two names joined by words
    such as "also known as" or "another term for".
    """
    found: dict[str, int] = {}
    names = [m for m in mentions if m.name is not None]
    cues = reference().same
    ends = {m.last: m for m in names}
    for mention in names:
        before = mention.first
        if before < 2:
            continue
        word = parsed.word(before - 1)
        if word == "(" and before - 1 in ends and mention.last < len(parsed.doc):
            main = ends[before - 1]
            if parsed.word(mention.last) == ")" and main.named is None and mention.name:
                found.setdefault(mention.name, main.head)
            continue
        for length in range(min(LONGEST_CUE, before), 0, -1):
            words = [parsed.word(i) for i in range(before - length, before)]
            if words and " ".join(words).rstrip(",") in cues:
                main_end = before - length
                while main_end > 0 and parsed.word(main_end - 1) in (",", '"', "(", "-", "–"):
                    main_end -= 1
                other = ends.get(main_end)
                if other is not None and mention.name and other is not mention:
                    if mention.named is None:
                        found.setdefault(mention.name, other.head)
                    elif other.named is None and other.name:
                        found.setdefault(other.name, mention.head)
                    break
    return found
