"""What a talk already knows about danger gives the next message its meaning.

"Han er her nå" is nothing by itself; from who told of being beaten it is danger now. And
what only the classifier sees in a word or two is taken for the danger that was told of.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.safety.context import by_rule, surest
from bot.safety.plain import words_of
from bot.safety.state import SafetyState
from bot.safety.verdict import Verdict
from bot.turn import Flag

BY_SOMEBODY: tuple[Flag, ...] = ("violence", "unsafe_home", "sexual_abuse")
"""Danger from a person near: told of as one kind, heard in single words as another."""
_NEAR: frozenset[Flag] = frozenset([*BY_SOMEBODY, "harm_others"])
SURELY = 0.9
_WHO = (
    r"(?:han|hun|de|pappa|far|faren|stefar\w*|stemor\w*|broren|eksen|typen|"
    r"kjæresten|onkel\w*|he|she|they|dad|stepdad)(?: (?:min|min eks|hennes|hans))?"
)
_PLACE = r"(?:her|hjem|hjemme|inn|utenfor|opp|i gangen|i døra|på døra|here|home|outside|coming)"
_HERE_NOW = re.compile(
    rf"\b(?:nå|no|now) (?:kommer|er|står|går) {_WHO} {_PLACE}\b|"
    rf"\b{_WHO} (?:er|kommer|står|går|is|are) {_PLACE}(?: igjen)? (?:nå|no|now|snart)\b|"
    rf"\b{_WHO} (?:banker|hamrer|sparker|dundrer|slår) (?:på|inn|ned) (?:døra|døren|vinduet)"
)
_CALM = re.compile(r"\b(?:ikke|aldri|rolig|snill|not|sover|trygt|trygg|hjelpe)\b")
_OTHERS = re.compile(r"\b(?:han|hun|eksen|he|she)\b")
_FIRST_PERSON = re.compile(r"\b(?:jeg|i|i'm|im|vi|we|meg selv)\b")


def in_its_light(verdict: Verdict, state: SafetyState, text: str) -> Verdict:
    """Return `verdict` as it stands in a talk in which some danger was told already."""
    words = words_of(text, state.english)
    known = next((flag for flag in BY_SOMEBODY if _was_told(state, flag)), None)
    if known and _HERE_NOW.search(words) and not _CALM.search(words):
        return replace(verdict, flag=known, urgency="acute")
    if verdict.flag is None or by_rule(verdict):
        return verdict
    theirs = _OTHERS.search(words) and not _FIRST_PERSON.search(words)
    if verdict.flag == "harm_others" and theirs:
        return replace(verdict, flag=known or "violence")  # somebody else is the one with the knife
    doubted = verdict.urgency == "acute" or surest(verdict) < SURELY
    if known and verdict.flag in _NEAR and doubted:
        return replace(verdict, flag=known)
    return verdict


def _was_told(state: SafetyState, flag: Flag) -> bool:
    return state.has(f"human:{flag}") or state.has(f"emergency:{flag}")
