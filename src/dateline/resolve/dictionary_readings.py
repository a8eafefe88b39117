"""The readings of an article by a user's verb dictionaries, with the actors by their actor dictionaries."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dateline.coding.petrarch.coder import DictionaryCoder
from dateline.coding.reading import Reading
from dateline.knowledge.actors.own import Own
from dateline.record import Entity
from dateline.resolve.dictionary_actors import DictionaryActors
from dateline.resolve.layers import Layers

Who = Callable[[int], Sequence[Entity]]


def own_readings(layers: Layers, own: Own) -> tuple[list[Reading] | None, Who | None]:
    """The readings and who a phrase means; None and None where the user has no verb dictionary.

    A verb dictionary takes the place of the lexicon: who moves a project to Dateline gets the events
    of his own dictionaries, each with source and target, and no others.
    """
    if not own.verbs.verbs:
        return None, None
    actors = DictionaryActors(layers.parsed, layers.actors, own.phrases)
    coder = DictionaryCoder(
        layers.parsed.tree,
        layers.engine.frames.by_head,
        own.verbs,
        actors.heads,
        lambda token: [e.cameo or "" for e in actors.at(token)],
    )
    return coder.readings(), actors.at
