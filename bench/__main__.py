"""`python -m bench NAME PATH`: computes a benchmark's figures and appends them to bench/results/.

PATH is the benchmark's folder (with `dev.jsonl`) or a file. Each figure is printed as `name value`;
one JSON line with the day, the version, the commit and the figures is appended to
`bench/results/NAME.jsonl`. No text of a benchmark is kept.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from bench import events, facts, overhead, relations, spans
from dateline import __version__

RESULTS = Path(__file__).parent / "results"
BENCHES: Mapping[str, tuple[Callable[[Path], Mapping[str, float]], str]] = {
    "relations": (relations.measure, "type of the relation between two given mentions; macro-F1"),
    "relations_lexicon": (relations.measure_lexicon, "the same by the lexicon alone"),
    "events": (
        events.measure,
        "events against gold; a folder with *.txt, gold.jsonl, dates.tsv",
    ),
    "dates": (spans.dates, "time expressions; relaxed span F1 times value accuracy"),
    "places": (spans.places, "place names and where they are; F1, share within 161 km, same GeoNames id"),
    "factuality": (
        spans.factuality,
        "whether predicates happened, -3 to 3; mean absolute error, Pearson's r",
    ),
    "attribution": (spans.attribution, "speakers, cues and contents; span F1"),
    "actors": (facts.actors, "actor phrases; accuracy of country and sector"),
    "quantities": (facts.quantities, "killed, injured and day of incidents; exact match"),
    "muc": (facts.muc, "violence in whole reports; F1 over articles, day, place"),
    "gsr": (facts.gsr, "PLOVER's gold records; type, type and codes"),
    "overhead": (overhead.measure, "CPU time of coding against bare spaCy; a file of JSON lines with `text`"),
}


def _commit() -> str:
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return done.stdout.strip()


def main(arguments: list[str]) -> int:
    """Runs one benchmark; 2 where the call is wrong."""
    if len(arguments) != 2 or arguments[0] not in BENCHES:
        print(__doc__, file=sys.stderr)
        for name, (_, what) in BENCHES.items():
            print(f"  {name:12} {what}", file=sys.stderr)
        return 2
    name, path = arguments[0], Path(arguments[1])
    if path.is_dir() and (path / "dev.jsonl").exists():
        path = path / "dev.jsonl"
    if not path.exists():
        print(f"{path}: there is no such file", file=sys.stderr)
        return 2
    figures = BENCHES[name][0](path)
    for figure, value in figures.items():
        print(f"{figure} {value:.4f}" if isinstance(value, float) else f"{figure} {value}")
    RESULTS.mkdir(exist_ok=True)
    line = {
        "day": dt.date.today().isoformat(),
        "version": __version__,
        "commit": _commit(),
        "data": path.name,
        **figures,
    }
    with (RESULTS / f"{name}.jsonl").open("a", encoding="utf-8") as out:
        out.write(json.dumps(line) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
