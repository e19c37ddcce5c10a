"""The words of a message, and what stands before a name: "bor i", "litt utenfor", "ikke"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import yaml

from service_catalog.municipalities import FOLDER
from service_catalog.place_table import squeeze

LOOK_BACK = 7  # words

_WORD = re.compile(r"[^\W\d_]+|\d+")
_LISTS: dict[str, frozenset[str]] = {
    name: frozenset(words.split())
    for name, words in yaml.safe_load((FOLDER / "context.yml").read_text("utf-8")).items()
}
WHERE, WHERE_TO, FROM = _LISTS["where"], _LISTS["where_to"], _LISTS["from"]
LIVE, LIVE_AT, MOVED = _LISTS["live"], _LISTS["live_at"], _LISTS["moved"]
SELF, NOT, BETWEEN = _LISTS["self"], _LISTS["not"], _LISTS["between"]
STAY, NOT_NOW, OTHERS, ME = (_LISTS[name] for name in ("stay", "not_now", "others", "me"))
BESIDE, COMPASS, AWAY = _LISTS["beside"], _LISTS["compass"], _LISTS["away"]
GOING, TRIPS, NOW = _LISTS["going"], _LISTS["trips"], _LISTS["now"]
ASKING = WHERE | WHERE_TO | LIVE_AT
FILLERS = WHERE | WHERE_TO | LIVE | SELF | BETWEEN | _LISTS["fillers"]


class Word(NamedTuple):
    """One word as written, with its key, place in the text, and whether a blank precedes it."""

    text: str
    key: str
    start: int
    end: int
    joined: bool  # only blanks stand between this word and the one before


@dataclass(frozen=True)
class Context:
    """What the words before a name say about it."""

    where: bool = False  # i, på, ved, utenfor
    where_to: bool = False  # til, fra, mot
    lives: int = 0  # 2: bor i, 1: er fra or bodde i, 0: neither
    others: bool = False  # bestevennen min bor i
    not_there: bool = False
    left: bool = False  # flytta fra, må til
    beside: bool = False  # utenfor, sør for


NO_CONTEXT = Context()


def read_words(text: str) -> list[Word]:
    """Return the words of `text`, which must be in the form NFC."""
    words: list[Word] = []
    end = 0
    for found in _WORD.finditer(text):
        start = found.start()
        joined = bool(words) and (start == end + 1 or text[end:start].isspace())
        joined = joined and text[start - 1].isspace()
        word = found[0]
        words.append(Word(word, squeeze(word), start, found.end(), joined))
        end = found.end()
    return words


def context(words: Sequence[Word], first: int) -> Context:
    """Read backwards from the word `first`, no further than the last comma or stop."""
    before: list[str] = []
    for index in range(first, max(0, first - LOOK_BACK), -1):
        if not words[index].joined:
            break
        before.append(words[index - 1].key)
    if not before:
        return NO_CONTEXT
    place = 0
    while place < len(before) and before[place] in BETWEEN:
        place += 1
    found = before[place] if place < len(before) else ""
    where, where_to = found in WHERE, found in WHERE_TO
    rest = before[place + 1 :]
    left = found in FROM and any(word in MOVED for word in rest[:3])
    lives = (1 if found in NOT_NOW else 2) if found in LIVE_AT else 0
    if (where or where_to) and not left:
        lives = _lives(found, rest)
    going = found == "til" and not lives and bool(GOING & {*rest[:4]})
    return Context(
        where=where,
        where_to=where_to,
        lives=lives,
        others=bool(lives) and _others(before),
        not_there=_negated(before) or (found == "til" and not lives and bool(TRIPS & {*rest})),
        left=left or going,
        beside=found in BESIDE or _off(before),
    )


def _off(before: Sequence[str]) -> bool:
    """Say whether a name follows "sør for" or "ti minutter fra"; `before` is read backwards."""
    preposition, *rest = (*before[:2], "")
    return (preposition == "for" and rest[0] in COMPASS) or (
        preposition in FROM and rest[0] in AWAY
    )


def _lives(found: str, rest: Sequence[str]) -> int:
    """Say how surely somebody lives there: `found` is the preposition, `rest` stands before it."""
    verbs = [word for word in rest[:4] if word in LIVE or (word in STAY and "til" in rest[:4])]
    if verbs:
        return 1 if found in FROM or verbs[0] in NOT_NOW else 2
    if found in FROM and rest and rest[0] in SELF:
        return 1
    here_now = found not in WHERE_TO and bool(NOW & {*rest[:3]}) and bool(SELF & {*rest[:3]})
    return 2 if here_now else 0


def _others(before: Sequence[str]) -> bool:
    """Say whether somebody else lives there; `before` is read backwards."""
    verb = next((index for index, word in enumerate(before) if word in LIVE), None)
    if verb is None or verb + 1 >= len(before):
        return False
    return before[verb + 1] in OTHERS and not ME & {*before[verb + 2 : verb + 4]}


def _negated(before: Sequence[str]) -> bool:
    for word in before:
        if word in NOT:
            return "langt" not in before and "lang" not in before
        if not (word in BETWEEN or word in WHERE or word in WHERE_TO or word in LIVE):
            return False
    return False


def is_shouting(words: Sequence[Word]) -> bool:
    """Say whether capitals mean nothing here: every word has one, or all letters are capitals."""
    letters = [word.text for word in words if word.text.isalpha()]
    return len(letters) > 1 and sum(word[0].isupper() for word in letters) > len(letters) / 2
