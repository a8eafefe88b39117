"""Which place a name means."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from dateline import record
from dateline.knowledge.gazetteer.index import Entry, fold, gazetteer
from dateline.knowledge.gazetteer.names import abbreviations, adjectives, beside, countries
from dateline.language.parsed import Parsed
from dateline.mentions.places import PlaceMention

KEPT = 40
ROUNDS = 3


@dataclass(slots=True)
class _Sense:
    """One name of the article and the places it may mean, with how likely each is."""

    folded: str
    mentions: list[int]
    options: list[Entry]
    prior: list[float] = field(default_factory=list)
    weight: list[float] = field(default_factory=list)
    hints: set[int] = field(default_factory=set)


def resolve_places(parsed: Parsed, mentions: Sequence[PlaceMention]) -> list[record.Place]:
    """The mentions' places, in the same order; one sense a name and article.

    A name the gazetteer does not know gets a place with its words alone.
    """
    senses = _senses(parsed, mentions)
    _weigh(senses)
    chosen: dict[int, Entry] = {}
    for sense in senses:
        if sense.options:
            best = max(range(len(sense.options)), key=lambda k: (sense.weight[k], -k))
            for number in sense.mentions:
                chosen[number] = sense.options[best]
    return [as_place(m, chosen.get(n)) for n, m in enumerate(mentions)]


def as_place(mention: PlaceMention, entry: Entry | None) -> record.Place:
    """The record of a mention that means the gazetteer's `entry` (None: not known where it is)."""
    place = record.Place(extracted_place=mention.text, start=mention.start, end=mention.end)
    if entry is None:
        return place
    index = gazetteer()
    country = countries().get(entry.country)
    place.resolved_place = entry.name
    place.geonameid = entry.id or None
    place.lat, place.lon = entry.lat, entry.lon
    place.feature_class, place.feature_code = entry.group, entry.kind
    if country is not None:
        place.country = index.entry(country.row).name
        place.country_code = country.code or None
    if entry.admin1 >= 0:
        place.province = index.entry(entry.admin1).name
    if entry.admin2 >= 0:
        place.district = index.entry(entry.admin2).name
    if entry.group == "P" and entry.kind != "PPLX":
        place.city, place.resolution = entry.name, 4
    elif entry.group in ("P", "S", "R"):
        place.resolution = 5
    elif entry.kind == "ADM1":
        place.province, place.resolution = entry.name, 2
    elif entry.kind == "ADM2":
        place.district, place.resolution = entry.name, 3
    elif entry.group == "A" or entry.row < len(countries()):
        place.resolution = 1
    elif entry.group == "L" and entry.country:
        place.resolution = 2
    return place


def _senses(parsed: Parsed, mentions: Sequence[PlaceMention]) -> list[_Sense]:
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
            sense.hints.add(-2)
    for sense in senses:
        sense.prior = [_prior(sense, e) for e in sense.options]
    return senses


def _prior(sense: _Sense, e: Entry) -> float:
    """How likely a reader takes the bare name for this place, in nats."""
    score = 1.0 * math.log10(e.population + 10)
    if e.kind.startswith("PCL") or e.kind == "TERR":
        score += 3
    elif e.kind == "ADM1":
        score += 1
    elif e.kind == "PPLC":
        score += 1.5
    elif e.kind == "ADM2":
        score += -2 if -2 not in sense.hints and fold(e.name) != sense.folded else -1
    if fold(e.name) != sense.folded:
        score -= 1
    if sense.hints:
        home = countries().get(e.country)
        if e.admin1 in sense.hints or (home is not None and home.row in sense.hints and home.row != e.row):
            score += 6
    return score * 1.5


def _weigh(senses: list[_Sense]) -> None:
    """Lets the names of the article vote for each other's countries, regions and neighbourhoods."""
    for sense in senses:
        sense.weight = _softmax(sense.prior)
    for _ in range(ROUNDS):
        votes: dict[tuple[str, object], float] = defaultdict(float)
        own: list[dict[tuple[str, object], float]] = []
        for sense in senses:
            mine: dict[tuple[str, object], float] = {}
            size = 1 + math.log(len(sense.mentions))
            for e, w in zip(sense.options, sense.weight, strict=True):
                for area in _areas(e):
                    mine[area] = mine.get(area, 0.0) + w * size
            own.append(mine)
            for area, w in mine.items():
                votes[area] += w
        for sense, mine in zip(senses, own, strict=True):
            scores = []
            for e, prior in zip(sense.options, sense.prior, strict=True):
                score = prior
                for area in _areas(e):
                    support = votes[area] - mine.get(area, 0.0)
                    if support > 0.01:
                        score += GAIN[area[0]] * math.log1p(support * 3)
                scores.append(score)
            sense.weight = _softmax(scores)


GAIN = {"country": 1.0, "region": 1.6, "cell": 0.6}


def _areas(e: Entry) -> list[tuple[str, object]]:
    """What a place votes for and is voted for by: its country, its region, its neighbourhood."""
    found: list[tuple[str, object]] = []
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
