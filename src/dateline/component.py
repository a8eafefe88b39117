"""Dateline as a spaCy component: `nlp.add_pipe("dateline")` sets `doc._.events`."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from dateline.coder import Coder
from dateline.language.parse import DEFAULT_MODEL

NAME = "dateline"


class Component:
    """Codes the text of each `Doc` and sets `doc._.events` to its records, their offsets in `doc.text`.

    The text is parsed anew by `model`, since Dateline reads an article by its paragraphs. Raises
    `DatelineError` where a text is empty or too long.
    """

    def __init__(self, date: str | None, model: str) -> None:
        self._date, self._coder = date, Coder(model=model)
        if not Doc.has_extension("events"):
            Doc.set_extension("events", default=None)

    def __call__(self, doc: Doc) -> Doc:
        """The same `Doc`, its events set."""
        doc._.events = self._coder.code(doc.text, date=self._date)
        return doc


@Language.factory(NAME, default_config={"date": None, "model": DEFAULT_MODEL})
def make_component(nlp: Language, name: str, date: str | None, model: str) -> Component:
    """The component; `date` is the day that the texts were published, `model` a spaCy pipeline."""
    return Component(date, model)
