from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from test_notation import NOTE

from dateline.annotation import files
from dateline.annotation.words import Mistake
from dateline.errors import GoldError


def lines(text: str) -> list[tuple[int, Any]]:
    return [(line, "wrong" if isinstance(each, Mistake) else each) for line, each in files.objects(text)]


def test_objects_stand_one_after_another_however_laid_out() -> None:
    assert lines('{"a": 1}\n{"b": 2}\n') == [(1, {"a": 1}), (2, {"b": 2})]
    assert lines('\n{"a":\n 1}\n\n  {"b": {}}  {"c": 3}') == [(2, {"a": 1}), (5, {"b": {}}), (5, {"c": 3})]
    assert lines(" \n") == []


def test_after_a_broken_object_reading_goes_on() -> None:
    assert lines('{"a": }\n{"b": 2}') == [(1, "wrong"), (2, {"b": 2})]
    assert lines('{"a": [1,\n2\n {"b": 2}') == [(1, "wrong"), (3, {"b": 2})]
    assert lines('[1]\n"x"\n{"b": 2}') == [(1, "wrong"), (2, "wrong"), (3, {"b": 2})]


def test_what_is_laid_out_is_read_again_a_line_a_sentence_and_a_report() -> None:
    text = files.laid_out(NOTE)
    assert lines(text) == [(1, NOTE)]
    assert '\n  "2": "It blamed the Kerlo Front for the attack.",\n' in text
    assert len(text.splitlines()) == 3 + 1 + 3 + 1 + 2 + 1 + 2


def test_mistakes_are_named_by_file_line_article_and_field(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    wrong = {**NOTE, "id": "a2", "events": [{**NOTE["events"][0], "status": "past"}, NOTE["events"][1]]}
    articles = [NOTE, wrong, NOTE, {**NOTE, "id": None}]
    path.write_text("\n".join(map(json.dumps, articles)) + "\n{", encoding="utf-8")
    checked = files.check([path])
    assert [mistake.removeprefix(f"{path}:") for mistake in checked.mistakes] == [
        "2: a2: e1 status: 'past' is not one; write actual, future, hypothetical, negated",
        "3: a1: id: another article has it; give each article a name of its own",
        "4: None: id: there is none; give the article a name of its own",
        "5: an article without id: JSON: Expecting property name enclosed in double quotes: "
        f"line 5 column 2 (char {len(path.read_text('utf-8'))}); look for a comma or quotation mark amiss",
    ]


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"none\.jsonl: no such file or directory; give the path"):
        files.check([tmp_path / "none.jsonl"])
