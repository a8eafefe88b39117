"""Which place a name means."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from dateline import record
from dateline.knowledge.gazetteer.index import Entry, fold, gazetteer
from dateline.knowledge.gazetteer.names import abbreviations, adjectives, beside, countries, not_places
from dateline.language.parsed import Parsed
from dateline.mentions.places import PlaceMention
from dateline.resolve.places_dateline import dateline_place
from dateline.resolve.places_events import event_place
from dateline.resolve.places_record import as_place

__all__ = ["WEIGHTS", "Weights", "dateline_place", "event_place", "resolve_places"]

# Of a name's namesakes the most populous are weighed, so that "San Antonio" stays cheap.
KEPT = 40
ROUNDS = 3
# A name in no gazetteer is put in the region or country that holds such a share of the other places.
HOME_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much, in nats; fitted on the development half of LGL and TR-News, rounded.

    `people`: a tenfold population. `state`, `capital`: being one. `second`: a second-level region whose
    name the text leaves short ("Harlan" for Harlan County). `alias`: a name not the place's main one.
    `hint`: lying in the region that follows after a comma. `country`, `region`, `cell`: support by other
    names of the article, times the logarithm of how much (`scale`). `first`: how far the first votes
    already lean on the prior. `often`: what each further mention adds to a name's vote.
    `states_vote`: how much of a vote a state itself has for its towns. `kind`: being a region where
    "province" or the like follows.
    """

    people: float = 2.1
    state: float = 4.0
    capital: float = 2.8
    second: float = -5.5
    alias: float = -5.0
    hint: float = 8.0
    country: float = 2.0
    region: float = 2.6
    cell: float = 3.0
    scale: float = 3.0
    first: float = 0.35
    often: float = 0.8
    states_vote: float = 0.2
    kind: float = 4.0


WEIGHTS = Weights()
# How much more than a state named in the text the country of the paper's address says of its towns.
PAPER = 5.0
BESIDE = frozenset({"near", "in", ","})
# Among a name's hints: a word beside it says that it is a region's.
KIND = -2

_Area = tuple[str, object]


@dataclass(slots=True)
class _Sense:
    """One name of the article and the places it may mean, with how likely each is."""

    folded: str
    mentions: list[int]
    options: list[Entry]
    unseen: int = 0
    strength: float = 1.0
    prior: list[float] = field(default_factory=list)
    weight: list[float] = field(default_factory=list)
    hints: set[int] = field(default_factory=set)


def resolve_places(
    parsed: Parsed, mentions: Sequence[PlaceMention], weights: Weights = WEIGHTS
) -> list[record.Place]:
    """The mentions' places, in the same order; one sense a name and article.

    A name that is in no gazetteer gets the region it is said to lie in ("Atwell, Ohio"), or that
    most of the article's places lie in, with that region's coordinates and resolution; where there
    is none, its words alone.
    """
    senses = [*_senses(parsed, mentions, weights), *_unseen(parsed, mentions, weights)]
    _weigh(senses, weights)
    chosen: dict[int, Entry] = {}
    for sense in senses:
        if sense.options:
            best = max(range(len(sense.options)), key=lambda k: (sense.weight[k], -k))
            entry = _town(sense, sense.options[best])
            chosen.update((number, entry) for number in sense.mentions)
    home = _home(chosen.values())
    for sense in senses:
        if not sense.options:
            said = min((row for row in sense.hints if row >= 0), default=-1)
            for number in sense.mentions:
                region = gazetteer().entry(said) if said >= 0 else _beside(parsed, mentions, number, chosen)
                region = region or home
                if region is not None:
                    chosen[number] = region
    return [as_place(m, chosen.get(n)) for n, m in enumerate(mentions)]


def _beside(
    parsed: Parsed, mentions: Sequence[PlaceMention], number: int, chosen: Mapping[int, Entry]
) -> Entry | None:
    """The region of the place that an unknown one is said to be near or in: "Zumbaro, near Maiduguri"."""
    other = chosen.get(number + 1)
    if other is None or other.group == "H":
        return None
    between = [parsed.word(i) for i in range(mentions[number].last, mentions[number + 1].first)]
    if not between or len(between) > 2 or between[-1] not in BESIDE:
        return None
    return gazetteer().entry(other.admin1) if other.admin1 >= 0 else other if other.group == "A" else None


def _town(sense: _Sense, region: Entry) -> Entry:
    """The town a bare name means where a region bears it too: "Aleppo" is the city."""
    if region.kind not in ("ADM1", "ADM2") or KIND in sense.hints:
        return region
    for e in sense.options:
        inside = region.row in (e.admin1, e.admin2)
        if (
            e.group == "P"
            and inside
            and fold(e.name) == sense.folded
            and e.population * 20 >= region.population
        ):
            return e
    return region


def _home(entries: Iterable[Entry]) -> Entry | None:
    """The region, or else country, that most of the article's places lie in."""
    index = gazetteer()
    located = [e for e in entries if e.country]
    for area in (lambda e: e.row if e.kind == "ADM1" else e.admin1, lambda e: countries()[e.country].row):
        counts = Counter(area(e) for e in located)
        for row, count in counts.most_common(1):
            if row >= 0 and count >= 2 and count >= HOME_SHARE * len(located):
                return index.entry(row)
    return None


def _senses(parsed: Parsed, mentions: Sequence[PlaceMention], weights: Weights) -> list[_Sense]:
    """The article's names, each with its candidates and their priors."""
    index, table = gazetteer(), beside()
    short, people = abbreviations(), adjectives()
    by_name: dict[str, _Sense] = {}
    text = parsed.article.text
    regions: list[int | None] = []
    for number, m in enumerate(mentions):
        written = text[m.start : m.end]
        after_comma = m.first > 0 and parsed.word(m.first - 1) == ","
        region = short.get(" ".join(written.split()))
        if region is not None and not ("." in written or after_comma):
            region = None
        regions.append(region)
        folded = fold(written)
        key = f"={region}" if region is not None else f"~{folded}" if m.adjective else folded
        sense = by_name.get(key)
        if sense is None:
            if region is not None:
                options = [index.entry(region)]
            elif m.adjective:
                options = [index.entry(people[folded])]
            else:
                options = list(index.find_folded(folded)[:KEPT])
            sense = by_name[key] = _Sense(folded, [], options)
        sense.mentions.append(number)
    senses = list(by_name.values())
    of_mention = {n: s for s in senses for n in s.mentions}
    for number, m in enumerate(mentions):
        sense = of_mention[number]
        nxt = mentions[number + 1] if number + 1 < len(mentions) else None
        if nxt is not None and nxt.first == m.last + 1 and parsed.word(m.last) in (",", "in", "("):
            sense.hints.update(
                e.row for e in of_mention[number + 1].options if e.group == "A" and e.kind != "ADM2"
            )
        after = parsed.word(m.last).lower() if m.last < len(parsed.doc) else ""
        if after in table.kind:
            sense.hints.add(KIND)
    for sense in senses:
        sense.prior = [_prior(sense, e, weights) for e in sense.options]
    return senses


def _unseen(parsed: Parsed, mentions: Sequence[PlaceMention], weights: Weights) -> list[_Sense]:
    """What else speaks for a country or region: adjectives, the dateline, the paper's name and address."""
    index, people, found = gazetteer(), adjectives(), []
    if not any(m.adjective for m in mentions):
        told = Counter(
            people[word] for t in parsed.doc if t.text[:1].isupper() and (word := t.lower_) in people
        )
        found += [_Sense("", [], [index.entry(row)], unseen=count) for row, count in told.items()]
    article = parsed.article
    host = urlsplit(article.url or "").hostname or ""
    # The United Kingdom's top-level domain is the one that is not its ISO 3166 code.
    domain = host.rpartition(".")[2].upper().replace("UK", "GB")
    if domain in countries():
        found.append(_Sense("", [], [index.entry(countries()[domain].row)], unseen=1, strength=PAPER))
    words = (article.publication or "").split()
    names = [p.strip() for p in (article.dateline_place or "").split(",")]
    names += [
        " ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, min(i + 3, len(words) + 1))
    ]
    for name in names:
        folded = fold(name)
        if folded and folded not in not_places() and index.has(folded):
            sense = _Sense(folded, [], list(index.find_folded(folded)[:KEPT]), unseen=1)
            sense.prior = [_prior(sense, e, weights) for e in sense.options]
            found.append(sense)
    for sense in found:
        sense.prior = sense.prior or [0.0]
    return found


def _prior(sense: _Sense, e: Entry, weights: Weights) -> float:
    """How likely a reader takes the bare name for this place, in nats."""
    score = weights.people * math.log10(e.population + 10)
    main = fold(e.name)
    if KIND in sense.hints and e.group == "A":
        score += weights.kind
    if _is_state(e):
        score += weights.state
    elif e.kind == "PPLC":
        score += weights.capital
    elif e.kind == "ADM2" and main != sense.folded and KIND not in sense.hints:
        score += weights.second
    # A country's other names are as much its own as the first.
    if e.row >= len(countries()) and not set(sense.folded.split()) <= set(main.split()):
        score += weights.alias
    if sense.hints:
        home = countries().get(e.country)
        if e.admin1 in sense.hints or (home is not None and home.row in sense.hints and home.row != e.row):
            score += weights.hint
    return score


def _is_state(e: Entry) -> bool:
    return e.kind.startswith("PCL") or e.kind == "TERR"


def _weigh(senses: list[_Sense], weights: Weights) -> None:
    """Lets the names of the article vote for each other's countries, regions and neighbourhoods."""
    gain = {"country": weights.country, "region": weights.region, "cell": weights.cell}
    areas = [[_areas(e) for e in sense.options] for sense in senses]
    for sense in senses:
        sense.weight = _softmax([p * weights.first for p in sense.prior])
    for _ in range(ROUNDS):
        votes: dict[_Area, float] = defaultdict(float)
        own: list[dict[_Area, float]] = []
        for sense, held in zip(senses, areas, strict=True):
            mine: dict[_Area, float] = defaultdict(float)
            size = sense.strength + weights.often * math.log(len(sense.mentions) + sense.unseen)
            for e, where, share in zip(sense.options, held, sense.weight, strict=True):
                for area in where:
                    mine[area] += share * size * (weights.states_vote if _is_state(e) else 1.0)
            own.append(mine)
            for area, vote in mine.items():
                votes[area] += vote
        for sense, held, mine in zip(senses, areas, own, strict=True):
            scores = []
            for where, prior in zip(held, sense.prior, strict=True):
                score = prior
                for area in where:
                    support = votes[area] - mine[area]
                    if support > 0.01:
                        score += gain[area[0]] * math.log1p(support * weights.scale)
                scores.append(score)
            sense.weight = _softmax(scores)


def _areas(e: Entry) -> list[_Area]:
    """What a place votes for and is voted for by: its country, its region, its neighbourhood."""
    found: list[_Area] = []
    if e.country:
        found.append(("country", e.country))
    region = e.row if e.kind == "ADM1" else e.admin1
    if region >= 0:
        found.append(("region", region))
    if e.group == "P" or e.kind == "ADM2":
        found.append(("cell", (round(e.lat), round(e.lon))))
    return found


def _softmax(scores: list[float]) -> list[float]:
    if not scores:
        return []
    top = max(scores)
    raised = [math.exp(s - top) for s in scores]
    total = sum(raised)
    return [r / total for r in raised]
