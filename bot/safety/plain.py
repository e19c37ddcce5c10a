"""A message as the safety dialogue reads it: plain words, or the value of a button."""

from __future__ import annotations

import re
from typing import Optional

from bot.nlu.normalise import canonical, clean

_CHOICE = re.compile(r"^\s*(safe|safe_place|company|human)=(yes|no|unclear)\b")
# No word is this long; what is costs the normaliser time.
_LONG_WORD = re.compile(r"(\S{60})\S+")
# Forms that the common table of spellings leaves as they are.
_MORE = {
    "kje": "ikke",
    "itte": "ikke",
    "ittno": "ikke noe",
    "seie": "si",
    "sei": "si",
    "ringje": "ringe",
    "ringjer": "ringer",
    "ringde": "ringte",
    "gløym": "glem",
    "meine": "mener",
    "meiner": "mener",
    "koffer": "hvorfor",
    "kviskre": "hviske",
    "tenkjer": "tenker",
    "tenkje": "tenke",
    "sånn": "slik",
    "sånt": "slikt",
    "aleine": "alene",
    "skræmt": "redd",
}


def choice(text: str) -> Optional[tuple[str, str]]:
    """Return (name, value) when `text` begins with the bare value of one of our buttons."""
    found = _CHOICE.match(text)
    return (found.group(1), found.group(2)) if found else None


def words_of(text: str, english: bool = False) -> str:
    """Return the words of `text` in canonical spelling (English as it is), without marks."""
    text = _LONG_WORD.sub(r"\1", text[:2000])
    plain = clean(text) if english else canonical(text)
    words = re.sub(r"[^\w\s']", " ", plain).split()
    return " ".join(words if english else [_MORE.get(word, word) for word in words])
