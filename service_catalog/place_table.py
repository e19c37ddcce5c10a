"""The names of Norwegian places, read from the tables in service_catalog/places/."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple, Optional

import yaml

from service_catalog.municipalities import FOLDER, Municipality, districts, municipalities, rows

Kind = Literal["municipality", "post_town", "district", "alias", "postcode"]
# How much it takes to believe that a name means a place: see places/words.yml.
Tier = Literal["sure", "rare", "people", "common", "homely", "local", "inside"]
_STRICTEST: tuple[Tier, ...] = ("inside", "local", "homely", "common", "people", "rare")

SHORT = 3
FUZZY_FROM = 5
_SPLIT = re.compile(r"[\s\-.]+")
_SHORT_NAME = re.compile(r"^(.+?) (?:i|på) .+$")
_SPELLINGS = (
    str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"}),
    str.maketrans({"æ": "a", "ø": "o", "å": "a"}),
    str.maketrans({"æ": "e", "ø": "o", "å": "a"}),
)
_FOREIGN = str.maketrans("äöđŧŋ", "æødtn")


class Spot(NamedTuple):
    """One meaning of a name."""

    number: str
    bydel: Optional[str]
    kind: Kind


@dataclass
class Table:
    """Every name that means a place. Keys are in lower case without blanks and hyphens."""

    municipalities: dict[str, Municipality] = field(default_factory=dict)
    spots: dict[str, list[Spot]] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)  # first word → words in the name
    tiers: dict[str, Tier] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    districts: dict[str, list[str]] = field(default_factory=dict)
    regions: dict[str, list[str]] = field(default_factory=dict)
    not_places: frozenset[str] = frozenset()
    # By letter and length: names to compare misspelled ones with, and those of municipalities.
    near: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    municipal: dict[tuple[str, int], list[str]] = field(default_factory=dict)

    def tier(self, key: str) -> Tier:
        return self.tiers.get(key, "rare" if len(key) <= SHORT else "sure")


def squeeze(name: str) -> str:
    """Return `name`, in the form NFC, as a key: "Nord-Odal" → "nordodal"."""
    key = name.casefold()
    if not key.isascii():
        key = key.translate(_FOREIGN)
    return key if key.isalpha() else _SPLIT.sub("", key)


def plain_letters(key: str) -> str:
    """Return `key` without accents: "kárášjohka" → "karasjohka". Æ, ø and å stay."""
    if key.isascii():
        return key
    kept = {"å": "\0", "ø": "\1"}
    for letter, mark in kept.items():
        key = key.replace(letter, mark)
    key = "".join(c for c in unicodedata.normalize("NFD", key) if not unicodedata.combining(c))
    for letter, mark in kept.items():
        key = key.replace(mark, letter)
    return key


@lru_cache(maxsize=1)
def table() -> Table:
    """Read all tables, once."""
    made = Table()
    lists = yaml.safe_load((FOLDER / "words.yml").read_text("utf-8"))
    for tier in reversed(_STRICTEST):
        made.tiers.update(dict.fromkeys(lists[tier].split(), tier))
    made.regions = yaml.safe_load((FOLDER / "regions.yml").read_text("utf-8"))
    lines = (FOLDER / "not_places.txt").read_text("utf-8").splitlines()
    made.not_places = frozenset(line for line in lines if not line.startswith("#"))
    _add_districts(made)
    _add_municipalities(made)
    _add_post_towns(made)
    _add_aliases(made)
    _add_spellings(made)
    _add_near(made)
    return made


def _add(made: Table, name: str, spot: Spot) -> None:
    key = squeeze(name)
    if key in made.regions and spot.kind != "municipality":
        return
    spots = made.spots.setdefault(key, [])
    if all(known.number != spot.number for known in spots):
        spots.append(spot)
    words = [word for word in _SPLIT.split(name) if word]
    if len(words) > 1:
        first = squeeze(words[0])
        made.longest[first] = max(made.longest.get(first, 1), len(words))


def _add_districts(made: Table) -> None:
    for number, district, parts in districts():
        made.districts.setdefault(number, []).append(district)
        for name in (district, *parts):
            _add(made, name, Spot(number, district, "district"))


def _add_municipalities(made: Table) -> None:
    made.municipalities = municipalities()
    for number, one in made.municipalities.items():
        for name in one.names:
            _add(made, name, Spot(number, None, "municipality"))


def _add_post_towns(made: Table) -> None:
    """A town that reaches into a second municipality means the one with most of its codes."""
    towns: dict[str, tuple[str, list[str]]] = {}
    for name, number, written in rows("post_towns.csv"):
        codes = written.split()
        made.codes.update(dict.fromkeys(codes, number))
        if name not in towns or len(codes) > len(towns[name][1]):
            towns[name] = (number, codes)
    for name, (number, _) in towns.items():
        plain = re.sub(r" [ns]$", "", name)  # Kristiansand s, Kristiansund n
        _add(made, plain, Spot(number, None, "post_town"))
        short = _SHORT_NAME.match(name)
        if short:
            _add(made, short[1], Spot(number, None, "post_town"))


def _add_aliases(made: Table) -> None:
    """A name in this table means what stands here and nothing else."""
    seen: set[str] = set()
    for name, number in rows("aliases.csv"):
        key = squeeze(name)
        if key not in seen:
            made.spots.pop(key, None)
            seen.add(key)
        own = {squeeze(each) for each in made.municipalities[number].names}
        _add(made, name, Spot(number, None, "municipality" if key in own else "alias"))


def _add_spellings(made: Table) -> None:
    """Add "tromso", "tromsoe" and "karasjohka", where they are no words or names themselves."""
    for key, spots in list(made.spots.items()):
        if len(key) <= SHORT or made.tier(key) != "sure":
            continue
        for spelling in _spellings(key):
            if spelling not in made.not_places and spelling not in made.tiers:
                made.spots.setdefault(spelling, spots)


def _spellings(key: str) -> Iterable[str]:
    found = {key.translate(table) for table in _SPELLINGS} | {plain_letters(key)}
    if len(key) > FUZZY_FROM:  # how it is said: Fredriksta, Haugesunn, Sortlann
        found |= {re.sub(f"{end}d$", f"{end}{said}", key) for end, said in _SILENT}
    return sorted(found - {key})


_SILENT = (("sta", ""), ("sun", "n"), ("lan", "n"), ("stran", "n"))


def _add_near(made: Table) -> None:
    for key, spots in made.spots.items():
        place = (key[0], len(key))
        if len(key) >= FUZZY_FROM and made.tier(key) == "sure":
            made.near.setdefault(place, []).append(key)
        if len(key) > SHORT and any(spot.kind == "municipality" for spot in spots):
            made.municipal.setdefault(place, []).append(key)
