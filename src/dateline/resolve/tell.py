"""One reading of the lexicon → one telling: every side, day, place, number and speaker resolved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from dateline.article import ZoneKind
from dateline.coding.reading import Reading
from dateline.coding.rules import Case, Rules
from dateline.frames.auxiliary import judge
from dateline.frames.auxiliary_standing import standing
from dateline.knowledge import codebook
from dateline.knowledge.codebook.contexts import contexts_of
from dateline.knowledge.reference import reference
from dateline.record import Attribution, Aux, Entity, Place, Telling
from dateline.resolve.days import When, event_days
from dateline.resolve.entities import among, may_be_same, same
from dateline.resolve.evidence import act, passage
from dateline.resolve.layers import Layers
from dateline.resolve.numbers import event_size
from dateline.resolve.places_dateline import BY_DATELINE, COUNTRY
from dateline.resolve.places_events import event_place
from dateline.resolve.speakers import attributions
from dateline.resolve.told import Told

AUX_ORDER: tuple[Aux, ...] = ("historical", "future", "hypothetical", "negation")
# What is to come has a day of its own only where the time stands with it; else it has the promise's.
AT_EVENT = "time at the event"
# How many sentences back "the incident" may point.
ANAPHORA_REACH = 2
ACTORLESS = codebook.group("actorless")


def tell(
    layers: Layers,
    reading: Reading,
    rules: Rules | None,
    earlier: Sequence[Told],
    who: Callable[[int], Sequence[Entity]] | None = None,
) -> Told | None:
    """The telling of a reading; None where no actor is named or a rule drops the event.

    `earlier` are the tellings before it, which "the incident" may refer to. A reading by a user's
    dictionary comes without `rules`, and with its own `who`, which gives a phrase's entities.
    """
    parsed, own_dictionary = layers.parsed, rules is None
    who = who or layers.actors.at
    head = reading.heads[0]
    own = reading.frame.head if reading.frame.head in reading.heads else head
    judgement = judge(parsed, own)
    if judgement.aux and (reading.frame.kind == "noun" or reading.vague):
        # A noun without a clause of its own, and a promise or demand of nothing in particular, are
        # events only where the text takes them for facts.
        return None
    when = event_days(parsed, own, layers.times)
    actor = _entities(who, _speakers(layers, own) if reading.by_speaker else reading.by)
    number = parsed.sentence_of[head]
    if own_dictionary:
        recipient, to_why = _entities(who, reading.to), ""
    else:
        recipient, to_why = _recipients(layers, reading, actor, earlier, number)
    place, place_why = _place(layers, reading, own, (*actor, *recipient))
    said = attributions(parsed, own, layers.quotes, layers.actors.at)
    size = event_size(parsed, reading.heads, reading.event, layers.quantities)
    case = Case(
        reading=reading,
        event=reading.event,
        cameo=reading.cameo,
        modes=reading.modes,
        contexts=reading.contexts,
        aux=_aux(judgement.aux | reading.aux, when.historical),
        actor_sectors=sectors(actor),
        recipient_sectors=sectors(recipient),
        own_words=own_words(actor, said),
        states=frozenset(e.code for e in actor if e.code is not None),
        standing=standing(parsed, own, judgement) | _vagueness(when, size, place_why),
    )
    start, end = passage(parsed, reading.heads, (*reading.by, *reading.to))
    words, act_start, act_end = act(parsed, reading.heads)
    sentence = parsed.sentences[number]
    lemmas = parsed.tree.lemma[sentence.start : sentence.end]
    cases = [case] if rules is None else list(rules.apply(case))
    if not cases or (not actor and not _agentless(reading, cases[0].event, recipient)):
        return None
    coded, *more = cases
    return Told(
        event=coded.event,
        also=tuple(c.event for c in more),
        cameo=coded.cameo,
        modes=tuple(m for c in cases for m in c.modes),
        contexts=tuple(dict.fromkeys((*coded.contexts, *contexts_of(lemmas)))),
        actor=tuple(actor),
        recipient=tuple(recipient),
        aux=tuple(a for a in AUX_ORDER if a in coded.aux),
        first_day=when.first_day,
        last_day=when.last_day,
        precision=when.precision,
        dated=when.time is not None and (when.why == AT_EVENT or "future" not in coded.aux),
        place=place,
        size=event_size(parsed, reading.heads, coded.event, layers.quantities),
        attribution=tuple(said),
        event_text=words,
        content=parsed.tree.lemma[reading.heads[-1]],
        heads=reading.heads,
        repeated=parsed.tree.tag[reading.heads[-1]] == "NNS",
        noun=parsed.tree.pos[reading.heads[-1]] == "NOUN",
        clause=reading.frame.kind == "verb",
        mention=Telling(start=start, end=end, trigger_start=act_start, trigger_end=act_end),
        sentence=number,
        headline=parsed.kinds[head] is ZoneKind.HEADLINE,
        why={
            "event": "; ".join(dict.fromkeys((reading.why, *(r for c in cases for r in c.rules)))),
            "aux": judgement.why,
            "date": when.why,
            "event_loc": place_why,
            **({"recipient": to_why} if to_why else {}),
        },
        weight=reading.weight,
        own_dictionary=own_dictionary,
    )


def _vagueness(when: When, size: Mapping[str, int], place_why: str) -> frozenset[str]:
    """ "vague" without a stated day and a number, "nowhere" without a place of its own."""
    found = set()
    if not size and (when.time is None or when.why != AT_EVENT):
        found.add("vague")
    if not place_why or place_why in BY_DATELINE:
        found.add("nowhere")
    return frozenset(found)


def _entities(who: Callable[[int], Sequence[Entity]], heads: Iterable[int]) -> list[Entity]:
    """The entities of some phrases, each once."""
    found: list[Entity] = []
    for head in heads:
        found += [e for e in who(head) if not among(e, found)]
    return found


def _recipients(
    layers: Layers, reading: Reading, actor: Sequence[Entity], earlier: Sequence[Told], number: int
) -> tuple[list[Entity], str]:
    """Whom it is done to, actors aside, and why where the reading itself does not say."""

    def others(heads: Iterable[int]) -> list[Entity]:
        entities = _entities(layers.actors.at, heads)
        return [e for e in entities if not any(_own(e, a, layers.actors.is_country) for a in actor)]

    found = others(reading.to)
    if not found:
        # "Shut its border with Russia": its own border.
        slots, taken = layers.engine.slots, (*reading.by, *reading.to)
        found = others(t for own in reading.to for t in slots.beside(own, taken))
    if not found and reading.happening is not None:
        doer = _doer(earlier, number, actor)
        if doer is not None:
            word = layers.parsed.word(reading.happening)
            return list(doer.actor), f"{word!r} is «{doer.event_text}», done by the recipient"
    return found, ""


def _aux(modes: frozenset[str], historical: bool) -> frozenset[str]:
    """The auxiliary modes that agree with each other and the day."""
    if "hypothetical" in modes:
        # What may never come about lies ahead only in thought.
        modes -= {"future"}
    return modes | {"historical"} if historical else modes


def _own(recipient: Entity, actor: Entity, is_country: Callable[[Entity], bool]) -> bool:
    """Whether a recipient is only the actor itself, by a name or a pronoun, or the actor's own state:
    "promised that his country would …". Two bodies of a state are two parties."""
    officials = recipient.code is not None and recipient.code == actor.code
    if officials and recipient.sector == actor.sector == "GOV":
        return (
            is_country(recipient)
            or is_country(actor)
            or recipient.identifier_text == actor.identifier_text is not None
            or _alike(recipient, actor)
        )
    return same(recipient, actor) and (recipient.sector != "GOV" or _alike(recipient, actor))


def _alike(recipient: Entity, actor: Entity) -> bool:
    """Whether a phrase may mean the actor: a pronoun, "his government", or one that ends in the same word."""
    words = recipient.entity_text.lower().split()
    return words[0] in reference().pronouns or words[-1] == actor.entity_text.lower().rpartition(" ")[2]


def _agentless(reading: Reading, event: str, recipient: Sequence[Entity]) -> bool:
    """Whether a deed is told with its doer left out: "two nurses were kidnapped"."""
    frame = reading.frame
    if reading.doerless:
        return True
    untold = frame.passive or frame.kind == "noun" or not frame.subjects or reading.by_arms
    return untold and event in ACTORLESS and bool(recipient)


def _place(layers: Layers, reading: Reading, own: int, parties: Sequence[Entity]) -> tuple[Place | None, str]:
    """Where it happened: by the noun that names the act, where there is one, else by the verb."""
    sides = [(e.start, e.end) for e in parties]
    core = reading.heads[-1]
    if core != own and layers.parsed.tree.pos[core] == "NOUN":
        place, why = event_place(layers.parsed, core, layers.places, sides)
        if place is not None and why not in BY_DATELINE:
            return place, why
    place, why = event_place(layers.parsed, own, layers.places, sides)
    doubtful = why in BY_DATELINE and not _concerns(place, parties, why == COUNTRY)
    return (None, "") if doubtful else (place, why)


def _speakers(layers: Layers, head: int) -> tuple[int, ...]:
    """Who says the words that hold a token, by the innermost quotation."""
    around = [q for q in layers.quotes if q.first <= head < q.last and q.speaker is not None]
    inner = min(around, key=lambda q: q.last - q.first, default=None)
    return () if inner is None or inner.speaker is None else (inner.speaker,)


def _doer(earlier: Sequence[Told], sentence: int, actor: Sequence[Entity]) -> Told | None:
    """The event that a noun such as "the incident" means: the last one told, by somebody else, best one
    done to those who now speak of it."""
    near = [t for t in earlier if sentence - t.sentence <= ANAPHORA_REACH and t.actor]
    near = [t for t in near if not any(may_be_same(a, b) for a in t.actor for b in actor)]
    done_to = [t for t in near if any(may_be_same(a, b) for a in t.recipient for b in actor)]
    return next(reversed(done_to or near), None)


def _concerns(place: Place | None, sides: Sequence[Entity], alone: bool) -> bool:
    """Whether the dateline's country has a part in the event: a reporter abroad writes of home.

    `alone`: no other country may have one, as where the dateline gives no more than the country.
    """
    codes = {e.code for e in sides if e.code is not None}
    if place is None or not codes:
        return place is not None
    return codes == {place.country_code} if alone else place.country_code in codes


def sectors(entities: Iterable[Entity]) -> frozenset[str]:
    """All sector codes of some entities."""
    return frozenset(s for e in entities for s in (e.sector, *e.other_sectors) if s)


def own_words(actor: Sequence[Entity], said: Sequence[Attribution]) -> bool:
    """Whether the actor itself is the one who says so."""
    return bool(said) and any(a.code is not None and a.code == said[-1].code for a in actor)
