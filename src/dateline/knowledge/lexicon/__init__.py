"""The lexicon: which verbs and nouns tell of which event, and where their participants stand.

The files are tables (see CONTRIBUTING.md, "Add a lexicon entry"): `verbs/*.tsv`, `nouns/*.tsv`,
`classes*.tsv` (named lists of words), `light.tsv` (verbs that lend a noun their clause),
`operators.tsv` and `composition.tsv` (what "pledge to …", "refuse to …" make of what they govern).
Each line is checked when loaded; a bad one raises `DatelineError` with its file and line.
"""

from dateline.knowledge.lexicon.entries import Composition, Entry, Lexicon, Light, Slot
from dateline.knowledge.lexicon.read import load

__all__ = ["Composition", "Entry", "Lexicon", "Light", "Slot", "load"]
