from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path
from random import Random

import pytest
from scorers import SHARED, scorer, with_data, with_scorers

from dateline.errors import GoldError
from dateline.evaluation import pages
from dateline.evaluation.pages import PageBody


def bodies(**texts: str) -> dict[str, PageBody]:
    return {key: PageBody(Path(f"{key}.html.gz"), "", text) for key, text in texts.items()}


def test_shingles_are_runs_of_four_words() -> None:
    assert pages.shingles("a b, c d! e") == [("a", "b", "c", "d"), ("b", "c", "d", "e")]
    assert pages.shingles("one two") == [("one", "two")]
    assert pages.shingles(" … ") == []


def test_figures_worked_out_by_hand() -> None:
    gold = bodies(one="a b c d e", two="", three="x")
    figures = pages.figures(gold, bodies(one="a b c d", two="spurious"))
    assert figures["article body"] == {
        "p": 50,  # of one and two; three has no answer
        "r": 25,  # of one and three; two has no words in gold
        "f1": pytest.approx(100 / 3),
        "gold": 3,
    }
    assert figures["accuracy"] == {"accuracy": 0, "right": 0, "gold": 3}
    assert pages.figures(gold, bodies(two=" ", three="X x"))["accuracy"]["right"] == 1


def test_a_half_goes_by_the_last_hex_digit() -> None:
    for identity in ("a", "b", "c", "d"):
        odd = int(hashlib.sha256(identity.encode()).hexdigest()[-1], 16) % 2 == 1
        assert pages.half(identity) == ("dev" if odd else "train")


def test_gold_lies_beside_its_pages(tmp_path: Path) -> None:
    truth = {"one": {"articleBody": "The post fell.", "url": "https://kerlo.example/post"}}
    (tmp_path / "truth.json").write_text(json.dumps(truth))
    page = tmp_path / "html" / "one.html.gz"
    expected = PageBody(page, "https://kerlo.example/post", "The post fell.")
    assert pages.load(tmp_path / "truth.json") == {"one": expected}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("[]", "truth.json: is no JSON object"),
        ("{", "truth.json: Expecting"),
        ('{"one": {}}', "truth.json: page one: 'articleBody' is missing"),
        ('{"one": {"articleBody": 3}}', "truth.json: page one: articleBody is a int, no string"),
        ('{"one": null}', "truth.json: page one: "),
    ],
)
def test_bad_gold_is_named(tmp_path: Path, content: str, reason: str) -> None:
    (tmp_path / "truth.json").write_text(content)
    with pytest.raises(GoldError, match=f"{reason}.*; pages are a JSON object"):
        pages.load(tmp_path / "truth.json")


def test_pages_are_answered_by_extraction(tmp_path: Path) -> None:
    sentences = (
        "Minister Ana Brandt said on Sunday that the raid on the Orlin crossing would be answered. " * 3
    )
    page = f"<html><head><title>Raid</title></head><body><article><p>{sentences}</p></article></body></html>"
    path = tmp_path / "one.html.gz"
    path.write_bytes(gzip.compress(page.encode()))
    with pages.answering(None) as (answer, digest):
        assert answer(PageBody(path, "one.html", "")).body.strip() == sentences.strip()
        with pytest.raises(GoldError, match=r"none\.html\.gz: no such file or directory; pages are"):
            answer(PageBody(tmp_path / "none.html.gz", "none.html", ""))
    assert digest is None


@with_scorers
@with_data
@pytest.mark.parametrize("seed", range(3))
def test_perturbed_gold_is_counted_as_the_scorer_counts(tmp_path: Path, seed: int) -> None:
    rnd, truth = Random(seed), SHARED / "data" / "pages" / "truth.json"
    gold = pages.load(truth)
    answers = {
        key: PageBody(page.page, page.url, page.body[rnd.randrange(-300, 300) :])
        for key, page in gold.items()
        if rnd.random() < 0.9
    }
    pages.save(tmp_path / "predicted.json", answers)
    shared = scorer("score")
    sides = (shared.read_pages(str(path)) for path in (truth, tmp_path / "predicted.json"))
    theirs, _ = shared.pages(*sides, None)
    ours = pages.figures(gold, answers)
    expected = {key: 100 * theirs[key] for key in ("p", "r", "f1")} | {"gold": theirs["pages"]}
    assert ours["article body"] == pytest.approx(expected, abs=1e-9)
    assert ours["accuracy"]["accuracy"] == pytest.approx(100 * theirs["accuracy"])
