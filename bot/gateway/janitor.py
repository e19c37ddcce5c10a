"""What the gateway does by itself every few seconds: write, deliver, erase and count."""

from __future__ import annotations

import asyncio
import contextlib

from bot.gateway.conversations import Conversations
from bot.gateway.erasure import Erasure
from bot.gateway.errors import log_fault
from bot.gateway.redis_link import StoreDown
from bot.gateway.tally import Tally
from bot.gateway.turns import Turns

EVERY_SECONDS = 2.0


async def keep_house(store: Conversations, turns: Turns, erasure: Erasure, tally: Tally) -> None:
    """Run until cancelled. A fault in one round is logged and does not end it."""
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        try:
            store.drop_expired()
            await erasure.retry()
            with contextlib.suppress(StoreDown):
                await store.save_unsaved()
            await turns.deliver_owed()
            await tally.write()
        except Exception as error:
            log_fault("housekeeping", error)
