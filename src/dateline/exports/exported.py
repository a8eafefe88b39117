"""What the exporters write: a record and how widely its event was reported."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from dateline.exports.files import harmless
from dateline.exports.table import clean
from dateline.knowledge import exchange
from dateline.record import Entity, Event

UNREAL = frozenset({"future", "hypothetical", "negation"})


@dataclass(frozen=True, slots=True)
class Exported:
    """An event and its tellings.

    `tellings` is the number of passages that tell of it, `publishers` of independent publishers,
    `articles` of articles; `sources` are the publishers and `urls` the articles' addresses, first report
    first.
    """

    event: Event
    tellings: int
    publishers: int
    sources: list[str] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    articles: int = 1


def host(url: str | None) -> str | None:
    """An address's host in small letters, without `www.`; None for what has none."""
    try:
        name = urlsplit(url or "").hostname
    except ValueError:
        return None
    return name.removeprefix("www.") if name else None


def exported(event: Event) -> Exported:
    """A single record as `dateline code` gives it: one article, one publisher."""
    source = event.cite_info.publication or host(event.cite_info.url)
    url = event.cite_info.url
    return Exported(event, len(event.mentions), 1, [source] if source else [], [url] if url else [])


def happened(event: Event) -> bool:
    """Whether the record says that the event took place, and not that it will, might or did not."""
    return not UNREAL.intersection(event.aux)


def pairs(event: Event) -> Iterator[tuple[Entity | None, Entity | None]]:
    """The event as pairs of one doer and one target, for formats that hold no more.

    Every actor with every recipient; where there are actors alone and CAMEO codes the act in both
    directions (talks, agreements), every actor with every other; None for a side that is empty.
    """
    if not event.recipient and len(event.actor) > 1 and exchange.mutual(event.cameo):
        yield from ((a, b) for a in event.actor for b in event.actor if a is not b)
        return
    for actor in event.actor or (None,):
        for recipient in event.recipient or (None,):
            yield actor, recipient


def number(*parts: str | int, bits: int = 63) -> int:
    """A stable whole number of at most `bits` bits made from `parts`, for formats whose keys are numbers."""
    text = "\x1f".join(str(part) for part in parts).encode()
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest()) >> (64 - bits)


def day(event: Event) -> str:
    """The event's first day, or the day of publication where it has none; "" where neither is known."""
    return (event.date or event.cite_info.date or "")[:10]


def cell(value: str | None) -> str:
    """Text as one harmless cell: no tabs, line ends or control characters; no formula."""
    return str(harmless(clean(value or "")))


def joined(values: Iterable[str | None], missing: str, by: str = "; ") -> str:
    """Texts in one cell, `missing` for the empty; `missing` alone where there is none."""
    return by.join(cell(value) or missing for value in values) or missing


def figure(value: float | None) -> str:
    """A number without needless zeros; "" for None."""
    return "" if value is None else f"{value:.7f}".rstrip("0").rstrip(".")
