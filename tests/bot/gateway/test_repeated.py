"""Sent again after its answer was lost, a message is still one message, with one answer."""

from __future__ import annotations

import pytest

from bot.gateway.first_name import HIDDEN
from bot.handoff.case import Person
from bot.safety import dialogue
from bot.turn import NAME_ASKED
from tests.bot.gateway.conftest import open_house, texts
from tests.bot.gateway.standins import ACUTE
from tests.bot.gateway.test_with_handoff import Clock, case_of

ID = "0123456789abcdef"
INGRID = Person(id="ingrid", name="Ingrid", role="helsesykepleier")
RED = f"jeg {ACUTE}"


def of_the_youth(so_far):
    return [(one["id"], one["text"]) for one in so_far["messages"] if one["from"] == "youth"]


async def post(talk, **body):
    answer = await talk.post(**body)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_the_same_turn_comes_again_and_the_engine_hears_it_once(house):
    talk = await house.start()
    first = await post(talk, text="hei på deg", id=ID)
    heard = len(house.engine.calls)
    assert await post(talk, text="hei på deg", id=ID) == first
    assert len(house.engine.calls) == heard
    so_far = await talk.so_far()
    assert of_the_youth(so_far) == [(ID, "hei på deg")]
    assert len(so_far["messages"]) == 2 + len(first["messages"])


async def test_a_button_too(house):
    talk = await house.start()
    chosen = (await talk.so_far())["messages"][0]["choices"][0]
    first = await post(talk, choice=chosen["value"], id=ID)
    assert await post(talk, choice=chosen["value"], id=ID) == first
    assert of_the_youth(await talk.so_far()) == [(ID, chosen["label"])]


async def test_without_an_id_the_same_words_are_two_messages(house):
    talk = await house.start()
    await post(talk, text="nei")
    await post(talk, text="nei")
    assert [text for _, text in of_the_youth(await talk.so_far())] == ["nei", "nei"]


async def test_other_words_under_a_taken_id_are_heard_all_the_same(house):
    talk = await house.start()
    await post(talk, text="hei", id=ID)
    turn = await post(talk, text=RED, id=ID)
    assert turn["safety"]["response"] == "emergency"
    greeting = (await talk.so_far())["messages"][0]["id"]
    assert (await post(talk, text=f"du, {RED}", id=greeting))["safety"]["response"] == "emergency"
    said = of_the_youth(await talk.so_far())
    assert [text for _, text in said] == ["hei", RED, f"du, {RED}"]
    assert len({name for name, _ in said}) == 3 and said[2][0] != greeting


async def test_an_older_one_is_not_answered_anew(house):
    talk = await house.start()
    await post(talk, text="hei", id=ID)
    turn = await post(talk, text="jeg er i Stange", id=ID[::-1])
    heard = len(house.engine.calls)
    again = await post(talk, text="hei", id=ID)
    assert again["messages"] == [] and again["expects"] == turn["expects"]
    assert len(house.engine.calls) == heard


async def test_a_first_name_sent_twice_is_one_and_kept_hidden(house):
    talk = await house.start()
    house.engine.next = {
        "messages": [{"from": "bot", "id": f"{NAME_ASKED}1", "text": "Hva heter du?"}]
    }
    await post(talk, text="jeg vil ha time")
    await post(talk, text="Sara", id=ID)
    heard = len(house.engine.calls)
    await post(talk, text="Sara", id=ID)
    assert len(house.engine.calls) == heard
    assert of_the_youth(await talk.so_far())[1:] == [(ID, HIDDEN)]
    turn = await post(talk, text=RED, id=ID)
    assert turn["safety"]["response"] == "emergency"


@pytest.mark.parametrize("name", ["kort", "x" * 65, "jeg vil dø", "æøåæøåæøå", 12345678, ["a" * 9]])
async def test_a_bad_id_is_refused_with_what_to_do_and_its_words_are_screened(house, name):
    talk = await house.start()
    answer = await talk.post(text=RED, id=name)
    assert answer.status_code == 400 and answer.json()["error"]["code"] == "bad_id"
    assert "8 til 64 tegn" in answer.json()["error"]["message"]
    assert answer.json()["safety"]["response"] == "emergency"


async def test_a_danger_in_place_of_an_id_is_seen(house):
    talk = await house.start()
    answer = await talk.post(text="hei", id=RED)
    assert answer.status_code == 400 and answer.json()["safety"]["response"] == "emergency"


async def test_killed_after_the_case_got_it_the_case_has_it_once(fresh_redis, tmp_path):
    parts = {"dialogue": dialogue, "duty": None, "cases": None, "clock": Clock()}
    async with open_house(fresh_redis, tmp_path, parts) as house:
        talk = await house.start()
        await talk.say(RED)
        case = await case_of(house, talk)
        await house.parts.cases.claim(case.id, INGRID)
        before = fresh_redis.client().hgetall(f"ung:conv:{talk.id}")
        await post(talk, text="er du der", id=ID)
        # As if the gateway died between the case and its own record, and came back.
        fresh_redis.client().hset(f"ung:conv:{talk.id}", mapping=before)
        house.parts.store._held.clear()
        turn = await post(talk, text="er du der", id=ID)
        assert turn["state"] == "human"
        lines = [line.text for line in await house.parts.cases.transcript(case.id)]
        assert lines.count("er du der") == 1
        assert [text for _, text in of_the_youth(await talk.so_far())].count("er du der") == 1
        assert texts(await talk.say("hei?")) == ""
