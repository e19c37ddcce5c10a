"""What is answered, in own words, to the question whether a human shall read.

Only a plain yes opens anything. "Ja, hvis mamma ikke får vite det" asks for the terms, and who
knows the nurse is asked about somebody else.
"""

from __future__ import annotations

import re
from typing import Literal, Optional

from bot.gateway.errors import log_fault
from bot.nlu import known_there
from bot.nlu.known_there import PERSON
from bot.nlu.normalise import canonical, normalise
from bot.safety.hearing import read_wish

SHORT = 5
"""An answer of more words than this tells of more than being unsure."""
Answer = Literal["yes", "no", "known", "unsure", "terms"]

# Where somebody works who is known as "helsesykepleieren".
NURSES = frozenset({"skolehelsetjeneste", "helsestasjon", "helsestasjon_for_ungdom"})
_NURSE = r"(?:helsesykeplei\w+|helses[øy]st\w+|(?:the )?(?:school )?nurse)"
_HER = r"(?:hun|henne|ho|na|han|ham|de|dem|her|him|them|damen|dama)"
_SOMEONE = (
    r"(?:(?:et|ett|en) (?:\w+ )?(?:menneske|person|voksen)|noen|"
    r"(?:a|another) (?:real )?(?:human|person)|someone|somebody|anyone|anybody)"
)
_TALK = r"(?:snakke?|prate?|skrive?|chatte?|talk|speak|write|chat) (?:litt )?(?:med|to|with)"
_WISHES = re.compile(rf"\b{_TALK} {_SOMEONE}\b")
# Nothing but the wish: it is heard also while the engine is away.
_BEGIN = (
    r"(?:(?:hei|heisann|hallo|hey|hi|hello|ja|jo|men|så|ok|forresten|please|actually|yes) )*"
    r"(?:(?:jeg|vi|i) )?(?:kan|får|kunne|vil|må|ønsker|har lyst|can|could|want|need|would)"
    r"(?: (?:jeg|vi|i|få|lov|til|å|gjerne|heller|helst|bare|veldig|to|please|like|just))* "
    rf"{_TALK} "
)
_END = (
    r"(?: (?:igjen|nå|her|da|heller|likevel|allikevel|i stedet|plis|vær så snill|takk|please|now))*"
)
_PLAIN_WISH = re.compile(
    rf"{_BEGIN}(?:{_SOMEONE}|{_HER} (?:igjen|again)|{_NURSE} (?:her|nå)){_END}"
)
_WISH_FOR_NURSE = re.compile(rf"{_BEGIN}(?:en |ei )?{_NURSE}{_END}")
# After a no, this asks to be asked again.
_AFTER_ALL = re.compile(
    rf"\bombestem\w*|\bchanged my mind|\b(?:vil|want)\b.*\b(?:likevel|allikevel|after all)\b|"
    rf"\b{_TALK} (?:{_SOMEONE}|{_HER})\b"
)
# Said of whoever would read, these need no name: they stand beside a wish, or answer our question.
_KNOWS_HER = re.compile(
    rf"\b(?:kjenner?|knows?) (?:jo |godt |allerede |visst ){{0,2}}(?:{_HER}|{_NURSE})\b(?! ikke)|"
    rf"\b(?:andre?|annen|annet|anna|else|other) (?:enn|than) (?:{_HER}|{_NURSE}|den)\b|"
    rf"\bsom ikke er {_NURSE}|"
    rf"^(?:\w+ ){{0,3}}(?:ikke|not) (?:med |til |hos |with |to )?(?:{_HER}|{_NURSE})\b"
)
_KIN = re.compile(rf"\b(?:hun|hu|han|det|{_NURSE}) er (?:jo |faktisk )?{PERSON}\s*(?:$|[.!,?])")
_KNOWS_NOT = re.compile(r"\b(?:kjenner|know) (?:\w+ )?(?:ikke|ingen|nobody)\b|\bnot know\b")
_YES = re.compile(
    r"(?:ja+h?|joa|javisst|yess+|okey|oki|kjør|det er (?:greit|fint|ok|okei)|"
    r"(?:det )?går (?:bra|fint|greit)|(?:det )?(?:kan|får) (?:hun|hu|han|de|dere)|"
    r"(?:hun|hu|han) kan få|fint|perfekt)\b"
    # "Det går greit egentlig, bare sliten" is no answer to us.
    r"(?: (?:at|for|meg|hun|hu|han|hen|de|dere|leser?|det|dette|nå|da|takk|så|bare|ja|jeg|vil|"
    r"gjerne|hvis|men|om|ikke|mamma|pappa|foreldrene|noen|andre|vite|får))*[ ?]*"
)
_NO = re.compile(
    r"(?:(?:jeg|men|jammen|nei) )*(?:vil|ønsker|orker|tør|ville) (?:helst |egentlig )?ikke\b|"
    r"(?:glem|dropp|drit i) det|ellers takk|no(?: thanks| thank you)?$|not (?:now|yet)\b"
)
# "Vil gjerne" answers us; "vil helst snakke med venninna mi" does not.
_WANTS_ELSE = re.compile(r"vil (?!(?:gjerne|det|jeg)\b)")
_UNSURE = re.compile(
    r"(?:(?:jeg|er|må|eh|i) )*(?:nja\w*|njei|tja|vet ikke|usikker|kanskje|tenke|tror det|vent litt|"
    r"maybe|not sure|don't know)\b"
)
_THUMB = re.compile(r"\s*[\U0001f44d\U0001f44c]")
_TERMS = re.compile(r"\?|\b(?:hvis|dersom|bare om|så lenge|men|if|but|as long as)\b")
_QUESTION = re.compile(
    r"(?:hvem|hva|hvor|hvordan|hvorfor|når|er (?:det|hun|han)|får|kan|who|what|is)\b"
)


def read(text: str, english: bool = False) -> Optional[Answer]:
    """Return how `text` answers the question whether a human shall read; None: it does not."""
    try:
        return _read(text, english)
    except Exception as error:
        log_fault("consent", error)
        return None


def names_the_nurse(text: str) -> bool:
    """Say whether `text` tells in so many words that they know the nurse, or who works there."""
    try:
        found = known_there.find(normalise(text))
    except Exception as error:
        log_fault("somebody known", error)
        return False
    return found is not None and (not found.types or bool(NURSES & set(found.types)))


def knows_the_nurse(text: str) -> bool:
    """Say whether `text` tells, beside a wish or as an answer, that they know who would read."""
    try:
        return names_the_nurse(text) or _tells_of_her(canonical(text))
    except Exception as error:
        log_fault("somebody known", error)
        return False


def wishes_another(text: str) -> bool:
    """Say whether `text` wishes for a human, and for another than the one they know."""
    return knows_the_nurse(text) and bool(_WISHES.search(canonical(text)))


def is_wish(text: str) -> bool:
    """Say whether `text` is a wish for a human and nothing else."""
    return bool(_PLAIN_WISH.fullmatch(_words(text)))


def is_wish_for_nurse(text: str) -> bool:
    """Say whether `text` is a wish for a helsesykepleier and nothing else.

    With none in the chat it asks where there is one.
    """
    return bool(_WISH_FOR_NURSE.fullmatch(_words(text)))


def changes_mind(text: str) -> bool:
    """Say whether `text`, some time after a no, asks for a human after all."""
    said = _words(text)
    return bool(_AFTER_ALL.search(said)) and not re.search(r"\b(?:ikke|not|don't)\b", said)


def asks_back(text: str) -> bool:
    """Say whether `text` asks something: our question then still stands."""
    return "?" in text or bool(_QUESTION.match(canonical(text)))


def _read(text: str, english: bool) -> Optional[Answer]:
    if knows_the_nurse(text):
        return "known"
    said = _words(text, "?")
    wish = None if _WANTS_ELSE.match(said) else read_wish(text, english)
    if _NO.match(said) or wish == "no":
        return "no"
    if is_wish(text):
        return "yes"
    if _UNSURE.match(said) and len(said.split()) <= SHORT:
        return "unsure"
    if wish == "yes" or _YES.fullmatch(said) or (_THUMB.match(text) and not said):
        return "terms" if _TERMS.search(said) else "yes"
    if re.match(r"(?:ok|okei|greit)\b", said) and _TERMS.search(said):
        return "terms"
    return "terms" if english and asks_back(text) else None


def _words(text: str, kept: str = "") -> str:
    return " ".join(re.sub(rf"[^\w\s'{kept}]", " ", canonical(text)).split())


def _tells_of_her(said: str) -> bool:
    if _KNOWS_NOT.search(said):
        return False
    # "Hun er moren min" tells of the reader only as an answer, or with the nurse named.
    kin = _KIN.search(said) and (re.search(_NURSE, said) or not _WISHES.search(said))
    return bool(_KNOWS_HER.search(said) or kin)
