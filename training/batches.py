"""Batches: whole documents, windows padded side by side, and the gold labels of every head.

A batch holds documents, not windows, so that frames and pairs reach across windows just
as they do when an article is read.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from dateline.ontology import FLAT_MODES, STATUSES, TYPES
from dateline.read import bio, dyads, frames, pairs
from dateline.read.frames import ATTRIBUTION_REACH, EVENT_REACH, IGNORE, NOTHING, Reach
from dateline.read.tokens import Pieceworker, windows
from training.corpora import UNKNOWN, Document, Dyad, Event, Frame, Labelled

_MODE_NUMBER = {m: i for i, m in enumerate(FLAT_MODES)}


@dataclass(frozen=True, slots=True)
class FrameBatch:
    """Frames of all documents of a batch; offsets are of the batch's own pieces.

    ``first``, ``last`` [t]; ``index``, ``distance``, ``sentence`` [t, m]; ``labels`` [t, m, roles],
    or a teacher's chances [t, m, roles, 3].
    """

    first: Tensor
    last: Tensor
    index: Tensor
    distance: Tensor
    sentence: Tensor
    labels: Tensor


@dataclass(frozen=True, slots=True)
class PairBatch:
    """Pairs of triggers: ``left``, ``right`` [k], ``features`` [k, f], ``labels`` [k, 2], ``weight`` [k]."""

    left: Tensor
    right: Tensor
    features: Tensor
    labels: Tensor
    weight: Tensor


@dataclass(frozen=True, slots=True)
class Batch:
    """``ids``, ``mask`` [windows, t]; ``owned`` [n] flat places of the pieces in text order.

    ``tokens`` are labels [n] (or chances [n, labels]) for the token heads that the corpus knows of.
    """

    ids: Tensor
    mask: Tensor
    owned: Tensor
    tokens: dict[str, Tensor]
    events: FrameBatch | None = None
    attributions: FrameBatch | None = None
    status: Tensor | None = None
    mode: Tensor | None = None
    pairs: PairBatch | None = None


@dataclass(frozen=True, slots=True)
class DyadBatch:
    """``ids``, ``mask`` [b, t]; ``marks`` [b, 2]; ``labels`` [b], or a teacher's chances [b, roots]."""

    ids: Tensor
    mask: Tensor
    marks: Tensor
    labels: Tensor


def deal(documents: Sequence[Document], size: int, rng: random.Random) -> Iterator[list[Document]]:
    """Shuffle documents into lists of about ``size`` pieces, like lengths together."""
    keyed = sorted(documents, key=lambda d: len(d.pieces) * rng.uniform(0.8, 1.25))
    dealt: list[list[Document]] = [[]]
    count = 0
    for document in keyed:
        if count and count + len(document.pieces) > size:
            dealt.append([])
            count = 0
        dealt[-1].append(document)
        count += len(document.pieces)
    rng.shuffle(dealt)
    yield from filter(None, dealt)


def collate(documents: Sequence[Document], worker: Pieceworker, window: int) -> Batch:
    """One batch of documents, read in windows of at most ``window`` pieces."""
    rows, owned = [], []
    for document in documents:
        for w in windows(document.pieces, window):
            rows.append([worker.cls, *document.pieces.ids[w.start : w.end].tolist(), worker.sep])
            owned.append((len(rows) - 1, w.owned - w.start + 1, w.end - w.start + 1))
    ids, mask = _padded(rows)
    places = [np.arange(row * ids.shape[1] + low, row * ids.shape[1] + high) for row, low, high in owned]
    bases = np.cumsum([0, *(len(d.pieces) for d in documents)]).tolist()
    fields: dict[str, Tensor | FrameBatch | PairBatch | None] = {}
    if documents[0].events is not None:
        fields |= _event_targets(documents, bases)
    if documents[0].cues is not None:
        cues = [d.cues or [] for d in documents]
        fields["attributions"] = _frame_batch(documents, cues, bases, ATTRIBUTION_REACH)
    owned_places = torch.from_numpy(np.concatenate(places))
    return Batch(ids, mask, owned_places, _token_targets(documents), **fields)  # type: ignore[arg-type]


def _token_targets(documents: Sequence[Document]) -> dict[str, Tensor]:
    """The labels of each token head that the documents' corpus annotates."""
    told = [_token_spans(d) for d in documents]
    targets = {
        head: torch.from_numpy(
            np.concatenate([_labels(t[head], len(d.pieces)) for t, d in zip(told, documents, strict=True)])
        )
        for head in told[0]
    }
    if documents[0].soft:
        chances = [d.soft.triggers for d in documents if d.soft]
        targets["triggers"] = torch.from_numpy(np.concatenate(chances).astype(np.float32))
    return targets


def _token_spans(document: Document) -> dict[str, Sequence[Labelled]]:
    spans: dict[str, Sequence[Labelled]] = dict(document.spans)
    if document.events is not None:
        spans["triggers"] = [(*e.frame.trigger, TYPES.index(e.type)) for e in document.events]
    if document.cues is not None:
        spans["cues"] = [(*f.trigger, 0) for f in document.cues]
    return spans


def _labels(spans: Sequence[Labelled], length: int) -> np.ndarray:
    labels = bio.encode((s for s in spans if s[2] != UNKNOWN), length)
    for start, end, kind in spans:
        if kind == UNKNOWN and not labels[start:end].any():
            labels[start:end] = IGNORE
    return labels


def _padded(rows: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    width = -(-max(map(len, rows)) // 8) * 8
    ids = torch.zeros(len(rows), width, dtype=torch.long)
    for i, row in enumerate(rows):
        ids[i, : len(row)] = torch.tensor(row)
    return ids, (ids != 0).float()


def _event_targets(
    documents: Sequence[Document], bases: list[int]
) -> dict[str, Tensor | FrameBatch | PairBatch | None]:
    events = [d.events or [] for d in documents]
    flat = [e for es in events for e in es]
    targets: dict[str, Tensor | FrameBatch | PairBatch | None] = {
        "events": _frame_batch(documents, [[e.frame for e in es] for es in events], bases, EVENT_REACH),
        "pairs": _pair_batch(documents, events),
    }
    if documents[0].soft:
        softs = [d.soft for d in documents if d.soft]
        for name in ("status", "mode"):
            chances = np.concatenate([getattr(s, name) for s in softs])
            targets[name] = torch.from_numpy(chances.astype(np.float32))
    else:
        targets["status"] = torch.tensor([STATUSES.index(e.status) for e in flat])
        targets["mode"] = torch.tensor([_MODE_NUMBER.get((e.type, e.mode), IGNORE) for e in flat])
    return targets


def _frame_batch(
    documents: Sequence[Document], found: Sequence[Sequence[Frame]], bases: list[int], reach: Reach
) -> FrameBatch | None:
    laid, labels, ends = [], [], []
    for document, of_document, base in zip(documents, found, bases, strict=False):
        if of_document:
            c = frames.candidates(document.pieces, [f.trigger for f in of_document], reach)
            if document.soft:
                labels.append(document.soft.roles.astype(np.float32))
            else:
                labels.append(
                    frames.encode(c, [f.fillers for f in of_document], [f.doubles for f in of_document])
                )
            laid.append((c.index + base, c.distance, c.sentence))
            ends += [(f.trigger[0] + base, f.trigger[1] - 1 + base) for f in of_document]
    if not laid:
        return None
    width = max(x.shape[1] for x in labels)
    index, distance, sentence = (
        torch.from_numpy(np.concatenate([_wide(x[k], width, fill) for x in laid]))
        for k, fill in enumerate((0, NOTHING, 0))
    )
    first, last = torch.tensor(ends).T
    missing = 0 if documents[0].soft else IGNORE
    wide_labels = torch.from_numpy(np.concatenate([_wide(x, width, missing) for x in labels]))
    return FrameBatch(first, last, index, distance, sentence, wide_labels)


def _wide(array: np.ndarray, width: int, fill: int) -> np.ndarray:
    """Pad the second axis to a width."""
    padding = [(0, 0), (0, width - array.shape[1])] + [(0, 0)] * (array.ndim - 2)
    return np.pad(array, padding, constant_values=fill)


def _pair_batch(documents: Sequence[Document], events: Sequence[list[Event]]) -> PairBatch | None:
    parts, base = [], 0
    for document, of_document in zip(documents, events, strict=True):
        if len(of_document) > 1:
            left, right = pairs.ordered(len(of_document))
            mentions = [
                pairs.Mention(e.words, e.type, int(document.pieces.sentence[e.frame.trigger[0]]))
                for e in of_document
            ]
            labels = (
                document.soft.pairs
                if document.soft
                else [_pair_label(of_document[a], of_document[b]) for a, b in zip(left, right, strict=True)]
            )
            weight = np.full(len(left), 1 / len(of_document), dtype=np.float32)
            features = pairs.features(mentions, left, right)
            parts.append((left + base, right + base, features, np.array(labels, dtype=np.float32), weight))
        base += len(of_document)
    if not parts:
        return None
    return PairBatch(*(torch.from_numpy(np.concatenate([p[k] for p in parts])) for k in range(5)))


def _pair_label(a: Event, b: Event) -> tuple[bool, bool]:
    return a.happening == b.happening, b.happening in a.answers


def collate_dyads(chosen: Sequence[Dyad], worker: Pieceworker) -> DyadBatch:
    """One batch of sentences with marked spans, all with a teacher's chances or none."""
    marked = [dyads.encode(worker, d.text, d.source, d.target) for d in chosen]
    ids, mask = _padded([m.ids.tolist() for m in marked])
    labels = torch.tensor([d.chances or dyads.ROOTS.index(d.root) for d in chosen])
    return DyadBatch(ids, mask, torch.tensor([m.marks for m in marked]), labels)
