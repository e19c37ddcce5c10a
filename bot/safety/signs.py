"""What else the classifier's calibration is told about a message.

From the lexicon only what speaks *against* danger (a film, a school essay, a saying);
hits of the rules decide on their own. From how it is written: how long it is, and
whether it is talk of the world (names, NRK, VAR) or of oneself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import numpy as np

from bot.nlu.normalise import canonical
from bot.safety.lexicon import Finding, Lexicon

CONTEXTS: tuple[str, ...] = ("school", "fiction", "joke", "past", "theory")
SIGNS: tuple[str, ...] = (
    *CONTEXTS, "saying", "length", "names", "share of names", "capitals", "oneself"
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
# A capital letter within a sentence: the first word of one says nothing, phones write it.
_NAME = re.compile(r"(?<=[a-zæøå,]\s)[A-ZÆØÅ][a-zæøå]+")
_ONESELF = frozenset(["jeg", "meg", "min", "mi", "mitt", "mine"])
_MOST_NAMES = 4


def signs_of(finding: Finding, text: str) -> list[float]:
    """Return the row of signs for one message."""
    kinds = {hit.rule.id.split(".")[0] for hit in finding.contexts}
    found = [float(name in kinds) for name in CONTEXTS]
    length = float(np.log1p(len(text)) - 4.5)
    return [*found, float(min(len(finding.sayings), 2)), length, *_manner(text)]


def _manner(text: str) -> list[float]:
    """Return how many names there are (to 4), their share, that of CAPITALS, that of oneself.

    Who writes most words with capitals writes like that; then they are no sign.
    """
    words = _WORD.findall(text)
    names = len(_NAME.findall(text))
    capitals = sum(len(word) > 1 and word.isupper() for word in words)
    most = max(1, len(words))
    plain = canonical(text).split()
    return [
        float(min(names, _MOST_NAMES)) if names * 2 <= most else 0.0,
        names / most if names * 2 <= most else 0.0,
        capitals / most if capitals * 2 <= most else 0.0,
        sum(word in _ONESELF for word in plain) / max(1, len(plain)),
    ]


def signs(lexicon: Lexicon, texts: Iterable[str]) -> Any:
    """Return a row of signs for each text."""
    return np.array([signs_of(lexicon.look(text), text) for text in texts], dtype=np.float32)
