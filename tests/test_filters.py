from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import InputError
from dateline.ontology import SECTORS, STATUSES, TYPES
from dateline.record.search import Wanted
from dateline.site.filters import KEYS, Filter, boxed, parsed, understood

texts = (
    st.text(min_size=1, max_size=40)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda t: t and "\0" not in t)
)
days = st.dates().map(lambda day: day.isoformat())
edges = st.floats(-89, 89).map(lambda edge: round(edge, 4))
boxes = st.tuples(edges, edges, edges, edges).filter(lambda box: box[1] < box[3])
filters = st.builds(
    Filter,
    text=st.none() | texts,
    since=st.none() | days,
    box=st.none() | boxes,
    actor=st.none() | texts,
    type=st.none() | st.sampled_from(TYPES),
    place=st.none() | texts,
    status=st.none() | st.sampled_from(STATUSES),
    source=st.none() | texts,
    sector=st.none() | st.sampled_from(list(SECTORS)),
    as_of=st.none() | days,
)


@given(filters)
def test_a_filter_comes_back_from_its_query(asked: Filter) -> None:
    assert parsed(parse_qsl(asked.query())) == (asked, ())


@given(filters, st.randoms())
def test_a_view_has_one_query_whatever_the_order(asked: Filter, dice: object) -> None:
    pairs = asked.items()
    dice.shuffle(pairs)  # type: ignore[attr-defined]
    assert understood(pairs).query() == asked.query()


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"since": "12 March"}, "since=12 March: is no day; write it as 2024-02-04"),
        ({"until": "2024-02-30"}, "until=2024-02-30: is no day; write it as 2024-02-04"),
        (
            {"since": "2024-02-03", "until": "2024-02-01"},
            "until=2024-02-01: is before since; give a later day",
        ),
        ({"box": "1,2,3"}, "box=1,2,3: is no part of the map; write west,south,east,north in degrees"),
        ({"box": "0,10,1,5"}, "box=0,10,1,5: is no part of the map; write west,south,east,north in degrees"),
        ({"type": "WAR"}, f"type=WAR: is unknown; choose one of {', '.join(TYPES)}"),
        ({"text": "x" * 300}, "text: is longer than 200 characters; give fewer words"),
    ],
)
def test_what_cannot_be_understood_is_named_and_left_out(query: dict[str, str], told: str) -> None:
    asked, faults = parsed(query)
    assert [str(fault) for fault in faults] == [told]
    assert asked in (Filter(), Filter(since="2024-02-03"))
    with pytest.raises(InputError):
        understood(query)


def test_other_keys_and_empty_values_ask_nothing() -> None:
    assert parsed({"utm": "x", "text": "  ", "type": ""}) == (Filter(), ())


def test_types_are_known_in_whatever_capitals() -> None:
    assert understood({"type": "assault"}).type == "ASSAULT"


def test_a_changed_filter_begins_at_its_first_page() -> None:
    assert Filter(type="AID", cursor="x~y~i1").but(place="Orlin") == Filter(type="AID", place="Orlin")


def test_the_search_is_asked_for_the_same() -> None:
    asked = Filter(text="guards", box=(1, 2, 3, 4), source="Courier", sector="REB")
    assert asked.wanted() == Wanted(query="guards", box=(1, 2, 3, 4), source="Courier", sector="REB")


def test_the_keys_are_those_that_are_documented() -> None:
    assert KEYS[:4] == ("text", "since", "until", "box")
    assert boxed((30.5, -2.0, 31.0, 0.0)) == "30.5,-2,31,0"
