"""Krippendorff's alpha between the sentences' codes and a second, blind coding of some of them.

    python data/plover-sentences/compile.py && python data/plover-sentences/agreement.py

Reads `sentences.jsonl` and `second_coding.tsv`. A pair that has two relations in its sentence is left
out, since nothing says which of the two a second code answers.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

HERE = Path(__file__).parent
Codes = tuple[str, str]


def alpha(pairs: Sequence[Codes]) -> float:
    """Nominal alpha of two coders (Krippendorff 2004, ch. 11); `pairs` are their codes of each unit."""
    counts = Counter(code for pair in pairs for code in pair)
    n = counts.total()
    apart = 2 * sum(a != b for a, b in pairs) / n
    expected = 1 - sum(v * (v - 1) for v in counts.values()) / (n * (n - 1))
    return 1 - apart / expected


def both() -> Iterator[tuple[Codes, Codes, bool]]:
    """Of each relation coded twice: the types, the auxiliary modes, and whether the second coder doubted."""
    first: dict[tuple[str, str, str], list[dict[str, object]]] = {}
    for line in (HERE / "sentences.jsonl").read_text(encoding="utf-8").split("\n"):
        if not line:
            continue
        row = json.loads(line)
        for told in row["relations"]:
            source, target = (row["text"][slice(*told[side])] for side in ("source", "target"))
            first.setdefault((row["id"], source, target), []).append(told)
    with (HERE / "second_coding.tsv").open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        for cells in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            told_here = first.get((cells["id"], cells["source"], cells["target"]), [])
            if len(told_here) == 1:
                event, aux = str(told_here[0]["event"]), told_here[0]["aux"]
                assert isinstance(aux, list)
                yield (event, cells["event"]), ("+".join(aux) or "-", cells["aux"]), bool(cells["doubt"])


def main() -> None:
    """Prints alpha of types, without what the second coder doubted too, by type, and of auxiliary modes."""
    rows = list(both())
    for name, some in (("all", rows), ("undoubted", [row for row in rows if not row[2]])):
        print(f"{name}: {len(some)} relations, alpha of types {alpha([row[0] for row in some]):.3f}")
    for name in sorted({code for codes, _, _ in rows for code in codes}):
        told = [(str(one == name), str(two == name)) for (one, two), _, _ in rows]
        print(f"  {name}: {sum('True' in pair for pair in told)} relations, alpha {alpha(told):.3f}")
    same = [aux for (a, b), aux, _ in rows if a == b != "NONE"]
    print(f"auxiliary modes where types agree: {len(same)} relations, alpha {alpha(same):.3f}")


if __name__ == "__main__":
    main()
