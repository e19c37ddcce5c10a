"""A time that is typed where free times were shown: "13.30", "onsdag", "den første"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Optional

from bot.gateway.choices import Choices
from bot.gateway.conversation import Conversation
from bot.gateway.safety import seen
from bot.turn import Choice

MOST_WORDS = 8
"""What is longer says something besides."""
_SLOT = re.compile(r"time=(?!anonymous$).+")
_CLOCK = re.compile(r"\b([01]?\d|2[0-3])(?:[.:]([0-5]\d))?\b")
_LABEL_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)$")
_DAYS = (
    r"man(?:dag\w*|$)|måndag\w*|monday",
    r"tirs?(?:dag\w*|$)|tysdag\w*|tuesday",
    r"ons(?:dag\w*|$)|wednesday",
    r"tors?(?:dag\w*|$)|thursday",
    r"fre(?:dag\w*|$)|friday",
)
_DAY = tuple(re.compile(rf"\b(?:{day})\b") for day in _DAYS)
_HOURS = (
    *("ett", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv"),
)
_PLACES = (r"\bførs(?:te?|t)\b|\bfyrste\b|\bfirst\b", r"\bandre\b|\bsecond\b", r"\btredje\b")
_ORDINAL = tuple(re.compile(place) for place in _PLACES)
_NOT = re.compile(r"\b(?:ikke|ikkje|itj|ikkj|ingen|kan e?i?kke|not|none|hva|kva|ka|når|kor)\b")


def typed_time(talk: Conversation, words: str, verdict: Any, choices: Choices) -> Optional[Choice]:
    """Return the free time that `words` mean, as if its button were pressed; None when unsure.

    Only right after the times were shown, only when the screen saw nothing in the words,
    and only when they fit one time alone; a day that is not shown asks for more times.
    Nothing is booked by it: that is asked next.
    """
    if verdict is None or seen(verdict) is not None or not talk.messages:
        return None
    shown = [choices.open(talk.id, one.value) for one in talk.messages[-1].choices]
    times = [one for one in shown if _SLOT.fullmatch(one.value)]
    said = words.lower()
    if not times or len(said.split()) > MOST_WORDS or _NOT.search(said):
        return None
    place = next((at for at, name in enumerate(_ORDINAL) if name.search(said)), None)
    if place is not None:
        return times[place] if place < len(times) else None
    fitting = _fitting(times, said)
    if not fitting and any(day.search(said) for day in _DAY):
        return next((one for one in shown if one.value == "times=more"), None)
    return fitting[0] if len(fitting) == 1 else None


def _fitting(times: Sequence[Choice], said: str) -> list[Choice]:
    """Return the times that have the day and the hour that were said, if any was."""
    days = [day for day in _DAY if day.search(said)]
    clock = _CLOCK.search(_half_past(said))
    if not days and clock is None:
        return []
    found = [one for one in times if all(day.search(one.label.lower()) for day in days)]
    return [one for one in found if clock is None or _is_at(one.label, clock)]


def _half_past(said: str) -> str:
    """Return "halv to" as it stands on a button: nobody is met at night."""
    half = re.search(rf"\bhalv (?:({'|'.join(_HOURS)})|(\d{{1,2}}))\b", said)
    if half is None:
        return said
    hour = (_HOURS.index(half[1]) + 1 if half[1] else int(half[2])) - 1
    return f"{hour + 12 if hour < 7 else hour}:30"


def _is_at(label: str, clock: re.Match[str]) -> bool:
    """Say whether a button's time is the one said; "13" may be 13:30 when no minutes are said."""
    shown = _LABEL_CLOCK.search(label)
    if shown is None or int(shown[1]) != int(clock[1]):
        return False
    return clock[2] is None or clock[2] == shown[2]
