"""The first look at a frame's candidates: which pass, and that nothing else is changed by it."""

from pathlib import Path

import numpy as np
import pytest

from dateline.errors import ModelError
from dateline.read import frames, screening
from dateline.read.frames import NOTHING, Reach
from dateline.read.screening import HEADS, Screen
from dateline.read.tokens import Pieces

REACH = Reach(lead=4, left=6, right=5)
WIDTH = 3


def article(count: int) -> Pieces:
    """Pieces of one character each, five a sentence."""
    return Pieces(
        np.zeros(count, dtype=np.int64), np.arange(count), np.arange(count) + 1, np.arange(count) // 5
    )


def laid(*triggers: int) -> frames.Candidates:
    """The candidates of some triggers of one piece among twenty."""
    return frames.candidates(article(20), [(t, t + 1) for t in triggers], REACH)


def wanting(feature: int) -> Screen:
    """A screen that lets those pieces pass whose feature is 1."""
    screen = Screen.open(WIDTH)
    screen.piece[feature, -1] = 2.0
    screen.least[0] = 1.0
    return screen


def test_an_open_screen_lets_all_pass() -> None:
    before = laid(2, 10)
    after = Screen.open(WIDTH).passing(np.zeros((20, WIDTH), np.float32), [2, 10], [2, 10], before)
    assert [sorted(i[k]) for i, k in zip(after.index, after.known, strict=True)] == [
        sorted(i[k]) for i, k in zip(before.index, before.known, strict=True)
    ]


def test_what_passes_keeps_its_order_its_distance_and_its_trigger() -> None:
    vectors = np.zeros((20, WIDTH), np.float32)
    vectors[[3, 7, 8, 19], 1] = 1.0
    before = laid(5, 12)
    after = wanting(1).passing(vectors, [5, 12], [5, 12], before)
    assert after.index[0][after.known[0]].tolist() == [3, 5, 7, 8]
    assert after.index[1][after.known[1]].tolist() == [3, 7, 8, 12]
    assert (after.distance[~after.known] == NOTHING).all()
    for t in range(2):
        far = dict(zip(before.index[t].tolist(), before.distance[t].tolist(), strict=True))
        assert all(
            far[i] == d for i, d in zip(after.index[t], after.distance[t], strict=True) if d != NOTHING
        )


def test_a_score_is_the_trigger_s_and_the_piece_s_and_the_distance_s() -> None:
    rng = np.random.default_rng(5)
    screen = Screen(
        *(
            rng.standard_normal(shape).astype(np.float32)
            for shape in (
                (2 * WIDTH + 1, 4),
                (WIDTH + 1, 5),
                (frames.DISTANCES, 5),
                (frames.SENTENCES,),
                (1,),
            )
        )
    )
    vectors = rng.standard_normal((20, WIDTH)).astype(np.float32)
    among = frames.candidates(article(20), [(9, 11)], REACH)
    scores = screen.scores(vectors, [9], [10], among)
    trigger = np.concatenate([vectors[9], vectors[10], [1]]) @ screen.trigger
    for i, d, s, score in zip(among.index[0], among.distance[0], among.sentence[0], scores[0], strict=True):
        piece = np.concatenate([vectors[i], [1]]) @ screen.piece + screen.distance[d]
        assert score == pytest.approx(trigger @ piece[:-1] + piece[-1] + screen.sentence[s], rel=1e-4)


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    screens = {name: wanting(i) for i, name in enumerate(HEADS)}
    screening.save(tmp_path / "screens.npz", screens)
    loaded = screening.load(tmp_path / "screens.npz")
    assert set(loaded) == set(HEADS)
    for name in HEADS:
        assert (loaded[name].piece == screens[name].piece).all() and loaded[name].least == 1.0


def test_a_broken_file_is_named_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "screens.npz").write_bytes(b"junk")
    with pytest.raises(ModelError, match=r"screens\.npz.*reinstall"):
        screening.load(tmp_path / "screens.npz")
