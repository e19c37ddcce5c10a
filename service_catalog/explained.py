"""Words that staff use, and names of services, explained to who asks "hva er …?".

Notes of the municipality come first, then those of the whole country, then the services, then
what exists elsewhere, said to be elsewhere. Explaining shows no door.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Optional

from service_catalog.load import NATIONAL, Catalogs, in_service
from service_catalog.pathway_schema import Note
from service_catalog.schema import Catalog, Service
from service_catalog.text import YouthText

# What the bot has an answer of its own for, whatever a municipality calls its own.
ANSWERED_ELSEWHERE = frozenset(
    {
        "skolehelsetjeneste",
        "helsestasjon_for_ungdom",
        "helsestasjon",
        "fastlege",
        "legevakt",
        "barnevern",
        "barnevernvakt",
        "kommunepsykolog",
        "bup",
        "dps",
        "tsb",
        "nodnummer",
        "koordinerende_enhet",
    }
)


@dataclass(frozen=True)
class Explained:
    """What a word stands for, and in whose catalog that stands."""

    text: YouthText
    catalog: Catalog
    entry: Note | Service


def words_of(catalogs: Optional[Catalogs] = None) -> set[str]:
    """Return every word or name that can be explained, in lower case."""
    serving = catalogs or in_service()
    return {word for catalog in serving.all.values() for word, _ in _entries(catalog)}


def explain_word(
    word: str, place: Optional[str], catalogs: Optional[Catalogs] = None
) -> Optional[Explained]:
    """Return what `word` (lower case) stands for in `place`, or else anywhere."""
    serving = catalogs or in_service()
    near = [one for one in (serving.of(place), serving.of(NATIONAL)) if one]
    far = [one for one in serving.all.values() if one not in near]
    far.sort(key=lambda one: one.fictional)
    found = [_explained(entry, one) for one in near for entry in _named(one, word)]
    found += sorted(
        (_explained(entry, one) for one in far for entry in _named(one, word)),
        key=lambda one: isinstance(one.entry, Note),  # elsewhere a service is what is meant
    )
    return found[0] if found else None


def _explained(entry: Note | Service, catalog: Catalog) -> Explained:
    text = entry.text if isinstance(entry, Note) else entry.description
    return Explained(text, catalog, entry)


def _named(catalog: Catalog, word: str) -> list[Note | Service]:
    return [entry for known, entry in _entries(catalog) if known == word]


def _entries(catalog: Catalog) -> Iterator[tuple[str, Note | Service]]:
    for note in catalog.notes:
        for word in (*note.keywords, note.name.nb, note.name.nn or note.name.nb):
            yield word.casefold(), note
    for service in catalog.services:
        if service.type not in ANSWERED_ELSEWHERE:
            for word in {service.name.nb, service.name.nn or service.name.nb}:
                yield word.casefold(), service
