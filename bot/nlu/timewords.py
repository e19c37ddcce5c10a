"""The words of time that the rules of `bot.nlu.duration` are made of, and their length in days."""

from __future__ import annotations

import re

from bot.nlu.numerals import AGE, AMOUNT, ORDINAL, amount
from bot.nlu.schoolyear import NAME

UNIT_DAYS: dict[str, float] = {
    r"dag(?:er|ene)?|døgn(?:et)?|natt|natta|netter|days?|nights?": 1,
    r"uke(?:n|r|ne)?|ukers|uka|helger|weeks?|wks?": 7,
    r"måned(?:er|en|ene|s|ers)?|months?": 30.4,
    r"halvår(?:et)?|semester(?:et)?": 182,
    r"(?:skole)?år(?:et|ene|s)?|years?|yrs?": 365,
}
UNITS = "(?:" + "|".join(UNIT_DAYS) + ")"
UNIT = rf"(?P<unit>{UNITS})(?:s? tid)?\b"
SMALL_UNIT = (
    r"(?:time[nr]?|timene|min|minutt(?:er)?|kvarter|sekund(?:er)?|hours?|mins|minutes|seconds)"
)
ABOUT = (
    r"(?:(?:snart|nesten|litt over|litt mer enn|over|under|mindre enn|mer enn|more than|less than|"
    r"ca \.|ca|cirka|omtrent|rundt|circa|godt|drøyt|drøye|sikkert|kanskje|vel|bare|minst|hele|"
    r"slik|typ|type|like|about|almost|nearly|the|og) )*"
)
SPAN = rf"{ABOUT}(?P<n>{AMOUNT}) (?:hele |helt |fulle |lange |lang )?{UNIT}"
WEEKDAY = (
    r"(?:mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
)
LATELY = (
    rf"(?:{WEEKDAY}(?: morgen| kveld| natt)?|i går (?:morgen|morges|kveld)|"
    r"i (?:går|forgårs|natt|morges|helga|stad|dag tidlig|kveld)|helga|klokka \S+|"
    rf"(?:forrige|sist|siste|denne) (?:uke|uken|helg|helga|måned|{WEEKDAY})|skolen var slutt|"
    r"yesterday|last (?:night|week))"
)
PART = (
    r"(?:(?:i|like|rett|før|etter|rundt|ca|midten av|midt i|slutten av|starten av|begynnelsen av|"
    r"tidlig i|sent i|en gang i|early|late|in|the) )*"
)
WHEN = rf"{PART}(?P<name>{NAME})\b(?: i (?P<back>fjor|forfjor|\d{{4}}))?"
LAST_YEAR = rf"i (?P<back>fjor|forfjor)(?: (?P<name>{NAME}))?\b"
SINCE = (
    r"(?:helt |altså |i hvert fall )*(?:siden|sida|fra|since|ever since)"
    r"(?: rundt| ca \.| ca| slik| omtrent| cirka| like| rett)?"
)
# Words up to the end of the sentence, as few as will do.
WORDS = r"(?: (?![.!?])\S+){0,5}?"
STARTED = r"(?:begynte|startet|oppstod|oppsto|started|began|(?:har|hadde) (?:begynt|startet))"
KLASSE = r"(?: klasse\w*| trinn\w*)"
# A school year by its number: "åttende", "7 . klasse", "4 klasse".
GRADE = (
    rf"(?P<grade>{ORDINAL}(?={KLASSE})|(?:[89]|10) \.|fjerde|femte|sjette|sjuende|åttende|niende|"
    rf"tiende){KLASSE}?(?! (?:gang|dag|uke|time|natt|person))"
)
SCHOOLS = (
    r"(?:barneskole\w*|ungdomsskole\w*|barnehage\w*|mellomtrinnet|småskole\w*|primary school|"
    r"middle school)"
)
# Growing up: what began then has lasted for years.
CHILDHOOD = (
    rf"(?:{SCHOOLS}|barndommen|oppveksten|fødselen|korona(?:en)?|covid|pandemien|childhood|"
    r"(?:jeg|vi|han|hun|de) (?:var|ble|gikk i|gikk på|begynte på|begynte i) "
    rf"(?:veldig |så |en |ei )?(?:liten|små|født|barn|unge|tenåring|baby|jentunge|guttunge|"
    rf"{SCHOOLS}|{AGE}|[3-7]|tre|fire|fem|seks|sju)\b|i was (?:\w+|little|a kid))"
)
_UPPER = r"(?:vgs|videregående)"
NEW_SCHOOL = (
    r"(?:(?:jeg|vi) (?:begynte|startet|kom) (?:på |i |med )?"
    rf"(?:(?:en )?ny skole|denne skolen|{_UPPER}|folkehøgskole\w*|studiet|skolen|uni\w*)|"
    rf"(?:{_UPPER}|skolen|skoleåret|semesteret|studiene) (?:begynte|startet)|{_UPPER})"
)


def unit_days(unit: str) -> float:
    """Return how many days one `unit` (matched by UNIT) is."""
    return next(days for name, days in UNIT_DAYS.items() if re.fullmatch(name, unit))


def span_days(found: re.Match[str]) -> float:
    """Return the days of a match of SPAN: "to uker" is 14."""
    return amount(found["n"]) * unit_days(found["unit"])
