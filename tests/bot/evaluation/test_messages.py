"""How a line counts: the table of the evaluation format."""

from __future__ import annotations

from typing import Any

from bot.evaluation.messages import Scored, figures, misses
from bot.nlu.examples import Example


def scored(
    flag: str | None, urgency: str, response: str | None, text: str = "", **more: Any
) -> Scored:
    themes = more.pop("themes", ("trist",))
    example = Example("x", "…", "bokmal", flag, urgency, False, "self", themes, None, None)
    turn = {
        "safety": {"flag": flag, "response": response} if response else None,
        "messages": [{"text": text}],
        "understood": {
            "themes": ["trist"],
            "duration": None,
            "severity": None,
            "not_understood": False,
        },
    }
    return Scored(example, turn)


def test_a_human_with_a_round_the_clock_number_answers_an_acute_line() -> None:
    assert scored("suicide", "acute", "human", "Ring 116 111").acute_answered
    assert not scored("suicide", "acute", "human", "Skriv til ung.no").acute_answered
    assert not scored("suicide", "acute", "check", "Ring 113").acute_answered


def test_the_right_door_is_a_number_that_fits_the_flag() -> None:
    assert scored("violence", "acute", "emergency", "Ring 112 nå").right_door
    assert not scored("violence", "acute", "emergency", "Ring 113 nå").right_door
    assert scored("overdose", "acute", "emergency", "Ring 22591300").right_door


def test_a_number_inside_another_number_does_not_count() -> None:
    assert not scored("medical", "acute", "emergency", "Ring 11300").right_door


def test_a_check_on_a_sensitive_topic_is_no_false_check() -> None:
    topic = scored(None, "none", "check", themes=("selvmord",))
    other = scored(None, "none", "check", themes=("stress",))
    assert figures([topic])["false check"].total == 0
    assert figures([other])["false check"].value == 1.0


def test_misses_tell_what_kind_they_are() -> None:
    lines = [
        scored("suicide", "serious", None),
        scored(None, "none", "emergency"),
        scored("violence", "acute", "emergency", "Ring 113"),
    ]
    assert [kind for kind, _ in misses(lines)] == ["missed", "false emergency", "wrong door"]
