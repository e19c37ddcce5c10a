"""What a red flag that comes late changes."""

from __future__ import annotations

from typing import Any

import pytest

from bot.dialogue.disclosure import take_disclosure
from bot.dialogue.facts import Facts
from bot.dialogue.interpret import take_safety


def after(flag: str, read: list[str] | None = None, /, **known: Any) -> Facts:
    facts = Facts.from_json({"themes": ["stress"], **known})
    take_disclosure(facts, flag, {"themes": read} if read is not None else None)
    return facts


@pytest.mark.parametrize(
    ("flag", "read", "themes"),
    [
        ("violence", ["familie"], ["vold", "stress"]),
        ("unsafe_home", ["foreldre_rus"], ["foreldre_rus", "stress"]),
        ("unsafe_home", ["stress"], ["familie", "stress"]),
        ("suicide", None, ["selvmord", "stress"]),
        ("medical", ["kropp_helse"], ["stress"]),
    ],
)
def test_what_is_disclosed_stands_first(flag: str, read: list[str], themes: list[str]) -> None:
    assert after(flag, read).themes == themes


def test_no_more_than_three_and_none_twice() -> None:
    many = ["stress", "trist", "mobbing"]
    assert after("violence", themes=many).themes == ["vold", "stress", "trist"]
    assert after("violence", themes=["trist", "vold"]).themes == ["trist", "vold"]


def test_a_first_message_says_itself_what_it_is_about() -> None:
    assert after("violence", ["familie"], themes=[]).themes == []


def test_help_found_before_does_not_count() -> None:
    assert after("violence", helped="orange", confirmed=True).helped is None
    assert after("medical", helped="orange").helped is None


def test_help_found_for_the_same_danger_does() -> None:
    known = {"themes": ["vold"], "flag": "violence"}
    assert after("violence", helped="red", **known).helped == "red"


def test_an_answer_that_tells_nothing_discloses_nothing() -> None:
    facts = Facts.from_json({"themes": ["ensom"]})
    take_safety(facts, {"flag": "suicide", "safe": "unclear"})
    assert (facts.themes, facts.flag) == (["ensom"], "suicide")
