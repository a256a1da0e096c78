from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from dateline.errors import GoldError
from dateline.evaluation import copies, tasks

WORDS = [f"{stem}{ending}" for stem in ("orl", "mer", "tav", "kes", "bren", "hal") for ending in range(40)]


def written(seed: int) -> str:
    draw = Random(seed)
    return " ".join(" ".join(draw.choices(WORDS, k=12)).capitalize() + "." for _ in range(20))


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    texts = {f"n{seed}": written(seed) for seed in range(12)}
    texts |= {
        "rewritten": texts["n3"][:1200] + written(50)[:300],
        "short": "Six guards were hurt at Merovar.",
    }
    path = tmp_path / "articles.jsonl"
    path.write_text("".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in texts.items()))
    return path


def test_related_articles_are_left_out_and_short_ones_not_copied(articles: Path) -> None:
    told = copies.load(articles)
    assert "rewritten" not in told and "short" in told and "copy of short" not in told
    assert sum(each.of is not None for each in told.values()) == 12
    assert {each.left_out for each in told.values()} == {1}
    assert copies.load(articles) == told


def test_a_copy_is_shorter_re_headed_and_rewritten(articles: Path) -> None:
    told = copies.load(articles)
    whole, copy = told["n3"], told["copy of n3"]
    assert copy.of == "n3" and copy.text != whole.text
    assert copy.text.split("\n")[0] in copies.HEADLINES
    assert 0.25 * len(whole.text) < len(copy.text) < 1.1 * len(whole.text)


def test_words_change_as_often_as_asked() -> None:
    sentence = written(1)
    assert copies.rewritten(sentence, 0, Random(1)) == sentence
    changed = copies.rewritten(sentence, 0.2, Random(1)).split()
    assert 0.6 < len(set(changed) & set(sentence.split())) / len(set(sentence.split())) < 1


def test_copies_are_found_and_figures_counted(articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    done = tasks.evaluated("copies", articles, predictions=out)
    assert done.figures["copies"] == {
        "p": 100,
        "r": 100,
        "f1": 100,
        "right": 12,
        "predicted": 12,
        "gold": 12,
        "articles": 13,
        "left_out": 1,
    }
    assert re.search(r'"tied": \["n3"\], "copy_of": "n3"', out.read_text())


def test_a_wrong_tie_and_a_missing_one_count(articles: Path) -> None:
    gold = copies.load(articles)
    answers = {name: replace(told, tied=(told.of,) if told.of else ()) for name, told in gold.items()}
    answers["n1"] = replace(answers["n1"], tied=("n2",))
    answers["copy of n5"] = gold["copy of n5"]
    figure = copies.figures(gold, answers)["copies"]
    assert (figure["right"], figure["predicted"], figure["gold"]) == (11, 12, 12)


def test_bad_lines_are_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text('{"id": "one"}\n')
    with pytest.raises(GoldError, match=r"bad\.jsonl:1: 'text' is missing; copies are made of"):
        copies.load(path)
