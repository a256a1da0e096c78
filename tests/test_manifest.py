"""The model's files are those that the manifest names."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import manifest


def test_the_model_is_as_its_manifest_says() -> None:
    if not (manifest.MODEL / manifest.MANIFEST).exists():
        pytest.skip("no manifest yet; make manifest writes it")
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
