"""What is known and remembered while an article is read: its names, its mentions, its actors so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from dateline.knowledge.actors.book import ActorBook
from dateline.knowledge.actors.entries import Kind, Known
from dateline.knowledge.reference import Reference, reference
from dateline.language.parsed import Parsed
from dateline.mentions.actor_names import NameHit
from dateline.mentions.actors import ActorMention
from dateline.resolve.actors_referents import Referent, is_body, known_referent
from dateline.resolve.coreference import Discourse

Referents = tuple[Referent, ...]


@dataclass(slots=True)
class Memory:
    """An article's working memory.

    `hits` are the known names by token, `mentions` the phrases by head, `place_code` the country of
    a place by its last token, `resolve` gives what the phrase headed by a token means. `called`
    holds people and organisations by the names the article has used, `said` the last actor of each
    noun, `countries` the codes of those it names.
    """

    parsed: Parsed
    book: ActorBook
    hits: dict[int, NameHit]
    mentions: dict[int, ActorMention]
    place_code: dict[int, str | None]
    resolve: Callable[[int], Referents]
    discourse: Discourse
    words: Reference = field(default_factory=reference)
    referents: list[Referent] = field(default_factory=list)
    called: dict[str, Referent] = field(default_factory=dict)
    said: dict[str, Referent] = field(default_factory=dict)
    countries: list[str] = field(default_factory=list)
    _by_key: dict[tuple[str, ...], Referent] = field(default_factory=dict)

    def keyed(self, key: tuple[str, ...], kind: Kind) -> Referent:
        """The actor remembered under a key, or a new one."""
        referent = self._by_key.get(key)
        if referent is None:
            referent = Referent(len(self.referents), kind)
            self.referents.append(referent)
            self._by_key[key] = referent
        return referent

    def of_known(self, known: Known) -> Referent:
        """The actor that an entry of the book is, on the article's day."""
        key = (known.kind, known.name)
        referent = self._by_key.get(key)
        if referent is None:
            referent = known_referent(len(self.referents), known, self.parsed.article.date)
            self.referents.append(referent)
            self._by_key[key] = referent
        return referent

    def likely(self, known: Sequence[Known]) -> Known:
        """Of several with one name the one whose term holds on the article's day."""
        return next((k for k in known if k.term(self.parsed.article.date)[1]), known[0])

    def body_called(self, last_word: str) -> Referent | None:
        """The body brought in last whose name ends with that word, in small letters."""
        return next(
            (r for r in reversed(self.referents) if is_body(r) and r.last_word().lower() == last_word), None
        )

    def holder_called(self, surname: str) -> Referent | None:
        """The one person of that last name who holds an office on the article's day.

        Without a day, one of several of a country will do: the code is the same.
        """
        day = self.parsed.article.date
        known = self.book.people_called(surname)
        holding = [k for k in known if k.term(day)[1]]
        if not holding and day is None and len({k.terms[-1].code for k in known}) == 1:
            holding = [known[-1]]
        return self.of_known(holding[0]) if len(holding) == 1 else None

    def only_country(self) -> str | None:
        """The country of an article that names no other."""
        return self.countries[0] if len(self.countries) == 1 else None

    def country(self, code: str | None) -> Referent | None:
        """The country of that code."""
        known = self.book.country(code)
        return self.of_known(known) if known is not None else None

    def of_hit(self, hit: NameHit) -> Referents:
        """What a known name names, whatever phrase it stands in."""
        return (self.of_known(self.likely(hit.hit.known)),)
