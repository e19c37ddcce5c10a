"""A message without what stands around what is said: greetings, a last question, a smile.

"Hei, …, hva skal jeg gjøre? 🙂" tells of no less danger than what stands between. The
classifier, which weighs every word, reads it bare; the rules read all of it.
"""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"https?:\S+|(?<!\w)[@#](?=\w)\w*")
"""Names of accounts and links say nothing of danger."""
_AROUND = r"[\s,.:;!?…-]"
_GREETING = (
    r"(?:hei+(?: hei+)?|heihei|heisann|hallo+|halla|halloen|hey+|hi|hello|heia|yo|"
    r"god (?:kveld|morgen|dag|natt))(?: (?:du|dere|dokker|dykk|der|på deg|sann))?"
)
_BEGINS = (
    r"(?:jeg |eg |æ |e |ej )?(?:vet|veit|vett) (?:ikke|ikkje|itj|ikkj|ke) (?:helt |heilt )?"
    r"(?:hvordan|hvor|hva|korleis|koss|kordan|åssen|korsen) (?:jeg|eg|æ|e|ej) ska?l? "
    r"(?:si|sei|seie|begynne|starte|forklare)(?: (?:det|dette|d|her))?",
    r"(?:det|dette) (?:er|e) (?:kanskje |litt |sikkert )*"
    r"(?:dumt|teit|flaut|rart)(?: å (?:si|spørre om))?",
    r"(?:kan|får) (?:jeg|eg|æ|e) spørre (?:deg )?om (?:noe|nåkka|noko|en ting)",
    r"(?:jeg |eg |æ )?(?:har et spørsmål|lurer på (?:noe|en ting))",
)
_ENDS = (
    r"(?:hva|kva|ka|hæ) (?:skal|ska|bør|kan) (?:jeg|eg|æ|e|vi|man) (?:gjøre|gjør|gjere|gjørr|gjer)"
    r"(?: (?:nå|no|da))?"
)
_SMILE = r"(?:[🙂😊😅🥲☺️]|:\)|:-\))"
_FIRST = re.compile(
    rf"^\s*(?:{_GREETING}(?!\w){_AROUND}*)?"
    rf"(?:(?:{'|'.join(_BEGINS)})(?!\w){_AROUND}*(?:men |so |så )?)?",
    re.IGNORECASE,
)
_LAST = re.compile(rf"{_AROUND}+{_ENDS}{_AROUND}*$", re.IGNORECASE)
_SMILES = re.compile(rf"(?:\s*{_SMILE})+\s*$")
LEAST = 3
"""So many words must be left; a greeting alone stays one."""


def bare(text: str) -> str:
    """Return `text` without addresses, greeting, last question and smile around it."""
    text = _ADDRESS.sub(" ", text)
    for around in (_SMILES, _LAST, _FIRST):
        left = around.sub("", text)
        if len(re.findall(r"\w+", left)) >= LEAST:
            text = left
    return text
