"""What the lexicon tells the classifier's calibration about a message.

Only what speaks *against* danger (a film, a school essay, a saying) and how long
the message is. Hits of the rules are not among them: they decide on their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from bot.safety.lexicon import Finding, Lexicon

SIGNS: tuple[str, ...] = ("school", "fiction", "joke", "past", "theory", "saying", "length")


def signs_of(finding: Finding, text: str) -> list[float]:
    """Return the row of signs for one message."""
    kinds = {hit.rule.id.split(".")[0] for hit in finding.contexts}
    found = [float(name in kinds) for name in SIGNS[:5]]
    return [*found, float(min(len(finding.sayings), 2)), float(np.log1p(len(text)) - 4.5)]


def signs(lexicon: Lexicon, texts: Iterable[str]) -> Any:
    """Return a row of signs for each text."""
    return np.array([signs_of(lexicon.look(text), text) for text in texts], dtype=np.float32)
