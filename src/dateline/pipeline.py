"""All stages, front to back: article → parse → mentions → frames → readings → tellings → events."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dateline import __version__
from dateline.article import Article
from dateline.coding import encoder
from dateline.coding.combine import combination
from dateline.coding.rules import Rules
from dateline.knowledge.actors.own import own_knowledge
from dateline.knowledge.gazetteer.index import use_gazetteer
from dateline.language.parse import parse
from dateline.linking.records import write
from dateline.linking.within import join
from dateline.options import Options
from dateline.record import Event
from dateline.resolve.dictionary_readings import own_readings
from dateline.resolve.layers import Layers, find_layers
from dateline.resolve.numbers import article_sizes
from dateline.resolve.opinion import SecondOpinion
from dateline.resolve.places_dateline import dateline_place
from dateline.resolve.tell import tell
from dateline.resolve.told import Told


@dataclass(frozen=True, slots=True)
class Coded:
    """An article's layers and events."""

    layers: Layers
    events: list[Event]


def code_article(article: Article, options: Options) -> Coded:
    """Every layer of one article and its events, in the order in which they are told.

    An article that a user's dictionary discards has no events, and a warning that says so.
    """
    if options.gazetteer is not None:
        use_gazetteer(options.gazetteer)
    own = own_knowledge(options.actors, options.dictionaries)
    discarded = own.article_discards.search(article.text) if own.article_discards else None
    if discarded:
        warning = f"a dictionary discards it ({discarded[0]!r}): no event is coded"
        article = replace(article, warnings=(*article.warnings, warning))
    parsed = parse(article, options.model)
    layers = find_layers(parsed, own.book)
    rules = Rules(parsed, layers.engine.slots)
    sentences = [parsed.chars(s.start, s.end) for s in parsed.sentences]
    tellings: list[Told] = []
    if discarded:
        return Coded(layers, [])
    readings, who = own_readings(layers, own)
    by_lexicon = readings is None
    found = list(layers.engine.readings()) if readings is None else readings
    # A user's dictionary has the last word on what it codes.
    second = _second_opinion(layers, options) if by_lexicon and options.use_model else None
    for reading in (*found, *(second.added(found) if second else ())):
        start, end = sentences[parsed.sentence_of[reading.heads[0]]]
        if own.sentence_discards is None or not own.sentence_discards.search(article.text, start, end):
            told = tell(layers, reading, rules if by_lexicon else None, tellings, who)
            if told and second:
                told = second.checked(told, reading)
            tellings += [told] if told else []
    coder = f"dateline {__version__}"
    dateline = dateline_place(parsed, layers.places)
    home = dateline.country_code if dateline else None
    groups = join(tellings)
    predicates = [([h for told in group for h in told.heads], group[0].event) for group in groups]
    sizes = article_sizes(parsed, predicates, layers.quantities)
    events = [
        write(article, group, size, sentences, home, coder, options.keep_text)
        for group, size in zip(groups, sizes, strict=True)
    ]
    return Coded(layers, events)


def _second_opinion(layers: Layers, options: Options) -> SecondOpinion:
    return SecondOpinion(layers, encoder.load(options.encoder), combination(options.encoder))
