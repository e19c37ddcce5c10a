"""The real safety dialogue, the real duty roster and real cases behind the gateway."""

from __future__ import annotations

import copy
from datetime import datetime, timedelta, timezone

import pytest
import time_machine

from bot.clock import NORWAY
from bot.handoff.case import Person
from bot.handoff.contents import Settled
from bot.handoff.duty import Duty
from bot.safety import dialogue
from bot.settings import section
from bot.texts import say
from tests.bot.gateway.conftest import open_house, texts
from tests.bot.gateway.standins import ACUTE, SERIOUS, UNCERTAIN
from tests.bot.gateway.test_events import Listener

EVENING = datetime(2026, 10, 14, 18, 30, tzinfo=NORWAY)  # a Wednesday: Eksempelvik is there
NIGHT = datetime(2026, 10, 14, 3, 0, tzinfo=NORWAY)
INGRID = Person(id="ingrid", name="Ingrid", role="helsesykepleier")
RED = f"jeg {ACUTE}"


class Clock:
    def __init__(self) -> None:
        self.now = EVENING

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
async def real(fresh_redis, tmp_path):
    """A gateway whose screen and engine alone are stand-ins."""
    clock = Clock()
    parts = {"dialogue": dialogue, "duty": None, "cases": None, "clock": clock}
    async with open_house(fresh_redis, tmp_path, parts) as house:
        house.extra["clock"] = clock
        yield house


async def case_of(house, talk):
    return await house.parts.cases.for_conversation(talk.id)


async def test_emergency_in_the_evening_to_the_end(real):
    talk = await real.start()
    turn = await talk.say(RED)
    assert turn["safety"] == {"flag": "suicide", "response": "emergency"}
    assert turn["state"] == "waiting" and turn["expects"] == "place"
    assert "113" in turn["messages"][0]["text"]
    assert "helsesykepleieren i Eksempelvik kommune fått beskjed" in texts(turn)
    assert "vi ser ikke hvor du er" in texts(turn)
    assert turn["messages"][-1]["text"].count("Hvor er du") == 1  # the question comes last, once

    case = await case_of(real, talk)
    assert case.state == "waiting" and case.reasons[0].flag == "suicide"
    assert case.reasons[0].evidence[0].words == [ACUTE]
    turn = await talk.say("jeg er i Stange")
    assert turn["understood"]["place"] == "3413"
    lines = await real.parts.cases.transcript(case.id)
    said = [line.text for line in lines if line.from_ == "youth"]
    assert said == [RED, "jeg er i Stange"]
    assert len(lines) == len((await talk.so_far())["messages"])  # the bot's words too, once each

    async with Listener(talk) as listener:
        await real.parts.cases.claim(case.id, INGRID)
        await real.parts.cases.reply(case.id, "ingrid", "Hei, jeg er her.")
        await listener.until(5, 2)
    assert [e["data"].get("state") for e in listener.events][:2] == ["waiting", "human"]
    assert listener.events[-1]["data"]["message"]["text"] == "Hei, jeg er her."

    heard = len(real.engine.calls)
    turn = await talk.say("takk for at du er her")
    assert turn["state"] == "human" and turn["messages"] == []
    assert len(real.engine.calls) == heard
    kept = [message["from"] for message in (await talk.so_far())["messages"]]
    assert kept[-2:] == ["human", "youth"]

    settled = Settled(helped_with=["doctor"], place="9999", age=16)
    await real.parts.cases.hand_back(case.id, "ingrid", "har fått time", settled)
    turn = await talk.say("er du tilbake?")
    assert turn["state"] == "bot" and "er du tilbake?" in texts(turn)
    facts = real.engine.calls[-1]["facts"]
    assert (facts["place"], facts["age"], facts["expects"]) == ("9999", 16, None)
    assert {"impact", "duration", "confirm"} <= set(facts["asked"])  # nothing starts over
    kept = [message["text"] for message in (await talk.so_far())["messages"]]
    [back] = [text for text in kept if "meg, boten, igjen" in text]
    assert "hjelp med time hos lege" in back and not any("fått time" in text for text in kept)
    assert turn["safety"] is None  # the emergency before is the human's, and over


async def test_between_two_nurses_the_bot_goes_on_and_the_next_gets_every_word(real):
    talk = await real.start()
    await talk.say(RED)
    case = await case_of(real, talk)
    await real.parts.cases.claim(case.id, INGRID)
    await real.parts.cases.reply(case.id, "ingrid", "Hei, jeg er her.")
    assert (await talk.say("hei"))["messages"] == []
    jonas = Person(id="jonas", name="Jonas", role="helsesykepleier")
    await real.parts.cases.transfer(case.id, "ingrid", jonas)
    turn = await talk.say("hvor ble du av?")
    assert turn["state"] == "waiting" and "hvor ble du av?" in texts(turn)  # the bot answers
    assert "Ingrid har bedt Jonas om å ta over" in str((await talk.so_far())["messages"])
    await real.parts.cases.claim(case.id, jonas)
    assert (await talk.say("hei igjen"))["state"] == "human"
    said = [line.text for line in await real.parts.cases.transcript(case.id)]
    assert {"hei", "hvor ble du av?", "hei igjen"} <= set(said)


async def test_at_night_no_human_is_promised(real):
    real.extra["clock"].now = NIGHT
    talk = await real.start()
    turn = await talk.say(RED)
    assert turn["safety"]["response"] == "emergency" and turn["state"] == "bot"
    assert "fått beskjed" not in texts(turn) and await case_of(real, talk) is None
    assert turn["expects"] == "place"
    turn = await talk.say("jeg vil snakke med et menneske")
    assert say("gateway.human.nobody", "nb") in texts(turn) and "116 111" in texts(turn)


@pytest.mark.parametrize("how", ["press", "say"])
async def test_a_clear_flag_asks_first(real, how):
    talk = await real.start(municipality="9999")
    turn = await talk.say(f"jeg {SERIOUS}")
    assert turn["safety"]["response"] == "human" and await case_of(real, talk) is None
    offers = [c["label"] for m in turn["messages"] for c in m["choices"]]
    assert len(offers) == 3  # one offer, not two: yes, no, and "I know who works there"
    if how == "press":
        turn = await talk.choose(offers[0], turn["messages"])
    else:
        turn = await talk.say("ja takk")
    assert turn["state"] == "waiting" and turn["expects"] == "place"
    assert (await case_of(real, talk)).reasons[0].flag == "self_harm"


async def test_the_check_answered_with_a_button(real):
    talk = await real.start(municipality="9999")
    turn = await talk.say(f"jeg {UNCERTAIN}")
    assert turn["safety"]["response"] == "check" and turn["expects"] == "safe"
    labels = [c["label"] for c in turn["messages"][-1]["choices"]]
    no = await talk.choose(labels[-1], turn["messages"])
    assert no["safety"] is None
    assert real.engine.calls[-1]["metadata"]["safe"] == "no"
    turn = await talk.say(f"jeg {UNCERTAIN}")
    turn = await talk.choose(labels[0], turn["messages"])
    assert turn["safety"]["response"] == "human"


async def test_a_new_flag_while_it_waits_reaches_the_case(real):
    talk = await real.start(municipality="9999")
    await talk.say("jeg vil snakke med et menneske")
    assert (await case_of(real, talk)).urgency == "none"
    await talk.say(RED)
    case = await case_of(real, talk)
    assert case.urgency == "acute" and [r.flag for r in case.reasons] == [None, "suicide"]
    await talk.say("ok")  # an answer to the emergency answer is no new reason
    assert len((await case_of(real, talk)).reasons) == 2


async def test_deleting_with_an_open_case(real):
    talk = await real.start(municipality="9999")
    await talk.say(f"{RED} rabarbrablomst")
    case = await case_of(real, talk)
    notice = (await talk.so_far())["deletion_notice"]
    assert "Den som har saken, ser at du har slettet" in notice
    assert (await talk.delete()).status_code == 204
    left = await real.parts.cases.get(case.id)
    assert left.deleted_at and left.conversation_id is None
    client = real.redis.client()
    kept = str([client.dump(key) for key in client.scan_iter("*")])
    assert talk.id not in str(list(client.scan_iter("*"))) and "rabarbra" not in kept


async def test_redis_gone_the_emergency_promises_nobody(real):
    talk = await real.start(municipality="9999")
    real.redis.stop()
    turn = await talk.say(RED)
    assert turn["safety"]["response"] == "emergency" and turn["state"] == "bot"
    assert "fått beskjed" not in texts(turn)


async def test_staff_pages_are_there(real):
    answer = await real.client.get("/staff/login")
    assert answer.status_code == 200 and "set-cookie" in answer.headers
    assert (await real.client.get("/staff/")).status_code == 303
    assert answer.headers["x-frame-options"] == "DENY"


async def test_the_nurse_gets_what_was_said_and_no_guesses(real):
    talk = await real.start()
    guessed = {"themes": ["trist"], "severity": "severe", "duration": "long"}
    real.engine.next = {"understood": guessed, "facts": {"duration": "long"}}
    turn = await talk.say("har vært nede siden i fjor")
    assert turn["understood"]["severity"] == "severe"
    await talk.say(RED)
    understood = (await case_of(real, talk)).understood
    assert (understood["severity"], understood["duration"]) == (None, "long")


async def wait_minutes(house, minutes):
    """Let the watch look at the cases as it would so many minutes from now."""
    with time_machine.travel(datetime.now(timezone.utc) + timedelta(minutes=minutes)):
        await house.parts.watch.round()
        await house.parts.watch.settled()


async def test_who_waits_in_vain_is_told_and_the_talk_goes_on(real):
    talk = await real.start(municipality="9999")
    await talk.say(RED)
    await wait_minutes(real, 7.5)
    assert say("handoff.unanswered", "nb") not in str((await talk.so_far())["messages"])
    async with Listener(talk) as listener:
        await wait_minutes(real, 8.5)
        await listener.until(4, 1)
    found = await talk.so_far()
    assert found["state"] == "waiting"
    told = found["messages"][-3:]
    assert told[0]["text"] == say("handoff.unanswered.danger", "nb", number="113")
    assert [card["phone"] for m in told for card in m["services"]][:2] == ["113", "116 111"]
    assert told[1]["text"] == say("handoff.unanswered", "nb")
    turn = await talk.say("ok")
    assert turn["state"] == "waiting"
    case = await case_of(real, talk)
    await real.parts.cases.claim(case.id, INGRID)
    assert (await talk.say("hei"))["state"] == "human"


async def test_health_tells_of_alerts_that_do_not_arrive(real):
    answer = await real.client.get("/health")
    assert answer.json()["parts"]["alerts"] == "up" and answer.json()["alert_faults"] == {}
    await real.parts.watch._ledger.note("9999", "webhook", "HTTP 500")
    answer = await real.client.get("/health")
    assert answer.status_code == 424 and answer.json()["parts"]["alerts"] == "down"
    assert answer.json()["alert_faults"] == {"9999": {"webhook": "HTTP 500"}}
    await real.parts.watch._ledger.note("9999", "webhook")
    assert (await real.client.get("/health")).json()["parts"]["alerts"] == "up"


async def test_health_tells_when_nobody_watches_the_cases(real, monkeypatch):
    monkeypatch.setattr("bot.handoff.watch.STALE_SECONDS", -1)
    found = (await real.client.get("/health")).json()
    assert found["parts"]["alerts"] == "down"


async def test_health_tells_of_a_duty_with_nobody_logged_in(real):
    answer = await real.client.get("/health")
    assert answer.status_code == 200 and answer.json()["unattended"] == ["9999"]
    real.redis.client().set("ung:staff:present:9999", 1)
    assert (await real.client.get("/health")).json()["unattended"] == []


async def test_health_tells_why_human_chat_is_off(real, monkeypatch):
    assert (await real.client.get("/health")).json()["human_chat_off"] == {}
    values = copy.deepcopy(dict(section("handoff")))
    del values["municipalities"]["9999"]["page_alone_decided_by"]
    monkeypatch.setattr(real.parts.watch, "_duty", Duty.read(values))
    answer = await real.client.get("/health")
    assert answer.status_code == 200  # nothing is broken: somebody has to decide
    (reason,) = answer.json()["human_chat_off"]["9999"]
    assert "webhook" in reason and "page_alone_decided_by" in reason


async def test_an_answer_is_there_days_later_for_who_has_the_code(real):
    talk = await real.start(municipality="9999")
    await talk.say(RED)
    code = (await real.client.post(f"{talk.path}/code", headers=talk.key)).json()["code"]
    case = await case_of(real, talk)
    await real.parts.cases.claim(case.id, INGRID)
    await real.parts.cases.reply(case.id, "ingrid", "Hei. Jeg leste det du skrev.")
    await real.parts.cases.close(case.id, "ingrid", "reached")
    client = real.redis.client()
    for part in ("", ":events"):
        assert client.ttl(f"ung:conv:{talk.id}{part}") > 6 * 24 * 3600
    answer = await real.client.post("/api/return", json={"code": code})
    key = {"Authorization": f"Bearer {answer.json()['token']}"}
    found = (await real.client.get(talk.path, headers=key)).json()
    assert "Hei. Jeg leste det du skrev." in [m["text"] for m in found["messages"]]
