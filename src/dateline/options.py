"""The choices a user makes, as one object that is passed on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dateline.coding.encoder import FOLDER
from dateline.language.parse import DEFAULT_MODEL


@dataclass(frozen=True, slots=True)
class Options:
    """How to code.

    `model` is a spaCy pipeline by package name or path; `actors` are actor files of the user's own,
    `dictionaries` folders of PETRARCH/Phoenix dictionaries; `gazetteer` is an index built from
    GeoNames' full dump; `keep_text` puts the telling sentence into `text` (turn it off where the
    article's text may not be stored). `use_model` asks the encoder of the folder `encoder` too;
    without it the lexicon codes alone.
    """

    model: str = DEFAULT_MODEL
    actors: tuple[Path, ...] = ()
    dictionaries: tuple[Path, ...] = ()
    gazetteer: Path | None = None
    keep_text: bool = True
    use_model: bool = True
    encoder: Path = FOLDER
