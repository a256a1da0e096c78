from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from dateline.errors import GoldError
from dateline.evaluation import gold


def loaded(path: Path, content: str) -> dict[str, str]:
    path.write_text(content, encoding="utf-8")
    return gold.load(path, lambda record: gold.article(record).text, "write id and text")


def test_records_come_by_id_in_the_order_of_the_file(tmp_path: Path) -> None:
    content = '{"id": "b", "text": "One."}\n\n{"id": "a", "text": "Two."}\n'
    assert list(loaded(tmp_path / "gold.jsonl", content).items()) == [("b", "One."), ("a", "Two.")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": "x", "text"', "Expecting"),
        ("[]", "is no JSON object"),
        ('{"text": "One."}', "'id' is missing"),
        ('{"id": 7, "text": "One."}', "id 7 is no string"),
        ('{"id": "x"}', "'text' is missing"),
        ('{"id": "x", "text": null}', "text is a NoneType, no string"),
        ('{"id": "ok", "text": "One."}', "id 'ok' stands twice"),
        ('"\udcff"', "codec can't decode"),
    ],
)
def test_a_bad_line_is_named_with_reason_and_remedy(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(f'{{"id": "ok", "text": "One."}}\n{line}\n'.encode(errors="surrogateescape"))
    with pytest.raises(GoldError, match=f"{path}:2: .*; write id and text") as raised:
        gold.load(path, lambda record: gold.article(record).text, "write id and text")
    assert reason in str(raised.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"none\.jsonl: no such file or directory; give the path"):
        gold.load(tmp_path / "none.jsonl", str, "")


def test_an_article_is_all_body_and_its_text_untouched() -> None:
    article = gold.article({"id": "x", "text": " Ö\r\n\u2028", "title": "", "published": "2024-02-04"})
    assert (article.text, article.body, article.title) == (" Ö\r\n\u2028", ((0, 5),), None)
    assert (article.published, article.published_from) == ("2024-02-04", "input")


def test_spans_stay_inside_the_text() -> None:
    article = gold.article({"id": "x", "text": "Kerlo fell."})
    assert gold.span(article, 0, 5).text == "Kerlo"
    for start, end in ((-1, 5), (3, 3), (6, 12)):
        with pytest.raises(ValueError, match="not inside the text of 11 characters"):
            gold.span(article, start, end)


def test_saved_records_load_again(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    gold.save(path, [{"id": "x", "text": "Ö\u2028line"}])
    assert gold.load(path, lambda record: record["text"], "") == {"x": "Ö\u2028line"}


def test_the_digest_is_the_files_sha256(tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_bytes(b"x\r\n")
    assert gold.digest(tmp_path / "gold.jsonl") == hashlib.sha256(b"x\r\n").hexdigest()
