from __future__ import annotations

from dateline.site.people.keys import keyed, network, same, sender


def test_digests_are_of_one_purpose_and_key() -> None:
    made = {
        keyed(b"k", "once", "ab", "c"),
        keyed(b"k", "once", "a", "bc"),
        keyed(b"k", "proof", "ab", "c"),
        keyed(b"l", "once", "ab", "c"),
    }
    assert len(made) == 4 and all(len(each) == 64 for each in made)
    assert same("ab", "ab") and not same("ab", "aé")


def test_of_an_address_the_network_of_a_household_counts() -> None:
    assert network("2001:db8:1:2:3:4:5:6") == network("2001:db8:1:2::1") == "2001:db8:1:2::"
    assert network("2001:db8:1:3::1") != network("2001:db8:1:2::1")
    assert network("::ffff:192.0.2.1") == network("192.0.2.1") == "192.0.2.1"
    assert network("testclient") == network(None) == ""
    assert "192.0.2.1" not in sender(b"k", "192.0.2.1") and len(sender(b"k", None)) == 32
