"""The wordings that tell how long something has lasted, as a table.

Every rule holds a pattern over canonical text, how much weight it has against the
other rules, and how to read the number of days out of a match. Weights:
3 the text says how long it lasted; 2 it says so vaguely; 1 it only dates an event.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.nlu import timereading as read
from bot.nlu.numerals import AGE, AMOUNT, ORDINAL
from bot.nlu.schoolyear import NAME, SEASON
from bot.nlu.timereading import LONG, SHORT, Moment
from bot.nlu.timewords import (
    ABOUT,
    CHILDHOOD,
    GRADE,
    LAST_YEAR,
    LATELY,
    NEW_SCHOOL,
    PART,
    SCHOOLS,
    SINCE,
    SMALL_UNIT,
    SPAN,
    STARTED,
    UNIT,
    UNITS,
    WEEKDAY,
    WHEN,
    WORDS,
)

Read = Callable[[re.Match[str], Moment], float | None]


@dataclass(frozen=True)
class Rule:
    """A wording: `pattern` over canonical text, its `weight`, and how to `read` its days."""

    pattern: re.Pattern[str]
    weight: int
    read: Read


def _rule(weight: int, how: Read | float, *patterns: str) -> list[Rule]:
    def fixed(_found: re.Match[str], _moment: Moment) -> float | None:
        return how if isinstance(how, float) else None

    reader = how if callable(how) else fixed
    return [Rule(re.compile(rf"(?<!\w)(?:{one})"), weight, reader) for one in patterns]


# What may follow a short answer and adds nothing.
PARTICLE = (
    r"(?:ass|as|asså|altså|bro|bror|brur|mann|wallah|wlh|lol|haha|hehe|da|liksom|tbh|egentlig|"
    r"vettu|gitt|faktisk|sikkert|vel|jo|tror jeg|vil jeg si|nå|😅|😂|😭|🥲|❤)"
)
_SINCE_IT = (
    r"(?:siden|fra|since) (?!den|der|på|ved|i |jeg (?:har|er|må|vil))\w+(?: (?![.!?,])\S+){0,8}? "
)

RULES: list[Rule] = [
    # How long it has lasted, in numbers.
    *_rule(
        3,
        read.span,
        rf"(?:i|gjennom|opp mot|vart|vært|gått|been|for|in|ventet) {SPAN}"
        r"(?! (?:siden|ago|til|gammel))",
        rf"{SPAN} (?:nå|på rad|i strekk|now|straight)\b",
        rf"(?:i løpet av |de |den |det |the )?(?:siste|past|last) {SPAN}",
        rf"(?:de|the|dem|disse) (?P<n>{AMOUNT}) (?:siste|last|past) {UNIT}",
        r"(?:har|hatt|gått|vært|ventet)(?: (?![.!?])\S+){0,6}? (?P<n>et) (?:helt )?"
        r"(?P<unit>år)\b(?! (?:siden|eldre|yngre|gammel|til|igjen))",
    ),
    *_rule(3, read.span_without, rf"på {SPAN}"),
    *_rule(
        2,
        read.span,
        rf"{SINCE} {SPAN}",
        rf"(?:for |det er |er det |siden )?{SPAN} (?:siden|sida|ago)\b",
        rf"{SPAN} for (?:sen|sent|seint|sein|seine)\b",
    ),
    *_rule(
        3,
        read.last_unit,
        rf"(?:i )?(?:de|det|den|dem|the)(?: aller)? (?:siste|past|last)(?: par)? {UNIT}",
        r"siste (?P<unit>ukene|uken|måneden|månedene|året|halvåret|årene|dagene|semesteret)\b",
    ),
    # Since when.
    *_rule(3, read.named, rf"{SINCE} {WHEN}", rf"{SINCE} {PART}{LAST_YEAR}"),
    *_rule(
        3,
        read.grade,
        rf"{SINCE} (?:jeg (?:gikk|begynte) (?:i|på) |i |slutten av |starten av )*{GRADE}",
        rf"{SINCE} (?:jeg|vi) gikk i (?P<grade>{ORDINAL})",
    ),
    *_rule(3, read.new_school, rf"{SINCE} {NEW_SCHOOL}"),
    *_rule(3, LONG, rf"(?:{SINCE}|allerede|helt) (?:tidlig i |tidlig på |i |på )?{CHILDHOOD}"),
    *_rule(3, read.year, rf"{SINCE} (?P<year>20\d\d)\b"),
    *_rule(3, SHORT, rf"(?:siden|since) (?:\w+ )?{LATELY}"),
    # "fra vi kom hjem fra hytta i vinterferien", "siden han slo opp forrige uke"
    *_rule(
        2, read.named, rf"{_SINCE_IT}(?:i|på|til|før|etter|in) {WHEN}", rf"{_SINCE_IT}{LAST_YEAR}"
    ),
    *_rule(2, SHORT, rf"(?!fra){_SINCE_IT}(?:på )?{LATELY}"),
    *_rule(3, LONG, r"(?:since )?last (?:year|spring|winter)"),
    *_rule(3, read.season, rf"(?:hele|og) (?:denne )?(?P<season>{SEASON})\b(?P<back> i fjor)?"),
    *_rule(3, read.grade, rf"(?:hele|gjennom) {GRADE}"),
    *_rule(
        3,
        LONG,
        r"hele (?:barndommen|oppveksten|skolegangen|skoletida|skoletiden|tenårene|ungdomstiden|"
        r"ungdommen|videregående|vgs)\b|(?:my )?(?:whole|entire) life|all my life",
        rf"(?:hele|gjennom) {SCHOOLS}",
        r"hele (?:første|andre|tredje)(?: året| året)? (?:på |av )?(?:vgs|videregående)",
        r"(?:gjennom )?hele livet\b(?! (?:mitt |sitt )?(?:er|blir|ligger|på|foran))",
    ),
    *_rule(3, read.this_school_year, r"hele (?:skoleåret|semesteret)\b"),
    # When it started.
    *_rule(
        3,
        read.named,
        rf"{STARTED}{WORDS} (?:i|etter|før|rundt|in|på|mot) {WHEN}",
        rf"{STARTED}{WORDS} {LAST_YEAR}",
    ),
    *_rule(3, read.grade, rf"{STARTED}{WORDS} (?:i|på) (?:slutten av |starten av )?{GRADE}"),
    *_rule(2, SHORT, rf"{STARTED}{WORDS} (?:på |nå )?{LATELY}"),
    *_rule(2, LONG, rf"{STARTED} (?:alt |allerede )?(?:da|når|på|i) {CHILDHOOD}"),
    # In words.
    *_rule(
        3,
        LONG,
        r"så lenge (?:jeg|vi) (?:kan |har )?(?:huske\w*|minnes|levd)",
        r"så (?:lenge|langt tilbake) (?:som )?(?:han|hun|jeg|vi) "
        r"(?:kan huske|husker|har (?:levd|vært))",
        r"as long as i can remember|since forever|forever\b|for (?:many )?(?:years|months|ages)",
        r"(?:i )?årevis|år etter år|i alle år|(?:i )?månedsvis|måned etter måned|i evigheter",
        r"(?:i|over) (?:en |veldig |ganske |så |kjempe)?lang tid\b",
    ),
    *_rule(3, 21.0, r"(?:i )?(?:ukesvis|dagevis|ukevis)\b|uke etter uke|for (?:weeks|days)\b"),
    *_rule(
        2,
        LONG,
        r"(?:har|hadde) (?:jeg |det |pappa |mamma |han |hun |vi )?alltid "
        r"(?:vært|hatt|følt|slitt|gjort|drukket|tenkt|syntes|likt|hatet|slik)",
        r"alltid (?:hatt|vært|følt|slitt|gjort)\b|alltid slik\b",
        r"(?:har|hadde|vært|hatt|holdt|følt|slitt)(?: (?![.!?,])\S+){0,7}? lenge\b"
        r"(?! (?:på|i|med|som|jeg|du|det|han|hun|vi|de|siden|til)\b)",
        r"(?:ganske|veldig|kjempe|skikkelig|nokså|rimelig|dødsens|sykt|altfor) lenge\b"
        r"(?! (?:på|i|siden|til))",
        r"(?:kjempe|døds|super|ufattelig|drit|dritt)lenge|(?:en )?(?:god|lang) stund",
        r"det (?:er|har vært|var) (?:ganske |veldig |så )?lenge siden",
        r"(?:^|(?<=[.!?,] ))(?:så |for |jo |ja )?(?:lenge|alltid|altid|evig|years|ages)(?: nå)?"
        rf"(?: {PARTICLE})*(?= [.!?,]| ?$)",
        r"(?:da|når) (?:jeg|vi) var (?:liten|små|barn)\b",
    ),
    *_rule(
        2,
        SHORT,
        r"i det siste\b(?! (?:året|halvåret|øyeblikk))|(?:den )?siste tid(?:a|en)\b",
        r"(?:ikke|aldri) (?:så |veldig |særlig )?lenge\b(?! (?:siden|før|til|jeg))",
        r"lately\b|recently\b|these days|for (?:tida|tiden|tia)\b",
        r"(?:i )?(?:en|noen) (?:liten |kort )?stund\b(?! siden)",
        r"(?:bare )?(?:noen|et par) (?:få )?dager\b(?! (?:i|til|hver|er|har|orker|vet|så))",
    ),
    # In a row.
    *_rule(
        2,
        SHORT,
        rf"(?:dag|day|natt) (?:nummer )?{AMOUNT}(?= (?:nå|på|uten|av|og|,|\.)| ?$)",
        rf"{ORDINAL} (?:dagen?|natta?|uken?|uka|døgn\w*|time) (?:nå|på rad|uten)",
        r"for (?:andre|tredje|fjerde|femte|sjette|sjuende) (?:dagen?|natta|uken|gangen? denne)\b",
    ),
    *_rule(2, LONG, r"(?:tredje|fjerde|femte|sjette) året (?:nå|på rad)|på (?:tredje|fjerde) året"),
    # What happened, and when.
    *_rule(1, 0.2, rf"(?:for )?{ABOUT}{AMOUNT} {SMALL_UNIT} (?:siden|ago)"),
    *_rule(
        1,
        SHORT,
        r"i (?:går|forgårs|morges|stad|sted)\b",
        rf"(?:forrige|sist|siste) (?:uke|uka|uken|helg|helga|måned\w*|timen|{WEEKDAY})\b",
        r"hele (?:høst|vinter|påske|jule)ferien",
        r"denne (?:uke|uken|måneden|helga)|hele (?:uke|uken|helga)",
        r"for (?:litt|kort tid|noen|en liten stund|ikke lenge) siden",
        r"(?:nettopp|nylig|akkurat) (?:ble|blitt|fått|har|begynt|gjort|flyttet|mistet|slått|kom|"
        r"kommet|fikk|sett|hatt)\b|\bnylig\b|ganske nytt|^(?:nå )?nettopp\b",
        r"yesterday|last (?:night|week|month)|this (?:week|month|morning)|just now",
    ),
    *_rule(1, read.past_event, rf"(?:på|on) {WEEKDAY}\b|i (?:natt|helga)\b"),
    *_rule(1, read.named, LAST_YEAR, rf"(?:forrige|sist) (?P<name>{SEASON})\b"),
    *_rule(
        1,
        read.named_event,
        rf"i (?P<name>{NAME})\b(?: i (?P<back>fjor|forfjor|\d{{4}}))?",
    ),
    *_rule(1, LONG, rf"(?:da|når|fra) (?:jeg|vi) var (?:{AGE}|[4-7]|fire|fem|seks|sju|yngre)\b"),
    *_rule(1, read.earlier_grade, rf"(?:i|på|fra) {GRADE}"),
    *_rule(1, read.year, r"i (?P<year>20\d\d)\b"),
]

_HOW_OFTEN = (
    r"(?:i|om|hver|per|pr) (?:uke|uken|uka|måned|måneden|året|år|dagen|døgnet|natta|semesteret)"
)
_TOGETHER = (
    r"(?:sammen|venner|kjærester|bestiser|bestevenner|gift|kjent|bodd|jobbet|jobba|øvelseskjørt|"
    r"spilt|spilte|trent|danset|korps)"
)
# What looks like a time and is none: ages, plans, how often, how long a friendship was.
NOT_TIMES = re.compile(
    r"\b(?:"
    rf"(?:er|fyller|fylte|fylt|blir|ble|jente|gutt|på|var) {AGE} år\b"
    rf"|{AGE} år(?:ing\w*)?(?= gammel| gamle|$| [,.])"
    rf"|{AMOUNT} år (?:eldre|yngre|gammel|gamle|forskjell|old)"
    rf"|om {ABOUT}{AMOUNT} {UNITS}\b"
    rf"|(?:{AMOUNT} )?(?:{UNITS}|ganger|gang|timer|kvelder) {_HOW_OFTEN}\b"
    r"|hvor lang? ?(?:e|tid)?\b[^.?!]*"
    rf"|(?:skal|drar|reiser|flytter|får)(?: (?![.!?])\S+){{0,6}} i {AMOUNT} {UNITS}\b"
    rf"|{_TOGETHER}(?: (?:med|her|der|hverandre|henne|han|ham|fotball|håndball)){{0,2}}"
    rf" i {ABOUT}{AMOUNT} {UNITS}\b"
    r"|(?:neste|til) (?:uke|helg|måned|år|sommer|høst|vår|vinter|jul|påske)\w*(?! i fjor)"
    r")"
)
_AROUND = (
    r"(?:ca \.|ca|cirka|omtrent|nå|kanskje|sikkert|typ|type|tror|jeg|vel|eller|så|har|det|vært|"
    rf"hatt|slik|i|på|vart|siden|snart|ish|eh|hm|og|ja|bare|,|!|er|minst|nesten|{PARTICLE})"
)
# A sentence that only names a time: the answer to "hvor lenge?".
SPAN_ALONE = re.compile(rf"(?:{_AROUND} )*{SPAN}(?: {_AROUND})*")
NAME_ALONE = re.compile(rf"(?:{_AROUND} )*{WHEN}(?: {_AROUND})*")
