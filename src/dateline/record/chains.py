"""Chains of answers: what an incident is in answer to, and what came in answer to it, both as far as told."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dateline.types import Answer, Decision, Incident


@dataclass(frozen=True, slots=True)
class Link:
    """An incident of a chain.

    ``steps`` is how many answers lie between it and where the chain was asked for: negative before
    it, positive after. ``to`` are the incidents of the chain that it answers; ``back`` those of them
    that answer it in turn, directly or not: there the chain is a circle.
    """

    incident: str
    steps: int
    to: tuple[Answer, ...] = ()
    back: tuple[str, ...] = ()

    def reasons(self) -> tuple[Decision, ...]:
        """Why it is said to be in answer to something."""
        return tuple(decision for answer in self.to for decision in answer.decisions)


def chain(incidents: Iterable[Incident], start: str) -> tuple[Link, ...]:
    """The incidents that lead to one and follow from it, causes first; each is there once.

    Raises ``KeyError`` when the incident is not among them.
    """
    known = {incident.id: incident for incident in incidents}
    if start not in known:
        raise KeyError(start)
    to = {name: [a.incident for a in each.answers if a.incident in known] for name, each in known.items()}
    of: dict[str, list[str]] = {name: [] for name in known}
    for name, others in to.items():
        for other in others:
            of[other].append(name)
    before, after = _reached(start, to), _reached(start, of)
    steps = {name: -distance for name, distance in before.items()}
    # What both leads here and follows from here lies on a circle; the shorter way counts.
    steps |= {n: d for n, d in after.items() if n not in before or d < before[n]}
    return tuple(
        Link(
            name,
            steps[name],
            tuple(answer for answer in known[name].answers if answer.incident in steps),
            tuple(other for other in to[name] if other in steps and name in _reached(other, to)),
        )
        for name in sorted(steps, key=lambda name: (steps[name], name))
    )


def nearest(links: Sequence[Link], most: int) -> tuple[Link, ...]:
    """Those of a chain that are the fewest answers away, at most so many, in their order."""
    by_distance = sorted(range(len(links)), key=lambda place: abs(links[place].steps))
    return tuple(links[place] for place in sorted(by_distance[:most]))


def _reached(start: str, onward: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """Everything that can be reached, with the number of steps; circles end where they close."""
    steps, queue = {start: 0}, deque([start])
    while queue:
        name = queue.popleft()
        for other in onward[name]:
            if other not in steps:
                steps[other] = steps[name] + 1
                queue.append(other)
    return steps
