"""How inputs are cut and named, and how a share is read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scaling import opened, pages

from dateline.errors import InputError
from dateline.pipeline import Item, Options
from dateline.scale import shards
from dateline.scale.shards import (
    Shard,
    Share,
    answering,
    asked_of,
    code_digest,
    cut,
    identity,
)
from dateline.show.jsonl import Printed
from dateline.types import Article, Page, Reading


@given(st.lists(st.text(max_size=5)), st.integers(1, 4), st.integers(1, 8))
def test_shards_have_all_items_in_order_and_are_small(contents: list[str], size: int, most: int) -> None:
    items = pages(contents)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shards, "MAX_BYTES", most)
        found = list(cut(items, size))
    assert [item for shard in found for item in shard.items] == items
    assert [shard.number for shard in found] == list(range(len(found)))
    for shard in found:
        assert 1 <= len(shard.items) <= size
        assert len(shard.items) == 1 or sum(map(shards.weight_of, shard.items)) <= most


def test_all_kinds_of_inputs_have_a_weight_and_a_name() -> None:
    article = Article("a", "Talks went on.")
    items: list[Item | InputError] = [
        Page("a", b"Talks went on."),
        article,
        Reading(article, "m1"),
        Printed("in.jsonl:1", "{}\n", article),
        InputError("a", "no such file", "check the path"),
    ]
    assert [shards.weight_of(item) for item in items] == [14, 14, 14, 14, 0]
    assert len({identity(Shard(0, (item,)), "", "") for item in items}) == 5


def test_where_a_line_came_from_is_not_of_its_id() -> None:
    here, there = (Shard(0, (Printed(where, "{}\n", Article("a", "x")),)) for where in ("in:1", "other:2"))
    assert identity(here, "asked", "code") == identity(there, "asked", "code")


def test_an_id_is_of_inputs_and_what_is_asked_and_code() -> None:
    page = Page("a.html", b"x", "text/html", "2031-05-04T10:00:00Z")
    shard = Shard(0, (page, page))
    known = identity(shard, "asked", "code")
    assert identity(Shard(7, (page, replace(page, fetched=None))), "asked", "code") == known
    others = [
        identity(Shard(0, (page,)), "asked", "code"),
        identity(Shard(0, (page, replace(page, content=b"y"))), "asked", "code"),
        identity(Shard(0, (page, replace(page, address="b.html"))), "asked", "code"),
        identity(Shard(0, (page, replace(page, media_type=None))), "asked", "code"),
        identity(shard, "otherwise", "code"),
        identity(shard, "asked", "other"),
    ]
    assert len({known, *others}) == 7


def test_what_is_asked_is_known_by_values_and_tables(tmp_path: Path) -> None:
    table = tmp_path / "actors.tsv"
    table.write_text("one")
    options = Options(tables=(table,))
    known = asked_of(options)
    assert asked_of(replace(options, threads=7)) == known
    table.write_text("two")
    assert asked_of(options) != known
    assert asked_of(Options(published="2031-05-04")) != asked_of(Options())


def test_the_code_is_known_by_its_files_and_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    assert code_digest() == code_digest() and len(code_digest()) == 32
    monkeypatch.setattr(shards, "version", lambda _: "another")
    assert code_digest.__wrapped__() != code_digest()


def test_a_share_is_answered_line_by_line(tmp_path: Path) -> None:
    share = Share(0, 0, tuple(pages(["fine", "refuse"])))
    with answering(lambda: opened(tmp_path)) as answer:
        read, error = answer(share).lines
    assert isinstance(read, bytes) and read.endswith(b"\n") and b'"fine"' in read
    assert isinstance(error, InputError) and error.name == "1.html"
    assert [(one.first, one.items) for one in share.singly()] == [(0, share.items[:1]), (1, share.items[1:])]
    assert share.again().deaths == 1
