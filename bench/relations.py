"""PLV: the PLOVER root type between two given mentions (Hu et al., ACL 2024).

The set has CONCEDE and RETREAT as one type, YIELD, and 15 root types in all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.data import rows
from dateline.coder import Coder
from dateline.knowledge.codebook import quad_code

FOLD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
YIELD_QUAD = 2


def macro_f1(gold: Sequence[object], found: Sequence[object]) -> tuple[float, dict[object, float]]:
    """The mean F1 over gold's labels, and each label's."""
    right = Counter(g for g, f in zip(gold, found, strict=True) if g == f)
    wanted, given = Counter(gold), Counter(found)
    each = {k: 2 * right[k] / (n + given[k]) for k, n in sorted(wanted.items(), key=lambda kn: str(kn[0]))}
    return sum(each.values()) / len(each), each


def measure(path: Path) -> Mapping[str, float]:
    """The figures of the coder as it ships; see `figures`."""
    return figures(path, Coder())


def measure_lexicon(path: Path) -> Mapping[str, float]:
    """The figures of the lexicon alone; see `figures`."""
    return figures(path, Coder(use_model=False))


def figures(path: Path, coder: Coder) -> Mapping[str, float]:
    """Macro-F1 over root types and over the four classes, accuracy, and each type's F1.

    Prints the ten commonest confusions.
    """
    gold, found = [], []
    for row in rows(path):
        source, target = (row.get(f"{side}_span") or row[side] for side in ("source", "target"))
        event = coder.relate(row["text"], source, target).event
        gold.append((row["gold"]["root"], row["gold"]["quad"]))
        found.append(FOLD.get(event, event))
    roots = [root for root, _ in gold]
    quads = [YIELD_QUAD if f == "YIELD" else quad_code(f) for f in found]
    score, each = macro_f1(roots, found)
    for (wanted, given), n in Counter(p for p in zip(roots, found, strict=True) if p[0] != p[1]).most_common(
        10
    ):
        print(f"# {n} {wanted} taken for {given}")
    return {
        "root_macro_f1": score,
        "root_accuracy": sum(a == b for a, b in zip(roots, found, strict=True)) / len(roots),
        "quad_macro_f1": macro_f1([q for _, q in gold], quads)[0],
        **{f"f1_{name}": f1 for name, f1 in each.items()},
    }
