"""Forms of a word have a stem in common, names are told from other words, and rare words tell more."""

from __future__ import annotations

import pytest

from dateline.link.words import cosine, kin, rarity, scaled, stem, stems, told, weighed


@pytest.mark.parametrize(
    "forms",
    [("kill", "killed", "killing", "killer", "kills"), ("attack", "attackers"), ("shell", "shelling")],
)
def test_forms_of_a_word_have_one_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


def test_small_words_are_left_out_and_numbers_stay() -> None:
    assert stems("The raid on 12 of them") == [stem("raid"), "12"]


def test_words_that_often_name_one_happening_are_kin() -> None:
    assert stem("attack") in kin(stem("raid"))
    assert kin("zzz") == {"zzz"}


def test_names_are_written_with_a_capital_within_a_sentence() -> None:
    words = told("Guards fled. The guards of Orlin and 7 others left Orlin.")
    assert words.names["orlin"] == 2 and "7" in words.names
    assert stem("guards") in words.others and stem("guards") not in words.names


def test_rare_words_tell_more_and_the_most_telling_are_kept() -> None:
    assert rarity("zzz") > rarity(stem("attack"))
    kept = weighed({"zzz": 1, stem("attack"): 1}, most=1)
    assert kept == {"zzz": 1.0}


def test_likeness_is_that_of_directions() -> None:
    one = scaled({"a": 3.0, "b": 4.0})
    assert cosine(one, one) == pytest.approx(1) and cosine(one, {"c": 1.0}) == 0
    assert cosine(one, {"a": 1.0}) == cosine({"a": 1.0}, one) == pytest.approx(0.6)
    assert scaled({}) == {}
