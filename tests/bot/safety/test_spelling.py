"""Misspelled words are mended to common ones near by; known, short and foreign ones stay."""

from __future__ import annotations

import pytest

from bot.safety.screen import Screen
from bot.safety.spelling import Mended, Spelling

SPELLING = Spelling(
    {"ikke": 900, "leve": 90, "lenger": 80, "legger": 9, "skadet": 60, "sjelden": 2}
)


@pytest.fixture(scope="module")
def screen() -> Screen:
    """The screen with the trained model."""
    return Screen.load()


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("orker itke leve lengr!", Mended("orker ikke leve lenger!", 2)),
        ("leve", Mended("leve", 0)),  # known
        ("sjeldn", Mended("sjeldn", 0)),  # near to nothing common
        ("lve", Mended("lve", 0)),  # too short to tell
        ("Kjøpmannsgata 5", Mended("Kjøpmannsgata 5", 0)),
        ("ksadet", Mended("skadet", 1)),  # swapped at the start
        ("", Mended("", 0)),
    ],
)
def test_mends(text: str, mended: Mended) -> None:
    assert SPELLING.mend(text) == mended


@pytest.mark.parametrize(
    "text",
    [
        "vli ikkje elve legner, har bsetemt meg for det",
        "bstefar tukller med mge når eg overnnatter",
        "har sakdet meg selv igjne, orkker ikke mre",
    ],
)
def test_a_cry_for_help_is_heard_through_bad_typing(screen: Screen, text: str) -> None:
    assert screen.look(text).response is not None


def test_a_fault_in_the_spelling_takes_nothing_away(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = screen.look("eg vil døy i kveld, har skrive brev")

    def broken(_: str) -> Mended:
        raise RuntimeError

    monkeypatch.setattr(screen._spelling, "mend", broken)
    assert screen.look("eg vil døy i kveld, har skrive brev") == before
    assert screen.look("har sakdet meg selv") is not None


def test_long_texts_are_mended_in_part() -> None:
    assert SPELLING.mend("itke " * 1000).words == 400
