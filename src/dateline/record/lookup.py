"""What stands under an id: claims, articles, incidents with all that surrounds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, Table, bindparam, select

from dateline.errors import RecordError
from dateline.record import answers, schema
from dateline.record.decisions import standing
from dateline.record.holdings import Holdings
from dateline.record.ids import KINDS, incident_id, page_id
from dateline.record.incidents import assembled
from dateline.record.loading import SOME, Shelf, chunks
from dateline.record.origins import origins, roots
from dateline.record.projection import components, copy_group, holdings, rows_by_id, rows_of
from dateline.types import Citation, Decision, Incident, Origin, Page

TABLES: dict[str, Table] = {
    "a": schema.articles,
    "r": schema.readings,
    "c": schema.claims,
    "i": schema.claims,
    "d": schema.decisions,
    "p": schema.pages,
}
LEAST = 4
"""Digits of an id that must be given."""
FAR = 1000
"""Components that are loaded for a chain at most."""


def full_id(connection: Connection, given: str) -> str:
    """The id that a beginning stands for. Raises ``RecordError`` unless it is just one."""
    table = TABLES.get(given[:1])
    kinds = ", ".join(f"{letter}… {name}" for letter, name in KINDS.items())
    if table is None or len(given) <= LEAST:
        raise RecordError(f"{given}: is no id; give a letter for its kind and some digits ({kinds})")
    letter = "c" if given[0] == "i" else given[0]
    start = letter + given[1:]
    found: Sequence[str] = (
        connection.execute(_BEGUN[table], {"start": start, "end": start + "g"}).scalars().all()
    )
    if not found:
        raise RecordError(f"{given}: no {KINDS[given[0]]} of the record has this id; see dateline incidents")
    if len(found) > 1:
        raise RecordError(f"{given}: more than one {KINDS[given[0]]} begins so; give more digits")
    return given[0] + found[0][1:]


_BEGUN = {
    table: select(table.c.id)
    .where(table.c.id >= bindparam("start"), table.c.id < bindparam("end"))
    .distinct()
    .limit(2)
    for table in TABLES.values()
}


def live_claims(connection: Connection, reading: int) -> list[int]:
    """The numbers of the claims of a reading that are of now."""
    member = schema.membership.c
    query = select(member.claim).join(schema.claims, schema.claims.c.claim == member.claim)
    query = query.where(schema.claims.c.reading == reading, member.live)
    return list(connection.execute(query.order_by(member.claim)).scalars())


def live_by_id(connection: Connection, ids: Iterable[str]) -> dict[str, int]:
    """The numbers of claims of now by their ids."""
    member = schema.membership.c
    query = select(schema.claims.c.id, member.claim).join(
        schema.membership, schema.claims.c.claim == member.claim
    )
    found: dict[str, int] = {}
    for some in chunks(ids):
        rows = connection.execute(query.where(member.live, schema.claims.c.id.in_(some)))
        found.update({row.id: row.claim for row in rows})
    return found


def latest_reading(connection: Connection, article: str) -> int:
    """The number of the latest reading of an article. Raises ``RecordError`` for an unknown article."""
    found: int | None = connection.execute(_LATEST, {"article": article}).scalar()
    if found is None:
        raise RecordError(f"{article}: no article of the record has this id; see dateline log")
    return found


_LATEST = (
    select(schema.readings.c.reading)
    .join(schema.articles)
    .where(schema.articles.c.id == bindparam("article"))
    .order_by(schema.readings.c.reading.desc())
    .limit(1)
)


def known_readings(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Those of some readings' ids that are in the record."""
    found: set[str] = set()
    for some in chunks(ids):
        found |= set(connection.execute(_KNOWN, {"some": some}).scalars())
    return found


def article_made_of(connection: Connection, page: Page, made_by: str) -> tuple[str, str] | None:
    """The article that the same made of a page before, by id and title, else address; null for none."""
    asked = {"page": page_id(page.address, page.content), "type": page.media_type, "made_by": made_by}
    row = connection.execute(_MADE_OF, asked).first()
    return None if row is None else (row.id, row.title or row.address)


_MADE_OF = (
    select(schema.articles.c.id, schema.articles.c.address, schema.citations.c.title)
    .select_from(schema.pages)
    .join(schema.readings, schema.readings.c.page == schema.pages.c.page)
    .join(schema.articles, schema.articles.c.article == schema.readings.c.article)
    .outerjoin(schema.citations, schema.citations.c.reading == schema.readings.c.reading)
    .where(
        schema.pages.c.id == bindparam("page"),
        schema.pages.c.media_type.is_not_distinct_from(bindparam("type")),
        schema.readings.c.made_by == bindparam("made_by"),
    )
    .limit(1)
)
_KNOWN = select(schema.readings.c.id).where(schema.readings.c.id.in_(SOME))


def is_redacted(connection: Connection, shelf: Shelf, article: str) -> bool:
    """Whether an article's words have been erased."""
    return any(d.kind == "redaction" for d in shelf.decisions_about(connection, [article], ["redaction"]))


def require_known(connection: Connection, decisions: Iterable[Decision]) -> None:
    """Raise ``RecordError`` for a decision about something that is not in the record."""
    for decision in decisions:
        for end in (*decision.subject, *decision.object, *decision.supersedes):
            table = TABLES.get(end[:1])
            if table is None or not connection.execute(select(table.c.id).where(table.c.id == end)).first():
                raise RecordError(f"{end}: is not in the record; decide about what is there")


def component_of(connection: Connection, identity: str) -> int:
    """The component of an incident or claim. Raises ``RecordError`` when it is in no incident any more."""
    found: int | None = connection.execute(_COMPONENT, {"claim": "c" + identity[1:]}).scalar()
    if found is None:
        remedy = f"see dateline show c{identity[1:]}"
        raise RecordError(f"{identity}: belongs to no incident any more; {remedy}")
    return found


_COMPONENT = (
    select(schema.membership.c.component)
    .join(schema.claims, schema.claims.c.claim == schema.membership.c.claim)
    .where(schema.claims.c.id == bindparam("claim"), schema.membership.c.incident.is_not(None))
    .order_by(schema.membership.c.claim.desc())
    .limit(1)
)


def around(
    connection: Connection, shelf: Shelf, identity: str, steps: int | None
) -> tuple[Incident, tuple[Incident, ...]]:
    """The incident that an incident's or claim's id now stands for, and those tied to it by answers.

    ``steps`` is how many answers away they may be, null as many as there are. The id may be shortened.
    """
    identity = full_id(connection, identity)
    held, numbers = _near(connection, shelf, {component_of(connection, identity)}, steps)
    known = assembled(held)
    return _of(known, _now(connection, identity, numbers)), known


def several(
    connection: Connection, shelf: Shelf, identities: Sequence[str], steps: int = 1
) -> list[Incident]:
    """The incidents of now that some ids are those of, in their order.

    With ``steps`` 0 they do not tell what they answer, and less has to be loaded.
    """
    claims = rows_of(connection, ("c" + identity[1:] for identity in identities))
    held, _ = _near(connection, shelf, set(components(connection, claims).values()), steps)
    known = {incident.id: incident for incident in assembled(held)}
    return [known[identity] for identity in identities]


def in_answer(connection: Connection, shelf: Shelf, identities: Sequence[str]) -> list[Incident]:
    """Those incidents of now among some that another of them may be in answer to, or they to it."""
    incident, member = schema.incidents.c, schema.membership.c
    query = select(incident.id, member.component).join(schema.membership, member.claim == incident.incident)
    placed = {row.id: row.component for row in connection.execute(query.where(incident.id.in_(identities)))}
    claims = _claims_in(connection, placed.values())
    said = answers.between(connection, placed.values())
    for decision in standing(shelf.decisions_about(connection, claims, ["answers", "not-answers"])):
        ends = [claims[end] for end in (*decision.subject, *decision.object) if end in claims]
        if decision.kind == "answers" and len(ends) > 1:
            said |= set(ends)
    return several(connection, shelf, [name for name in identities if placed.get(name) in said])


def origins_of(connection: Connection, shelf: Shelf, identities: Sequence[str]) -> list[tuple[Origin, ...]]:
    """By whom each of some incidents of now is told, without their words."""
    rows = connection.execute(_READINGS, {"some": identities}).all()
    cited = {
        number: of for number, (_, of) in shelf.readings(connection, (row.reading for row in rows)).items()
    }
    copies, citations = copy_group(connection, shelf, {of.article for of in cited.values()})
    root_of = roots(citations, standing(copies))
    told: dict[str, list[Citation]] = {identity: [] for identity in identities}
    for row in rows:
        told[row.id].append(cited[row.reading])
    return [origins(told[identity], root_of, citations) for identity in identities]


_READINGS = (
    select(schema.incidents.c.id, schema.claims.c.reading)
    .join(schema.membership, schema.membership.c.incident == schema.incidents.c.incident)
    .join(schema.claims, schema.claims.c.claim == schema.membership.c.claim)
    .where(schema.membership.c.live, schema.incidents.c.id.in_(SOME))
    .distinct()
)


def _near(
    connection: Connection, shelf: Shelf, some: set[int], steps: int | None
) -> tuple[Holdings, dict[int, str]]:
    """What is held of some components and of those so many answers away from them.

    With them come the components that any decision tells together with these: without them it would be
    told in part.
    """
    met, new, told = set[int](), some, set[int]()
    while new and len(met) < FAR:
        claims = _claims_in(connection, new)
        decided = shelf.decisions_about(connection, claims)
        ends = {end for d in decided for end in (*d.subject, *d.object)} - claims.keys()
        rows = rows_by_id(connection, ends)
        of = components(connection, (number for numbers in rows.values() for number in numbers))
        met, told = met | new, told | set(of.values())
        if steps == 0:
            break
        answering = (each for each in standing(decided) if each.kind == "answers")
        tied = {end for each in answering for end in (*each.subject, *each.object)}
        beside = {of[number] for end in tied for number in rows.get(end, ()) if number in of}
        new = (beside | answers.beside(connection, new)) - met
        steps = None if steps is None else steps - 1
    return holdings(connection, shelf, sorted(met | told))


def _now(connection: Connection, identity: str, numbers: dict[int, str]) -> str:
    """The id of now of the incident that an incident's or claim's id stands for."""
    rows = [number for number, name in numbers.items() if name[1:] == identity[1:]]
    return incident_id([numbers[connection.execute(_INCIDENT, {"some": rows}).scalar_one()]])


_INCIDENT = (
    select(schema.membership.c.incident)
    .where(schema.membership.c.claim.in_(SOME), schema.membership.c.incident.is_not(None))
    .order_by(schema.membership.c.claim.desc())
    .limit(1)
)


def _of(known: Iterable[Incident], identity: str) -> Incident:
    return next(incident for incident in known if incident.id == identity)


_CLAIMS_IN = (
    select(schema.claims.c.id, schema.membership.c.component)
    .join(schema.membership, schema.claims.c.claim == schema.membership.c.claim)
    .where(schema.membership.c.component.in_(SOME))
)


def _claims_in(connection: Connection, some: Iterable[int]) -> dict[str, int]:
    """The ids of the claims of some components, with these."""
    rows = connection.execute(_CLAIMS_IN, {"some": sorted(set(some))}).all()
    return {row.id: row.component for row in rows}


def content_ids(connection: Connection) -> Iterator[str]:
    """The ids of all articles, readings and claims, and of what people decided."""
    for table in (schema.articles, schema.readings):
        yield from connection.execute(select(table.c.id)).scalars()
    yield from connection.execute(select(schema.claims.c.id).distinct()).scalars()
    people = schema.decisions.c.by.not_in(("linker", "reader"))
    yield from connection.execute(select(schema.decisions.c.id).where(people)).scalars()


def placed(connection: Connection) -> dict[str, str]:
    """The incident of each claim of now."""
    member, claims = schema.membership.c, schema.claims.c
    query = select(claims.id, schema.incidents.c.id.label("incident")).join(
        schema.membership, claims.claim == member.claim
    )
    query = query.join(schema.incidents, schema.incidents.c.incident == member.incident)
    return {row.id: row.incident for row in connection.execute(query.where(member.live))}
