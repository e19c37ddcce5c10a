"""Puts the safety screen before everything else, over texts of any length."""

from __future__ import annotations

import asyncio
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Optional, Protocol

from bot.gateway.errors import log_fault

PART, OVERLAP = 16_000, 200
GRAVITY = {"acute": 4, "serious": 3, "uncertain": 2, "topic": 1, "none": 0}


class ScreenLike(Protocol):
    """`bot.safety.screen.Screen`: text in, Verdict out, in process.

    `whole`: every part of it is there and could read the last text.
    """

    whole: bool

    def look(self, text: str) -> Any: ...


class Screening:
    """The screen as the gateway uses it. `healthy` turns false when any part of it fails."""

    def __init__(self, screen: ScreenLike) -> None:
        self._screen = screen
        # One after the other, beside the event loop: a long text holds nobody else's answer up.
        self._thread = ThreadPoolExecutor(1, "safety-screen")
        self.healthy = True

    def look(self, text: str) -> Any:
        """Return the gravest Verdict on any part of `text`, or None when the screen failed."""
        text = unicodedata.normalize("NFKC", text).replace("\u200d", "")
        gravest: Optional[Any] = None
        try:
            for part in windows(text):
                verdict = self._screen.look(part)
                if gravest is None or GRAVITY[verdict.urgency] > GRAVITY[gravest.urgency]:
                    gravest = verdict
        except Exception as error:
            self.healthy = False
            log_fault("safety screen", error)
            return gravest
        self.healthy = self._screen.whole
        return gravest

    async def see(self, text: str) -> Any:
        """Return what `look` returns, without holding up the event loop. Waits for its turn."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self.look, text)

    async def try_out(self) -> bool:
        """Look at a harmless text; return whether the screen works now."""
        await self.see("hei")
        return self.healthy

    def close(self) -> None:
        """End the thread."""
        self._thread.shutdown(wait=False, cancel_futures=True)


def windows(text: str) -> list[str]:
    """Cut `text` into parts that the screen reads whole (it looks at windows of each)."""
    if len(text) <= PART:
        return [text]
    step = PART - OVERLAP
    return [text[start : start + PART] for start in range(0, len(text) - OVERLAP, step)]
