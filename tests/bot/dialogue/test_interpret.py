"""What one message says becomes facts, in the light of what was asked."""

from __future__ import annotations

from typing import Any

import pytest

from bot.dialogue.facts import Facts
from bot.dialogue.interpret import take_asked, take_message
from bot.dialogue.plan import next_step
from tests.bot.dialogue.test_onward import reading


def answered(asked: str, **told: Any) -> Facts:
    facts = Facts.from_json({"themes": ["foreldre_rus"], "expects": asked})
    take_message(facts, reading("litt bro, jeg tar ikke med gutta hjem", **told))
    return facts


@pytest.mark.parametrize("asked", ["impact", "impact_detail"])
def test_who_tells_instead_of_saying_how_much_is_understood(asked: str) -> None:
    assert answered(asked, severity_guess="mild").severity == "mild"


def test_what_a_rule_reads_counts_more_than_a_guess() -> None:
    assert answered("impact", severity="severe", severity_guess="mild").severity == "severe"
    assert answered("impact", answer="yes", severity_guess="mild").severity == "moderate"


def test_no_guess_where_nobody_asked_or_nothing_was_told() -> None:
    assert answered("place", severity_guess="severe").severity is None
    assert answered("impact", intent="dont_know", severity_guess="severe").severity is None


@pytest.mark.parametrize(
    ("severity", "only_how_much", "is_asked"),
    [("moderate", True, True), ("moderate", False, False), ("mild", True, False)],
)
def test_who_only_says_how_much_is_asked_what_it_gets_in_the_way_of(
    severity: str, only_how_much: bool, is_asked: bool
) -> None:
    facts = answered("impact", severity=severity, only_how_much=only_how_much)
    facts.asked, facts.safe = ["impact"], "yes"
    assert (next_step(facts) == "impact_detail") == is_asked
    facts.asked.append("impact_detail")
    assert next_step(facts) != "impact_detail"


@pytest.mark.parametrize(
    ("known", "told", "confidence", "themes"),
    [
        (["annet"], "trist", 0.6, ["trist"]),
        (["annet"], "trist", 0.3, ["annet"]),
        (["annet"], "annet", 0.9, ["annet"]),
        (["mobbing"], "trist", 0.9, ["mobbing"]),
        ([], "trist", 0.2, ["trist"]),
    ],
)
def test_what_was_unclear_gives_way_to_what_is_surely_told_later(
    known: list[str], told: str, confidence: float, themes: list[str]
) -> None:
    facts = Facts.from_json({"themes": known, "expects": "place"})
    take_message(facts, reading("orker ikke noe", themes=[told], confidence=confidence))
    assert facts.themes == themes


def place_said(**told: Any) -> str | None:
    facts = Facts.from_json({"themes": ["trist"], "asked": ["place", "age"], "expects": "age"})
    skien = {"number": "4003", "name": "Skien", "bydel": None}
    take_message(facts, reading("skien", places_expected=[skien], **told))
    return facts.place


def test_a_place_may_be_said_later_than_it_was_asked_for() -> None:
    assert place_said(themes=["annet"], confidence=0.43) == "4003"


def test_what_answers_something_else_is_no_place() -> None:
    assert place_said(themes=["trist"], confidence=0.6) is None
    assert place_said(themes=["annet"], confidence=0.3, age=16) is None
    assert place_said(themes=["annet"], confidence=0.3, answer="no") is None


def test_whom_it_is_about_may_be_put_right() -> None:
    facts = Facts.from_json({"themes": ["stress"], "about": "other"})
    take_message(facts, reading("det er meg det gjelder, ikke broren min", about_me=True))
    assert facts.about == "self"
    take_message(facts, reading("nei ikke meg, kompisen min", about_other=True))
    assert facts.about == "other"


@pytest.mark.parametrize(
    ("asked", "known", "number", "age"),
    [
        ("duration", None, 17, 17),
        ("age", None, 9, 9),
        ("impact", None, 9, None),
        ("duration", 15, 17, 15),
        ("age", 15, 17, 17),
    ],
)
def test_a_number_alone_is_an_age_where_it_can_hardly_be_anything_else(
    asked: str, known: int | None, number: int, age: int | None
) -> None:
    facts = Facts.from_json({"themes": ["trist"], "expects": asked, "age": known})
    take_message(facts, reading(str(number), age=number, bare_number=True))
    assert facts.age == age


def test_where_they_live_is_not_asked_again_after_a_safety_answer_has() -> None:
    facts = Facts.from_json({"themes": ["vold"], "flag": "violence"})
    take_asked(facts, "place")
    take_message(facts, reading("nei ikke nå", intent="deny", answer="no"))
    assert facts.place is None
    assert facts.knows("place")


def test_what_else_the_gateway_asked_is_not_the_engines() -> None:
    facts = Facts.from_json({"themes": ["vold"], "expects": "age"})
    for asked in ("confirm", "safe", "what", None):
        take_asked(facts, asked)
    assert facts.expects == "age"
    known = Facts.from_json({"place": "9999"})
    take_asked(known, "place")
    assert known.expects is None
