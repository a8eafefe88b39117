"""Turns the batches into one set of coded sentences, and checks each line.

    python data/plover-sentences/compile.py [--check]

Reads `batches/*.tsv` (GUIDELINE.md says what a line is) and writes `sentences.jsonl`, one object a
sentence: `id`, `scenario`, `batch`, `split`, `text`, `relations` [{`source`: [start, end], `target`,
`event`, `mode`, `aux`}]. `event` is "NONE" where the two parties have no relation. Exits with 1 and a
line for each fault where there is one.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dateline.knowledge import codebook

HERE = Path(__file__).parent
PARTY = re.compile(r"\{(\d):([^{}]+)\}")
RELATION = re.compile(r"(\d)>(\d) ([A-Z]+) (\S+) (\S+)")
AUX = ("historical", "future", "hypothetical", "negation")
NONE = "NONE"
# Shares of the scenarios, by a hash of their name.
SPLITS = ((0.8, "train"), (0.9, "dev"), (1.0, "test"))


def split_of(scenario: str) -> str:
    """The split a scenario belongs to; the same name always goes to the same one."""
    share = int(hashlib.sha256(scenario.encode()).hexdigest()[:8], 16) / 0xFFFFFFFF
    return next(name for limit, name in SPLITS if share <= limit)


def parties(marked: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """The plain sentence and each party's characters in it. Raises `ValueError`."""
    text, spans, at = "", {}, 0
    for match in PARTY.finditer(marked):
        text += marked[at : match.start()]
        if match[1] in spans:
            raise ValueError(f"party {match[1]} is marked twice")
        spans[match[1]] = (len(text), len(text) + len(match[2]))
        text += match[2]
        at = match.end()
    text += marked[at:]
    if "{" in text or "}" in text:
        raise ValueError("a brace is left over")
    return text, spans


def relation(text: str, spans: dict[str, tuple[int, int]]) -> dict[str, Any]:
    """One coded relation. Raises `ValueError` where it is malformed or not in the codebook."""
    match = RELATION.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no relation")
    one, two, event, mode, aux = match.groups()
    if one == two or one not in spans or two not in spans:
        raise ValueError(f"{one}>{two}: no two marked parties")
    modes = [] if mode == "-" else mode.split("+")
    auxes = [] if aux == "-" else aux.split("+")
    if event != NONE and event not in codebook.event_types():
        raise ValueError(f"{event} is no type")
    for m in modes:
        if not codebook.known_mode(event, m):
            raise ValueError(f"{event} has no mode {m}")
    for a in auxes:
        if a not in AUX:
            raise ValueError(f"{a} is no auxiliary mode")
    return {"source": spans[one], "target": spans[two], "event": event, "mode": modes, "aux": auxes}


def sentences() -> Iterator[tuple[str, dict[str, Any] | str]]:
    """(place, sentence) of each line, or (place, what is wrong with it)."""
    for path in sorted((HERE / "batches").glob("*.tsv")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            place = f"{path.name}:{number}"
            cells = line.split("\t")
            try:
                if len(cells) != 3:
                    raise ValueError(f"{len(cells)} cells, not 3")
                scenario, marked, coded = (c.strip() for c in cells)
                text, spans = parties(marked)
                relations = [relation(r.strip(), spans) for r in coded.split(";") if r.strip()]
                if not relations:
                    raise ValueError("no relation")
                pairs = Counter((r["source"], r["target"]) for r in relations)
                if NONE in {r["event"] for r in relations if pairs[r["source"], r["target"]] > 1}:
                    raise ValueError("a pair is both NONE and something")
            except ValueError as error:
                yield place, str(error)
                continue
            yield (
                place,
                {
                    "id": f"{path.stem}-{number:03}",
                    "scenario": scenario,
                    "batch": path.stem,
                    "split": split_of(scenario),
                    "text": text,
                    "relations": relations,
                },
            )


def main() -> int:
    """Compiles or, with --check, only checks."""
    good, faults, seen = [], 0, {}
    for place, found in sentences():
        if isinstance(found, str):
            print(f"{place}: {found}")
            faults += 1
            continue
        key = re.sub(r"\W+", " ", found["text"].lower())
        if key in seen:
            print(f"{place}: the same sentence as {seen[key]}")
            faults += 1
            continue
        seen[key] = place
        good.append(found)
    types = Counter(r["event"] for s in good for r in s["relations"])
    print(f"{len(good)} sentences, {sum(types.values())} relations, {faults} faults")
    print(", ".join(f"{name} {n}" for name, n in types.most_common()))
    if "--check" not in sys.argv and not faults:
        with (HERE / "sentences.jsonl").open("w", encoding="utf-8") as out:
            for sentence in good:
                out.write(json.dumps(sentence, ensure_ascii=False) + "\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
