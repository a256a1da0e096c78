"""The graphs: loading them, and the shapes of what they say."""

from pathlib import Path

import numpy as np
import pytest

from dateline.errors import ModelError
from dateline.ontology import TYPES
from dateline.read.encoder import FILES, Encoder, digest
from dateline.read.reading import MODEL
from dateline.read.sentences import split


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(MODEL, threads=1)


def test_a_missing_file_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no reader\.onnx.*reinstall"):
        Encoder(tmp_path)


def test_a_broken_graph_is_named(tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).write_bytes((MODEL / name).read_bytes() if name.endswith("json") else b"junk")
    with pytest.raises(ModelError, match=r"reader\.onnx"):
        Encoder(tmp_path)


def test_a_missing_threshold_is_named(tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).write_bytes((MODEL / name).read_bytes())
    (tmp_path / "settings.json").write_text('{"trigger": 0.5}')
    with pytest.raises(ModelError, match="no actual, answers, calibration, content"):
        Encoder(tmp_path)


def test_every_piece_of_a_long_article_is_encoded_once(encoder: Encoder) -> None:
    text = "Rebels shelled the harbour of Orlin on Friday, the army said. " * 60
    pieces = encoder.worker.pieces(text, split(text, [(0, len(text))]))
    encoded = encoder.encode(pieces)
    assert encoded.vectors.shape[0] == len(pieces)
    assert encoded.triggers.shape == (len(pieces), 1 + 2 * len(TYPES))
    assert np.allclose(encoded.triggers.sum(1), 1, atol=1e-3) and np.allclose(
        encoded.cues.sum(1), 1, atol=1e-3
    )
    assert np.isfinite(encoded.vectors).all()


def test_the_digest_is_of_all_files(tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).write_bytes((MODEL / name).read_bytes())
    assert digest(tmp_path) == digest(MODEL)
    (tmp_path / "settings.json").write_text("{}")
    assert digest(tmp_path) != digest(MODEL)
