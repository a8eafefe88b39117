"""Writes docs/figures.md from the newest line of each file in bench/results: `python -m bench.report`."""

from __future__ import annotations

import json
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "figures.md"
HEAD = """# Figures

Written by `python -m bench.report` from `bench/results/`, the newest run of each benchmark. What each
file is, its licence and the best published figures are told in its own folder, which is not part of
this repository. These are **development halves**: their errors were read while the coder was made, so
expect somewhat less on text that nobody here has seen.

"""
ABOUT = {
    "events": "Events of three articles written for this project against gold coded before any output was"
    " seen (`tests/articles`). The first run of all, before any error was read, had F1 0.567.",
    "relations": "PLV (Hu et al., ACL 2024): type of relation between two given mentions. Bars: root"
    " macro-F1 0.80, four classes 0.92. The entailment model of the paper (355M parameters) has 0.743 and"
    " 0.867 on this half.",
    "relations_lexicon": "The same by the lexicon alone. Bar: root macro-F1 0.70.",
    "linking_gvc": "GVC: given mentions of events put together. Bars: B³ F1 0.70, pair F1 0.45.",
    "linking_ecb": "ECB+: the same. Bars: B³ F1 0.78, pair F1 0.45.",
    "linking_news": "News articles put together by what happened. Bar: B³ F1 0.80.",
    "linking-scale": "A million synthetic events, five tellings each, in two halves. Bars: ratio 1.3, peak"
    " 4 GB.",
    "ingest": "Articles a second into a store, two workers against one, by turns in one run. Bar: 1.8.",
    "query": "Five million events by dyad and month, against plain DuckDB on the same Parquet. Bar: 1.1.",
    "desk": "A made-up store of a million events: each view's server time against the bare DuckDB queries"
    " behind it, medians of seven, in turns; the weight is the HTML's. Bar: ratio 3, 500 kB with all files.",
    "ledger": "Ninety stories of pledges written for this (`data/pledge-stories`): state of the pledge after"
    " all articles went through the whole pipeline. Bar: state right 0.80, none kept without evidence.",
    "linking-store": "Made-up tellings in a store, linked and merged as `ingest` does. Bars: ratio 1.3,"
    " peak 4 GB.",
    "corrections": "The query by dyad and month over a made-up store, with a hundred corrections against"
    " without.",
    "overhead": "CPU time of coding whole articles against the bare spaCy pipeline, one run. Bar: ratio"
    " 1.6, and 0.1 for a layer.",
    "dates": "TimeBank and AQUAINT: time expressions. Bar: value F1 0.80.",
    "places": "LGL and TR-News: place names. Bars: tagging F1 0.80; within 161 km 0.83 (LGL), 0.88"
    " (TR-News).",
    "factuality": "UW, MEANTIME, CommitmentBank: Pearson's r. Bars: 0.70, 0.55, 0.60.",
    "attribution": "PolNeAR: who says what. Bars: overlap F1 0.75 each; exact content 0.55.",
    "actors": "NGEC's actor phrases. Bar: country and sector both right 0.85.",
    "quantities": "Gun violence articles, gold from a final archive. Bars: killed 0.75, injured 0.70, day"
    " 0.70.",
    "muc": "MUC-4 reports in capitals. Bars: article F1 0.85, day 0.60, place 0.65.",
    "gsr": "PLOVER's gold records of 2016, from raw text. Bars: type right 0.75, type and codes"
    " right 0.65, at most 1.6 events a record.",
}


def newest(path: Path) -> dict[str, object]:
    """The last line of a results file."""
    found: dict[str, object] = json.loads(path.read_text(encoding="utf-8").splitlines()[-1])
    return found


def main() -> None:
    """Writes the page."""
    parts = [HEAD]
    for name, about in ABOUT.items():
        path = HERE / "results" / f"{name}.jsonl"
        if not path.exists():
            continue
        line = newest(path)
        figures = {k: v for k, v in line.items() if isinstance(v, float | int)}
        parts.append(f"## {name}\n{about}\n\nRun of {line['day']} at commit {line['commit']}.\n\n")
        parts.append("| figure | value |\n|---|---|\n")
        parts += [
            f"| {k} | {v:.3f} |\n" if v != int(v) else f"| {k} | {int(v)} |\n" for k, v in figures.items()
        ]
        parts.append("\n")
    PAGE.write_text("".join(parts).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
