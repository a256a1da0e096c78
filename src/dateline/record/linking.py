"""What the record asks of a linker. It is handed in: the record knows nothing of how links are found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from dateline.types import Citation, Claim, Decision, Reading


@dataclass(frozen=True, slots=True)
class Document:
    """An article's citation and the text of its body."""

    citation: Citation
    text: str


class Linker(Protocol):
    """Finds what a new claim or article may be compared with, and decides.

    Keys are opaque words. Claims are compared when they have a key in common, articles likewise; of
    the claims under one key only those published nearest are offered, ``MOST`` before and ``MOST`` after,
    so a key should be narrow. A key that ends in " >" meets those that end in " <" instead, and the other
    way round: what asks for something meets what has it, and not all that ask or have it one another.

    Which of two claims or articles is the new one, and what else is offered, should not matter: when the
    record is linked anew, each is asked about those published before it.
    """

    def kept(self, reading: Reading) -> Sequence[bytes]:
        """What is kept of each event report to compare it later, in their order; nothing for none."""
        ...

    def claim_keys(self, claim: Claim) -> Iterable[str]:
        """Block keys of a claim (time, place, actors, type); none when it cannot be compared."""
        ...

    def article_keys(self, document: Document) -> Iterable[str]:
        """Block keys of an article (bands of its signature)."""
        ...

    def decide(self, claim: Claim, candidates: Sequence[Claim]) -> Iterable[Decision]:
        """Decisions of a claim with claims of other articles, "same", "different", "unsure", "answers".

        By "linker", the claim as ``subject``, one candidate as ``object``, or the other way round, with
        score and reason; no decision says no opinion. "different" keeps apart also what others would
        bring together.
        """
        ...

    def copies(self, document: Document, candidates: Sequence[Document]) -> Iterable[Decision]:
        """ "copy" decisions of an article with those that it shares its origin with."""
        ...


def meeting(key: str) -> str:
    """The key under which those lie that a key meets."""
    if key.endswith((" >", " <")):
        return key[:-1] + ("<" if key[-1] == ">" else ">")
    return key


class Unlinked:
    """A linker without opinions: articles stay apart."""

    def kept(self, reading: Reading) -> Sequence[bytes]:  # noqa: ARG002
        """Nothing."""
        return ()

    def claim_keys(self, claim: Claim) -> Iterable[str]:  # noqa: ARG002
        """None."""
        return ()

    def article_keys(self, document: Document) -> Iterable[str]:  # noqa: ARG002
        """None."""
        return ()

    def decide(self, claim: Claim, candidates: Sequence[Claim]) -> Iterable[Decision]:  # noqa: ARG002
        """None."""
        return ()

    def copies(self, document: Document, candidates: Sequence[Document]) -> Iterable[Decision]:  # noqa: ARG002
        """None."""
        return ()
