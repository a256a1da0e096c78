from __future__ import annotations

from typing import get_args

from dateline import ontology
from dateline.types import EventReport, Status


def test_there_are_sixteen_types() -> None:
    assert len(ontology.TYPES) == len(set(ontology.TYPES)) == 16


def test_every_type_has_a_root_and_every_root_a_penta_code() -> None:
    assert {ontology.root(kind) for kind in ontology.TYPES} == set(ontology.PENTA)
    assert ontology.root("RETREAT") == ontology.root("CONCEDE") == "YIELD"
    assert set(ontology.PENTA.values()) == {1, 2, 3, 4}


def test_the_roles_and_statuses_are_those_of_an_event_report() -> None:
    assert set(ontology.ROLES) < set(EventReport.__dataclass_fields__)
    assert get_args(Status) == ontology.STATUSES


def test_every_type_has_the_empty_mode_first() -> None:
    assert ontology.FLAT_MODES[0] == ("AGREE", "")
    assert len(ontology.FLAT_MODES) == len(ontology.TYPES) + sum(map(len, ontology.MODES.values()))
