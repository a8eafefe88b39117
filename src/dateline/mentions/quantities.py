"""The quantities of an article: how many people, troops, dollars, and what became of them.

A quantity is a number expression with what it counts, or a phrase that is a number by its form
("a soldier", "two men and a woman") where a word gives it a role.
"""

from __future__ import annotations

from dataclasses import dataclass

from dateline.language.parsed import Parsed
from dateline.mentions.quantities_counts import Count, Counts
from dateline.mentions.quantities_roles import HURT, ITSELF, NUMBER, ONE, Claim, Roles
from dateline.mentions.quantities_tables import DEAD, SHOT, Unit, words
from dateline.mentions.quantities_values import Number, Numbers, Value

# One who protests or is sent is news only by number ("Cyprus protested").
NUMBERED = frozenset({"protesters", "troops"})
YEARS = (1800, 2100)
GLUE = frozenset({"-", "/", ":", "."})
MEASURED = frozenset({"DATE", "TIME", "ORDINAL"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of something, at characters `[start, end)` and tokens `[first, last)`.

    `value` is the lower bound where the text gives a range or a vague plural, None where it gives
    no figure ("several"). `unit` is what is counted: "people", "troops", an ISO 4217 code, a
    measure. `bound` is "exact", "at least", "at most", "about" or "range". `counted` is the token
    of the counted noun; `governor` the token of the word that gives the role. `sure` is False where
    that word says only that they were hit ("shot"): injured, unless the text says that they died.
    """

    start: int
    end: int
    first: int
    last: int
    text: str
    value: Value | None
    unit: str
    role: str | None
    bound: str
    counted: int | None
    governor: int | None
    sure: bool = True


def find_quantities(parsed: Parsed) -> list[Quantity]:
    """The quantities of a parsed article, in text order."""
    return _Finder(parsed).find()


class _Finder:
    def __init__(self, parsed: Parsed) -> None:
        self.parsed, self.tree = parsed, parsed.tree
        self.numbers = [n for n in Numbers(parsed.tree.lower).find() if self._counts(n)]
        self.counts = Counts(parsed, self.numbers)

    def find(self) -> list[Quantity]:
        found: dict[tuple[int, int, str], Quantity] = {}
        taken: set[int] = set()
        claims = list(Roles(self.tree, self.counts).find())
        dead = {h for c in claims if c.role == DEAD for h in c.heads}
        for claim in claims:
            if claim.role in HURT and dead.intersection(claim.heads):
                continue
            for head in claim.heads:
                for quantity in self._claimed(claim, self._phrase(claim, head), taken):
                    key = (quantity.first, quantity.last, quantity.role or "")
                    found.setdefault(key, quantity)
        for number in self.numbers:
            if number.first not in taken:
                plain = self._plain(number)
                found[plain.first, plain.last, plain.role or ""] = plain
        return sorted(found.values(), key=lambda q: (q.first, q.last))

    def _phrase(self, claim: Claim, head: int) -> list[Count]:
        if claim.scope in (ITSELF, NUMBER):
            return [self.counts.itself(head)]
        return [self.counts.one(head)] if claim.scope == ONE else self.counts.phrase(head)

    def _counts(self, number: Number) -> bool:
        """Whether a number expression counts something: no age, year, clock or house number."""
        lower, tree = self.tree.lower, self.tree
        after = lower[number.last : number.last + 3]
        if after[:1] == ["-"] or (len(after) > 1 and after[0].startswith("year") and after[1] == "old"):
            return False
        glued = number.core > 0 and self.parsed.ends[number.core - 1] == self.parsed.starts[number.core]
        if glued and lower[number.core - 1] in GLUE:
            return False
        if self._year(number):
            return False
        kind = self.parsed.doc[number.last - 1].ent_type_
        if kind in MEASURED and self._unit(number) is None:
            return False
        token = number.last - 1
        return tree.dep[token] != "appos" or number.kind != "figures"

    def _year(self, number: Number) -> bool:
        """Whether a number is a year before a noun, as in "his 2016 arrest"."""
        tree, i = self.tree, number.last
        written = tree.lower[number.core]
        if number.kind != "figures" or i - number.core > 1 or len(written) != 4 or not written.isdigit():
            return False
        return YEARS[0] <= int(written) <= YEARS[1] and i < len(tree) and tree.tag[i] in ("NN", "NNP")

    def _unit(self, number: Number) -> Unit | None:
        known = words().units
        for i in range(number.last, min(number.last + 3, len(self.tree))):
            if self.tree.lemma[i] in known:
                return known[self.tree.lemma[i]]
        return None

    def _money(self, number: Number) -> tuple[int, int, str] | None:
        """First and last token and currency where the number is an amount of money."""
        known = words().currencies
        before = number.core - 1
        if before >= 0 and self.tree.lower[before] in known:
            return min(before, number.first), number.last, known[self.tree.lower[before]]
        if number.last < len(self.tree) and self.tree.lemma[number.last] in known:
            return number.first, number.last + 1, known[self.tree.lemma[number.last]]
        return None

    def _plain(self, number: Number) -> Quantity:
        """A number to which no word gives a role but, perhaps, the counted noun."""
        money = self._money(number)
        if money is not None:
            first, last, currency = money
            return self._make(first, last, number.value, currency, "money", number.bound, None, None)
        counted = self.counts.counted.get(number.first)
        unit = words().units.get(self.tree.lemma[counted]) if counted is not None else None
        last = counted + 1 if counted is not None and counted >= number.last - 1 else number.last
        name = unit.name if unit else self.tree.lemma[counted] if counted is not None else "people"
        role = unit.role if unit else None
        return self._make(number.first, last, number.value, name, role, number.bound, counted, counted)

    def _claimed(self, claim: Claim, counts: list[Count], taken: set[int]) -> list[Quantity]:
        """The quantity of a phrase that fills a role, its parts added up."""
        known = [c for c in counts if c.value is not None]
        if not known or claim.negated:
            return []
        if claim.role in NUMBERED and all(c.number is None for c in known):
            return []
        role = "injured" if claim.role == SHOT else claim.role
        taken.update(c.number.first for c in known if c.number is not None)
        first = min(c.number.first if c.number else self._left(c.head) for c in known)
        last = max(self._right(c, claim) for c in known)
        value = sum(c.value for c in known if c.value is not None)
        bounds = [c.bound for c in known if c.bound != "exact"]
        bound = bounds[0] if bounds else "at least" if len(known) < len(counts) else "exact"
        head = known[0].head
        unit = words().units.get(self.tree.lemma[head])
        name = unit.name if unit and len(known) == 1 else "people"
        sure = claim.role != SHOT
        return [self._make(first, last, value, name, role, bound, head, claim.governor, sure)]

    def _right(self, count: Count, claim: Claim) -> int:
        """The end of a counted phrase: its head, or what its number is of."""
        number = count.number
        if number is None:
            return count.head + 1
        if claim.scope == NUMBER:
            return number.last
        return max(count.head + 1, number.last, (self.counts.counted.get(number.first) or 0) + 1)

    def _left(self, head: int) -> int:
        """The first token of what stands before a head and belongs to it."""
        tree = self.tree
        first = head
        while True:
            before = [c for c in tree.children[first] if c < first and tree.dep[c] not in ("prep", "punct")]
            more = [c for c in tree.children[head] if c < first and tree.dep[c] not in ("prep", "punct")]
            if not before and not more:
                return first
            first = min(before + more)

    def _make(
        self,
        first: int,
        last: int,
        value: Value | None,
        unit: str,
        role: str | None,
        bound: str,
        counted: int | None,
        governor: int | None,
        sure: bool = True,
    ) -> Quantity:
        start, end = self.parsed.chars(first, last)
        text = self.parsed.text(first, last)
        return Quantity(start, end, first, last, text, value, unit, role, bound, counted, governor, sure)
