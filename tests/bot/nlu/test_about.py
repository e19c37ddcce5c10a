"""Who puts right whom it is about is heard, and nobody else."""

from __future__ import annotations

import pytest

from bot.nlu.about import names_other, says_about_me, says_about_other
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


@pytest.mark.parametrize(
    "text",
    [
        *("nei ikke meg, kompisen min", "det gjelder ei venninne", "not me, my friend"),
        *("det handler om lillesøsteren min", "spør for ein i klassen", "it's about my sister"),
    ],
)
def test_it_is_about_somebody_who_is_named(text: str) -> None:
    assert says_about_other(canonical(text))
    assert names_other(canonical(text))


@pytest.mark.parametrize("text", ["nei ikke meg", "det er ikkje meg", "det e itj mæ det gjeld"])
def test_not_me_says_of_nobody_who_it_is(text: str) -> None:
    assert says_about_other(canonical(text))
    assert not names_other(canonical(text))


@pytest.mark.parametrize(
    "text",
    [
        *("det er ikke meg som begynte", "det er ikke meg lenger", "kompisen min slår meg"),
        *("ikke meg selv", "jeg har en venn", "det gjelder skolen"),
    ],
)
def test_it_is_not_put_right_to_be_about_others(text: str) -> None:
    assert not says_about_other(canonical(text))
