"""How a long text is read: in overlapping windows, of which the most telling get most time."""

from __future__ import annotations

import numpy as np

WINDOW, OVERLAP = 800, 100
"""Longer texts are judged in windows of so many characters."""
MOST_READ, MOST_VECTORS = 8, 2
"""So many windows of a long text the classifier reads, and so many with vectors."""


def windows(text: str) -> list[str]:
    """Return the text, or overlapping windows that cover all of it.

    >>> len(windows("kort melding"))
    1
    """
    if len(text) <= WINDOW + OVERLAP:
        return [text]
    step = WINDOW - OVERLAP
    starts = list(range(0, len(text) - OVERLAP, step))
    return [text[start : start + WINDOW] for start in starts[:-1]] + [text[-WINDOW:]]


def most_telling(places: list[int], hit: set[int]) -> list[int]:
    """Return at most MOST_READ places: with hits, then the last and the first, then others."""
    if not places:
        return []
    spread = np.linspace(0, len(places) - 1, min(len(places), MOST_READ)).round().astype(int)
    ranked = [*sorted(hit), places[-1], places[0], *(places[at] for at in spread)]
    return list(dict.fromkeys(ranked))[:MOST_READ]
