"""How a case leaves a nurse: handed over, given back, closed, deleted by the youth."""

from __future__ import annotations

import asyncio

import pytest
import redis.asyncio

from bot.handoff.case import Person, Unit
from bot.handoff.cases import Cases
from bot.handoff.errors import AlreadyClaimed, CaseEnded, DeletedByYouth, NotYours
from tests.bot.handoff.conftest import RedisServer
from tests.bot.handoff.test_cases import (
    ACUTE,
    INGRID,
    JONAS,
    SERIOUS,
    events,
    everything,
    opened,
    youth,
)


@pytest.mark.parametrize("end", ["hand_back", "close"])
async def test_an_end_is_told_once_and_the_bot_goes_on(
    cases: Cases, shared_redis: RedisServer, end: str
) -> None:
    case = await opened(cases)
    await cases.claim(case.id, INGRID)
    for _ in range(2):
        if end == "close":
            await cases.close(case.id, "ingrid", "referred")
        else:
            await cases.hand_back(case.id, "ingrid", "snakker med mor i morgen")
    found = await events(shared_redis)
    at = found.index({"type": "state", "state": "bot"})
    assert found.count({"type": "state", "state": "bot"}) == 1
    told = [event["message"] for event in found[at + 1 :]]
    assert [one["from"] for one in told] == ["system", "bot"][: 1 if end == "close" else 2]
    assert "Ingrid har" in told[0]["text"] and "mor" not in str(told)
    with pytest.raises(CaseEnded):
        await cases.reply(case.id, "ingrid", "en ting til")
    assert await cases.claimed_by("ingrid", ["9999"]) == []
    following = await opened(cases)
    assert following.id != case.id and following.previous == case.id


STANGE = Unit(municipality="3413", place="Stange", body="Stange helsestasjon")


async def test_a_case_that_is_handed_over_moves_whole(
    cases: Cases, client: redis.asyncio.Redis, shared_redis: RedisServer
) -> None:
    case = await opened(cases)
    await cases.claim(case.id, INGRID)
    await cases.reply(case.id, "ingrid", "Hei, jeg er her.")
    for _ in range(2):
        moved = await cases.transfer(case.id, "ingrid", None, STANGE)
    assert (moved.state, moved.unit.place) == ("transferred", "Stange")
    assert await cases.waiting(["9999"]) == await cases.taken(["9999"]) == []
    assert [one.id for one in await cases.waiting(["3413"])] == [case.id]
    assert await client.zcard("ung:staff:cases:ingrid") == 0
    assert len(await cases.transcript(case.id)) == 5  # hers, the two of coming, his, the going
    found = [e["message"]["text"] for e in await events(shared_redis) if e["type"] == "message"]
    [told] = [text for text in found if "ta over" in text]
    assert "helsesykepleieren i Stange kommune" in told and "hvor lenge" in told
    assert {"type": "state", "state": "waiting"} in (await events(shared_redis))[-2:]

    await cases.claim(case.id, JONAS)
    found = [e["message"]["text"] for e in await events(shared_redis) if e["type"] == "message"]
    assert sum("har taushetsplikt" in text for text in found) == 2
    assert "Jonas, helsesykepleier i Stange" in found[-2]
    with pytest.raises(NotYours):
        await cases.reply(case.id, "ingrid", "en ting til")


async def test_who_waits_for_a_colleague_in_vain_is_told_again(
    cases: Cases, shared_redis: RedisServer
) -> None:
    case = await opened(cases)
    await cases.tell_unanswered(case.id)
    await cases.claim(case.id, INGRID)
    await cases.transfer(case.id, "ingrid", JONAS)
    for _ in range(2):
        await cases.tell_unanswered(case.id)
    found = [e["message"]["text"] for e in await events(shared_redis) if e["type"] == "message"]
    assert sum("Ingen har svart deg her" in text for text in found) == 1
    assert sum("Ingen har tatt over her" in text for text in found) == 1
    assert sum("ring 113" in text for text in found) == 2


async def test_of_many_transfers_and_claims_at_once_one_owner_comes_out(cases: Cases) -> None:
    case = await opened(cases)
    await cases.claim(case.id, INGRID)
    await asyncio.gather(*(cases.transfer(case.id, "ingrid", JONAS) for _ in range(5)))
    people = [Person(id=f"n{i}", name="N", role="lege") for i in range(8)]
    answers = await asyncio.gather(
        *(cases.claim(case.id, one) for one in people), return_exceptions=True
    )
    assert sum(isinstance(one, AlreadyClaimed) for one in answers) == 7
    kept = await cases.get(case.id)
    assert len(kept.transfers) == 1 and kept.is_taken


async def test_deletion_leaves_a_tombstone_without_text(
    cases: Cases, client: redis.asyncio.Redis
) -> None:
    first = await opened(
        cases, "talk77", reason=SERIOUS, transcript=[youth("heter Kari og kutter meg", "m1")]
    )
    await cases.claim(first.id, INGRID)
    await cases.hand_back(first.id, "ingrid", "avtale med Kari")
    second = await opened(cases, "talk77", reason=ACUTE, transcript=[youth("brua ved Rema", "m2")])
    await cases.claim(second.id, INGRID)
    await cases.reply(second.id, "ingrid", "hvor er du Kari")
    await cases.youth_deleted("talk77")
    await cases.youth_deleted("talk77")  # a gateway that was not sure
    await client.delete("ung:conv:talk77:events")  # the gateway's part
    left = await everything(client)
    for word in ("Kari", "kutter", "brua", "Rema", "hvor er du", "talk77"):
        assert word not in left, word
    for case_id in (first.id, second.id):
        tombstone = await cases.get(case_id)
        assert tombstone.deleted_at is not None
        assert await cases.transcript(case_id) == []
    assert await cases.for_conversation("talk77") is None
    with pytest.raises(DeletedByYouth):
        await cases.reply(second.id, "ingrid", "er du der")
    assert await cases.youth_message("talk77", youth("for sent", "m9")) is None
    closed = await cases.close(second.id, "ingrid", "no_answer")
    assert closed.outcome == "no_answer"
    assert "talk77" not in await everything(client)


async def test_a_life_in_danger_can_still_be_found_until_the_case_ends(cases: Cases) -> None:
    text = "jeg bor i Storgata 5, nummeret er 00 12 34 56, jeg hater alt"
    case = await opened(cases, transcript=[youth(text, "m1")])
    await cases.youth_deleted("conv")
    assert (await cases.get(case.id)).contacts == ["Storgata 5", "00 12 34 56"]
    await cases.claim(case.id, JONAS)
    await cases.close(case.id, "jonas", "emergency")
    assert (await cases.get(case.id)).contacts == []
