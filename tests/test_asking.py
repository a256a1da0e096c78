from __future__ import annotations

import inspect

from dateline.site.faces.asking import ASKED, asked
from dateline.site.filters import KEYS


def test_a_list_may_be_asked_for_all_that_a_page_may() -> None:
    declared = tuple(name for name in inspect.signature(asked).parameters if name != "request")
    assert declared == ASKED
    assert set(KEYS) - set(ASKED) == {"as_of", "cursor"}
