"""Several processes add to one record at once, in either database: no error, nothing lost, nothing twice."""

from __future__ import annotations

import multiprocessing

from logs import article, first_reading, read, report

from dateline.record.incidents import incidents
from dateline.record.record import Record
from dateline.record.search import Wanted
from dateline.types import Reading

ARTICLES = 12
WRITERS = 3


def readings(writer: int) -> list[Reading]:
    """The same articles for each writer, each beginning elsewhere."""
    texts = [f"Gunmen killed {number} guards at post {number}." for number in range(ARTICLES)]
    told = [
        read(article(f"https://n{number}.example/", text), [report(text, "killed")])
        for number, text in enumerate(texts)
    ]
    start = writer * ARTICLES // WRITERS
    return [*told[start:], *told[:start], first_reading(f"https://own{writer}.example/")]


def write(target: str, writer: int, answers: multiprocessing.Queue[list[str]]) -> None:
    with Record.open(target) as record:
        answers.put([record.add(reading).outcome for reading in readings(writer)])


def test_writers_do_not_get_in_each_other_s_way(target: str) -> None:
    spawned = multiprocessing.get_context("spawn")
    answers = spawned.Queue()
    writers = [spawned.Process(target=write, args=(target, n, answers)) for n in range(WRITERS)]
    for process in writers:
        process.start()
    outcomes = [answers.get(timeout=120) for _ in writers]
    for process in writers:
        process.join()
    assert [process.exitcode for process in writers] == [0] * WRITERS
    assert sum(outcome.count("new") for outcome in outcomes) == ARTICLES + WRITERS
    with Record.open(target) as record:
        entries = record.entries()
        assert [entry.number for entry in entries] == list(range(1, ARTICLES + WRITERS + 1))
        assert len(record.find(Wanted())) == len(incidents(entries)) == ARTICLES + 2 * WRITERS
