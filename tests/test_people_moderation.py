from __future__ import annotations

from peopled import tables
from test_people_storing import TOLD, WRITER

from dateline.site.people import moderation, storing


def test_states_are_changed_with_reasons_and_remembered() -> None:
    with tables() as connection:
        comment = storing.put(connection, TOLD, WRITER, "one", "held", None)
        moderation.moderate(connection, comment, "refused", "Mo", "an attack")
        moderation.moderate(connection, comment, "shown", "Mo", None)
        moderation.moderate(connection, comment, "erased", "Mo", "asked for")
        gone = storing.by_id(connection, comment.id)
        assert gone and (gone.state, gone.reason, gone.words) == ("erased", "asked for", None)
        moderation.moderate(connection, gone, "shown", "Mo", None)
        assert storing.by_id(connection, comment.id) == gone
        told = [(by, state, reason) for by, _, state, reason in moderation.history(connection, comment)]
        assert told == [("Mo", "refused", "an attack"), ("Mo", "shown", None), ("Mo", "erased", "asked for")]


def test_names_and_addresses_are_blocked_and_freed() -> None:
    with tables() as connection:
        moderation.block(connection, "name", "rosa", "Mo", "spam")
        moderation.block(connection, "name", "rosa", "Mo", "more spam")
        moderation.block(connection, "sender", "digest", "Mo", "attacks")
        assert moderation.blocked(connection, "ROSA", "other") == "more spam"
        assert moderation.blocked(connection, "Lee", "digest") == "attacks"
        assert moderation.blocked(connection, "Lee", "other") is None
        assert [each.value for each in moderation.all_blocks(connection)] == ["digest", "rosa"]
        moderation.unblock(connection, "name", "rosa")
        assert moderation.blocked(connection, "Rosa", "other") is None
