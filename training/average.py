"""Weights of several runs averaged: what lies between them is often as good as the best, and flatter.

    python -m training.average runs/one=1 runs/other=3 --out runs/between [--part dyad=runs/one]

Each run counts as often as the number behind it says (Wortsman and others 2022, "Model soups"). The runs must
go on from one another: weights that started apart do not average. A part of the network, such as the head for
dyads, may be taken from one run as it is.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from shutil import copyfile
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

WEIGHTS, OPTIONS = "weights.safetensors", "options.json"
Weights = Mapping[str, NDArray[np.float32]]


class Counted(NamedTuple):
    """A run's folder, and how often it counts."""

    run: Path
    times: float


class Part(NamedTuple):
    """A part of the network, whose weights' names begin so, and the run from which it is taken."""

    name: str
    run: Path

    def of(self, weights: Weights) -> dict[str, NDArray[np.float32]]:
        """The part's weights. Raises ``ValueError`` when there are none."""
        found = {name: weight for name, weight in weights.items() if name.split(".")[0] == self.name}
        if not found:
            parts = ", ".join(sorted({name.split(".")[0] for name in weights}))
            raise ValueError(f"{self.name}: is no part of the network; its parts are {parts}")
        return found


def part(text: str) -> Part:
    """A part as the command line has it, ``PART=FOLDER``."""
    name, _, run = text.partition("=")
    if name and run:
        return Part(name, Path(run))
    raise argparse.ArgumentTypeError(f"{text}: write PART=FOLDER, such as dyad=runs/one")


def counted(text: str) -> Counted:
    """A run as the command line has it, ``FOLDER=TIMES``."""
    run, _, times = text.rpartition("=")
    with suppress(ValueError):
        if run and float(times) > 0:
            return Counted(Path(run), float(times))
    raise argparse.ArgumentTypeError(f"{text}: write FOLDER=TIMES, such as runs/one=1")


def average(runs: Iterable[tuple[Weights, float]]) -> dict[str, NDArray[np.float32]]:
    """The mean of weights, each counted so often. Raises ``ValueError`` unless they are of one network."""
    mean: dict[str, NDArray[np.float32]] = {}
    so_far = 0.0
    for weights, times in runs:
        so_far += times
        if mean and shapes(weights) != shapes(mean):
            raise ValueError("the runs are of different networks; average what goes on from one another")
        for name, weight in weights.items():
            before = mean.get(name, weight)
            mean[name] = before + np.float32(times / so_far) * (weight - before)
    return mean


def shapes(weights: Weights) -> dict[str, tuple[int, ...]]:
    """The shape of each weight."""
    return {name: weight.shape for name, weight in weights.items()}


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("runs", nargs="+", type=counted, metavar="RUN=TIMES")
    parser.add_argument(
        "--part", type=part, action="append", default=[], metavar="PART=RUN", help="taken from this run alone"
    )
    parser.add_argument("--out", type=Path, required=True, help="the folder of the new run")
    given = parser.parse_args()
    from safetensors.numpy import load_file, save_file

    mean = average((load_file(run / WEIGHTS), times) for run, times in given.runs)
    for each in given.part:
        mean |= each.of(load_file(each.run / WEIGHTS))
    given.out.mkdir(parents=True, exist_ok=True)
    save_file(mean, given.out / WEIGHTS)
    copyfile(given.runs[-1].run / OPTIONS, given.out / OPTIONS)


if __name__ == "__main__":
    main()
