"""Tries a sending a few times, with a pause that is never the same for two gateways."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable

from bot.handoff.errors import NotSent

TRIES = 3
PAUSE_SECONDS = 1.0


async def with_retries(work: Callable[[], Awaitable[None]], pause: float = PAUSE_SECONDS) -> None:
    """Do the work; again after a fault that may pass. Raises the last NotSent."""
    for number in range(1, TRIES + 1):
        try:
            return await work()
        except NotSent as error:
            if error.final or number == TRIES:
                raise
        await asyncio.sleep(pause * 2 ** (number - 1) * random.uniform(0.5, 1.5))  # noqa: S311
