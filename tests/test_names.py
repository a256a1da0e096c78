"""Names as the reader marks them."""

import pytest

from dateline.ontology import MENTIONS
from dateline.read.reading import Reader
from dateline.types import Article

TEXT = (
    "Foreign Minister Anna Keller met officials of the Red Cross in Geneva on Tuesday.\n\n"
    "Fighting went on near Aleppo, where the Syrian army lost two tanks."
)


@pytest.fixture(scope="module")
def named() -> set[tuple[str, str]]:
    return {(m.kind, m.text) for m in Reader.load(threads=1).read(Article("names", TEXT)).mentions}


def test_places_are_toponyms(named: set[tuple[str, str]]) -> None:
    assert {("Toponym", "Geneva"), ("Toponym", "Aleppo")} <= named


def test_organisations_and_times_have_their_kinds(named: set[tuple[str, str]]) -> None:
    assert any(kind == "Organisation" and "Red Cross" in text for kind, text in named)
    assert any(kind == "Temporal" and "Tuesday" in text for kind, text in named)


def test_mentions_stand_in_text_order_with_known_kinds() -> None:
    mentions = Reader.load(threads=1).read(Article("names", TEXT)).mentions
    assert [m.start for m in mentions] == sorted(m.start for m in mentions)
    for mention in mentions:
        assert mention.kind in MENTIONS and TEXT[mention.start : mention.end] == mention.text
