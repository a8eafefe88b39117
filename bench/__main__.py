"""`python -m bench NAME PATH`: computes a benchmark's figures and appends them to bench/results/.

PATH is the benchmark's folder (with `dev.jsonl`) or a file; `linking-scale` and `corrections` make their
own data. Each figure is printed as `name value`; one JSON line with the day, the version, the commit and the
figures is appended to `bench/results/NAME.jsonl`. No text of a benchmark is kept.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from bench import (
    desk,
    events,
    facts,
    ledger,
    ledger_scale,
    linking,
    linking_scale,
    linking_store,
    overhead,
    relations,
    spans,
    store,
)
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
    "ingest": (store.ingest, "articles a second into a store, two workers against one; any articles"),
    "query": (store.query, "5,000,000 events by dyad and month, against plain DuckDB; a folder to work in"),
    "linking_gvc": (linking.mentions, "given mentions of events put together (GVC); B³ and pair F1"),
    "linking_ecb": (linking.mentions, "the same (ECB+)"),
    "linking_news": (linking.articles, "articles put together; B³ and pair F1"),
    "ledger": (ledger.measure, "states of pledges in written stories; share right; data/pledge-stories"),
    "overhead": (overhead.measure, "CPU time of coding against bare spaCy; a file of JSON lines with `text`"),
}

# Those that make their own data; what may be given is its size.
MADE: Mapping[str, tuple[Callable[[str | None], Mapping[str, float]], str]] = {
    "corrections": (
        store.corrections,
        "a query of a store with 100 corrections against without; TELLINGS or 100000",
    ),
    "linking-scale": (
        linking_scale.measure,
        "time and memory of linking made-up tellings; EVENTS or 1000000",
    ),
    "desk": (desk.measure, "each view's time against its bare queries; EVENTS or 1000000"),
    "linking-store": (
        linking_store.measure,
        "time and memory of linking and merging a store of them; EVENTS or 1000000",
    ),
    "ledger-scale": (
        ledger_scale.measure,
        "time and memory of the ledger over made-up events; EVENTS or 200000",
    ),
}


def _commit() -> str:
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return done.stdout.strip()


def main(arguments: list[str]) -> int:
    """Runs one benchmark; 2 where the call is wrong."""
    if arguments and arguments[0] in MADE and (arguments[1:] == [] or arguments[1:][0].isdigit()):
        _keep(arguments[0], "made", MADE[arguments[0]][0](arguments[1] if arguments[1:] else None))
        return 0
    if len(arguments) != 2 or arguments[0] not in BENCHES:
        print(__doc__, file=sys.stderr)
        for name, (_, what) in [*BENCHES.items(), *MADE.items()]:
            print(f"  {name:13} {what}", file=sys.stderr)
        return 2
    name, path = arguments[0], Path(arguments[1])
    if path.is_dir() and (path / "dev.jsonl").exists():
        path = path / "dev.jsonl"
    if not path.exists():
        print(f"{path}: there is no such file", file=sys.stderr)
        return 2
    _keep(name, path.name, BENCHES[name][0](path))
    return 0


def _keep(name: str, data: str, figures: Mapping[str, float]) -> None:
    """Prints the figures and appends them to the results."""
    for figure, value in figures.items():
        print(f"{figure} {value:.4f}" if isinstance(value, float) else f"{figure} {value}")
    RESULTS.mkdir(exist_ok=True)
    line = {
        "day": dt.date.today().isoformat(),
        "version": __version__,
        "commit": _commit(),
        "data": data,
        **figures,
    }
    with (RESULTS / f"{name}.jsonl").open("a", encoding="utf-8") as out:
        out.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
