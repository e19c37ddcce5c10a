"""Which doors they don't want: "vil ikke at barnevernet skal komme", "helst ikke helsesykepleier".

A door that is feared or turned down is not offered. Silence about it would make some turn
away from all help; most of all from the barnevern.
"""

from __future__ import annotations

import re

from bot.nlu.doors import DOORS, doors_in
from bot.nlu.normalise import Normalised
from service_catalog.terms import ServiceType

# "vil ikke på skolen" is no wish for another door, and "psykisk helse" is mostly a subject.
_DOORS = {
    name.replace("|psykisk helse", ""): types
    for name, types in DOORS.items()
    if types != ("skole",)
}
_DOOR = rf"(?:{'|'.join(_DOORS)})"
_WANTS = r"(?:vil|ville|ønsker|orker|gidder|trenger)"
_NOT = r"(?:ikke|aldri|slippe|slipper)"
_BETWEEN = r"(?: (?!mamma|pappa|foreldr|mor|far|noen|de\b|du\b|dere\b)\w+)"
# What they don't want a helper to tell is a wish for silence, not for another door.
_TELLS = (
    r"(?! (?:(?!(?:hun|han|hen|de|fordi|for)\b)\w+ ){0,3}?"
    r"(?:si|sier|fortelle|forteller|ringe|ringer|vite|få|får|sladre|melde)\b)"
)
_TURNS_DOWN = tuple(
    re.compile(line)
    for line in (
        rf"\b{_WANTS}(?: \w+)?? {_NOT}{_BETWEEN}{{0,4}}? {_DOOR}\b{_TELLS}",
        rf"^(?:(?:nei|men|bare|helst|absolutt|please|takk|jeg vil|jeg skal) )*(?:ikke|aldri)"
        rf"(?: (?:til|hos|med|på|noe|bland inn|ring))* {_DOOR}\b{_TELLS}",
        rf"\b(?:alt|noe|noen|andre|annet|annen) (?:annet |andre )?enn(?: \w+)?? {_DOOR}\b",
        rf"\b(?:stoler ikke|har ikke tillit)(?: \w+)?? (?:på|til) (?:\w+ )?{_DOOR}\b",
        rf"\bhater {_DOOR}\b",
    )
)
_BARNEVERN = r"barnevern(?!s?vakt)\w*"
_FEARS = tuple(
    re.compile(line)
    for line in (
        rf"\b(?:redd|livredd|skremt|bekymret|frykter|skremmer)(?: \w+){{0,3}}? {_BARNEVERN}",
        rf"\b(?:ikke|aldri)(?: at)?(?: \w+){{0,3}}? {_BARNEVERN}(?: \w+){{0,2}}? "
        r"(?:kommer?|vite?|vet|tar?|blandes|blander|involveres|inn|innblandet|på døra)\b",
        rf"\b(?:ikke|aldri)(?: at)?(?: \w+)?? (?:ringe|melde|kontakte|varsle|si (?:det )?til)r?"
        rf"(?: \w+){{0,3}}? {_BARNEVERN}",
        rf"\buten (?:at |å )?(?:\w+ ){{0,3}}?{_BARNEVERN}",
    )
)
_QUESTION = re.compile(r"\b(?:hva|hvem|hvor|hvordan|hvorfor|når)\b")
_CLAUSE = re.compile(r"[.!?;,]| men ")


def find(said: Normalised) -> tuple[ServiceType, ...]:
    """Return the kinds of service that the message turns down; () when it turns down none."""
    found: list[ServiceType] = []
    for clause in (part.strip() for part in _CLAUSE.split(said.canonical)):
        if _QUESTION.search(clause):
            continue
        for pattern in _TURNS_DOWN:
            for match in pattern.finditer(clause):
                found += doors_in(match[0], _DOORS)
        if any(pattern.search(clause) for pattern in _FEARS):
            found.append("barnevern")
    if "barnevern" in found:
        found.append("barnevernvakt")
    return tuple(dict.fromkeys(found))
