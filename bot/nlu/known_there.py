"""Whether somebody they know works at a service: "tanta mi jobber der", "eg kjenner ho der".

In a small place that shuts a door. Nothing is kept of who it is; only which kinds of service are
meant, as far as the message says it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.nlu.doors import DOOR, doors_in
from bot.nlu.normalise import Normalised
from service_catalog.terms import ServiceType

_OWN = (
    r"(?:mamma|pappa|mor|far|mora|moren|faren|mammaen|pappaen|mutter\w*|fatter\w*|foreldrene|"
    r"foreldra|ste(?:mor|far|mora|faren|moren|pappa|mamma)|bonus\w+|tant[ea]\w*|onkel\w*|"
    r"bestemor\w*|bestefar\w*|mormor\w*|morfar\w*|farmor\w*|farfar\w*|søster\w*|søstera|søsken\w*|"
    r"bror\w*|broren|kusin\w*|fetter\w*|nabo\w*|kjæreste\w*|venninn\w*|kompis\w*|bestevenn\w*)"
)
_WHOSE = r"(?: (?:mi|min|mine|vår|til(?: \w+){1,3}))?"
PERSON = rf"{_OWN}{_WHOSE}"
_THEY = r"(?:hun|han|henne|ham|ho|hu|de|dem|en|ei|noen|alle|flere|damen|dama|mannen|folka|folkene)"
_WORKS = r"(?:jobber|jobbe|jobba|arbeider|er ansatt|er vikar|vikarierer|er sjef|er leder|sitter)"
_AT_DOOR = rf"(?:på|i|hos|ved|for|med)(?: \w+){{0,2}}? {DOOR}\b"
_THERE = r"(?:der|hos dere|på det stedet|på den plassen)\b"
_PLACE = rf"(?:{_THERE}|{_AT_DOOR})"
_STAFF = (
    rf"(?:{DOOR}(?: (?:på|i|min|vår)(?: \w+)?)?|"
    rf"(?:hun|han|de|dama|damen|mannen)(?: som {_WORKS})? (?:{_PLACE}))"
)
_KINDRED = rf"(?:{PERSON}|i slekt|gift|sammen|samboer|venn\w*|bestevenn\w*|en venn|god venn)"
_TELLS = tuple(
    re.compile(line)
    for line in (
        rf"\bkjenner? (?:jo |godt |alle |allerede ){{0,2}}{_THEY}(?: \w+)? som (?:{_WORKS}|er)"
        rf"(?: \w+){{0,2}}? {_PLACE}",
        rf"\bkjenner (?:jo |godt ){{0,2}}{_THEY}(?: \w+)? {_PLACE}",
        rf"\bkjenner (?:jo |godt ){{0,2}}{DOOR}\b",
        rf"\b{PERSON}(?: \w+){{0,2}}? {_WORKS}(?: \w+){{0,2}}? {_PLACE}",
        rf"\b{PERSON} (?:er|som er) (?:jo )?(?:en av )?(?:helsesykeplei\w+|helsesøst\w+|legen|"
        r"fastleg\w+|rådgiver\w*|sosiallærer\w*|psykologen)\b",
        rf"\b{PERSON} er (?:jo )?psykolog (?:{_PLACE}|her|i kommunen)",
        rf"\b{_STAFF} er (?:jo |faktisk )?(?:\w+ )?{_KINDRED}\b",
        rf"\b{PERSON}(?: og \w+)? kjenner (?:jo |godt )?"
        rf"(?:{DOOR}\b|{_THEY}(?: \w+){{0,3}}? {_PLACE})",
        r"\b(?:i slekt|gift|venn\w*|bestevenn\w*) med "
        rf"(?:{DOOR}\b|{_THEY}(?: som {_WORKS})? {_PLACE})",
        r"\b(?:henne|han|dem|hun) (?:der )?kjenner (?:jeg|vi|mamma|pappa)\b",
    )
)
_NOT = re.compile(
    r"\bkjenner (?:\w+ ){0,2}?(?:ikke|ingen)\b|\b(?:ingen|ikke) (?:\w+ )?kjenner\b|"
    r"\bkjenner (?:du|dere)\b|\bikke (?:\w+ )?jobber\b|\bjobber (?:\w+ )?ikke\b|"
    r"\b(?:jobbet|sluttet|slutta|pleide|før|hvis|dersom|ønsker|håper|skulle ønske)\b|"
    r"\b(?:hva|hvem|hvor|hvordan|når) (?:\w+ )?(?:jobber|gjør|er)\b"
)
_CLAUSE = re.compile(r"[.!?;]")


@dataclass(frozen=True)
class KnownThere:
    """Somebody they know works at a service. `types` is empty when only "der" is said."""

    types: tuple[ServiceType, ...]


def find(said: Normalised) -> KnownThere | None:
    """Return what the message tells of somebody known at a service, or None."""
    for clause in _CLAUSE.split(said.canonical):
        if not _NOT.search(clause) and any(pattern.search(clause) for pattern in _TELLS):
            return KnownThere(tuple(dict.fromkeys(doors_in(said.canonical))))
    return None
