"""Processes of this machine that read shares, and are replaced when they die."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from scaling import opened, pages, without_model

from dateline.errors import ModelError
from dateline.scale.executors import Local
from dateline.scale.shards import Share, code_digest


def test_a_share_comes_back_answered_or_without_its_process(tmp_path: Path) -> None:
    fine, poison = Share(0, 0, tuple(pages(["fine", "refuse"]))), Share(1, 0, tuple(pages(["good", "die"])))
    with Local(partial(opened, tmp_path), 2) as local:
        assert local.room() == 2
        local.submit(fine)
        local.submit(poison)
        found = dict([local.completed(), local.completed()])
        assert found[poison] is None
        answer = found[fine]
        assert answer is not None and len(answer.lines) == 2 and answer.code == code_digest()
        local.submit(fine)  # by the process that is left, or a new one
        again = local.completed()[1]
        assert again is not None and again.lines[0] == answer.lines[0]


def test_a_reader_that_cannot_start_is_told() -> None:
    with Local(without_model, 1) as local:
        local.submit(Share(0, 0, tuple(pages(["fine"]))))
        with pytest.raises(ModelError, match="install dateline again"):
            local.completed()
