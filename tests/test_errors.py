from __future__ import annotations

import inspect
import pickle

from dateline import errors
from dateline.errors import DatelineError, InputError, KnownInput, SkippedInput


def test_there_is_one_tree_and_every_error_says_what_it_is() -> None:
    kinds = [kind for _, kind in inspect.getmembers(errors, inspect.isclass)]
    assert all(issubclass(kind, DatelineError) and kind.__doc__ for kind in kinds)


def test_an_input_error_names_the_input_the_reason_and_the_remedy() -> None:
    error = InputError("one.html", "is empty", "give a page")
    assert str(error) == "one.html: is empty; give a page"
    assert (error.name, error.reason, error.remedy) == ("one.html", "is empty", "give a page")
    assert issubclass(SkippedInput, InputError)


def test_a_known_input_tells_of_which_article_it_is_also_from_another_process() -> None:
    known = pickle.loads(pickle.dumps(KnownInput("in.jsonl:1", "a1", "Talks fail")))
    assert (known.name, known.article, known.title) == ("in.jsonl:1", "a1", "Talks fail")
