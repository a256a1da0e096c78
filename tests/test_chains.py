from __future__ import annotations

import pytest

from dateline.record.chains import Link, chain, nearest
from dateline.types import Answer, Decision, Incident


def incident(name: str, *answers: str) -> Incident:
    said = Decision("answers", "reader", (name,), reason="in retaliation")
    return Incident(name, (), answers=tuple(Answer(other, (said,)) for other in answers))


def steps(links: tuple[Link, ...]) -> list[tuple[str, int]]:
    return [(link.incident, link.steps) for link in links]


def test_a_chain_runs_from_the_causes_to_what_followed() -> None:
    known = [incident("raid"), incident("strike", "raid"), incident("vow", "strike"), incident("other")]
    links = chain(known, "strike")
    assert steps(links) == [("raid", -1), ("strike", 0), ("vow", 1)]
    assert [decision.reason for decision in links[1].reasons()] == ["in retaliation"]
    assert steps(chain(known, "other")) == [("other", 0)]


def test_a_circle_is_told_and_ends() -> None:
    known = [incident("a", "b"), incident("b", "a"), incident("c", "b")]
    links = chain(known, "a")
    assert {link.incident for link in links} == {"a", "b", "c"}
    assert {link.incident: link.back for link in links} == {"a": ("b",), "b": ("a",), "c": ()}


def test_answers_to_what_is_not_known_are_left_out() -> None:
    (link,) = chain([incident("a", "gone")], "a")
    assert link.to == ()
    with pytest.raises(KeyError):
        chain([incident("a")], "gone")


def test_of_a_long_chain_the_nearest_are_kept_in_their_order() -> None:
    known = [incident(str(number), str(number - 1)) for number in range(9)]
    links = chain(known, "4")
    assert steps(nearest(links, 3)) == [("3", -1), ("4", 0), ("5", 1)]
    assert steps(nearest(links, 1)) == [("4", 0)] and nearest(links, 9) == links
