"""Reads the actor tables, the shipped ones and a user's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from dateline.knowledge.actors.entries import Form, Kind, Known, Role, Term, first_day, last_day
from dateline.knowledge.tables import Row, read_file, read_table

Names = list[tuple[str, Form, Known]]

USER_COLUMNS = ("name", "code", "sector", "office", "aliases", "start", "end", "wikidata", "kind")
CODE_LENGTH = 3
# The bodies that are members of others: the European Union of the Group of 20.
MEMBER_BODIES = ("EUR", "UNO")


def _days(row: Row) -> tuple[dt.date | None, dt.date | None]:
    try:
        start, end = first_day(row["start"]), last_day(row["end"])
    except ValueError as error:
        raise row.bad("start and end are written 2015, 2015-11 or 2015-11-25") from error
    if start and end and end < start:
        raise row.bad(f"it ends ({row['end']}) before it starts ({row['start']})")
    return start, end


def _codes(row: Row) -> tuple[str | None, tuple[str, ...]]:
    code, sectors = row.cells.get("code", ""), row.many("sector")
    for value in (code, *sectors):
        if value and not (len(value) == CODE_LENGTH and value.isupper() and value.isalpha()):
            raise row.bad(f"{value} is not a code of three capital letters")
    return code or None, sectors


def _term(row: Row) -> Term:
    code, sectors = _codes(row)
    start, end = _days(row)
    office = row.cells.get("office") or None
    return Term(code, sectors[0] if sectors else None, sectors[1:], office, start, end)


def known_names(rows: Iterable[tuple[Row, Kind]]) -> Names:
    """The names of people, organisations and groups; rows of one name and kind are terms of one entry."""
    grouped: dict[tuple[str, Kind], list[Row]] = {}
    for row, kind in rows:
        if not row["name"]:
            raise row.bad("the name is missing")
        grouped.setdefault((row["name"], kind), []).append(row)
    names: Names = []
    for (name, kind), group in grouped.items():
        wikidata = next((r["wikidata"] for r in group if r["wikidata"]), None)
        known = Known(name, kind, wikidata, tuple(_term(r) for r in group))
        forms = dict.fromkeys([name, *(alias for r in group for alias in r.many("aliases"))])
        names += [(form, Form.NAME, known) for form in forms]
    return names


def countries() -> tuple[Names, dict[str, Known]]:
    """The countries' names, adjectives, peoples, capitals and seats, and each country by its code."""
    names: Names = []
    by_code: dict[str, Known] = {}
    for row in read_table("actors", "countries.tsv", required=("code", "name", "adjectives")):
        code = row["code"]
        # A state's bare name is its code alone in CAMEO.
        known = Known(row["name"], Kind.COUNTRY, row["wikidata"] or None, (Term(code, "GOV", cameo=code),))
        by_code.setdefault(code, known)
        columns = (
            ((row["name"], *row.many("other_names")), Form.NAME),
            (row.many("adjectives"), Form.ADJECTIVE),
            (row.many("people"), Form.PEOPLE),
            ((*row.many("capital"), *row.many("seats")), Form.SEAT),
        )
        names += [(text, form, known) for texts, form in columns for text in texts]
    for row in read_table("actors", "partial.tsv", required=("name", "code", "adjectives")):
        term = Term(row["code"], "PRE", ("GOV",), cameo=row["code"])
        known = Known(row["name"], Kind.COUNTRY, row["wikidata"] or None, (term,))
        names += [(text, Form.NAME, known) for text in (row["name"], *row.many("other_names"))]
        names += [(text, Form.ADJECTIVE, known) for text in row.many("adjectives")]
    return names, by_code


def not_names() -> list[str]:
    """Names that hold a country's name and name no actor: "South China Sea"."""
    return [row["name"] for row in read_table("actors", "not_names.tsv", required=("name",))]


@lru_cache(maxsize=1)
def suffixes() -> frozenset[str]:
    """What may follow a last name: "Jr."."""
    return frozenset(row["word"] for row in read_table("reference", "suffixes.tsv", required=("word",)))


def peoples() -> Names:
    """Ethnic and religious peoples: names and adjectives."""
    names: Names = []
    for row in read_table("actors", "ethnic.tsv", required=("name", "adjectives", "code", "sector")):
        code, sectors = _codes(row)
        term = Term(code, sectors[0] if sectors else None, sectors[1:])
        known = Known(row["name"], Kind.PEOPLE, None, (term,))
        names += [(text, Form.PEOPLE, known) for text in (row["name"], *row.many("other_names"))]
        names += [(text, Form.ADJECTIVE, known) for text in row.many("adjectives")]
    return names


def shipped_names() -> Iterator[tuple[Row, Kind]]:
    """The rows of the shipped organisations, groups and people."""
    for file, kind in (
        ("organisations.tsv", Kind.ORGANISATION),
        ("groups.tsv", Kind.GROUP),
        ("people.tsv", Kind.PERSON),
    ):
        for row in read_table("actors", file, required=("name", "code", "sector", "aliases")):
            yield row, kind


def members_of(rows: Iterable[Row], states: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The members of each organisation whose row names them, by its canonical name, as codes.

    Raises `DatelineError` with file and line for a code that is none of `states` or `MEMBER_BODIES`,
    or that stands twice in a row.
    """
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        codes = row.many("members")
        for code in codes:
            if code not in states and code not in MEMBER_BODIES:
                raise row.bad(f"{code} is not the code of a country that could be a member")
        if len(set(codes)) < len(codes):
            raise row.bad("a member stands twice")
        if codes:
            found[row["name"]] = codes
    return found


def shipped_members(states: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The members of the shipped organisations, as `members_of` gives them."""
    return members_of(read_table("actors", "organisations.tsv", required=("name", "members")), states)


def user_names(path: Path) -> Iterator[tuple[Row, Kind]]:
    """The rows of a user's actor file.

    A table with the columns `name code sector` and, where wanted, `office aliases start end wikidata
    kind`: `sector` may hold further sectors after `|`, `kind` is person, organisation or group
    (without it a row with an office is a person, another an organisation). Raises `DatelineError`
    with file and line for a row that breaks this.
    """
    for row in read_file(path, required=("name", "code", "sector")):
        cells = {column: row.cells.get(column, "") for column in USER_COLUMNS}
        whole = Row(cells, row.file, row.line)
        kind = cells["kind"] or ("person" if cells["office"] else "organisation")
        if kind not in (Kind.PERSON, Kind.ORGANISATION, Kind.GROUP):
            raise row.bad(f"{kind} is not a kind: person, organisation or group")
        yield whole, Kind(kind)


def roles() -> dict[str, Role]:
    """Titles and kinds of people by their words without dots and hyphens; a title wins over a kind."""
    found: dict[str, Role] = {}
    for row in read_table("actors", "agents.tsv", required=("noun", "sector")):
        code, sectors = _codes(row)
        for noun in row.many("noun"):
            others = (*sectors[1:], *row.many("other_sectors"))
            key = noun.lower().replace(".", "").replace("-", " ")
            facility = row.cells.get("note") == "facility"
            role = Role(key, sectors[0] if sectors else None, others, None, code, facility=facility)
            found.setdefault(role.noun, role)
    for row in read_table("actors", "titles.tsv", required=("title", "sector", "office")):
        _, sectors = _codes(row)
        for title in row.many("title"):
            others = (*sectors[1:], *row.many("other_sectors"))
            sector = sectors[0] if sectors else None
            # "PM" is no "pm".
            noun = (title if title.isupper() else title.lower()).replace(".", "").replace("-", " ")
            # A few offices are those of one state, as the kinds table says: the pope.
            kind = found.get(noun)
            found[noun] = Role(
                noun, sector, others, row["office"] or None, kind.code if kind is not None else None, True
            )
    return found
