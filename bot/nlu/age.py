"""How old the young person is, out of the message: a number, a school year, a year of birth.

Only their own age: "broren min er 9" and "mamma på 45" are left alone, and so is every
number that counts something else. Ages outside 8–25 are not believed.
"""

from __future__ import annotations

import re
from datetime import date

from bot.clock import now
from bot.nlu.found import Found
from bot.nlu.normalise import Normalised
from bot.nlu.numerals import AGE, ORDINAL, amount, ordinal
from bot.nlu.schoolyear import MONTH

YOUNGEST, OLDEST = 8, 25
# First grade starts in the year in which one turns six.
_YEARS_BEFORE_SCHOOL = 5
_RUSS = 18

_N = rf"(?P<age>{AGE})\b"
_START = r"(?:^|(?<=[.!?,] ))(?:(?:hei|heisann|hallo|hey|hi|ok|ja|nei|eh|jo) ?,? )?"
_I = r"(?<!når )(?<!til )(?<!før )\b(?:jeg|im|i'm|i am)(?: er)?"
_JUST = r"(?: (?:bare|jo|kun|nå|selv|blitt|faktisk|altså|egentlig|en|ei|allerede|only|just))*"
_YEARS = r"(?: (?:år|years|yo)\b)?"
# A number that counts something else than years.
_NO_AGE = (
    r"(?! ?(?:%|/|-|: \d|prosent|kilo|kg|cm|meter|min\w*|time\w*|dag\w*|uker?|mnd|måned\w*|"
    r"stykk\w*|stk|gang\w*|av|på rad|poeng|kr\w*|søsken|barn|venner|personer|folk|elever|jenter|"
    r"gutter|\. klasse|klasse|grader|år (?:siden|eldre|yngre|forsinket)|i klassen|\. [a-zæø]+ber))"
)
_ENDS = r"(?= ?(?:[.,!?)]|og|men|så|å|hvor|kan|har|går|bor|fra|her|nå|$))"
_GIRL_BOY = r"(?:en |ei )?(?:trans ?|skeiv )?(?:jente|gutt|girl|boy|kid|ungdom)"
# What young people say of their own age.
_OWN: tuple[re.Pattern[str], ...] = tuple(
    map(
        re.compile,
        (
            rf"{_I} (?P<soon>fyller|blir|snart|nesten|turning)(?: snart| bare)?"
            rf" {_N}{_NO_AGE}",
            rf"{_START}(?:er )?(?P<soon>fyller|blir|snart|nesten)(?: snart)? {_N}{_NO_AGE}",
            rf"{_I} (?:bare )?{_N}(?P<soon> i {MONTH})",
            rf"(?:jeg|nettopp|akkurat|{_START}) ?(?:har )?(?:nettopp |akkurat )?(?:fylte|fylt|ble)"
            rf" {_N}{_NO_AGE}",
            rf"{_I} {_GIRL_BOY}(?: på)? {_N}{_NO_AGE}",
            rf"{_START}(?:er )?{_GIRL_BOY}(?: på)?(?: ,)? {_N}{_NO_AGE}",
            rf"{_START}(?:[jgfm](?P<glued>1\d|2[0-5])|(?P<turned>1\d|2[0-5])[jgfm])\b",
            rf"{_START}(?:[jg] )(?P<age>1\d|2[0-5])\b",
            rf"\b(?:som|{_I}) (?:en )?{_N} ?(?:- )?(?:år )?(?:- )?åring",
            rf"\b(?:som|{_I}) (?:en )?{_N.removesuffix(chr(92) + 'b')}åring",
            rf"^(?:en )?{_N} ?(?:- ?)?åring$",
            rf"{_I}{_JUST} {_N}{_YEARS}{_NO_AGE}",
            rf"{_START}er{_JUST} {_N}{_YEARS}{_NO_AGE}{_ENDS}",
            rf"(?<=\bog )er{_JUST} {_N}{_YEARS}{_NO_AGE}{_ENDS}",
            rf"\bvi er (?:begge )?{_N} år\b(?! (?:eldre|yngre))",
            rf"^(?:(?:hei|hallo|ok|ja|eh|jo|bare|ca|feil|nei) ?,? )*{_N}{_YEARS}{_NO_AGE}"
            r"(?= ?(?:[,!?]|\. [^\W\d]|og|fra|bor|her|men|gammel|ikke|$))",
            rf"(?<=[.!?,] ){_N} år(?: gammel)?{_ENDS}",
            rf"(?<=[.,] )(?P<age>1\d)(?= ?(?:[,!]|\.(?! ?(?:\d|{MONTH}))|$))",
            rf"\bsa (?:jeg )?(?:jo )?{_N}{_YEARS}$|^(?P<turned>1\d|2[0-5]){_YEARS} sa jeg\b",
            rf"\b(?:alder(?:en min)?|age)(?: er| is)?(?: :)? {_N}{_NO_AGE}",
        ),
    )
)
_BORN: tuple[re.Pattern[str], ...] = (
    re.compile(r"\bfødt (?:i )?(?:20)?(?P<born>[012]\d)\b(?! ?\.)"),
    re.compile(r"\b(?:jeg er |^)(?:en )?(?:20)?(?P<born>[012]\d) ?(?:- ?)?(?:modell|er\b)"),
)
_KLASSE = r"(?: ?klasse\w*| trinn\w*)"
_NOW = r"(?:^|(?<=[.!?,] )|\b(?:jeg|nå|og|men|at) )(?:går|er)(?: jeg)?(?: nå)?"
_UPPER = r"(?:vgs|videregående)"
_IN_GRADE: tuple[re.Pattern[str], ...] = tuple(
    map(
        re.compile,
        (
            rf"{_NOW} (?:i |på )?(?P<grade>{ORDINAL})(?={_KLASSE})(?!{_KLASSE} (?:på )?{_UPPER})",
            rf"{_NOW} i (?P<grade>\d{{1,2}} \.|femte|sjette|sjuende|åttende|niende|tiende)",
            rf"{_NOW} i (?P<grade>[89]|10) ?[a-f]\b",
            rf"^(?:i )?(?P<grade>(?:[3-9]|10) ?\.?|femte|sjette|sjuende|åttende|niende|tiende)"
            rf"{_KLASSE}$",
            r"^(?:i )?(?P<grade>åttende|niende|tiende|10 \.)$",
            r"(?:^|(?<=[.!?,] )|\b(?:jeg|nå|og) )(?:(?:går|er) )?(?:jeg )?(?:nå )?(?:i |på )?"
            r"vg ?(?P<vg>[123])\b",
            rf"{_NOW} (?:i |på )?(?P<vg>[123]|første|andre|tredje)(?: \.)?(?: ?året| klasse| år)?"
            rf"(?: på)? {_UPPER}\b",
            rf"^(?:i |på )?(?P<vg>[123]|første|andre|tredje)(?: \.)?(?: ?året| klasse| år)?(?: på)?"
            rf" {_UPPER}$",
            rf"{_NOW} (?:i )?(?P<vg>[123])(?:stb|st|idr|hea|ba|el|tip|mu)\w?\b",
        ),
    )
)
_RUSSEN = re.compile(r"\b(?:jeg er|^er) russ\b")
_ME = re.compile(r"(?:jeg|im|i'm|i am)\b")
_ANOTHER = re.compile(
    r"\b(?:pappa|mamma|han|hun|de|\w*bror\w*|\w*søst\w+|venn\w*|kompis\w*|kjærest\w*|\w*fetter\w*|"
    r"kusin\w*|stef\w*|stem\w+r|onkel\w*|tante\w*|beste\w+|farmor|mormor|sønn\w*|datter\w*|hunden|"
    r"katt\w*|elev\w*|læreren)\b(?!.*\bjeg\b)"
)


# A number beside the name of a place counts or times something after these, or is an address.
_BESIDE = re.compile(
    r"(?<!kl )(?<!ca )(?<!nr )(?<!linje )(?<!buss )(?<!klokka )(?<!rundt )(?<!om )(?<!for )"
    r"(?<!i )(?<!på )(?<!har )(?<!var )"
    rf"(?<!siden )(?<!gate )(?<!gata )(?<!vei )(?<!veien )(?<!veg )(?<!vegen )(?<![.:\d] )"
    rf"\b(?P<age>1\d|2[0-5])\b{_YEARS}{_NO_AGE}(?! ?(?:[.:] ?\d|\.? ?{MONTH}))"
)
_FEW = 7
_LAST = re.compile(r"[.!?] *([^.!?]+?)[ .!?]*$")
_LAST_WORDS = 4


def find(said: Normalised) -> Found[int] | None:
    """Return the writer's own age in years, 8–25, and the words that say so.

    A school year gives the age that most have in it, a year of birth the age by today.
    """
    text = said.canonical
    today = now().date()
    for pattern in (*_OWN, *_BORN, *_IN_GRADE):
        for found in pattern.finditer(text):
            age = _age(found, today)
            if YOUNGEST <= age <= OLDEST and not _of_another(found):
                return Found(age, said.quote(*found.span()))
    russ = _RUSSEN.search(text)
    return Found(_RUSS, said.quote(*russ.span())) if russ else None


def beside_place(said: Normalised) -> Found[int] | None:
    """Return the age in a few words that name a place: "eksempelvik 15", "16 år, Oslo".

    In a longer message they are its last sentence.
    """
    text, whole = said.canonical, len(said.tokens) <= _FEW
    last = _LAST.search(text)
    few = last is not None and len(last[1].split()) <= _LAST_WORDS
    start = 0 if whole else last.start(1) if last and few else len(text)
    found = _BESIDE.search(text[start:])
    if found is None or _ANOTHER.search(text[start:]):
        return None
    return Found(int(found["age"]), said.quote(start + found.start(), start + found.end()))


def _age(found: re.Match[str], today: date) -> int:
    """Return the age that a match of one of the patterns tells, 0 for none."""
    said = {name: value for name, value in found.groupdict().items() if value}
    if "born" in said:
        had_birthday = today.month > 6
        return today.year - 2000 - int(said["born"]) - (0 if had_birthday else 1)
    if "vg" in said:
        return 10 + (ordinal(said["vg"]) or 0) + _YEARS_BEFORE_SCHOOL
    if "grade" in said:
        return (ordinal(said["grade"]) or -_YEARS_BEFORE_SCHOOL) + _YEARS_BEFORE_SCHOOL
    number = said.get("age") or said.get("glued") or said.get("turned") or "0"
    return int(amount(number)) - (1 if "soon" in said else 0)


def _of_another(found: re.Match[str]) -> bool:
    """Say whether the sentence told of somebody else before the age came."""
    if _ME.match(found.group()):
        return False
    sentence = re.split(r"[.!?]", found.string[: found.start()])[-1]
    return bool(_ANOTHER.search(sentence)) and not sentence.rstrip().endswith(",")
