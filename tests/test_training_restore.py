"""The shipped graphs give their weights back: the network says nearly what they say."""

import numpy as np
import pytest

from dateline.read.encoder import Encoder
from dateline.read.reading import MODEL

torch = pytest.importorskip("torch", reason="needs the extra train")
restore = pytest.importorskip("training.restore")
model = pytest.importorskip("training.model")

TEXT = "Rebels shelled the port of Orlin on Friday, killing five dock workers, the harbour master said."


def test_the_network_says_what_the_graphs_say() -> None:
    encoder = Encoder(MODEL, threads=1)
    network = model.Network().eval()
    network.load_state_dict(restore.restored(MODEL))
    pieces = encoder.worker.pieces(TEXT, [(0, len(TEXT))])
    ids = [encoder.worker.cls, *pieces.ids.tolist(), encoder.worker.sep]
    vectors, triggers = (part[0] for part in encoder.run([ids])[:2])
    with torch.no_grad():
        own = network.encoder(torch.tensor([ids]), torch.ones(1, len(ids)))[0]
        said = network.tokens["triggers"](own).softmax(-1).numpy()
    assert np.abs(own.numpy() - vectors).mean() < 0.05 * np.abs(vectors).mean()
    assert np.abs(said - triggers).max() < 0.1


def test_what_is_no_layer_is_named() -> None:
    with pytest.raises(KeyError, match="nowhere"):
        restore.Graph(MODEL / "pairs.onnx").multiplied("nowhere")
