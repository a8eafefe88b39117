"""Layers that are stretches of the text: time expressions, places, predicates, attributions."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import fmean

from bench.matching import (
    Json,
    coded,
    f1,
    missed_and_false,
    overlap,
    pairs,
    phrase,
    same_span,
    share,
    show,
    touch,
)

NEAR_KM, EARTH_KM = 161, 6371
HAPPENED = 3.0


def dates(path: Path) -> Mapping[str, float]:
    """TempEval-3, task A (UzZaman et al. 2013): span F1, relaxed and strict; type and value of paired
    spans; value F1, which is relaxed span F1 times value accuracy."""
    count: Counter[str] = Counter()
    errors: Counter[str] = Counter()
    for row, annotation in coded(path):
        gold, found = row["timexes"], annotation.get("dates", [])
        matched = pairs(gold, found)
        count.update(gold=len(gold), found=len(found), paired=len(matched))
        for wanted, given in matched:
            value = (wanted.get("value") or "") == (given["value"] or "")
            count.update(exact=same_span(wanted, given), type=wanted["type"] == given["type"], value=value)
            if not value:
                text = phrase(wanted["text"])
                errors[f"value of {text!r}: {wanted.get('value')} taken for {given['value']}"] += 1
        errors.update(f"{k} {phrase(s['text'])!r}" for k, s in missed_and_false(gold, found, matched))
    show(errors)
    relaxed = f1(count["paired"], count["found"], count["gold"])
    value = share(count["value"], count["paired"])
    return {
        "span_f1_relaxed": relaxed,
        "span_f1_strict": f1(count["exact"], count["found"], count["gold"]),
        "type_accuracy": share(count["type"], count["paired"]),
        "value_accuracy": value,
        "value_f1": relaxed * value,
        "gold": count["gold"],
        "found": count["found"],
    }


def _km(one: Json, other: Json) -> float:
    """Great-circle distance of two places (haversine)."""
    a, b = math.radians(one["lat"]), math.radians(other["lat"])
    east = math.radians(other["lon"] - one["lon"])
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(east / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def places(path: Path) -> Mapping[str, float]:
    """By set: F1 of names found, of those found and located in gold the share within 161 km and, where
    gold has a GeoNames id, the share with that id."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    errors: Counter[str] = Counter()
    for row, annotation in coded(path):
        gold, found, count = row["toponyms"], annotation.get("places", []), counts[row["set"]]
        matched = pairs(gold, found)
        count.update(gold=len(gold), found=len(found), paired=len(matched))
        for wanted, given in matched:
            if wanted.get("lat") is None:
                continue
            near = given["lat"] is not None and _km(wanted, given) <= NEAR_KM
            count.update(located=1, near=near)
            if wanted.get("geonameid") is not None:
                count.update(ids=1, same=str(wanted["geonameid"]) == str(given["geonameid"]))
            if not near:
                errors[f"far {phrase(wanted['text'])!r}"] += 1
        errors.update(f"{k} {phrase(s['text'])!r}" for k, s in missed_and_false(gold, found, matched))
    show(errors)
    figures: dict[str, float] = {}
    for name, c in sorted(counts.items()):
        figures |= {
            f"{name}_tag_f1": f1(c["paired"], c["found"], c["gold"]),
            f"{name}_within_161_km": share(c["near"], c["located"]),
            f"{name}_same_id": share(c["same"], c["ids"]),
            f"{name}_gold": c["gold"],
        }
    return figures


def _pearson(xs: Sequence[float], ys: Sequence[float]) -> float:
    mx, my = fmean(xs), fmean(ys)
    spread = math.sqrt(sum((x - mx) ** 2 for x in xs) * sum((y - my) ** 2 for y in ys))
    return share(sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True)), spread)


def factuality(path: Path) -> Mapping[str, float]:
    """By set: mean absolute error, Pearson's r and the share of targets found; a target that is not
    found counts as certain."""
    values: defaultdict[str, list[tuple[float, float, bool]]] = defaultdict(list)
    errors: Counter[str] = Counter()
    for row, annotation in coded(path):
        predicates = annotation.get("predicates", [])
        for target in row["targets"]:
            near = [p for p in predicates if touch(target, p)]
            best = max(near, key=lambda p: overlap(target, p), default=None)
            given = HAPPENED if best is None else best["factuality"]
            values[row["set"]].append((target["factuality"], given, best is not None))
            if best is None:
                errors[f"missed {phrase(target['text'])!r}"] += 1
            elif abs(given - target["factuality"]) > 2:
                far = "too sure" if given > target["factuality"] else "too doubtful"
                errors[f"{row['set']} {far} {phrase(target['text'])!r}"] += 1
    show(errors)
    figures: dict[str, float] = {}
    for name, found in sorted(values.items()):
        figures |= {
            f"{name}_mae": fmean(abs(wanted - given) for wanted, given, _ in found),
            f"{name}_pearson": _pearson([w for w, _, _ in found], [g for _, g, _ in found]),
            f"{name}_found": fmean(there for *_, there in found),
            f"{name}_targets": len(found),
        }
    return figures


def attribution(path: Path) -> Mapping[str, float]:
    """F1 of speakers, cues and contents, by overlap and exact; a gold span in several parts goes from
    the first to the last."""
    count: Counter[tuple[str, str]] = Counter()
    errors: Counter[str] = Counter()
    roles = (("source", "speaker_"), ("cue", "cue_"), ("content", ""))
    for row, annotation in coded(path):
        quotes = annotation.get("quotes", [])
        for role, prefix in roles:
            gold = [
                {"start": parts[0][0], "end": parts[-1][1]}
                for a in row["attributions"]
                if (parts := a.get(role))
            ]
            found = [
                {"start": q[f"{prefix}start"], "end": q[f"{prefix}end"]}
                for q in quotes
                if q[f"{prefix}start"] is not None
            ]
            matched = pairs(gold, found)
            count[role, "gold"] += len(gold)
            count[role, "found"] += len(found)
            count[role, "overlap"] += len(matched)
            count[role, "exact"] += sum(same_span(a, b) for a, b in matched)
            for kind, span in missed_and_false(gold, found, matched):
                words = f" {phrase(row['text'][span['start'] : span['end']])!r}" if role == "cue" else ""
                errors[f"{kind} {role}{words}"] += 1
    show(errors)
    return {
        f"{role}_f1_{how}": f1(count[role, how], count[role, "found"], count[role, "gold"])
        for role, _ in roles
        for how in ("overlap", "exact")
    }
