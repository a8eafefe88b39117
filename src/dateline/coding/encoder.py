"""The encoder: what act a sentence tells of between two marked parties.

A small transformer (all-MiniLM-L6-v2, Wang et al. 2020, fine-tuned on `data/plover-sentences`) reads the
sentence with its source and target marked; the states at the two marks are classified (the entity
markers of Baldini Soares et al. 2019, "Matching the Blanks"). Its weights are 8-bit and run through
onnxruntime, one sentence at a time on one thread: 8-bit activations are scaled over a whole batch,
so that batching would make an answer depend on its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from dateline.errors import DatelineError, Problem

Span = tuple[int, int]
Floats = npt.NDArray[np.float32]

FOLDER = Path(__file__).parents[1] / "knowledge" / "encoder"
NONE = "NONE"
# Word pieces that BERT's vocabulary keeps free, one for each edge of the two parties.
SOURCE, SOURCE_END, TARGET, TARGET_END = range(1, 5)
CLS, SEP = 101, 102
LONGEST = 160  # word pieces of a sentence; of a longer one the part around the two parties is read


class Labels(msgspec.Struct):
    """What the outputs stand for: types (NONE the last), modes as `TYPE mode`, auxiliary modes."""

    types: list[str]
    modes: list[str]
    aux: list[str]
    base: str
    trained_on: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the encoder thinks of one pair.

    `types` are natural logarithms of the probabilities of `Labels.types`; `modes` and `aux` are
    probabilities, each for itself.
    """

    types: Floats
    modes: Floats
    aux: Floats


@dataclass(frozen=True, slots=True)
class Pieces:
    """A sentence in word pieces, with the characters `[start, end)` of each."""

    ids: list[int]
    spans: list[Span]


class Marker:
    """Turns sentences and pairs into the word pieces that the encoder reads."""

    def __init__(self, tokenizer_file: Path) -> None:
        """Raises `DatelineError` where the tokenizer's file is missing."""
        from tokenizers import Tokenizer

        if not tokenizer_file.exists():
            raise DatelineError(Problem.NO_ENCODER, str(tokenizer_file))
        self._tokenizer = Tokenizer.from_file(str(tokenizer_file))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def pieces(self, sentence: str) -> Pieces:
        """The word pieces of a sentence."""
        found = self._tokenizer.encode(sentence, add_special_tokens=False)
        return Pieces(found.ids, found.offsets)

    def mark(self, pieces: Pieces, source: Span | None, target: Span | None) -> list[int]:
        """The ids with the two parties marked; a party that the sentence lacks is marked, empty, at the end.

        The result has each of the four marks once, in a window of at most `LONGEST` pieces.
        """
        size = len(pieces.ids)
        edges = [_edges(pieces.spans, s) or (size, size) for s in (source, target)]
        first, last = _window(size, edges)
        marks = [
            (edges[0][0], 1, SOURCE),
            (edges[0][1], 0, SOURCE_END),
            (edges[1][0], 1, TARGET),
            (edges[1][1], 0, TARGET_END),
        ]
        if edges[0][0] == edges[0][1]:
            marks[1] = (edges[0][1], 2, SOURCE_END)
        if edges[1][0] == edges[1][1]:
            marks[2], marks[3] = (edges[1][0], 3, TARGET), (edges[1][1], 4, TARGET_END)
        out, at = [CLS], first
        for place, _, mark in sorted(marks):
            place = min(max(place, first), last)
            out += [*pieces.ids[at:place], mark]
            at = place
        return [*out, *pieces.ids[at:last], SEP]


def _edges(spans: Sequence[Span], party: Span | None) -> tuple[int, int] | None:
    """The pieces `[first, last)` that a party's characters cover; None where there are none."""
    if party is None:
        return None
    inside = [i for i, (start, end) in enumerate(spans) if start < party[1] and end > party[0]]
    return (inside[0], inside[-1] + 1) if inside else None


def _window(size: int, edges: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The pieces `[first, last)` to read of a long sentence: as many as fit, the parties in the middle."""
    if size <= LONGEST:
        return 0, size
    centre = (min(e[0] for e in edges) + max(e[1] for e in edges)) // 2
    first = min(max(0, centre - LONGEST // 2), size - LONGEST)
    return first, first + LONGEST


class Encoder:
    """The model with its labels; `load()` gives the one that is shipped."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Loads `model.onnx`, `tokenizer.json`, `labels.json`; raises `DatelineError` without one."""
        import onnxruntime

        for name in ("model.onnx", "labels.json"):
            if not (folder / name).exists():
                raise DatelineError(Problem.NO_ENCODER, str(folder / name))
        self.labels = msgspec.json.decode((folder / "labels.json").read_bytes(), type=Labels)
        self._marker = Marker(folder / "tokenizer.json")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session: Any = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def judge(self, sentence: str, pairs: Iterable[tuple[Span | None, Span | None]]) -> list[Opinion]:
        """An opinion on each (source, target) of a sentence, spans in characters; None is a party unsaid."""
        pieces = self._marker.pieces(sentence)
        return [self._one(self._marker.mark(pieces, *pair)) for pair in pairs]

    def _one(self, ids: list[int]) -> Opinion:
        types, modes, aux = self._session.run(None, {"ids": np.array([ids], dtype=np.int64)})
        return Opinion(types[0], modes[0], aux[0])


@lru_cache(maxsize=2)
def load(folder: Path = FOLDER) -> Encoder:
    """The encoder of a folder, loaded once."""
    return Encoder(folder)
