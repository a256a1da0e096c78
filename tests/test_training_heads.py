"""The last training of the attribution head: its screen, and frames of what passes it."""

import dataclasses

import numpy as np
import pytest

from dateline.read.frames import IGNORE, NOTHING, Candidates

torch = pytest.importorskip("torch", reason="needs the extra train")
heads = pytest.importorskip("training.heads")
batches = pytest.importorskip("training.batches")
model = pytest.importorskip("training.model")


def frames(count: int = 2, most: int = 7):
    """Frames of some candidates among twenty pieces, the last of each no piece; gold knows not all."""
    torch.manual_seed(4)
    first = torch.tensor([3, 9])[:count]
    index = torch.randint(0, 20, (count, most))
    index[:, 0] = first
    distance = torch.randint(1, 20, (count, most))
    distance[:, 0], distance[:, -1] = 0, NOTHING
    labels = torch.randint(0, 3, (count, most, 2))
    labels[:, 2] = IGNORE
    labels[:, -1] = IGNORE
    return batches.FrameBatch(first, first + 1, index, distance, torch.randint(0, 10, (count, most)), labels)


def test_the_screen_scores_as_the_network_that_was_trained() -> None:
    found, screening = frames(), heads.Screening()
    pieces = torch.randn(20, model.WIDTH)
    known = found.distance != NOTHING
    laid = Candidates(*(each.numpy() for each in (found.index, known, found.distance, found.sentence)))
    own = screening(pieces, found).detach().numpy()
    scores = screening.screen().scores(pieces.numpy(), found.first.tolist(), found.last.tolist(), laid)
    assert np.allclose(scores, own, atol=1e-4)


def test_labels_are_gold_to_a_share() -> None:
    found, pieces = frames(), torch.randn(20, model.WIDTH)
    with torch.no_grad():
        other = heads.said(model.FrameHead(2).eval(), pieces, found).softmax(-1)
    told = heads.mixed(found.labels, other, 0.75)
    assert torch.allclose(told.sum(-1), torch.ones(2, 7, 2), atol=1e-5)
    assert torch.allclose(told[:, 2], other[:, 2])
    own = torch.nn.functional.one_hot(found.labels[:, 1], 3)
    assert torch.allclose(told[:, 1], 0.75 * own + 0.25 * other[:, 1], atol=1e-5)


def test_only_what_passes_is_left_and_the_trigger() -> None:
    found = frames()
    told = dataclasses.replace(found, labels=torch.rand(2, 7, 2, 3))
    scores = torch.full((2, 7), heads.LEAST - 1)
    scores[0, 3] = scores[0, 5] = scores[1, 4] = scores[1, 6] = 0.0
    left = heads.passing(lambda *_: scores, torch.zeros(20, model.WIDTH), told)
    assert left.index[0].tolist() == found.index[0, [0, 3, 5]].tolist()
    assert left.index[1, :2].tolist() == found.index[1, [0, 4]].tolist()
    assert left.distance[1, 2] == NOTHING and not left.labels[1, 2].any()
    assert torch.equal(left.labels[0, 1], told.labels[0, 3])
