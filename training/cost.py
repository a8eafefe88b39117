"""What typing a relation costs, against an entailment model of roberta-large's size, in one run.

    python -m training.cost [--pairs 200]

The peer is roberta-large's architecture (355 million parameters, random weights: what they are does not
change the cost) on one thread, one pass a hypothesis. ZSP (Hu et al., ACL 2024) puts at least one
hypothesis for each of the 15 root types to it; that least number is what is counted.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import torch
from transformers import RobertaConfig, RobertaForSequenceClassification

from dateline import Coder
from training.__main__ import SENTENCES

HYPOTHESES = 15
PASSES = 10  # of the peer, to take the mean of
# A sentence with its hypothesis, in word pieces; those of the written sentences have 48 in the mean.
LENGTH = 60
LARGE = {"hidden_size": 1024, "num_hidden_layers": 24, "num_attention_heads": 16, "intermediate_size": 4096}


def peer_seconds() -> float:
    """Processor seconds of one pass of the large model."""
    torch.set_num_threads(1)
    model = RobertaForSequenceClassification(RobertaConfig(vocab_size=50265, num_labels=3, **LARGE)).eval()
    ids = torch.randint(5, 50000, (1, LENGTH))
    with torch.inference_mode():
        model(ids)
        began = time.process_time()
        for _ in range(PASSES):
            model(ids)
    return (time.process_time() - began) / PASSES


def own_seconds(path: Path, pairs: int) -> tuple[float, float]:
    """Processor and elapsed seconds a pair of `dateline relate`, parse and encoder included."""
    coder = Coder()
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n")[:pairs]]
    work = [
        (row["text"], tuple(r["source"]), tuple(r["target"])) for row in rows for r in row["relations"][:1]
    ]
    coder.relate(*work[0])
    cpu, wall = time.process_time(), time.monotonic()
    for sentence, source, target in work:
        coder.relate(sentence, source, target)
    return (time.process_time() - cpu) / len(work), (time.monotonic() - wall) / len(work)


def main() -> None:
    """Prints both costs and their ratio."""
    parser = argparse.ArgumentParser(prog="python -m training.cost", description=__doc__)
    parser.add_argument("--pairs", type=int, default=200)
    pairs = parser.parse_args().pairs
    cpu, wall = own_seconds(SENTENCES, pairs)
    large = HYPOTHESES * peer_seconds()
    print(f"dateline_cpu_seconds {cpu:.4f}\ndateline_sentences_per_second {1 / wall:.1f}")
    print(f"dateline_sentences_per_cpu_second {1 / cpu:.1f}\npeer_cpu_seconds {large:.3f}")
    print(f"times_cheaper {large / cpu:.0f}")


if __name__ == "__main__":
    main()
