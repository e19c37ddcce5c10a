"""What stands behind a red flag is found again in the text."""

from __future__ import annotations

import pytest

from bot.handoff.marking import pieces

TEXT = "Jeg vil ikke leve mer. Vil  ikke\nleve! (dø) død"


@pytest.mark.parametrize(
    ("evidence", "marked"),
    [
        (["vil ikke leve"], ["vil ikke leve", "Vil  ikke\nleve"]),
        (["dø"], ["dø"]),  # not the beginning of another word
        (["ikke", "ikke leve mer"], ["ikke leve mer", "ikke"]),  # the longest wins
        (["(dø)", ""], ["(dø)"]),
        ([], []),
    ],
)
def test_the_words_are_marked_and_nothing_is_lost(evidence: list[str], marked: list[str]) -> None:
    found = pieces(TEXT, evidence)
    assert "".join(piece.text for piece in found) == TEXT
    assert [piece.text for piece in found if piece.marked] == marked
