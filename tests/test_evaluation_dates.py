"""The task ``dates``: gold, answers and figures, held against the project's own scorer."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from scorers import SHARED, corpus, scorer, with_data, with_scorers, written

from dateline.errors import GoldError
from dateline.evaluation import dates
from dateline.evaluation.dates import Date, Dates
from dateline.evaluation.tasks import evaluated

TEXT = "Gunmen attacked the post on Friday, as in 2012."
FRIDAY, YEAR = {"start": 28, "end": 34}, {"start": 42, "end": 46}
RECORD = {
    "id": "one",
    "published": "2024-02-04",
    "text": TEXT,
    "genre": "news",
    "dates": [{**FRIDAY, "when": "2024-02-02"}, {**YEAR, "from": "2012", "to": "2012"}],
}


@pytest.mark.parametrize(
    ("given", "interval"),
    [
        ({"when": "2024-02-02"}, ("2024-02-02", "2024-02-02")),
        ({"when": "2024-02"}, ("2024-02-01", "2024-02-29")),
        ({"when": "2024"}, ("2024-01-01", "2024-12-31")),
        ({"when": "2024-02-02T22:30:00"}, ("2024-02-02", "2024-02-02")),
        ({"from": "2011", "to": "2014-06"}, ("2011-01-01", "2014-06-30")),
        ({"notBefore": "2011", "notAfter": "2014"}, ("2011-01-01", "2014-12-31")),
        ({"when": "-0508"}, ("-0508-01-01", "-0508-12-31")),
        ({"when": "--07-21"}, None),
        ({"when": "22:30:00"}, None),
        ({"notAfter": "2014"}, None),
        ({}, None),
    ],
)
def test_gold_intervals(given: dict[str, str], interval: tuple[str, str] | None) -> None:
    assert dates.interval(given) == interval


def test_gold_as_ours_and_as_gums() -> None:
    ours = dates.parsed(RECORD)
    gums = dates.parsed(
        {**RECORD, "meta": {"dateCreated": "2024-02-04"}, "published": None, "sentences": [[0, 47]]}
        | {key: value for key, value in RECORD.items() if key != "published"}
    )
    assert ours.article.published == "2024-02-04"
    assert (gums.sentences, gums.genre) == (((0, 47),), "news")
    assert [(each.text, each.interval) for each in ours.dates] == [
        ("Friday", ("2024-02-02", "2024-02-02")),
        ("2012", ("2012-01-01", "2012-12-31")),
    ]


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"id": "one", "text": TEXT}, "'dates' is missing"),
        ({"id": "one", "text": TEXT, "dates": [{"start": 40, "end": 99}]}, "span 40-99 is not inside"),
    ],
)
def test_bad_gold_is_named(tmp_path: Path, record: dict[str, object], reason: str) -> None:
    with pytest.raises(GoldError, match=rf"gold.jsonl:1: {reason}.*; a dates line holds"):
        dates.load(written(tmp_path / "gold.jsonl", [record]))


def test_a_run_answers_and_counts(tmp_path: Path) -> None:
    gold = written(tmp_path / "gold.jsonl", [RECORD, {**RECORD, "id": "two", "genre": "letter"}])
    run = evaluated("dates", gold, genre="news", predictions=tmp_path / "answers.jsonl")
    assert run.documents == 1 and run.model is None
    assert run.figures["dates"] == {"accuracy": 100, "right": 2, "gold": 2}
    assert set(run.figures) == {"dates", "resolved", "day", "year"}
    (line,) = (tmp_path / "answers.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["dates"][0] == {**FRIDAY, "from": "2024-02-02", "to": "2024-02-02"}
    with pytest.raises(GoldError, match="nothing to evaluate"):
        evaluated("dates", gold, genre="speech")


def test_figures_worked_out_by_hand() -> None:
    gold = {"one": dates.parsed(RECORD)}
    friday, year = gold["one"].dates
    answers = {"one": replace(gold["one"], dates=(friday, replace(year, interval=None)))}
    figures = dates.figures(gold, answers)
    assert figures["dates"] == {"accuracy": 50, "right": 1, "gold": 2}
    assert figures["resolved"] == {"accuracy": 100, "right": 1, "gold": 1}
    assert figures["year"]["accuracy"] == 0
    assert dates.figures(gold, {})["resolved"] == {"accuracy": 0, "right": 0, "gold": 0}


def perturbed(rnd: Random, gold: Dates) -> Dates:
    """Gold's answers, some gone, some open, some of other days."""
    intervals = [date.interval for date in gold.dates]
    kept = [date for date in gold.dates if rnd.random() < 0.9]
    return replace(gold, dates=tuple(_moved(rnd, date, intervals) for date in kept))


def _moved(rnd: Random, date: Date, intervals: list[dates.Interval | None]) -> Date:
    return replace(date, interval=rnd.choice(intervals)) if rnd.random() < 0.3 else date


@with_scorers
@with_data
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the scorer closes no file
@pytest.mark.parametrize("seed", range(3))
def test_perturbed_gold_is_counted_as_the_scorer_counts(
    tmp_path: Path, seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    rnd, path = Random(seed), SHARED / "data" / "gum" / "dev.jsonl"
    gold = dates.load(path)
    answers = {key: perturbed(rnd, case) for key, case in gold.items() if rnd.random() < 0.9}
    dates.save(tmp_path / "predicted.jsonl", answers)
    scorer("dates").main(str(path), str(tmp_path / "predicted.jsonl"), "--json")
    theirs = json.loads(capsys.readouterr().out)
    ours = dates.figures(gold, answers)
    assert ours["dates"]["accuracy"] == pytest.approx(100 * theirs["accuracy"])
    assert ours["resolved"]["accuracy"] == pytest.approx(100 * theirs["precision"])
    assert (ours["resolved"]["gold"], ours["dates"]["gold"]) == (theirs["resolved"], theirs["gold"])
    lengths = {name: figure for name, figure in ours.items() if name not in ("dates", "resolved")}
    assert {name: figure["gold"] for name, figure in lengths.items()} == {
        name: figure["gold"] for name, figure in theirs["per_precision"].items()
    }
    for name, figure in lengths.items():
        assert figure["accuracy"] == pytest.approx(100 * theirs["per_precision"][name]["accuracy"])


@with_data
def test_gums_news_reach_what_is_promised() -> None:
    gold = {
        record["id"]: dates.parsed(record)
        for part in ("train", "dev")
        for record in corpus(f"gum/{part}.jsonl")
    }
    news = {key: case for key, case in gold.items() if case.genre == "news"}
    with dates.answering(None) as (answer, _):
        answers = {key: answer(case) for key, case in news.items()}
    assert dates.figures(news, answers)["dates"]["accuracy"] >= 85
