"""How an article uses a place's name: for the place, before a noun, for its government, for its people.

The distinctions are those of the Pragmatic Taxonomy of Toponyms (Gritta et al. 2020), brought to four:
``literal`` ("in Homs"), ``modifier`` ("Homs residents", "Syria's army"), ``metonym`` ("Damascus denied
it") and ``demonym`` ("Syrians"). Each rule looks at the words beside the name and says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from dateline.resolve.place.names import Found, governs
from dateline.resolve.place.words import (
    BODIES,
    CALENDAR,
    DEALING,
    DIRECTIONS,
    GOING_ON,
    NOUNS,
    OFFICES,
    PLACING,
    SINGULAR,
)
from dateline.types import ToponymKind

Used = tuple[ToponymKind, str]

ACTING = re.compile(
    r" ((?:(?:is|are|was|were) (?:not |now |also |still )?[a-z]+ing|has|have|had|will|would|can|could|may"
    r"|might|shall|should|must|does|do|did|said|says|told|wants|believes|insists|denies|accuses|blames|calls|hopes|plans|seeks"
    r"|sees|warns|claims|fears|backs|supports|opposes|knows|thinks|made|took|gave|sent|held|began|put|met|chose"
    r"|kept|went|came|withdrew|struck|hit|won|lost|fought"
    r"|(?!suffered|remained|flooded|burned|located|based|named|called|killed)[a-z]+ed)\b)"
)
"""What governments do."""
AFFAIRS = re.compile(
    r"\b(talks|relations|ties|agreement|deal|war|tensions|treaty|pact|dispute|negotiations|cooperation|"
    r"conflict|alliance|accord|peace) (?:between|with|of)\b[^.;]*$"
)

_NEXT = re.compile(r"(['’]s\b|['’](?=\s)|-(?=\w)| )([^\W\d_]*)")
_LAST = re.compile(r"([^\W\d_]+)[^\w.;:!?]*$")
_PART = re.compile(r"\b([A-Z][a-z]+) (?:of|for) (?:the )?$")
_PASSED = DIRECTIONS | {"the", "a", "an"}


@dataclass(frozen=True, slots=True)
class _Use:
    """A name with the words beside it; ``joint`` is what ties it to the word ``after``."""

    text: str
    found: Found
    before: str
    joint: str
    after: str

    @classmethod
    def of(cls, text: str, found: Found) -> _Use:
        behind = _NEXT.match(text, found.span.end)
        return cls(text, found, _before(text, found.span.start), *(behind.groups() if behind else ("", "")))


def _before(text: str, start: int) -> str:
    """The last word of the sentence before an offset, in lower case, articles and directions passed over."""
    while match := _LAST.search(text, max(0, start - 24), start):
        if (word := match[1].lower()) not in _PASSED:
            return word
        start = match.start()
    return ""


def _people(use: _Use) -> Used | None:
    return ("demonym", "names a people") if use.found.demonym else None


def _owner(use: _Use) -> Used | None:
    return ("modifier", "in the possessive") if use.joint[:1] in {"'", "’"} else None


def _tied(use: _Use) -> Used | None:
    return ("modifier", f"tied to “{use.after}”") if use.joint == "-" else None


def _agent(use: _Use) -> Used | None:
    acts = ACTING.match(use.text, use.found.span.end)
    if acts and governs(use.found.entries) and use.before not in PLACING | {"of"}:
        return "metonym", f"its government “{acts[1]}”"
    return None


def _qualifier(use: _Use) -> Used | None:
    after = use.after.lower()
    goes_on = (
        not after or after in GOING_ON | CALENDAR | NOUNS | SINGULAR.keys() or after.endswith(("ed", "ing"))
    )
    if goes_on or ACTING.match(use.text, use.found.span.end):
        return None
    return "modifier", f"before “{use.after}”"


def _part(use: _Use) -> Used | None:
    name = _PART.search(use.text, max(0, use.found.span.start - 40), use.found.span.start)
    if name and name[1].lower() in BODIES | OFFICES:
        return "modifier", f"part of “{name[0]}{use.found.span.text}”"
    return None


def _party(use: _Use) -> Used | None:
    if governs(use.found.entries) and use.before in DEALING:
        return "metonym", f"its government is meant behind “{use.before}”"
    affair = AFFAIRS.search(use.text, max(0, use.found.span.start - 50), use.found.span.start)
    return (
        ("metonym", f"its government is a party to {affair[1]}")
        if governs(use.found.entries) and affair
        else None
    )


def _place(use: _Use) -> Used:
    return (
        "literal",
        f"behind “{use.before}”" if use.before in PLACING else "nothing else is said to be meant",
    )


RULES: tuple[Callable[[_Use], Used | None], ...] = (
    _people, _owner, _tied, _agent, _qualifier, _part, _party, _place,
)  # fmt: skip
"""In this order; the first that answers decides."""


def used(text: str, found: Found) -> Used:
    """The kind of a name where it stands, with the reason."""
    use = _Use.of(text, found)
    return next(filter(None, (rule(use) for rule in RULES)))
