from __future__ import annotations

from logs import claims, first_reading

from dateline.record.origins import origins, outlet, roots
from dateline.types import Citation, Decision


def cited(host: str, publisher: str | None, published: str | None) -> Citation:
    reading = first_reading(f"https://{host}.example/", publisher=publisher, published=published)
    return claims(reading)[0].citation


WIRE = cited("wire", "Kestrel Wire", "2024-03-12T08:00:00+00:00")
COPY = cited("copy", "Courier", "2024-03-12T09:00:00+00:00")
OWN = cited("own", "Courier", "2024-03-12T10:00:00+00:00")
BLOG = cited("blog", None, None)
ALL = {each.article: each for each in (BLOG, OWN, COPY, WIRE)}
COPIED = Decision("copy", "linker", (COPY.article,), (WIRE.article,), "near duplicate", 0.9)


def test_copies_go_back_to_the_earliest() -> None:
    root_of = roots(ALL, [COPIED])
    assert root_of == {each.article: each.article for each in (WIRE, OWN, BLOG)} | {
        COPY.article: WIRE.article
    }


def test_an_outlet_counts_once() -> None:
    told = origins(ALL.values(), roots(ALL, [COPIED]), ALL)
    assert [(origin.name, origin.articles) for origin in told] == [
        ("Kestrel Wire", (WIRE, COPY)),
        ("Courier", (OWN,)),
        ("blog.example", (BLOG,)),
    ]


def test_a_person_may_say_that_it_is_no_copy() -> None:
    denied = Decision("not-copy", "Ana", (COPY.article,), (WIRE.article,), "own reporters")
    told = origins(ALL.values(), roots(ALL, [COPIED, denied]), ALL)
    assert [(origin.name, len(origin.articles)) for origin in told][:2] == [
        ("Kestrel Wire", 1),
        ("Courier", 2),
    ]


def test_an_outlet_without_a_name_is_its_host() -> None:
    assert outlet(BLOG) == "blog.example"
    assert outlet(Citation("a1", "orlin-1")) == "orlin-1"
