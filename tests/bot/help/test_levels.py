"""The table of contracts §3, line by line."""

from __future__ import annotations

import pytest

from bot.dialogue.facts import Facts
from bot.help.levels import settle


@pytest.mark.parametrize(
    ("severity", "duration", "level"),
    [
        ("mild", "short", "yellow"),
        ("moderate", "short", "orange"),
        ("mild", "long", "orange"),
        ("moderate", "long", "red"),
        ("severe", "short", "red"),
        ("severe", "long", "dark_red"),
        (None, "short", "orange"),
        (None, "long", "red"),
        ("mild", None, "yellow"),
        ("severe", None, "red"),
        (None, None, "orange"),
    ],
)
def test_level_of_what_was_said(severity: str | None, duration: str | None, level: str) -> None:
    assert settle(Facts(themes=["trist"], severity=severity, duration=duration)).level == level


def test_an_everyday_matter_is_green() -> None:
    assert settle(Facts(themes=["prevensjon"])).level == "green"


def test_an_everyday_matter_that_hurts_a_little_is_yellow() -> None:
    assert settle(Facts(themes=["kjaerlighet"])).level == "green"
    assert settle(Facts(themes=["kjaerlighet"], severity="mild")).level == "yellow"
    assert settle(Facts(themes=["prevensjon"], severity="mild")).level == "green"


def test_an_everyday_matter_that_costs_sleep_and_school_is_not_green() -> None:
    assert settle(Facts(themes=["kjaerlighet"], severity="severe")).level == "red"


def test_a_red_flag_is_never_graded_away() -> None:
    settled = settle(Facts(themes=["trist"], severity="mild", duration="short", flag="suicide"))
    assert settled.level == "red"
    assert any("red flag" in reason for reason in settled.why)


def test_the_reasons_say_what_was_only_assumed() -> None:
    assert settle(Facts(themes=["stress"])).why == (
        "severity moderate (unknown counts as this)",
        "duration short (unknown counts as this)",
    )
