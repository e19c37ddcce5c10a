"""Something to do while one waits: offered once, answered from texts alone, in nobody's way."""

from __future__ import annotations

import pytest

from bot.gateway import waiting
from bot.gateway.conversation import Conversation
from bot.safety.numbers import BY_NUMBER
from bot.safety.screen import Screen
from bot.texts import all_texts, say
from bot.turn import Message, Turn
from tests.bot.gateway.conftest import texts
from tests.bot.gateway.standins import ACUTE, SERIOUS

ACUTELY = f"jeg {ACUTE}"


def talk(**about):
    return Conversation(id="x", created="2026-10-14T18:30:00Z", **about)


def choices(turn):
    return [choice["label"] for message in turn["messages"] for choice in message["choices"]]


def offers(turn):
    return [m for m in turn["messages"] if m["text"] == say("waiting.offer", "nb")]


def every_answer(about):
    """Yield every bubble that can be reached from the menu."""
    waits, seen = ["wait=menu"], set()
    while waits:
        value = waits.pop()
        if value not in seen:
            seen.add(value)
            for message in waiting.answer(about, value).messages:
                waits += [choice.value for choice in message.choices]
                yield value, message


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("flag", [None, "suicide", "violence"])
@pytest.mark.parametrize("state", ["bot", "waiting"])
def test_every_button_leads_to_words_and_on(language, flag, state):
    about = talk(language=language, flag=flag, state=state)
    said = list(every_answer(about))
    assert len({value for value, _ in said}) >= 12
    last = dict(said)
    assert all(message.choices for message in last.values())  # nowhere is a dead end
    for _, message in said:
        assert all(card.phone in BY_NUMBER for card in message.services)


def test_every_text_is_reached():
    said = [
        message.text
        for flag in (None, "violence")
        for state in ("bot", "waiting")
        for _, message in every_answer(talk(flag=flag, state=state))
    ]
    told = {key: t["nb"] for key, t in all_texts().items() if key.startswith("waiting.")}
    texts_only = {k: t for k, t in told.items() if ".choice." not in k and "offer" not in k}
    missing = [k for k, t in texts_only.items() if "{" not in t and t not in said]
    assert missing == []


def test_who_is_unsafe_at_home_gets_the_police_and_no_code():
    labels = [c.label for _, m in every_answer(talk(flag="violence")) for c in m.choices]
    assert "112, politiet" in labels and "113, ambulanse" not in labels
    assert say("waiting.choice.code", "nb") not in labels
    assert say("waiting.choice.code", "nb") in [c.label for c in waiting.menu(talk())]


def test_what_can_be_said_to_the_lines_is_honest():
    said = {value: "" for value, _ in every_answer(talk())}
    for value, message in every_answer(talk()):
        said[value] += message.text
    assert "nummeret ditt og hvor du er" in said["wait=call.113"]
    assert "skriver ned" in said["wait=call.alarm"]
    assert "helt anonym" not in str(said)


def test_no_button_is_a_red_flag():
    screen = Screen.load()
    for key, entry in all_texts().items():
        if key.startswith("waiting.choice."):
            assert [screen.look(entry[form]).response for form in ("nb", "nn")] == [None, None], key


def test_an_unknown_button_is_the_menu():
    for value in ("wait=", "wait=ground.0", "wait=ground.99", "wait=call.999", "wait=ground.x"):
        [message] = waiting.answer(talk(), value).messages
        assert message.text == say("waiting.menu", "nb")


async def test_offered_once_when_a_case_opens_and_answered_without_the_engine(house):
    youth = await house.start(municipality="9999")
    turn = await youth.say(ACUTELY)
    assert turn["state"] == "waiting" and len(offers(turn)) == 1
    heard = len(house.engine.calls)
    turn = await youth.choose("Noe rolig, i små steg", turn["messages"])
    steps = 0
    while "Neste" in choices(turn):
        assert turn["state"] == "waiting"
        turn = await youth.choose("Neste", turn["messages"])
        steps += 1
    assert steps == waiting.STEPS and turn["messages"][0]["text"] == say(
        "waiting.ground.done", "nb"
    )
    assert len(house.engine.calls) == heard
    turn = await youth.say("mer")  # the bot goes on, and does not offer it again
    assert "Du sa: mer" in texts(turn) and offers(turn) == []
    kept = [message["text"] for message in house.cases.cases[youth.id].messages]
    assert "Noe rolig, i små steg" in kept and say("waiting.ground.1", "nb") in kept


async def test_answered_with_engine_and_redis_down(house):
    youth = await house.start(municipality="9999")
    turn = await youth.say(ACUTELY)
    house.engine.status = 500
    house.redis.stop()
    turn = await youth.choose("Hva sier jeg når jeg ringer?", turn["messages"])
    turn = await youth.choose("113, ambulanse", turn["messages"])
    assert "Jeg trenger hjelp nå" in texts(turn)
    assert [card["phone"] for m in turn["messages"] for card in m["services"]] == ["113"]


@pytest.mark.parametrize("words", [ACUTE, SERIOUS])
async def test_offered_after_a_red_flag_when_nobody_is_on_duty(house, words):
    house.duty.on.clear()
    youth = await house.start(municipality="9999")
    turn = await youth.say(f"jeg {words}")
    assert turn["state"] == "bot" and say("waiting.offer.nobody", "nb") in texts(turn)
    stay = await youth.choose("Bli her med meg", turn["messages"])
    assert "ingen mennesker leser nå" in texts(stay) and "saken" not in texts(stay)
    assert say("waiting.offer.nobody", "nb") not in texts(await youth.say(f"jeg {words}"))


async def test_not_offered_without_a_red_flag_or_while_a_human_can_still_be_chosen(house):
    youth = await house.start(municipality="9999")
    assert "Bli her med meg" not in choices(await youth.say("hei"))
    assert "Bli her med meg" not in choices(await youth.say(f"jeg {SERIOUS}"))


async def test_a_human_who_has_the_chat_gets_the_button_and_the_bot_is_silent(house):
    youth = await house.start(municipality="9999")
    turn = await youth.say(ACUTELY)
    house.cases.cases[youth.id].state = "claimed"
    after = await youth.choose("Bli her med meg", turn["messages"])
    assert after["messages"] == [] and after["state"] == "human"


async def test_the_question_that_waits_goes_on_waiting(house):
    house.duty.on.clear()
    youth = await house.start()
    turn = await youth.say(f"jeg {SERIOUS}")
    house.engine.next = {"expects": "place"}
    assert (await youth.say("hm"))["expects"] == "place"
    assert (await youth.choose("Bli her med meg", turn["messages"]))["expects"] == "place"


def test_the_offer_comes_before_a_question():
    turn = Turn(messages=[Message(text="Ring 113."), Message(text="Hvor er du?")], expects="place")
    waiting.offer(talk(state="waiting", case="c"), turn)
    assert [m.text for m in turn.messages][-1] == "Hvor er du?" and len(turn.messages) == 3
