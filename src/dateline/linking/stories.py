"""Which articles report the same happening.

Articles are alike by the words that few others have, the less the further apart the days on which they
were published, and average link joins them. No other knowledge goes in.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from dateline.language.parsed import Parsed
from dateline.linking.average import average_link
from dateline.linking.likeness import CONTENT, cosines
from dateline.linking.weights import weights


@dataclass(frozen=True)
class Stories:
    """Articles by number, how alike each two are (0..1), and the groups that are one story."""

    likeness: np.ndarray[Any, np.dtype[np.float64]]

    @cached_property
    def groups(self) -> list[list[int]]:
        """The stories, each a sorted list of articles, in the order of their first."""
        return average_link(self.likeness, weights()["story"])


def bag(parsed: Parsed) -> Counter[str]:
    """The content words of an article: lemmas in small letters, names as they are written."""
    return Counter(
        (t.lower_ if t.pos_ == "PROPN" else t.lemma_.lower())
        for t in parsed.doc
        if t.pos_ in CONTENT and len(t) > 1 and any(c.isalnum() for c in t.text)
    )


def find_stories(bags: Sequence[Counter[str]], days: Sequence[dt.date | None]) -> Stories:
    """The stories of articles given as bags of words with their days of publication, None where unknown.

    Weights of words come from these articles alone, so more of them make it surer.
    """
    likeness = cosines(bags)
    ordinals = np.array([d.toordinal() if d else np.nan for d in days])
    gaps = np.nan_to_num(np.abs(ordinals[:, None] - ordinals[None, :]), nan=0.0)
    return Stories(likeness * np.exp(-gaps / weights()["decay"]))
