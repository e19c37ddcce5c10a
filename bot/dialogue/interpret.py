"""Puts what one message says into the facts, in the light of what was asked."""

from __future__ import annotations

from typing import Any

from bot.dialogue.disclosure import take_disclosure
from bot.dialogue.facts import Facts
from bot.dialogue.other_door import take_known
from bot.dialogue.plan import HOME_FLAGS

Reading = dict[str, Any]
SURE = 0.4
LAST_OF_A_SCALE = 12
"""A greater number alone is no answer from one to ten, and no month."""


def take_message(facts: Facts, reading: Reading) -> bool:
    """Update `facts` by a typed message; return whether anything in it was understood."""
    asked = facts.expects
    facts.human_offered = False
    before = facts.to_json()
    _take_problem(facts, reading, asked)
    _take_extent(facts, reading)
    _take_place(facts, reading, asked)
    _take_age(facts, reading, asked)
    if reading.get("about_me"):
        facts.about = "self"
    elif reading.get("about_other"):
        facts.about = "other"
    facts.prefers = sorted({*facts.prefers, *reading["prefers"]})
    if reading.get("known_there") is not None:
        take_known(facts, reading["known_there"])
    facts.unwanted = sorted({*facts.unwanted, *reading.get("unwanted", ())})
    answered = _take_answer(facts, reading, asked)
    facts.expects = None
    facts.onward = _onward(facts, reading)
    facts.question = list(reading["themes"]) if reading["intent"].startswith("ask_") else []
    changed = facts.to_json() != {**before, "expects": None, "question": facts.question}
    return changed or answered or not reading["not_understood"]


def take_choice(facts: Facts, choice: str) -> None:
    """Update `facts` by a pressed button, `name=value`. Unknown names change nothing."""
    name, _, value = choice.partition("=")
    facts.expects = facts.onward = None
    facts.human_offered = False
    if value == "skip":
        facts.refused.append(name)
    elif name == "topic":
        _take_topic(facts, value)
    elif name in ("severity", "duration", "about"):
        setattr(facts, name, value)
    elif name == "place":
        facts.place, facts.bydel, facts.place_options = value, None, []
    elif name == "bydel":
        facts.place, _, facts.bydel = value.partition("/")
        facts.place_options = []
    elif name == "age" and value.isdigit():
        facts.age = int(value)
    elif name == "prefers":
        facts.prefers = sorted({*facts.prefers, value})
    elif name == "safe":
        facts.safe = value
    elif name == "confirm":
        facts.confirmed = value == "yes"
    elif name == "onward":
        facts.onward = f"part={value}"
    elif name == "theme":
        facts.themes, facts.also = [value], []


def take_asked(facts: Facts, asked: str | None) -> None:
    """Note that a safety answer has asked where they live: what comes now may be the answer."""
    if asked == "place" and facts.place is None and facts.expects != "place":
        facts.expects = "place"
        if "place" not in facts.asked:
            facts.asked.append("place")


def take_safety(facts: Facts, metadata: dict[str, Any], reading: Reading | None = None) -> None:
    """Update `facts` by what the safety screen and its check found out."""
    flag = metadata.get("flag")
    if flag:
        if metadata.get("safe") != "unclear":  # an answer that tells nothing discloses nothing
            take_disclosure(facts, flag, reading)
        facts.flag = flag
        facts.greeted = True  # the safety answer was the first reply
        facts.home_danger |= flag in HOME_FLAGS
    if metadata.get("safe"):
        facts.safe = metadata["safe"]


def _take_topic(facts: Facts, value: str) -> None:
    facts.topic = value
    if value == "friend":
        facts.about = "other"
    facts.home_danger |= value == "home"


def _take_problem(facts: Facts, reading: Reading, asked: str | None) -> None:
    if reading["intent"] != "tell" or not reading["themes"]:
        return
    if _is_known(facts, reading) and asked != "what":
        return
    if facts.onward_for and reading["places_expected"] and reading["confidence"] < SURE:
        return  # the name of a place, said to learn of the way there
    facts.themes, facts.also = list(reading["themes"]), list(reading["themes_also"])
    if reading["about"] == "other" or facts.themes[0] == "bekymret_for_annen":
        facts.about = "other"


def _is_known(facts: Facts, reading: Reading) -> bool:
    """Say whether it is known what it is about; "annet" gives way to what is surely told later."""
    if facts.themes != ["annet"]:
        return bool(facts.themes)
    return bool(reading["themes"][0] == "annet" or reading["confidence"] < SURE)


def _onward(facts: Facts, reading: Reading) -> str | None:
    """Return what of the way onwards was asked for or told; short words only after help."""
    found = reading.get("onward")
    if not found or (found["weak"] and not facts.helped and "venter_bup" not in facts.themes):
        return None
    if found.get("part") == "while_waiting" and not found["asks"]:
        return None  # who tells of waiting is met first; what to do meanwhile comes with the help
    return f"term={found['term']}" if "term" in found else f"part={found['part']}"


def _take_extent(facts: Facts, reading: Reading) -> None:
    facts.weighs |= reading["weighs"]
    for name in ("severity", "duration"):
        guess = f"{name}_guess"
        setattr(facts, guess, getattr(facts, guess) or reading.get(guess))
        if reading[name] is not None:
            setattr(facts, name, reading[name])
            setattr(facts, f"{name}_words", reading.get(f"{name}_words"))


def _take_place(facts: Facts, reading: Reading, asked: str | None) -> None:
    waiting = asked in ("place", "place_which") or _comes_late(facts, reading)
    places = reading["places_expected"] if waiting else reading["places"]
    if asked == "place_which" and facts.place_options:
        numbers = {(option["number"], option.get("bydel")) for option in facts.place_options}
        places = [p for p in places if (p["number"], p.get("bydel")) in numbers] or places
    if len(places) == 1:
        facts.place, facts.bydel = places[0]["number"], places[0].get("bydel")
        facts.place_options = []
    elif len(places) > 1:
        facts.place_options = places


def _take_age(facts: Facts, reading: Reading, asked: str | None) -> None:
    """Take an age; a number alone is one when it was asked for, or can hardly be anything else."""
    age = reading["age"]
    if age is None:
        return
    told = not reading["bare_number"] or (facts.age is None and age > LAST_OF_A_SCALE)
    if asked == "age" or told:
        facts.age = age


def _comes_late(facts: Facts, reading: Reading) -> bool:
    """Say whether a place may be said after all: it was asked for, and nothing else is said."""
    silent = not (reading["answer"] or reading["age"] or reading["prefers"] or reading["duration"])
    tells = reading["themes"][:1] != ["annet"] and reading["confidence"] >= SURE
    return facts.place is None and "place" in facts.asked and silent and not tells


def _how_much(reading: Reading) -> str | None:
    """Return what an answer to "går det utover deg?" says that no rule has read.

    Whoever tells instead of saying how much is not asked again: what the model makes of it counts.
    """
    if reading["answer"] in ("yes", "some", "no"):
        return "moderate" if reading["answer"] == "yes" else "mild"
    return reading.get("severity_guess") if reading["intent"] == "tell" else None


def _take_answer(facts: Facts, reading: Reading, asked: str | None) -> bool:
    """Read yes, no, "vet ikke" and "vil ikke si" as answers to what was asked."""
    answer = reading["answer"]
    if asked is None:
        return False
    if asked == "confirm":
        facts.confirmed = answer != "no"
        return True
    if asked == "safe":
        facts.safe = facts.safe or ("no" if answer == "no" else "unclear")
        return True
    if asked in ("impact", "impact_detail") and facts.severity is None:
        facts.severity = _how_much(reading)
    if asked == "impact":
        facts.only_how_much = facts.severity != "mild" and reading["only_how_much"]
    if answer in ("unsure", "refuse"):
        facts.refused.append(asked)
    return answer is not None
