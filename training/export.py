"""Writes a trained network as the files that the encoder loads: 8-bit ONNX, tokenizer, labels."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import msgspec
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from dateline.coding.encoder import CLS, SEP, SOURCE, SOURCE_END, TARGET, TARGET_END, Labels
from training.examples import label_names
from training.model import Answers, MarkedPairClassifier

OPSET = 17


def export(network: MarkedPairClassifier, base: Path, folder: Path, trained_on: str) -> None:
    """Writes `model.onnx`, `tokenizer.json` and `labels.json` to a folder; `trained_on` says on what."""
    folder.mkdir(parents=True, exist_ok=True)
    example = torch.tensor([[CLS, SOURCE, 2000, SOURCE_END, 2001, TARGET, 2002, TARGET_END, SEP]])
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        torch.onnx.export(
            Answers(network).eval(),
            (example,),
            str(whole),
            input_names=["ids"],
            output_names=["types", "modes", "aux"],
            dynamic_axes={"ids": {0: "pair", 1: "piece"}},
            opset_version=OPSET,
            dynamo=False,
        )
        quantize_dynamic(whole, folder / "model.onnx", weight_type=QuantType.QInt8, per_channel=True)
    shutil.copy(base / "tokenizer.json", folder / "tokenizer.json")
    types, modes, aux = label_names()
    labels = Labels(types, modes, aux, base="all-MiniLM-L6-v2", trained_on=trained_on)
    (folder / "labels.json").write_bytes(msgspec.json.format(msgspec.json.encode(labels), indent=1) + b"\n")
