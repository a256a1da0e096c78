r"""What more annotation would bring: models trained on parts of the annotated articles, side by side.

    for run in "0.25 36" "0.5 18" "1 9"; do set -- $run
      python -m training.train --data DATA --corpora-only --share $1 --record-epochs $2 --seed 5 \
          --encoder ENCODER --attribution-epochs 0 --dyad-epochs 0 --incident-epochs 0 --toponym-epochs 0 \
          --name-epochs 0 --taught-dyad-epochs 0 --out runs/$1
      python -m training.export --data DATA --run runs/$1 --to runs/$1/model
      python -m training.tune --data DATA --model runs/$1/model --only events
    done
    python -m training.curve --data DATA 25=runs/0.25/model 50=runs/0.5/model 100=runs/1/model

Writes their figures on dev into the table of docs/training.md. A model folder to train into holds a card.md.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path

from dateline.evaluation.metrics import Figures, headline
from dateline.evaluation.tasks import evaluated
from training.card import CORPORA, filled

DOCUMENT = Path(__file__).parent.parent / "docs" / "training.md"
NAMES = ("trigger", "event", "types", "roles", "record", "incident", "answers", "mode", "status")


def curve(figures: Mapping[str, Figures]) -> Iterator[str]:
    """The lines of the table: a row a share of the articles, a column a figure."""
    yield "| articles | " + " | ".join(NAMES) + " |"
    yield "| ---: |" + " ---: |" * len(NAMES)
    for share, reached in figures.items():
        yield f"| {share} % | " + " | ".join(f"{headline(reached[name]):.1f}" for name in NAMES) + " |"


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("models", nargs="+", metavar="PERCENT=FOLDER")
    given = parser.parse_args()
    models = dict(pair.split("=", 1) for pair in given.models)
    gold = given.data / CORPORA["events"]
    figures = {
        share: evaluated("events", gold, model=Path(folder)).figures for share, folder in models.items()
    }
    table = "\n".join(curve(figures)) + "\n"
    DOCUMENT.write_text(filled(DOCUMENT.read_text(encoding="utf-8"), "curve", table), encoding="utf-8")


if __name__ == "__main__":
    main()
