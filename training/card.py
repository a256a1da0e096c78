"""Write the figures into the model card: those of every dev corpus, as the evaluation prints them.

python -m training.card --data ../shared/data --model src/dateline/model
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from dateline.evaluation.metrics import Figure
from dateline.evaluation.tasks import Evaluation, evaluated

CORPORA = {
    "events": "record/dev.jsonl",
    "attribution": "attribution/dev.jsonl",
    "dyads": "dyads/dev.jsonl",
}
OPENS, CLOSES = "<!-- figures -->\n", "<!-- end of figures -->"


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
        yield f"| {name} | " + " | ".join(cells(figure)) + " |"
    yield ""


def cells(figure: Figure) -> list[str]:
    """One row's cells; an accuracy stands in the column of F1."""
    if "accuracy" in figure:
        return ["", "accuracy", f"{figure['accuracy']:.1f}", str(figure["gold"])]
    return [*(f"{figure[key]:.1f}" for key in ("p", "r", "f1")), str(figure.get("gold", ""))]


def fill(data: Path, model: Path) -> None:
    """Write the figures of a model folder into its card.md."""
    evaluations = [evaluated(task, data / file, model=model) for task, file in CORPORA.items()]
    figures = "\n".join(line for evaluation in evaluations for line in table(evaluation))
    card = model / "card.md"
    block = re.compile(re.escape(OPENS) + ".*?" + re.escape(CLOSES), re.S)
    text = card.read_text(encoding="utf-8")
    card.write_text(block.sub(lambda _: f"{OPENS}\n{figures}\n{CLOSES}", text), encoding="utf-8")


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
