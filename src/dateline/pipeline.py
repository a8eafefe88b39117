"""All stages, front to back: article → parse → mentions → frames → events → resolution → linking."""

from __future__ import annotations

from dataclasses import dataclass

from dateline import __version__
from dateline.article import Article
from dateline.coding.rules import Rules
from dateline.knowledge.actors.book import ActorBook
from dateline.language.parse import parse
from dateline.linking.records import write
from dateline.linking.within import join
from dateline.options import Options
from dateline.record import Event
from dateline.resolve.layers import Layers, find_layers
from dateline.resolve.numbers import article_sizes
from dateline.resolve.places_events import dateline_place
from dateline.resolve.tell import tell
from dateline.resolve.told import Told


@dataclass(frozen=True, slots=True)
class Coded:
    """An article's layers and events."""

    layers: Layers
    events: list[Event]


def code_article(article: Article, options: Options) -> Coded:
    """Every layer of one article and its events, in the order in which they are told."""
    parsed = parse(article, options.model)
    layers = find_layers(parsed, ActorBook.load(options.actors))
    rules = Rules(parsed, layers.engine.slots)
    tellings: list[Told] = []
    for reading in layers.engine.readings():
        tellings += tell(layers, reading, rules, tellings)
    sentences = [parsed.chars(s.start, s.end) for s in parsed.sentences]
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
