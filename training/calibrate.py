"""Fit the calibration of confidence: one table for event reports, one for their fillers.

    python -m training.calibrate --data ../shared/data --model src/dateline/model

The tables are fitted on all of dev and written to the model's settings.json. What is printed is measured
otherwise: every answer is judged by a table fitted on the other half of dev's articles.
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from dateline.evaluation import calibration as measure
from dateline.evaluation import events as task
from dateline.evaluation.calibration import Judged
from dateline.evaluation.pages import half
from dateline.ontology import ROLES
from dateline.read.calibration import IDENTITY, Table, apply, logit
from dateline.read.encoder import Encoder
from dateline.read.reading import Reader
from dateline.types import Reading

RIDGE = 1.0
TABLES = ("event", "filler")

ByArticle = Mapping[str, Sequence[Judged]]


def fit(judged: Iterable[Judged]) -> tuple[float, float]:
    """The table of Platt's scaling that fits best: logistic regression on the logit, by Newton's method.

    A pull of the weight of one answer towards the identity keeps a few answers from saying too much.
    """
    chances, right = (np.array(side, dtype=float) for side in zip(*judged, strict=True))
    features = np.stack([[logit(p) for p in chances], np.ones_like(chances)], 1)
    table = np.zeros(2)
    for _ in range(30):
        fitted = 1 / (1 + np.exp(-features @ table))
        slope = features.T @ (fitted - right) + RIDGE * (table - IDENTITY)
        bend = (features.T * (fitted * (1 - fitted))) @ features + RIDGE * np.eye(2)
        table -= np.linalg.solve(bend, slope)
    return float(table[0]), float(table[1])


def mapped(table: Table, judged: Iterable[Judged]) -> list[Judged]:
    """Answers with their calibrated confidence."""
    return [(apply(table, chance), right) for chance, right in judged]


def crossed(judged: ByArticle) -> list[Judged]:
    """All answers, those of each half of the articles calibrated by the table of the other half."""
    halves: dict[str, list[Judged]] = {"train": [], "dev": []}
    for key, some in judged.items():
        halves[half(key)] += some
    one, other = halves.values()
    return mapped(fit(other), one) + mapped(fit(one), other)


def uncalibrated(model: Path, gold: Mapping[str, Reading]) -> dict[str, ByArticle]:
    """A model's answers on gold's articles with the network's own chances, for each table."""
    encoder = Encoder(model)
    encoder.settings["calibration"] = dict.fromkeys(TABLES, IDENTITY)
    reader = Reader(encoder)
    pairings = {
        key: task.pairing(reading.events, reader.read(reading.article).events)
        for key, reading in gold.items()
    }
    fillers = {
        key: [judged for role in ROLES for judged in task.judged_fillers(paired, role)]
        for key, paired in pairings.items()
    }
    return {"event": {key: list(task.judged(paired)) for key, paired in pairings.items()}, "filler": fillers}


def calibrate(data: Path, model: Path) -> None:
    """Fit both tables on dev and write them to the model's settings.json."""
    path = model / "settings.json"
    settings = json.loads(path.read_text(encoding="utf-8"))
    settings["calibration"] = {}
    for name, judged in uncalibrated(model, task.load(data / "record" / "dev.jsonl")).items():
        together = list(itertools.chain.from_iterable(judged.values()))
        settings["calibration"][name] = [round(number, 4) for number in fit(together)]
        before, after = (measure.error(some)["ece"] for some in (together, crossed(judged)))
        print(f"{name}: {settings['calibration'][name]}, error {before:.1f} points, {after:.1f} calibrated")
    path.write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    given = parser.parse_args()
    calibrate(given.data, given.model)


if __name__ == "__main__":
    main()
