"""The filters of every view: what the address says, and the SQL that it means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any
from urllib.parse import urlencode

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from dateline.knowledge import codebook
from dateline.record import Aux
from dateline.store import views

# What `aux` says of an event that happened: the record has none of the auxiliary modes but `historical`.
HAPPENED = "happened"
LONGEST = 200  # characters of a filter's text


def _words(value: object) -> object:
    """A form sends empty boxes too; they ask for nothing."""
    return (value.strip() or None) if isinstance(value, str) else value


def many(value: object) -> object:
    """A list of what a form sends, empty boxes left out; to stand before a list's own check."""
    given = [value] if isinstance(value, str | int) else value
    return [one for one in given if one != ""] if isinstance(given, list) else given


def one_of(known: Iterable[str]) -> Callable[[str], str]:
    """A check that a value is one of these; raises `ValueError`, which names them."""
    listed = tuple(known)

    def check(value: str) -> str:
        if value not in listed:
            raise ValueError(f"{value} is none of {', '.join(listed)}")
        return value

    return check


AUXES = (HAPPENED, *Aux.__args__)  # type: ignore[attr-defined]
STATUSES = ("claimed", "reported", "denied")
Words = Annotated[Annotated[str, Field(max_length=LONGEST)] | None, BeforeValidator(_words)]
Share = Annotated[Annotated[float, Field(ge=0, le=1)] | None, BeforeValidator(_words)]
Day = Annotated[dt.date | None, BeforeValidator(_words)]
Whole = Annotated[int, BeforeValidator(lambda value: 1 if value == "" else value), Field(ge=1, le=10_000)]
Quad = Annotated[int, Field(ge=1, le=4)]
Type = Annotated[str, BeforeValidator(one_of(codebook.event_types()))]


class Filters(BaseModel):
    """What a view shows: the same names in every address and in the JSON API."""

    model_config = ConfigDict(populate_by_name=True, extra="ignore")

    actor: Words = Field(None, description="A code (KEN), a code and sector (KEN GOV), or part of a name.")
    recipient: Words = Field(None, description="As `actor`.")
    type: Annotated[
        list[Annotated[str, BeforeValidator(one_of(codebook.event_types()))]], BeforeValidator(many)
    ] = Field([], description="PLOVER event types; any of them.")
    quad: Annotated[list[Quad], BeforeValidator(many)] = Field(
        [],
        description="1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.",
    )
    aux: Annotated[list[Annotated[str, BeforeValidator(one_of(AUXES))]], BeforeValidator(many)] = Field(
        [],
        description="Auxiliary modes; `happened` is the events that are neither future, possible nor denied.",
    )
    place: Words = Field(None, description="A country's code (KEN) or part of a place's name.")
    since: Day = Field(None, description="First day, YYYY-MM-DD.")
    until: Day = Field(None, description="Last day, YYYY-MM-DD.")
    publisher: Words = Field(None, description="A publisher by its name in the store.")
    confidence: Share = Field(None, description="Least confidence, 0 to 1.")
    status: Annotated[list[Annotated[str, BeforeValidator(one_of(STATUSES))]], BeforeValidator(many)] = Field(
        [], description="claimed, reported, denied."
    )

    def pairs(self, **changes: object) -> list[tuple[str, str]]:
        """The filters as the pairs of an address, those that ask for nothing left out.

        `changes` replace filters, or add what else the address says; None or [] takes one away.
        """
        values: dict[str, Any] = self.model_dump() | changes
        found: list[tuple[str, str]] = []
        for name, value in values.items():
            for one in value if isinstance(value, list | tuple) else [value]:
                if one is not None and one != "":
                    found.append((name, str(one)))
        return found

    def query(self, **changes: object) -> str:
        """The filters as the query of an address ("" where there are none, else with its question mark)."""
        pairs = self.pairs(**changes)
        return f"?{urlencode(pairs)}" if pairs else ""

    def kept(self) -> str:
        """The filters alone as the query of an address: what goes along to another view."""
        return self.query(**{name: None for name in type(self).model_fields if name not in NAMES})

    def described(self) -> list[tuple[str, str]]:
        """Each filter in use by name and value, lists joined."""
        found: dict[str, list[str]] = {}
        for name, value in self.pairs(**{n: None for n in type(self).model_fields if n not in NAMES}):
            found.setdefault(name, []).append(value)
        return [(name, ", ".join(values)) for name, values in found.items()]


NAMES = tuple(Filters.model_fields)


@dataclass(slots=True)
class Where:
    """A condition in SQL over `events` and what fills its question marks."""

    parts: list[str] = field(default_factory=list)
    values: list[object] = field(default_factory=list)

    def add(self, sql: str, *values: object) -> None:
        """One more thing that has to hold."""
        self.parts.append(sql)
        self.values += values

    @property
    def sql(self) -> str:
        """The condition; TRUE where all may pass."""
        return " AND ".join(f"({part})" for part in self.parts) or "TRUE"


def _party(where: Where, side: str, asked: str) -> None:
    code, _, sector = asked.partition(" ")
    if len(code) == 3 and code.isupper() and (not sector or (len(sector) == 3 and sector.isupper())):
        listed = f"string_split(coalesce({side}_code, ''), '; ')"
        if not sector:
            where.add(f"list_contains({listed}, ?)", code)
            return
        sectors = f"string_split(coalesce({side}_sector, ''), '; ')"
        where.add(
            f"list_contains(list_transform(list_zip({listed}, {sectors}), lambda p: p[1] || ' ' || p[2]), ?)",
            asked,
        )
        return
    where.add(f"contains(lower(concat_ws('; ', {side}_name, {side}_text)), ?)", asked.lower())


def aux_sql(name: str) -> str:
    """The condition over `events` that an auxiliary mode, or `happened`, means. Raises ValueError."""
    if name == HAPPENED:
        return views.HAPPENED
    return f"contains(coalesce(aux, ''), '{one_of(AUXES)(name)}')"


def _in(column: str, values: Sequence[object]) -> str:
    return f"{column} IN ({', '.join('?' * len(values))})"


def where(filters: Filters) -> Where:
    """The condition over the columns of `events` that the filters mean.

    An event is in the days asked for where its span of days touches them; one without a day is in none.
    """
    found = Where()
    for side in ("actor", "recipient"):
        if asked := getattr(filters, side):
            _party(found, side, asked)
    if filters.type:
        found.add("list_has_any(string_split(event, '; '), ?)", list(filters.type))
    if filters.quad:
        found.add(_in("quad_code", filters.quad), *filters.quad)
    if filters.aux:
        found.add(" OR ".join(map(aux_sql, filters.aux)))
    if filters.place:
        if len(filters.place) == 3 and filters.place.isupper():
            found.add("place_country = ?", filters.place)
        else:
            found.add("contains(lower(place), ?)", filters.place.lower())
    if filters.since:
        found.add("coalesce(enddate, date) >= ?", filters.since)
    if filters.until:
        found.add("date <= ?", filters.until)
    if filters.publisher:
        found.add(
            "id IN (SELECT l.event FROM links AS l JOIN tellings AS t ON t.id = l.telling "
            "WHERE t.publisher = ?)",
            filters.publisher,
        )
    if filters.confidence is not None:
        found.add("confidence >= ?", filters.confidence)
    if filters.status:
        found.add(_in("status", filters.status), *filters.status)
    return found
