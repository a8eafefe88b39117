"""All that is found in one article, layer by layer, before events are joined."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dateline.coding.engine import Engine
from dateline.knowledge.actors.book import ActorBook
from dateline.language.parsed import Parsed
from dateline.mentions.places import find_places
from dateline.mentions.quantities import Quantity, find_quantities
from dateline.mentions.speech import Quote, find_quotes
from dateline.mentions.times import Time, find_times
from dateline.record import Place
from dateline.resolve.actors import ArticleActors
from dateline.resolve.places import resolve_places


@dataclass(frozen=True, slots=True)
class Layers:
    """The layers of one article; see the modules that find them."""

    parsed: Parsed
    times: list[Time]
    places: list[Place]
    quantities: list[Quantity]
    quotes: list[Quote]
    actors: ArticleActors
    engine: Engine


def find_layers(parsed: Parsed, book: ActorBook) -> Layers:
    """Mentions, resolved references and frames of a parsed article."""
    quotes = find_quotes(parsed)
    places = resolve_places(parsed, find_places(parsed))
    actors = ArticleActors(parsed, book, speaker_of=_speakers(quotes), places=places)
    return Layers(
        parsed=parsed,
        times=find_times(parsed),
        places=places,
        quantities=find_quantities(parsed),
        quotes=quotes,
        actors=actors,
        engine=Engine(parsed, actors.heads),
    )


def _speakers(quotes: Sequence[Quote]) -> Callable[[int], int | None]:
    """For a token inside quoted words, the head token of who says them; innermost quote first."""
    at: dict[int, int] = {}
    for quote in sorted(quotes, key=lambda q: q.first - q.last):
        if quote.direct and quote.speaker is not None:
            at.update(dict.fromkeys(range(quote.first, quote.last), quote.speaker))
    return at.get
