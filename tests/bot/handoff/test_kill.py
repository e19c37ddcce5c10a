"""Redis dies as by a pulled plug: what was acknowledged is there, once."""

from __future__ import annotations

import asyncio
import random

from bot.handoff.case import Person
from bot.handoff.cases import Cases
from bot.handoff.errors import StoreUnavailable
from bot.handoff.link import connect
from bot.handoff.roster import Keep
from tests.bot.handoff.conftest import EKSEMPELVIK, RedisServer

INGRID = Person(id="ingrid", name="Ingrid", role="helsesykepleier")
REASON = {"flag": "suicide", "urgency": "acute"}


async def test_nothing_acknowledged_is_lost(redis_server: RedisServer) -> None:
    async with connect(redis_server.url) as client:
        cases = Cases(client, Keep())
        kept: dict[str, list[str]] = {}
        for i in range(40):
            case = await cases.open(f"conv{i}", reason=REASON, receiver=EKSEMPELVIK)
            await cases.claim(case.id, INGRID)
            await cases.reply(case.id, "ingrid", f"svar {i}")
            kept[case.id] = [f"svar {i}"]
            if i % 10 == 9:
                await asyncio.to_thread(redis_server.kill)
                await asyncio.to_thread(redis_server.start)
        for case_id, texts in kept.items():
            found = [m.text for m in await cases.transcript(case_id) if m.from_ == "human"]
            assert found == texts


async def test_killed_while_writing_each_acknowledged_word_is_there_once(
    redis_server: RedisServer,
) -> None:
    async with connect(redis_server.url) as client:
        cases = Cases(client, Keep())
        case = await cases.open("conv", reason=REASON, receiver=EKSEMPELVIK)
        await cases.claim(case.id, INGRID)
        acknowledged: list[str] = []

        async def write() -> None:
            for i in range(150):
                while True:  # as the gateway and an impatient nurse do
                    try:
                        await cases.reply(case.id, "ingrid", f"ord {i}", key=str(i))
                        break
                    except StoreUnavailable:
                        await asyncio.sleep(0.05)
                acknowledged.append(f"ord {i}")

        writing = asyncio.create_task(write())
        chance = random.Random(7)
        for _ in range(4):
            await asyncio.sleep(chance.uniform(0.05, 0.15))
            await asyncio.to_thread(redis_server.kill)
            await asyncio.to_thread(redis_server.start)
        await asyncio.wait_for(writing, 90)
        found = [m.text for m in await cases.transcript(case.id) if m.from_ == "human"]
        assert found == acknowledged
        stream = await client.xrange("ung:conv:conv:events")
        assert sum('"from":"human"' in fields["json"] for _, fields in stream) == len(found)
