"""Somebody who writes in another language gets the numbers first, in words they can read."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.safety.foreign import languages
from bot.safety.screen import Screen
from tests.bot.gateway.conftest import texts


def said(code: str, *, danger: bool = False) -> str:
    return languages()[code].bubble(danger=danger)


async def test_it_is_said_in_their_language_and_the_engine_is_left_alone(house):
    talk = await house.start()
    turn = await talk.say("cześć, nie mówię po norwesku, potrzebuję pomocy")
    assert [m["text"] for m in turn["messages"]] == [said("pl")]
    assert {card["phone"] for card in turn["messages"][0]["services"]} >= {"113", "112", "116 111"}
    assert turn["understood"]["not_understood"] is True and turn["safety"] is None
    assert house.engine.calls == []


async def test_the_question_that_waits_goes_on_waiting(house):
    talk = await house.start()
    before = await talk.say("jeg er trist")
    turn = await talk.say("nie rozumiem, nie mówię po norwesku")
    assert turn["expects"] == before["expects"]


async def test_in_danger_it_comes_before_the_safety_answer(house, monkeypatch):
    monkeypatch.setattr(house.parts.screening, "_screen", Screen.load(Path("no-such-model")))
    talk = await house.start()
    turn = await talk.say("wzięłam za dużo tabletek")
    assert turn["safety"] == {"flag": "overdose", "response": "emergency"}
    assert turn["messages"][0]["text"] == said("pl", danger=True)
    assert "Ring 113" in texts(turn)


async def test_english_is_told_once_what_we_can_do_and_goes_on(house):
    talk = await house.start()
    first = await talk.say("i feel so lonely at school and nobody talks to me")
    assert first["messages"][0]["text"] == said("en")
    assert len(first["messages"]) > 1
    again = await talk.say("i just want someone to talk to about this")
    assert said("en") not in texts(again)


async def test_a_button_is_never_taken_for_a_foreign_word(house):
    talk = await house.start()
    turn = await talk.say("jeg er trist")
    assert all(said(code) not in texts(turn) for code in languages())


@pytest.mark.parametrize("text", ["Мне очень плохо", "أنا حزين", "我很难过"])
async def test_what_was_written_is_kept_unchanged(house, text):
    talk = await house.start()
    await talk.say(text)
    answer = await house.client.get(talk.path, headers=talk.key)
    assert answer.json()["messages"][1]["text"] == text
