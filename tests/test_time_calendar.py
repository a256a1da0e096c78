"""Dates of the calendar, found in invented sentences published on Sunday 4 February 2024."""

from __future__ import annotations

import pytest
from told import Ends, days, ends, found, timeline, told, unmarked

FOUND = {
    "They met on [3 March 2012].": days("2012-03-03"),
    "They met on [the 3rd of March, 2012].": days("2012-03-03"),
    "They met on [Saturday, 3 March 2012].": days("2012-03-03"),
    "They met on [March 3, 2012].": days("2012-03-03"),
    "They met on [Mar. 3 2012].": days("2012-03-03"),
    "They met on [8-May-2006].": days("2006-05-08"),
    "They met on [2012-03-03].": days("2012-03-03"),
    "They met on [2012-03-03T10:30:00Z].": days("2012-03-03"),
    "They met on [2012/03/03].": days("2012-03-03"),
    "They met on [26.10.1989].": days("1989-10-26"),
    "They met on [10/26/89].": days("1989-10-26"),
    "They met on [Sept. 9].": days("2023-09-09"),
    "They met on [9 September].": days("2023-09-09"),
    "They met on [Wednesday, January 31].": days("2024-01-31"),
    "They will meet on [9 September].": days("2024-09-09"),
    "They met in [March 2012].": days("2012-03"),
    "They met in [March of 2012].": days("2012-03"),
    "They met in [May].": days("2023-05"),
    "They will meet in [May].": days("2024-05"),
    "They met in [June last year].": days("2023-06"),
    "They met in [last year's June].": days("2023-06"),
    "They met [last March].": days("2023-03"),
    "They meet [next March].": days("2024-03"),
    "They met on [3 and 7 March 2012].": days("2012-03-03", "2012-03-07"),
    "They met on [12–14 June 2012].": days("2012-06-12", "2012-06-14"),
    "They met on [Jan. 27-28].": days("2024-01-27", "2024-01-28"),
    "They met on [Friday the 19th].": days("2024-01-19"),
    "They met on [7 JUL 89].": days("1989-07-07"),
    "Sales rose in [2012's first nine months].": days("2012-01", "2012-09"),
    "They met on [June 5-7].": days("2023-06-05", "2023-06-07"),
    "They met on [the first Monday in March 2012].": days("2012-03-05"),
    "They met on [the last Friday of March 2012].": days("2012-03-30"),
    "They met in [2012].": days("2012"),
    "They met in [the year 2012].": days("2012"),
    "They ruled [from 1992–94].": days("1992", "1994"),
    "They met in [2005-06].": days("2005", "2006"),
    "They met in [1999-00].": days("1999", "2000"),
    "They met in [the 1990s].": days("1990", "1999"),
    "They met in [the '90s].": days("1990", "1999"),
    "They met in [the nineties].": days("1990", "1999"),
    "They met in [the 1600s].": days("1600", "1699"),
    "They met in [the 19th century].": days("1800", "1899"),
    "A [nineteenth-century] fort fell.": days("1800", "1899"),
    "They met in [AD 842].": days("0842"),
    "They met in [the summer of 2012].": days("2012-06", "2012-08"),
    "They met in [winter 2012].": days("2012-12", "2013-02"),
    "They met in [the winter of 1941–42].": days("1941-12", "1942-02"),
    "They met [last summer].": days("2023-06", "2023-08"),
    "They met [this winter].": days("2023-12", "2024-02"),
    "Sales rose in [the third quarter].": days("2023-07", "2023-09"),
    "Sales rose in [the third quarter of 2012].": days("2012-07", "2012-09"),
    "Sales rose in [Q3 2012].": days("2012-07", "2012-09"),
    "Sales rose in [2012's third quarter].": days("2012-07", "2012-09"),
    "Sales rose in [the first half of 2012].": days("2012-01", "2012-06"),
    "Sales rose in [the first nine months].": days("2023-01", "2023-09"),
    "Sales rose in [fiscal 2012].": days("2012"),
    "Sales rose in [FY2012].": days("2012"),
    "They will agree at [year-end].": days("2024-12-31"),
    "They met on [Christmas Day].": days("2023-12-25"),
    "They will meet on [New Year's Eve].": days("2024-12-31"),
    "They met on [Easter Sunday 2023].": days("2023-04-09"),
    "They met on [Good Friday].": days("2023-04-07"),
    "They met on [Thanksgiving].": days("2023-11-23"),
    "They fled after the [Sept. 11] attacks.": days("2001-09-11"),
}


@pytest.mark.parametrize(("text", "expected"), FOUND.items())
def test_found_and_resolved(text: str, expected: Ends) -> None:
    assert ends(found(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "They may march on.",
        "He said 2012 people and 1950 soldiers fled.",
        "Some 2000 protesters met.",
        "It costs $2012, or 1999.50 in all.",
        "Route 1984-B is shut.",
        "She is in her 20s.",
        "In May 12 people died.",
        "She met Mrs May, but of May and May’s plans said no more.",
        "They fall in spring water.",
        "The second brigade sat in the sun.",
        "The 14th Amendment stands.",
        "Jan Kerlo said so.",
    ],
)
def test_no_dates(text: str) -> None:
    assert [each.text for each in timeline(text).phrases() if each.text not in ("May",)] == []


GIVEN = {
    "They met in ['71].": days("1971"),
    "They met in March [2012].": days("2012"),
    "They met in the [summer] of discontent.": days("2023-06", "2023-08"),
    "They met from 1992–[94].": days("1994"),
    "They met on [12]–14 June 2012.": days("2012-06-12"),
    "They met during [World War II].": days("1939-09-01", "1945-09-02"),
    "They met in [the 1991 Gulf War].": days("1991"),
    "They met in [monday]'s hall.": days("2024-01-29"),
    "They met on [the 14th].": days("2024-01-14"),
    "On 3 March 2012 they met, and on [the 14th] again.": days("2012-03-14"),
    "They met in [500 BC].": (None, None),
    "They met on [31 February].": (None, None),
    "They met on [31 February 2012].": (None, None),
}


@pytest.mark.parametrize(("text", "expected"), GIVEN.items())
def test_given_words(text: str, expected: Ends) -> None:
    assert ends(told(text)) == expected


def test_an_impossible_date_says_so() -> None:
    assert told("They met on [31 February 2012].").reason == "there is no 31 February 2012"


def test_a_longer_date_is_one_phrase() -> None:
    plain, _ = unmarked("They fled on [Sept. 11, 2012] from an attack.")
    assert [each.text for each in timeline(plain).phrases()] == ["Sept. 11, 2012"]


@pytest.mark.parametrize(("country", "day"), [("GBR", "2024-04-03"), ("USA", "2024-03-04")])
def test_figures_follow_the_publishers_country(country: str, day: str) -> None:
    phrase = told("They meet on [03/04/2024].", country=country)
    assert ends(phrase) == days(day)
    assert phrase.reason.endswith("first")


def test_figures_of_no_known_order_cover_both() -> None:
    phrase = told("They meet on [03/04/2024].")
    assert ends(phrase) == days("2024-03-04", "2024-04-03")
    assert phrase.reason == "date in figures, of which the day or the month may come first"
