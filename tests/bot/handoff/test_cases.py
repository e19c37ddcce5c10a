"""Cases in a real Redis: once, wholly, and nothing lost."""

from __future__ import annotations

import asyncio

import pytest
import redis.asyncio

from bot.gateway.events import Events
from bot.gateway.redis_link import RedisLink
from bot.handoff.case import Person
from bot.handoff.cases import Cases
from bot.handoff.errors import (
    AlreadyClaimed,
    BadReply,
    NobodyOnDuty,
    NoSuchCase,
    NotYours,
    StoreUnavailable,
    TooManyChats,
)
from bot.handoff.link import connect
from bot.handoff.roster import Keep
from bot.turn import Message
from tests.bot.handoff.conftest import EKSEMPELVIK, RedisServer, free_port

INGRID = Person(id="ingrid", name="Ingrid", role="helsesykepleier")
JONAS = Person(id="jonas", name="Jonas", role="helsesykepleier")
ACUTE = {
    "flag": "suicide",
    "urgency": "acute",
    "about": "self",
    "evidence": [{"kind": "pattern", "name": "plan", "words": ["hoppe fra brua"]}],
}
SERIOUS = {"flag": "self_harm", "urgency": "serious", "about": "self", "evidence": []}


def youth(text: str, name: str = "") -> dict:
    message = {"id": name, "from": "youth", "text": text, "at": "2026-10-14T16:30:00.000Z"}
    return Message.parse_obj(message).dict(by_alias=True)


async def opened(cases: Cases, conversation: str = "conv", reason: dict = ACUTE, **about):
    about.setdefault("transcript", [youth("jeg vil hoppe fra brua", "m1")])
    return await cases.open(
        conversation, reason=reason, municipality="9999", receiver=EKSEMPELVIK, **about
    )


async def events(shared_redis: RedisServer, conversation: str = "conv") -> list[dict]:
    """What the gateway's own reader finds in the stream."""
    link = RedisLink(shared_redis.url)
    found = await Events(link, lifetime=60).after(conversation, "0-0")
    await link.close()
    return [event for _, event in found]


async def test_a_case_holds_what_was_said_and_why(cases: Cases) -> None:
    case = await opened(cases, understood={"themes": ["trist"]}, language="nn")
    found = await cases.get(case.id)
    assert found == case
    assert (found.state, found.urgency, found.language) == ("waiting", "acute", "nn")
    assert found.reasons[0].evidence[0].words == ["hoppe fra brua"]
    assert [m.text for m in await cases.transcript(case.id)] == ["jeg vil hoppe fra brua"]
    assert (await cases.for_conversation("conv")) == found
    assert await cases.for_conversation("another") is None


async def test_nothing_opens_when_nobody_is_there(cases: Cases) -> None:
    with pytest.raises(NobodyOnDuty):
        await cases.open("conv", reason=ACUTE, receiver=None)
    assert await cases.waiting(["9999"]) == []


async def test_opening_again_adds_the_reason_and_what_was_said_since(cases: Cases) -> None:
    first = await opened(cases, reason={"wish": True})
    lines = [youth("jeg vil hoppe fra brua", "m1"), youth("jeg kutter meg", "m2")]
    again = await opened(cases, reason=SERIOUS, transcript=lines)
    again = await opened(cases, reason=SERIOUS, transcript=lines)
    assert again.id == first.id
    assert [reason.flag for reason in again.reasons] == [None, "self_harm"]
    assert [m.id for m in await cases.transcript(first.id)] == ["m1", "m2"]


async def test_many_gateways_open_one_case(cases: Cases) -> None:
    found = await asyncio.gather(*(opened(cases) for _ in range(20)))
    assert len({case.id for case in found}) == 1
    assert len(await cases.waiting(["9999"])) == 1


async def test_the_gravest_comes_first_then_the_oldest(cases: Cases) -> None:
    for name, reason in [("a", {"wish": True}), ("b", SERIOUS), ("c", ACUTE), ("d", ACUTE)]:
        await opened(cases, name, reason)
        await asyncio.sleep(0.002)
    waiting = await cases.waiting(["9999"])
    assert [case.conversation_id for case in waiting] == ["c", "d", "b", "a"]


async def test_other_municipalities_see_nothing(cases: Cases) -> None:
    await opened(cases)
    assert await cases.waiting(["3413", "0301"]) == []


async def test_one_of_many_gets_the_case(cases: Cases) -> None:
    case = await opened(cases)
    people = [Person(id=f"n{i}", name=f"N{i}", role="lege") for i in range(8)]
    tries = [cases.claim(case.id, person) for person in people]
    found = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(not isinstance(one, Exception) for one in found) == 1
    assert sum(isinstance(one, AlreadyClaimed) for one in found) == 7
    owner = (await cases.get(case.id)).owner
    with pytest.raises(AlreadyClaimed) as caught:
        await cases.claim(case.id, Person(id="late", name="Late", role="lege"))
    assert owner is not None and owner.id not in str(caught.value)


async def test_the_youth_hears_who_has_come_before_the_first_word(
    cases: Cases, shared_redis: RedisServer
) -> None:
    case = await opened(cases, language="nn")
    await cases.claim(case.id, INGRID)
    await cases.claim(case.id, INGRID)  # pressed twice
    await cases.reply(case.id, "ingrid", "Hei, eg er her.")
    found = await events(shared_redis)
    assert [event["type"] for event in found] == ["state", "state", "message", "message", "message"]
    assert [event["state"] for event in found[:2]] == ["waiting", "human"]
    texts = [event["message"]["text"] for event in found[2:]]
    assert "Ingrid, helsesjukepleiar i Eksempelvik kommune" in texts[0]
    assert "teieplikt" in texts[1]
    assert texts[2] == "Hei, eg er her."
    assert [event["message"]["from"] for event in found[2:]] == ["system", "system", "human"]
    assert all(event["message"]["at"] and event["message"]["id"] for event in found[2:])


async def test_a_reply_sent_twice_arrives_once(cases: Cases, shared_redis: RedisServer) -> None:
    case = await opened(cases)
    await cases.claim(case.id, INGRID)
    first = await cases.reply(case.id, "ingrid", "Hei", key="k1")
    again = await cases.reply(case.id, "ingrid", "Hei", key="k1")
    await cases.reply(case.id, "ingrid", "Hei", key="k2")
    assert first.id == again.id
    texts = [e["message"]["text"] for e in await events(shared_redis) if e["type"] == "message"]
    assert texts.count("Hei") == 2
    assert (await cases.get(case.id)).replied_at is not None


async def test_replies_are_bounded_and_by_the_owner(cases: Cases) -> None:
    case = await opened(cases)
    with pytest.raises(NotYours):
        await cases.reply(case.id, "ingrid", "hei")
    await cases.claim(case.id, INGRID)
    for text in ("", "  \n ", "x" * 2001):
        with pytest.raises(BadReply):
            await cases.reply(case.id, "ingrid", text)
    with pytest.raises(NotYours):
        await cases.reply(case.id, "jonas", "hei")
    with pytest.raises(NoSuchCase):
        await cases.reply("none", "ingrid", "hei")


async def test_what_the_youth_writes_arrives_once_and_in_order(cases: Cases) -> None:
    case = await opened(cases)
    await cases.claim(case.id, INGRID)
    for i in range(5):
        await cases.youth_message("conv", youth(f"melding {i}", f"y{i}"))
        await cases.youth_message("conv", youth(f"melding {i}", f"y{i}"))
    texts = [m.text for m in await cases.transcript(case.id) if m.from_ == "youth"]
    assert texts == ["jeg vil hoppe fra brua", *(f"melding {i}" for i in range(5))]
    assert [m.text for m in await cases.transcript(case.id, start=6)] == ["melding 3", "melding 4"]
    assert await cases.youth_message("no-case", youth("hei")) is None


def news(text: str, name: str) -> dict:
    return {"id": f"booking-{name}", "from": "bot", "text": text, "at": "2026-10-14T16:31:00.000Z"}


async def test_an_appointment_is_told_as_it_was_last_told(cases: Cases) -> None:
    booked, cancelled = news("Timen er bestilt: onsdag.", "1"), news("Timen er avbestilt.", "2")
    said = [youth("jeg vil ha time", "m1"), booked]
    case = await opened(cases, transcript=said)
    assert case.booking == "Timen er bestilt: onsdag."
    await cases.youth_message("conv", {"id": "b3", "from": "bot", "text": "Timen er flyttet?"})
    await cases.youth_message("conv", cancelled)
    assert (await cases.get(case.id)).booking == "Timen er avbestilt."
    assert [line.text for line in await cases.transcript(case.id)][-1] == "Timen er avbestilt."
    await cases.youth_deleted("conv")
    assert (await cases.get(case.id)).booking == ""


async def test_services_suggested_while_waiting_are_added(cases: Cases) -> None:
    case = await opened(cases)
    card = {"id": "s1", "name": "Ungdomshelsestasjonen", "type": "helsestasjon"}
    for name in ("b1", "b2"):
        bot = {"id": name, "from": "bot", "text": "Her er noen", "services": [card]}
        await cases.youth_message("conv", bot)
    found = await cases.get(case.id)
    assert [service.id for service in found.services] == ["s1"]
    assert found.youth_at == case.youth_at  # it was not the youth who wrote


async def test_both_write_at_once_and_nothing_is_lost(cases: Cases) -> None:
    case = await opened(cases)
    await cases.claim(case.id, INGRID)
    writing = [cases.youth_message("conv", youth(f"u{i}", f"y{i}")) for i in range(15)]
    writing += [cases.reply(case.id, "ingrid", f"n{i}") for i in range(15)]
    await asyncio.gather(*writing)
    texts = {m.text for m in await cases.transcript(case.id)}
    assert {f"u{i}" for i in range(15)} | {f"n{i}" for i in range(15)} <= texts


async def test_a_new_flag_is_added_once(cases: Cases) -> None:
    case = await opened(cases, reason=SERIOUS)
    await cases.add_flag("conv", ACUTE)
    await cases.add_flag("conv", ACUTE)
    found = await cases.get(case.id)
    assert [reason.urgency for reason in found.reasons] == ["serious", "acute"]
    assert found.urgency == "acute"


async def test_a_flag_that_comes_as_the_case_ends_opens_a_new_one(cases: Cases) -> None:
    case = await opened(cases, reason=SERIOUS)
    await cases.claim(case.id, INGRID)
    await cases.close(case.id, "ingrid", "reached")
    fresh = await cases.add_flag("conv", ACUTE)
    assert fresh is not None and fresh.id != case.id and fresh.previous == case.id
    assert [one.id for one in await cases.waiting(["9999"])] == [fresh.id]
    assert "jeg vil hoppe fra brua" in [m.text for m in await cases.transcript(fresh.id)]


async def test_evidence_may_be_names_alone(cases: Cases) -> None:
    case = await opened(cases, reason={**SERIOUS, "evidence": ["selvskading_vane"]})
    assert [sign.name for sign in case.reasons[0].evidence] == ["selvskading_vane"]


async def test_a_reason_that_cannot_be_read_still_opens_a_case(cases: Cases) -> None:
    case = await opened(cases, reason={"flag": "suicide", "urgency": "acute", "evidence": "???"})
    assert (case.urgency, case.reasons[0].flag) == ("acute", "suicide")


async def test_a_nurse_has_no_more_chats_than_she_can(cases: Cases) -> None:
    ids = [(await opened(cases, f"conv{i}")).id for i in range(3)]
    await cases.claim(ids[0], INGRID, most=2)
    await cases.claim(ids[1], INGRID, most=2)
    with pytest.raises(TooManyChats):
        await cases.claim(ids[2], INGRID, most=2)
    assert (await cases.claim(ids[1], INGRID, most=2)).owned_by("ingrid")
    await cases.close(ids[0], "ingrid", "reached")
    await cases.claim(ids[2], INGRID, most=2)
    assert {case.id for case in await cases.claimed_by("ingrid", ["9999"])} == set(ids[1:])


async def everything(client: redis.asyncio.Redis) -> str:
    """All that lies in Redis, as one text."""
    found = []
    for key in await client.keys("*"):
        kind = await client.type(key)
        value = {
            "hash": client.hgetall,
            "set": client.smembers,
            "string": client.get,
            "list": lambda k: client.lrange(k, 0, -1),
            "stream": lambda k: client.xrange(k),
            "zset": lambda k: client.zrange(k, 0, -1),
        }[kind](key)
        found.append(f"{key} {await value}")
    return "\n".join(found)


async def test_everything_expires(client: redis.asyncio.Redis) -> None:
    cases = Cases(client, Keep(open=700, closed=3000, audit=9000))
    case = await opened(cases)
    ttl = {key: await client.ttl(key) for key in await client.keys("*")}
    audit = ttl.pop("ung:staff:audit")
    assert 8990 <= audit <= 9000  # and its entries go by age, see the next test
    index = ttl.pop("ung:cases:9999")
    assert 2990 <= index <= 3000
    assert all(690 <= seconds <= 700 for seconds in ttl.values()), ttl
    await cases.claim(case.id, INGRID)
    await cases.close(case.id, "ingrid", "reached")
    assert 2990 <= await client.ttl(f"ung:case:{case.id}") <= 3000
    assert 2990 <= await client.ttl(f"ung:case:{case.id}:lines") <= 3000


async def test_an_expired_case_is_in_no_list(client: redis.asyncio.Redis) -> None:
    cases = Cases(client, Keep(open=1))
    case = await opened(cases)
    assert len(await cases.waiting(["9999"])) == 1
    await asyncio.sleep(1.2)
    assert await cases.waiting(["9999"]) == []
    assert await cases.for_conversation("conv") is None
    with pytest.raises(NoSuchCase):
        await cases.get(case.id)


async def test_the_gateway_is_rung_after_each_event(client: redis.asyncio.Redis) -> None:
    rung: list[str] = []
    cases = Cases(client, Keep(), rang=rung.append)
    case = await opened(cases)
    await cases.claim(case.id, INGRID)
    await cases.youth_message("conv", youth("hei", "y"))
    await cases.reply(case.id, "ingrid", "hei")
    assert rung == ["conv", "conv", "conv"]


async def test_without_redis_it_says_so() -> None:
    async with connect(f"redis://127.0.0.1:{free_port()}") as client:
        cases = Cases(client, Keep())
        for call in (
            opened(cases),
            cases.get("0" * 16),
            cases.waiting(["9999"]),
            cases.for_conversation("x"),
            cases.youth_message("x", youth("hei")),
            cases.youth_deleted("x"),
            cases.claim("0" * 16, INGRID),
        ):
            with pytest.raises(StoreUnavailable):
                await call
