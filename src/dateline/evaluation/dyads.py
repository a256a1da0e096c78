"""The task ``dyads``: the root code of a sentence whose source and target are marked (PLV).

``root`` and ``penta`` are single-label classifications: per label, their macro mean over every label
that gold or predictions use, and micro, as scikit-learn's classification report gives them. A missing
answer is a miss for gold's label and nobody's false alarm.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from dateline import ontology
from dateline.evaluation import gold as files
from dateline.evaluation.metrics import Figures, Tally, macro
from dateline.types import Range

REMEDY = "a dyads line holds id, text, source and target (ranges or null), root and penta"


@dataclass(frozen=True, slots=True)
class Dyad:
    """A sentence with two marked spans, a placeholder's being null, and its code."""

    id: str
    text: str
    source: Range | None
    target: Range | None
    root: str
    penta: int


def load(path: Path) -> dict[str, Dyad]:
    """Gold dyads by id."""
    return files.load(path, parsed, REMEDY)


def parsed(record: files.Record) -> Dyad:
    """A gold record; ``penta`` is kept as published where it does not go with ``root``."""
    if record["root"] not in ontology.PENTA:
        raise ValueError(f"root {record['root']!r} is not among the fifteen")
    article = files.article(record)
    ends = (_marked(article.text, record["source"]), _marked(article.text, record["target"]))
    return Dyad(article.id, article.text, *ends, record["root"], record["penta"])


def _marked(text: str, given: Sequence[int] | None) -> Range | None:
    if given is None:
        return None
    start, end = given
    if not 0 <= start < end <= len(text):
        raise ValueError(f"range {start}-{end} is not inside the text of {len(text)} characters")
    return start, end


@contextmanager
def answering(model: Path | None) -> Iterator[tuple[Callable[[Dyad], Dyad], str | None]]:
    """What answers a dyad, and the digest of the model that does."""
    from dateline.read.reading import Reader

    reader = Reader.load(model)

    def answer(dyad: Dyad) -> Dyad:
        kind, _ = reader.dyad(dyad.text, dyad.source, dyad.target)
        root = ontology.root(kind)
        return replace(dyad, root=root, penta=ontology.PENTA[root])

    yield answer, reader.digest


def save(path: Path, answers: Mapping[str, Dyad]) -> None:
    """Predictions in gold's format, one dyad a line."""
    files.save(path, ({"id": d.id, "root": d.root, "penta": d.penta} for d in answers.values()))


def figures(gold: Mapping[str, Dyad], answers: Mapping[str, Dyad]) -> Figures:
    """``root`` and ``penta``, each with macro, micro and one figure a label."""
    pairs = [(dyad, answers.get(key)) for key, dyad in gold.items()]
    root = [(dyad.root, answer.root if answer else None) for dyad, answer in pairs]
    penta = [(str(dyad.penta), str(answer.penta) if answer else None) for dyad, answer in pairs]
    return classified("root", root) | classified("penta", penta)


def classified(name: str, pairs: Sequence[tuple[str, str | None]]) -> Figures:
    """Figures of (gold label, answered label or None) pairs under ``name``."""
    golds = Counter(gold for gold, _ in pairs)
    answers = Counter(answer for _, answer in pairs if answer is not None)
    right = Counter(gold for gold, answer in pairs if gold == answer)
    labels = sorted(golds | answers)
    per_label = {
        f"{name} {label}": Tally(right[label], answers[label], golds[label]).figure() for label in labels
    }
    micro = Tally(right.total(), answers.total(), golds.total()).figure()
    return {f"{name} macro": macro(per_label.values()), f"{name} micro": micro, **per_label}
