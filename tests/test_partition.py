from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dateline.record.decisions import ordered
from dateline.record.partition import Groups, partition
from dateline.types import Decision

NAMES = "abcdef"
PAIR = st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda pair: pair[0] != pair[1])
TIE = st.builds(
    lambda kind, by, pair, score: Decision(kind, by, (pair[0],), (pair[1],), score=score),
    st.sampled_from(("same", "different", "unsure")),
    st.sampled_from(("linker", "linker", "reader", "Ana")),
    PAIR,
    st.sampled_from((0.5, 0.7, 0.9)),
)


def tie(kind: Any, one: str, other: str, by: str = "linker", score: float | None = 0.9) -> Decision:
    return Decision(kind, by, tuple(one), tuple(other), score=score)


def test_same_joins_and_the_smallest_names_the_group() -> None:
    assert partition("cab", [tie("same", "c", "b")]) == {"c": "b", "a": "a", "b": "b"}


def test_what_is_told_apart_stays_apart_whoever_stands_between() -> None:
    heard = ordered([tie("same", "a", "b"), tie("same", "b", "c"), tie("different", "a", "c", "Ana", None)])
    assert partition("abc", heard) == {"a": "a", "b": "a", "c": "c"}


def test_the_surer_of_two_joins_wins() -> None:
    heard = ordered(
        [tie("same", "a", "b", score=0.6), tie("same", "b", "c"), tie("different", "a", "c", "Ana")]
    )
    assert partition("abc", heard) == {"a": "a", "b": "b", "c": "b"}


def test_one_decision_may_be_about_many() -> None:
    heard = [
        tie("different", "ab", "cd"),
        tie("same", "a", "c"),
        tie("same", "a", "b"),
        tie("same", "cx", "d"),
    ]
    assert partition("abcd", heard) == {"a": "a", "b": "a", "c": "c", "d": "c"}


def test_enemies_stay_enemies_of_what_they_join() -> None:
    groups = Groups("abcd")
    assert groups.part("a", "b") and groups.join("a", "c") and groups.join("b", "d")
    assert not groups.join("c", "d")
    assert not groups.part("a", "c")


@given(st.lists(TIE, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_the_machines_decisions_does_not_matter(ties: list[Decision], random: Any) -> None:
    ties = [decision for decision in ties if decision.by != "Ana"]
    shuffled = random.sample(ties, len(ties))
    assert partition(NAMES, ordered(ties)) == partition(NAMES, ordered(shuffled))


@given(st.lists(TIE, max_size=12))
def test_no_group_holds_two_that_the_first_heard_tells_apart(ties: list[Decision]) -> None:
    heard = ordered(ties)
    groups = partition(NAMES, heard)
    assert all(groups[groups[name]] == groups[name] <= name for name in NAMES)
    if heard and heard[0].kind == "different":
        assert groups[heard[0].subject[0]] != groups[heard[0].object[0]]
