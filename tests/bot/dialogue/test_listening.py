"""After help: what is said is met, not the same words over again, and danger is remembered."""

from __future__ import annotations

from bot.clock import now
from bot.dialogue.facts import Facts
from bot.dialogue.inform import small_talk
from bot.dialogue.interpret import take_message
from bot.dialogue.navigate import navigate
from bot.dialogue.reply import Reply
from tests.bot.dialogue.test_onward import reading


def said(facts: Facts, intent: str) -> Reply:
    before = Facts.from_json(facts.to_json())
    heard = reading("ja", intent=intent, themes=[])
    take_message(facts, heard)
    return navigate(
        facts,
        "nb",
        now(),
        intent=intent,
        choice=None,
        reading=heard,
        understood=True,
        before=before,
    )


def listened(facts: Facts) -> str:
    return said(facts, "deny").messages[0].text


def test_not_the_same_words_twice() -> None:
    facts = Facts.from_json({"themes": ["stress"], "helped": "yellow"})
    assert listened(facts) != listened(facts)


def test_danger_is_remembered() -> None:
    facts = Facts.from_json({"themes": ["stress"], "helped": "yellow", "flag": "violence"})
    assert "116 111" in listened(facts)
    for intent in ("bye", "greet"):
        assert "116 111" in small_talk(facts, intent, "nb", now()).messages[0].text


def test_yes_to_a_human_is_a_wish_for_one_and_only_right_after() -> None:
    facts = Facts.from_json({"themes": ["stress"], "helped": "red", "flag": "violence"})
    assert not said(facts, "affirm").wants_human
    assert said(facts, "affirm").wants_human
    assert not said(facts, "affirm").wants_human
