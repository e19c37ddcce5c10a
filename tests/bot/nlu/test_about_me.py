"""Who puts right that it is about them is heard, and nobody else."""

from __future__ import annotations

import pytest

from bot.nlu.about_me import says_about_me
from bot.nlu.normalise import canonical


@pytest.mark.parametrize(
    "text",
    [
        *("det e meg det gjelder ikke broren min", "det er jo meg", "nei meg", "mente meg selv"),
        *("ikke mot han, men mot meg", "det handler om meg"),
    ],
)
def test_it_is_about_me(text: str) -> None:
    assert says_about_me(canonical(text))


@pytest.mark.parametrize("text", ["det er meg som hjelper ham", "han slår meg", "venninna mi"])
def test_it_is_not_put_right(text: str) -> None:
    assert not says_about_me(canonical(text))
