"""Making an encoder ready for int8 changes nothing that it says."""

import pytest

torch = pytest.importorskip("torch", reason="needs the extra train")
training = pytest.importorskip("training.outliers")
model = pytest.importorskip("training.model")


def test_what_the_encoder_says_stays_and_reaches_less_far() -> None:
    torch.manual_seed(3)
    encoder = model.Encoder().eval()
    with torch.no_grad():
        for layer in encoder.layers:
            layer.norm.weight[7] = 20.0
    windows = [torch.randint(1, 1000, (1, 24)) for _ in range(3)]
    mask = torch.ones(1, 24)
    before = encoder(windows[0], mask)
    reach = training.reaches(encoder, windows)["layers.0.up"]
    assert reach.argmax() == 7
    training.ready(encoder, windows)
    assert torch.allclose(encoder(windows[0], mask), before, atol=1e-4)
    after = training.reaches(encoder, windows)
    assert after["layers.0.up.whole"].max() < reach.max() / 2
    inner = encoder.layers[0]
    assert inner.aside[0].out_features == training.INNER
    assert (inner.up.whole.weight.abs().sum(1) == 0).sum() == training.INNER
