"""What stands around a message goes, and what is said stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.safety.bare import bare

SAID = "pappa slår meg når han drikker"


@pytest.mark.parametrize(
    "around",
    [
        "hei, {}", "Hei! {}", "halla du. {}", "{} 🙂", "{}, hva skal jeg gjøre?", "{} 😅😅",
        "Hei! {}. hva skal jeg gjøre nå? 🙂", "vet ikke helt hvordan jeg skal si det men {}",
        "hei kan jeg spørre om noe? {}", "{} :)", "@navn {}",
        "god kveld, dette er flaut, men {}",
    ],
)  # fmt: skip
def test_what_stands_around_goes(around: str) -> None:
    assert bare(around.format(SAID)).strip() == SAID


@pytest.mark.parametrize(
    "text",
    [
        "hei", "hei du", "hva skal jeg gjøre?", "kan du hjelpe meg", "🙂", "",
        "heidi slår meg hver dag",
        "jeg lurer på om jeg vil leve", "jeg dør av latter 😂", "hun svarer ikke, hjelp ham",
        "han sa hei og slo meg", "{}. kan du hjelpe meg?", "hallo er du der 🙂",
    ],
)  # fmt: skip
def test_what_is_said_stays(text: str) -> None:
    kept = bare(text)
    assert kept == text or len(kept.split()) >= 3


@given(st.text(max_size=200))
def test_never_empties_a_message(text: str) -> None:
    assert bool(bare(text).strip()) or not text.strip() or text.lstrip()[:1] in "@#h"
