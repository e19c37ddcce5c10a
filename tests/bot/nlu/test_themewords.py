"""Words that tell a theme by themselves."""

from __future__ import annotations

import pytest

from bot.nlu.normalise import normalise
from bot.nlu.themewords import told_by_words


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("lurer på prevensjon", "prevensjon"),
        ("eg blir mobba kvar dag", "mobbing"),
        ("står på venteliste til bup", "venter_bup"),
        ("får itj sove", "sovn"),
        ("trur eg har adhd", "konsentrasjon"),
    ],
)
def test_a_word_tells_the_theme(text: str, theme: str) -> None:
    assert theme in told_by_words(normalise(text))


def test_a_word_inside_another_tells_nothing() -> None:
    assert told_by_words(normalise("bilen er i garasjen")) == set()
