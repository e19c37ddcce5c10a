"""Which extent it is, learned from those that say one; the rules have a say, not the last word."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu.extents import Extents

LEVELS = ("mild", "moderate", "severe")
WANTED = np.repeat([0, 1, 2], 30)


def columns(weight: float) -> np.ndarray:
    """Return columns of which the first three tell the level, by so much, amid noise."""
    noise = np.random.default_rng(3).normal(scale=0.1, size=(len(WANTED), 5))
    noise[np.arange(len(WANTED)), WANTED] += weight
    return noise


TEXTS = ["x" * 20] * len(WANTED)


def test_the_columns_tell_it() -> None:
    learned = Extents.learn(LEVELS, columns(1.0), TEXTS, [None] * len(WANTED), WANTED)
    for number, level in enumerate(LEVELS):
        assert learned.choose(np.eye(5)[number], TEXTS[0], None) == level


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_rules_heard_counts_where_it_was_right(level: str) -> None:
    heard = [LEVELS[number] for number in WANTED]
    learned = Extents.learn(LEVELS, columns(0.0), TEXTS, heard, WANTED)
    assert learned.choose(np.zeros(5), TEXTS[0], level) == level


def test_and_not_where_it_was_wrong() -> None:
    heard = [LEVELS[at % 3] for at in range(len(WANTED))]  # says nothing of the level
    learned = Extents.learn(LEVELS, columns(1.0), TEXTS, heard, WANTED)
    assert learned.choose(np.eye(5)[2], TEXTS[0], "mild") == "severe"
