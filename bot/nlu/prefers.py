"""In which way the young person wants to be helped, as far as the message says it.

A way counts when it is wished for ("helst chatte", "vil møte noen"), or is all that a
short message holds ("på telefon"), and not when it is turned down ("vil ikke ringe").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.nlu.normalise import Normalised

_SHORT_TOKENS = 4
_CLAUSE = re.compile(r"[.,!?;:]| men | fordi | for jeg ")
_WISH = re.compile(
    r"(?<!han )(?<!hun )(?<!de )(?<!du )(?<!som )(?<!mamma )(?<!pappa )\b(?:vil|ville|helst|heller|"
    r"ønsker|foretrekker|går det an|lettere|enklere|best|gjerne|kan (?!ikke)|kunne|"
    r"liker|trenger|tør (?:bare|å)|skulle|mulig|passer|fint å|prøve|prefer|rather|can i|want to)\b"
)
_SOMEBODY = re.compile(r"\b(?:han|hun|de|du|mamma|pappa|vi|læreren|noen)\b")
_NO = re.compile(
    r"\b(?:ikke|aldri|slippe|slipper|uten å|hater|verken|hverken|dont|don't|not|no|ingen)\b"
    r"(?!.*\b(?:helst|heller|bare)\b)"
)
_RATHER_THAN = re.compile(r"\b(?:enn|framfor|fremfor|i stedet for|istedenfor|than)\b")
# Ways that count when wished for or standing alone.
_WAYS: dict[str, re.Pattern[str]] = {
    "chat": re.compile(
        r"\b(?:chat|chatte|chatter|chatten|skrive|melding\w*|sms|tekste|text|texting|dm|"
        r"skriftlig|skriver)\b"
    ),
    "phone": re.compile(r"\b(?:ringe|ringer|ring|telefon\w*|tlf|call|phone|tlfen|snakke på tlf)\b"),
    "meet": re.compile(
        r"\b(?:møte|møtes|treffe|treffes|ansikt til ansikt|face to face|fysisk|irl|på ordentlig|"
        r"i virkeligheten|ekte livet|live|in person|oppmøte|komme (?:bort|dit|innom|til dere)|"
        r"gå til noen|sitte med noen|snakke med noen på skolen)\b"
    ),
    "video": re.compile(
        r"\b(?:video|videosamtale|videochat|videomøte|teams|facetime|zoom|kamera)\b"
    ),
    "drop_in": re.compile(r"\b(?:stikke innom|komme innom|droppe innom|dukke opp|bare komme)\b"),
}
# Wishes that need no verb: they are wishes wherever they stand.
_PARENT = (
    r"(?:mamma|pappa|foreldr\w*|moren min|mora mi|faren min|de (?:voksne )?hjemme|noen hjemme|"
    r"familien|stef\w+|stem\w+|parents|mom|dad)"
)
_KNOWS = r"(?:vite|vet|får? (?:vite|greie)|merker?|ser?|hører?|finner?|know|knowing)"
_WHO_WORKS = (
    r"(?:helsesykepleier\w*|psykolog\w*|fastleg\w*|rådgiver\w*|\w*lærer\w*|lege\w*|"
    r"hun|han|henne|noen|de|damen|mannen)"
)
_ALWAYS: dict[str, tuple[str, ...]] = {
    "chat": (r"\b(?:noe|noen|helst|heller|bare) på nett(?:et)?\b|^på nett(?:et)?$",),
    "drop_in": (
        r"\buten (?:å )?(?:bestille |avtale |ha )?(?:time|avtale|timebestilling)\b",
        r"\bdrop ?-? ?in\b|\b(?:slippe|uten) å bestille\b",
    ),
    "no_parents": (
        rf"\buten (?:at )?(?:\w+ )?{_PARENT}(?: \w+){{0,3}}? ?(?:{_KNOWS}|blir med|er med|$)",
        rf"\b{_PARENT}(?: mine?)? (?:må|kan|skal|får) (?:absolutt |helst |bare )?(?:ikke|aldri)"
        rf"(?: \w+){{0,2}}? {_KNOWS}",
        rf"\bikke at (?:\w+ )?{_PARENT}(?: \w+){{0,2}}? (?:skal |får |kan )?{_KNOWS}",
        rf"\bikke (?:si|fortell\w*|ring\w*|sladre)(?: \w+){{0,3}}? (?:til )?(?:{_PARENT}|hjem)\b",
        rf"\bwithout (?:my )?{_PARENT}",
    ),
    "anonymous": (
        r"\b(?:vil|ønsker|helst|kan jeg|få|må|bare|å) (?:\w+ ){0,4}?anonymt?\b",
        r"\b(?:uten|slippe) å (?:si|oppgi|fortelle) (?:navn\w*|hvem jeg er)|\buten navn\b",
        r"\bikke (?:si|oppgi) (?:hva jeg heter|navn\w*|hvem jeg er)|^anonymt?$|\bstay anonymous",
    ),
    "someone_else": (
        rf"\bkjenner (?:jo )?{_WHO_WORKS}(?: \w+){{0,2}}? (?:som jobber|der|på)",
        rf"\b(?:{_PARENT}|{_WHO_WORKS}|\w*tant[ea]\w*|\w*onkel\w*|naboen)(?: \w+){{0,4}}?"
        r" jobber der\b",
        r"\bnoen (?:andre|annen) enn\b|\bsom ikke kjenner (?:meg|familien|mamma|pappa)",
        r"\b(?:bytte|ny|annen|en annen) (?:helsesykepleier|psykolog|fastlege|behandler|rådgiver)\b",
        r"\b(?:ikke|aldri) (?:\w+ )?(?:til |med |hos )?(?:helsesykepleier|rådgiver\w*|hun|han)"
        r"(?: \w+)? på skolen(?: min)?\b",
        r"\bstoler ikke på (?:helsesykepleier|rådgiver\w*|de på skolen)|\bnoen utenfor skolen\b",
        r"\bsomeone else\b",
    ),
}
_WITHOUT_VERB = {name: re.compile("|".join(lines)) for name, lines in _ALWAYS.items()}
_NOT_ALOUD = re.compile(
    r"\b(?:tør|kan|orker|klarer|vil|får) (?:jeg )?ikke (?:å )?(?:snakke|si|ha det|si noe) "
    r"(?:det |noe )?høyt\b|\bnoen (?:kan )?hører? meg\b"
)


def find(said: Normalised) -> set[str]:
    """Return the wished ways among chat, phone, meet, drop_in, no_parents, anonymous, video
    and someone_else."""
    text = said.canonical
    found = {name for name, pattern in _WITHOUT_VERB.items() if pattern.search(text)}
    short = len(said.tokens) <= _SHORT_TOKENS and not _SOMEBODY.match(text)
    found |= set(_wished(text, short))
    if _NOT_ALOUD.search(text):
        found = (found - {"phone"}) | {"chat"}
    return found


def _wished(text: str, short: bool) -> Iterator[str]:
    """Yield the ways that a clause wishes for, or that are all the message says."""
    for clause in _CLAUSE.split(text):
        wish = _WISH.search(clause)
        if wish is None and not short:
            continue
        for name, pattern in _WAYS.items():
            way = pattern.search(clause)
            if way is None or (wish is not None and way.start() < wish.start() and not short):
                continue
            before = clause[: way.start()]
            if not _NO.search(before) and not _RATHER_THAN.search(before):
                yield name
