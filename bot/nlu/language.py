"""Which written form a young person uses: bokmål or nynorsk.

"eg" and "ikkje" are not enough: half the country says so and writes it in chat
too. Nynorsk is told from western and northern dialect by several *different*
signs of the written norm, weighed against signs of dialect and of bokmål.
"""

from __future__ import annotations

import re

from bot.turn import Language


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Belong to the nynorsk norm and are seldom written by those who write dialect.
_STRONG = _words(
    """kva kven kvifor korleis kvar kvart kvarandre eit frå noko nokon nokre vere vore vart verte
    òg medan difor dersom viss skule skulen skular heime saman seier seie dei deira hennar dykk
    dykkar hjå anten einaste mykje meir sjølv sjølve åleine aleine kjem kome korkje gjere ynskjer
    ynskje ønskjer byrja byrjar høyrer høyrde høyre skjøna skjøner døy døyr døydde fyrste fyrst
    hovudet hovud sjukehus vener tenkjer tenkje trur hugsar hugse tykkjer tykte framleis veker
    vekene leggje liggje gonger gong sidan såleis verda eigen eiga eigne annleis utanfor innanfor
    likar torer toler kjende finst sjå følgjer klarar mødrer nettene tankane kjærleik
    dørene vegen sommaren haust hausten førre enno inkje dårleg vorte vakse vaksen fortel
    fortelje"""
)
# Nynorsk too, but common in dialect writing as well.
_WEAK = _words(
    """eg ikkje ein berre då ho veit no anna mi mor ville bror søster att heim blei tek teke fekk
    me kor gjekk stod låg såg åt ete sove gjer noka nokonting"""
)
# Spoken forms: whoever writes these writes as they talk.
_DIALECT = _words(
    """e æ æg ka kæ kem kæm korsn korsen koss kossen koffor koffer kordan kje ikkj itj itte ente
    va ska vett d mæ dæ sæ mæg dæg sæg dåkker dåkke dokker nokka nåkka nåke noke nåe någe någen
    nån nånn te tell hadd hjæm hjæmme kår kjæm åssen åkke bærre adle ekje he vekke heila hu kver"""
)
_BOKMAL = _words(
    """jeg ikke hva hvem hvorfor hvordan hvor hvis noe noen fra være vært bare mye hjemme hjem
    alene sammen hun dem gjør gjøre sier vet blir ble uten skolen selv en et kommer hvert hver
    hvilken nå mer"""
)
_WORD = re.compile(r"[a-zæøåòéô]+")
_NORM_ENDING = re.compile(r"[a-zæøå]{3,}(?:leg|lege|legaste|leik)$")
_PLURAL = re.compile(r"[a-zæøå]{3,}(?:ane|arane)$")
_AR = re.compile(r"[a-zæøå]{3,}ar$")
_NOT_PLURAL = _words("kane plane mane bane orkane organe membrane profane")
_NOT_AR = _words(
    """svar klar januar februar ansvar forsvar kommentar seminar radar bestefar stefar morfar
    farfar oldefar foretar altar guitar gitar kaviar dollar hektar avatar jaguar vidar ragnar
    oscar oskar gunnar einar ivar samtidar uklar rar sukkar tilbakesvar seksar scrollar"""
)


def detect(text: str) -> Language | None:
    """Return the written form of `text`, or None when it does not tell.

    Give it all that the young person has written so far: one short message
    seldom holds enough signs.
    """
    words = set(_WORD.findall(text.lower()))
    strong = len(words & _STRONG) + min(2, sum(map(_nynorsk_form, words - _STRONG)))
    weak = len(words & _WEAK) + min(2, sum(map(_ar_form, words - _STRONG)))
    dialect, bokmal = len(words & _DIALECT), len(words & _BOKMAL)
    against = 3 * dialect + 2 * bokmal
    enough = strong >= 2 or (strong == 1 and weak >= 3)
    if enough and strong + 0.5 * weak > against:
        return "nn"
    if bokmal >= 2 and not dialect and strong + 0.5 * weak < bokmal:
        return "nb"
    return None


def _nynorsk_form(word: str) -> bool:
    if _NORM_ENDING.match(word):
        return True
    return bool(_PLURAL.match(word)) and word not in _NOT_PLURAL


def _ar_form(word: str) -> bool:
    return bool(_AR.match(word)) and word not in _NOT_AR
