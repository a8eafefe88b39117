"""The table and plot of lexicon, encoder and both, by the size of the training set.

    python -m training.ablation PLV.jsonl FOLDER…

Each folder holds an encoder trained on a share of the sentences (`python -m training --share … --out …`),
the smallest share first. Each is measured on the written test split, when it was trained, and here on PLV,
nothing of which is trained on. Writes docs/ablation.md and docs/ablation.svg.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import matplotlib
import msgspec
from bench.relations import figures
from matplotlib import pyplot

from dateline.coder import Coder
from dateline.coding.combine import FILE, Combination
from dateline.coding.encoder import load
from training.measure import ENCODER_ALONE

DOCS = Path("docs")
WAYS = ("lexicon", "encoder", "both")
HEAD = """# What each part gives

Written by `python -m training.ablation`. Macro-F1 over the types: on the test split of
`data/plover-sentences` (its own style, harder than news), and on PLV's development half (15 root types),
of which nothing is trained on. The combination's weights are fitted anew for each encoder, on the written
development split.

![Macro-F1 by training sentences](ablation.svg)

| training sentences | coder | written test | PLV root | PLV four classes |
|---|---|---|---|---|
"""


def on_plv(path: Path, folder: Path, way: str) -> tuple[float, float]:
    """Root and four-class macro-F1 of one way of coding."""
    if way != "encoder":
        found = figures(path, Coder(use_model=way == "both", encoder=folder))
    else:
        with tempfile.TemporaryDirectory() as scratch:
            alone = shutil.copytree(folder, Path(scratch) / "alone")
            weights = msgspec.json.encode(Combination(ENCODER_ALONE, ENCODER_ALONE))
            (alone / FILE).write_bytes(weights)
            found = figures(path, Coder(encoder=alone))
    return found["root_macro_f1"], found["quad_macro_f1"]


def main() -> None:
    """Measures and writes."""
    parser = argparse.ArgumentParser(prog="python -m training.ablation", description=__doc__)
    parser.add_argument("plv", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    given = parser.parse_args()
    rows: list[tuple[int, str, float, float, float]] = []
    for folder in given.folders:
        size = int(load(folder).labels.trained_on.split()[0])
        own = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
        rows += [(size, way, own[way]["macro_f1"], *on_plv(given.plv, folder, way)) for way in WAYS]
    lines = [f"| {n:,} | {w} | {a:.3f} | {b:.3f} | {c:.3f} |\n" for n, w, a, b, c in rows]
    (DOCS / "ablation.md").write_text(HEAD + "".join(lines), encoding="utf-8")
    matplotlib.rcParams["svg.hashsalt"] = "dateline"
    figure, panels = pyplot.subplots(1, 2, figsize=(8, 3.2), sharey=True)
    for panel, column, title in zip(panels, (2, 3), ("written test", "PLV, 15 root types"), strict=True):
        for way, marker in zip(WAYS, "^so", strict=True):
            points = [row for row in rows if row[1] == way]
            panel.plot([p[0] for p in points], [p[column] for p in points], marker=marker, label=way)
        panel.set(title=title, xlabel="training sentences", ylabel="macro-F1" if column == 2 else "")
        panel.grid(alpha=0.3)
    panels[0].legend()
    figure.tight_layout()
    figure.savefig(DOCS / "ablation.svg", metadata={"Date": None})


if __name__ == "__main__":
    main()
