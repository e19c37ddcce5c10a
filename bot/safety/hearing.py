"""How an answer to a safety question is heard: only a clear no counts as no.

"Litt", "vet ikke", a joke, a change of subject and silence all count as not-no.
All patterns are written for `words_of`: bokmål forms, no marks; English beside.
"""

from __future__ import annotations

import re
from typing import Literal, Optional

from bot.nlu.about import names_other, says_about_me
from bot.safety.plain import choice, words_of
from bot.turn import Flag

Answer = Literal["no", "yes", "unclear", "now"]

NO = r"nei|neida|nehei|nope|nop|nah|næ|næi|neh|nej|nai|niks|nix|aldri|never"
YES = (
    r"ja|jo|joda|jada|japp|jepp|jupp|jess|yes|yeah|yep|yup|mhm|stemmer|selvfølgelig|hele tiden|"
    r"hele tida|hver dag|ofte|alltid|i do"
)
# Words after which a no is no longer clear.
HEDGE = (
    r"litt|kanskje|egentlig|vet ikke|usikker|noen ganger|noen gang|av og til|iblant|innimellom|"
    r"nå og da|nesten|på en måte|tja|tror ikke|tror det|halvveis|både og|samme det|ikke helt|"
    r"ikke alltid|ikke akkurat|ikke direkte|ikke nå|ikke lenger|ikke så|sjelden|pleide|håper ikke|"
    r"ikke slik (?:at|direkte|egentlig|helt)|ikke ennå|(?<!aldri )(?<!ikke )før\b|lenge siden|"
    r"vil ikke (?:si|svare|snakke)|kan ikke (?:si|svare)|vanskelig å si|delvis|lurer|siste tida?|"
    r"skulle ønske|idk|maybe|kinda|kind of|sometimes|a little|not really|dunno|"
    r"don't know|dont know|guess|not sure|anymore|perhaps|used to|not now|not yet"
)
SAFE = (
    r"(?:er|føler meg|føles|har det|alt) (?:\w+ ){0,2}trygg?t?e?\b|^trygg|ingen fare|"
    r"\b(?:i'm|im|i am|feel) (?:\w+ )?safe|^safe$"
)
UNSAFE = r"\b(?:ikke|aldri|lite|not|never) (?:\w+ )?(?:trygg|trygt|safe)|\butrygg?t?e?\b|\bunsafe\b"

_SHORT_YES = 4
_BARE_NO = re.compile(r"^\W*no+\W*$", re.IGNORECASE)
_FLAT_NO = (
    r"absolutt ikke|overhodet ikke|slett ikke|ikke i det hele tatt|på ingen måte|ikke tale om|"
    r"ikke noe slikt?|definitely not|not at all|nothing like that|of course not"
)
# Whole denials without a "nei". "Vil ikke leve" and "har ikke sagt det til noen" are none.
_DENIAL = (
    r"tenker (?:jeg |hun |han )?(?:ikke|aldri) (?:på|over)|(?:ikke|aldri) tenkt (?:på|slik)|"
    r"(?:ingen|ikke) (?:slike |noen )?tanker|vil ikke dø|vil (?:gjerne |jo )?leve\b|"
    r"har (?:veldig )?lyst til å leve\b|"
    r"^(?:det )?(?:har|er|gjør|vil|blir) (?:jeg|han|hun|hen|de|det) (?:ikke|aldri)(?: det)?$|"
    r"^(?:jeg|hun|han|hen|de) (?:har|er|gjør|vil|blir) (?:ikke|aldri) (?:det|slikt)$|"
    r"skader (?:meg |seg )?(?:ikke|aldri)(?: meg| seg)?(?: selv)?"
    r"(?:$| (?:jeg|hun|han|hen|det) er (?:bare|jo) )|skal ikke skade|"
    r"(?<!at )ingen (?:som )?(?:slår|truer|skader|presser|skremmer|gjør meg)|"
    r"(?:slår|truer|skremmer) (?:meg |hen )?(?:ikke|aldri)(?: meg| noen)?$|"
    r"(?:hører|ser) (?:jeg )?(?:ikke|ingen|ingenting)(?: noe| stemmer| slikt)?$|"
    r"(?:ikke|ingenting) tatt noe|tatt ingenting|er (?:jeg )?ikke redd|trenger (?:jeg )?ikke lege|"
    r"i (?:don't|dont|do not|haven't|am not)$|(?:don't|dont) (?:think about|want to die)|"
    r"(?:nobody|no one) (?:hits|hurts|threatens)"
)
_FINE_AT_HOME = (
    r"(?:bra|fint|greit|godt|ok|okei) (?:her )?hjemme|hjemme (?:er det|har jeg det|går det) "
    r"(?:bra|fint|greit|ok|okei)|safe at home|fine at home"
)
# What may stand before a no: "hæ nei, det er bare eksamen".
_TAKEN_ABACK = r"(?:(?:ha|he)+h?|lol|hæ+|hva|eh+m?|oi|åh?|herregud|omg|what)"
_ABOUT_HOME = frozenset({"violence", "unsafe_home"})
# "nei, bare litt sliten" is still a no.
_MILD = re.compile(
    r"\b(?:bare |er |føler meg |egentlig |men )*"
    r"(?:litt|ganske|veldig|sykt|så|bare|mest|just|a bit) (?:mye )?"
    r"(?:sliten|trist|lei|stressa|stresset|nede|trøtt|sur|ensom|irritert|deppa|sint|bekymret|"
    r"dårlig dag|drama|mye på skolen|tired|sad|stressed|down|lonely)\b(?: (?:av|på|for) \w+)?"
)
# What may follow a "nei, men …" that takes the no back.
_TAKEN_BACK = (
    r"tenk(?:t|er) (?:på|mye|av)|ønsker|orker|slippe|forsvinne|borte|våkne|redd for|hadde vært|"
    r"dø|død|slår|slo|truer|ta på|skade|stemme|hjem|die|gone|wish|hurt"
)
_PRESENT = (
    r"akkurat nå|(?<!ikke )(?<!til )nå\b(?! og da| for tiden| for tida| i det siste| om dagen)|"
    r"i kveld|i natt|er her|utenfor døra|på vei|kommer snart|right now|tonight|is here"
)
_PLAN = (
    r"i dag|snart|med en gang|straks|om litt|planlagt|bestemt meg|har klart alt|vet hvordan|"
    r"(?<!ikke )(?<!ingen )(?:har|lagd|laget) (?:en )?plan\b|har skaffet|pille|tablett|allerede|"
    r"today|have a plan|already"
)
_COMMANDED = r"(?:sier|ber|vil|befaler|tvinger|tells?|says?) (?:at )?(?:jeg|meg|me|i|to)\b"
# What makes an answer to the check an emergency, by what the question was about.
_NOW: dict[Flag, str] = {
    "suicide": f"{_PRESENT}|{_PLAN}",
    "self_harm": f"{_PRESENT}|{_PLAN}",
    "overdose": f"{_PRESENT}|{_PLAN}",
    "harm_others": f"{_PRESENT}|{_PLAN}",
    "medical": _PRESENT,
    "violence": _PRESENT,
    "sexual_abuse": _PRESENT,
    "unsafe_home": _PRESENT,
    "psychosis": _COMMANDED,
}
# Their question is about today: a plain yes is an emergency.
_YES_IS_NOW = frozenset({"overdose"})
_WHY = re.compile(
    r"^(?:hva mener du|hvorfor (?:spør|lurer)|hæ|hva da|hva|hvordan da|what do you mean|what|"
    r"why do you ask|why|(?:jeg )?(?:skjønner|forstår) ikke(?: hva du mener| spørsmålet)?)\b"
    r"(?: \w+){0,3}$"
)


def read_answer(text: str, flag: Flag, english: bool = False) -> Answer:
    """Return how `text` answers a question whose yes means danger of the kind `flag`."""
    pressed = choice(text)
    if pressed:
        return _told(pressed[1], flag)
    said = words_of(text, english)
    if _is_clear_no(said, flag, english):
        return "no"
    if _BARE_NO.match(text):  # "now" in nynorsk, "no" in English: not clear either way
        return "unclear"
    if re.search(rf"\b(?:{_NOW[flag]})", said) and not re.match(rf"(?:{NO})\b", said):
        return "now"
    if re.match(rf"(?:{YES})\b", said) or re.search(UNSAFE, said):
        return _told("yes", flag)
    return "unclear"


def says_safe(text: str, english: bool = False) -> bool:
    """Say whether `text` says in so many words that they are safe, and does not take it back."""
    said = words_of(text, english)
    return bool(re.search(SAFE, said)) and not re.search(UNSAFE, said) and not _but(said, english)


def begins_with_yes(text: str, english: bool = False) -> bool:
    """Say whether `text` is a yes of a few words: "jo litt kanskje", "ja i kveld"."""
    said = words_of(text, english)
    return bool(re.match(rf"(?:{YES})\b", said)) and len(said.split()) <= _SHORT_YES


def asks_why(text: str, english: bool = False) -> bool:
    """Say whether `text` asks what our question means."""
    return bool(_WHY.match(words_of(text, english)))


def speaks_of_self(text: str) -> bool:
    """Say whether `text` puts right that it is about them, and nobody else."""
    return says_about_me(words_of(text))


def speaks_of_other(text: str, english: bool = False) -> bool:
    """Say whether `text` puts right that it is about somebody else, and says who."""
    return names_other(words_of(text, english))


def is_vague(text: str, english: bool = False) -> bool:
    """Say whether `text` is a hedge or nothing at all: "litt", "vet ikke", "…"."""
    said = words_of(text, english)
    return not said or (len(said.split()) <= 6 and bool(re.search(rf"\b(?:{HEDGE})", said)))


def read_wish(text: str, english: bool = False) -> Optional[Literal["yes", "no"]]:
    """Return whether `text` says yes or no to an offer; None when it says neither."""
    pressed = choice(text)
    if pressed:
        return "yes" if pressed[1] == "yes" else "no"
    said = words_of(text, english)
    if re.search(r"\b(?:vet ikke|kanskje|usikker|maybe|not sure)\b", said):
        return None
    if re.match(rf"(?:{NO}|no|helst ikke|ikke nå|vil ikke|ingen skal|don't)\b", said):
        return "no"
    wish = rf"(?:{YES}|gjerne|vil (?:gjerne|det|jeg)|vil$|please|sure|det vil jeg)\b"
    if re.match(wish, said):
        return "yes" if len(said.split()) <= 12 else None
    # "Ok. hvem kan jeg ringe som ikke sier det til pappa" is none.
    return "yes" if re.match(r"(?:ok|okei|greit)\b", said) and len(said.split()) <= 4 else None


def _told(value: str, flag: Flag) -> Answer:
    if value == "yes":
        return "now" if flag in _YES_IS_NOW else "yes"
    return "no" if value == "no" else "unclear"


def _is_clear_no(said: str, flag: Flag, english: bool) -> bool:
    if not said or re.search(UNSAFE, said):
        return False
    plain = _MILD.sub(" ", said)
    if re.search(rf"\b(?:{HEDGE})", plain):
        return False
    if re.search(SAFE, plain):
        return not _but(plain, english)
    if flag in _ABOUT_HOME and re.search(rf"\b(?:{_FINE_AT_HOME})\b", plain):
        return not re.search(r"\bikke\b", plain)
    if re.search(r"\b(?:ja|jo|yes|yeah)\b", plain) or not _denies(plain, english):
        return False
    return not _but(plain, english)


def _but(said: str, english: bool) -> bool:
    """Say whether a "men …" takes back what stands before it."""
    _, but, rest = said.partition(" but " if english else " men ")
    return bool(but and re.search(rf"\b(?:{_TAKEN_BACK})", rest))


def _denies(said: str, english: bool) -> bool:
    # In nynorsk and dialect "no" is "now".
    no = f"{NO}|no" if english else NO
    return bool(
        re.match(rf"(?:{_TAKEN_ABACK} ){{0,2}}(?:{no})\b", said)
        or re.search(rf"\b(?:{_FLAT_NO})\b", said)
        or re.search(rf"\b(?:{_DENIAL})", said)
    )
