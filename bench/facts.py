"""What is said of actors and events: codes of phrases, numbers, reports of violence, gold records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from bench.data import rows
from bench.matching import Json, coded, f1, phrase, share, show
from dateline.coder import Coder
from dateline.errors import DatelineError

# MUC-4's types that are PLOVER's ASSAULT.
VIOLENT = frozenset({"ATTACK", "BOMBING", "KIDNAPPING", "ARSON", "HIJACKING"})
# An event without a day fits only gold that has none either.
UNDATED = ("9", "")
PLACE_FIELDS = ("extracted_place", "resolved_place", "city", "province")
# The records of 2016 have classes that PLOVER 2.0 renamed or folded.
TODAY = {
    "DEMAND": "REQUEST",
    "DISAPPROVE": "ACCUSE",
    "INVESTIGATE": "ACCUSE",
    "CONCEDE": "YIELD",
    "RETREAT": "YIELD",
}


def actors(path: Path) -> Mapping[str, float]:
    """Of NGEC's whole resolutions the share with the right country, sector, and both."""
    coder = Coder()
    count: Counter[str] = Counter()
    errors: Counter[str] = Counter()
    for row in rows(path):
        if row["function"] != "agent_to_code" or row.get("expected_to_fail"):
            continue
        try:
            found = coder.resolve(row["text"], row.get("context"), row.get("query_date"))
        except DatelineError:
            found = None
        given = {"country": found and found.code, "code_1": found and found.sector}
        wanted = {"country": row["gold"].get("country"), "code_1": row["gold"].get("code_1")}
        asked = [k for k in wanted if (k in row["gold"] if k == "country" else wanted[k])]
        right = [k for k in asked if (wanted[k] or None) == (given[k] or None)]
        count.update(f"asked {k}" for k in asked)
        count.update(f"right {k}" for k in right)
        count.update(cases=1, both=right == asked)
        for k in asked:
            if k not in right:
                errors[f"{phrase(row['text'])!r}: {wanted[k]} taken for {given[k]}"] += 1
    show(errors)
    return {
        "country_accuracy": share(count["right country"], count["asked country"]),
        "sector_accuracy": share(count["right code_1"], count["asked code_1"]),
        "both_accuracy": share(count["both"], count["cases"]),
        "cases": count["cases"],
    }


def _violence(annotation: Json) -> list[Json]:
    return [e for e in annotation.get("events", ()) if "ASSAULT" in e["event"]]


def _days(event: Json) -> tuple[str, str] | None:
    return (event["date"], event["enddate"] or event["date"]) if event["date"] else None


def quantities(path: Path) -> Mapping[str, float]:
    """Share of articles whose killed and injured are exactly the archive's, as the largest figure of an
    ASSAULT that is neither doubtful nor denied, and whose day is that of some event."""
    count: Counter[str] = Counter()
    errors: Counter[str] = Counter()
    for row, annotation in coded(path):
        gold = row["gold"]
        sure = [e for e in _violence(annotation) if not {"hypothetical", "negation"} & set(e["aux"])]
        for name, mine in (("killed", "dead"), ("injured", "injured")):
            given = max((e["size"].get(mine) or 0 for e in sure), default=0)
            count[name] += given == gold[name]
            if given != gold[name]:
                errors[f"{name} {gold[name]} taken for {given}" + ("" if sure else ", no event")] += 1
        spans = [days for e in annotation.get("events", ()) if (days := _days(e))]
        found = any(first <= gold["date"] <= last for first, last in spans)
        count.update(articles=1, date=found)
        if not found:
            errors["no event" if not annotation.get("events") else "no event of that day"] += 1
    show(errors)
    figures = {
        f"{name}_exact": share(count[name], count["articles"]) for name in ("killed", "injured", "date")
    }
    return {**figures, "articles": count["articles"]}


def _towns(location: object) -> list[str]:
    """The parts of a location such as "COUNTRY: AREA (TOWN)", without the country where there are more."""
    whole = ": ".join(map(str, location)) if isinstance(location, list) else str(location or "")
    parts = [p.strip() for p in whole.upper().replace("(", ":").replace(")", "").split(":") if p.strip()]
    return parts[1:] or parts


def _named(events: Iterable[Json]) -> str:
    return " ".join(
        str(e["event_loc"].get(k) or "") for e in events if e["event_loc"] for k in PLACE_FIELDS
    ).upper()


def muc(path: Path) -> Mapping[str, float]:
    """Reports with violence of MUC-4's kinds against those where an ASSAULT is coded; in those that have
    both, the share of gold events whose day and whose town some ASSAULT has."""
    count: Counter[str] = Counter()
    errors: Counter[str] = Counter()
    for row, annotation in coded(path):
        gold = [e for e in row["gold"]["events"] if (e["type"] or "").split("/")[0].strip() in VIOLENT]
        found = _violence(annotation)
        count.update(gold=bool(gold), found=bool(found), right=bool(gold and found))
        if found and not gold:
            errors.update(f"false by {e['why'].get('event', '').split(' ')[0]}" for e in found)
        for event in gold:
            if not found:
                errors[f"missed {event['type']}"] += 1
                continue
            spans = [d for d in event["date"] or () if d]
            if spans:
                days = [_days(e) or UNDATED for e in found]
                same = any(
                    (d[0] or "") <= last and first <= (d[-1] or "9") for d in spans for first, last in days
                )
                count.update(dated=1, day=same)
                errors["another day"] += not same
            towns = _towns(event["location"])
            if towns:
                there = any(t.split("-")[0].strip() in _named(found) for t in towns)
                count.update(placed=1, place=there)
                errors["another place"] += not there
    show(errors)
    return {
        "article_f1": f1(count["right"], count["found"], count["gold"]),
        "article_precision": share(count["right"], count["found"]),
        "article_recall": share(count["right"], count["gold"]),
        "date_accuracy": share(count["day"], count["dated"]),
        "place_accuracy": share(count["place"], count["placed"]),
    }


def _codes(entities: Iterable[Json]) -> set[str]:
    return {e["code"] for e in entities if e.get("code")}


def _today(types: Iterable[str]) -> Iterator[str]:
    return (TODAY.get(t, t) for t in types)


def gsr(path: Path) -> Mapping[str, float]:
    """PLOVER's gold records: the share of sentences with an event of the right type, and with one whose
    sides also have the gold codes (for reciprocal ones a target may stand among the actors)."""
    count: Counter[str] = Counter()
    errors: Counter[str] = Counter()
    for row, annotation in coded(path):
        gold, events = row["gold"], annotation.get("events", [])
        (wanted,) = _today([gold["event"]])
        typed = [e for e in events if wanted in _today(e["event"])]
        source, target = _codes(gold["source"]), _codes(gold["target"])
        whole = [
            e
            for e in typed
            if (not source or source & _codes(e["actor"]))
            and (
                not target
                or target
                & (_codes(e["recipient"]) | (_codes(e["actor"]) if gold.get("reciprocal") else set()))
            )
        ]
        count.update(n=1, coded=bool(events), typed=bool(typed), whole=bool(whole), events=len(events))
        if not events:
            errors[f"{wanted} not coded"] += 1
        elif not typed:
            errors[
                f"{wanted} taken for {' and '.join(sorted({t for e in events for t in _today(e['event'])}))}"
            ] += 1
        elif not whole:
            errors[f"{wanted} with other codes"] += 1
    show(errors)
    return {
        "type_right": share(count["typed"], count["n"]),
        "type_and_codes_right": share(count["whole"], count["n"]),
        "nothing_coded": 1 - share(count["coded"], count["n"]),
        "events_per_record": share(count["events"], count["n"]),
    }
