"""The actors of one article: what each is, as the article and the book tell it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from dateline.knowledge import codebook
from dateline.knowledge.actors.entries import Kind, Known, Role
from dateline.knowledge.tables import read_mapping
from dateline.mentions.actors import ActorMention
from dateline.record import Entity

FORMER = "ELI"
UNKNOWN = "UNK"
INTERNATIONAL = codebook.group("international")
STATE = codebook.group("state")


@dataclass(slots=True)
class Referent:
    """One actor of the article; the fields are the record's, and grow while the article is read.

    `nouns` are the nouns the article has called it by, `heads` the head tokens of its mentions.
    """

    id: int
    kind: Kind
    name: str | None = None
    code: str | None = None
    sector: str | None = None
    other_sectors: tuple[str, ...] = ()
    wikidata: str | None = None
    office: str | None = None
    cameo: str | None = None
    gender: str = ""
    plural: bool = False
    nouns: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)

    def last_word(self) -> str:
        """The last word of its name."""
        return (self.name or "").rsplit(" ", 1)[-1]

    def take(self, role: Role, former: bool = False) -> None:
        """What a title or noun for people in the article says wins over what was known."""
        self.nouns.append(role.noun)
        if former:
            self.former(role.sector)
            self.office = role.office or self.office
        elif role.sector is not None:
            kept = [
                s for s in (self.sector, *self.other_sectors) if s and s not in (role.sector, FORMER, UNKNOWN)
            ]
            if role.title:
                kept = [s for s in kept if s in role.other_sectors]
            self.other_sectors = tuple(dict.fromkeys([*role.other_sectors, *kept]))
            self.sector = role.sector
            self.office = role.office or self.office

    def former(self, sector: str | None = None) -> None:
        """The office is held no more: the sector is that of former officials."""
        held = sector or self.sector
        if held and held not in (FORMER, UNKNOWN):
            self.other_sectors = (held,)
        self.sector = FORMER

    def entity(self, mention: ActorMention) -> Entity:
        """The record's entity for a mention of this actor."""
        cameo = self.cameo or cameo_actor(self.code, self.sector)
        return Entity(
            code=self.code,
            sector=self.sector,
            other_sectors=list(self.other_sectors),
            entity_text=mention.text,
            identifier_text=self.name,
            identifier_id=self.wikidata,
            office=self.office,
            cameo=cameo,
            start=mention.start,
            end=mention.end,
        )


def is_body(referent: Referent) -> bool:
    """Whether this is an organisation or group with a name."""
    return referent.kind in (Kind.GROUP, Kind.ORGANISATION) and referent.name is not None


def cameo_actor(code: str | None, sector: str | None) -> str | None:
    """The actor's CAMEO string: its code and its sector's CAMEO agent, "---" where no code fits."""
    other = read_mapping("reference", "cameo.tsv")
    agent = other.get(sector, sector) if sector else ""
    if not code and not agent:
        return None
    return (other.get(code, code) if code else "---") + agent


def known_referent(number: int, known: Known, day: dt.date | None) -> Referent:
    """What the book says of somebody or something on a day: out of office, a person is a former official."""
    term, holds = known.term(day)
    referent = Referent(
        number,
        known.kind,
        known.name,
        term.code,
        term.sector,
        term.other_sectors,
        known.wikidata,
        term.office if holds else None,
        term.cameo if holds else None,
    )
    if known.kind is Kind.PERSON and not holds:
        if day is None or any(t.end and t.end < day for t in known.terms):
            if term.sector in STATE:
                referent.former()
            referent.office = term.office
        else:
            referent.sector, referent.other_sectors = None, ()
    return referent
