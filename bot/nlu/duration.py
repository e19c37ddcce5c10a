"""How long it has lasted, in the young person's own words: short or long.

Where a text names several times, what tells how long beats what dates an event,
and of equals the longest counts: "i to år, verst de siste ukene" is long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Literal

from bot.nlu.duration_rules import (
    NAME_ALONE,
    NOT_TIMES,
    RULES,
    SPAN_ALONE,
)
from bot.nlu.found import Found
from bot.nlu.normalise import Normalised
from bot.nlu.numerals import ordinal
from bot.nlu.timereading import Moment, named
from bot.nlu.timewords import GRADE, span_days
from bot.settings import section

Duration = Literal["short", "long"]

_AN_AGE_FROM = 8 * 365
_SENTENCE = re.compile(r"[^.!?,~ ][^.!?,~]*[^.!?,~ ]")
_NOW_IN = re.compile(
    rf"\b(?:går|er)(?: jeg)?(?: nå)? i (?:slutten av |starten av )?{GRADE}"
    r"|\bvg ?(?P<vg>[123])\b"
    r"|\b(?:går|er)(?: jeg)?(?: nå)? (?:i |på )?(?P<year>[123]|første|andre|tredje)"
    r"(?: \.| året)?(?: på)?(?: vgs| videregående|$| [.,!])"
)


def find(said: Normalised, today: date) -> Found[Duration] | None:
    """Return how long it has lasted as of `today`, with the words that say so."""
    text = NOT_TIMES.sub(lambda found: "~" * len(found.group()), said.canonical)
    moment = Moment(today, _grade_now(text))
    best = max(_times(text, moment), key=_rank, default=None)
    if best is None:
        return None
    _, days, start, end = best
    return Found(_as_word(days), said.quote(start, end))


def _rank(time: tuple[int, float, int, int]) -> tuple[int, float, int]:
    """Weight first, then days; of equals the fewest words are quoted."""
    weight, days, start, end = time
    return weight, days, start - end


def _times(text: str, moment: Moment) -> Iterator[tuple[int, float, int, int]]:
    """Yield (weight, days, start, end) for every time that `text` names."""
    for sentence in _SENTENCE.finditer(text):
        days = _alone(sentence.group(), moment, whole=len(sentence.group()) == len(text))
        if days is not None:
            yield 3, days, *sentence.span()
    for rule in RULES:
        for found in rule.pattern.finditer(text):
            days = rule.read(found, moment)
            if days is not None and days >= 0:
                yield rule.weight, days, *found.span()


def _alone(sentence: str, moment: Moment, whole: bool) -> float | None:
    """Return the days of a sentence that names a time and nothing else ("to uker kanskje")."""
    span = SPAN_ALONE.fullmatch(sentence)
    if span:
        days = span_days(span)
        return days if days < _AN_AGE_FROM else None
    name = NAME_ALONE.fullmatch(sentence) if whole else None
    return named(name, moment) if name else None


def _grade_now(text: str) -> int | None:
    """Return the school year that the writer is in now, 1–13, where the text tells."""
    found = _NOW_IN.search(text)
    if found is None:
        return None
    upper = found["vg"] or found["year"]
    return 10 + (ordinal(upper) or 1) if upper else ordinal(found["grade"])


def _as_word(days: float) -> Duration:
    return "long" if days >= section("levels")["long_lasting_from_days"] else "short"
