"""Claims meet under keys: some days, and a word, a name, a place or both parties in common."""

from __future__ import annotations

from dataclasses import replace

from told_links import VIEW, actor, place

from dateline.link.blocking import buckets, keys
from dateline.link.views import Days, View

DAY = 740_000


def meet(one: View, other: View) -> bool:
    return not set(keys(one)).isdisjoint(keys(other))


def test_reports_of_some_days_meet_by_word_and_a_name_of_the_article() -> None:
    one = replace(VIEW, published=DAY, names={}, article_names={"n1": 1.0})
    assert meet(one, replace(one, published=DAY + 4))
    assert not meet(one, replace(one, published=DAY + 30))
    assert not meet(one, replace(one, trigger=frozenset(["talk"])))
    assert not meet(one, replace(one, article_names={"n2": 1.0}))


def test_reports_of_one_family_of_types_meet_by_a_name_of_the_sentence() -> None:
    one = replace(VIEW, published=DAY, names={"orlin": 1.0}, article_names={})
    other = replace(one, trigger=frozenset(["blast"]))
    assert meet(one, other)
    assert not meet(one, replace(other, event=replace(other.event, type="AGREE")))


def test_reports_meet_by_place_and_by_parties() -> None:
    bare = replace(VIEW, published=DAY, names={}, article_names={})
    there = replace(bare, event=replace(bare.event, place=(place("Orlin", 10.2, 20.3),)))
    near = replace(bare, event=replace(bare.event, place=(place("Kerlo", 10.7, 20.9),)))
    far = replace(bare, event=replace(bare.event, place=(place("Tarn", 40.0, 20.3),)))
    assert meet(there, near) and not meet(there, far) and not meet(bare, bare)
    parties = replace(bare.event, actor=(actor("XXA-MIL"),), recipient=(actor("XXB-CVL"),))
    both = replace(bare, event=parties)
    assert meet(both, both) and not meet(both, there)


def test_the_day_told_goes_before_the_day_of_publication() -> None:
    told = replace(VIEW, published=DAY, days=Days(DAY - 100, DAY - 99))
    assert buckets(told) == buckets(replace(VIEW, published=DAY - 100))
    assert buckets(replace(told, days=Days(None, DAY))) == buckets(replace(told, days=None))


def test_articles_without_a_day_meet_one_another() -> None:
    undated = replace(VIEW, published=None, names={"orlin": 1.0})
    assert meet(undated, replace(undated, days=Days(DAY, DAY)))
    assert not meet(undated, replace(undated, published=DAY))


def test_keys_are_few() -> None:
    many = {f"n{n}": 1.0 for n in range(30)}
    assert len(keys(replace(VIEW, names=many, article_names=many))) <= 24
