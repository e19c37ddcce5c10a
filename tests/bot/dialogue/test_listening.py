"""After help: what is said is met, not the same words over again, and danger is remembered."""

from __future__ import annotations

from bot.clock import now
from bot.dialogue.facts import Facts
from bot.dialogue.inform import small_talk
from bot.dialogue.navigate import navigate
from tests.bot.dialogue.test_onward import reading


def listened(facts: Facts) -> str:
    reply = navigate(
        facts,
        "nb",
        now(),
        intent="deny",
        choice=None,
        reading=reading("neida", intent="deny", themes=[]),
        understood=True,
        before=Facts.from_json(facts.to_json()),
    )
    return reply.messages[0].text


def test_not_the_same_words_twice() -> None:
    facts = Facts.from_json({"themes": ["stress"], "helped": "yellow"})
    assert listened(facts) != listened(facts)


def test_danger_is_remembered() -> None:
    facts = Facts.from_json({"themes": ["stress"], "helped": "yellow", "flag": "violence"})
    assert "116 111" in listened(facts)
    for intent in ("bye", "greet"):
        assert "116 111" in small_talk(facts, intent, "nb", now()).messages[0].text
