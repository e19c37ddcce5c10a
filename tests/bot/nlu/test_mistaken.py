"""Themes that single words only seem to tell of."""

from __future__ import annotations

import pytest

from bot.nlu.mistaken import GRAVE_FROM, without_mistaken
from bot.nlu.model import Reading
from bot.nlu.normalise import normalise


def left(text: str, *themes: str, score: float = 0.9) -> list[str]:
    scores = Reading({themes[0]: score})
    return without_mistaken(list(themes), normalise(text), scores)


def test_a_grave_theme_is_not_told_of_by_a_faint_sound() -> None:
    assert left("tomorrow after 12", "vold", score=GRAVE_FROM - 0.01) == ["annet"]
    assert left("tomorrow after 12", "vold", score=GRAVE_FROM) == ["vold"]
    assert left("noe er galt", "vold", "mobbing", score=GRAVE_FROM - 0.01) == ["mobbing"]
    assert left("noe er galt", "trist", score=0.1) == ["trist"]


def test_a_break_up_is_no_violence() -> None:
    assert left("han slo opp i går", "vold", "trist") == ["kjaerlighet", "trist"]
    assert left("han slo opp og så slo han meg", "vold", "trist") == ["vold", "trist"]


@pytest.mark.parametrize(
    "text", ["mamma drikk ikkje altså", "pappa drikker aldri", "neida de drikker ikke"]
)
def test_who_does_not_drink_is_believed(text: str) -> None:
    assert left(text, "foreldre_rus") == ["familie"]
    assert left(text, "foreldre_rus", "trist") == ["trist"]


@pytest.mark.parametrize(
    "text",
    [
        "pappa drikker",
        "pappa drikker ikke bare i helga",
        "mamma drikker ikke hver dag",
        "mamma drikker ikke, men pappa er full hver helg",
    ],
)
def test_who_drinks_some_is_no_sober_parent(text: str) -> None:
    assert left(text, "foreldre_rus") == ["foreldre_rus"]
