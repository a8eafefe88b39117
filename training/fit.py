"""Fits the network to the examples, with a fixed seed."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from dateline.coding.encoder import NONE, Marker
from training.examples import Example, batches, disturbed, label_names
from training.model import MarkedPairClassifier

SMOOTHING = 0.05


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast to learn: rates are peaks of a warm-up and a linear fall."""

    epochs: int = 5
    batch: int = 32
    rate: float = 1.2e-4
    head_rate: float = 1e-3
    seed: int = 7


class Targets:
    """Labels as tensors."""

    def __init__(self, found: Sequence[Example]) -> None:
        types, modes, aux = (dict(zip(n, range(len(n)), strict=True)) for n in label_names())
        mode_types = [name.split()[0] for name in modes]
        self.types = torch.zeros(len(found), len(types))
        self.modes = torch.zeros(len(found), len(modes))
        # Only the modes of a type that the pair has are asked about.
        self.asked = torch.zeros(len(found), len(modes))
        self.aux = torch.zeros(len(found), len(aux))
        self.related = torch.tensor([float(NONE not in e.types) for e in found])
        self.weight = torch.tensor([e.weight for e in found])
        for i, example in enumerate(found):
            for name in example.types:
                self.types[i, types[name]] = 1 / len(example.types)
            for name in example.modes:
                self.modes[i, modes[name]] = 1
            for name in example.aux:
                self.aux[i, aux[name]] = 1
            self.asked[i] = torch.tensor([float(t in example.types) for t in mode_types])


def padded(rows: Sequence[Sequence[int]]) -> Tensor:
    """Rows of ids as one tensor, filled up with 0."""
    width = max(map(len, rows))
    return torch.tensor([[*row, *[0] * (width - len(row))] for row in rows])


def fit(found: Sequence[Example], marker: Marker, base: Path, plan: Plan) -> MarkedPairClassifier:
    """The network after training; prints the loss now and then. Runs on a GPU where there is one."""
    random.seed(plan.seed)
    torch.manual_seed(plan.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    types, modes, aux = label_names()
    network = MarkedPairClassifier(base, len(types), len(modes), len(aux)).to(device)
    heads = [p for n, p in network.named_parameters() if not n.startswith("bert.")]
    rest = [p for n, p in network.named_parameters() if n.startswith("bert.")]
    steps = plan.epochs * -(-len(found) // plan.batch)
    optimiser = torch.optim.AdamW(
        [{"params": rest, "lr": plan.rate}, {"params": heads, "lr": plan.head_rate}], weight_decay=0.01
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, [plan.rate, plan.head_rate], total_steps=steps, pct_start=0.1, anneal_strategy="linear"
    )
    targets, chance = Targets(found), random.Random(plan.seed)
    began, step, running = time.monotonic(), 0, 0.0
    network.train()
    for epoch in range(plan.epochs):
        rows = [disturbed(example, marker, chance) for example in found]
        for group in batches([len(row) for row in rows], plan.batch, chance):
            with torch.autocast(device, torch.bfloat16):
                answers = network(padded([rows[i] for i in group]).to(device))
            loss = _loss([a.float().cpu() for a in answers], targets, group)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad()
            step += 1
            running = 0.98 * running + 0.02 * float(loss.detach())
            if step % 100 == 0:
                taken = time.monotonic() - began
                print(f"epoch {epoch + 1} step {step}/{steps} loss {running:.3f} {taken:.0f} s", flush=True)
    return network.eval().cpu()


def _loss(answers: Sequence[Tensor], targets: Targets, group: Sequence[int]) -> Tensor:
    types, modes, aux = answers
    index = torch.tensor(group)
    weight, related, asked = targets.weight[index], targets.related[index], targets.asked[index]
    of_types = functional.cross_entropy(
        types, targets.types[index], reduction="none", label_smoothing=SMOOTHING
    )
    of_modes = functional.binary_cross_entropy_with_logits(modes, targets.modes[index], reduction="none")
    of_aux = functional.binary_cross_entropy_with_logits(aux, targets.aux[index], reduction="none")
    each = (
        of_types + 0.3 * (of_modes * asked).sum(dim=1) / asked.sum(dim=1).clamp(min=1) * related * 5
        + 0.3 * of_aux.sum(dim=1) * related
    )  # fmt: skip
    return (each * weight).sum() / weight.sum()
