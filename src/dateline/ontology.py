"""PLOVER's event types and modes, as the annotation guidelines use them."""

from __future__ import annotations

MODES: dict[str, tuple[str, ...]] = {
    "AGREE": (),
    "CONSULT": ("visit", "third-party", "multilateral", "phone"),
    "SUPPORT": (),
    "CONCEDE": (),
    "COOPERATE": (),
    "AID": (),
    "RETREAT": ("withdraw", "release", "disarm", "ceasefire", "access", "resign"),
    "REQUEST": ("assist", "change", "yield", "meet"),
    "ACCUSE": ("disapprove", "investigate", "allege"),
    "REJECT": ("assist", "change", "yield", "meet"),
    "THREATEN": ("restrict", "arrest", "relations", "expel", "territory", "violence"),
    "PROTEST": ("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"),
    "SANCTION": ("convict", "expel", "withdraw", "discontinue"),
    "MOBILIZE": ("troops", "weapons", "police", "militia"),
    "COERCE": (
        "seize",
        "restrict",
        "censor",
        "curfew",
        "martial-law",
        "arrest",
        "deport",
        "withhold",
        "misinformation",
        "cyber",
    ),
    "ASSAULT": (
        "aerial",
        "bombing",
        "suicide-attack",
        "firearms",
        "heavy-weapons",
        "primitive",
        "beat",
        "abduct",
        "torture",
        "execute",
        "sexual",
        "assassinate",
        "crowd-control",
        "destroy",
        "cbrn",
        "clash",
        "seize-territory",
    ),
}
"""The modes of each type; a type without modes has an empty tuple."""

TYPES: tuple[str, ...] = tuple(MODES)
FLAT_MODES: tuple[tuple[str, str], ...] = tuple((kind, mode) for kind in TYPES for mode in ("", *MODES[kind]))
"""Every type with each of its modes, the empty one first: what the mode head chooses from."""
STATUSES: tuple[str, ...] = ("actual", "future", "hypothetical", "negated")
FILLERS: tuple[str, ...] = ("actor", "recipient", "place", "date", "weapon", "source")
COUNTS: tuple[str, ...] = ("killed", "injured")
ROLES: tuple[str, ...] = (*FILLERS, *COUNTS)
ATTRIBUTION_ROLES: tuple[str, ...] = ("source", "content")
INCIDENT_ROLES: tuple[str, ...] = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
"""MUC-4's string slots: persons and organisations that did it, things and persons hit, weapons."""

MENTIONS: tuple[str, ...] = (
    "Toponym",
    "Location",
    "Organisation",
    "Person",
    "Nationality",
    "Temporal",
    "Weapon",
    "MilitaryPlatform",
    "Quantity",
)
"""Kinds of mentions: a place name as LGL annotates it, and the types of re3d that are used here."""
SECTORS: dict[str, str] = {
    "GOV": "government: heads of state, ministries, officials, ruling parties",
    "MIL": "armed forces of a state",
    "JUD": "judges, courts, prosecutors, lawyers",
    "LEG": "parliaments and their members",
    "COP": "police, gendarmes, prison and border guards",
    "SPY": "intelligence services",
    "PRM": "armed groups on the government's side",
    "REB": "armed groups against a government",
    "UAF": "armed people of no known side: gunmen, attackers",
    "PTY": "political parties neither in government nor known as opposition",
    "OPP": "political opposition: parties, leaders, activists",
    "CVL": "civilians, protesters, ethnic groups, people at large",
    "ELI": "former officials, celebrities",
    "SOC": "civil society and social movements",
    "JRN": "journalists and news media",
    "BUS": "companies and business people",
    "EDU": "schools, universities, teachers, students",
    "MED": "hospitals and health workers",
    "REL": "clergy and religious bodies",
    "LAB": "workers and unions",
    "AGR": "farmers and herders",
    "CRM": "criminals, gangs, cartels",
    "REF": "refugees and displaced people",
    "IGO": "organisations of states",
    "NGO": "non-governmental organisations across borders",
}
"""Sectors of actors, a closed list: PLOVER's primary sector codes (manual, draft 0.6), with its codes for
non-state actors IGO and NGO; its ISM, IMG and MNC fall under SOC, REB and BUS."""

PENTA: dict[str, int] = {
    "AGREE": 1,
    "CONSULT": 1,
    "SUPPORT": 1,
    "COOPERATE": 2,
    "AID": 2,
    "YIELD": 2,
    "ACCUSE": 3,
    "REQUEST": 3,
    "REJECT": 3,
    "THREATEN": 3,
    "PROTEST": 4,
    "MOBILIZE": 4,
    "SANCTION": 4,
    "COERCE": 4,
    "ASSAULT": 4,
}
"""PLOVER's classes of the root codes: 1 verbal and 2 material cooperation, 3 verbal and
4 material conflict. YIELD is CONCEDE and RETREAT together."""


def root(kind: str) -> str:
    """The root code of a type: CONCEDE and RETREAT are YIELD, the others themselves."""
    return "YIELD" if kind in ("CONCEDE", "RETREAT") else kind
