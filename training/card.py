"""Write what was measured into the model card: figures of every dev corpus, and how far confidence holds.

python -m training.card --data ../shared/data --model src/dateline/model
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from dateline.evaluation import calibration, events
from dateline.evaluation.metrics import Figure
from dateline.evaluation.tasks import Evaluation, evaluated
from training.calibrate import crossed, uncalibrated
from training.reliability import plot

CORPORA = {
    "events": "record/dev.jsonl",
    "attribution": "attribution/dev.jsonl",
    "dyads": "dyads/dev.jsonl",
    "incidents": "incidents/dev.jsonl",
    "mentions": "mentions/dev.jsonl",
}
PLOT = "reliability.svg"


def table(evaluation: Evaluation) -> Iterator[str]:
    """The lines of one task's table."""
    file = "/".join(Path(evaluation.file).parts[-2:])
    yield f"### {evaluation.task}: `{file}`, {evaluation.documents} documents"
    yield ""
    yield f"`dateline evaluate {evaluation.task}`, corpus {evaluation.corpus[:16]}, model {evaluation.model}"
    yield ""
    yield "| | P | R | F1 | gold |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for name, figure in evaluation.figures.items():
        if "ece" not in figure:  # of tables fitted on this very file
            yield f"| {name} | " + " | ".join(cells(figure)) + " |"
    yield ""


def cells(figure: Figure) -> list[str]:
    """One row's cells; an accuracy stands in the column of F1."""
    if "accuracy" in figure:
        return ["", "accuracy", f"{figure['accuracy']:.1f}", str(figure["gold"])]
    return [*(f"{figure[key]:.1f}" for key in ("p", "r", "f1")), str(figure.get("gold", ""))]


def confidence(data: Path, model: Path) -> Iterator[str]:
    """The lines on calibration; draws the plot beside the card."""
    yield "| | error of the network's chances | error of confidence | answers |"
    yield "| --- | ---: | ---: | ---: |"
    held = {}
    for name, judged in uncalibrated(model, events.load(data / CORPORA["events"])).items():
        held[name] = crossed(judged)
        before = calibration.error(chain.from_iterable(judged.values()))
        after = calibration.error(held[name])
        yield f"| {name} | {before['ece']:.1f} | {after['ece']:.1f} | {after['predicted']} |"
    bins = {name: calibration.binned(judged) for name, judged in held.items()}
    (model / PLOT).write_text(plot(bins), encoding="utf-8")
    yield ""
    yield f"![Share of right answers by confidence]({PLOT})"


def filled(text: str, block: str, lines: str) -> str:
    """A document with other lines between the comments that open and close a block of that name.

    Raises ValueError where there are no such comments.
    """
    opens, closes = f"<!-- {block} -->\n", f"<!-- end of {block} -->"
    found = re.compile(re.escape(opens) + ".*?" + re.escape(closes), re.S)
    if not found.search(text):
        raise ValueError(f"no block {block!r} is there; write {opens.strip()} and {closes} where it belongs")
    return found.sub(lambda _: f"{opens}\n{lines}\n{closes}", text)


def fill(data: Path, model: Path) -> None:
    """Write the figures of a model folder into its card.md."""
    evaluations = [evaluated(task, data / file, model=model) for task, file in CORPORA.items()]
    figures = "\n".join(line for evaluation in evaluations for line in table(evaluation))
    card = model / "card.md"
    text = filled(card.read_text(encoding="utf-8"), "figures", figures)
    sure = "\n".join([*confidence(data, model), ""])
    card.write_text(filled(text, "confidence", sure), encoding="utf-8")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    given = parser.parse_args()
    fill(given.data, given.model)


if __name__ == "__main__":
    main()
