"""What a young person says after an emergency answer: they called, dare not, cannot speak …"""

from __future__ import annotations

import re
from typing import Literal, Optional

from bot.safety.hearing import HEDGE, NO, SAFE, UNSAFE, YES
from bot.safety.plain import choice, words_of

Follow = Literal[
    "silent",
    "no_phone",
    "afraid",
    "called",
    "uncalled",
    "there",
    "wont",
    "joke",
    "retreat",
    "safe_yes",
    "safe_no",
    "company_yes",
    "company_no",
    "ok",
]
MAX_WORDS = 25  # longer messages tell something new and go to the dialogue

_LAUGH = re.compile(r"[😂🤣😅😆😹]|\b(?:(?:ha|he|ah){2,}h?|lol|lmao|xd+)\b", re.IGNORECASE)
_FOLLOWS: tuple[tuple[Follow, str], ...] = (
    (
        "silent",
        r"kan ikke (?:snakke|prate|ringe|si noe|lage lyd)|får ikke (?:snakket|pratet|ringt)|"
        r"må være (?:helt )?stille|(?:hører|høre|hør|hørr) (?:meg|oss|alt|det)\b|hvisk|gjemmer meg|"
        r"(?:can't|cant|cannot) (?:talk|speak|call)|can hear|hear me|noen (?:hører|lytter)",
    ),
    (
        "no_phone",
        r"(?:ikke|ingen) (?:mobil|telefon|strøm|batteri|saldo|dekning|ringetid)|"
        r"tatt (?:fra meg )?(?:mobilen|telefonen)|no phone|dead battery|tom for (?:strøm|batteri)",
    ),
    (
        "afraid",
        r"tør ikke|redd for å (?:ringe|si)|(?:får|få) kjeft|blir? (?:sur|sint|sure) på meg|"
        r"hva hvis (?:de|politiet|noen|mamma|pappa|han|hun)|skummelt å ringe|flaut|"
        r"hva skjer hvis jeg ringer|hva skal jeg si|(?:too )?scared|afraid to",
    ),
    (
        "wont",
        r"(?:vil|orker|gidder|skal|kommer) ikke (?:\w+ ){0,3}ringe|ringer ikke|ikke ringe|nekter|"
        r"(?:won't|wont|don't want to|dont want to|not going to) call|ikke aktuelt|drit i å ringe",
    ),
    (
        "uncalled",
        r"(?:ingen|ikke|aldri) (?:\w+ ){0,3}ring(?:t|te|er)\b|"
        r"ring(?:er|te|t) (?:\w+ )?ikke\b|(?:nobody|no one|haven't|have not|didn't) (?:\w+ )?call",
    ),
    (
        "there",
        r"(?<!ikke )(?:er|sitter|ligger|venter|kommet|kommer fram) (?:(?!ikke)\w+ )?(?:på|til|hos) "
        r"(?:legevakt\w*|sykehus\w*|akutten|akuttmottak\w*|politi\w*)|"
        r"\b(?:han|hun|hen) (?:er våken|våknet|våkna|lever|puster igjen)\b(?! ikke)|"
        r"(?<!ikke )(?<!aldri )(?:fant|funnet|fikk tak i) (?:ham|han|henne|hun)\b(?! ikke)|"
        r"(?:ambulansen|politiet|legen|hjelpen) (?:er (?:her|kommet|framme)|kom)\b(?! ikke)|"
        r"(?:ambulansen|politiet|de|legen) (?:har )?(?:tok|tatt|tar) (?:ham|han|henne|hun|meg) "
        r"(?:med|inn)|"
        r"(?:dro|drar|reiste|er med) (?:(?!ikke)\w+ )?(?:i|til) (?:ambulansen|sykehus\w*)|"
        r"(?:ambulance|police|help|doctor)(?: is|'s| are) here|"
        r"(?<!not )(?<!never )(?<!n't )(?:found|got to) (?:her|him|them)\b|"
        r"(?:she|he)(?:'s| is) (?:alive|awake|breathing|okay|safe)\b|"
        r"(?<!not )(?:at|in) (?:the )?(?:hospital|ambulance|er)\b",
    ),
    (
        "called",
        r"(?<!ikke )(?:har (?:jeg )?ringt|ringte|ringer nå|har fått ringt|snakker med dem)|"
        r"(?:ambulansen|politiet|legen|hjelpen) (?:er på vei|kommer)\b(?! ikke)|"
        r"(?:de|dem) sender (?:en )?(?:ambulanse|bil|noen|hjelp|politiet)|"
        r"(?:mamma|pappa|mor|far|læreren) (?:er her )?(?:hun |han )?(?:ringer|ringte)\b"
        r"(?! ikke| meg| hele)|"
        r"på vei til (?:legevakt|sykehus)|i called|called them|calling now|they are coming",
    ),
    (
        "joke",
        r"(?<!ikke )(?:tulla?|tullet|tuller|tøys\w*|spøk\w*|spøyk\w*|kødd\w*|fleip\w*|løy)\b|"
        r"(?:bare|var) (?:gøy|moro|en vits)|vits\b|mente (?:det )?ikke|overdrev|"
        r"ikke (?:mente|alvor|seriøst)|"
        r"(?:er|var) (?:jo |bare |fra ){0,2}(?:en |et |ei )?(?:teater\w*|film|serie|skuespill|"
        r"rollespill|spill|bok|sang|låt|novelle|stil|manus)\b|"
        r"(?:just )?(?:kidding|joking)|joke|jk\b|didn't mean",
    ),
    (
        "retreat",
        r"glem det|drit i det|samme det|ikke bry deg|(?:går|gikk) (?:bra|fint|greit|over)\b|"
        r"(?:er|har det) (?:ok|okei|bra|fint|bedre) nå|jeg har det (?:helt |bare )?(?:bra|fint)\b|"
        r"(?:er |var )?(?:bare|jo) (?:litt )?(?:fyllesyk|fyllesjuk|bakfull|fyllesyke)\b|"
        r"never ?mind|nvm|forget it|i'?m fine",
    ),
)
_MEANT = re.compile(
    r"(?:tuller|kødder|spøker|tulla) (?:jeg )?ikke|ikke (?:\w+ )?(?:tull|spøk|kødd)|not kidding"
)
_OK = re.compile(
    r"^(?:ok|okei|okey|oki|okay|k|greit|fint|bra|ja|jepp|jada|takk|tusen takk|skal gjøre det|"
    r"skal prøve|thanks|thank you|yes|sure|all right)"
    r"(?: (?:da|takk|det|ok|skal|ringe|ringer|prøve|jeg|gjør|i|will)){0,4}$"
)
_YES_OR_NO: dict[str, tuple[Follow, Follow]] = {
    "safe_place": ("safe_yes", "safe_no"),
    "company": ("company_yes", "company_no"),
}


def read_follow(
    text: str, asked: Optional[str], fresh: bool, english: bool = False
) -> Optional[Follow]:
    """Return what is said after an emergency answer, or None when it is something else.

    `asked`: what the emergency answer asked last (company, safe_place, called, …).
    `fresh`: the answer was given just before; only then is a bare "ja" heard as one.
    """
    pressed = choice(text)
    if pressed:
        yes, no = _YES_OR_NO.get(pressed[0], (None, None))
        return yes if pressed[1] == "yes" else no
    said = words_of(text, english)
    if len(said.split()) > MAX_WORDS:
        return None
    return _by_words(said, text) or (_by_question(said, asked, english) if fresh else None)


def _by_words(said: str, text: str) -> Optional[Follow]:
    for kind, pattern in _FOLLOWS:
        if re.search(rf"\b(?:{pattern})", said) and not (kind == "joke" and _MEANT.search(said)):
            return kind
    if _LAUGH.search(text) and len(said.split()) <= 4:
        return "joke"
    return None


def _by_question(said: str, asked: Optional[str], english: bool) -> Optional[Follow]:
    no = bool(re.match(rf"(?:{NO}|ingen|ikke ennå|not yet{'|no' if english else ''})\b", said))
    yes = bool(re.match(rf"(?:{YES})\b", said))
    if asked == "safe_place":
        if no or re.search(UNSAFE, said) or re.search(rf"\b(?:{HEDGE})", said):
            return "safe_no"
        return "safe_yes" if yes or re.search(SAFE, said) else None
    if asked == "company":
        if no or re.search(r"\b(?:alene|alone|ingen her|nobody)\b", said):
            return "company_no"
        return "company_yes" if yes else None
    if asked == "called" and (yes or no):
        return "called" if yes else "wont"
    if no and len(said.split()) <= 3:
        return "wont"
    return "ok" if _OK.match(said) else None
