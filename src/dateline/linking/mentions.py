"""Which given mentions of events, in one article or in many, tell of the same event.

Mentions of different stories are never one. Within a story each two are weighed: whether they tell of
one kind of happening, how alike the words around them and their articles are, how many of the story's
articles tell of such a happening, and where in their articles they stand. The sum of the weights
(`knowledge/linking/weights.tsv`) is the log odds of their being one event, and average link joins them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dateline.linking.average import average_link
from dateline.linking.likeness import Rarity
from dateline.linking.stories import Stories
from dateline.linking.triggers import Family, Trigger
from dateline.linking.weights import weights


@dataclass(frozen=True, slots=True)
class _Story:
    """How many of a story's articles have mentions, and how many tell of each family."""

    articles: int
    telling: Mapping[Family, int]


def cluster(
    triggers: Sequence[Trigger], stories: Stories, words: Sequence[frozenset[str]]
) -> list[list[int]]:
    """Groups of mentions, by their numbers, each one event, in the order of their first mentions.

    `words` are the words of each article, from which the rarity of a word follows.
    """
    rarity = Rarity(words)
    story_of = {article: n for n, group in enumerate(stories.groups) for article in group}
    members: dict[int, list[int]] = {}
    for n, mention in enumerate(triggers):
        members.setdefault(story_of[mention.article], []).append(n)
    groups: list[list[int]] = []
    for story in members.values():
        seen = _story(story, triggers)
        likeness = np.zeros((len(story), len(story)))
        for i, one in enumerate(story):
            for j, other in enumerate(story[:i]):
                odds = sum(explain(triggers[one], triggers[other], seen, stories, rarity).values())
                likeness[i, j] = likeness[j, i] = 1 / (1 + math.exp(-odds))
        groups += [[story[k] for k in g] for g in average_link(likeness, weights()["threshold"])]
    return sorted(groups)


def _story(members: Sequence[int], triggers: Sequence[Trigger]) -> _Story:
    telling: dict[Family, set[int]] = {}
    for n in members:
        for family in triggers[n].families:
            telling.setdefault(family, set()).add(triggers[n].article)
    articles = len({triggers[n].article for n in members})
    return _Story(articles, {family: len(a) for family, a in telling.items()})


def explain(
    one: Trigger, other: Trigger, story: _Story, stories: Stories, rarity: Rarity
) -> Mapping[str, float]:
    """What each feature adds to the log odds of two mentions being one event."""
    w = weights()
    apart = one.article != other.article
    found = {
        "base": w["base"],
        "word": w["word"] * (one.lemma == other.lemma),
        "near": w["near"] * rarity.cosine(one.around, other.around),
        "articles": w["articles"] * float(stories.likeness[one.article, other.article]) if apart else 0.0,
        "same_article": 0.0 if apart else w["same_article"],
    }
    if one.families & other.families:
        found |= {
            "family": w["family"],
            "light": w["light"] * (one.light and other.light),
            "retold": w["retold"] * (_retold(one, story) + _retold(other, story)) / 2,
            "late": w["late"] * max(one.depth, other.depth),
            "apart": w["apart"] * abs(one.depth - other.depth) * apart,
            "crowd": w["crowd"] * math.log(story.articles),
        }
    return found


def _retold(mention: Trigger, story: _Story) -> float:
    """The share of the story's other articles that tell of the mention's kind of happening."""
    return max(story.telling[f] - 1 for f in mention.families) / max(story.articles - 1, 1)
