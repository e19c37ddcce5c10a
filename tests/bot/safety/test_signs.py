"""What the calibration is told of a message beside the classifier's columns."""

from __future__ import annotations

import pytest

from bot.safety.lexicon import Lexicon
from bot.safety.signs import SIGNS, signs

LEXICON = Lexicon.load()


def sign(name: str, text: str) -> float:
    return float(signs(LEXICON, [text])[0, SIGNS.index(name)])


def test_what_the_lexicon_says_against_danger_is_a_sign() -> None:
    row = signs(LEXICON, ["skriver oppgave om selvmord i psykologi", "jeg vil dø"])
    assert row.shape == (2, len(SIGNS))
    assert row[0, SIGNS.index("school")] == 1.0
    assert row[1, SIGNS.index("school")] == 0.0


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Jeg vil ikke mer. Ingen vet det", 0),
        ("jeg så Brann slå Rosenborg i går", 2),
        ("Vi skal til Åsane og Voss i helga sammen med Ola og Kari og Per", 4),
        ("jeg vil ikke leve", 0),
        ("Jeg Vil Ikke Leve Mer", 0),
        ("", 0),
    ],
)
def test_names_within_a_sentence_are_counted(text: str, names: int) -> None:
    assert sign("names", text) == names
    assert (sign("share of names", text) > 0) == (names > 0)


@pytest.mark.parametrize("text", ["JEG ORKER IKKE MER", "NRK", "jeg orker ikke mer", "I dag"])
def test_who_writes_all_in_capitals_is_no_talk_of_the_world(text: str) -> None:
    assert sign("capitals", text) == 0.0


def test_short_forms_are_a_sign() -> None:
    assert sign("capitals", "VAR ødelegger fotballen på NRK") == pytest.approx(2 / 5)


@pytest.mark.parametrize("text", ["æ e trøtt", "eg er trøtt", "jeg er trøtt"])
def test_oneself_is_heard_in_every_dialect(text: str) -> None:
    assert sign("oneself", text) == pytest.approx(1 / 3)
