"""Names of places in the words of a message: as written, with endings, and misspelled."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Optional

from rapidfuzz import process
from rapidfuzz.distance import OSA

from service_catalog.place_table import FUZZY_FROM, SHORT, Spot, Table, Tier
from service_catalog.place_words import ASKING, FILLERS, LOOK_BACK, Context, Word, context

LONG_NAME = 8  # from this length two wrong letters are forgiven
COMPASS = frozenset({"nord", "sør", "midt"})
LONG_NAME_WORDS = 3  # in the name of a municipality
CUT_FROM = 5  # letters that are left of a name
LONG_ANSWER = 12  # words; in longer ones typos are not looked for everywhere
AND = frozenset({"og", "å"})
_DRAWN = re.compile(r"(.)\1{2,}")
_ENDINGS = ("s", "kommune", "by", "sentrum")


@dataclass(frozen=True)
class Mention:
    """A name found in the words `first` to `last`, with everything it may mean."""

    key: str
    first: int
    last: int
    spots: tuple[Spot, ...]
    tier: Tier
    context: Context


def exact(words: Sequence[Word], known: Table) -> list[Mention]:
    """Find names as written, the longest first."""
    found: list[Mention] = []
    index = 0
    while index < len(words):
        longest = known.longest.get(words[index].key, 1)
        for length in range(min(longest, len(words) - index), 0, -1):
            key = "".join(word.key for word in words[index : index + length])
            name = key if key in known.spots else _without_ending(key, known)
            if name:
                found.append(_mention(name, index, length, words, known))
                index += length - 1
                break
        index += 1
    return _as_pairs(found, words)


def _as_pairs(mentions: Sequence[Mention], words: Sequence[Word]) -> list[Mention]:
    """Give what is said of X to Y in "mellom X og Y"."""
    made: list[Mention] = []
    for mention in mentions:
        before = made[-1] if made else None
        joined = words[mention.first].joined and words[mention.first - 1].key in AND
        if before is not None and joined and before.last == mention.first - 2:
            mention = replace(mention, context=before.context)
        made.append(mention)
    return made


def _without_ending(key: str, known: Table) -> Optional[str]:
    """Return the name in "oslos", "stangekommune" or "osloooo"; None when there is none."""
    if len(key) < FUZZY_FROM:
        return None
    if key.endswith(_ENDINGS) and key not in known.not_places:
        for ending in _ENDINGS:
            stem = key.removesuffix(ending)
            if len(stem) > SHORT and _is_sure(stem, known) and stem != key:
                return stem
    if _DRAWN.search(key):
        once = _DRAWN.sub(r"\1", key)
        return once if _is_sure(once, known) else None
    return None


def _is_sure(key: str, known: Table) -> bool:
    return key in known.spots and known.tier(key) == "sure"


def _mention(key: str, first: int, length: int, words: Sequence[Word], known: Table) -> Mention:
    return Mention(
        key=key,
        first=first,
        last=first + length - 1,
        spots=tuple(known.spots[key]),
        tier=known.tier(key),
        context=context(words, first),
    )


def misspelled(
    words: Sequence[Word], mentions: Sequence[Mention], known: Table, expected: bool
) -> list[Mention]:
    """Find misspelled names, where a place is expected or asked for by the words before."""
    whole = [] if mentions or not expected else _whole_answer(words, known)
    if whole:
        return whole
    taken = {place for mention in mentions for place in range(mention.first, mention.last + 1)}
    everywhere = expected and len(words) <= LONG_ANSWER and not mentions
    found = []
    asking = -LOOK_BACK
    for index, word in enumerate(words):
        near, asking = index - asking < LOOK_BACK, index if word.key in ASKING else asking
        if index in taken or not (near or everywhere) or not _may_bemisspelled(word.key, known):
            continue
        before = context(words, index)
        asked = before.where or before.where_to
        if not (before.lives or everywhere or asked):
            continue
        wrong = 2 if len(word.key) >= LONG_NAME and (before.lives or everywhere) else 1
        # "på senga", "i farta": after a mere preposition only the names of municipalities.
        only_big = not (before.lives or expected)
        for name in _nearest(word.key, wrong, known.near, known, only_big):
            found.append(_mention(name, index, 1, words, known))
    return found


def cut_short(words: Sequence[Word], known: Table) -> Optional[Spot]:
    """Return the place in "h.sund" or "sandefj"; None when it might be several, or a word."""
    if not 0 < len(words) <= 2 or sum(len(word.key) for word in words) < CUT_FROM:
        return None
    begin, end = words[0].key, words[1].key if len(words) == 2 else ""
    if end and (len(begin) > SHORT or (words[1].joined and end in known.spots)):
        return None
    if begin in known.not_places or begin in known.regions or begin in FILLERS:
        return None
    fitting = [
        spots[0]
        for name, spots in known.spots.items()
        if name.startswith(begin)
        and name.endswith(end)
        and len(spots) == 1
        and (spots[0].kind == "municipality" if end else known.tier(name) == "sure")
    ]
    return fitting[0] if len({spot.number for spot in fitting}) == 1 else None


def _may_bemisspelled(key: str, known: Table) -> bool:
    if len(key) < FUZZY_FROM or not key.isalpha() or key in FILLERS:
        return False
    return key not in known.not_places and key not in known.regions


def _whole_answer(words: Sequence[Word], known: Table) -> list[Mention]:
    """Read an answer that is nothing but one misspelled municipality: "skein", "nordre ollo"."""
    telling = [
        index
        for index, word in enumerate(words)
        if word.key not in FILLERS and not word.key.isdigit()
    ]
    if (
        not telling
        or telling[-1] - telling[0] != len(telling) - 1
        or len(telling) > LONG_NAME_WORDS
    ):
        return []
    first, last = telling[0], telling[-1]
    # "nord" and "sør" lead up to a place, or begin its name.
    for start in ([first - 1] if first and words[first - 1].key in COMPASS else []) + [first]:
        key = "".join(word.key for word in words[start : last + 1])
        if not _may_bemisspelled(key, known):
            continue
        wrong = 2 if len(key) >= LONG_NAME else 1
        names = _nearest(key, wrong, known.municipal, known)
        if names:
            return [_mention(name, start, last + 1 - start, words, known) for name in names]
    return []


def _nearest(
    key: str,
    wrong: int,
    names: Mapping[tuple[str, int], Sequence[str]],
    known: Table,
    only_big: bool = False,
) -> tuple[str, ...]:
    """Return those of `names` nearest to `key`, one for each set of meanings; () without any."""
    lengths = range(len(key) - wrong, len(key) + wrong + 1)
    candidates = [name for length in lengths for name in names.get((key[0], length), ())]
    near = process.extract(key, candidates, scorer=OSA.distance, score_cutoff=wrong, limit=6)
    if not near:
        return ()
    best = min(distance for _, distance, _ in near)
    found: dict[tuple[Spot, ...], str] = {}
    for name, distance, _ in near:
        spots = tuple(known.spots[name])
        if distance == best and not (only_big and spots[0].kind != "municipality"):
            found.setdefault(spots, name)
    return tuple(found.values())
