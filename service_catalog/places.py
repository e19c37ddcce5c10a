"""Which place a message names: municipality, bydel, post town, other names, postal code.

A place is easy to miss and easy to see where there is none: `time`, `heim`, `ski`
and `strand` are municipalities and words. How much it takes to believe a name
is written down for each in places/words.yml; typos are only looked for
where a place is expected or the words before it ask for one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional

from service_catalog.municipalities import districts_of as districts_of
from service_catalog.municipalities import municipality as municipality
from service_catalog.place_names import Mention, cut_short, exact, misspelled
from service_catalog.place_table import Kind, Spot, Table, table
from service_catalog.place_words import FILLERS, Word, is_shouting, read_words

MAX_LETTERS = 4000  # what stands further on in a message is not read
FEW = 3  # words of an answer before it goes on
_AFTER = frozenset({"kommune", "kommuna", "kommunen", "by", "sentrum"})


@dataclass(frozen=True)
class Place:
    """One place that a message may mean. `words` is how the youth wrote it."""

    number: str
    name: str
    bydel: Optional[str]
    county: str
    words: str
    kind: Kind
    start: int = 0


def find_places(text: str, expected: bool = False, within: Optional[str] = None) -> list[Place]:
    """Return the places that `text` names; several when it is not clear which is meant.

    `expected`: the message answers a question about place, so short and misspelled
    names are believed. `within`: the number of a municipality already known, so that
    a part of it needs no further name. Never raises.
    """
    known = table()
    text = unicodedata.normalize("NFC", text[:MAX_LETTERS])
    words = read_words(text)
    mentions = exact(words, known)
    mentions += misspelled(words, mentions, known, expected)
    sure_numbers = {m.spots[0].number for m in mentions if len(m.spots) == 1 and m.tier == "sure"}
    if within:
        sure_numbers.add(within)
    short = expected and _only_places(words, mentions, known)
    shouting = is_shouting(words)
    believed = [
        mention
        for mention in mentions
        if _believe(mention, words, sure_numbers, short, shouting) and not mention.context.not_there
    ]
    if not believed and expected:
        return _by_code(words, text, known) or _guessed(words, text, known)
    return _settle(believed, words, text, known, sure_numbers)


def _believe(
    mention: Mention,
    words: Sequence[Word],
    numbers: set[str],
    short: bool,
    shouting: bool,
) -> bool:
    """Say whether a name means a place here; places/words.yml tells what each tier takes."""
    before, tier = mention.context, mention.tier
    capital = words[mention.first].text[0].isupper() and not shouting
    at_home = any(spot.number in numbers for spot in mention.spots)
    after = mention.last + 1
    named = after < len(words) and words[after].joined and words[after].key in _AFTER
    named |= _in_region(words, after)
    if tier == "sure" or (short and tier != "inside") or (named and tier != "inside"):
        return True
    if tier == "inside":
        return at_home
    if tier == "homely":
        return capital and (bool(before.lives) or before.where)
    if tier == "local" and at_home:
        return True
    if before.lives or (before.where and (capital or tier in ("rare", "people"))):
        return True
    return tier == "rare" and before.where_to and capital


def _in_region(words: Sequence[Word], after: int) -> bool:
    """Say whether the words from `after` on are "i Telemark", "på Romerike"."""
    if after + 1 >= len(words) or not words[after].joined:
        return False
    return words[after].key in ("i", "på", "paa") and words[after + 1].key in table().regions


def _only_places(words: Sequence[Word], mentions: Sequence[Mention], known: Table) -> bool:
    """Say whether an answer holds nothing but places and words that lead up to them."""
    taken = {place for mention in mentions for place in range(mention.first, mention.last + 1)}
    return all(
        index in taken or word.key in FILLERS or word.key in known.regions or word.key.isdigit()
        for index, word in enumerate(words)
    )


def _by_code(words: Sequence[Word], text: str, known: Table) -> list[Place]:
    for index, word in enumerate(words):
        if len(word.key) == 4 and word.key in known.codes:
            before = words[index - 1].key if index else ""
            if before not in ("født", "fødd", "siden", "sidan", "året", "år"):
                spot = Spot(known.codes[word.key], None, "postcode")
                return [_place(spot, word.start, text[word.start : word.end], known)]
    return []


def _guessed(words: Sequence[Word], text: str, known: Table) -> list[Place]:
    """Read an answer that is cut short ("h.sund", "sandefj"), or goes on after a comma."""
    spot = cut_short(words, known)
    if spot is not None:
        return [_place(spot, words[0].start, text[words[0].start : words[-1].end], known)]
    answer, stop, _ = text.partition(",")
    return find_places(answer, expected=True) if stop and len(answer.split()) <= FEW else []


def _settle(
    mentions: Sequence[Mention],
    words: Sequence[Word],
    text: str,
    known: Table,
    numbers: set[str],
) -> list[Place]:
    """Choose among meanings: where one lives before where one has been or others live, the part
    with its town."""
    mine = [mention for mention in mentions if not mention.context.others]
    mentions = mine or mentions
    near = [mention for mention in mentions if mention.context.beside]
    there = [mention for mention in mentions if not mention.context.beside]
    most = max((mention.context.lives for mention in mentions), default=0)
    living = [mention for mention in mentions if most and mention.context.lives == most]
    homes = {spot.number for mention in living for spot in mention.spots if not spot.bydel}
    living += [one for one in mentions if one not in living and _is_part(one, homes)]
    staying = [mention for mention in mentions if not mention.context.left]
    counties = {
        county for word in words if word.key in known.regions for county in known.regions[word.key]
    }
    counties |= {known.municipalities[s.number].county for one in near for s in one.spots}
    places: dict[tuple[str, Optional[str]], Place] = {}
    chosen = living or staying or mentions
    for mention in [one for one in chosen if one in there] or chosen:
        start, end = words[mention.first].start, words[mention.last].end
        for spot in _narrow(mention.spots, numbers, counties, known):
            place = _place(spot, start, text[start:end], known)
            places.setdefault((place.number, place.bydel), place)
    parts = {number for number, bydel in places if bydel}
    return [place for place in places.values() if place.bydel or place.number not in parts]


def _is_part(mention: Mention, numbers: set[str]) -> bool:
    return any(spot.bydel and spot.number in numbers for spot in mention.spots)


def _narrow(
    spots: Sequence[Spot], numbers: set[str], counties: set[str], known: Table
) -> Sequence[Spot]:
    """Leave out the meanings that another place or region in the message speaks against."""
    if len(spots) == 1:
        return spots
    together = [spot for spot in spots if spot.number in numbers]
    there = [spot for spot in spots if known.municipalities[spot.number].county in counties]
    return together or there or spots


def _place(spot: Spot, start: int, words: str, known: Table) -> Place:
    where = known.municipalities[spot.number]
    return Place(spot.number, where.name, spot.bydel, where.county, words, spot.kind, start)
