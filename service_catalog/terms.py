"""The fixed words of the catalog profile: service types, themes, ways in, ways to meet."""

from __future__ import annotations

from typing import Literal, get_args

ServiceType = Literal[
    "skolehelsetjeneste",
    "helsestasjon_for_ungdom",
    "helsestasjon",
    "lavterskel_ung",
    "lavterskel_psykisk_helse",
    "psykisk_helseteam",
    "familiesenter",
    "kommunepsykolog",
    "mottak",
    "fastlege",
    "legevakt",
    "ppt",
    "skole",
    "barnevern",
    "barnevernvakt",
    "barnehus",
    "overgrepsmottak",
    "krisesenter",
    "familievern",
    "bup",
    "dps",
    "rus_ung",
    "tsb",
    "fact_ung",
    "koordinerende_enhet",
    "habilitering",
    "utekontakt",
    "fritid",
    "nav",
    "samisk_tjeneste",
    "chat_tjeneste",
    "telefon_tjeneste",
    "spor_fagfolk",
    "selvhjelp",
    "informasjon",
    "nodnummer",
]
Theme = Literal[
    "stress",
    "redd_uro",
    "trist",
    "ensom",
    "mobbing",
    "familie",
    "foreldre_rus",
    "rus",
    "mat_kropp",
    "sovn",
    "skole_fravaer",
    "kjaerlighet",
    "seksualitet",
    "prevensjon",
    "identitet",
    "sorg",
    "kropp_helse",
    "nett_spill",
    "okonomi_bolig",
    "konsentrasjon",
    "funksjonsnedsettelse",
    "venter_bup",
    "bekymret_for_annen",
    "vold",
    "overgrep",
    "selvmord",
    "selvskading",
    "annet",
]
Scope = Literal["municipal", "national"]
# `contact`: one gets in touch oneself and needs no referral; how is told by the service.
WhoMayCome = Literal["drop_in", "booking", "contact", "referral", "unknown"]
Attending = Literal["meet", "phone", "chat", "video", "online"]
Cost = Literal["free", "paid", "unknown"]
Ages = Literal["all", "unknown"]
# Whether parents come along or are told as a matter of course.
Parents = Literal["not_involved", "your_choice", "involved", "unknown"]
Confidence = Literal["verified", "partly"]

SERVICE_TYPES: tuple[ServiceType, ...] = get_args(ServiceType)
THEMES: tuple[Theme, ...] = get_args(Theme)

# Specialists: one comes to them by a referral after somebody near has listened and
# assessed. They may stand in a catalog to be explained, and are never offered as a door.
NEVER_A_DOOR: frozenset[str] = frozenset({"bup", "dps", "tsb", "fact_ung", "habilitering"})
# Who listens and assesses first when somebody may need the specialists, best first.
FIRST_DOORS: tuple[ServiceType, ...] = (
    "mottak",
    "skolehelsetjeneste",
    "helsestasjon_for_ungdom",
    "kommunepsykolog",
    "psykisk_helseteam",
    "lavterskel_psykisk_helse",
    "lavterskel_ung",
    "fastlege",
)
# The arenas everybody can use, for advice and for what is everyday.
UNIVERSAL: tuple[ServiceType, ...] = (
    "skolehelsetjeneste",
    "helsestasjon_for_ungdom",
    "fritid",
    "skole",
    "informasjon",
    "helsestasjon",
    "selvhjelp",
)
# No referral, no threshold: for what is mild and has not lasted long.
LOW_THRESHOLD: tuple[ServiceType, ...] = (
    "skolehelsetjeneste",
    "helsestasjon_for_ungdom",
    "lavterskel_ung",
    "lavterskel_psykisk_helse",
    "utekontakt",
    "helsestasjon",
    "mottak",
)
# Who steps in where a home is not safe.
PROTECTION: frozenset[str] = frozenset({"barnevern", "barnevernvakt", "krisesenter"})
# Open when others are closed, so their hours may run through the night.
ON_CALL: frozenset[str] = frozenset(
    {
        "legevakt",
        "barnevernvakt",
        "overgrepsmottak",
        "krisesenter",
        "telefon_tjeneste",
        "chat_tjeneste",
        "utekontakt",
        "nodnummer",
    }
)
