"""With a part dead: a red flag still gets its answer, anything else an honest one, never a 5xx."""

from __future__ import annotations

import time

import httpx
import pytest

from tests.conftest import Stack
from tests.talk import Talk

RED = "jeg har tatt masse tabletter nå"
PLAIN = "jeg er stressa over skolen"


@pytest.fixture(scope="module")
def own(start_stack) -> Stack:
    """A bot that may be hurt."""
    return start_stack()


@pytest.mark.parametrize("part", ["engine", "redis", "booking"])
def test_a_red_flag_is_answered_with_a_part_frozen(own: Stack, part: str) -> None:
    own.freeze(part)
    try:
        Talk(own.url).say(RED).expect(response="emergency", flag="overdose", says="113")
    finally:
        own.thaw(part)
    own.wait_healthy()


def test_with_rasa_gone_the_answer_is_honest_and_names_who_can_be_reached(own: Stack) -> None:
    own.freeze("engine")
    try:
        Talk(own.url).say(PLAIN).expect(response=None, level=None, says="116 ?111")
    finally:
        own.thaw("engine")
    own.wait_healthy()


def test_what_was_said_while_rasa_was_gone_is_not_lost(own: Stack) -> None:
    talk = Talk(own.url)
    own.freeze("engine")
    try:
        talk.say("bor i Eksempelvik og er 15")
    finally:
        own.thaw("engine")
    own.wait_healthy()
    talk.say(PLAIN).expect(place="9999", understood={"age": 15})


def test_a_killed_rasa_comes_back_and_the_thread_is_picked_up(own: Stack) -> None:
    talk = Talk(own.url).say("jeg er stressa for alt på skolen, bor i Eksempelvik")
    own.kill("engine")
    talk.say(RED).expect(response="emergency")
    time.sleep(1)
    own.wait_healthy(180)
    talk.say("er 15 år").expect(place="9999", understood={"age": 15})


def test_a_killed_redis_comes_back_with_what_was_acknowledged(own: Stack) -> None:
    talk = Talk(own.url).say(PLAIN)
    own.kill("redis")
    talk.say("bor i Stange")
    time.sleep(1)
    own.wait_healthy()
    kept = talk.http.get(f"/api/conversations/{talk.id}", headers=talk.headers).json()
    said = [m["text"] for m in kept["messages"] if m["from"] == "youth"]
    assert said == [PLAIN, "bor i Stange"]


def test_a_killed_gateway_comes_back_with_the_conversation(own: Stack) -> None:
    talk = Talk(own.url).say("jeg er stressa, bor i Eksempelvik")
    own.kill("gateway")
    time.sleep(1)
    own.wait_healthy()
    talk.say("er 15 år").expect(place="9999", understood={"age": 15})


def test_no_human_is_promised_when_the_case_cannot_be_kept(own: Stack) -> None:
    own.freeze("redis")
    try:
        Talk(own.url, municipality="9999").say(RED).expect(
            response="emergency", state="bot", never="fått beskjed"
        )
    finally:
        own.thaw("redis")
    own.wait_healthy()


def test_with_booking_down_nothing_is_said_to_be_booked(own: Stack) -> None:
    talk = Talk(own.url).say("jeg vil ha time på helsestasjonen, bor i Eksempelvik, er 16")
    own.freeze("booking")
    try:
        talk.say("har dere noen ledige timer?").expect(never=r"(er bestilt|har fått time)")
    finally:
        own.thaw("booking")


def test_the_page_stays_up_while_rasa_is_away(own: Stack) -> None:
    own.freeze("engine")
    try:
        assert httpx.get(own.url).status_code == 200
    finally:
        own.thaw("engine")
