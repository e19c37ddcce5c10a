"""What of the way onwards a message asks for, or tells: "hvem henviser", "jeg fikk avslag på bup".

Read by rules on the canonical text, so that it is the same in bokmål, nynorsk and dialect.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Optional

from bot.nlu.normalise import Normalised, canonical
from service_catalog.explained import words_of

_FAR = r"\b(?:bup|dps|tsb|poliklinikk\w*|spesialist\w*)\b"
_LETTER = r"\b(?:hen|til)vis\w*"
_TREATED = rf"(?:{_FAR}|{_LETTER}|\bsøknad\w*|\bbehandling\w*|\butredning\w*|\butgreiing\w*)"
_ONE = r"(?:jeg|man|en|vi|du|hun|han|broren min|søsteren min|vennen min|venninna mi)"
_TALK = r"\b(?:time\w*|samtale\w*|møte\w*|leg\w+|fastleg\w*|helsesykepleier\w*|psykolog\w*|dit)\b"
_ASKS = re.compile(
    r"\?|(?:^|[.,!:] |\b(?:og|men|på|så|vet (?:du|dere)) )"
    r"(?:hva|hvem|hvor|hvordan|når|hvorfor)\b|^(?:må|kan|skal|får|går det|trenger|treng) |"
    r"\blurer på\b|\bkan (?:jeg|vi|hun|han|man) "
)
# The same words about something that has nothing to do with the specialists.
_ELSE = re.compile(
    r"\b(?:fysio\w*|tann\w*|hudlege\w*|røntgen\w*|kiropraktor\w*|jobb\w*|stipend\w*|lån\w*|"
    r"lærling\w*|tur|gym\w*|tren(?:e|er|te|ing\w*)?|bussen|toget|kjæresten)\b"
)
_PATTERNS: tuple[tuple[str, str], ...] = (
    (
        "if_refused",
        rf"\b(?:avslag\w*|avslått|avslo|avvist|avviste|avvise\w*|avvis)\b(?=.*{_TREATED})|"
        rf"{_TREATED}.*\b(?:avslag\w*|avslått|avslo|avvist|avviste|avviser|avvis)\b|"
        rf"{_TREATED}(?: \w+){{0,2}} (?:sa|sier|seier|svarte|svarer) nei\b|"
        rf"\bnei (?:fra|til|på|av) (?:\w+ )?{_TREATED}|"
        r"\b(?:fikk|fekk|får|fått|kom) (?:jeg )?ikke (?:\w+ )?(?:plass|inn|time) "
        rf"(?:på|til|i|hos) {_FAR}|"
        rf"{_FAR} (?:ville|vil) ikke (?:ha|ta|hjelpe)|"
        rf"\bikke (?:\w+ )?(?:syk|sjuk) nok (?:for|til) {_FAR}|"
        rf"\bikke henvise? (?:meg|henne|han)|\bklage\b.*(?:{_TREATED}|avslag)",
    ),
    (
        "waiting_time",
        rf"\bhvor (?:lang tid|lenge|lang)\b.*(?:{_TREATED}|\bvent\w*(?! med\b))|"
        r"\bhvor (?:lang|mye) ventetid|"
        r"^hvor lang tid tar (?:det|dette)(?: \?| da)*$|\bhvor lenge må (?:jeg|man|en|vi) vente|"
        rf"\blang (?:ventetid|kø)\b.*\?|\bnår (?:får|kommer) (?:jeg|man) (?:\w+ )*{_FAR}|"
        rf"\bventetid\w*\b.*{_FAR}.*\?|\b(?:er|har) .*{_FAR}.*\bventetid\w*",
    ),
    (
        "while_waiting",
        r"\b(?:mens|medan) (?:jeg|man|vi|en|hun|han) (?:\w+ )?(?:vent\w*|står i kø)|"
        r"\b(?:hva|hvem|kan|får)\b.*\b(?:imens|i mellomtid\w*|i ventetid[ae]n?)\b|"
        rf"\bvent(?:er|ar|e|et|a) på (?:\w+ ){{0,3}}?{_FAR}|\bventeliste\w*",
    ),
    (
        "bring",
        rf"\bhva (?:må|skal|bør|trenger|treng|kan|burde) {_ONE} (?:å )?(?:ha|ta) med"
        rf"(?: (?:meg|seg|oss))?(?:(?: \?)*$|.*(?:{_TREATED}|{_TALK}))|"
        rf"\b(?:må|skal|bør|trenger|treng) {_ONE} (?:å )?(?:ha|ta) med (?:\w+ )*"
        r"(?:noe|papir\w*|legitimasjon|pass|kort\w*|id|bankkort|penger|noen)|"
        r"\bnoe (?:jeg|man) (?:må|bør) (?:ha|ta) med",
    ),
    (
        "refers",
        rf"\bhvem\b.*{_LETTER}|{_LETTER}.*\bhvem\b|"
        r"\bhvem (?:kan|må|skal) (?:sende|søke|melde) (?:\w+ ){0,3}?(?:til|på|inn)\b|"
        rf"\b(?:må|trenger|treng|skal) {_ONE} (?:\w+ )?(?:å )?(?:ha |få )?(?:\w+ )?{_LETTER}|"
        rf"\bhvordan (?:får|få|søker|ber|skaffer) {_ONE} (?:\w+ )*{_LETTER}|"
        rf"\bkan\b (?:\w+ ){{1,3}}(?:hen|til)vise\b|\but[ae]n {_LETTER}|"
        rf"\bkan (?:\w+ ){{1,3}}sende (?:\w+ )?{_LETTER}|^{_LETTER}\W*$|"
        rf"\bsøknad\w* til {_FAR}.*\bhvem\b|\b(?:må|skal) {_ONE} til .*{_LETTER}|"
        rf"\b(?:kan|får|går det an å) (?:\w+ )*(?:søke|melde|ringe|kontakte|gå)\b.*{_FAR}|"
        rf"{_FAR}.*\b(?:uten|rett|direkte|på egen hånd)\b.*\?",
    ),
    (
        "first",
        r"\bhvem (?:skal|bør|må|kan|burde) (?:jeg|man|en|vi) (?:\w+ )+?først|"
        r"\bhvor (?:begynner|starter|byrjar|begynne|starte|byrje) (?:jeg|man|en|vi)\b|"
        r"\bhvor (?:skal|bør|må|kan) (?:jeg|man|en) (?:begynne|starte|byrje)\b|"
        r"\bhvem (?:er det som )?(?:vurderer|kartlegger|bestemmer|avgjør|finner ut)\b"
        rf".*(?:{_TREATED}|hjelp)",
    ),
    (
        "steps",
        rf"\bhvordan (?:kommer|komme|kommer|får|søker|søke|går|blir|havner|kjem)\b.*{_FAR}|"
        rf"\bhvordan (?:funker|fungerer|foregår|virker) (?:det|\w+) (?:å |med )?.*{_LETTER}|"
        rf"\b(?:vil|ønsker|må) (?:gjerne )?(?:til|inn på|komme til|på) {_FAR}.*\?|"
        r"\bhva (?:skjer|kommer|blir) (?:videre|vidare|etterpå|deretter|etter det|så)\b|"
        r"\bhva (?:er|blir) (?:det )?neste (?:steg|skritt|trinn)|\bve(?:ien|gen) vid[ae]re\b|"
        rf"\bhva skjer (?:når|etter at|hvis) (?:jeg|man|de) .*(?:{_LETTER}|snakk\w*|prat\w*)|"
        rf"\bhvordan (?:går|kommer) (?:jeg|man|det|en) (?:meg )?vid[ae]re|"
        rf"\bhva skjer etter {_LETTER}",
    ),
)
_RULES = tuple((part, re.compile(pattern)) for part, pattern in _PATTERNS)
# Said alone these may be about anything; they count when the talk is about the way onwards.
_WEAK = (
    (
        "if_refused",
        re.compile(
            r"^(?:men |og |ok )*(?:(?:de|dem|legen) (?:sa|sier|svarte) (?:bare )?nei|"
            r"(?:jeg )?(?:fikk|fekk) (?:bare )?(?:nei|avslag))(?: igjen| da)?\W*$|^avslag\W*$"
        ),
    ),
    ("steps", re.compile(r"^(?:og |ok |men )*hva skjer (?:nå|da)\b|^hva (?:gjør jeg|nå|da)\b")),
    (
        "waiting_time",
        re.compile(r"\bhvor (?:lang tid|lenge) (?:tar|varer|blir|går) (?:det|dette)\b"),
    ),
)
_WHAT_IS = re.compile(
    r"\b(?:hva|hvem|hvilken) (?:\w+ )?(?:er|betyr|tyder|gjør|gjer|menes|står|går|heter)\b|"
    r"\bforklar\w*|\bhva for noe\b|\bhva slags\b|\bhvordan (?:funker|fungerer|virker|verkar)\b|"
    r"\bskjønner ikke (?:hva|ordet)|\bhar (?:du|dere) hørt om\b|\bfortell (?:meg )?om\b"
)
_FEW = 4


def find(said: Normalised) -> Optional[dict[str, Any]]:
    """Return {part or term, asks, weak}, or None when it is about something else.

    `asks`: it is a question. `weak`: it only counts when the talk is about the way already.
    """
    text = said.canonical
    if not text:
        return None
    asks = bool(_ASKS.search(text))
    term = _term(text, len(said.tokens))
    for part, pattern in _RULES:
        if pattern.search(text) and not _ELSE.search(text):
            return {"part": part, "asks": asks, "weak": False}
    if term:
        return {"term": term, "asks": True, "weak": False}
    for part, pattern in _WEAK:
        if pattern.search(text):
            return {"part": part, "asks": asks, "weak": True}
    return None


def _term(text: str, length: int) -> Optional[str]:
    """Return the longest word to be explained that is asked for."""
    if not _WHAT_IS.search(text) and length > _FEW:
        return None
    found = [word for word in words_of() if re.search(rf"\b{re.escape(_plain(word))}\b", text)]
    best = max(found, key=lambda word: (len(_plain(word)), word), default=None)
    if best is None or _WHAT_IS.search(text):
        return best
    bare = text.strip(" ?!.")
    return best if bare == _plain(best) else None


@lru_cache(maxsize=1024)
def _plain(word: str) -> str:
    return canonical(word)
