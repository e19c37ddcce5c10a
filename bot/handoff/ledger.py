"""Which alerts were sent, and how the channels do: in Redis, shared by every gateway.

ung:case:<id>:alerts     hash: alert → "sent", or until when somebody tries to send it
ung:alerts:<municipality>    hash: channel → how its last sending went; no text, no address
"""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Union

from redis.asyncio import Redis

from bot.handoff.address import Channel
from bot.handoff.alerts import Alert
from bot.handoff.link import reach
from bot.handoff.roster import Keep
from bot.handoff.steps import now
from bot.handoff.store import name_of

_SCRIPT = Path(__file__).with_name("claim_alert.lua").read_text("utf-8")
# Longer than a sending can take, so that no two gateways send the same alert.
LEASE_SECONDS = 60


@dataclass(frozen=True)
class Sending:
    """How the last sending through a channel went. `fault` is empty when it arrived."""

    channel: Channel
    at: str
    fault: str = ""


class Ledger:
    """Keeps account of alerts. Everything raises StoreUnavailable when Redis is gone."""

    def __init__(self, redis: Redis[str], keep: Keep) -> None:
        self._redis = redis
        self._keep = keep
        self._claim = redis.register_script(_SCRIPT)

    async def sent(self, case_id: str) -> set[str]:
        """Return the keys of the alerts that were sent."""
        found = await reach(lambda: self._redis.hgetall(name_of(case_id, "alerts")))
        return {key for key, state in found.items() if state == "sent"}

    async def claim(self, alert: Alert) -> bool:
        """Say whether the alert is ours to send. Only one gateway hears yes."""
        seconds = int(time.time())
        args: list[Union[str, int]] = [alert.key, seconds, seconds + LEASE_SECONDS, self._keep.open]
        keys = [name_of(alert.case.id, "alerts")]
        return bool(await reach(lambda: self._claim(keys=keys, args=args)))

    async def settle(self, alert: Alert) -> None:
        """Note that an alert that was claimed has been sent."""
        name = name_of(alert.case.id, "alerts")
        await reach(lambda: self._redis.hset(name, alert.key, "sent"))

    async def note(self, municipality: str, channel: Channel, fault: str = "") -> None:
        """Keep how a sending went."""
        name, words = f"ung:alerts:{municipality}", asdict(Sending(channel, now(), fault))

        async def write() -> None:
            async with self._redis.pipeline(transaction=True) as pipe:
                pipe.hset(name, channel, json.dumps(words))
                pipe.expire(name, self._keep.closed)
                await pipe.execute()

        await reach(write)

    async def sendings(self, municipality: str) -> list[Sending]:
        """Return how the last sending through each channel went."""
        found = await reach(lambda: self._redis.hgetall(f"ung:alerts:{municipality}"))
        return [Sending(**json.loads(found[channel])) for channel in sorted(found)]
