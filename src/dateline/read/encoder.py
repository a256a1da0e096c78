"""The encoder and the heads, as ONNX graphs.

One pass of the encoder over an article's windows gives every piece its vector; the heads
are small graphs of their own that take those vectors, so nothing is encoded twice.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from dateline.errors import ModelError
from dateline.ontology import INCIDENT_ROLES, MENTIONS, TYPES
from dateline.read import screening
from dateline.read.frames import Candidates
from dateline.read.tokens import Pieces, Pieceworker, windows

FILES = (
    "reader.onnx",
    "events.onnx",
    "attributions.onnx",
    "pairs.onnx",
    "dyads.onnx",
    "screens.npz",
    "tokenizer.json",
    "settings.json",
)
SETTINGS = frozenset(
    (
        "trigger",
        "actual",
        "cue",
        "source",
        "content",
        "more content",
        "same",
        "answers",
        "inherit",
        "member",
        "roles",
        "toponym",
        "name",
        "incidents",
        "calibration",
    )
)
"""The decisions whose thresholds settings.json names."""
TOKEN_HEADS: dict[str, int] = {
    "triggers": len(TYPES),
    "cues": 1,
    "toponyms": 1,
    "names": len(MENTIONS) - 1,
    "parts": len(INCIDENT_ROLES),
}
"""The heads that label every piece by ``bio``, with their kinds; "Toponym" is no kind of name."""
_BATCH = 4
_FRAMES = 32
_SCREENED = 8
"""Frames at a time: few where they are screened, so that those of like many candidates go together."""
_SLOW = ["SkipLayerNormFusion"]
"""What onnxruntime would make slower on a CPU: adding and normalising at once takes eight times as long as
normalising."""
Array = NDArray[np.float32]
Ends = Sequence[int]


@dataclass(frozen=True, slots=True)
class Encoded:
    """What one pass says of an article's n pieces.

    ``vectors`` [n, width]; chances [n, 1 + 2 kinds] of the labels of ``bio`` by each of ``TOKEN_HEADS``.
    """

    vectors: Array
    triggers: Array
    cues: Array
    toponyms: Array
    names: Array
    parts: Array


@dataclass(frozen=True, slots=True)
class EventScores:
    """What the event head says of t triggers: chances ``roles`` [t, m, roles, 3], ``status`` [t, 4],
    ``mode`` [t, all modes of all types], and the ``vectors`` [t, …] that the pair head compares."""

    roles: Array
    status: Array
    mode: Array
    vectors: Array


class Encoder:
    """The model's graphs in onnxruntime sessions."""

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        missing = [name for name in FILES if not (folder / name).is_file()]
        if missing:
            raise ModelError(f"{folder}: no {', '.join(missing)} there; reinstall dateline or train a model")
        self.worker = Pieceworker.load(folder / "tokenizer.json")
        self.settings: dict[str, Any] = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
        lacking = SETTINGS - self.settings.keys()
        if lacking:
            raise ModelError(
                f"{folder / 'settings.json'}: no {', '.join(sorted(lacking))}; run training.tune"
            )
        self.digest = digest(folder)
        self._pass, self._events, self._attributions, self._pairs, self._dyads = (
            _session(folder / name, threads) for name in FILES[:5]
        )
        self.screens = screening.load(folder / "screens.npz")

    def encode(self, pieces: Pieces) -> Encoded:
        """All windows of an article, batches of like lengths."""
        cut = windows(pieces)
        rows = [[self.worker.cls, *pieces.ids[w.start : w.end].tolist(), self.worker.sep] for w in cut]
        out: list[Array] | None = None
        order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
        for low in range(0, len(order), _BATCH):
            chosen = order[low : low + _BATCH]
            results = self.run([rows[i] for i in chosen])
            if out is None:
                out = [np.empty((len(pieces), r.shape[2]), dtype=np.float32) for r in results]
            for k, i in enumerate(chosen):
                w = cut[i]
                for whole, part in zip(out, results, strict=True):
                    whole[w.owned : w.end] = part[k, w.owned - w.start + 1 : w.end - w.start + 1]
        if out is None:
            raise ValueError("no pieces to encode")
        return Encoded(*out)

    def run(self, rows: Sequence[Sequence[int]]) -> list[Array]:
        """One forward pass over rows of ids: vectors and the chances of each token head, each [b, t, …]."""
        width = max(map(len, rows))
        ids = np.zeros((len(rows), width), dtype=np.int64)
        mask = np.zeros((len(rows), width), dtype=np.float32)
        for i, row in enumerate(rows):
            ids[i, : len(row)] = row
            mask[i, : len(row)] = 1.0
        results: list[Array] = self._pass.run(None, {"ids": ids, "mask": mask})
        return results

    def events(self, vectors: Array, first: Ends, last: Ends, laid: Candidates) -> EventScores:
        """The event head on some triggers, given by their first and last pieces."""
        return EventScores(*_in_parts(self._events, _FRAMES, vectors, first, last, laid))

    def attributions(self, vectors: Array, first: Ends, last: Ends, laid: Candidates) -> Array:
        """The attribution head on some cues: chances [t, m, 2, 3] of source and content."""
        return _in_parts(self._attributions, _SCREENED, vectors, first, last, laid)[0]

    def pairs(
        self, vectors: Array, left: NDArray[np.int64], right: NDArray[np.int64], features: Array
    ) -> Array:
        """Chances [k, 2] that two triggers are one happening, and that the left answers the right."""
        inputs = {"vectors": vectors, "left": left, "right": right, "features": features}
        chances: Array = self._pairs.run(None, inputs)[0]
        return chances

    def dyad(self, ids: Sequence[int], marks: Sequence[int]) -> Array:
        """Chances [roots] of what a sentence with two marked spans says, by a pass of its own."""
        vectors, triggers = (result[0] for result in self.run([ids])[:2])
        types = (triggers[:, 1::2] + triggers[:, 2::2]).max(0)
        parts = np.concatenate([vectors[0], vectors[marks[0]], vectors[marks[1]], vectors.mean(0), types])
        chances: Array = self._dyads.run(None, {"parts": parts[None]})[0][0]
        return chances


def digest(folder: Path) -> str:
    """A short digest of a model: of all its files together, sixteen hexadecimal digits."""
    parts = hashlib.sha256()
    for name in FILES:
        parts.update(hashlib.sha256((folder / name).read_bytes()).digest())
    return parts.hexdigest()[:16]


def _session(path: Path, threads: int | None) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads or 0
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOW
        )
    except Exception as fault:
        raise ModelError(f"{path}: {fault}; reinstall dateline or train a model") from fault


def _in_parts(
    head: onnxruntime.InferenceSession,
    size: int,
    vectors: Array,
    first: Ends,
    last: Ends,
    laid: Candidates,
) -> list[Array]:
    """Run a frame head on ``size`` frames at a time, those of like many candidates, with the pieces that they
    look at. Of a candidate that is no piece nothing is said."""
    out: list[Array] = []
    ends = np.array([first, last], dtype=np.int64)
    order = np.argsort(laid.known.sum(1), kind="stable")
    for low in range(0, len(order), size):
        chosen = order[low : low + size]
        some = laid.part(chosen)
        seen = np.arange(len(vectors))
        if len(first) > size:
            seen = np.union1d(some.index, ends[:, chosen])
        inputs = {
            "pieces": vectors[seen],
            "first": np.searchsorted(seen, ends[0, chosen]),
            "last": np.searchsorted(seen, ends[1, chosen]),
            "index": np.searchsorted(seen, some.index),
            "distance": some.distance,
            "sentence": some.sentence,
        }
        roles, *others = head.run(None, inputs)
        if not out:
            wide = len(first), laid.index.shape[1], *roles.shape[2:]
            out = [np.zeros(s, np.float32) for s in (wide, *((len(first), *o.shape[1:]) for o in others))]
        out[0][chosen, : roles.shape[1]] = roles
        for whole, part in zip(out[1:], others, strict=True):
            whole[chosen] = part
    return out
