"""The description of the API is true: real answers fit it."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator, RefResolver, ValidationError

from bot.gateway.openapi import document
from tests.bot.gateway.standins import ACUTE


def check(value, model: str) -> None:
    whole = document()
    schema = {**whole["components"]["schemas"][model], "components": whole["components"]}
    Draft202012Validator(schema, resolver=RefResolver("", whole)).validate(value)


async def test_real_answers_fit_the_description(house):
    described = (await house.client.get("/api/openapi.json")).json()
    assert described == document() and described["openapi"] == "3.1.0"
    started = await house.client.post("/api/conversations", json={})
    check(started.json(), "Started")
    talk = await house.start(municipality="9999")
    house.engine.next = {
        "expects": "place",
        "help": {"level": "yellow", "why": ["mild"], "services": ["x"]},
        "messages": [{"text": "Her", "services": [{"id": "x", "name": "X", "type": "skole"}]}],
    }
    check(await talk.say("hei"), "Turn")
    check(await talk.say(f"jeg {ACUTE}"), "Turn")
    check(await talk.so_far(), "ConversationSoFar")
    check((await talk.post(text=f"jeg {ACUTE}" * 200)).json(), "Error")
    check((await talk.post(text="")).json(), "Error")
    check((await house.client.get("/api/info")).json(), "Info")


async def test_a_turn_has_exactly_the_fields_of_the_contract(house):
    talk = await house.start()
    turn = await talk.say("hei")
    assert list(turn) == ["state", "messages", "expects", "understood", "safety", "help"]
    assert set(turn["messages"][0]) == {"id", "from", "text", "at", "choices", "services"}
    assert set(turn["understood"]) == {
        "themes",
        "severity",
        "duration",
        "about",
        "place",
        "age",
        "not_understood",
    }


def test_the_description_can_tell_a_wrong_answer():
    with pytest.raises(ValidationError):
        check({"state": "gone"}, "Turn")
    with pytest.raises(ValidationError):
        check({"safety": {"flag": "suicide"}}, "Turn")
    check({"safety": None, "expects": None}, "Turn")


async def test_info_tells_who_is_there(house):
    info = (await house.client.get("/api/info?municipality=9999")).json()
    assert info["human"] == {"on_duty": True, "name": "helsesykepleieren i Eksempelvik kommune"}
    assert info["demo"] is True and info["max_characters"] == 2000
    for query in ("?municipality=0301", "?municipality=0301&x=%ff"):
        assert (await house.client.get(f"/api/info{query}")).json()["human"]["on_duty"] is False
