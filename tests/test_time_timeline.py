"""An article's time phrases where they stand."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from told import Ends, article, days, ends, found, timeline, told, valid

from dateline.resolve.time.timeline import Timeline
from dateline.types import Evidence, Span

TALE = (
    "In 1939 the dispute began. The war opened on 2 August 1940 with a raid. Two days later the fort had "
    "fallen. On [8 August] the south was annexed. In 1941 talks failed. In early 1942 they lost the coast."
)


def test_reasons_are_plain_words() -> None:
    for text, reason in {
        "They met on [Friday].": "Friday before publication on Sunday 4 February 2024; past tense",
        "They will meet on [Friday].": "Friday after publication on Sunday 4 February 2024; future tense",
        "They met on [Sunday].": "Sunday, the day of publication on Sunday 4 February 2024",
        "They met [last week].": "the week before publication on Sunday 4 February 2024",
        "They met on [9 September].": "9 September before publication on Sunday 4 February 2024; past tense",
        "They met on [9 September 2012].": "9 September 2012",
        "In 2012 they met. [Two years later] they parted.": "2 years after “2012”, Sunday 1 January 2012",
    }.items():
        assert found(text).reason == reason


def test_values_rest_on_words_and_field() -> None:
    phrase = found("They met on [Friday].")
    assert phrase.when and phrase.when.basis == "stated"
    assert phrase.when.evidence == Evidence((Span(12, 18, "Friday"),), "published")
    later = found("On 3 March 2012 they met. [Two days later] they parted.")
    assert later.when and [span.text for span in later.when.evidence.spans] == [
        "Two days later",
        "3 March 2012",
    ]
    assert later.when.evidence.field is None
    full = found("They met on [3 March 2012].")
    assert full.when and full.when.evidence == Evidence((Span(12, 24, "3 March 2012"),))


def test_an_unknown_publication_leaves_what_counts_from_it() -> None:
    text = "On Friday they met, as in 2012, and last week. A day later they parted."
    phrases = timeline(text, None).phrases()
    assert [(each.text, ends(each)[0]) for each in phrases] == [
        ("Friday", None),
        ("2012", "2012-01-01"),
        ("last week", None),
        ("A day later", None),
    ]
    assert phrases[0].reason == "the day of publication is unknown"


def test_a_tale_of_other_times_goes_on_in_its_own_years() -> None:
    assert ends(told(TALE)) == days("1940-08-08")


def test_a_paragraph_goes_on_in_its_own_year() -> None:
    text = "They met on 2 August 1990. On [8 August] they parted.\nOn 9 August they wrote."
    assert ends(told(text)) == days("1990-08-08")
    assert ends(timeline(text.replace("[", "").replace("]", "")).phrases()[-1]) == days("2023-08-09")


def test_words_that_a_phrase_holds() -> None:
    assert ends(told("On 3 March 2012 they met, and the next [Tuesday] again.")) == days("2012-03-06")
    assert ends(told("They meet next [week].")) == days("2024-02-05", "2024-02-11")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 2003, [his first year], he won.", days("2003")),
        ("[Opening night], January 23, 2014, was cold.", days("2014-01-23")),
        ("On [the feast] (4 March 2012) they met.", days("2012-03-04")),
        ("They met after [the long siege of the fort].", (None, None)),
    ],
)
def test_other_words_for_a_date_beside_them(text: str, expected: Ends) -> None:
    assert ends(told(text)) == expected


def test_a_tense_that_is_known_overrules_the_verbs() -> None:
    text = "They said the march of Friday is off."
    start = text.index("Friday")
    of = timeline(text)
    assert ends(of.resolve(start, start + 6)) == days("2024-02-02")
    assert ends(of.resolve(start, start + 6, "future")) == days("2024-02-09")


def test_phrases_are_the_longest_and_in_order() -> None:
    phrases = timeline("They met from March to August 2011, and since Friday.").phrases()
    assert [each.text for each in phrases] == ["from March to August 2011", "since Friday"]


PIECES = re.findall(
    r"\S+",
    """
    He She will met said on in by Friday Monday 3 March 2012 31 February last next week year two days
    later ago the following day that same since until from to early late 1990s '90s 03/04/2024
    9999-12-31 0001 noon at 10:30 overnight a century decades earlier years . , ( ) – Easter winter of
    quarter ended
    """,
)
ARTICLES = st.lists(st.sampled_from([*PIECES, "\n"]), max_size=25).map(" ".join)


@given(
    ARTICLES | st.text(), st.sampled_from((None, "2024-02-04", "1600-01-01", "2200-12-31", "soon")), st.data()
)
def test_anything_is_resolved_or_not_with_a_reason(
    text: str, published: str | None, data: st.DataObject
) -> None:
    of = Timeline.of(article(text), [(0, len(text))], published)
    for phrase in of.phrases():
        assert phrase.text == text[phrase.start : phrase.end]
        assert phrase.reason and (phrase.when is None or valid(phrase.when))
    if text:
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        resolved = of.resolve(start, end)
        assert resolved.reason and (resolved.when is None or valid(resolved.when))
