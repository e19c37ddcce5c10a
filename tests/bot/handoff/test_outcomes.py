"""How cases ended, counted once each and without anything of them."""

from __future__ import annotations

from datetime import datetime, timezone

import redis.asyncio

from bot.handoff.cases import Cases
from bot.handoff.outcomes import Outcomes, name_of_outcomes
from tests.bot.handoff.test_cases import INGRID, opened


async def test_each_end_counts_once(cases: Cases, client: redis.asyncio.Redis) -> None:
    for i, end in enumerate(["reached", "reached", "false_alarm", "hand_back"]):
        case = await opened(cases, f"conv{i}")
        await cases.claim(case.id, INGRID)
        for _ in range(2):
            if end == "hand_back":
                await cases.hand_back(case.id, "ingrid")
            else:
                await cases.close(case.id, "ingrid", end)
        await cases.youth_deleted(f"conv{i}")
    month, year = await Outcomes(client).of("9999", f"{datetime.now(timezone.utc):%Y-%m}")
    assert month == year == {"reached": 2, "false_alarm": 1, "handed_back": 1}
    assert await client.ttl(name_of_outcomes("9999")) > 0


async def test_a_year_is_twelve_months(client: redis.asyncio.Redis) -> None:
    counted = {"2025-10:reached": 9, "2025-11:reached": 1, "2026-10:reached": 2, "2026-11:x": 5}
    await client.hset(name_of_outcomes("9999"), mapping=counted)
    month, year = await Outcomes(client).of("9999", "2026-10")
    assert (month["reached"], year["reached"], year["x"]) == (2, 3, 0)
