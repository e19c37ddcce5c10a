"""Puts the safety screen before everything else, over texts of any length."""

from __future__ import annotations

import unicodedata
from typing import Any, Optional, Protocol

from bot.gateway.bodies import MAX_CHARACTERS
from bot.gateway.errors import log_fault

OVERLAP = 200
GRAVITY = {"acute": 4, "serious": 3, "uncertain": 2, "topic": 1, "none": 0}


class ScreenLike(Protocol):
    """`bot.safety.screen.Screen`: text in, Verdict out, in process."""

    def look(self, text: str) -> Any: ...


class Screening:
    """The screen as the gateway uses it. `healthy` turns false when the screen itself fails."""

    def __init__(self, screen: ScreenLike) -> None:
        self._screen = screen
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
        self.healthy = True
        return gravest

    def try_out(self) -> None:
        """Look at a harmless text, so that `healthy` tells how the screen is now."""
        self.look("hei")


def windows(text: str) -> list[str]:
    """Cut `text` into parts no longer than a message may be.

    The screen is made for messages; in 16 KB of other words a cry for help
    would be diluted.
    """
    if len(text) <= MAX_CHARACTERS:
        return [text]
    step = MAX_CHARACTERS - OVERLAP
    return [text[start : start + MAX_CHARACTERS] for start in range(0, len(text) - OVERLAP, step)]
