"""Names written sentences that are near-copies of other text, such as a benchmark's.

    python data/plover-sentences/near_copies.py FOLDER-OR-FILE…

Reads `text` (and `sentence`) of every JSON line under the paths, and compares runs of words: one is near
where a run of `RUN` words stands in the other text too, or where at least `SHARE` of its runs of three words
stand in one text of it. Exits with 1 and a line for each.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
RUN, SHORT, SHARE = 9, 3, 0.4
WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """The words of a text, in lower case."""
    return WORD.findall(text.lower())


def runs(found: list[str], length: int) -> set[tuple[str, ...]]:
    """All runs of so many words."""
    return {tuple(found[i : i + length]) for i in range(len(found) - length + 1)}


def texts(paths: list[Path]) -> Iterator[tuple[str, str]]:
    """(place, text) of every JSON line that has one."""
    files = [f for p in paths for f in ([p] if p.is_file() else sorted(p.rglob("*.jsonl")))]
    for path in files:
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if not line.strip():
                continue
            row = json.loads(line)
            for key in ("text", "sentence"):
                if isinstance(row.get(key), str):
                    yield f"{path}:{number}", row[key]


def main() -> int:
    """Compares and prints."""
    ours = [json.loads(line) for line in (HERE / "sentences.jsonl").read_text(encoding="utf-8").splitlines()]
    long_runs: dict[tuple[str, ...], list[int]] = defaultdict(list)
    short_runs: dict[tuple[str, ...], list[int]] = defaultdict(list)
    sizes = []
    for i, row in enumerate(ours):
        found = words(row["text"])
        for run in runs(found, RUN):
            long_runs[run].append(i)
        short = runs(found, SHORT)
        sizes.append(len(short))
        for run in short:
            short_runs[run].append(i)
    near: dict[int, str] = {}
    compared = 0
    for place, text in texts([Path(p) for p in sys.argv[1:]]):
        compared += 1
        found = words(text)
        for run in runs(found, RUN) & long_runs.keys():
            for i in long_runs[run]:
                near.setdefault(i, f"{place}: {' '.join(run)!r}")
        shared = Counter(i for run in runs(found, SHORT) for i in short_runs.get(run, ()))
        for i, count in shared.items():
            if sizes[i] >= 5 and count / sizes[i] >= SHARE:
                near.setdefault(i, f"{place}: {count} of {sizes[i]} runs of three words")
    for i, why in sorted(near.items()):
        print(f"{ours[i]['id']}: near {why}")
    print(f"{len(near)} of {len(ours)} sentences are near one of {compared} texts")
    return 1 if near else 0


if __name__ == "__main__":
    sys.exit(main())
