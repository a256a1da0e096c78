from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dateline.types import Article, EventReport, Filler, Reading
from training import errors

TEXT = "Gunmen shot two guards at Brenik. The ministry condemned the raid and vowed to answer."
ARTICLE = Article("a1", TEXT)


def report(words: str, kind: str = "ASSAULT", **given: Any) -> EventReport:
    start = TEXT.index(words)
    given = {"mode": "", "status": "actual", "happening": "A"} | given
    trigger = ARTICLE.span(start, start + len(words))
    return EventReport(id=words, trigger=trigger, type=kind, confidence=0.9, **given)


def filler(words: str) -> Filler:
    start = TEXT.index(words)
    return Filler(start, start + len(words), words)


def causes(gold: list[EventReport], predicted: list[EventReport]) -> list[tuple[str, ...]]:
    sides = (Reading(ARTICLE, "", events=tuple(side)) for side in (gold, predicted))
    return [case.causes for case in errors.wrong(*sides)]


def test_what_is_as_gold_has_it_is_no_case() -> None:
    shot = report("shot", actor=(filler("Gunmen"),))
    assert causes([shot, report("vowed", "THREATEN")], [shot, report("vowed", "THREATEN")]) == []


def test_reports_without_counterpart() -> None:
    assert causes([report("shot")], []) == [("missed",)]
    assert causes([], [report("shot")]) == [("spurious",)]
    assert causes([report("shot")], [report("shot", "ACCUSE")]) == [("type",)]
    assert causes([report("vowed")], [report("raid")]) == [("other word",)]
    assert causes([report("shot")], [report("raid")]) == [("missed",), ("spurious",)]


def test_a_case_names_each_difference_once_the_first_one_first() -> None:
    shot = report("shot", actor=(filler("Gunmen"),), recipient=(filler("two guards"),), mode="firearms")
    assert causes([shot], [replace(shot, actor=())]) == [("filler lost",)]
    assert causes([shot], [replace(shot, place=(filler("Brenik"),))]) == [("filler made up",)]
    assert causes([shot], [replace(shot, actor=(filler("The ministry"),))]) == [("filler wrong",)]
    longer = filler("two guards at Brenik. The ministry")
    assert causes([shot], [replace(shot, recipient=(longer,))]) == [("filler cut",)]
    worst = replace(shot, status="future", actor=(), recipient=(), mode="beat")
    assert causes([shot], [worst]) == [("status", "filler lost", "mode")]


def test_happenings_torn_apart_and_thrown_together() -> None:
    shot, raid = report("shot"), report("raid")
    apart = replace(raid, happening="B")
    assert causes([shot, raid], [shot, apart]) == [("split",)] * 2
    assert causes([shot, apart], [shot, raid]) == [("merged",)] * 2


def test_shares() -> None:
    assert errors.shares(["b", "a", "b", "b"], "abc") == [("a", 1, 25), ("b", 3, 75), ("c", 0, 0)]


def test_a_sample_is_judged_by_the_closed_list(tmp_path: Path) -> None:
    (case,) = errors.wrong(Reading(ARTICLE, "", events=(report("raid"),)), Reading(ARTICLE, ""))
    line = errors.recorded(case)
    assert line["before"] + line["after"] == TEXT
    assert line["predicted"] is None
    path = tmp_path / "sample.jsonl"
    for judgement in ("overlooked noun", "bad luck"):
        path.write_text(json.dumps(line | {"by_eye": judgement}))
        if judgement in errors.BY_EYE:
            assert errors.judged(path) == [judgement]
        else:
            with pytest.raises(ValueError, match=r"sample\.jsonl:1: by_eye is 'bad luck'; write one of over"):
                errors.judged(path)
