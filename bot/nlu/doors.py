"""What young people call the services, and which kinds of service each name means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from service_catalog.terms import ServiceType

DOORS: dict[str, tuple[ServiceType, ...]] = {
    r"helsesykeplei\w+|helses[øy]st\w+|helsesyster\w*": ("skolehelsetjeneste",),
    r"skolehelsetjeneste\w*": ("skolehelsetjeneste",),
    r"helsestasjon\w*|hfu": ("helsestasjon_for_ungdom", "helsestasjon"),
    r"kommunepsykolog\w*|psykolog\w*": ("kommunepsykolog", "psykisk_helseteam"),
    r"helseteam\w*|psykisk helse": ("psykisk_helseteam", "lavterskel_psykisk_helse"),
    r"fastleg\w*|legen|legekontor\w*|legesenter\w*": ("fastlege",),
    r"legevakt\w*": ("legevakt",),
    r"barnevernvakt\w*|barnevernsvakt\w*": ("barnevernvakt",),
    r"barnevern(?!s?vakt)\w*": ("barnevern",),
    r"ppt": ("ppt",),
    r"bup": ("bup",),
    r"nav": ("nav",),
    r"familiesenter\w*|familiens hus": ("familiesenter",),
    r"familievern\w*": ("familievern",),
    r"krisesenter\w*": ("krisesenter",),
    r"utekontakt\w*|utekontakta": ("utekontakt",),
    r"ungdomsklubb\w*|fritidsklubb\w*|fritidssenter\w*": ("fritid",),
    r"rådgiver\w*|sosiallærer\w*|skolen|skulen": ("skole",),
    r"ung arena": ("lavterskel_ung",),
}
DOOR = rf"(?:{'|'.join(DOORS)})"


def doors_in(
    text: str, doors: Mapping[str, tuple[ServiceType, ...]] = DOORS
) -> Iterator[ServiceType]:
    """Yield the kinds of service that a canonical text names.

    >>> list(doors_in("vil ikke til legevakten"))
    ['legevakt']
    """
    for written, types in doors.items():
        if re.search(rf"\b(?:{written})\b", text):
            yield from types
