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

_NOT_KNOWN: dict[str, object] = {"alert_faults": {}, "unattended": []}


async def state_of_house(
    engine: Engine,
    link: RedisLink,
    screening: Screening,
    erasure: Erasure,
    watch: Optional[Watch] = None,
) -> dict[str, object]:
    """Return {"status": "ok" | "degraded", "parts": {…: "up" | "down"}, "erasures_waiting": n,
    "catalogs": [{"source", "state": "ok" | "stale" | "faulty", "age_seconds", "reason"}]}.

    The catalogs are down when one of them is faulty, or nobody can tell. With a watch over the
    cases that wait, "alerts" is a part, and "alert_faults" tells by municipality which channels
    failed last, and how. "unattended" names the municipalities whose duty has nobody logged in:
    no part is down then, but somebody should look. "human_chat_off" tells by municipality what its
    settings lack before human chat is on.
    """
    rasa, redis_up, screen_up = await asyncio.gather(
        engine.health(), link.is_up(), screening.try_out()
    )
    up = {
        "engine": rasa.up,
        "redis": redis_up,
        "safety_screen": screen_up,
        "catalogs": rasa.up and all(one.state != "faulty" for one in rasa.catalogs),
    }
    more: dict[str, object] = {}
    if watch is not None:
        more = await _about_alerts(watch) if redis_up else _NOT_KNOWN
        more = {**more, "human_chat_off": watch.chat_off()}
        up["alerts"] = redis_up and watch.is_awake and not more["alert_faults"]
    return {
        "status": "ok" if all(up.values()) else "degraded",
        "parts": {name: "up" if value else "down" for name, value in up.items()},
        "catalogs": [one.dict() for one in rasa.catalogs],
        "erasures_waiting": erasure.pending,
        **more,
    }


async def _about_alerts(watch: Watch) -> dict[str, object]:
    try:
        found, unattended = await watch.faults(), await watch.unattended()
    except StoreUnavailable:
        return _NOT_KNOWN
    faults = {number: {one.channel: one.fault for one in bad} for number, bad in found.items()}
    return {"alert_faults": faults, "unattended": unattended}
