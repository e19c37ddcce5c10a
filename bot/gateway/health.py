"""`GET /health`: which parts of the house answer. For operators; tells no secrets."""

from __future__ import annotations

import asyncio
from typing import Optional

from bot.gateway.engine import Engine
from bot.gateway.erasure import Erasure
from bot.gateway.redis_link import RedisLink
from bot.gateway.screening import Screening
from bot.handoff.errors import StoreUnavailable
from bot.handoff.watch import Watch


async def state_of_house(
    engine: Engine,
    link: RedisLink,
    screening: Screening,
    erasure: Erasure,
    watch: Optional[Watch] = None,
) -> dict[str, object]:
    """Return {"status": "ok" | "degraded", "parts": {…: "up" | "down"}, "erasures_waiting": n}.

    With a watch over the cases that wait, "alerts" is a part, and "alert_faults" tells by
    municipality which channels failed last, and how.
    """
    engine_up, redis_up, screen_up = await asyncio.gather(
        engine.is_up(), link.is_up(), screening.try_out()
    )
    up = {"engine": engine_up, "redis": redis_up, "safety_screen": screen_up}
    more: dict[str, object] = {}
    if watch is not None:
        more["alert_faults"] = faults = await _faults(watch) if redis_up else {}
        up["alerts"] = redis_up and watch.is_awake and not faults
    return {
        "status": "ok" if all(up.values()) else "degraded",
        "parts": {name: "up" if value else "down" for name, value in up.items()},
        "erasures_waiting": erasure.pending,
        **more,
    }


async def _faults(watch: Watch) -> dict[str, dict[str, str]]:
    try:
        found = await watch.faults()
    except StoreUnavailable:
        return {}
    return {number: {one.channel: one.fault for one in bad} for number, bad in found.items()}
