"""Reads what a nurse chose as a case ends: what is settled for the bot, and the two questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Optional

from bot.handoff.canned import MOST, SETTLED
from bot.handoff.contents import Care, Settled
from bot.handoff.errors import BadSettled, Unanswered
from service_catalog.places import find_places

AGES = range(10, 26)
_ANSWERS = {"yes": True, "no": False}
_JOURNALLED = {**_ANSWERS, "nothing": None}


def read_settled(form: Mapping[str, str]) -> Settled:
    """Return what was chosen: `helped_<name>`, `place` (a name), `age`. Raises BadSettled."""
    helped_with = [name for name in SETTLED if form.get(f"helped_{name}") == "1"]
    if len(helped_with) > MOST:
        raise BadSettled(f"{MOST} things at most were settled")
    return Settled(
        helped_with=helped_with,
        place=_place(form.get("place", "").strip()),
        age=_age(form.get("age", "").strip()),
    )


def read_care(form: Mapping[str, str]) -> Care:
    """Return the answers about health care and journal. Raises Unanswered."""
    given, journalled = form.get("care", ""), form.get("journalled", "")
    if given not in _ANSWERS or journalled not in _JOURNALLED:
        raise Unanswered("care is yes or no, journalled is yes, no or nothing")
    if given == "yes" and journalled == "nothing":
        raise Unanswered("where care was given there is something for the journal")
    return Care(given=_ANSWERS[given], journalled=_JOURNALLED[journalled])


def _place(words: str) -> Optional[str]:
    if not words:
        return None
    found = {place.number for place in find_places(words, expected=True)}
    if len(found) != 1:
        raise BadSettled("a place that is no municipality, or several")
    return found.pop()


def _age(words: str) -> Optional[int]:
    if not words:
        return None
    if not (words.isascii() and words.isdigit() and int(words[:3]) in AGES):
        raise BadSettled(f"an age from {AGES[0]} to {AGES[-1]}")
    return int(words)
