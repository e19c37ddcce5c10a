"""Safety before everything else, and the way to a human."""

from __future__ import annotations

import asyncio
import time

import pytest

from bot.gateway.conversation import stamp
from bot.texts import say
from bot.turn import Message
from tests.bot.gateway.conftest import texts
from tests.bot.gateway.standins import ACUTE, SERIOUS, UNCERTAIN

RED = f"jeg {ACUTE}"


def open_case(house, talk):
    return house.cases.cases[talk.id]


async def test_emergency_is_answered_and_the_case_opens(house):
    talk = await house.start(municipality="9999")
    turn = await talk.say(RED)
    assert turn["safety"] == {"flag": "suicide", "response": "emergency"}
    assert turn["state"] == "waiting"
    assert "Ring 113" in texts(turn)
    assert "Nå har helsesykepleieren i Eksempelvik kommune fått beskjed" in texts(turn)
    case = open_case(house, talk)
    assert case.about["reason"]["flag"] == "suicide"
    assert case.about["municipality"] == "9999"
    assert case.about["transcript"][-1]["text"] == RED


async def test_the_message_still_goes_silently_to_the_engine(house):
    talk = await house.start()
    turn = await talk.say(f"{RED}, jeg bor i Stange")
    assert house.engine.told() == []
    (call,) = house.engine.calls
    assert call["metadata"]["silent"] is True and call["metadata"]["flag"] == "suicide"
    assert turn["understood"]["place"] == "3413"
    assert "place=3413" in texts(turn)  # the safety dialogue knows the place at once
    assert open_case(house, talk).about["municipality"] == "3413"


async def test_without_a_place_the_receiving_unit_has_it(house):
    talk = await house.start()
    await talk.say(RED)
    assert open_case(house, talk).about["municipality"] is None
    assert open_case(house, talk).about["receiver"].municipality == "9999"


async def test_nobody_on_duty_means_nobody_promised(house):
    house.duty.on.clear()
    talk = await house.start(municipality="9999")
    turn = await talk.say(RED)
    assert turn["state"] == "bot" and house.cases.cases == {}
    assert "duty=False" in texts(turn) and "fått beskjed" not in texts(turn)


async def test_a_case_that_cannot_be_opened_is_not_promised(house):
    house.cases.down = True
    talk = await house.start(municipality="9999")
    turn = await talk.say(RED)
    assert turn["safety"]["response"] == "emergency"
    assert "duty=False" in texts(turn) and "fått beskjed" not in texts(turn)
    assert turn["state"] == "bot"


async def test_a_human_is_offered_and_comes_only_on_yes(house):
    talk = await house.start(municipality="9999")
    turn = await talk.say(f"jeg {SERIOUS}")
    assert turn["safety"] == {"flag": "self_harm", "response": "human"}
    assert house.cases.cases == {}
    assert "Vil du at helsesykepleieren i Eksempelvik kommune leser" in texts(turn)
    turn = await talk.choose("Ja, det vil jeg", turn["messages"])
    assert turn["state"] == "waiting" and turn["safety"] is None
    assert open_case(house, talk).about["reason"]["flag"] == "self_harm"
    assert "Hvor er du nå" in texts(turn) and turn["expects"] == "place"
    await talk.say("stange")  # read as the answer to that question
    assert house.engine.calls[-1]["facts"]["expects"] == "place"


async def test_yes_and_no_in_words_are_heard_like_the_buttons(house):
    talk = await house.start(municipality="9999")
    await talk.say(f"jeg {SERIOUS}")
    turn = await talk.say("nei")
    assert texts(turn).startswith(say("gateway.human.declined", "nb")) and house.cases.cases == {}
    await talk.say(f"jeg {SERIOUS}")
    turn = await talk.say("ja")
    assert turn["state"] == "waiting" and house.engine.told() == ["human=no"]


async def test_no_to_a_human_is_respected_and_the_talk_goes_on(house):
    talk = await house.start(municipality="9999")
    turn = await talk.say(f"jeg {SERIOUS}")
    turn = await talk.choose("Nei, ikke nå", turn["messages"])
    assert house.cases.cases == {} and turn["state"] == "bot"
    assert texts(turn).startswith(say("gateway.human.declined", "nb"))
    assert "Du sa: human=no" in texts(turn)


async def test_the_check_is_read_in_its_light(house):
    talk = await house.start(municipality="9999")
    turn = await talk.say(f"jeg {UNCERTAIN}")
    assert turn["safety"]["response"] == "check" and turn["expects"] == "safe"
    turn = await talk.say("vet ikke")
    assert turn["safety"]["response"] == "human"
    assert house.engine.calls[-1]["metadata"]["safe"] == "unclear"


async def test_a_no_to_the_check_goes_on_to_the_dialogue_with_its_outcome(house):
    talk = await house.start()
    await talk.say(f"jeg {UNCERTAIN}")
    turn = await talk.say("nei, jeg er trygg")
    assert turn["safety"] is None and texts(turn) == "Du sa: nei, jeg er trygg"
    assert house.engine.calls[-1]["metadata"]["safe"] == "yes"
    assert house.engine.calls[-1]["metadata"]["expects"] == "safe"  # what it answers


async def test_when_the_engine_asks_about_safety_the_answer_is_read_for_it(house):
    talk = await house.start(municipality="9999")
    house.engine.next = {"expects": "safe", "understood": {"themes": ["overgrep"]}}
    await talk.say("jeg er lei meg")
    turn = await talk.say("litt kanskje")
    assert turn["safety"] == {"flag": "unsafe_home", "response": "human"}


async def test_asking_for_a_human_opens_a_case_without_a_flag(house):
    talk = await house.start(municipality="9999")
    turn = await talk.say("kan jeg snakke med et menneske")
    assert turn["state"] == "waiting" and turn["safety"] is None
    assert open_case(house, talk).about["reason"]["flag"] is None
    turn = await talk.say("jeg vil snakke med et menneske")
    assert say("gateway.human.waiting", "nb") in texts(turn) and len(house.cases.cases) == 1


async def test_asking_for_a_human_when_nobody_is_there(house):
    house.duty.on = {"3413"}
    house.duty.receiving_unit = None
    talk = await house.start()
    turn = await talk.say("kan jeg snakke med et menneske")
    assert say("gateway.human.nobody", "nb") in texts(turn)
    assert "116 111" in texts(turn) and turn["expects"] == "place" and turn["state"] == "bot"
    phones = [card["phone"] for m in turn["messages"] for card in m["services"]]
    assert phones == ["116 111", "116 117", "113"]
    turn = await talk.say("stange")  # there somebody is on duty: now a human is offered
    assert "Vil du at helsesykepleieren" in texts(turn)
    turn = await talk.choose("Ja, det vil jeg", turn["messages"])
    assert turn["state"] == "waiting" and open_case(house, talk).about["municipality"] == "3413"


async def test_while_a_case_waits_the_bot_goes_on_and_the_case_gets_every_word(house):
    talk = await house.start(municipality="9999")
    await talk.say(RED)
    turn = await talk.say("er det noen der?")
    assert texts(turn) == "Du sa: er det noen der?" and turn["state"] == "waiting"
    said = [message["text"] for message in open_case(house, talk).messages]
    assert said[-2:] == ["er det noen der?", "Du sa: er det noen der?"]
    await talk.say(f"og jeg {SERIOUS}")
    assert [flag["flag"] for flag in open_case(house, talk).flags] == ["self_harm"]
    assert open_case(house, talk).flags[0]["evidence"][0]["words"] == [SERIOUS]


async def test_when_a_human_has_it_the_engine_hears_nothing(house):
    talk = await house.start(municipality="9999")
    turn = await talk.say(RED)
    open_case(house, talk).state = "claimed"
    heard = len(house.engine.calls)
    turn = await talk.say("hei, er du der")
    assert turn["state"] == "human" and turn["messages"] == []
    turn = await talk.choose("Noe er vondt", talk.messages)
    assert turn["messages"] == [] and len(house.engine.calls) == heard
    assert [m["text"] for m in open_case(house, talk).messages][-2:] == [
        "hei, er du der",
        "Noe er vondt",
    ]


async def test_with_a_human_a_new_red_flag_reaches_the_case_and_a_life_gets_its_number(house):
    talk = await house.start(municipality="9999")
    await talk.say("jeg vil snakke med et menneske")
    case = open_case(house, talk)
    case.state = "claimed"
    turn = await talk.say(f"jeg {SERIOUS}")
    assert turn["safety"] == {"flag": "self_harm", "response": "human"}
    assert turn["messages"] == []  # the human answers, not the bot
    turn = await talk.say(RED)
    assert turn["safety"]["response"] == "emergency" and "Ring 113" in texts(turn)
    assert [flag["flag"] for flag in case.flags] == ["self_harm", "suicide"]


async def test_handed_back_the_bot_goes_on_and_a_new_case_can_open(house):
    talk = await house.start(municipality="9999")
    await talk.say(RED)
    open_case(house, talk).state = "handed_back"
    turn = await talk.say("takk")
    assert turn["state"] == "bot" and texts(turn) == "Du sa: takk"
    await talk.say(RED)
    assert open_case(house, talk).id == "case-2" or len(house.cases.cases) == 1
    assert (await talk.so_far())["state"] == "waiting"


async def test_words_that_cannot_be_delivered_are_kept_and_delivered_later(house):
    talk = await house.start(municipality="9999")
    await talk.say(RED)
    case = open_case(house, talk)
    case.state = "claimed"
    await talk.say("hei")
    house.cases.down = True
    turn = await talk.say("jeg fryser")
    assert turn["state"] == "human"
    assert say("gateway.human.undelivered", "nb") in texts(turn) and "116 117" in texts(turn)
    house.cases.down = False
    await house.parts.turns.deliver_owed()
    assert "jeg fryser" in [message["text"] for message in case.messages]
    assert house.parts.turns.owing == set()


async def test_what_a_human_wrote_stands_in_the_conversation(house):
    talk = await house.start(municipality="9999")
    await talk.say(RED)
    open_case(house, talk).state = "claimed"
    message = {
        "id": "h-1",
        "from": "human",
        "text": "Hei, jeg heter Kari.",
        "at": stamp(),
    }
    await house.parts.events.publish(talk.id, {"type": "message", "message": message})
    so_far = await talk.so_far()
    assert so_far["state"] == "human"
    assert so_far["messages"][-1] == Message.parse_obj(message).dict(by_alias=True)
    assert so_far["last_event_id"] != "0-0"
    await talk.say("hei")
    assert [m["from"] for m in (await talk.so_far())["messages"]][-2:] == ["human", "youth"]


async def test_pressing_yes_twice_opens_one_case(house):
    talk = await house.start(municipality="9999")
    turn = await talk.say(f"jeg {SERIOUS}")
    await talk.choose("Ja, det vil jeg", turn["messages"])
    again = await talk.choose("Ja, det vil jeg", turn["messages"])
    assert len(house.cases.cases) == 1 and say("gateway.human.waiting", "nb") in texts(again)


async def test_a_screen_that_fails_leaves_nobody_without_numbers(house):
    talk = await house.start()
    house.screen.broken = True
    turn = await talk.say(RED)
    assert turn["safety"] is None and "116 111" in texts(turn) and "Du sa:" in texts(turn)
    health = await house.client.get("/health")
    assert health.status_code == 424 and health.json()["parts"]["safety_screen"] == "down"
    house.screen.broken = False
    assert (await talk.say(RED))["safety"]["response"] == "emergency"


async def test_a_safety_dialogue_that_fails_still_tells_what_was_seen(house):
    talk = await house.start()
    house.dialogue.broken = True
    turn = await talk.say(RED)
    assert turn["safety"] == {"flag": "suicide", "response": "emergency"}
    assert "113" in texts(turn)


@pytest.mark.parametrize("part", ["_route", "take"])
async def test_a_fault_of_ours_is_still_a_200_with_the_safety_answer(house, monkeypatch, part):
    async def fault(*_, **__):
        raise KeyError("a bug")

    talk = await house.start()
    monkeypatch.setattr(house.parts.turns, part, fault)
    turn = await talk.say(RED)
    assert turn["safety"]["response"] == "emergency" and "Ring 113" in texts(turn)
    turn = await talk.say("hei")
    assert say("gateway.fault", "nb") in texts(turn) and "116 111" in texts(turn)


async def test_a_long_look_holds_nobody_else_up(house, monkeypatch):
    talk = await house.start()
    look = house.screen.look

    def slow(text):
        time.sleep(1.0)
        return look(text)

    monkeypatch.setattr(house.screen, "look", slow)
    saying = asyncio.create_task(talk.say(RED))
    await asyncio.sleep(0.1)
    begun = time.monotonic()
    assert (await house.client.get("/alive")).status_code == 200
    assert time.monotonic() - begun < 0.8
    assert (await saying)["safety"]["response"] == "emergency"
