"""Whether a message is written in English, so that it can be answered in simple English.

Half of all Norwegian chat has English words in it; one Norwegian function word
makes a message Norwegian.
"""

from __future__ import annotations

import re
from typing import Optional


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ENGLISH = _words(
    """the a and is are was were am be been being do does did don't dont doesn't didn't can't cant
    cannot could would should will won't wont i'm im i've ive i'll you you're your my mine me he's
    she's his him her she they them their it it's its this that these those there here what who
    why when where how if because with without from of not no never nothing anymore any someone
    somebody nobody everyone everything about just really very want wanna need help kill die dead
    dying live life alive hurt hurts hurting hit hits hitting scared afraid alone home house dad
    mom mum father mother brother sister friend friends school feel feels feeling think thinking
    know tell told talk please sorry yes yeah maybe have has had having going gonna go get got
    myself yourself himself herself himself night tonight today tomorrow now away out up down
    pills plan anyone tired end call called safe fine okay speak english to
    we again"""
)
_NORWEGIAN = _words(
    """jeg æ e eg æg jæ je ikke ikkje itj kje og er på det som at til å har hadde var vil skal kan
    må hva ka kva hvor kor men for med om fra frå av en ei et ein eit den de dei du deg meg mæ seg
    han hun ho vi noe noko nokka noen nokon bare berre så når nå fordi hvis viss vet veit gjør gjer
    hjem heime hjemme mamma pappa venn ven lyst livet leve dø ja nei litt også òg nån liksom ass
    går kommer blir være vere denne dette hjelp redd sammen nesten alt alle mye mykje sånn"""
)
_SHARED = _words("i me to so over under for at in her han is was no du men de mine")
_WORD = re.compile(r"[a-zæøå]+(?:['’][a-z]+)?")


def is_english(text: str) -> Optional[bool]:
    """Return whether `text` is English; None when it does not tell ("ok", "…", "113").

    >>> is_english("i dont want to live anymore")
    True
    >>> is_english("honestly jeg orker ikke mer")
    False
    """
    words = [word.replace("’", "'") for word in _WORD.findall(text[:2000].lower())]
    if re.search(r"[æøå]", text.lower()):
        return False
    english = [word for word in words if word in _ENGLISH]
    sure = set(english) - _SHARED
    if norwegian_words(text):
        return False
    if not words or not sure:
        return None
    known = sum(1 for word in words if word in _ENGLISH or word in _SHARED)
    if len(sure) == 1 and len(words) <= 2:
        return None
    return True if known / len(words) >= 0.5 else None


def norwegian_words(text: str) -> frozenset[str]:
    """Return the words of `text` that Norwegian has and English has not."""
    return frozenset(_WORD.findall(text[:2000].lower())) & _NORWEGIAN - _ENGLISH - _SHARED
