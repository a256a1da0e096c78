from __future__ import annotations

import pytest
from peopled import PASSWORD, tables

from dateline.site.people import accounts, drafts


def test_drafts_are_kept_by_page_and_field() -> None:
    with tables() as connection:
        ana, mo = (accounts.add(connection, name, PASSWORD, "reader").number for name in ("Ana", "Mo"))
        drafts.save(connection, ana, "page", {"words": "one", "name": "Ana"})
        drafts.save(connection, ana, "page", {"words": "two"})
        drafts.save(connection, mo, "page", {"words": "other"})
        kept = {field: draft.words for field, draft in drafts.of_page(connection, ana, "page").items()}
        assert kept == {"words": "two", "name": "Ana"}
        drafts.save(connection, ana, "page", {"name": ""})
        assert set(drafts.of_page(connection, ana, "page")) == {"words"}
        drafts.discard(connection, ana, "page")
        assert drafts.of_page(connection, ana, "page") == {}
        assert drafts.of_page(connection, mo, "page")["words"].words == "other"


def test_only_so_much_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "MOST", 2)
    with tables() as connection:
        ana = accounts.add(connection, "Ana", PASSWORD, "reader").number
        for page in "abc":
            drafts.save(connection, ana, page, {"words": "x" * 30_000})
        kept = [drafts.of_page(connection, ana, page) for page in "abc"]
        assert sum(map(bool, kept)) == 2 and len(kept[2]["words"].words) == drafts.LONGEST
