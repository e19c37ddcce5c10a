"""Return codes: sixteen digits that lead back to the chat, for who has them and for nobody else."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.gateway.config import Config
from bot.gateway.return_codes import ReturnCodes, grouped, new_code, read_code
from bot.settings import BadSetting
from bot.texts import say
from tests.bot.gateway.conftest import SECRET, Talk, open_house
from tests.bot.gateway.standins import ACUTE
from tests.bot.gateway.test_openapi import check

SCHOOL = {"X-Forwarded-For": "198.51.100.7"}
DAY = 24 * 3600


async def code_of(talk, **wishes):
    answer = await talk.house.client.post(f"{talk.path}/code", json=wishes, headers=talk.key)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def back_with(house, code, **headers):
    return await house.client.post("/api/return", json={"code": code}, headers=headers)


async def came_back(house, code):
    answer = await back_with(house, code)
    assert answer.status_code == 200, answer.text
    return Talk(house, messages=[], **answer.json())


def test_codes_are_sixteen_digits_and_never_the_same():
    codes = {new_code() for _ in range(2000)}
    assert len(codes) == 2000 and all(re.fullmatch(r"[0-9]{16}", code) for code in codes)
    assert len({code[0] for code in codes}) == 10  # none begins with a digit that gives it away


@pytest.mark.parametrize(
    "written",
    ["1234 5678 9012 3456", "1234567890123456", "1234-5678-9012-3456\n", "1234.56789012 3456"],
)
def test_a_code_is_read_as_people_write_it(written):
    assert read_code(written) == "1234567890123456"
    assert grouped("1234567890123456") == "1234 5678 9012 3456"


@given(st.one_of(st.text(), st.integers(), st.none(), st.lists(st.text())))
def test_nothing_else_is_a_code(written):
    found = read_code(written)
    assert found is None or re.fullmatch(r"[0-9]{16}", found)


def test_the_hash_needs_the_secret():
    one, other = ReturnCodes(SECRET, None), ReturnCodes("x" * 32, None)
    assert one.hash("1" * 16) == one.hash("1" * 16) != other.hash("1" * 16)


async def test_back_to_the_same_chat_from_anywhere_and_more_than_once(house):
    talk = await house.start()
    await talk.say("en hemmelighet")
    made = await code_of(talk)
    check(made, "ReturnCode")
    for _ in range(2):
        answer = await back_with(house, made["code"])
        check(answer.json(), "CameBack")
        again = Talk(house, messages=[], **answer.json())
        assert again.id == talk.id and "en hemmelighet" in str(await again.so_far())
    await again.say("jeg er her igjen")
    assert "jeg er her igjen" in str(await talk.so_far())  # the other tab goes on working


async def test_only_a_hash_is_kept(house):
    talk = await house.start()
    await talk.say("hei")
    digits = read_code((await code_of(talk))["code"])
    client = house.redis.client()
    kept = str([(key, client.type(key), client.dump(key)) for key in client.scan_iter("*")])
    on_disk = house.redis.on_disk()
    for form in (digits, grouped(digits)):
        assert form not in kept and form.encode() not in on_disk
        assert form not in str(await talk.so_far())
    assert house.parts.codes.hash(digits) in kept


async def test_a_new_code_ends_the_one_before(house):
    talk = await house.start()
    first, second = (await code_of(talk))["code"], (await code_of(talk))["code"]
    assert (await back_with(house, first)).status_code == 404
    assert (await back_with(house, second)).status_code == 200
    assert len(list(house.redis.client().scan_iter("ung:return:*"))) == 1


async def test_wrong_old_and_deleted_get_the_same_answer(house):
    wrong = await back_with(house, new_code())
    talk = await house.start()
    code = (await code_of(talk))["code"]
    await talk.delete()
    deleted = await back_with(house, code)
    old = await house.start()
    code = (await code_of(old))["code"]
    client = house.redis.client()
    client.delete(f"ung:conv:{old.id}", *client.scan_iter("ung:return:*"))  # as time does
    expired = await back_with(house, code)
    assert wrong.status_code == deleted.status_code == expired.status_code == 404
    assert wrong.json() == deleted.json() == expired.json()
    assert wrong.json()["error"]["code"] == "unknown_code"


async def test_deleting_takes_the_code_away_everywhere(house):
    talk = await house.start()
    await talk.say("hei")
    hashed = house.parts.codes.hash(read_code((await code_of(talk))["code"]))
    await talk.delete()
    assert list(house.redis.client().scan_iter("ung:return:*")) == []
    assert hashed not in str([*house.redis.client().scan_iter("*")])


async def test_a_hash_that_leads_to_another_conversation_opens_nothing(house):
    """Somebody who can write into Redis, but has not the secret."""
    talk, other = await house.start(), await house.start()
    await code_of(other)
    code = new_code()
    house.redis.client().set(f"ung:return:{house.parts.codes.hash(code)}", talk.id)
    assert (await back_with(house, code)).status_code == 404


@pytest.mark.parametrize("body", [{}, {"code": "123"}, {"code": 7}, [], "x", {"code": "a" * 16}])
async def test_what_is_no_code_is_told_apart(house, body):
    answer = await house.client.post("/api/return", json=body)
    assert answer.status_code == 400 and answer.json()["error"]["code"] == "bad_code"
    assert "16 siffer" in answer.json()["error"]["message"]


async def test_a_cry_for_help_in_the_box_for_codes_is_answered(house):
    answer = await back_with(house, f"jeg {ACUTE}")
    assert answer.status_code == 400
    assert answer.json()["safety"] == {"flag": "suicide", "response": "emergency"}
    assert "Ring 113" in answer.json()["messages"][0]["text"]


async def test_only_who_has_the_key_can_make_a_code(house):
    talk, other = await house.start(), await house.start()
    path = f"{talk.path}/code"
    assert (await house.client.post(path)).status_code == 401
    assert (await house.client.post(path, headers=other.key)).status_code == 403
    await talk.delete()
    assert (await house.client.post(path, headers=talk.key)).status_code == 404


async def test_the_address_never_holds_a_code(house):
    code = (await code_of(await house.start()))["code"]
    for path in (f"/api/return?code={code}", f"/api/return/{code}"):
        assert (await house.client.get(path)).status_code in (404, 405)
    assert (await house.client.post(f"/api/return?code={code}")).status_code == 400


async def test_guessing_is_bounded_by_address_and_in_all(fresh_redis, tmp_path):
    settings = {"limit_codes_per_address": "3/minute", "limit_codes": "6/minute"}
    async with open_house(fresh_redis, tmp_path, **settings) as house:
        code = (await code_of(await house.start()))["code"]
        tries = [await back_with(house, new_code(), **SCHOOL) for _ in range(8)]
        assert [answer.status_code for answer in tries] == [404] * 3 + [429] * 5
        assert tries[-1].json()["error"]["code"] == "too_many_codes"
        assert (await back_with(house, code)).status_code == 200  # others are not kept out
        answers = [await back_with(house, new_code()) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [404, 404, 429]
        assert (await back_with(house, code)).status_code == 429
        assert 1 <= int(answers[-1].headers["retry-after"]) <= 60


async def test_with_redis_down_it_is_said_honestly_and_no_code_is_given(house):
    talk = await house.start()
    await talk.say("hei")
    code = (await code_of(talk))["code"]
    house.redis.stop()
    made = await house.client.post(f"{talk.path}/code", headers=talk.key)
    used = await back_with(house, code)
    for answer in (made, used):
        assert answer.status_code == 424
        assert answer.json()["error"]["message"] == say("gateway.error.code_unavailable", "nb")
    house.redis.mend()
    house.parts.link._closed_until = 0.0
    await talk.say("er du der?")
    assert (await back_with(house, code)).status_code == 200  # the old one still works


async def test_what_holds_how_long_is_told_and_kept(house):
    client = house.redis.client()
    talk = await house.start(municipality="9999")
    await talk.say("hei")
    made = await code_of(talk)
    assert made["seconds"] == DAY and "24 timer" in made["notices"][1]
    [name] = client.scan_iter("ung:return:*")
    assert DAY - 60 < client.ttl(name) <= DAY
    await talk.say(f"jeg {ACUTE}")
    made = await code_of(talk)
    assert made["seconds"] == 7 * DAY and "7 dager" in made["notices"][1]
    [name] = client.scan_iter("ung:return:*")
    assert min(client.ttl(name), client.ttl(f"ung:conv:{talk.id}")) > 7 * DAY - 60


async def test_without_a_code_an_ended_case_is_kept_no_longer_than_before(house):
    talk = await house.start(municipality="9999")
    await talk.say(f"jeg {ACUTE}")
    house.cases.cases[talk.id].state = "closed"
    await talk.say("takk")
    assert house.redis.client().ttl(f"ung:conv:{talk.id}") <= DAY
    await code_of(talk)
    assert house.redis.client().ttl(f"ung:conv:{talk.id}") > 6 * DAY


@pytest.mark.parametrize("flag", ["violence", "unsafe_home", "sexual_abuse"])
async def test_where_home_may_be_the_danger_nothing_is_to_be_copied(house, flag):
    talk = await house.start()
    assert (await code_of(talk))["may_copy"]
    house.engine.next = {"facts": {"home_danger": True}}
    await talk.say("det er noe hjemme")
    made = await code_of(talk)
    assert not made["may_copy"] and "ikke skrive den ned" in made["notices"][0]
    other = await house.start()
    held = await house.parts.store.load(other.id)
    held.flag = flag
    await house.parts.store.save(held)
    assert not (await code_of(other))["may_copy"]


def test_a_code_cannot_end_before_its_conversation():
    with pytest.raises(BadSetting, match="return_hours"):
        Config(secret=SECRET, retention_hours=24, return_hours=12)


async def test_a_code_is_shown_in_no_list_of_the_house(house, caplog):
    code = (await code_of(await house.start()))["code"]
    await back_with(house, code)
    assert code not in caplog.text and read_code(code) not in json.dumps(caplog.text)
