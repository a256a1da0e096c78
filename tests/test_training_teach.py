"""What a teacher's chances look like to a student."""

import numpy as np

from dateline.ontology import FLAT_MODES, ROLES, STATUSES, TYPES
from dateline.read.dyads import ROOTS
from dateline.read.encoder import Encoder
from dateline.read.reading import MODEL
from training import teach

TEXT = "Gunmen killed two guards at Brenik. The army shelled the hills, and the president condemned the raid."


def test_chances_have_the_shapes_of_labels() -> None:
    taught = teach.taught(TEXT, "t", [Encoder(MODEL, threads=1)])
    events, soft = taught.events, taught.soft
    assert events and soft
    t = len(events)
    assert soft.triggers.shape == (len(taught.pieces), 1 + 2 * len(TYPES))
    assert soft.roles.shape[0] == t and soft.roles.shape[2:] == (len(ROLES), 3)
    assert soft.status.shape == (t, len(STATUSES)) and soft.mode.shape == (t, len(FLAT_MODES))
    assert soft.pairs.shape == (t * (t - 1), 2)
    assert np.allclose(soft.triggers.sum(1), 1, atol=0.01)


def test_a_text_without_events_still_teaches_that() -> None:
    taught = teach.taught("The sea is calm.", "t", [Encoder(MODEL, threads=1)])
    assert taught.events == [] and taught.soft and taught.soft.roles.shape[0] == 0


def test_two_parties_of_a_sentence_are_taught_as_a_dyad() -> None:
    teacher = Encoder(MODEL, threads=1)
    taught = teach.taught(TEXT, "t", [teacher])
    found = list(teach.between(TEXT, taught, [teacher, teacher]))
    assert "Gunmen killed two guards at Brenik." in {d.text for d in found}
    for dyad in found:
        assert dyad.source and dyad.target and dyad.text in TEXT
        assert len(dyad.chances) == len(ROOTS) and np.isclose(sum(dyad.chances), 1, atol=1e-3)
        for start, end in (dyad.source, dyad.target):
            assert 0 <= start < end <= len(dyad.text)
