"""What rules and classifier amount to together: nothing that is surely said is graded away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.safety.classifier import Scores
from bot.safety.lexicon import Lexicon
from bot.safety.verdict import FLAGS
from bot.safety.weighing import Thresholds, judge

LEXICON, LIMITS = Lexicon.load(), Thresholds.load()
CALM = Scores(any=0.0, acute=0.0, other=0.0, flags=dict.fromkeys(FLAGS, 0.0))
SERIOUS = "faren min slår meg hver uke"
WISH = "jeg vil ikke leve mer"
NOW = "har bestemt meg, tar livet mitt i kveld"


def response(text: str, scores: Scores | None = CALM, soften: bool = True) -> str | None:
    return judge(LEXICON.look(text), scores, LIMITS, soften).response


def test_each_rule_speaks_for_itself_without_the_classifier() -> None:
    assert [response(text, None) for text in (SERIOUS, WISH, NOW)] == [
        "human",
        "human",
        "emergency",
    ]


def test_what_the_classifier_finds_quite_harmless_weighs_less_but_not_a_wish_to_die() -> None:
    assert response(SERIOUS) is None
    assert response(WISH) == "human"
    assert response(NOW) == "human"


def test_nothing_is_softened_in_a_part_of_a_long_text() -> None:
    assert [response(text, CALM, False) for text in (SERIOUS, NOW)] == ["human", "emergency"]


@pytest.mark.parametrize(
    ("any", "acute", "expected"),
    [
        (LIMITS.clear, 0.0, "human"),
        (1.0, 1.0, "emergency"),
        (0.0, LIMITS.acute_with_rule, "emergency"),
    ],
)
def test_from_the_threshold_on_the_rule_stands(any: float, acute: float, expected: str) -> None:
    assert response(SERIOUS, replace(CALM, any=any, acute=acute)) == expected


@pytest.mark.parametrize(
    ("any", "acute", "expected"),
    [
        (0.0, 0.0, None),
        (LIMITS.check, 0.0, "check"),
        (0.0, LIMITS.check_acute, "check"),
        (LIMITS.human, 0.0, "human"),
        (LIMITS.check, LIMITS.human_acute, "human"),
        (LIMITS.acute_any, LIMITS.acute, "emergency"),
    ],
)
def test_what_the_classifier_hears_alone(any: float, acute: float, expected: str | None) -> None:
    assert response("hei på deg", replace(CALM, any=any, acute=acute)) == expected
