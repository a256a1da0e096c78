"""Our tables hold what they promise, a user's go over them, and a bad row is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import InputError
from dateline.ontology import SECTORS
from dateline.resolve import tables
from dateline.resolve.tables import Person, Tables

ISO_3166_1 = set(
    re.findall(
        "[A-Z]{3}",
        """
        ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR
        BHR BHS BIH BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG
        COK COL COM CPV CRI CUB CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH
        FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY
        HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM
        KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX MHL
        MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR
        NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU
        SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA
        TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB
        VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE
        """,
    )
)

STATES = "id\tname\taliases\tcountry\tadjectives\tpeople\tcapitals\tfrom\tto\tsource"
ACTORS = "id\tname\taliases\tcountry\tsector\tsponsor\tkind\tfrom\tto\tsource"
TERMS = "person\toffice\tof\tfrom\tto\tsource"
PUBLISHERS = "domain\tname\tcountry\tzone\tscale\tsource"


@pytest.fixture(scope="module")
def ours() -> Tables:
    return tables.load()


def write(folder: Path, header: str, *rows: str) -> Path:
    """A user's file; cells are written with "; " between them."""
    path = folder / "own.tsv"
    path.write_text("\n".join([header, *(row.replace("; ", "\t") for row in rows)]) + "\n", "utf-8")
    return path


def test_the_codes_are_those_of_iso_3166_1_and_kosovo(ours: Tables) -> None:
    assert {state.country for state in ours.states.values()} == ISO_3166_1 | {"XKX"}


def test_our_own_rows_pass_the_checks_of_a_users() -> None:
    tables.load(*(tables.DATA / f"{name}.tsv" for name in tables._FILES))


def test_an_id_is_of_one_state_actor_or_person(ours: Tables) -> None:
    ids = [*ours.states, *ours.actors, *ours.people]
    assert len(ids) == len(set(ids))


def test_there_are_enough_rows(ours: Tables) -> None:
    assert len(ours.actors) > 1500
    assert len(ours.terms) > 1500
    assert len(ours.publishers) > 300


def test_every_person_has_a_term(ours: Tables) -> None:
    assert {term.person for term in ours.terms} == set(ours.people)


def test_every_sector_has_an_agent_word(ours: Tables) -> None:
    assert {agent.sector for agent in ours.agents.values()} == set(SECTORS)


def test_no_form_is_of_two_agent_words(ours: Tables) -> None:
    forms = [tables.fold(form) for agent in ours.agents.values() for form in {agent.word, *agent.forms}]
    assert sorted(form for form in set(forms) if forms.count(form) > 1) == []


def shared_names(ours: Tables) -> Iterator[tuple[str, str, str]]:
    """Each name or alias that two rows have, with their ids."""
    for names in ours._names:
        for words, found in names.items():
            ids = sorted({name.id for name in found if name.how == "name"})
            yield from ((words, one, other) for one, other in combinations(ids, 2))


def test_two_rows_share_a_name_only_if_country_date_or_term_can_tell_them_apart(ours: Tables) -> None:
    alike = []
    for words, one, other in shared_names(ours):
        a, b = ours.get(one), ours.get(other)
        if isinstance(a, Person) and isinstance(b, Person):
            apart = a.surname.split()[-1] == b.surname.split()[-1]
        elif isinstance(a, Person) or isinstance(b, Person):
            apart = False
        else:
            at_once = (not a.start or not b.end or a.start <= b.end) and (
                not b.start or not a.end or b.start <= a.end
            )
            apart = a.country != b.country or not at_once
        if not apart:
            alike.append((words, one, other))
    assert alike == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the U.S.", [("USA", "name")]),
        ("US", [("USA", "name")]),
        ("us", []),
        ("The Times", [("times-uk", "name")]),
        ("times", []),
        ("HEZBOLLAH", [("hezbollah", "name")]),
        ("hizbollah’s", [("hezbollah", "name")]),
        ("Elysee Palace", [("elysee", "name")]),
        ("Shi'ites", [("shiites", "name")]),
        ("Iranians", [("IRN", "people")]),
        ("Salvadoran", [("SLV", "adjective")]),
        ("Tehran", [("IRN", "capital")]),
        ("Congolese", [("COD", "adjective"), ("COG", "adjective")]),
        ("the Kremlin", [("kremlin", "name")]),
        ("IDF", [("ISR-MIL", "name")]),
        ("nobody of that name", []),
    ],
)
def test_names_are_found(ours: Tables, words: str, expected: list[tuple[str, str]]) -> None:
    assert [tuple(name) for name in ours.named(words)] == expected


@pytest.mark.parametrize(
    ("on", "id", "sector"),
    [
        ("1999-05-01", "taliban-emirate", "GOV"),
        ("2010", "taliban", "REB"),
        ("2023-02-03", "taliban-government", "GOV"),
    ],
)
def test_a_name_means_what_existed_then(ours: Tables, on: str, id: str, sector: str) -> None:
    (name,) = ours.named("the Taliban", on)
    assert (name.id, ours.actors[name.id].sector) == (id, sector)


def test_what_is_gone_is_still_found_where_nothing_else_has_the_name(ours: Tables) -> None:
    assert [name.id for name in ours.named("Soviet Union", "2020-01-01")] == ["SUN"]
    assert ours.states["SUN"].country == "RUS"


def test_a_surname_is_found_with_and_without_its_article(ours: Tables) -> None:
    bashar = ("bashar-al-assad", "surname")
    assert bashar in ours.named("Assad") and bashar in ours.named("al-Assad")


@pytest.mark.parametrize(
    ("title", "of", "on", "holders"),
    [
        ("president", "USA", "2010-03-01", {"barack-obama"}),
        ("secretary of state", "USA", "2014-06-30", {"john-kerry"}),
        ("president", "SLV", "1989-12-01", {"alfredo-cristiani"}),
        ("prime minister", "GBR", "2022", {"boris-johnson", "liz-truss", "rishi-sunak"}),
        ("secretary-general", "un", "2000-01-01", {"kofi-annan"}),
        ("president", "USA", "1950-01-01", set()),
    ],
)
def test_who_holds_an_office_depends_on_the_date(
    ours: Tables, title: str, of: str, on: str, holders: set[str]
) -> None:
    found = {term.person for office in ours.titled(title, of) for term in ours.holders(office, of, on)}
    assert found == holders


def test_a_title_of_one_state_is_not_of_another(ours: Tables) -> None:
    assert "foreign-minister" in ours.titled("secretary of state", "USA")
    assert "foreign-minister" not in ours.titled("secretary of state", "FRA")


@pytest.mark.parametrize(
    ("person", "on", "sectors"),
    [
        ("hassan-nasrallah", "2006-07-12", {"REB"}),
        ("antonio-guterres", "2020-01-01", {"IGO"}),
        ("juan-guaido", "2019-03-01", {"OPP", "LEG"}),
    ],
)
def test_a_term_gives_a_sector(ours: Tables, person: str, on: str, sectors: set[str]) -> None:
    assert {ours.sector_of(term) for term in ours.terms_of(person, on)} == sectors


@pytest.mark.parametrize(
    ("words", "sector", "strength"),
    [
        ("troops", "MIL", "strong"),
        ("Police Officers", "COP", "strong"),
        ("militants", "REB", "strong"),
        ("unidentified gunmen", "UAF", "strong"),
        ("aid-workers", "NGO", "strong"),
        ("women", "CVL", "weak"),
        ("spokesman", "GOV", "weak"),
    ],
)
def test_agent_words_are_found(ours: Tables, words: str, sector: str, strength: str) -> None:
    agent = ours.agent(words)
    assert agent is not None and (agent.sector, agent.strength) == (sector, strength)


def test_a_word_that_tells_no_sector_is_no_agent(ours: Tables) -> None:
    assert ours.agent("umbrella") is None


@pytest.mark.parametrize("domain", ["bbc.co.uk", "www.bbc.co.uk", "NEWS.BBC.CO.UK", "bbc.co.uk."])
def test_a_publisher_is_found_by_its_domain_or_one_below(ours: Tables, domain: str) -> None:
    publisher = ours.publisher(domain)
    assert publisher is not None and (publisher.name, publisher.country) == ("BBC", "GBR")


def test_an_unknown_domain_has_no_publisher(ours: Tables) -> None:
    assert ours.publisher("notbbc.co.uk") is None


def test_the_nearest_domain_above_counts(tmp_path: Path) -> None:
    own = write(tmp_path, PUBLISHERS, "persian.bbc.co.uk; BBC Persian; GBR; Asia/Tehran; international; own")
    publisher = tables.load(own).publisher("www.persian.bbc.co.uk")
    assert publisher is not None and publisher.zone == "Asia/Tehran"


def test_a_users_rows_replace_ours_and_join_them(tmp_path: Path) -> None:
    own = write(
        tmp_path,
        ACTORS,
        "hezbollah; Hizbullah of the user; ; LBN; PTY; ; party; ; ; own",
        "highland-front; Highland Front; HLF|the Front; XKX; REB; ALB; armed group; 2021; ; own",
    )
    mixed = tables.load(own)
    assert mixed.actors["hezbollah"].sector == "PTY"
    assert [name.id for name in mixed.named("HLF")] == ["highland-front"]
    assert len(mixed.actors) == len(tables.load().actors) + 1


def test_a_users_term_ends_one_of_ours(tmp_path: Path) -> None:
    own = write(tmp_path, TERMS, "donald-trump; president; USA; 2025-01-20; 2026-02-03; own")
    assert tables.load(own).holders("president", "USA", "2027-01-01") == ()
    assert len(tables.load(own).terms) == len(tables.load().terms)


@pytest.mark.parametrize(
    ("header", "row", "line", "reason"),
    [
        ("id\tname", "x; y", 1, "names the columns of no table"),
        (ACTORS, "x; X; ; LBN; REB", 2, "has 5 columns, not 10"),
        (ACTORS, "x; ; ; LBN; REB; ; armed group; ; ; own", 2, "name is empty"),
        (ACTORS, "x; X; ; LBN; REBEL; ; armed group; ; ; own", 2, "sector 'REBEL' is unknown"),
        (ACTORS, "x; X; ; LBN; REB; ; militia; ; ; own", 2, "kind 'militia' is unknown"),
        (ACTORS, "x; X; ; LEB; REB; ; armed group; ; ; own", 2, "country 'LEB' is unknown"),
        (ACTORS, "x; X; ; LBN; REB; PER SIA; armed group; ; ; own", 2, "sponsor 'PER SIA' is unknown"),
        (ACTORS, "x; X; A||B; LBN; REB; ; armed group; ; ; own", 2, "aliases is empty or padded"),
        (ACTORS, "x; X; ; LBN; REB; ; armed group; 2021-02-30; ; own", 2, "from '2021-02-30' is no date"),
        (
            ACTORS,
            "x; X; ; LBN; REB; ; armed group; 2021; 2020-05; own",
            2,
            "ends 2020-05, before it starts 2021",
        ),
        (ACTORS, "x; X; ; LBN; REB; ; armed group; 2021-W01-1; ; own", 2, "from '2021-W01-1' is no date"),
        (TERMS, "nobody; president; USA; 1999; ; own", 2, "person 'nobody' is unknown"),
        (TERMS, "joe-biden; chief-cook; USA; 1999; ; own", 2, "office 'chief-cook' is unknown"),
        (TERMS, "joe-biden; president; moon; 1999; ; own", 2, "of 'moon' is unknown"),
        (PUBLISHERS, "a.example; A; USA; Mars/Olympus; local; own", 2, "zone 'Mars/Olympus' is unknown"),
    ],
)
def test_a_bad_row_is_named_with_its_reason(
    tmp_path: Path, header: str, row: str, line: int, reason: str
) -> None:
    own = write(tmp_path, header, row)
    with pytest.raises(InputError) as caught:
        tables.load(own)
    assert caught.value.name == f"{own}:{line}"
    assert reason in caught.value.reason
    assert caught.value.remedy


def test_a_repeated_row_is_named(tmp_path: Path) -> None:
    row = "x; X; ; ; NGO; ; ngo; ; ; own"
    with pytest.raises(InputError, match=r"own\.tsv:3: repeats 'x'"):
        tables.load(write(tmp_path, ACTORS, row, row))


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"missing\.tsv: cannot be read"):
        tables.load(tmp_path / "missing.tsv")


def test_a_users_new_state_brings_its_code(tmp_path: Path) -> None:
    own = write(tmp_path, STATES, "DOS; Dostrea; ; DOS; Dostrean; Dostreans; Brenik; ; ; own")
    assert [tuple(name) for name in tables.load(own).named("Dostreans")] == [("DOS", "people")]


def test_names_fold_alike_in_capitals(ours: Tables) -> None:
    names = [row.name for table in (ours.states, ours.actors, ours.people) for row in table.values()]
    assert [name for name in names if tables.fold(name.upper()) != tables.fold(name)] == []


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1))
def test_folding_ignores_the_article_and_space(word: str) -> None:
    assert tables.fold(f" the   {word} x") == tables.fold(f"{word} x")


days = st.dates().map(lambda day: day.isoformat())


@given(days, days, days, st.sampled_from([4, 7, 10]))
def test_a_coarser_date_is_during_whatever_a_finer_one_is(
    start: str, end: str, on: str, precision: int
) -> None:
    if tables.during(start, end, on):
        assert tables.during(start[:precision], end, on)
        assert tables.during(start, end[:precision], on)
        assert tables.during(start, end, on[:precision])
        assert tables.during(None, end, on) and tables.during(start, None, None)
