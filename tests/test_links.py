from __future__ import annotations

from dateline.site.subscribe.links import subscription_of, token

KEY = b"k" * 32


def test_a_link_is_good_for_its_subscription_and_purpose_alone() -> None:
    given = token(KEY, "confirm", "abc")
    assert subscription_of(KEY, "confirm", given) == "abc"
    assert subscription_of(KEY, "unsubscribe", given) is None
    assert subscription_of(b"x" * 32, "confirm", given) is None
    assert subscription_of(KEY, "confirm", given.replace("abc", "abd")) is None


def test_what_is_no_token_is_none() -> None:
    for given in ("", ".", "abc", "abc.", "abc.0", "ä.ö", token(KEY, "confirm", "abc")[:-1]):
        assert subscription_of(KEY, "confirm", given) is None
