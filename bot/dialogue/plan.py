"""Which one thing to do next: ask, confirm what was understood, or offer help."""

from __future__ import annotations

from typing import Literal

from bot.dialogue.facts import Facts
from bot.help.levels import EVERYDAY, QUESTIONS, settle

Step = Literal[
    "what",
    "safe",
    "impact",
    "impact_detail",
    "duration",
    "place",
    "place_which",
    "age",
    "prefers",
    "confirm",
    "help",
]

# Here one may want to ask whether life feels worth living; at home, whether it is safe there.
LIFE_THEMES = frozenset({"trist", "selvmord", "selvskading", "mobbing", "sorg", "ensom"})
HOME_FLAGS = frozenset({"violence", "unsafe_home", "sexual_abuse"})
HOME_THEMES = frozenset({"vold", "foreldre_rus", "overgrep"})
QUESTIONS_AT_MOST = 2  # besides place, safety and the confirmation


def next_step(facts: Facts) -> Step:
    """Return what to do next. Never the same question twice."""
    if not facts.themes and not facts.knows("what"):
        return "what"
    if facts.place_options and "place_which" not in facts.asked:
        return "place_which"
    if calls_for_safety(facts) and not facts.knows("safe"):
        return "safe"
    for question in _open_questions(facts):
        return question
    if needs_confirming(facts):
        return "confirm"
    return "help"


def calls_for_safety(facts: Facts) -> bool:
    """Say whether the theme calls for one kind, direct question about safety."""
    themes = set(facts.themes)
    if themes & HOME_THEMES or (facts.topic == "home" and not is_light(facts)):
        return True
    if themes & {"trist", "selvmord", "selvskading"}:
        return True
    return bool(themes & LIFE_THEMES) and facts.severity != "mild"


def safety_flag(facts: Facts) -> str:
    """Return the red flag that the safety question is about."""
    if set(facts.themes) & HOME_THEMES or facts.topic == "home":
        return "unsafe_home"
    return "suicide"


def is_light(facts: Facts) -> bool:
    """Say whether this is an everyday matter that needs no interview."""
    if not facts.themes or facts.severity not in (None, "mild"):
        return False
    if facts.weighs and facts.severity is None:
        return set(facts.themes) <= QUESTIONS - {"annet"}  # it is told of, whatever it is
    return set(facts.themes) <= (QUESTIONS if facts.severity else EVERYDAY)


def needs_confirming(facts: Facts) -> bool:
    """From orange and up the bot says what it understood before it offers help."""
    if facts.confirmed or facts.corrected or "confirm" in facts.asked:
        return False
    if is_light(facts) or facts.flag:
        return False
    return settle(facts).level in ("orange", "red", "dark_red")


def _open_questions(facts: Facts) -> list[Step]:
    """Return what is still worth asking, in order."""
    # After a red flag nobody is interviewed: a person will listen and assess.
    short = is_light(facts) or facts.flag is not None
    wanted: list[Step] = ["age"] if short else ["impact", "duration", "age"]
    left = QUESTIONS_AT_MOST - sum(name in facts.asked for name in (*wanted, "prefers"))
    open_ones = [name for name in wanted if not facts.knows(name)][: max(0, left)]
    if "impact" in facts.asked and not short and not facts.knows("impact_detail"):
        open_ones.insert(0, "impact_detail")
    if not facts.knows("place"):
        # Before age, which only matters for what exists where they live.
        open_ones.insert(len([name for name in open_ones if name != "age"]), "place")
    return open_ones
