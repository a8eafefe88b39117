"""Which numbers belong to which event.

A number belongs where the word that gives it its role is one of the event's predicates, hangs below
one without a clause of its own in between, or has a predicate noun in its clause. What other
sentences tell of the victims of the same happening is added by `article_sizes`.
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.language.parsed import Parsed
from dateline.language.tree import Tree
from dateline.mentions.quantities import Quantity
from dateline.mentions.quantities_tables import event_roles, words
from dateline.resolve.numbers_persons import Crowd, persons_of, refers, tally
from dateline.resolve.numbers_time import real

ACROSS = frozenset({"ccomp", "parataxis"})
NOMINAL_PATH = frozenset({"prep", "pobj", "nsubj", "nsubjpass", "dobj", "agent", "compound", "conj", "acl"})
OUTCOME_PATH = NOMINAL_PATH | {"advcl", "pcomp"}
VICTIMS = frozenset({"dead", "injured"})
REACH = 4

Event = tuple[Sequence[int], str]


def event_size(
    parsed: Parsed, heads: Sequence[int], event_type: str, quantities: Sequence[Quantity]
) -> dict[str, int]:
    """The numbers of the event of type `event_type` with the predicates `heads`, by role.

    Only numbers told in the predicates' own clauses count; of several for one role the largest.
    """
    return tally(parsed, _own(parsed.tree, heads, event_type, quantities))


def article_sizes(
    parsed: Parsed, events: Sequence[Event], quantities: Sequence[Quantity]
) -> list[dict[str, int]]:
    """The numbers of each event of an article, given as its predicates and its type, in their order.

    Assaults whose victims are the same persons or point back to each other ("the victim", "one of
    the men") share their numbers. So do the victims of the next sentences that belong to no event:
    "The blast hit a market. At least 12 people were killed."
    """
    owned = [_own(parsed.tree, heads, kind, quantities) for heads, kind in events]
    sizes = [tally(parsed, own) for own in owned]
    for group in _Groups(parsed, events, owned, quantities).find():
        shared = tally(parsed, sorted(group.victims, key=lambda q: q.first))
        for n in group.events:
            sizes[n] = {k: v for k, v in sizes[n].items() if k not in VICTIMS} | shared
    return sizes


class _Group:
    """Assaults on the same victims: the events' numbers, the victims, and where it was last told."""

    def __init__(self, event: int, victims: list[Quantity], sentence: int) -> None:
        self.events = [event]
        self.victims = victims
        self.sentence = sentence


class _Groups:
    """Reads an article's assaults and victims in text order and puts together what belongs together."""

    def __init__(
        self,
        parsed: Parsed,
        events: Sequence[Event],
        owned: Sequence[list[Quantity]],
        quantities: Sequence[Quantity],
    ) -> None:
        self._parsed = parsed
        self._groups: list[_Group] = []
        self._waiting: list[Quantity] = []
        taken = {q.first for own in owned for q in own}
        loose = [q for q in quantities if q.role in VICTIMS and q.first not in taken and real(parsed, q)]
        self._items: list[tuple[int, int, list[Quantity]]] = [(q.first, -1, [q]) for q in loose]
        for n, (heads, kind) in enumerate(events):
            victims = [q for q in owned[n] if q.role in VICTIMS]
            true = [q for q in victims if real(parsed, q)]
            if kind == "ASSAULT" and heads and (true or not victims):
                self._items.append((min(heads), n, true))

    def find(self) -> list[_Group]:
        """The groups in text order."""
        for at, event, victims in sorted(self._items, key=lambda item: item[:2]):
            sentence = self._parsed.sentence_of[at]
            if event < 0:
                self._attach(victims[0], sentence)
            else:
                self._join(event, victims, sentence)
        return self._groups

    def _join(self, event: int, victims: list[Quantity], sentence: int) -> None:
        """Adds an assault to the one that it tells again, or makes it a group."""
        group = next((g for g in reversed(self._groups) if self._same(g.victims, victims)), None)
        if group is None:
            group = _Group(event, [*self._waiting, *victims], sentence)
            self._waiting = []
            self._groups.append(group)
            return
        group.events.append(event)
        group.sentence = sentence
        group.victims += [q for q in victims if q not in group.victims]

    def _attach(self, quantity: Quantity, sentence: int) -> None:
        """Adds victims of no event to the assault on the same ones, or to the last told where it is near."""
        group = next((g for g in reversed(self._groups) if self._same(g.victims, [quantity])), None)
        if group is None and self._groups:
            last = max(self._groups, key=lambda g: g.sentence)
            group = last if sentence - last.sentence <= REACH else None
        if group is not None:
            group.victims.append(quantity)
            group.sentence = sentence
        elif not self._groups:
            self._waiting.append(quantity)

    def _same(self, before: Sequence[Quantity], victims: Sequence[Quantity]) -> bool:
        """Whether some victims are among those told before."""
        crowd = Crowd(self._parsed, before)
        if any(q in before or crowd.holds(persons_of(self._parsed, q)) for q in victims):
            return True
        if before and any(q.counted is not None and refers(self._parsed.tree, q.counted) for q in victims):
            return True
        if self._adds_up(before, victims) or self._adds_up(victims, before):
            return True
        return any(self._alike(q, b) for q in victims for b in before)

    def _alike(self, one: Quantity, before: Quantity) -> bool:
        """Whether two phrases may be one: the same number of the same, or a name for somebody unnamed."""
        lemma = self._parsed.tree.lemma
        if one.value != before.value or one.counted is None or before.counted is None:
            return False
        if lemma[one.counted] == lemma[before.counted] or (one.value != 1 and one.role == before.role):
            return True
        now, then = persons_of(self._parsed, one), persons_of(self._parsed, before)
        if bool(now.names) and not then.names:
            return True
        # Who was shot and who died are taken for one person where nothing tells them apart.
        fates = one.value == 1 and one.role != before.role and not (one.sure and before.sure)
        if not fates or (now.names and then.names) or (now.ages and then.ages):
            return False
        return now.sorts == then.sorts or not (now.sorts and then.sorts)

    def _adds_up(self, some: Sequence[Quantity], others: Sequence[Quantity]) -> bool:
        """Whether a number of people shot among `some` is that of the dead and injured among `others`."""
        shot = {q.value for q in some if not q.sure and q.value is not None and q.value > 1}
        if not shot:
            return False
        dead = max((q.value for q in others if q.role == "dead" and q.value is not None), default=0)
        hurt = max(
            (q.value for q in others if q.role != "dead" and q.sure and q.value is not None), default=0
        )
        return dead + hurt in shot or 0 < dead < max(shot)


def _own(tree: Tree, heads: Sequence[int], event_type: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    roles = event_roles().get(event_type, frozenset())
    found = []
    for quantity in quantities:
        if quantity.role in roles:
            at = quantity.governor if quantity.governor is not None else quantity.first
            above = OUTCOME_PATH if _outcome(tree, at) else NOMINAL_PATH
            if any(at == h or _below(tree, at, h) or _above(tree, at, h, above) for h in heads):
                found.append(quantity)
    return found


def _below(tree: Tree, at: int, head: int) -> bool:
    """Whether `at` hangs below `head` without a clause of its own in between."""
    while at != head:
        if tree.head[at] == at or tree.dep[at] in ACROSS:
            return False
        if tree.dep[at] == "conj" and tree.kids(at, "nsubj", "nsubjpass"):
            return False
        at = tree.head[at]
    return True


def _above(tree: Tree, at: int, head: int, path: frozenset[str]) -> bool:
    """Whether the predicate `head` stands in the clause of `at`, reached by the labels of `path`."""
    while head != at:
        if tree.head[head] == head or tree.dep[head] not in path:
            return False
        head = tree.head[head]
    return True


def _outcome(tree: Tree, at: int) -> bool:
    """Whether the word at `at` tells what became of people and not who did it ("died", "were killed")."""
    if tree.kids(at, "agent"):
        return False
    if tree.kids(at, "auxpass", "nsubjpass"):
        return True
    return any(r.kind in ("subj", "adj") for r in words().rules.get(tree.lemma[at], ()))
