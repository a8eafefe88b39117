"""Writes the record of an event from its tellings."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from dateline.article import Article
from dateline.knowledge import codebook
from dateline.record import CiteInfo, Entity, Event, Place, TextInfo
from dateline.resolve.told import Told

# Where something came from, or something else happened, does not say whose police acted there.
VAGUE = frozenset({"origin", "lower clause", ""})
UNKNOWN, UNKNOWN_DOER = "UNK", codebook.group("unknown doer")
PROTEST, DOMESTIC = "PROTEST", codebook.group("domestic")
STATE, INTERNATIONAL = codebook.group("state"), codebook.group("international")
# Where the encoder was not asked these are a rule of thumb: an entry with more conditions is right more
# often, and so is an event with both sides.
BASE, PER_CONDITION, BOTH_SIDES, MOST = 0.5, 0.06, 0.1, 0.95


def write(
    article: Article,
    group: Sequence[Told],
    size: dict[str, int],
    sentences: Sequence[tuple[int, int]],
    home: str | None,
    coder: str,
    keep_text: bool,
) -> Event:
    """The record of one event.

    Each field comes from the telling that says most: named actors over nameless, a stated day over
    the day of publication, the finest place. The text told first, headlines aside, gives the passage.
    `size` are the numbers of all its tellings, `sentences` the article's, as `[start, end)`. `home` is
    the country of its dateline, to which nameless parties belong where no place says otherwise.
    """
    first = min(group, key=lambda t: (t.headline, t.mention.start))
    dated = next((t for t in (first, *group) if t.dated and t.first_day), first)
    placed = max(group, key=lambda t: (_fineness(t.place), t is first))
    start, end = sentences[first.sentence]
    by = max(group, key=lambda t: (bool(t.recipient), _named(t.actor), t is first)).actor
    to = max(group, key=lambda t: (_named(t.recipient), t is first)).recipient
    deed = codebook.material(first.event)
    told = deed and placed.place is not None and placed.why["event_loc"] not in VAGUE
    country = placed.place.country_code if told and placed.place else home
    if first.own_dictionary:
        country = None
    both = bool(by and to)
    if not by and first.event in UNKNOWN_DOER and first.clause and country is not None:
        # Whose "the shelling of the camp" was, the article may tell elsewhere.
        by = (_nobody_known(first),)
    actor, recipient = _at_home(by, country), _at_home(to, country)
    if first.event in DOMESTIC and not first.own_dictionary:
        actor, recipient = _domestic(first.event, actor, recipient)
    modes = list(dict.fromkeys(m for t in (first, *group) for m in t.modes))
    return Event(
        id=_identity(article.id, first),
        doc=article.id,
        date=_iso(dated.first_day),
        enddate=_iso(dated.last_day),
        date_precision=dated.precision,
        actor=actor,
        recipient=recipient,
        event=list(dict.fromkeys((first.event, *(a for t in group for a in t.also)))),
        mode=modes,
        context=list(first.contexts),
        aux=list(dict.fromkeys((*first.aux, *(a for a in dated.aux if a == "historical")))),
        quad_code=codebook.quad_code(first.event),  # type: ignore[arg-type]
        event_scale=round(codebook.scale(first.event, modes), 2),
        cameo=first.cameo,
        event_loc=placed.place,
        size=size,
        attribution=[] if any(not t.attribution for t in group) else list(first.attribution),
        event_text=first.event_text,
        text=article.text[start:end] if keep_text else "",
        text_info=TextInfo(sequence=first.sentence, start=start, end=end),
        mentions=sorted((t.mention for t in group), key=lambda m: (m.start, m.end)),
        cite_info=CiteInfo(
            title=article.title,
            url=article.url,
            publication=article.publication,
            author=article.author,
            language=article.language,
            date=_iso(article.date),
        ),
        why={**first.why, "date": dated.why["date"], "event_loc": placed.why["event_loc"]},
        confidence=_confidence(first, both),
        coder=coder,
        coded_date=dt.date.today().isoformat(),
    )


def _nobody_known(told: Told) -> Entity:
    """Who did what is told without its doer: "two civilians were killed by a bomb" (manual, UNK)."""
    return Entity(
        code=None,
        sector=UNKNOWN,
        entity_text=told.event_text,
        start=told.mention.trigger_start,
        end=told.mention.trigger_end,
    )


def _at_home(entities: Sequence[Entity], country: str | None) -> list[Entity]:
    """Parties whose country the text leaves unsaid are taken for the country's where it happened."""
    return [
        replace(e, code=country, cameo=f"{country}{e.sector or ''}") if country and e.code is None else e
        for e in entities
    ]


def _domestic(event: str, actor: list[Entity], recipient: list[Entity]) -> tuple[list[Entity], list[Entity]]:
    """A crowd against a government, or a government's forces against people: of that government's country."""
    if event == PROTEST:
        return _at_home(actor, _only_country(recipient)), recipient
    return actor, _at_home(recipient, _only_country(e for e in actor if e.sector in STATE))


def _only_country(entities: Iterable[Entity]) -> str | None:
    codes = {e.code for e in entities}
    code = codes.pop() if len(codes) == 1 else None
    return None if code in INTERNATIONAL else code


def _named(entities: Sequence[Entity]) -> tuple[int, int]:
    """How much a side says: names first, then codes."""
    return sum(e.identifier_text is not None for e in entities), sum(e.code is not None for e in entities)


def _fineness(place: Place | None) -> int:
    return -1 if place is None else (place.resolution or 0)


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _confidence(told: Told, both: bool) -> float:
    if told.share is not None:
        return round(told.share, 2)
    return round(min(MOST, BASE + PER_CONDITION * told.weight + BOTH_SIDES * both), 2)


def _identity(doc: str, told: Told) -> str:
    """A name that the same article, passage and type always get."""
    key = f"{doc}\0{told.mention.trigger_start}\0{told.event}"
    if told.own_dictionary:
        # One verb of a dictionary may tell of several events of a type: what each side does to the other.
        key += "".join(f"\0{e.cameo}" for e in (*told.actor, *told.recipient)) + told.cameo
    return "dl-" + hashlib.sha256(key.encode()).hexdigest()[:16]
