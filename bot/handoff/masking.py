"""Takes out of a text what tells who somebody is: for lists, logs and exports.

Names, user names, national ids and e-mail addresses always; places, schools and telephone
numbers too, except for the nurse who has claimed the case and may have to send help.
Rules find names by themselves; with `nb_core_news_sm` installed it looks as well.
Masking too much is no harm here, too little is.
"""

from __future__ import annotations

import importlib.util
import re
from bisect import bisect
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

import yaml

from service_catalog.places import find_places

Kind = Literal["name", "id", "email", "phone", "place", "school", "handle", "proper"]
SHOWN: dict[Kind, str] = {
    "name": "[navn]",
    "id": "[fødselsnummer]",
    "email": "[e-post]",
    "phone": "[telefon]",
    "place": "[sted]",
    "school": "[skole]",
    "handle": "[brukernavn]",
    "proper": "[navn]",  # with a capital, and neither known as a name nor as a place
}
CONTACT: tuple[Kind, ...] = ("phone", "place", "school")
MODEL = "nb_core_news_sm"

_UP, _LOW = "A-ZÆØÅÁČĐŊŠŦŽÄÖÉ", "a-zæøåáčđŋšŧžäöéèüô"
_CAPITAL = rf"[{_UP}][{_LOW}]+(?:-[{_UP}][{_LOW}]+)?"
_WORD = rf"[{_UP}{_LOW}]+(?:-[{_UP}{_LOW}]+)?"
_ROAD = (
    r"(?:gat[ae]|gaten|vei(?:en)?|veg(?:en)?|all[eé](?:en)?|plass(?:en)?|bakke(?:n)?|sti(?:en)?|"
    r"sving(?:en)?|tunet|kroken|ringen|haugen|lia|åsen|terrasse(?:n)?|brygge|brygga|torg(?:et)?|smuget)"
)
# Follows "heter" and the like and is no name.
_NO_NAME = (
    r"(?i:(?:og|å|det|den|ikke|ikkje|itj|jo|noe|noko|noen|nokon|noko|hva|kva|ka|som|en|ei|ein|et|"
    r"eit|for|bare|berre|egentlig|eigentleg|forræder|feit|stygg|dum|hore|fra|frå|til)\b)"
)
_SURNAME = rf"(?:{_CAPITAL}|[{_LOW}]+(?:sen|sson|rud|stad|haug))"
# Numbers as they are written: together, in twos, threes or fours. No dates, no years.
_GROUPED = (
    r"(?!(?:19|20)\d\d[ -])(?:"
    r"[02-9]\d(?:(?:[ -]?\d\d){3}|(?:\.\d\d){3}|\d[ -]\d\d[ -]\d{3}|\d[ -]\d{3}[ -]\d\d)|"
    r"[2-9]\d{3}[ -]\d{4}|[2-9]\d\d\.\d\d\.\d{3})"
)
_SCHOOL = (
    r"(?:(?:barne|ungdoms|folkehøg|folkehøy|grunn)?sk[ou]le|barne- og ungdomssk[ou]le|vgs|"
    r"(?:videregående|vidaregåande)(?: sk[ou]le)?)"
)
# What stands before the name of an account, and what such a name looks like: a word with a digit,
# a dot or a line in it; after "er", ":" and the like any word.
_ACCOUNT = (
    r"(?i:\b(?:snap(?:pen|chat)?|insta(?:gram)?|ig|tiktok|discord|bruker|brukar|"
    r"bruker(?:en|navn(?:et)?)|brukar(?:en|namn(?:et)?)))(?: min| mitt)?"
)
# In the order in which they win over each other. The group, if there is one, is what is masked.
_RULES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+")),
    ("handle", re.compile(r"(?<![\w@])@[\w](?:[\w.]{0,28}\w)?")),
    ("handle", re.compile(r"\b[\w.]{2,30}#\d{4}\b")),
    ("handle", re.compile(rf"{_ACCOUNT}(?:,? (?:er|e|heter)|\s?:),? ?([\w.]*\w)")),
    ("handle", re.compile(rf"{_ACCOUNT},? ((?=[\w.]*[_.\d])[\w.]*\w)")),
    ("school", re.compile(rf"\b{_CAPITAL}(?: {_CAPITAL}){{0,2}} {_SCHOOL}\b")),
    ("id", re.compile(r"(?<![\d+])\d{6}[ .-]?\d{5}(?!\d)")),
    ("phone", re.compile(rf"(?<![\d+])(?:(?:\+|00)47[ -]?)?(?:{_GROUPED})(?![ -]?\d)")),
    ("phone", re.compile(r"(?:\+|\b00)(?!47)[1-9](?:[ -]?\d){7,13}(?!\d)")),
    ("place", re.compile(rf"\b(?:{_CAPITAL} ){{0,2}}{_WORD}{_ROAD}\s+\d+(?:\s?[A-Z]|[a-z])?\b")),
    ("place", re.compile(rf"\b(?:{_CAPITAL} ){{1,3}}(?i:{_ROAD})\s+\d+(?:\s?[A-Z]|[a-z])?\b")),
    ("place", re.compile(rf"\b\d{{4}}\s+{_CAPITAL}")),
    ("place", re.compile(r"\b-?\d{1,2}[.,]\d{4,}\s*,?\s+-?\d{1,3}[.,]\d{4,}")),
    (
        "name",
        re.compile(
            r"(?i:\b(?:heter|heite[rt]?|hete|hetter|namnet mitt er|navnet mitt er|"
            r"kalle[rs]? (?:meg|mæ|mej|ho|han|henne)|hilsen|helsing|mvh))"
            rf"\s+(?!{_NO_NAME})({_WORD}(?:\s+{_SURNAME}){{0,3}})"
        ),
    ),
    (
        "name",
        re.compile(
            r"(?i:\b(?:jeg|eg|æ|jæ|dette|han|hun|ho) er|\b(?:\w*(?:bror|broren|søster|søstera|"
            r"søsteren|kjæreste|kjæresten|venn|vennen|ven|venen|venninn?[ae]|venninnen|eks|eksen|"
            r"stefar|stefaren|stemor|onkel|tante|fetter|kusine|lærer|læreren|trener|treneren|"
            r"kompis|kompisen|naboen|sjefen))(?:\s+(?:min|mi|mitt|vår|hans|hennes))?,?)"
            rf"\s+({_CAPITAL}(?:\s+{_CAPITAL}){{0,3}})"
        ),
    ),
)
_AFTER_IN = re.compile(
    rf"(?i:\b(?:bor|bur|er|sitter|sit|står|ligger|ligg)) (?:i|på|ved|hos) ({_CAPITAL})"
)
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n]\s*|\n)$")
# A proper noun: a capital after a small letter or a comma, so at no beginning.
_INSIDE = re.compile(rf"(?<=[{_LOW}0-9,] ){_CAPITAL}(?: {_CAPITAL}){{0,3}}")
_SURNAMES = re.compile(rf"(?:\s+{_CAPITAL}){{1,4}}")


class Span(NamedTuple):
    """A stretch of a text that tells who or where somebody is."""

    start: int
    end: int
    kind: Kind


def mask(text: str, keep_contact: bool = False) -> str:
    """Return `text` with names, ids and e-mail addresses taken out.

    `keep_contact` leaves places and telephone numbers: for the nurse who has claimed the case.

    >>> mask("jeg heter Kari, ring 800 33 321")
    'jeg heter [navn], ring [telefon]'
    """
    parts, last = [], 0
    for span in spans(text):
        if keep_contact and span.kind in (*CONTACT, "proper"):
            continue
        parts += [text[last : span.start], SHOWN[span.kind]]
        last = span.end
    return "".join([*parts, text[last:]])


def contacts(text: str) -> list[str]:
    """Return the places, schools and telephone numbers in a text, each once."""
    return list(dict.fromkeys(text[s.start : s.end] for s in spans(text) if s.kind in CONTACT))


def spans(text: str) -> list[Span]:
    """Return what would be masked, in order and without overlap."""
    kept: list[Span] = []  # in order and apart, so that only the neighbours can overlap
    for span in _all_spans(text):
        at = bisect(kept, span)
        before_it = at == 0 or kept[at - 1].end <= span.start
        after_it = at == len(kept) or span.end <= kept[at].start
        if before_it and after_it:
            kept.insert(at, span)
    return kept


def _all_spans(text: str) -> Iterator[Span]:
    """Yield spans, those that win over others first."""
    for kind, rule in _RULES:
        for found in rule.finditer(text):
            yield Span(*found.span(rule.groups), kind)
    yield from _known_names(text)
    yield from _places(text)
    yield from _by_model(text)
    yield from _capitals(text)


def _known_names(text: str) -> Iterator[Span]:
    sure, unsure = _names()
    for found in re.finditer(_WORD, text):
        word = found[0].lower()
        genitive = word.removesuffix("s")
        surname = _SURNAMES.match(text, found.end()) if found[0][0].isupper() else None
        end = surname.end() if surname else found.end()
        if word in sure or genitive in sure:
            yield Span(found.start(), end, "name")
        elif found[0].istitle() and (word in unsure or genitive in unsure):
            inside = not _SENTENCE_START.search(text, found.start() - 8, found.start())
            if inside or surname:
                yield Span(found.start(), end, "name")


def _capitals(text: str) -> Iterator[Span]:
    """Yield words with a capital inside a sentence that are neither places nor known things."""
    for found in _INSIDE.finditer(text):
        if found[0].split()[0].lower() not in _things():
            yield Span(*found.span(), "proper")


def _places(text: str) -> Iterator[Span]:
    for written in {place.words for place in find_places(text) if place.words.strip()}:
        for found in re.finditer(rf"(?<!\w){re.escape(written)}(?!\w)", text, re.I):
            yield Span(*found.span(), "place")
    for found in _AFTER_IN.finditer(text):
        yield Span(*found.span(1), "place")


def _by_model(text: str) -> Iterator[Span]:
    model = _model()
    if model is None:
        return
    for entity in model(text).ents:
        if entity.label_ == "PER":
            yield Span(entity.start_char, entity.end_char, "name")
        elif entity.label_ in ("LOC", "GPE_LOC", "GPE_ORG"):
            yield Span(entity.start_char, entity.end_char, "place")


@lru_cache(maxsize=1)
def _names() -> tuple[frozenset[str], frozenset[str]]:
    lists = yaml.safe_load(Path(__file__).with_name("names.yml").read_text("utf-8"))
    unsure = frozenset(lists["words"].split())
    return frozenset(lists["names"].split()) - unsure, unsure


@lru_cache(maxsize=1)
def _things() -> frozenset[str]:
    """Return words that are written with a capital and tell nobody's name."""
    lists = yaml.safe_load(Path(__file__).with_name("names.yml").read_text("utf-8"))
    return frozenset(lists["things"].split())


@lru_cache(maxsize=1)
def _model() -> Any:
    """Return the Norwegian model that knows names, or None where it is not installed."""
    if importlib.util.find_spec(MODEL) is None:
        return None
    import spacy

    return spacy.load(MODEL, exclude=["tagger", "parser", "lemmatizer", "attribute_ruler"])
