from __future__ import annotations

import json
from dataclasses import replace

from logs import claims, first_reading, log
from pydantic import TypeAdapter

from dateline.record.incidents import incidents
from dateline.record.summary import summary
from dateline.site.faces import forms
from dateline.site.settings import SiteSettings
from dateline.types import Decision

SETTINGS = SiteSettings(base_url="https://site.example")
INCIDENT = next(each for each in incidents(log(first_reading())) if len(each.claims) > 1)


def holds(form: type, told: object) -> None:
    """That what is told has its form, and stays itself as JSON."""
    plain = json.loads(json.dumps(told))
    assert TypeAdapter(form).validate_python(plain) == plain


def test_what_is_told_has_its_form() -> None:
    holds(forms.Brief, forms.brief(SETTINGS, summary(INCIDENT)))
    holds(forms.Whole, forms.whole(SETTINGS, INCIDENT))
    holds(forms.Decided, forms.decided(Decision("copy", "linker", ("a1",), ("a2",), "alike", 0.9), 3, "2024"))


def test_what_is_unknown_is_null() -> None:
    told = forms.brief(SETTINGS, replace(summary(INCIDENT), first_told="9999", last_told="9999", lat=None))
    assert (told["first_told"], told["last_told"], told["place"]) == (None, None, None)
    assert told["injured"] == {"low": None, "best": None, "high": None}


def test_a_text_is_there_only_where_it_may_be_shown() -> None:
    reading = first_reading()
    placed = {each.id: "i1" for each in claims(reading)}
    shown, hidden = (forms.whole_article(SETTINGS, reading, placed, full) for full in (True, False))
    assert (shown["text"], hidden["text"]) == (reading.article.text, None)
    assert len(hidden["evidence"]) == 3 and hidden["incidents"] == ["i1"]
    holds(forms.WholeArticle, hidden)
