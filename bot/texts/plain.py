"""How plain a text is: sentences, words and LIX, the Nordic readability figure.

LIX = words per sentence + the share of long words in per cent. About 30 and
below is what children's books have; newspapers lie around 45.
"""

from __future__ import annotations

import re

LONG_WORD = 7  # letters: LIX calls a word of more than six letters long
_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?:…]+[»\"”)]*(?:\s+|$)")
_PLACEHOLDER = re.compile(r"\{\w+\}")


def sentences(text: str) -> list[str]:
    """Return the sentences of `text`; a colon ends one, as LIX counts.

    >>> sentences("Ring 116 117. Er det fare: ring 113!")
    ['Ring 116 117', 'Er det fare', 'ring 113']
    """
    return [part.strip() for part in _SENTENCE_END.split(text) if _WORD.search(part)]


def words(text: str) -> list[str]:
    """Return the words of `text`; an address such as ung.no is one word."""
    return _WORD.findall(_PLACEHOLDER.sub("x", text))


def lix(text: str) -> float:
    """Return the LIX of `text`, 0 for an empty one.

    >>> round(lix("Du kan ringe. De svarer hele natta."), 1)
    3.5
    """
    found = words(text)
    if not found:
        return 0.0
    long = sum(len(word) >= LONG_WORD for word in found)
    return len(found) / max(1, len(sentences(text))) + 100 * long / len(found)
