"""What a young person gets back, turn by turn, with every part up."""

from __future__ import annotations

import asyncio

from tests.bot.gateway.conftest import texts
from tests.bot.gateway.standins import ACUTE


async def test_greeting_says_what_it_is_and_offers_four_ways_in(house):
    talk = await house.start()
    (greeting,) = talk.messages
    assert greeting["text"].startswith("Hei. Jeg er en chatbot. Ingen mennesker leser dette nå.")
    assert [choice["label"] for choice in greeting["choices"]] == [
        "Noe er vondt",
        "Noe hjemme er ikke greit",
        "Redd for en venn",
        "Vet ikke hvor jeg skal begynne",
    ]
    assert greeting["id"] and greeting["at"].endswith("Z") and greeting["from"] == "bot"


async def test_a_message_goes_to_the_engine_and_back(house):
    talk = await house.start(language="nn", municipality="0301")
    turn = await talk.say("eg gruar meg")
    assert texts(turn) == "Du sa: eg gruar meg"
    assert turn["state"] == "bot" and turn["safety"] is None and turn["help"] is None
    assert turn["understood"]["themes"] == ["stress"]
    (call,) = house.engine.calls
    assert call["metadata"]["language"] == "nn"
    assert call["metadata"]["municipality"] == "0301"
    assert house.engine.secrets == {"engine-secret"}


async def test_facts_travel_from_turn_to_turn(house):
    talk = await house.start()
    for _ in range(3):
        await talk.say("hei")
    assert [call["facts"].get("turns") for call in house.engine.calls] == [None, 1, 2]


async def test_a_choice_reaches_the_engine_in_plain(house):
    talk = await house.start()
    await talk.choose("Redd for en venn", talk.messages)
    assert house.engine.told() == ["topic=friend"]
    so_far = await talk.so_far()
    assert so_far["messages"][1]["text"] == "Redd for en venn"
    assert so_far["messages"][1]["from"] == "youth"


async def test_words_on_a_button_are_screened(house):
    talk = await house.start()
    house.engine.next = {
        "messages": [
            {"text": "?", "choices": [{"label": "Jeg vil dø i kveld", "value": "safe=no"}]}
        ]
    }
    turn = await talk.say("hei")
    turn = await talk.choose("Jeg vil dø i kveld", turn["messages"])
    assert turn["safety"] == {"flag": "suicide", "response": "emergency"}


async def test_an_old_choice_may_be_pressed_again(house):
    talk = await house.start()
    await talk.choose("Noe er vondt", talk.messages)
    await talk.choose("Noe er vondt", talk.messages)
    assert house.engine.told() == ["topic=hurt", "topic=hurt"]


async def test_a_choice_of_another_conversation_is_refused(house):
    mine, other = await house.start(), await house.start()
    value = other.messages[0]["choices"][0]["value"]
    answer = await mine.post(choice=value)
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "bad_choice"
    assert house.engine.calls == []


async def test_plain_choice_values_cannot_be_sent_from_outside(house):
    talk = await house.start()
    for value in ("topic=hurt", "human=yes", "/restart", "x" * 3000, "", "a.b"):
        assert (await talk.post(choice=value)).status_code == 400
    assert house.engine.calls == [] and house.cases.cases == {}


async def test_two_messages_at_once_each_get_their_turn(house):
    talk = await house.start()
    house.engine.slow = 0.05
    said = [f"melding {number}" for number in range(8)]
    answers = await asyncio.gather(*(talk.say(text) for text in said))
    assert sorted(texts(a) for a in answers) == sorted(f"Du sa: {text}" for text in said)
    assert house.engine.most_at_once == 1
    assert sorted(call["facts"].get("turns", 0) for call in house.engine.calls) == list(range(8))
    kept = [m["text"] for m in (await talk.so_far())["messages"] if m["from"] == "youth"]
    assert sorted(kept) == sorted(said)


async def test_every_kept_message_has_id_author_text_and_time(house):
    talk = await house.start()
    await talk.say("hei")
    messages = (await talk.so_far())["messages"]
    assert len({message["id"] for message in messages}) == 3
    assert all(m["from"] and m["text"] and m["at"].endswith("Z") for m in messages)


async def test_language_turns_to_nynorsk_once_and_stays(house):
    talk = await house.start()
    await talk.say("hei, går det an å spørre om noko her")
    await talk.say("eg veit ikkje korleis eg skal seie det, men eg har vore lei meg frå i haust")
    await talk.say("jeg vet ikke hva jeg skal gjøre hjemme, hun sier det er bare noe")
    assert [call["metadata"]["language"] for call in house.engine.calls] == ["nb", "nn", "nn"]


async def test_a_chosen_language_is_kept_whatever_they_write(house):
    talk = await house.start(language="nb")
    await talk.say("eg veit ikkje korleis eg skal seie det, men eg har vore lei meg frå i haust")
    assert house.engine.calls[0]["metadata"]["language"] == "nb"


async def test_language_can_be_switched_with_a_message(house):
    talk = await house.start(language="nb")
    await talk.post(text="hei", language="nn")
    await talk.say("hei igjen")
    assert [call["metadata"]["language"] for call in house.engine.calls] == ["nn", "nn"]


async def test_a_turn_is_quick(house):
    talks = [await house.start() for _ in range(5)]
    times = []
    for number in range(100):
        answer = await talks[number % 5].post(text="hei på deg")
        assert answer.status_code == 200
        times.append(answer.elapsed.total_seconds())
    assert sorted(times)[98] < 0.5, sorted(times)[-5:]


async def test_our_own_ways_in_are_no_danger_but_what_stands_beside_them_may_be(house):
    talk = await house.start()
    chosen = (await talk.so_far())["messages"][0]["choices"][1]
    assert (await talk.post(choice=chosen["value"])).json()["safety"] is None
    seen = (await talk.post(choice=chosen["value"], note=f"jeg {ACUTE}")).json()
    assert seen["safety"]["response"] == "emergency"
