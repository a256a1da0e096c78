from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from dateline.evaluation.calibration import Bin
from dateline.evaluation.metrics import Tally
from dateline.evaluation.tasks import Evaluation
from training import card, curve
from training.reliability import plot

ROOT = Path(__file__).parents[1]


def test_a_table_has_a_row_a_figure_but_for_confidence() -> None:
    figures = {"event": Tally(1, 2, 4).figure(), "status": Tally(3, gold=4).accuracy()}
    figures["confidence event"] = {"ece": 2.0, "predicted": 2}
    rows = list(card.table(Evaluation("events", "data/record/dev.jsonl", "c" * 64, "m", 3, figures)))
    assert rows[0] == "### events: `record/dev.jsonl`, 3 documents"
    assert rows[6:] == ["| event | 50.0 | 25.0 | 33.3 | 4 |", "| status |  | accuracy | 75.0 | 4 |", ""]


def test_only_the_block_is_written_anew() -> None:
    text = "before\n<!-- figures -->\nold\n<!-- end of figures -->\nafter"
    assert card.filled(text, "figures", r"new \1") == text.replace("old", "\nnew \\1")
    with pytest.raises(ValueError, match="no block 'curve' is there; write <!-- curve --> and"):
        card.filled(text, "curve", "new")


@pytest.mark.parametrize(
    ("document", "block"),
    [
        ("src/dateline/model/card.md", "figures"),
        ("src/dateline/model/card.md", "confidence"),
        ("docs/training.md", "curve"),
    ],
)
def test_the_documents_have_their_blocks(document: str, block: str) -> None:
    card.filled((ROOT / document).read_text(encoding="utf-8"), block, "")


def test_the_curve_has_a_row_a_model() -> None:
    reached = {name: Tally(1, 2, 2).figure() for name in curve.NAMES}
    rows = list(curve.curve({"25": reached, "100": reached}))
    assert rows[2].startswith("| 25 % | 50.0 | 50.0 |")
    assert len(rows) == 4


def test_the_plot_has_a_point_a_bin_where_it_belongs() -> None:
    svg = plot({"reports & more": [Bin(0.0, 0.0, 5), Bin(1.0, 0.5, 5)], "fillers": []})
    root = ElementTree.fromstring(svg)
    circles = list(root.iter("{http://www.w3.org/2000/svg}circle"))
    assert [(c.get("cx"), c.get("cy")) for c in circles[:2]] == [("48.0", "348.0"), ("348.0", "198.0")]
    assert "reports & more" in [t.text for t in root.iter("{http://www.w3.org/2000/svg}text")]
