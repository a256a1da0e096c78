from __future__ import annotations

import pytest
from invented_places import InventedGazetteer, article

from dateline.resolve.place.kinds import used
from dateline.resolve.place.names import Found, meant

GAZETTEER = InventedGazetteer()


@pytest.mark.parametrize(
    ("text", "name", "kind", "reason"),
    [
        ("Shells fell in Orlin.", "Orlin", "literal", "behind “in”"),
        ("Shells fell in southern Kerlo.", "Kerlo", "literal", "behind “in”"),
        ("They left for Orlin", "Orlin", "literal", "nothing else is said to be meant"),
        ("They met in Brenik Monday", "Brenik", "literal", "behind “in”"),
        ("Orlin fell on Monday", "Orlin", "literal", "nothing else is said to be meant"),
        ("Vale province is calm", "Vale", "literal", "nothing else is said to be meant"),
        ("Orlin residents fled", "Orlin", "modifier", "before “residents”"),
        ("the Kerlo border", "Kerlo", "literal", "nothing else is said to be meant"),
        ("the Kerlo talks", "Kerlo", "modifier", "before “talks”"),
        ("Orlin Police came", "Orlin", "modifier", "before “Police”"),
        ("Kerlo’s army shot", "Kerlo", "modifier", "in the possessive"),
        ("the Brenik-backed militia", "Brenik", "modifier", "tied to “backed”"),
        ("the University of Orlin", "Orlin", "modifier", "part of “University of Orlin”"),
        ("Ana Brandt of Orlin", "Orlin", "literal", "nothing else is said to be meant"),
        ("Brenik denied it.", "Brenik", "metonym", "its government “denied”"),
        ("Kerlo is preparing a reply", "Kerlo", "metonym", "its government “is preparing”"),
        ("Kerlo is large", "Kerlo", "literal", "nothing else is said to be meant"),
        ("Orlin denied it", "Orlin", "literal", "nothing else is said to be meant"),
        ("They held talks with Merovar.", "Merovar", "metonym", "its government is meant behind “with”"),
        ("a treaty between Kerlo and others", "Kerlo", "metonym", "its government is a party to treaty"),
        ("Kerlan guns", "Kerlan", "demonym", "names a people"),
        ("the Kerlans", "Kerlans", "demonym", "names a people"),
    ],
)
def test_kinds_and_their_reasons(text: str, name: str, kind: str, reason: str) -> None:
    start = text.index(name)
    found = Found(article(text).span(start, start + len(name)), *meant(name, GAZETTEER))
    assert used(text, found) == (kind, reason)
