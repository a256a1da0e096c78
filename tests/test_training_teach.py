"""What a teacher's chances look like to a student."""

import numpy as np

from dateline.ontology import FLAT_MODES, ROLES, STATUSES, TYPES
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
