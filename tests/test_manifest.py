"""The model's files are those that the manifest names."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from scorers import SHARED, with_data

from scripts import manifest

ROOT = Path(__file__).parents[1]


def test_the_model_is_as_its_manifest_says() -> None:
    assert manifest.differences(manifest.MODEL) == []


def test_a_changed_an_added_and_a_lost_file_are_named(tmp_path: Path) -> None:
    for name in ("kept.onnx", "changed.json", "lost.npz", "card.md"):
        (tmp_path / name).write_text("as it was")
    manifest.write(tmp_path)
    assert manifest.differences(tmp_path) == []
    (tmp_path / "changed.json").write_text("otherwise")
    (tmp_path / "added.npz").write_text("new")
    (tmp_path / "card.md").write_text("the manifest does not hold documents")
    (tmp_path / "lost.npz").unlink()
    assert manifest.differences(tmp_path) == ["added.npz", "changed.json", "lost.npz"]


@with_data
def test_the_furniture_classifier_can_be_made_again(tmp_path: Path) -> None:
    made = tmp_path / "furniture.npz"
    command = [sys.executable, "-m", "training.furniture", "--data", str(SHARED / "data" / "pages")]
    subprocess.run([*command, "--output", str(made)], cwd=ROOT, check=True, capture_output=True)
    assert made.read_bytes() == (manifest.MODEL / "furniture.npz").read_bytes()
