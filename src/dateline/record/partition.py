"""Claims → groups: joined by "same", kept apart by "different", in the order in which decisions are heard."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.types import Decision


class Groups:
    """Disjoint sets of ids of which some must not be joined."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._parent = {name: name for name in ids}
        self._size = dict.fromkeys(self._parent, 1)
        self._apart: dict[str, set[str]] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._parent

    def find(self, name: str) -> str:
        """The one that stands for the group of an id."""
        root = name
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[name] != root:
            self._parent[name], name = root, self._parent[name]
        return root

    def join(self, one: str, other: str) -> bool:
        """Make one group of two; false when they must stay apart."""
        kept, gone = self.find(one), self.find(other)
        if kept == gone:
            return True
        if gone in self._apart.get(kept, ()):
            return False
        if self._size[kept] < self._size[gone]:
            kept, gone = gone, kept
        self._parent[gone] = kept
        self._size[kept] += self._size.pop(gone)
        for enemy in self._apart.pop(gone, ()):
            self._apart[enemy].discard(gone)
            self._keep_apart(kept, enemy)
        return True

    def part(self, one: str, other: str) -> bool:
        """Keep two groups apart from now on; false when they are one already."""
        left, right = self.find(one), self.find(other)
        if left == right:
            return False
        self._keep_apart(left, right)
        return True

    def _keep_apart(self, one: str, other: str) -> None:
        self._apart.setdefault(one, set()).add(other)
        self._apart.setdefault(other, set()).add(one)


def grouped(ids: Iterable[str], heard: Iterable[Decision], same: str, different: str) -> Groups:
    """The groups that decisions of two kinds make of some ids; ids that are not among them are passed over.

    What is heard first holds: a later "same" cannot join what was told apart, nor a later
    "different" part what was joined.
    """
    groups = Groups(ids)
    for decision in heard:
        act = {same: groups.join, different: groups.part}.get(decision.kind)
        if act is not None:
            for one in decision.subject:
                for other in decision.object:
                    if one in groups and other in groups:
                        act(one, other)
    return groups


def partition(ids: Iterable[str], heard: Iterable[Decision]) -> dict[str, str]:
    """The smallest id of its group for each id, by "same" and "different"."""
    names = list(ids)
    groups = grouped(names, heard, "same", "different")
    smallest: dict[str, str] = {}
    for name in sorted(names):
        smallest.setdefault(groups.find(name), name)
    return {name: smallest[groups.find(name)] for name in names}
