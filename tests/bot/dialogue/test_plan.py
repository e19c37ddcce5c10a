"""Which one thing is asked next."""

from __future__ import annotations

from typing import Any

import pytest

from bot.dialogue.facts import Facts
from bot.dialogue.plan import next_step

KNOWN: dict[str, Any] = {
    "themes": ["stress"],
    "severity": "mild",
    "duration": "short",
    "place": "9999",
}


def steps(facts: Facts) -> list[str]:
    """Ask on without an answer until help comes."""
    taken = []
    while (step := next_step(facts)) != "help":
        assert len(taken) < 10, taken
        facts.asked.append(step)
        taken.append(step)
    return taken


def test_nothing_told_asks_what() -> None:
    assert next_step(Facts()) == "what"


def test_silence_still_ends_in_help_without_asking_twice() -> None:
    taken = steps(Facts(themes=["stress"]))
    assert len(taken) == len(set(taken))
    assert "place" in taken


def test_all_said_at_once_needs_no_question_but_age() -> None:
    assert steps(Facts(**KNOWN, age=15)) == []


def test_at_most_two_questions_besides_place_safety_and_confirmation() -> None:
    taken = [s for s in steps(Facts(themes=["trist"])) if s not in ("safe", "place", "confirm")]
    assert len([s for s in taken if s != "impact_detail"]) <= 2


@pytest.mark.parametrize("theme", ["trist", "mobbing", "vold", "foreldre_rus", "selvskading"])
def test_a_theme_that_calls_for_it_gets_the_safety_question_first(theme: str) -> None:
    assert next_step(Facts(themes=[theme])) == "safe"


def test_a_red_flag_already_answered_is_not_asked_about_again() -> None:
    assert next_step(Facts(themes=["trist"], flag="suicide")) != "safe"


def test_contraception_is_no_interview() -> None:
    assert "impact" not in steps(Facts(themes=["prevensjon"]))


def test_a_place_of_two_asks_which() -> None:
    options = [{"number": "1818", "name": "Herøy"}, {"number": "1515", "name": "Herøy"}]
    assert next_step(Facts(themes=["stress"], place_options=options)) == "place_which"


def test_from_orange_the_summary_comes_before_help() -> None:
    facts = Facts(themes=["stress"], severity="moderate", duration="long", place="9999", age=15)
    assert next_step(facts) == "confirm"
    facts.confirmed = True
    assert next_step(facts) == "help"


def test_after_a_red_flag_nobody_is_interviewed() -> None:
    assert steps(Facts(themes=["vold"], flag="violence")) == ["place", "age"]
