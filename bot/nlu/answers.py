"""What a short answer says: yes, some, no, unsure or refuse.

Only a message that is such an answer, or starts with one as a clause of its own, is
read. What is vague is never taken for a no: "ikke egentlig" is unsure, and so is
"nei, men …", since the answers decide about help.
"""

from __future__ import annotations

import re
from typing import Literal

from bot.nlu.normalise import Normalised

Answer = Literal["yes", "some", "no", "unsure", "refuse"]

# Longer messages are stories, unless yes or no stands before a comma.
_SHORT_TOKENS = 8
# Words around an answer; each only once in the list, so that no text takes long to refuse.
_SMALL = (
    r"(?:altså|vel|liksom|egentlig|lol|haha|hehe|ass|da|jo|takk|eh|øh|hm|åh|oi|bare|bro|as|plis|"
    r"please|igjen|jeg|det|gjør|har|er|vil|😊|🙂|😅|❤|🙏)"
)
_UNSURE = (
    r"(?:jeg )?(?:vet|aner|skjønner|husker|forstår)(?: jeg)? (?:da |egentlig |helt |jeg |faen )*"
    r"ikke(?: helt| egentlig| hva jeg skal si| hvordan| hva| om)?",
    r"(?:vet|husker) ikke (?:hva jeg skal (?:si|svare|gjøre)|helt når)|det vet jeg (?:\w+ )?ikke",
    r"(?:har )?(?:ingen|ikke|null) (?:anelse|aning|peiling|formening)",
    r"(?:har )?(?:ikke|aldri) tenkt (?:på|over) det|må tenke litt|(?:det er )?mulig(?: det)?",
    r"(?:jeg er )?(?:litt |ganske )?usikker(?: på det)?|er ikke sikker|ikke (?:helt )?sikker",
    r"idk|dunno|i dont know|i don't know|not sure|no idea|maybe|perhaps|vet da (?:faen|søren)",
    r"(?:ja |nei |tja )?kanskje(?: det| litt| ikke)?|tja|nja|njæ|mja|hm+",
    r"(?:både |litt )?ja og (?:litt )?nei|ja nei|nei ja",
    r"(?:nei )?(?:ikke egentlig|egentlig ikke|ikke helt|ikke akkurat|ikke direkte|ikke slik)"
    r"(?: egentlig| direkte)?|not really",
    r"(?:nei )?(?:jeg )?tror ikke (?:det|jeg det|jeg)|tviler(?: på det)?",
    r"vanskelig å (?:si|forklare)|kommer an på(?: .*)?|(?:det )?varierer|depends",
    r"(?:det )?går (?:helt |egentlig |jo |vel )?(?:bra|fint|greit|ok)|ok liksom|\?",
)
_SOME = (
    r"(?:ja |jo |nei )?(?:bare |bitte )?litt(?: av og til| noen ganger| kanskje| innimellom)?"
    r"(?: ja| da| vel)?",
    r"(?:ja )?(?:av og til|noen ganger|iblant|innimellom|sometimes|a (?:bit|little))",
    r"både og|slik passe|passe|til en viss grad|delvis|på en måte(?: ja)?|en del",
    r"kinda|kind of|sort of|(?:ja )?(?:jeg )?tror (?:det|jeg det)|ja tror jeg",
    r"(?:nei )?(?:ikke|aldri) (?:så |veldig |noe |særlig )+(?:mye|særlig|ofte|ille|hardt)",
    r"ikke (?:hele tiden|alltid|særlig)|nesten ikke|lite|veldig lite",
)
_YES = (
    r"(?:ja|jepp|japp|jupp|jada|jaja|jaa|jah|jo|joda|joo|mhm|mm|mmm|aha|yes|yess|yep|yup|yeah|"
    r"ye|yea|jess|si|👍|✅|ofc|of course)(?: (?:ja|jepp|jo|yes|mhm|absolutt|definitivt))*",
    r"(?:ja )?(?:absolutt|selvfølgelig|selvsagt|definitivt|så klart|klart det|(?:veldig )?gjerne)",
    r"(?:ja )?(?:det stemmer|stemmer|riktig|helt riktig|helt klart|akkurat|enig|sant|nettopp)",
    r"100 ?%?|for sure|sure|true|totally|det kan du si|det kan jeg|kan godt|vil gjerne|ja takk",
    r"(?:ja )?(?:ok|okei|okay|oki|greit|fint|den er grei|det er greit)",
    # Only words that add nothing: "ja det gjør jeg", never "ja orker ikke mer".
    r"ja(?: (?:det|er|var|har|gjør|vil|gjerne|meg|rett|riktig|stemmer|hundre|prosent|fr|hadde|vært|"
    r"bra|fint|slik|jeg|kan|veldig|takk|også|i))+|(?:det )?hadde vært (?:bra|fint)(?: det)?",
    r"du har (?:forstått|skjønt) (?:det )?(?:rett|riktig)|(?:det )?stemme|jo det stemme",
    r"(?:ja )?(?:veldig|(?:ganske |veldig )?mye|masse|hele tiden|ofte|hver dag|alltid|a lot)",
)
_NO = (
    r"(?:nei|neida|neidå|nope|nah|naa|næ|nehei|niks|nix|nada|naw|nai|no thanks|👎|❌)"
    r"(?: (?:nei|takk|aldri|ikke|ass))*",
    r"(?:nei )?(?:aldri|absolutt ikke|slettes ikke|overhodet ikke|ikke i det hele tatt|ikke noe|"
    r"ingenting|definitivt ikke|selvfølgelig ikke|ikke nå|vil ikke|gjør ikke det|ikke meg)",
    r"(?:nei )?(?:det er (?:ikke riktig|feil)|aldri i livet|ingen av (?:delene|dem)|helst ikke|"
    r"ikke i dag|ikke det|det trengs ikke|jeg klarer meg uten|det går (?:bra|fint))(?: nei)?",
    r"nei(?: (?:det|er|var|har|gjør|ikke|jeg|trenger|feil|slik|rett|riktig|slett|wallah|meg|vil))+",
    r"(?:nei )?(?:det stemmer ikke|stemmer ikke|feil|gidder ikke|trenger ikke|never)",
)
_REFUSE = (
    r"(?:nei )?(?:jeg )?(?:vil|ønsker|orker|tør|gidder|kan)(?: jeg)? (?:helst )?ikke (?:å )?"
    r"(?:si|svare|fortelle|snakke om|oppgi)(?: (?:på|om|til))?(?: (?:det|noe|dere|deg|noen))?"
    r"(?: nå)?",
    r"(?:jeg )?har ikke lyst (?:til )?å (?:si|svare|fortelle|snakke om)(?: på)?(?: det)?",
    r"(?:det )?(?:spiller ingen rolle|er det samme|samme for meg|samme det|har ikke noe å si)",
    r"(?:det )?(?:bryr meg ikke|(?:er )?(?:privat|hemmelig|personlig)|angår (?:ikke deg|deg ikke))",
    r"(?:kan (?:vi|jeg) )?(?:hopp\w*|gå) (?:over|videre)(?: (?:det|den|spørsmålet|dette))?",
    r"(?:det )?(?:sier|svarer)(?: jeg)? ikke(?: på det| noe mer)?(?: om det)?|for mange spørsmål",
    r"(?:må|trenger|slipper?)(?: jeg| du)? (?:å )?(?:si|svare|vite)(?: på)?(?: det)?",
    r"hvorfor (?:må|vil|spør|trenger) du(?: å)?(?: vite| om)? det",
    r"det har (?:ikke du|du ikke) noe med",
    r"(?:jeg )?(?:vil|tør|orker) (?:helst )?ikke (?:si|svare|oppgi|fortelle)(?: på)? "
    r"(?:alderen min|hvor (?:gammel jeg er|jeg bor)|hvilken kommune|flere spørsmål|navnet mitt)",
    r"skip|pass|neste(?: spørsmål)?|rather not(?: say)?|prefer not to say|ingen kommentar",
)
_TABLE: tuple[tuple[Answer, tuple[str, ...]], ...] = (
    ("refuse", _REFUSE),
    ("unsure", _UNSURE),
    ("some", _SOME),
    ("yes", _YES),
    ("no", _NO),
)
_PATTERNS: tuple[tuple[Answer, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"(?:{_SMALL} )*(?:{'|'.join(patterns)})(?: {_SMALL})*"))
    for name, patterns in _TABLE
)
_CLAUSE = re.compile(r" ?[.,!;:\-…]+ ?| (?=men |fordi |for jeg |siden )")
_MARKS = (" ,", " .", " !")
_BUT = re.compile(r"(?: ?[.,!;:-]+ ?| )men\b")
# Written alike in another sense once it is canonical: the English "no" reads "nå".
_SURFACE_NO = re.compile(r"no+(?: (?:thanks|way|not really))?")


def read(said: Normalised) -> Answer | None:
    """Return what `said` answers, or None where it is no short answer."""
    if _SURFACE_NO.fullmatch(said.clean.strip(" .,!?")):
        return "no"
    text = said.canonical.strip()
    if len(said.tokens) <= _SHORT_TOKENS:
        whole = _match(_plain(text))
        if whole:
            return whole
    first, rest = _first_clause(text)
    answer = _match(first) if len(first.split()) <= _SHORT_TOKENS else None
    if len(said.tokens) > _SHORT_TOKENS and not (answer in ("yes", "no") and rest[:2] in _MARKS):
        return None
    if answer is None:
        return None
    if answer == "no" and _BUT.match(rest):
        return "unsure"
    return _with_next(answer, rest)


def _with_next(answer: Answer, rest: str) -> Answer:
    """Read "ja, litt" and "nei, vet ikke": the second answer is the more exact."""
    after, _ = _first_clause(rest.lstrip(" .,!;:-"))
    second = _match(after) if len(after.split()) <= _SHORT_TOKENS else None
    if second in ("some", "unsure", "refuse") or {answer, second} == {"yes", "no"}:
        return "unsure" if {answer, second} == {"yes", "no"} else second or answer
    return answer


def _first_clause(text: str) -> tuple[str, str]:
    parting = _CLAUSE.search(text)
    if parting is None:
        return _plain(text), ""
    return _plain(text[: parting.start()]), text[parting.start() :]


def _match(text: str) -> Answer | None:
    for name, pattern in _PATTERNS:
        if text and pattern.fullmatch(text):
            return name
    return None


def _plain(text: str) -> str:
    """Drop the marks around and between words."""
    return re.sub(r"\s+", " ", re.sub(r"[.,!;:\-…]", " ", text)).strip().removesuffix(" ?")
