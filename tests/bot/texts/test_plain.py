"""LIX and sentences, counted as the Norwegian way is."""

from __future__ import annotations

import pytest

from bot.texts.plain import lix, sentences, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ring 116 117. Er det fare: ring 113!", ["Ring 116 117", "Er det fare", "ring 113"]),
        ("Se på ung.no. Der er det svar.", ["Se på ung.no", "Der er det svar"]),
        ("Si: «Jeg vil snakke.» Så går du.", ["Si", "«Jeg vil snakke", "Så går du"]),
        ("…", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_an_address_is_one_word_and_a_placeholder_too() -> None:
    assert words("Se ung.no, {place}!") == ["Se", "ung.no", "x"]


def test_lix_is_sentence_length_plus_share_of_long_words() -> None:
    assert lix("Du kan ringe. De svarer hele natta.") == pytest.approx(3.5)
    assert lix("Du kan snakke. Helsesykepleieren hører etter.") == pytest.approx(3 + 100 / 6)


def test_lix_of_nothing_is_nothing() -> None:
    assert lix("") == 0.0
