"""One reading of the lexicon → one telling: every side, day, place, number and speaker resolved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from dateline.article import ZoneKind
from dateline.coding.reading import Reading
from dateline.coding.rules import Case, Rules
from dateline.frames.auxiliary import judge
from dateline.knowledge.codebook.contexts import contexts_of
from dateline.record import Attribution, Aux, Entity, Place, Telling
from dateline.resolve.days import event_days
from dateline.resolve.entities import among
from dateline.resolve.evidence import act, passage
from dateline.resolve.layers import Layers
from dateline.resolve.numbers import event_size
from dateline.resolve.places import event_place
from dateline.resolve.speakers import attributions
from dateline.resolve.told import Told

AUX_ORDER: tuple[Aux, ...] = ("historical", "future", "hypothetical", "negation")
# Types whose act is plain without a named doer; a verbal act without a speaker is not an event
# (manual, "Some residual issues", required entities).
ACTORLESS = frozenset({"ASSAULT", "COERCE", "SANCTION", "RETREAT", "MOBILIZE", "AID"})


def tell(layers: Layers, reading: Reading, rules: Rules) -> list[Told]:
    """The telling of a reading; none where no actor is named, two where a rule adds a type."""
    parsed = layers.parsed
    head = reading.heads[0]
    own = reading.frame.head if reading.frame.head in reading.heads else head
    judgement = judge(parsed, own)
    when = event_days(parsed, own, layers.times)
    actor = _entities(layers, reading.by)
    recipient = [e for e in _entities(layers, reading.to) if not among(e, actor)]
    aux = set(judgement.aux | reading.aux)
    if when.historical:
        aux.add("historical")
    sides = [(e.start, e.end) for e in (*actor, *recipient)]
    place, place_why = event_place(parsed, own, layers.places, sides)
    actor, recipient = _at_home(actor, place), _at_home(recipient, place)
    said = attributions(parsed, own, layers.quotes, layers.actors.at)
    case = Case(
        reading=reading,
        event=reading.event,
        cameo=reading.cameo,
        modes=reading.modes,
        contexts=reading.contexts,
        aux=frozenset(aux),
        actor_sectors=sectors(actor),
        recipient_sectors=sectors(recipient),
        own_words=_own_words(actor, said),
    )
    start, end = passage(parsed, reading.heads, (*reading.by, *reading.to))
    words, act_start, act_end = act(parsed, reading.heads)
    number = parsed.sentence_of[head]
    sentence = parsed.sentences[number]
    lemmas = parsed.tree.lemma[sentence.start : sentence.end]
    told = []
    for coded in rules.apply(case):
        if not actor and (coded.event not in ACTORLESS or not recipient):
            continue
        told.append(
            Told(
                event=coded.event,
                cameo=coded.cameo,
                modes=coded.modes,
                contexts=tuple(dict.fromkeys((*coded.contexts, *contexts_of(lemmas)))),
                actor=tuple(actor),
                recipient=tuple(recipient),
                aux=tuple(a for a in AUX_ORDER if a in coded.aux),
                first_day=when.first_day,
                last_day=when.last_day,
                precision=when.precision,
                dated=when.time is not None,
                place=place,
                size=event_size(parsed, reading.heads, coded.event, layers.quantities),
                attribution=tuple(said),
                event_text=words,
                content=parsed.tree.lemma[reading.heads[-1]],
                mention=Telling(start=start, end=end, trigger_start=act_start, trigger_end=act_end),
                sentence=number,
                headline=parsed.kinds[head] is ZoneKind.HEADLINE,
                why={
                    "event": "; ".join((reading.why, *coded.rules)),
                    "aux": judgement.why,
                    "date": when.why,
                    "event_loc": place_why,
                },
                weight=reading.weight,
            )
        )
    return told


def _entities(layers: Layers, heads: Iterable[int]) -> list[Entity]:
    """The entities of some phrases, each once."""
    found: list[Entity] = []
    for head in heads:
        found += [e for e in layers.actors.at(head) if not among(e, found)]
    return found


def _at_home(entities: list[Entity], place: Place | None) -> list[Entity]:
    """People named only by their kind are taken for those of the country where it happened."""
    country = place.country_code if place else None
    return [
        replace(e, code=country) if e.code is None and country and e.identifier_text is None else e
        for e in entities
    ]


def sectors(entities: Iterable[Entity]) -> frozenset[str]:
    """All sector codes of some entities."""
    return frozenset(s for e in entities for s in (e.sector, *e.other_sectors) if s)


def _own_words(actor: Sequence[Entity], said: Sequence[Attribution]) -> bool:
    """Whether the actor itself is the one who says so."""
    return bool(said) and any(a.code is not None and a.code == said[-1].code for a in actor)
