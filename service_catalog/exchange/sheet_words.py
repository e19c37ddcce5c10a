"""The Norwegian words of the spreadsheet: parts, column headings and fixed words.

A field or word without a translation stands under its own name, so nothing is ever left out.
"""

from __future__ import annotations

from collections.abc import Mapping

PART = "del"
CATALOG = "katalog"
YES, NO = "ja", "nei"
# What Excel, and people, write for yes and no.
YES_WORDS = frozenset({"ja", "sann", "true", "x", "1"})
NO_WORDS = frozenset({"nei", "usann", "false", "0"})

LANGUAGES = {"nb": "bokmål", "nn": "nynorsk"}

PARTS: Mapping[str, str] = {
    "school_holidays": "skoleferie",
    "organizations": "organisasjon",
    "locations": "sted",
    "services": "tjeneste",
    "pathways": "vei",
    "notes": "merknad",
}

FIELDS: Mapping[str, str] = {
    "id": "id",
    "name": "navn",
    "scope": "gjelder",
    "municipality": "kommunenummer",
    "fictional": "oppdiktet",
    "districts": "bydeler",
    "landing_text": "velkomst",
    "find_more": "finn mer",
    "kind": "slag",
    "steps": "steg",
    "who": "hvem",
    "bring": "ta med",
    "while_waiting": "mens man venter",
    "if_refused": "hvis det blir avslag",
    "url": "nettside",
    "address": "adresse",
    "district": "bydel",
    "accessibility": "tilgjengelighet",
    "transportation": "veien dit",
    "text": "tekst",
    "organization_id": "organisasjon (id)",
    "type": "type",
    "description": "beskrivelse",
    "levels": "nivåer",
    "themes": "temaer",
    "specialised": "bare for sine temaer",
    "keywords": "stikkord",
    "generic": "finnes i alle kommuner",
    "minimum_age": "alder fra",
    "maximum_age": "alder til",
    "ages": "alder ellers",
    "eligibility_description": "hvem det er for",
    "who_may_come": "hvordan man kommer dit",
    "referral_by": "hvem henviser",
    "application_process": "hva man gjør først",
    "attending_types": "hvordan man møtes",
    "video_minimum_age": "alder fra for video",
    "cost": "pris",
    "fees_description": "hva det koster",
    "anonymous": "kan være anonym",
    "anonymity": "om anonymitet",
    "parents": "foreldre",
    "languages": "språk",
    "interpretation_services": "tolk",
    "location_ids": "steder (id)",
    "confidential": "hemmelig adresse",
    "service_area": "andre kommuner",
    "schedule": "åpningstider",
    "opening_hours": "uke",
    "usual_times": "vanligvis, i ord",
    "usually": "vanligvis, som åpningstider",
    "times": "når, i ord",
    "phones": "telefon",
    "number": "nummer",
    "chat": "chat",
    "booking_endpoint": "timebestilling (FHIR)",
    "booking_schedule": "timebok (FHIR)",
    "booking_service_type": "slags time (FHIR)",
    "waiting_time": "ventetid",
    "alerts": "melding",
    "valid_from": "fra dato",
    "valid_to": "til dato",
    "closed": "stengt",
    "assured_date": "kontrollert dato",
    "source": "kilde",
    "confidence": "sikkerhet",
}

# {field: {code: word}}
VALUES: Mapping[str, Mapping[str, str]] = {
    "scope": {"municipal": "kommune", "national": "hele landet"},
    "levels": {
        "green": "grønn",
        "yellow": "gul",
        "orange": "oransje",
        "red": "rød",
        "dark_red": "mørkerød",
    },
    "kind": {
        "listens": "lytter",
        "assesses": "vurderer",
        "refers": "henviser",
        "waits": "venter",
        "beside": "følger",
        "treats": "behandler",
        "coordinates": "samordner",
        "way_of_working": "arbeidsmåte",
        "onward": "veien videre",
        "other": "annet",
    },
    "ages": {"all": "alle", "unknown": "ukjent"},
    "who_may_come": {
        "drop_in": "drop-in",
        "booking": "timebestilling",
        "contact": "ta kontakt",
        "referral": "henvisning",
        "unknown": "ukjent",
    },
    "attending_types": {
        "meet": "møtes",
        "phone": "telefon",
        "chat": "chat",
        "video": "video",
        "online": "nettside",
    },
    "cost": {"free": "gratis", "paid": "koster penger", "unknown": "ukjent"},
    "parents": {
        "not_involved": "ikke med",
        "your_choice": "du velger",
        "involved": "er med",
        "unknown": "ukjent",
    },
    "confidence": {"verified": "kontrollert", "partly": "delvis"},
}
