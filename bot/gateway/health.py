"""`GET /health`: which parts of the house answer. For operators; tells no secrets."""

from __future__ import annotations

import asyncio

from bot.gateway.engine import Engine
from bot.gateway.erasure import Erasure
from bot.gateway.redis_link import RedisLink
from bot.gateway.screening import Screening


async def state_of_house(
    engine: Engine, link: RedisLink, screening: Screening, erasure: Erasure
) -> dict[str, object]:
    """Return {"status": "ok" | "degraded", "parts": {…: "up" | "down"}, "erasures_waiting": n}."""
    engine_up, redis_up, screen_up = await asyncio.gather(
        engine.is_up(), link.is_up(), screening.try_out()
    )
    up = {"engine": engine_up, "redis": redis_up, "safety_screen": screen_up}
    return {
        "status": "ok" if all(up.values()) else "degraded",
        "parts": {name: "up" if value else "down" for name, value in up.items()},
        "erasures_waiting": erasure.pending,
    }
