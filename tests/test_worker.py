"""The worker process is killed by what would stop the batch, and replaced."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from dateline.extract import worker
from dateline.extract.webpage import TagTooLong
from dateline.extract.worker import PageRefused, Worker, answer_to, receive, send

PROSE = "<p>The two delegations met again on Monday in the old customs house.</p>" * 6
GOOD = f"<html><head><title>Talks resume</title></head><body><article>{PROSE}</article></body></html>"
# Attribute values with ">" slip past the look at tag lengths, and the parser takes a minute over them.
ATTRIBUTES = " ".join(f'a{i}=">"' for i in range(100_000))
SLOW = f"<html><body><div {ATTRIBUTES}>{PROSE}</div></body></html>"


@pytest.fixture
def process() -> Iterator[Worker]:
    found = Worker()
    yield found
    found.close()


def test_one_process_serves_many_pages(process: Worker) -> None:
    process.start()
    pid = process._process.pid  # type: ignore[union-attr]
    assert [process.take_apart(GOOD).metadata.title for _ in range(3)] == ["Talks resume"] * 3
    assert process._process.pid == pid  # type: ignore[union-attr]


def test_a_slow_page_is_killed_and_the_next_is_read(process: Worker) -> None:
    with pytest.raises(PageRefused, match="more than 5 s of processor time"):
        process.take_apart(SLOW)
    assert process.take_apart(GOOD).paragraphs


def test_a_page_that_waits_is_killed(process: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "WALL_SECONDS", 0.0)
    with pytest.raises(PageRefused, match="took more than 0 s"):
        process.take_apart(GOOD)
    monkeypatch.undo()
    assert process.take_apart(GOOD).paragraphs


def test_a_process_that_died_is_replaced(process: Worker) -> None:
    process.start()
    process._process.kill()  # type: ignore[union-attr]
    with pytest.raises(PageRefused, match="crashed"):
        process.take_apart(GOOD)
    assert process.take_apart(GOOD).paragraphs


def test_a_process_is_replaced_after_its_pages(process: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "PAGES_PER_PROCESS", 2)
    for _ in range(3):
        assert process.take_apart(GOOD).paragraphs
    assert process._pages == 1


@pytest.mark.parametrize(
    ("error", "refusal"),
    [
        (TagTooLong(), "64 KB"),
        (MemoryError(), "1 GB of memory"),
        (KeyError("x"), "cannot be parsed (KeyError)"),
    ],
)
def test_what_a_parser_raises_is_answered(
    monkeypatch: pytest.MonkeyPatch, error: Exception, refusal: str
) -> None:
    def fail(_: str) -> None:
        raise error

    monkeypatch.setattr(worker, "take_apart", fail)
    assert refusal in answer_to("")["refused"]


def test_messages_come_as_they_were_sent(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with io.FileIO(tmp_path / "pipe", "w+") as stream:
        send(stream, b"")
        send(stream, b"x" * 3_000_000)
        stream.seek(0)
        assert receive(stream) == b"" and receive(stream) == b"x" * 3_000_000
        with pytest.raises(EOFError):
            receive(stream)
